use proptest::prelude::*;

use super::*;
use crate::api::wire::{Accepted, Meta, OperationStatus};
use crate::domain::status::Status;

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, body: body.as_bytes().to_vec(), round_trip_millis: 7 }
}

fn read<T: Json>(call: Call, answer: &Answer) -> Result<T, ApiError> {
    let connection = ConnectionId("c".into());
    json(About { connection: &connection, call }, answer).map(|answered| answered.value)
}

fn status(answer: &Answer) -> Result<OperationStatus, ApiError> {
    read(Call::CreateStatus, answer)
}

#[test]
fn the_three_error_bodies_give_the_servers_words() {
    let bodies = [
        (422, r#"{"error":[{"message":"class Foo doesn't exist"}]}"#, ErrorKind::Refused, "class Foo doesn't exist"),
        (
            405,
            r#"{"code":405,"message":"method DELETE is not allowed"}"#,
            ErrorKind::Refused,
            "method DELETE is not allowed",
        ),
        (
            401,
            "{\"code\":401,\"message\": \"anonymous access not enabled\" }\n",
            ErrorKind::NotSignedIn,
            "anonymous access not enabled",
        ),
        (403, r#"{"error":[{"message":"forbidden"}]}"#, ErrorKind::NotPermitted, "forbidden"),
        (404, r#"{"error":[{"message":"no"},{"message":"such"}]}"#, ErrorKind::NotFound, "no\nsuch"),
    ];
    for (http_status, body, kind, words) in bodies {
        let error = status(&answer(http_status, body)).unwrap_err();
        assert_eq!((error.kind, error.words().as_str(), error.http_status), (kind, words, Some(http_status)));
        assert_eq!(error.excerpt, None);
    }
}

#[test]
fn an_empty_200_is_a_server_error_and_a_lost_post_may_have_been_carried_out() {
    let error = read::<Accepted>(Call::Restore, &answer(200, "")).unwrap_err();
    assert_eq!(error.kind, ErrorKind::EmptyAnswer);
    assert!(error.is_retryable() && error.may_have_been_carried_out());
}

#[test]
fn html_and_truncated_json_are_told_apart_and_quoted() {
    let html = status(&answer(200, "<!doctype html><title>Sign in</title>")).unwrap_err();
    assert_eq!(
        (html.kind, html.excerpt.as_deref()),
        (ErrorKind::NotJson, Some("<!doctype html><title>Sign in</title>"))
    );
    let cut = status(&answer(200, r#"{"backend":"s3","id":"x","sta"#)).unwrap_err();
    assert_eq!(cut.kind, ErrorKind::Truncated);
    let other = status(&answer(200, r#"{"hello":"world"}"#)).unwrap_err();
    assert_eq!(other.kind, ErrorKind::OtherShape);
    let gateway = status(&answer(502, "<html>Bad Gateway</html>")).unwrap_err();
    assert_eq!(gateway.kind, ErrorKind::ForeignError);
}

#[test]
fn a_refused_post_was_not_carried_out() {
    let error =
        read::<Accepted>(Call::Create, &answer(422, r#"{"error":[{"message":"already exists"}]}"#)).unwrap_err();
    assert!(!error.may_have_been_carried_out());
}

#[test]
fn an_unknown_status_and_an_unknown_member_are_kept() {
    let text = r#"{"backend":"s3","id":"x","status":"PAUSED","shiny":{"new":1}}"#;
    let read = status(&answer(200, text)).unwrap();
    assert_eq!(read.status, Status::Unknown("PAUSED".into()));
    assert_eq!(read.to_json(), serde_json::from_str::<Value>(text).unwrap());
}

#[test]
fn one_unreadable_entry_does_not_lose_the_list() {
    let connection = ConnectionId("c".into());
    let about = About { connection: &connection, call: Call::List };
    let body = r#"[{"id":"a","status":"SUCCESS","classes":["A"]},{"id":"b","status":7},3,{"id":"c","status":"FAILED","classes":[]}]"#;
    let entries = list(about, &answer(200, body)).unwrap().value;
    let ids: Vec<_> = entries
        .iter()
        .map(|entry| match entry {
            Entry::Read(backup) => ("read", Some(backup.id.clone())),
            Entry::Unreadable { id, .. } => ("broken", id.clone()),
        })
        .collect();
    let id = |text: &str| Some(text.to_owned());
    assert_eq!(ids, [("read", id("a")), ("broken", id("b")), ("broken", None), ("read", id("c"))]);
}

#[test]
fn a_cancel_answers_204_and_a_page_in_its_place_is_no_success() {
    let connection = ConnectionId("c".into());
    let about = About { connection: &connection, call: Call::CancelCreate };
    assert!(no_content(about, &answer(204, "")).is_ok());
    assert_eq!(no_content(about, &answer(200, "<html>")).unwrap_err().kind, ErrorKind::NotJson);
    assert_eq!(no_content(about, &answer(200, "")).unwrap_err().kind, ErrorKind::EmptyAnswer);
}

proptest! {
    #[test]
    fn no_bytes_make_a_decoder_panic(http_status in 100u16..600, body in prop::collection::vec(any::<u8>(), 0..400)) {
        let connection = ConnectionId("c".into());
        let answer = Answer { status: http_status, body, round_trip_millis: 0 };
        let about = About { connection: &connection, call: Call::List };
        drop(list(about, &answer));
        drop(no_content(about, &answer));
        drop(json::<OperationStatus>(about, &answer));
        drop(json::<Meta>(about, &answer));
    }

    #[test]
    fn no_cut_or_flipped_answer_makes_a_decoder_panic(cut in 0usize..200, at in 0usize..200, with: u8) {
        let connection = ConnectionId("c".into());
        let about = About { connection: &connection, call: Call::CreateStatus };
        let mut body = br#"{"backend":"s3","id":"x","path":"p","status":"SUCCESS","startedAt":"2026-08-20T17:25:14.123Z","completedAt":"0001-01-01T00:00:00.000Z","size":6.05e-08}"#.to_vec();
        let at = at % body.len();
        body[at] = with;
        body.truncate(cut);
        let answer = Answer { status: 200, body, round_trip_millis: 0 };
        if let Ok(read) = json::<OperationStatus>(about, &answer) {
            prop_assert_eq!(OperationStatus::from_json(read.value.to_json()), Ok(read.value));
        }
    }
}

#[test]
fn a_404_without_words_is_the_servers_when_it_is_empty_and_somebody_elses_when_it_is_a_page() {
    assert_eq!(status(&answer(404, "")).unwrap_err().kind, ErrorKind::NotFound);
    let page = status(&answer(404, "<html>no such site</html>")).unwrap_err();
    assert_eq!((page.kind, page.excerpt.as_deref()), (ErrorKind::ForeignError, Some("<html>no such site</html>")));
}

#[test]
fn an_answer_is_kept_as_it_came() {
    let connection = ConnectionId("c".into());
    let about = About { connection: &connection, call: Call::CreateStatus };
    let body = r#"{ "backend":"s3","id":"a","status":"STARTED" }"#;
    let answered: Answered<OperationStatus> = json(about, &answer(200, body)).unwrap();
    assert_eq!((answered.raw.as_str(), answered.http_status, answered.round_trip_millis), (body, 200, 7));
}
