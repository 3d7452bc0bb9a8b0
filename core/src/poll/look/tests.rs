use super::*;
use crate::api::call::Call;
use crate::domain::operation::ConnectionId;

fn status(json: &str) -> OperationStatus {
    crate::api::json::read(json).unwrap()
}

fn error(kind: ErrorKind, http_status: Option<u16>) -> ApiError {
    let connection = ConnectionId("local".into());
    ApiError { connection, call: Call::CreateStatus, kind, messages: Vec::new(), http_status, excerpt: None }
}

#[test]
fn year_one_is_an_end_that_has_not_happened_and_no_time_says_nothing() {
    let zero = status(
        r#"{"backend":"s3","id":"x","status":"SUCCESS","startedAt":"2026-08-20T17:25:14.123Z","completedAt":"0001-01-01T00:00:00.000Z"}"#,
    );
    let now = WallMillis(Timestamp::parse("2026-08-20T17:25:20.123Z").unwrap().unix_millis());
    assert_eq!(
        Look::of(Ok(&zero), now),
        Look::Status { status: Status::Success, end_is_zero: true, running_for: Some(Millis(6000)) }
    );
    let restore = status(r#"{"backend":"s3","id":"x","status":"SUCCESS"}"#);
    assert_eq!(
        Look::of(Ok(&restore), now),
        Look::Status { status: Status::Success, end_is_zero: false, running_for: None }
    );
}

#[test]
fn a_start_in_the_future_or_in_year_one_is_no_hint() {
    let running_for = |started: &str| {
        let json = format!(r#"{{"backend":"s3","id":"x","status":"STARTED","startedAt":"{started}"}}"#);
        match Look::of(Ok(&status(&json)), WallMillis(0)) {
            Look::Status { running_for, .. } => running_for,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(running_for("1970-01-01T00:00:01.000Z"), None);
    assert_eq!(running_for("0001-01-01T00:00:00.000Z"), None);
    assert_eq!(running_for("1969-12-31T23:59:59.000Z"), Some(Millis(1000)));
}

#[test]
fn errors_pause_only_where_asking_again_is_of_no_use() {
    for (kind, http_status, expected) in [
        (ErrorKind::Unreachable, None, Look::Lost(Lost::Unreachable)),
        (ErrorKind::TimedOut { limit_millis: 1 }, None, Look::Lost(Lost::TimedOut)),
        (ErrorKind::Aborted, None, Look::Lost(Lost::Aborted)),
        (ErrorKind::NotFound, Some(404), Look::Lost(Lost::NotFound)),
        (ErrorKind::Refused, Some(500), Look::Lost(Lost::ServerFailed)),
        (ErrorKind::ForeignError, Some(502), Look::Lost(Lost::ForeignAnswer)),
        (ErrorKind::EmptyAnswer, Some(200), Look::Lost(Lost::Unreadable)),
        (ErrorKind::NotJson, Some(200), Look::Lost(Lost::Unreadable)),
        (ErrorKind::Truncated, Some(200), Look::Lost(Lost::Unreadable)),
        (ErrorKind::OtherShape, Some(200), Look::Lost(Lost::Unreadable)),
        (ErrorKind::NotSignedIn, Some(401), Look::Paused(Pause::KeyNeeded)),
        (ErrorKind::Redirected, None, Look::Paused(Pause::SignInPage)),
        (ErrorKind::NotPermitted, Some(403), Look::Paused(Pause::NotPermitted)),
        (ErrorKind::Refused, Some(422), Look::Paused(Pause::Refused)),
    ] {
        assert_eq!(Look::of(Err(&error(kind, http_status)), WallMillis(0)), expected, "{kind:?}");
    }
}

#[test]
fn a_404_says_that_there_is_none_only_in_the_words_of_a_storage() {
    let said = |words: &str| {
        let error = ApiError { messages: vec![words.to_owned()], ..error(ErrorKind::NotFound, Some(404)) };
        Look::of(Err(&error), WallMillis(0))
    };
    assert_eq!(said("n-1/restore_config.json: The specified key does not exist."), Look::Lost(Lost::Absent));
    assert_eq!(said("dial tcp s3:9000: connect: connection refused"), Look::Lost(Lost::NotFound));
}

#[test]
fn a_module_that_is_off_pauses_with_422_and_with_500() {
    let words = "no backup provider \"s3\": backup: s3 not found, did you enable the right module?";
    for http_status in [422, 500] {
        let error = ApiError { messages: vec![words.to_owned()], ..error(ErrorKind::Refused, Some(http_status)) };
        assert_eq!(Look::of(Err(&error), WallMillis(0)), Look::Paused(Pause::Refused), "{http_status}");
    }
}

#[test]
fn a_server_that_answers_without_a_status_is_told_from_one_that_does_not_answer() {
    for answered in [Lost::ServerFailed, Lost::Absent, Lost::NotFound] {
        assert!(answered.is_answered(), "{answered:?}");
    }
    for lost in [Lost::Unreachable, Lost::TimedOut, Lost::Aborted, Lost::ForeignAnswer, Lost::Unreadable] {
        assert!(!lost.is_answered(), "{lost:?}");
    }
}
