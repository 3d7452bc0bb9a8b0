use super::*;
use crate::api::call::Call;
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, OperationKey};
use crate::ledger::entry::Before;

fn error(kind: ErrorKind, http_status: Option<u16>, words: &str) -> ApiError {
    let connection = ConnectionId("local".into());
    ApiError { connection, call: Call::Create, kind, messages: vec![words.into()], http_status, excerpt: None }
}

fn entry(kind: Kind) -> Entry {
    let connection = ConnectionId("local".into());
    let key = OperationKey { connection, kind, backend: "s3".into(), location: Location::default(), id: "n-1".into() };
    Entry::intended(key, WallMillis(10_000_000), "{}".into(), vec!["Article".into(), "Author".into()])
}

fn restore(prior: PriorRestore) -> Entry {
    Entry { before: Some(Before { restore: prior, present: Some(Vec::new()) }), ..entry(Kind::Restore) }
}

fn was(status: Status, error: Option<&str>) -> PriorRestore {
    PriorRestore::Was { status, error: error.map(str::to_owned) }
}

fn found(status: Status, error: Option<&str>) -> Found {
    Found::Status { status, error: error.map(str::to_owned), started_at: None }
}

#[test]
fn a_refusal_and_a_lost_answer_are_told_apart() {
    let outcome = |kind, http_status| PostOutcome::of(Err(&error(kind, http_status, "words")));
    for (kind, http_status) in [
        (ErrorKind::Refused, Some(422)),
        (ErrorKind::Refused, Some(500)),
        (ErrorKind::NotPermitted, Some(403)),
        (ErrorKind::NotSignedIn, Some(401)),
        (ErrorKind::NotFound, Some(404)),
        (ErrorKind::Redirected, None),
    ] {
        assert_eq!(outcome(kind, http_status), PostOutcome::Refused { words: "words".into() }, "{kind:?}");
    }
    for (kind, http_status, why) in [
        (ErrorKind::Unreachable, None, LostPost::Unreachable),
        (ErrorKind::TimedOut { limit_millis: 1 }, None, LostPost::TimedOut),
        (ErrorKind::Aborted, None, LostPost::Aborted),
        (ErrorKind::EmptyAnswer, Some(200), LostPost::Unreadable),
        (ErrorKind::NotJson, Some(200), LostPost::Unreadable),
        (ErrorKind::Truncated, Some(200), LostPost::Unreadable),
        (ErrorKind::OtherShape, Some(200), LostPost::Unreadable),
        (ErrorKind::ForeignError, Some(502), LostPost::Unreadable),
        // A gateway's own JSON: `{"message":"Endpoint request timed out"}`.
        (ErrorKind::Refused, Some(504), LostPost::Unreadable),
    ] {
        assert_eq!(outcome(kind, http_status), PostOutcome::AnswerLost { why }, "{kind:?}");
    }
}

#[test]
fn a_lost_create_is_found_by_its_id_when_that_was_seen_free() {
    let weigh_start = |id_seen_free: bool, started_at: Option<i64>| {
        let found = Found::Status { status: Status::Started, error: None, started_at: started_at.map(WallMillis) };
        weigh(&Entry { id_seen_free, ..entry(Kind::Create) }, &found, true)
    };
    assert_eq!(CLOCK_TOLERANCE_MILLIS, 300_000);
    let accepted = Sight::Accepted(Proof::FoundById);
    // It may be that of another, or an earlier one of ours: clocks differ.
    assert_eq!(weigh_start(false, Some(10_000_500)), Sight::SameAsBefore);
    assert_eq!(weigh_start(false, Some(10_000_000 - CLOCK_TOLERANCE_MILLIS)), Sight::SameAsBefore);
    assert_eq!(weigh_start(false, Some(10_000_000 - CLOCK_TOLERANCE_MILLIS - 1)), Sight::IdTaken);
    assert_eq!(weigh_start(false, None), Sight::SameAsBefore);
    assert_eq!(weigh_start(true, None), accepted);
    // The clocks differ by more than the tolerance, but the id was free a moment before.
    assert_eq!(weigh_start(true, Some(0)), accepted);
    assert_eq!(weigh(&entry(Kind::Create), &Found::None, true), Sight::NotTaken);
}

#[test]
fn what_may_be_a_later_requests_is_not_taken_for_an_earlier_ones() {
    let free = Entry { id_seen_free: true, ..entry(Kind::Create) };
    for entry in [free, restore(PriorRestore::Never)] {
        assert_eq!(weigh(&entry, &found(Status::Started, None), false), Sight::SameAsBefore);
        assert_eq!(weigh(&entry, &Found::None, false), Sight::NotTaken);
    }
}

