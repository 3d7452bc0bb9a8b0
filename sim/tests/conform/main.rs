//! The simulator is put into the state of each recording of 1.39.0 with one node, gets the recorded requests, and must
//! answer as the real server did.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod compare;
mod replay;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Recordings that are not met yet, with the reason. One that passes must leave this list.
const NOT_YET: [(&str, &str); 1] = [("oidc", "no OIDC tokens")];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/recordings/1.39.0")
}

/// The one place where the long value of `Access-Control-Allow-Headers` is recorded in full.
fn default_list() -> String {
    let preflight = read(&folder().join("cors-preflight.json"));
    let headers = &preflight["exchanges"][0]["response"]["headers"];
    headers["Access-Control-Allow-Headers"].as_str().unwrap().to_owned()
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_recording_of_one_node_is_answered_as_recorded() {
    let default_list = default_list();
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut passed, mut wrong) = (0, Vec::new());
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let recording = read(&file);
        let given = &recording["given"];
        let one_node = given["nodes"].as_array().unwrap().len() == 1;
        let stageable = recording["stageable"] == true || recording["stageable_before"].is_u64();
        if !one_node || !stageable {
            continue;
        }
        let report = replay::replay(&recording, &default_list);
        let reason = NOT_YET.iter().find(|(listed, _)| *listed == name).map(|(_, reason)| *reason);
        match (report.differences.is_empty(), reason) {
            (true, None) => passed += 1,
            (true, Some(_)) => wrong.push(format!("{name}: passes now, take it off the list")),
            (false, Some(_)) => {}
            (false, None) => wrong.push(format!("{name}:\n  {}", report.differences.join("\n  "))),
        }
        let result = reason.unwrap_or(if report.differences.is_empty() { "ok" } else { "DIFFERS" });
        eprintln!("{name}: {} compared, {} carried out only: {result}", report.compared, report.carried_out);
    }
    eprintln!("{passed} recordings met, {} not yet", NOT_YET.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_answer_that_differs_is_noticed() {
    for (file, member, noticed) in [
        ("create-happy", "/exchanges/2/response/status", true),
        ("create-happy", "/exchanges/0/response/headers/Vary", true),
        ("create-happy", "/exchanges/3/response/body/0/status", true),
        ("create-happy", "/exchanges/1/response/body/error/0/message", true),
        ("create-happy", "/exchanges/6/response/body/size", false),
        ("s3-bucket-and-path-override", "/exchanges/0/response/body/bucket", true),
        ("s3-down", "/exchanges/6/response/body/error/0/message", true),
        ("s3-dies-during-create", "/exchanges/6/response/body/error", true),
        ("s3-create-and-restore", "/exchanges/0/response/body/modules/backup-s3/rootName", true),
    ] {
        let mut recording = read(&folder().join(file).with_extension("json"));
        *recording.pointer_mut(member).unwrap() = Value::from("else");
        let differences = replay::replay(&recording, &default_list()).differences;
        assert_eq!(!differences.is_empty(), noticed, "{file}{member}: {differences:?}");
    }
}
