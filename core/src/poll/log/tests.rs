use super::*;
use crate::api::request;
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, Kind};

fn request() -> Request {
    request::status(Kind::Create, "s3", "nightly-1", &Location::default())
}

fn answered(raw: &str) -> Answered<OperationStatus> {
    let value = crate::api::json::read(raw).unwrap();
    Answered { value, http_status: 200, raw: raw.to_owned(), round_trip_millis: 12 }
}

fn status(at: i64, word: &str) -> Exchange {
    let raw = format!(r#"{{"backend":"s3","id":"nightly-1","status":"{word}","error":"e"}}"#);
    Exchange::of_status(WallMillis(at), &request(), Ok(&answered(&raw)))
}

fn lost(at: i64, kind: ErrorKind, messages: &[&str]) -> Exchange {
    let error = ApiError {
        connection: ConnectionId("local".into()),
        call: Call::CreateStatus,
        kind,
        messages: messages.iter().map(ToString::to_string).collect(),
        http_status: None,
        excerpt: None,
    };
    Exchange::of_status(WallMillis(at), &request(), Err(&error))
}

#[test]
fn an_exchange_has_what_was_asked_and_what_came_back() {
    let exchange = status(5, "STARTED");
    assert_eq!((exchange.method, exchange.path.as_str()), (Method::Get, "/v1/backups/s3/nightly-1"));
    assert_eq!((exchange.http_status, exchange.status), (Some(200), Some(Status::Started)));
    assert_eq!((exchange.words.as_deref(), exchange.round_trip), (Some("e"), Some(Millis(12))));
    assert!(exchange.raw.unwrap().starts_with('{'));
    let exchange = lost(5, ErrorKind::Unreachable, &[]);
    assert_eq!((exchange.http_status, exchange.failure), (None, Some(ErrorKind::Unreachable)));
    assert_eq!((exchange.words, exchange.raw), (None, None));
}

#[test]
fn equal_answers_in_a_row_are_one_line_with_a_count() {
    let mut log = Log::default();
    for exchange in [status(1, "STARTED"), status(2, "STARTED"), status(3, "SUCCESS"), status(4, "STARTED")] {
        log.push(exchange);
    }
    let lines: Vec<(i64, i64, u64)> = log.lines().map(|line| (line.first.0, line.exchange.at.0, line.count)).collect();
    assert_eq!(lines, [(1, 2, 2), (3, 3, 1), (4, 4, 1)]);
}

#[test]
fn another_reason_or_other_words_are_another_line() {
    let mut log = Log::default();
    log.push(lost(1, ErrorKind::Unreachable, &[]));
    log.push(lost(2, ErrorKind::Aborted, &[]));
    log.push(lost(3, ErrorKind::Aborted, &["a"]));
    log.push(lost(4, ErrorKind::Aborted, &["a"]));
    assert_eq!(log.lines().len(), 3);
}

#[test]
fn a_week_of_equal_answers_is_one_line() {
    let mut log = Log::default();
    for look in 0..604_800 / 10 {
        log.push(status(look, "STARTED"));
    }
    assert_eq!(log.lines().len(), 1);
    assert_eq!(log.lines().next().unwrap().count, 60_480);
}

#[test]
fn the_oldest_lines_go_and_are_counted() {
    let mut log = Log::default();
    for at in 0..1000 {
        log.push(status(at, if at % 2 == 0 { "STARTED" } else { "TRANSFERRING" }));
    }
    assert_eq!((log.lines().len(), log.dropped()), (LINES, 800));
    assert_eq!(log.lines().next().unwrap().first, WallMillis(800));
}

#[test]
fn a_huge_body_is_shortened_between_characters() {
    let mut answer = answered(r#"{"backend":"s3","id":"x","status":"STARTED"}"#);
    answer.raw = "备".repeat(RAW_CHARS + 5);
    let exchange = Exchange::of_status(WallMillis(0), &request(), Ok(&answer));
    assert_eq!(exchange.raw.unwrap().chars().count(), RAW_CHARS);
}

#[test]
fn a_log_is_empty_until_something_was_asked() {
    let mut log = Log::default();
    assert!(log.is_empty());
    log.push(status(1, "STARTED"));
    assert!(!log.is_empty());
}
