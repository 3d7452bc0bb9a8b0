//! Every recorded answer that the console would get is read by the core's types, and written again loses no member.

use crate::FileReport;
use crate::endpoint::Endpoint;
use serde_json::{Map, Value};
use weaviate_backups::api::call::Call;
use weaviate_backups::api::decode::{self, About, Entry};
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::json::Json;
use weaviate_backups::api::transport::Answer;
use weaviate_backups::api::wire;
use weaviate_backups::domain::operation::ConnectionId;

pub(crate) fn decode(recording: &Value, report: &mut FileReport) {
    let connection = ConnectionId("recorded".into());
    // A call only words the error.
    let about = About { connection: &connection, call: Call::Meta };
    for (index, exchange) in recording["exchanges"].as_array().into_iter().flatten().enumerate() {
        let (request, response) = (&exchange["request"], &exchange["response"]);
        let (Some(method), Some(path)) = (request["method"].as_str(), request["path"].as_str()) else { continue };
        let Some(status) = response["status"].as_u64().and_then(|status| u16::try_from(status).ok()) else {
            report.differences.push(format!("#{index} {method} {path}: no status"));
            continue;
        };
        let Some(endpoint) = Endpoint::of(method, path).filter(|_| status != 0 && method != "HEAD") else { continue };
        let body = match &response["body"] {
            Value::String(text) => text.clone().into_bytes(),
            other => other.to_string().into_bytes(),
        };
        let answer = Answer { status, body, round_trip_millis: 0 };
        let succeeded = (200..300).contains(&status) && !(status == 200 && answer.body.is_empty());
        let found = if succeeded {
            success(endpoint, &response["body"], about, &answer)
        } else {
            failure(endpoint, about, &answer)
        };
        let Some(lost) = found else { continue };
        let counts = report.decoded.entry(endpoint).or_default();
        if succeeded {
            counts.answers += 1;
        } else {
            counts.failures += 1;
        }
        report.differences.extend(lost.into_iter().map(|lost| format!("#{index} {method} {path}: decoding: {lost}")));
    }
}

/// What is lost; `None`: the console does not read this endpoint.
fn success(endpoint: Endpoint, body: &Value, about: About<'_>, answer: &Answer) -> Option<Vec<String>> {
    Some(match endpoint {
        Endpoint::List => list(body, about, answer),
        Endpoint::Create | Endpoint::Restore => round_trip::<wire::Accepted>(body, about, answer),
        Endpoint::CreateStatus | Endpoint::RestoreStatus => round_trip::<wire::OperationStatus>(body, about, answer),
        Endpoint::CancelCreate | Endpoint::CancelRestore => {
            decode::no_content(about, answer).err().map(|error| format!("{error:?}")).into_iter().collect()
        }
        Endpoint::Meta => round_trip::<wire::Meta>(body, about, answer),
        Endpoint::Nodes => round_trip::<wire::Nodes>(body, about, answer),
        Endpoint::Statistics => round_trip::<wire::Statistics>(body, about, answer),
        Endpoint::Schema => round_trip::<wire::Schema>(body, about, answer),
        Endpoint::Aliases => round_trip::<wire::Aliases>(body, about, answer),
        Endpoint::OwnInfo => round_trip::<wire::OwnInfo>(body, about, answer),
        Endpoint::OpenId => round_trip::<wire::OpenIdConfiguration>(body, about, answer),
        Endpoint::Tenants | Endpoint::Whole => return None,
    })
}

/// Each failure has words, or is one of the three that have none.
fn failure(endpoint: Endpoint, about: About<'_>, answer: &Answer) -> Option<Vec<String>> {
    if endpoint == Endpoint::Whole {
        return None;
    }
    let Err(error) = decode::json::<Value>(about, answer) else {
        return Some(vec![format!("status {} was taken for a success", answer.status)]);
    };
    let wordless = matches!(
        (answer.status, error.kind),
        (200, ErrorKind::EmptyAnswer) | (401, ErrorKind::NotSignedIn) | (404, ErrorKind::NotFound)
    );
    let silent = error.messages.iter().all(String::is_empty) && !wordless;
    Some(silent.then(|| format!("no words in {error:?}")).into_iter().collect())
}

fn list(body: &Value, about: About<'_>, answer: &Answer) -> Vec<String> {
    let entries = match decode::list(about, answer) {
        Ok(list) => list.value,
        Err(error) => return vec![format!("{error:?}")],
    };
    let again = entries.iter().map(|entry| match entry {
        Entry::Read(backup) => backup.to_json(),
        Entry::Unreadable { raw, .. } => Value::String(format!("unreadable: {raw}")),
    });
    let mut found = Vec::new();
    lost(body, &again.collect(), "", &mut found);
    found
}

fn round_trip<T: Json>(body: &Value, about: About<'_>, answer: &Answer) -> Vec<String> {
    match decode::json::<T>(about, answer) {
        Ok(read) => {
            let mut found = Vec::new();
            lost(body, &read.value.to_json(), "", &mut found);
            found
        }
        Err(error) => vec![format!("{error:?}")],
    }
}

/// The members of `before` that `after` lacks or has otherwise. A member that is absent, null or empty says the same.
pub fn lost(before: &Value, after: &Value, at: &str, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let says_nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                let at = format!("{at}.{name}");
                match after.get(name) {
                    Some(kept) => lost(value, kept, &at, found),
                    None if value.is_object() => lost(value, &Value::Object(Map::new()), &at, found),
                    None if says_nothing => {}
                    None => found.push(format!("{at} is lost")),
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                lost(before, after, &format!("{at}[{index}]"), found);
            }
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => {}
        (before, after) if before == after => {}
        (before, after) => found.push(format!("{at}: {before} became {after}")),
    }
}
