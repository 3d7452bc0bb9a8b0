use weaviate_backups::api::json::Json;
use weaviate_backups::api::wire::OperationStatus;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, ORPHAN_AGE_MILLIS, OperationKey};
use weaviate_backups::ledger::entry::{Acceptance, Before, Entry, Fact, LostPost, PriorRestore, Proof};
use weaviate_backups::poll::clock::{Instant, WallMillis};
use weaviate_backups::poll::look::Lost;

use super::*;

fn entry(kind: Kind) -> Entry {
    let key = OperationKey {
        connection: ConnectionId("local".into()),
        kind,
        backend: "s3".into(),
        location: Location::default(),
        id: "weekly".into(),
    };
    let names = vec!["Article".to_owned(), "Author".to_owned()];
    let mut entry = Entry::intended(key, WallMillis(1000), "{}".into(), names);
    entry.before = Some(Before { restore: PriorRestore::Never, present: Some(Vec::new()) });
    entry
}

fn accepted(kind: Kind) -> Entry {
    let mut entry = entry(kind);
    let acceptance = Acceptance { at: WallMillis(1200), proof: Proof::Answered, classes: None };
    assert!(entry.record(Fact::Accepted(acceptance)));
    entry
}

fn known(word: &str) -> Known {
    let mut known = Known::default();
    let answer = serde_json::json!({"backend": "s3", "id": "weekly", "status": word});
    known.answered(OperationStatus::from_json(answer).unwrap(), WallMillis(2000));
    known
}

fn tell(kind: Kind, known: &Known, entry: Option<&Entry>, present: Option<&[&str]>) -> Story {
    let reading = present.map(|present| Reading {
        present: present.iter().map(ToString::to_string).collect(),
        aliases: None,
        at: 3000,
    });
    let outcome = entry.zip(reading.as_ref()).map(|(entry, reading)| Outcome::of(entry, reading, known.words()));
    let key = super::tests::entry(kind).key;
    let entries: Vec<Entry> = entry.into_iter().cloned().collect();
    let relation = Relation::of(&entries, &key, known);
    Story::of(&Material {
        kind,
        known,
        relation: &relation,
        collections: entry.map(|entry| entry.collections.len()),
        reading: reading.as_ref(),
        outcome: outcome.as_ref(),
        looked_at: Some(2000),
    })
}

#[test]
fn a_restore_is_called_restored_only_with_the_schema_as_proof() {
    let entry = accepted(Kind::Restore);
    let success = known("SUCCESS");
    let told = |present| tell(Kind::Restore, &success, Some(&entry), present);
    assert_eq!(told(None), Story::SaysSuccess);
    assert_eq!(told(Some(&["Article", "Author"])), Story::Restored { collections: 2 });
    assert_eq!(told(Some(&["Article"])), Story::SuccessWithout { in_place: 1, asked: 2 });
}

#[test]
fn collections_that_may_have_been_there_before_prove_nothing() {
    let mut entry = accepted(Kind::Restore);
    entry.before = None;
    let story = tell(Kind::Restore, &known("SUCCESS"), Some(&entry), Some(&["Article", "Author"]));
    assert_eq!(story, Story::Present { collections: 2 });
}

#[test]
fn a_restore_of_everything_whose_names_are_not_known_is_never_proven() {
    let entry = Entry { collections: Vec::new(), ..accepted(Kind::Restore) };
    let told = |word| tell(Kind::Restore, &known(word), Some(&entry), Some(&["Article"]));
    assert_eq!(told("SUCCESS"), Story::SaysSuccess);
    assert_eq!(told("TRANSFERRING"), Story::Restoring { collections: None });
    assert_eq!(told("FINALIZING"), Story::ApplyingSchema { in_place: None });
}

#[test]
fn an_end_without_an_entry_is_some_clusters_and_a_run_is_a_run() {
    let story = |word| tell(Kind::Restore, &known(word), None, None);
    assert_eq!(story("SUCCESS"), Story::SomeClusters(Status::Success));
    assert_eq!(story("FAILED"), Story::SomeClusters(Status::Failed));
    assert_eq!(story("TRANSFERRING"), Story::Restoring { collections: None });
}

