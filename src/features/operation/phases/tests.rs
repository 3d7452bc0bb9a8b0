use weaviate_backups::api::json::Json;
use weaviate_backups::api::wire::OperationStatus;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::ledger::entry::{Acceptance, Fact};
use weaviate_backups::poll::clock::{Instant, WallMillis};
use weaviate_backups::poll::look::Lost;

use super::*;

fn entry(accepted_at: i64) -> Entry {
    let key = OperationKey {
        connection: ConnectionId("local".into()),
        kind: Kind::Restore,
        backend: "s3".into(),
        location: Location::default(),
        id: "weekly".into(),
    };
    let mut entry = Entry::intended(key, WallMillis(accepted_at - 200), "{}".into(), vec!["Article".into()]);
    let at = WallMillis(accepted_at);
    assert!(entry.record(Fact::Accepted(Acceptance { at, proof: Proof::Answered, classes: None })));
    entry
}

fn known(seen: &[(&str, i64)]) -> Known {
    let mut known = Known::default();
    for (word, at) in seen {
        let answer = serde_json::json!({"backend": "s3", "id": "weekly", "status": word});
        known.answered(OperationStatus::from_json(answer).unwrap(), WallMillis(*at));
    }
    known
}

fn told(phases: &[Phase]) -> Vec<(&str, PhaseState, Option<i64>, Option<i64>)> {
    phases.iter().map(|phase| (phase.status.as_str(), phase.state, phase.from, phase.to)).collect()
}

use PhaseState::{Canceled, Current, Done, Failed, Stale, ToCome, Unseen};

#[test]
fn a_phase_that_passed_between_two_looks_is_said_to_be_unseen() {
    let phases = phases(&known(&[("TRANSFERRING", 15), ("FINALIZING", 40)]), Some(&entry(10)), true);
    assert_eq!(
        told(&phases),
        [
            ("STARTED", Done, Some(10), Some(10)),
            ("TRANSFERRING", Done, Some(10), Some(40)),
            ("TRANSFERRED", Unseen, None, None),
            ("FINALIZING", Current, Some(40), None),
            ("SUCCESS", ToCome, None, None),
        ]
    );
}

#[test]
fn before_the_first_look_only_the_answer_to_the_post_is_known() {
    let phases = phases(&known(&[]), Some(&entry(10)), true);
    let states: Vec<_> = phases.iter().map(|phase| phase.state).collect();
    assert_eq!(states, [Done, ToCome, ToCome, ToCome, ToCome]);
}

#[test]
fn a_reload_in_the_middle_invents_no_times() {
    let phases = phases(&known(&[("FINALIZING", 40)]), None, true);
    assert_eq!(
        told(&phases)[..4],
        [
            ("STARTED", Unseen, None, None),
            ("TRANSFERRING", Unseen, None, None),
            ("TRANSFERRED", Unseen, None, None),
            ("FINALIZING", Current, Some(40), None),
        ]
    );
}

#[test]
fn an_end_has_its_own_state_and_the_time_at_which_it_was_learned() {
    let mut ended = entry(10);
    ended.record(Fact::Ended { at: WallMillis(60), status: Status::Failed, error: None });
    let phases = phases(&known(&[("TRANSFERRING", 15), ("FAILED", 61)]), Some(&ended), true);
    // What would have come between them did not happen.
    assert_eq!(
        told(&phases),
        [
            ("STARTED", Done, Some(10), Some(10)),
            ("TRANSFERRING", Done, Some(10), Some(61)),
            ("FAILED", Failed, Some(60), None),
        ]
    );
}

#[test]
fn a_restore_whose_schema_was_applied_in_part_has_been_through_all_phases() {
    let words = r#"could not restore classes: ["Article": class name Article already exists]"#;
    let mut known = known(&[("TRANSFERRING", 15)]);
    let failed = serde_json::json!({"backend": "s3", "id": "weekly", "status": "FAILED", "error": words});
    known.answered(OperationStatus::from_json(failed).unwrap(), WallMillis(61));
    known.phase = Watching::Ended(Status::Failed);
    let words: Vec<_> = phases(&known, Some(&entry(10)), true).into_iter().map(|phase| phase.state).collect();
    assert_eq!(words, [Done, Done, Unseen, Unseen, Failed]);
}

#[test]
fn a_canceled_restore_shows_no_phase_that_did_not_happen() {
    let phases = phases(&known(&[("TRANSFERRING", 15), ("CANCELED", 30)]), Some(&entry(10)), true);
    let words: Vec<_> = told(&phases).iter().map(|(word, state, ..)| (*word, *state)).collect();
    assert_eq!(words, [("STARTED", Done), ("TRANSFERRING", Done), ("CANCELED", Canceled)]);
}

#[test]
fn lost_contact_leaves_the_last_phase_known_and_not_under_way() {
    let mut known = known(&[("TRANSFERRING", 15)]);
    known.phase = Watching::LostContact { since: Instant::from_millis(20), reason: Lost::Unreachable };
    assert_eq!(phases(&known, Some(&entry(10)), true)[1].state, Stale);
}

#[test]
fn an_old_server_says_started_to_the_end() {
    let phases = phases(&known(&[("STARTED", 12), ("SUCCESS", 22)]), Some(&entry(10)), false);
    assert_eq!(told(&phases), [("STARTED", Done, Some(10), Some(22)), ("SUCCESS", Done, Some(22), None)]);
}

#[test]
fn a_word_that_is_not_known_stands_where_it_was_seen() {
    let phases = phases(&known(&[("TRANSFERRING", 15), ("PAUSED", 30)]), Some(&entry(10)), true);
    let words: Vec<_> = told(&phases).iter().map(|(word, state, ..)| (*word, *state)).collect();
    assert_eq!(words[1], ("TRANSFERRING", Done));
    assert_eq!(words[4..], [("PAUSED", Current), ("SUCCESS", ToCome)]);
}