#[test]
fn only_another_status_than_before_makes_a_lost_restore_probable() {
    let probable = Sight::Accepted(Proof::StatusChanged);
    for (prior, now, expected) in [
        (PriorRestore::Never, Found::None, Sight::NotTaken),
        (PriorRestore::Never, found(Status::Transferring, None), probable),
        (PriorRestore::Never, found(Status::Success, None), probable),
        (was(Status::Success, None), found(Status::Success, None), Sight::SameAsBefore),
        (was(Status::Success, None), found(Status::Transferring, None), probable),
        (was(Status::Success, None), found(Status::Failed, Some("x")), probable),
        (was(Status::Failed, Some("x")), found(Status::Failed, Some("x")), Sight::SameAsBefore),
        (was(Status::Failed, Some("x")), found(Status::Failed, Some("y")), probable),
        (was(Status::Failed, Some("x")), found(Status::Success, None), probable),
        // Somebody's DELETE does this without any restore.
        (was(Status::Failed, Some("x")), found(Status::Canceled, Some("by user")), Sight::SameAsBefore),
        (was(Status::Failed, Some("x")), found(Status::Cancelling, None), Sight::SameAsBefore),
        (was(Status::Canceled, None), found(Status::Canceled, Some("by user")), Sight::SameAsBefore),
        // What ran before the POST may end by itself.
        (was(Status::Transferring, None), found(Status::Success, None), Sight::SameAsBefore),
        (was(Status::Transferring, None), found(Status::Transferring, None), Sight::SameAsBefore),
        // The file was removed by hand.
        (was(Status::Success, None), Found::None, Sight::SameAsBefore),
    ] {
        assert_eq!(weigh(&restore(prior.clone()), &now, true), expected, "{prior:?} then {now:?}");
    }
    assert_eq!(weigh(&entry(Kind::Restore), &found(Status::Success, None), true), Sight::SameAsBefore);
}

#[test]
fn a_404_that_any_error_of_the_storage_brings_proves_nothing() {
    for entry in [entry(Kind::Create), restore(PriorRestore::Never), restore(was(Status::Failed, Some("x")))] {
        assert_eq!(weigh(&entry, &Found::Unclear, true), Sight::Unclear);
    }
}

#[test]
fn what_is_found_after_an_unclear_404_may_be_older_than_the_restore() {
    let entry = restore(PriorRestore::Unclear);
    for status in Status::KNOWN {
        assert_eq!(weigh(&entry, &found(status, Some("x")), true), Sight::SameAsBefore);
    }
    assert_eq!(weigh(&entry, &Found::None, true), Sight::SameAsBefore);
}

#[test]
fn an_error_settles_nothing() {
    for entry in [entry(Kind::Create), restore(PriorRestore::Never)] {
        assert_eq!(weigh(&entry, &Found::Lost(Lost::Unreachable), true), Sight::Nothing(Lost::Unreachable));
        assert_eq!(weigh(&entry, &Found::Paused(Pause::KeyNeeded), true), Sight::Paused(Pause::KeyNeeded));
    }
}

#[test]
fn the_schema_says_whether_what_was_absent_is_there_now() {
    let with = |present: Option<&[&str]>| {
        let present = present.map(|names| names.iter().map(ToString::to_string).collect());
        Entry { before: Some(Before { restore: PriorRestore::Never, present }), ..entry(Kind::Restore) }
    };
    let now: Vec<String> = vec!["Article".into(), "Author".into()];
    assert_eq!(landed(&with(Some(&["Article"])), &now), Some(true));
    assert_eq!(landed(&with(Some(&[])), &now[..1]), Some(false));
    assert_eq!(landed(&with(Some(&["Article", "Author"])), &now), None);
    assert_eq!(landed(&with(None), &now), None);
}

#[test]
fn what_the_server_took_is_compared_with_what_was_asked() {
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(narrowing(&names(&["A", "B"]), &names(&["B", "A"])), None);
    assert_eq!(narrowing(&[], &names(&["A"])), None, "all was asked for, whatever its names");
    assert_eq!(
        narrowing(&names(&["A", "B"]), &names(&["B", "C"])),
        Some(Narrowing { left_out: names(&["A"]), taken_unasked: names(&["C"]) })
    );
}

#[test]
fn a_status_answer_is_read_as_what_was_found() {
    let answer = r#"{"backend":"s3","id":"x","status":"STARTED","startedAt":"1970-01-01T00:00:01.000Z","completedAt":"0001-01-01T00:00:00.000Z"}"#;
    let answer: OperationStatus = crate::api::json::read(answer).unwrap();
    let expected = Found::Status { status: Status::Started, error: None, started_at: Some(WallMillis(1000)) };
    assert_eq!(Found::of(Ok(&answer)), expected);
    let missing = "get object contents from b:x/backup_config.json not found: The specified key does not exist.";
    assert_eq!(Found::of(Err(&error(ErrorKind::NotFound, Some(404), missing))), Found::None);
    assert_eq!(Found::of(Err(&error(ErrorKind::NotFound, Some(404), "connection refused"))), Found::Unclear);
    assert_eq!(Found::of(Err(&error(ErrorKind::NotSignedIn, Some(401), ""))), Found::Paused(Pause::KeyNeeded));
    assert_eq!(Found::of(Err(&error(ErrorKind::Unreachable, None, ""))), Found::Lost(Lost::Unreachable));
}
