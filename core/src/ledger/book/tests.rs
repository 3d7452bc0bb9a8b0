use super::*;
use crate::domain::location::Location;
use crate::domain::status::Status;
use crate::ledger::entry::{Acceptance, Before, Fact, LostPost, PriorRestore, Proof};
use crate::poll::clock::WallMillis;

fn entry(connection: &str, kind: Kind, id: &str, asked_at: i64) -> Entry {
    let key = OperationKey {
        connection: ConnectionId(connection.into()),
        kind,
        backend: "s3".into(),
        location: Location::default(),
        id: id.into(),
    };
    Entry::intended(key, WallMillis(asked_at), "{}".into(), Vec::new())
}

fn ended(mut entry: Entry) -> Entry {
    entry.record(Fact::Accepted(Acceptance { at: entry.asked_at, proof: Proof::Answered, classes: None }));
    entry.record(Fact::Ended { at: entry.asked_at, status: Status::Success, error: None });
    entry
}

#[test]
fn the_newest_entry_of_an_operation_counts() {
    let entries =
        [entry("a", Kind::Restore, "x", 2), entry("a", Kind::Restore, "x", 9), entry("a", Kind::Create, "x", 10)];
    assert_eq!(newest(&entries, &entries[0].key), Some(&entries[1]));
    assert_eq!(newest(&entries, &entry("b", Kind::Restore, "x", 0).key), None);
}

#[test]
fn what_is_open_is_taken_up_again_oldest_first() {
    let entries =
        [entry("a", Kind::Create, "y", 5), ended(entry("a", Kind::Create, "x", 1)), entry("a", Kind::Create, "z", 2)];
    let ids: Vec<&str> = open(&entries).iter().map(|entry| entry.key.id.as_str()).collect();
    assert_eq!(ids, ["z", "y"]);
}

fn accepted(mut entry: Entry) -> Entry {
    entry.record(Fact::Accepted(Acceptance { at: entry.asked_at, proof: Proof::Answered, classes: None }));
    entry
}

#[test]
fn the_last_that_was_taken_is_watched_though_a_later_one_was_refused() {
    let mut refused = entry("a", Kind::Create, "x", 5);
    refused.record(Fact::Refused { at: WallMillis(6), words: "already exists".into() });
    let entries = [
        refused,
        accepted(entry("a", Kind::Create, "x", 3)),
        accepted(entry("a", Kind::Restore, "x", 1)),
        accepted(entry("a", Kind::Restore, "x", 2)),
        ended(accepted(entry("a", Kind::Restore, "y", 1))),
        entry("a", Kind::Restore, "z", 1),
        // Whose restore the server talks about then cannot be told.
        accepted(entry("b", Kind::Restore, "x", 1)),
        entry("b", Kind::Restore, "x", 2),
    ];
    let watched: Vec<(Kind, i64)> = to_watch(&entries).iter().map(|entry| (entry.key.kind, entry.asked_at.0)).collect();
    assert_eq!(watched, [(Kind::Restore, 2), (Kind::Create, 3)]);
}

#[test]
fn other_restores_are_those_of_the_same_server_that_may_run() {
    let entries = [
        entry("a", Kind::Restore, "mine", 1),
        entry("a", Kind::Restore, "other", 1),
        entry("a", Kind::Restore, "third", 2),
        entry("a", Kind::Restore, "other", 3),
        entry("b", Kind::Restore, "elsewhere", 1),
        entry("a", Kind::Create, "create", 1),
        ended(entry("a", Kind::Restore, "over", 1)),
    ];
    let others = other_restores(&entries, &entries[0].key, WallMillis(4));
    assert_eq!(others.iter().map(|key| key.id.as_str()).collect::<Vec<_>>(), ["other", "third"]);
}

