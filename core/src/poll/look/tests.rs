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
