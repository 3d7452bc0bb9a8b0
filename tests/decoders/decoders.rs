//! The decoders, each with what must hold of what it read.

use serde_json::Value;
use weaviate_backup_console::connection::SavedConnection;
use weaviate_backup_console::features::{create::model as create, restore::model as restore};
use weaviate_backup_console::route::Route;
use weaviate_backup_console::server::KnownNodes;
use weaviate_backups::api::call::Call;
use weaviate_backups::api::decode::{self, About, Entry as Row};
use weaviate_backups::api::error::ApiError;
use weaviate_backups::api::json::{self, Json};
use weaviate_backups::api::request::{segment, unsegment};
use weaviate_backups::api::transport::Answer;
use weaviate_backups::api::wire;
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::pattern::Pattern;
use weaviate_backups::domain::server_url::ServerUrl;
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_backups::domain::version::Version;
use weaviate_backups::ledger::entry::Entry;
use weaviate_backups::ledger::evidence::{Found, PostOutcome, settlement};
use weaviate_backups::ledger::landing::complaints;
use weaviate_backups::poll::clock::{Instant, WallMillis};
use weaviate_backups::poll::look::Look;
use weaviate_backups::poll::machine::{Event, Machine};

use crate::memory::peak_of;

pub struct Decoded {
    /// Whether it could be read.
    pub read: bool,
    /// Bytes, while it was decoded.
    pub peak: usize,
}

pub struct Decoder {
    pub name: &'static str,
    pub decode: fn(u16, &[u8]) -> Decoded,
}

const fn decoder(name: &'static str, decode: fn(u16, &[u8]) -> Decoded) -> Decoder {
    Decoder { name, decode }
}

pub const ALL: [Decoder; 25] = [
    decoder("list", list),
    decoder("status", status),
    decoder("accepted create or restore", accepted),
    decoder("cancel", cancel),
    decoder("meta", |status, body| answer::<wire::Meta>(Call::Meta, status, body).0),
    decoder("nodes", |status, body| answer::<wire::Nodes>(Call::Nodes, status, body).0),
    decoder("statistics", |status, body| answer::<wire::Statistics>(Call::Statistics, status, body).0),
    decoder("schema", |status, body| answer::<wire::Schema>(Call::Schema, status, body).0),
    decoder("aliases", |status, body| answer::<wire::Aliases>(Call::Aliases, status, body).0),
    decoder("own-info", |status, body| answer::<wire::OwnInfo>(Call::OwnInfo, status, body).0),
    decoder("openid-configuration", |status, body| {
        answer::<wire::OpenIdConfiguration>(Call::OpenIdConfiguration, status, body).0
    }),
    decoder("create body", |_, body| kept::<wire::CreateRequest>(body)),
    decoder("restore body", |_, body| kept::<wire::RestoreRequest>(body)),
    decoder("ledger entry", ledger_entry),
    decoder("saved connection", |_, body| kept::<SavedConnection>(body)),
    decoder("known nodes", |_, body| kept::<KnownNodes>(body)),
    decoder("half-filled create", |_, body| kept::<create::Form>(body)),
    decoder("half-filled restore", |_, body| kept::<restore::Form>(body)),
    decoder("link", link),
    decoder("words of a failed restore", words),
    decoder("time", time),
    decoder("version", |_, body| parsed(body, Version::parse, Version::to_string)),
    decoder("address", |_, body| parsed(body, |text| ServerUrl::parse(text).ok(), ServerUrl::to_string)),
    decoder("pattern", pattern),
    decoder("percent-encoded text", |_, body| parsed(body, unsegment, |text| segment(text))),
];

fn connection() -> ConnectionId {
    ConnectionId("prod".into())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is written is read again, and is then written as before.
fn assert_fixed_point<T: Json>(read: &T) {
    let first = read.to_json();
    let again: T =
        json::read(&first.to_string()).unwrap_or_else(|_| panic!("what was written cannot be read: {first}"));
    let second = again.to_json();
    assert!(are_alike(&first, &second), "written first: {first}, and then: {second}");
}

/// Numbers with a fraction may differ in their last bits: they are read in the quick way, which takes up less of the
/// program and rounds twice.
fn are_alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(ones), Value::Array(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| are_alike(one, other))
        }
        (Value::Object(ones), Value::Object(others)) => {
            ones.len() == others.len()
                && ones.iter().zip(others).all(|(one, other)| one.0 == other.0 && are_alike(one.1, other.1))
        }
        (Value::Number(one), Value::Number(other)) if one.is_f64() && other.is_f64() => {
            let (one, other) = (one.as_f64().unwrap_or_default(), other.as_f64().unwrap_or_default());
            (one - other).abs() <= one.abs() * 4.0 * f64::EPSILON
        }
        (one, other) => one == other,
    }
}

/// An error says whether to ask again and whether to sign in, and keeps no more of a body than its beginning.
fn check_error(error: &ApiError, body: &[u8]) {
    assert!(error.excerpt.as_ref().is_none_or(|excerpt| excerpt.chars().count() <= 400), "{error:?}");
    assert!(!(error.needs_sign_in() && error.is_retryable()), "{error:?}");
    assert!(error.words().len() <= 3 * body.len() + error.messages.len(), "words that nobody said: {error:?}");
}

fn answer<T: Json>(call: Call, status: u16, body: &[u8]) -> (Decoded, Result<T, ApiError>) {
    let (connection, answer) = (connection(), Answer { status, body: body.to_vec(), round_trip_millis: 1 });
    let (outcome, peak) = peak_of(|| decode::json::<T>(About { connection: &connection, call }, &answer));
    match &outcome {
        Ok(answered) => assert_fixed_point(&answered.value),
        Err(error) => check_error(error, body),
    }
    (Decoded { read: outcome.is_ok(), peak }, outcome.map(|answered| answered.value))
}

