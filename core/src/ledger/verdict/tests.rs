use super::*;
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, Kind};
use crate::ledger::entry::{Acceptance, Fact, LostPost};
use crate::poll::clock::WallMillis;

fn key() -> OperationKey {
    OperationKey {
        connection: ConnectionId("local".into()),
        kind: Kind::Restore,
        backend: "s3".into(),
        location: Location::default(),
        id: "n-1".into(),
    }
}

fn entry(asked_at: i64, facts: impl IntoIterator<Item = Fact>) -> Entry {
    let mut entry = Entry::intended(key(), WallMillis(asked_at), "{}".into(), vec!["Article".into()]);
    for fact in facts {
        entry.record(fact);
    }
    entry
}

fn accepted(proof: Proof) -> Fact {
    Fact::Accepted(Acceptance { at: WallMillis(1), proof, classes: None })
}

fn ended(status: Status, error: Option<&str>) -> Fact {
    Fact::Ended { at: WallMillis(2), status, error: error.map(str::to_owned) }
}

#[test]
fn without_an_entry_it_is_the_last_one_of_any_cluster() {
    assert_eq!(whose(&[], &key(), &Status::Success, None), Whose::SomeClusters);
    let other = Entry::intended(OperationKey { id: "n-2".into(), ..key() }, WallMillis(1), String::new(), Vec::new());
    assert_eq!(whose(&[other], &key(), &Status::Success, None), Whose::SomeClusters);
}

#[test]
fn one_that_this_browser_started_is_ours_while_it_runs_and_as_it_ended() {
    let running = entry(1, [accepted(Proof::Answered)]);
    assert_eq!(whose([&running], &key(), &Status::Finalizing, None), Whose::Ours(&running));
    let failed = entry(1, [accepted(Proof::Answered), ended(Status::Failed, Some("x"))]);
    assert_eq!(whose([&failed], &key(), &Status::Failed, Some("x")), Whose::Ours(&failed));
}

#[test]
fn another_end_than_ours_had_is_somebody_elses() {
    let failed = entry(1, [accepted(Proof::Answered), ended(Status::Failed, Some("x"))]);
    assert_eq!(whose([&failed], &key(), &Status::Success, None), Whose::SomeClusters);
    assert_eq!(whose([&failed], &key(), &Status::Failed, Some("y")), Whose::SomeClusters);
}

#[test]
fn a_probable_acceptance_stays_probable() {
    let running = entry(1, [accepted(Proof::StatusChanged)]);
    assert_eq!(whose([&running], &key(), &Status::Transferring, None), Whose::ProbablyOurs(&running));
    let ended = entry(1, [accepted(Proof::StatusChanged), ended(Status::Success, None)]);
    assert_eq!(whose([&ended], &key(), &Status::Success, None), Whose::ProbablyOurs(&ended));
}

#[test]
fn a_lost_answer_is_never_turned_into_ours() {
    let lost = entry(1, [Fact::AnswerLost { at: WallMillis(1), why: LostPost::TimedOut }]);
    assert_eq!(whose([&lost], &key(), &Status::Success, None), Whose::CannotTell(&lost));
}

#[test]
fn one_that_was_refused_left_no_trace_so_the_one_before_counts() {
    let ended = entry(1, [accepted(Proof::Answered), ended(Status::Success, None)]);
    let refused = entry(2, [Fact::Refused { at: WallMillis(3), words: "no".into() }]);
    assert_eq!(whose([&refused, &ended], &key(), &Status::Success, None), Whose::Ours(&ended));
}
