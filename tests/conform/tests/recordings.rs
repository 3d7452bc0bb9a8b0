//! All recordings of the repository are met, and what differs is noticed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use conform::{Decoded, Endpoint, Exemptions, FileReport, check, check_one};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../recordings")
}

fn read(file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join(file)).unwrap()).unwrap()
}

fn differences(recording: &Value) -> Vec<String> {
    let mut report = FileReport::default();
    check_one(recording, &mut report, &mut Exemptions::default());
    report.differences
}

#[test]
fn every_recording_decodes_and_is_answered_as_recorded() {
    let report = check(&folder()).unwrap();
    eprintln!("{report}");
    assert_eq!(report.differences(), 0);
    assert!(report.files.len() >= 80, "only {} recordings", report.files.len());
    let sum = report.sum();
    assert!(sum.compared > 1_700, "only {} answers were compared", sum.compared);
    for call in [
        Endpoint::List,
        Endpoint::Create,
        Endpoint::CreateStatus,
        Endpoint::CancelCreate,
        Endpoint::Restore,
        Endpoint::RestoreStatus,
        Endpoint::CancelRestore,
    ] {
        let Decoded { answers, failures } = sum.decoded[&call];
        assert!(answers > 5 && failures > 5, "{call:?}: {answers} answers, {failures} failures");
    }
    // A recording that nothing is compared of says so itself.
    for file in report.files.iter().filter(|file| file.compared == 0) {
        assert!(file.not_stageable > 0, "{}: nothing was compared", file.file);
    }
}

#[test]
fn an_answer_that_differs_is_noticed() {
    for (file, member, noticed) in [
        ("1.39.0/create-happy.json", "/exchanges/2/response/status", true),
        ("1.39.0/create-happy.json", "/exchanges/0/response/headers/Vary", true),
        ("1.39.0/create-happy.json", "/exchanges/0/response/headers/Date", false),
        ("1.39.0/create-happy.json", "/exchanges/0/response/headers/Access-Control-Allow-Headers", true),
        ("1.39.0/create-happy.json", "/exchanges/3/response/body/0/status", true),
        ("1.39.0/create-happy.json", "/exchanges/1/response/body/error/0/message", true),
        ("1.39.0/create-happy.json", "/exchanges/6/response/body/startedAt", false),
        ("1.39.0/s3-bucket-and-path-override.json", "/exchanges/0/response/body/bucket", true),
        ("1.39.0/s3-down.json", "/exchanges/6/response/body/error/0/message", true),
        ("1.39.0/s3-dies-during-create.json", "/exchanges/6/response/body/error", true),
        ("1.39.0/s3-create-and-restore.json", "/exchanges/0/response/body/modules/backup-s3/rootName", true),
        ("1.39.0/cluster-discovery.json", "/exchanges/4/response/body/nodes/1/shards/3/name", true),
        ("1.39.0/cluster-discovery.json", "/exchanges/4/response/body/nodes/1/shards/0/name", false),
        ("1.39.0/cluster-discovery.json", "/exchanges/5/response/body/statistics/1/leaderId", false),
        ("1.39.0/cluster-discovery.json", "/exchanges/5/response/body/statistics/1/name", true),
        ("1.39.0/oidc.json", "/exchanges/8/response/body/message", true),
        ("1.30.10/errors.json", "/exchanges/45/response/body/error/0/message", true),
    ] {
        let mut recording = read(file);
        let value = recording.pointer_mut(member).unwrap_or_else(|| panic!("{file}{member}"));
        *value = Value::from(if member.ends_with("At") { "2020-01-01T00:00:00.000Z" } else { "else" });
        let differences = differences(&recording);
        assert_eq!(!differences.is_empty(), noticed, "{file}{member}: {differences:?}");
    }
}

#[test]
fn a_state_that_differs_is_noticed() {
    for (file, member, value) in [
        ("1.39.0/cluster-discovery.json", "/given/nodes", serde_json::json!(["node1", "node2"])),
        ("1.38.11/discovery.json", "/given/version", Value::from("1.36.18")),
        ("1.39.0/create-happy.json", "/given/collections", serde_json::json!([])),
        ("1.39.0/rbac-backups.json", "/given/auth/rbac", Value::from(false)),
        ("1.39.0/cluster-coordinator-killed.json", "/exchanges/1/do", serde_json::json!([])),
    ] {
        let mut recording = read(file);
        assert_eq!(differences(&recording), Vec::<String>::new(), "{file}");
        *recording.pointer_mut(member).unwrap() = value;
        assert!(!differences(&recording).is_empty(), "{file}{member}");
    }
}

#[test]
fn a_member_that_a_type_would_lose_is_noticed() {
    let mut recording = read("1.39.0/create-happy.json");
    let accepted = recording["exchanges"].as_array_mut().unwrap().iter_mut();
    let accepted = accepted.map(|exchange| &mut exchange["response"]["body"]).find(|body| body["status"] == "STARTED");
    accepted.unwrap()["unheard-of"] = Value::from("else");
    assert!(differences(&recording).iter().any(|difference| difference.contains("unheard-of")));
}

#[test]
fn a_folder_with_names_of_its_own_is_checked_as_well() {
    let other = tempfile::tempdir().unwrap();
    let nested = other.path().join("from a stranger");
    fs::create_dir(&nested).unwrap();
    fs::copy(folder().join("1.32.27/zombie.json"), nested.join("one.json")).unwrap();
    fs::write(other.path().join("notes.md"), "no recording").unwrap();
    let report = check(other.path()).unwrap();
    assert_eq!(report.files.len(), 1);
    assert_eq!((report.files[0].file.as_str(), report.differences()), ("from a stranger/one.json", 0));
    assert!(report.files[0].compared > 10 && report.sum().decoded[&Endpoint::RestoreStatus].answers > 3);

    fs::write(other.path().join("broken.json"), "{").unwrap();
    fs::write(other.path().join("odd.json"), r#"{"stageable":true,"exchanges":[{"do":[{"dance":1}]}]}"#).unwrap();
    let report = check(other.path()).unwrap();
    assert_eq!(report.differences(), 2, "{report}");
}

#[test]
fn a_folder_without_recordings_is_an_error() {
    assert!(check(tempfile::tempdir().unwrap().path()).is_err());
    assert!(check(Path::new("no/such/folder")).is_err());
}