fn list(status: u16, body: &[u8]) -> Decoded {
    let (connection, answer) = (connection(), Answer { status, body: body.to_vec(), round_trip_millis: 1 });
    let (outcome, peak) = peak_of(|| decode::list(About { connection: &connection, call: Call::List }, &answer));
    match &outcome {
        Ok(answered) => {
            for row in &answered.value {
                match row {
                    Row::Read(backup) => assert_fixed_point(backup),
                    Row::Unreadable { raw, .. } => assert!(raw.chars().count() <= 400, "{raw}"),
                }
            }
        }
        Err(error) => check_error(error, body),
    }
    Decoded { read: outcome.is_ok(), peak }
}

fn status(status: u16, body: &[u8]) -> Decoded {
    let (decoded, outcome) = answer::<wire::OperationStatus>(Call::CreateStatus, status, body);
    let look = Look::of(outcome.as_ref(), WallMillis(1_795_600_000_000));
    let found = Found::of(outcome.as_ref());
    match (&outcome, &look, &found) {
        (Ok(answer), Look::Status { status, .. }, Found::Status { status: found, .. }) => {
            assert!(*status == answer.status && *found == answer.status, "another status than was said");
        }
        (Err(_), Look::Lost(_) | Look::Paused(_), Found::Lost(_) | Found::Paused(_) | Found::None | Found::Unclear) => {
        }
        other => panic!("an end was made of {other:?}"),
    }
    decoded
}

fn accepted(status: u16, body: &[u8]) -> Decoded {
    let (decoded, outcome) = answer::<wire::Accepted>(Call::Create, status, body);
    let accepted = matches!(PostOutcome::of(outcome.as_ref()), PostOutcome::Accepted { .. });
    assert_eq!(accepted, outcome.is_ok());
    decoded
}

fn cancel(status: u16, body: &[u8]) -> Decoded {
    let (connection, answer) = (connection(), Answer { status, body: body.to_vec(), round_trip_millis: 1 });
    let about = About { connection: &connection, call: Call::CancelCreate };
    let (outcome, peak) = peak_of(|| decode::no_content(about, &answer));
    if let Err(error) = &outcome {
        check_error(error, body);
    }
    Decoded { read: outcome.is_ok(), peak }
}

fn kept<T: Json>(body: &[u8]) -> Decoded {
    let text = text(body);
    let (read, peak) = peak_of(|| json::read::<T>(&text));
    if let Ok(read) = &read {
        assert_fixed_point(read);
    }
    Decoded { read: read.is_ok(), peak }
}

/// Numbers that were damaged in the storage must not stop the watch either.
fn ledger_entry(_: u16, body: &[u8]) -> Decoded {
    let text = text(body);
    let (read, peak) = peak_of(|| Entry::from_text(&text));
    if let Ok(entry) = &read {
        let again = Entry::from_text(&entry.to_text()).expect("what was written can be read");
        assert!(are_alike(&entry.to_json(), &again.to_json()), "{entry:?}, and then {again:?}");
        assert_eq!((entry.name(), settlement(entry)), (again.name(), settlement(&again)));
        let now = Instant::from_millis(0);
        let mut machine = Machine::new(now, entry.watch(now, WallMillis(1_795_600_000_000), 1));
        machine.handle_event(now, Event::AskedNow);
        assert!(machine.poll_timeout().is_some(), "nobody watches {entry:?}");
    }
    Decoded { read: read.is_ok(), peak }
}

fn link(_: u16, body: &[u8]) -> Decoded {
    let text = text(body);
    let (route, peak) = peak_of(|| Route::parse(&text));
    assert_eq!(Route::parse(&route.hash()), route, "{}", route.hash());
    Decoded { read: !matches!(route, Route::Unknown(_)), peak }
}

fn words(_: u16, body: &[u8]) -> Decoded {
    let text = text(body);
    let asked = ["Article", "Author", "ARTICLE", ""].map(str::to_owned);
    let (complaints, peak) = peak_of(|| complaints(&text, &asked));
    for (name, complaint) in complaints.iter().flatten() {
        assert!(asked.contains(name) && text.contains(&complaint.words), "{complaint:?}");
    }
    Decoded { read: complaints.is_some(), peak }
}

fn time(_: u16, body: &[u8]) -> Decoded {
    let decoded = parsed(body, |text| Timestamp::parse(text).ok(), |time| String::from(*time));
    if let Ok(time) = Timestamp::parse(&text(body)) {
        let millis = Timestamp::from_unix_millis(time.unix_millis());
        assert_eq!(millis.map(String::from), Some(String::from(time)));
    }
    decoded
}

fn pattern(_: u16, body: &[u8]) -> Decoded {
    let text = text(body);
    let (pattern, peak) = peak_of(|| Pattern::parse(&text));
    if let Ok(pattern) = &pattern {
        let matched = pattern.matches("Article") || pattern.matches(&text);
        assert!(matched || Pattern::is_pattern(&text), "a name that does not match itself");
    }
    Decoded { read: pattern.is_ok(), peak }
}

/// A text form: what is written is read as the same.
fn parsed<T: PartialEq + std::fmt::Debug>(
    body: &[u8],
    parse: impl Fn(&str) -> Option<T>,
    write: impl Fn(&T) -> String,
) -> Decoded {
    let text = text(body);
    let (read, peak) = peak_of(|| parse(&text));
    if let Some(read) = &read {
        let written = write(read);
        let again = parse(&written).unwrap_or_else(|| panic!("what was written cannot be read: {written}"));
        assert_eq!(write(&again), written, "{read:?}");
    }
    Decoded { read: read.is_some(), peak }
}
