//! What the recordings sent and the console could send is written by the core alike.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use conform::{Endpoint, lost, recordings};
use serde_json::Value;
use std::path::Path;
use weaviate_backups::api::json::Json;
use weaviate_backups::api::wire::{CreateRequest, RestoreRequest};

/// Odd but accepted members (misspelt or foreign ones, a percentage of 0, an empty level) are recorded to show what the
/// server does with them; the console has no way to send them.
const ODD: [&str; 8] = [
    "Include",
    ".overwrite",
    "cpuPercentage",
    "compressionLevel",
    ".config.path",
    "nodeMapping",
    "config.incremental_base_backup_id",
    ".id",
];

/// The body as the core writes what it has read of it; `None`: no request of the console is of that kind.
fn written_again(endpoint: Endpoint, body: &Value) -> Option<Value> {
    match endpoint {
        Endpoint::Create => CreateRequest::from_json(body.clone()).ok().map(|body| body.to_json()),
        Endpoint::Restore => RestoreRequest::from_json(body.clone()).ok().map(|body| body.to_json()),
        _ => None,
    }
}

#[test]
fn every_recorded_request_that_the_console_could_send_is_written_alike() {
    let mut checked = 0;
    for file in recordings(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../recordings")).unwrap() {
        let recording: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for exchange in recording["exchanges"].as_array().unwrap() {
            let (request, response) = (&exchange["request"], &exchange["response"]);
            let (Some(method), Some(path)) = (request["method"].as_str(), request["path"].as_str()) else { continue };
            let is_accepted = response["status"] == 200 && response["body"] != "";
            if !is_accepted || !request["body"].is_object() {
                continue;
            }
            let Some(endpoint) = Endpoint::of(method, path) else { continue };
            let Some(again) = written_again(endpoint, &request["body"]) else { continue };
            let mut found = Vec::new();
            lost(&request["body"], &again, "", &mut found);
            found.retain(|path| !ODD.iter().any(|odd| path.contains(odd)));
            assert!(found.is_empty(), "{}: {} lost {found:?}", file.display(), request["body"]);
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} requests");
}