#[test]
fn a_restore_of_which_nothing_tells_may_run_until_it_would_be_orphaned() {
    let mut lost = entry("a", Kind::Restore, "lost", 1_000);
    lost.record(Fact::AnswerLost { at: WallMillis(2_000), why: LostPost::TimedOut });
    lost.record(Fact::CannotTell { at: WallMillis(9_000), landed: None });
    let but = entry("a", Kind::Restore, "mine", 1).key;
    let others = |now| other_restores([&lost], &but, WallMillis(now)).len();
    assert_eq!(others(10_000), 1);
    assert_eq!(others(1_000 + ORPHAN_AGE_MILLIS), 1);
    assert_eq!(others(1_001 + ORPHAN_AGE_MILLIS), 0);
}

#[test]
fn what_runs_is_what_was_taken_and_not_a_later_one_whose_answer_was_lost() {
    let mut lost = entry("a", Kind::Restore, "x", 9);
    lost.record(Fact::CannotTell { at: WallMillis(10), landed: None });
    let key = lost.key.clone();
    let since = |entries: &[Entry]| running_since(entries, &key).map(|at| at.0);
    assert_eq!(since(&[accepted(entry("a", Kind::Restore, "x", 2)), lost.clone()]), Some(2));
    assert_eq!(since(&[ended(entry("a", Kind::Restore, "x", 2)), lost.clone()]), Some(9), "the first has ended");
    assert_eq!(since(&[accepted(entry("a", Kind::Restore, "y", 2))]), None);
    assert_eq!(since(&[ended(entry("a", Kind::Restore, "x", 2))]), None);
}

fn second(entry: Entry) -> Entry {
    Entry { number: Some(1), ..entry }
}

#[test]
fn a_restore_that_nobody_saw_end_is_over_once_a_later_one_of_the_same_backup_was_taken() {
    let first = accepted(entry("a", Kind::Restore, "x", 1));
    let but = entry("a", Kind::Restore, "mine", 1);
    let others = |entries: &[Entry]| other_restores(entries, &but.key, WallMillis(2)).len();
    assert_eq!(others(&[first.clone(), ended(second(first.clone()))]), 0);
    assert_eq!(others(&[first.clone(), accepted(second(entry("a", Kind::Restore, "x", 1)))]), 1, "the later one runs");
    assert_eq!(others(&[first.clone(), second(entry("a", Kind::Restore, "x", 1))]), 1, "it may not have been taken");
}

#[test]
fn a_second_restore_is_the_newer_one_also_when_the_clock_was_set_back_between_them() {
    let first = ended(entry("a", Kind::Restore, "x", 9));
    let again = accepted(second(entry("a", Kind::Restore, "x", 2)));
    let entries = [first, again];
    assert_eq!(newest(&entries, &entries[0].key), Some(&entries[1]));
    assert_eq!(to_watch(&entries), [&entries[1]]);
    // Of one moment by a clock that stood still, two are kept.
    let same = second(entries[0].clone());
    assert_ne!(same.name(), entries[0].name());
    assert_eq!(newest([&same, &entries[0]], &same.key), Some(&same));
    let made = [at(entry("a", Kind::Create, "x", 9), "b"), second(at(entry("a", Kind::Create, "x", 2), "b"))];
    assert_eq!(elsewhere(&made, &ConnectionId("a".into())), [&made[1]]);
}

#[test]
fn a_request_is_not_the_last_once_a_later_one_may_have_been_taken() {
    let first = entry("a", Kind::Create, "x", 9);
    let mut again = second(entry("a", Kind::Create, "x", 2));
    assert!(is_last([&first, &again], &again) && !is_last([&first, &again], &first));
    again.record(Fact::Refused { at: WallMillis(6), words: "already exists".into() });
    assert!(is_last([&first, &again], &first));
    assert!(is_last([&first, &second(entry("a", Kind::Create, "y", 10))], &first));
}

/// How a page watches a restore of `x` about which there are these entries.
fn watched(entries: &[Entry], was_answered: bool) -> Watch {
    let key = entry("a", Kind::Restore, "x", 0).key;
    watch(entries, &key, was_answered, (Instant::from_millis(5_000), WallMillis(5_000)), 1)
}

