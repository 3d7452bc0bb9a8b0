use weaviate_backups::api::call::Call;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::json::Json;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::ledger::entry::{Acceptance, Fact, Proof};
use weaviate_backups::poll::clock::Instant;
use weaviate_backups::poll::look::Lost;

use super::*;

fn answer(status: &str) -> OperationStatus {
    OperationStatus::from_json(serde_json::json!({"backend": "s3", "id": "nightly-1", "status": status})).unwrap()
}

fn unreachable() -> ApiError {
    ApiError {
        connection: ConnectionId("local".into()),
        call: Call::CreateStatus,
        kind: ErrorKind::Unreachable,
        messages: Vec::new(),
        http_status: None,
        excerpt: None,
    }
}

#[test]
fn an_answer_equal_to_the_last_one_changes_nothing() {
    let mut known = Known::default();
    known.answered(answer("STARTED"), WallMillis(1));
    let before = known.clone();
    known.answered(answer("STARTED"), WallMillis(2));
    assert_eq!(known, before);
}

#[test]
fn statuses_are_kept_in_the_order_in_which_they_were_seen() {
    let mut known = Known::default();
    for (at, word) in [(1, "TRANSFERRING"), (2, "TRANSFERRING"), (3, "FINALIZING"), (4, "SUCCESS")] {
        known.answered(answer(word), WallMillis(at));
    }
    let seen: Vec<_> = known.seen.iter().map(|seen| (seen.status.as_str(), seen.first.0)).collect();
    assert_eq!(seen, [("TRANSFERRING", 1), ("FINALIZING", 3), ("SUCCESS", 4)]);
}

#[test]
fn losing_contact_keeps_the_last_answer_and_the_first_failure() {
    let mut known = Known::default();
    known.answered(answer("STARTED"), WallMillis(1));
    known.failed(unreachable(), WallMillis(2));
    known.failed(unreachable(), WallMillis(3));
    known.phase = Phase::LostContact { since: Instant::from_millis(2), reason: Lost::Unreachable };
    assert_eq!((known.status(), known.lost_since), (Some(&Status::Started), Some(WallMillis(2))));
    known.answered(answer("STARTED"), WallMillis(4));
    assert_eq!((known.failure, known.lost_since), (None, None));
}

#[test]
fn an_end_that_is_not_written_yet_is_no_end() {
    let mut known = Known::default();
    known.answered(answer("SUCCESS"), WallMillis(1));
    known.phase = Phase::ConfirmingEnd(Status::Success);
    assert_eq!(known.end(), None);
    known.phase = Phase::Ended(Status::Success);
    assert_eq!(known.end(), Some(&Status::Success));
}

#[test]
fn the_internal_text_of_a_canceled_operation_is_no_error_to_show() {
    let mut known = Known::default();
    known.answered(OperationStatus { error: Some("context canceled".into()), ..answer("CANCELED") }, WallMillis(1));
    assert_eq!(known.words(), None);
    known.answered(OperationStatus { error: Some("no space".into()), ..answer("FAILED") }, WallMillis(2));
    assert_eq!(known.words(), Some("no space"));
}

#[test]
fn the_servers_times_are_taken_together_or_not_at_all() {
    let running = OperationStatus {
        started_at: Timestamp::from_unix_millis(5000),
        completed_at: Timestamp::parse("0001-01-01T00:00:00.000Z").ok(),
        ..answer("STARTED")
    };
    assert_eq!(Span::of(Some(&running), None), Span { started: Some(5000), ended: None });
    let ended = OperationStatus { completed_at: Timestamp::from_unix_millis(17_000), ..running };
    assert_eq!(Span::of(Some(&ended), None).took(), Some(12_000));
    assert_eq!(Span::of(Some(&answer("SUCCESS")), None), Span::default());
}

#[test]
fn what_runs_is_measured_by_the_clock_of_this_browser() {
    let key = OperationKey {
        connection: ConnectionId("local".into()),
        kind: Kind::Create,
        backend: "s3".into(),
        location: Location::default(),
        id: "nightly-1".into(),
    };
    let mut entry = Entry::intended(key, WallMillis(900), "{}".into(), Vec::new());
    entry.record(Fact::Accepted(Acceptance { at: WallMillis(1000), proof: Proof::Answered, classes: None }));
    // A server whose clock is 40 s ahead.
    let running = OperationStatus { started_at: Timestamp::from_unix_millis(41_000), ..answer("STARTED") };
    assert_eq!(Span::of(Some(&running), Some(&entry)).started, Some(1000));
    let ended = OperationStatus { completed_at: Timestamp::from_unix_millis(53_000), ..running };
    assert_eq!(Span::of(Some(&ended), Some(&entry)).took(), Some(12_000));
}
