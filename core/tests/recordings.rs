//! Every exchange recorded from real servers is decoded by the types of this crate, and encoded again loses no key.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "the recordings are files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use weaviate_backups::api::call::Call;
use weaviate_backups::api::decode::{self, About, Entry};
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::json::Json;
use weaviate_backups::api::transport::Answer;
use weaviate_backups::api::wire;
use weaviate_backups::domain::operation::ConnectionId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Endpoint {
    List,
    Create,
    CreateStatus,
    CancelCreate,
    Restore,
    RestoreStatus,
    CancelRestore,
    Meta,
    Nodes,
    Statistics,
    Schema,
    Aliases,
    OwnInfo,
    OpenId,
}

fn endpoint(method: &str, path: &str) -> Option<Endpoint> {
    let path = path.split('?').next()?;
    let parts: Vec<&str> = path.strip_prefix("/v1/")?.split('/').collect();
    Some(match (method, parts.as_slice()) {
        ("GET", ["backups", _]) => Endpoint::List,
        ("POST", ["backups", _]) => Endpoint::Create,
        ("GET", ["backups", _, _]) => Endpoint::CreateStatus,
        ("DELETE", ["backups", _, _]) => Endpoint::CancelCreate,
        ("POST", ["backups", _, _, "restore"]) => Endpoint::Restore,
        ("GET", ["backups", _, _, "restore"]) => Endpoint::RestoreStatus,
        ("DELETE", ["backups", _, _, "restore"]) => Endpoint::CancelRestore,
        ("GET", ["meta"]) => Endpoint::Meta,
        ("GET", ["nodes"]) => Endpoint::Nodes,
        ("GET", ["cluster", "statistics"]) => Endpoint::Statistics,
        ("GET", ["schema"]) => Endpoint::Schema,
        ("GET", ["aliases"]) => Endpoint::Aliases,
        ("GET", ["users", "own-info"]) => Endpoint::OwnInfo,
        ("GET", [".well-known", "openid-configuration"]) => Endpoint::OpenId,
        _ => return None,
    })
}

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/recordings");
    let mut files = Vec::new();
    for version in std::fs::read_dir(root).unwrap().filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        files.extend(std::fs::read_dir(version.path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files
}

/// Paths of the members of `before` that `after` lacks. Absent, null and empty are the same to the server in what is
/// sent to it, and an absent member stays absent, so only members that say something count.
fn lost(before: &Value, after: &Value, at: &str, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let says_something = !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
                match after.get(name) {
                    Some(kept) => lost(value, kept, &format!("{at}.{name}"), found),
                    None if value.is_object() => {
                        lost(value, &Value::Object(Map::new()), &format!("{at}.{name}"), found);
                    }
                    None if says_something => found.push(format!("{at}.{name}")),
                    None => {}
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

fn success_differences(endpoint: Endpoint, body: &Value, answer: &Answer) -> Vec<String> {
    let connection = ConnectionId("recorded".into());
    let about = About { connection: &connection, call: Call::Meta };
    match endpoint {
        Endpoint::List => match decode::list(about, answer) {
            Ok(list) => {
                let again: Vec<Value> = list
                    .value
                    .iter()
                    .map(|entry| match entry {
                        Entry::Read(backup) => backup.to_json(),
                        Entry::Unreadable { raw, .. } => Value::String(format!("unreadable: {raw}")),
                    })
                    .collect();
                let mut found = Vec::new();
                lost(body, &Value::Array(again), "", &mut found);
                found
            }
            Err(error) => vec![format!("{error:?}")],
        },
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
    }
}

fn bytes(body: &Value) -> Vec<u8> {
    match body {
        Value::String(text) => text.clone().into_bytes(),
        other => other.to_string().into_bytes(),
    }
}

#[test]
fn every_recorded_answer_decodes_to_its_type_and_loses_no_key() {
    let connection = ConnectionId("recorded".into());
    let about = About { connection: &connection, call: Call::Meta };
    let mut seen: BTreeMap<Endpoint, (usize, usize)> = BTreeMap::new();
    let mut differences = Vec::new();
    for file in files() {
        let recording: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        for (index, exchange) in recording["exchanges"].as_array().unwrap().iter().enumerate() {
            let (request, response) = (&exchange["request"], &exchange["response"]);
            let Some(method) = request["method"].as_str() else { continue };
            let Some(endpoint) = endpoint(method, request["path"].as_str().unwrap()) else { continue };
            let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
            if status == 0 {
                continue;
            }
            let answer = Answer { status, body: bytes(&response["body"]), round_trip_millis: 0 };
            let counted = seen.entry(endpoint).or_default();
            let found = if (200..300).contains(&status) && !(status == 200 && answer.body.is_empty()) {
                counted.0 += 1;
                success_differences(endpoint, &response["body"], &answer)
            } else {
                counted.1 += 1;
                let error = decode::json::<Value>(about, &answer).unwrap_err();
                // Each failure gives words, or is one of the three that have none.
                let wordless = matches!(
                    (status, error.kind),
                    (200, ErrorKind::EmptyAnswer) | (401, ErrorKind::NotSignedIn) | (404, ErrorKind::NotFound)
                );
                if error.messages.iter().all(String::is_empty) && !wordless {
                    vec![format!("no words in {error:?}")]
                } else {
                    Vec::new()
                }
            };
            for difference in found {
                differences.push(format!("{} [{index}] {method} {}: {difference}", file.display(), request["path"]));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    // The recordings are there and each of the seven calls was met, in success and (but for the list, whose failures
    // are few) in failure.
    for endpoint in [
        Endpoint::List,
        Endpoint::Create,
        Endpoint::CreateStatus,
        Endpoint::CancelCreate,
        Endpoint::Restore,
        Endpoint::RestoreStatus,
        Endpoint::CancelRestore,
    ] {
        let (good, bad) = seen[&endpoint];
        assert!(good > 5 && bad > 5, "{endpoint:?}: {good} good, {bad} bad");
    }
}

#[test]
fn every_recorded_request_that_the_console_could_send_is_written_alike() {
    let mut checked = 0;
    for file in files() {
        let recording: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        for exchange in recording["exchanges"].as_array().unwrap() {
            let (request, response) = (&exchange["request"], &exchange["response"]);
            let Some(method) = request["method"].as_str() else { continue };
            let accepted = response["status"] == 200 && response["body"] != "";
            if !accepted || !request["body"].is_object() {
                continue;
            }
            let again = match endpoint(method, request["path"].as_str().unwrap()) {
                Some(Endpoint::Create) => {
                    wire::CreateRequest::from_json(request["body"].clone()).map(|body| body.to_json())
                }
                Some(Endpoint::Restore) => {
                    wire::RestoreRequest::from_json(request["body"].clone()).map(|body| body.to_json())
                }
                _ => continue,
            };
            // Odd but accepted bodies (misspelt or foreign members, a 0 percentage, an empty level) are recorded to
            // show what the server does with them; the console has no way to send them.
            let Ok(again) = again else { continue };
            let mut found = Vec::new();
            lost(&request["body"], &again, "", &mut found);
            found.retain(|path| {
                ![
                    "Include",
                    ".overwrite",
                    "cpuPercentage",
                    "compressionLevel",
                    ".config.path",
                    "nodeMapping",
                    "config.incremental_base_backup_id",
                    ".id",
                ]
                .iter()
                .any(|odd| path.contains(odd))
            });
            assert!(found.is_empty(), "{}: {} lost {found:?}", file.display(), request["body"]);
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} requests");
}