#[test]
fn what_was_accepted_is_there_however_often_its_page_is_opened() {
    let posted = Watch::posted(Kind::Restore, Instant::from_millis(1), 1);
    assert_eq!(watched(&[accepted(entry("a", Kind::Restore, "x", 1))], false), posted);
    assert_eq!(watched(&[ended(entry("a", Kind::Restore, "x", 1))], false), posted);
    let lost = |number| {
        let mut lost = entry("a", Kind::Restore, "x", number);
        lost.record(Fact::AnswerLost { at: WallMillis(number), why: LostPost::PageGone });
        lost
    };
    // A later one whose answer was lost: the earlier one is there at least.
    let entries = [ended(entry("a", Kind::Restore, "x", 1)), second(lost(2))];
    assert_eq!(watched(&entries, false), Watch::accepted(Kind::Restore, 1));
    let mut found = lost(3);
    let restore = PriorRestore::Was { status: Status::Failed, error: None };
    found.before = Some(Before { restore, present: None });
    assert_eq!(watched(&[found], false), Watch::accepted(Kind::Restore, 1));
    let mut taken = entry("a", Kind::Create, "x", 1);
    taken.record(Fact::IdTaken { at: WallMillis(1) });
    assert!(taken.was_answered());
}

#[test]
fn what_answered_a_page_once_is_there_without_an_entry() {
    assert_eq!(watched(&[], true), Watch::accepted(Kind::Restore, 1));
    assert_eq!(watched(&[accepted(entry("a", Kind::Restore, "y", 1))], false), Watch::opened(Kind::Restore, 1));
    assert_eq!(watched(&[entry("a", Kind::Restore, "x", 1)], false), Watch::opened(Kind::Restore, 1));
}

fn at(mut entry: Entry, bucket: &str) -> Entry {
    entry.key.location = Location::new(bucket, "");
    entry
}

#[test]
fn what_was_made_elsewhere_is_kept_newest_first_and_once_for_each_backup() {
    let mut refused = at(entry("a", Kind::Create, "refused", 9), "second");
    refused.record(Fact::Refused { at: WallMillis(9), words: "no".into() });
    let entries = [
        at(entry("a", Kind::Create, "old", 1), "second"),
        at(entry("a", Kind::Create, "new", 2), "second"),
        at(entry("a", Kind::Create, "old", 3), "second"),
        at(entry("a", Kind::Create, "old", 0), "third"),
        entry("a", Kind::Create, "listed", 4),
        at(entry("a", Kind::Restore, "restored", 5), "second"),
        at(entry("b", Kind::Create, "other", 6), "second"),
        refused,
    ];
    let kept = elsewhere(&entries, &ConnectionId("a".into()));
    assert_eq!(kept, [&entries[2], &entries[1], &entries[3]]);
}

#[test]
fn the_names_in_a_backup_are_those_that_its_answer_told() {
    let told = Some(vec!["Article".to_owned()]);
    let mut made = entry("a", Kind::Create, "x", 1);
    assert_eq!(names_in([&made], &made.key), None);
    made.record(Fact::Accepted(Acceptance { at: WallMillis(2), proof: Proof::Answered, classes: told.clone() }));
    assert_eq!(names_in([&made], &made.key), Some((WallMillis(2), told.as_deref().unwrap())));
    let found = Acceptance { at: WallMillis(2), proof: Proof::FoundById, classes: None };
    let mut lost = entry("a", Kind::Create, "y", 1);
    lost.record(Fact::Accepted(found));
    assert_eq!(names_in([&lost], &lost.key), None);
}

#[test]
fn the_oldest_closed_entries_are_forgotten_and_open_ones_never() {
    let entries = [
        entry("a", Kind::Create, "open", 1),
        ended(entry("a", Kind::Create, "old", 2)),
        ended(entry("a", Kind::Create, "new", 3)),
    ];
    assert_eq!(to_forget(&entries, 3), Vec::<String>::new());
    assert_eq!(to_forget(&entries, 2), [entries[1].name()]);
    assert_eq!(to_forget(&entries, 0).len(), 2);
}