#[test]
fn a_status_that_does_not_answer_a_lost_post_is_never_told_as_a_success() {
    let mut lost = entry(Kind::Restore);
    assert!(lost.record(Fact::AnswerLost { at: WallMillis(1500), why: LostPost::TimedOut }));
    assert_eq!(tell(Kind::Restore, &known("SUCCESS"), Some(&lost), None), Story::Unsettled);
    assert!(lost.record(Fact::CannotTell { at: WallMillis(1600), landed: Some(true) }));
    let story = tell(Kind::Restore, &known("SUCCESS"), Some(&lost), None);
    assert_eq!(story, Story::CannotTell { kind: Kind::Restore, status: Status::Success, landed: Some(true) });
}

#[test]
fn a_lost_post_that_nobody_can_tell_about_is_not_said_to_be_unknown() {
    let mut lost = entry(Kind::Create);
    assert!(lost.record(Fact::AnswerLost { at: WallMillis(1500), why: LostPost::PageGone }));
    assert!(lost.record(Fact::CannotTell { at: WallMillis(1600), landed: None }));
    let known = Known { phase: Phase::Paused(Pause::NotKnown), ..Known::default() };
    assert_eq!(tell(Kind::Create, &known, Some(&lost), None), Story::Unclear);
}

#[test]
fn a_server_that_answers_is_not_said_to_be_silent() {
    let lost = |reason| {
        let phase = Phase::LostContact { since: Instant::from_millis(0), reason };
        tell(Kind::Create, &Known { phase, ..Known::default() }, None, None)
    };
    assert_eq!(lost(Lost::ServerFailed), Story::NeverTold);
    assert_eq!(lost(Lost::NotFound), Story::NeverTold);
    assert_eq!(lost(Lost::TimedOut), Story::NeverReached);
}

#[test]
fn a_failure_says_what_landed_all_the_same() {
    let entry = accepted(Kind::Restore);
    let told = |present| tell(Kind::Restore, &known("FAILED"), Some(&entry), Some(present));
    assert_eq!(told(&["Article"]), Story::LandedInPart { in_place: 1, asked: 2, missing: 1 });
    assert_eq!(told(&[]), Story::NothingLanded { asked: 2 });
}

#[test]
fn while_the_schema_is_applied_it_is_counted() {
    let entry = accepted(Kind::Restore);
    let told = |present| tell(Kind::Restore, &known("FINALIZING"), Some(&entry), present);
    assert_eq!(told(None), Story::ApplyingSchema { in_place: None });
    assert_eq!(told(Some(&["Article"])), Story::ApplyingSchema { in_place: Some((1, 2)) });
}

#[test]
fn an_end_that_is_being_written_and_a_word_not_known_are_no_ends() {
    let mut confirming = known("SUCCESS");
    confirming.phase = Phase::ConfirmingEnd(Status::Success);
    assert_eq!(tell(Kind::Create, &confirming, None, None), Story::Confirming(Status::Success));
    assert_eq!(tell(Kind::Create, &known("PAUSED"), None, None), Story::NotUnderstood("PAUSED".into()));
}

#[test]
fn a_day_without_an_end_is_told_as_possibly_orphaned() {
    let known = known("STARTED");
    let relation = Relation::Ours(accepted(Kind::Create));
    let material = Material {
        kind: Kind::Create,
        known: &known,
        relation: &relation,
        collections: Some(2),
        reading: None,
        outcome: None,
        looked_at: Some(1200 + ORPHAN_AGE_MILLIS + 1),
    };
    assert_eq!(Story::of(&material), Story::PossiblyOrphaned { kind: Kind::Create, since: 1200 });
    let young = Material { looked_at: Some(5000), ..material };
    assert_eq!(Story::of(&young), Story::BackingUp { collections: Some(2) });
}

#[test]
fn without_any_answer_the_page_says_what_it_waits_for() {
    let mut known = Known::default();
    assert_eq!(tell(Kind::Create, &known, None, None), Story::Asking);
    let entry_of_ours = accepted(Kind::Create);
    assert_eq!(tell(Kind::Create, &known, Some(&entry_of_ours), None), Story::BackingUp { collections: Some(2) });
    known.phase = Phase::Paused(Pause::NotKnown);
    assert_eq!(tell(Kind::Create, &known, None, None), Story::Paused(Pause::NotKnown));
    let mut refused = entry(Kind::Create);
    assert!(refused.record(Fact::Refused { at: WallMillis(2), words: "no".into() }));
    assert_eq!(tell(Kind::Create, &known, Some(&refused), None), Story::Refused);
}
