//! What the recordings do not show of S3: its top as the default place, calls that do not repeat the bucket and the path,
//! how late the answers come while nothing answers there, and what becomes of the work.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use serde_json::{Value, json};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::status::Status;
use weaviate_sim::state::{Backend, Collection, S3};
use weaviate_sim::{Kind, Outcome, Request, Simulator, State, Work};

const NOW: u64 = 1_795_600_000_000;

fn simulator(root: &str) -> Simulator {
    let s3 = S3 { root: root.to_owned(), other_buckets: vec!["second".to_owned()], ..S3::default() };
    Simulator::new(State { s3: Some(s3), collections: vec![Collection::new("Article", 100)], ..State::default() })
}

fn ask(simulator: &mut Simulator, at: u64, method: &str, target: &str) -> (u16, Value) {
    let reply = simulator.handle(&Request::new(method, target), NOW + at).reply.unwrap();
    (reply.status, reply.value())
}

fn post(simulator: &mut Simulator, at: u64, target: &str, body: Value) -> (u16, Value) {
    let reply = simulator.handle(&Request::new("POST", target).json(&body), NOW + at).reply.unwrap();
    (reply.status, reply.value())
}

fn message(answer: &(u16, Value)) -> &str {
    answer.1["error"][0]["message"].as_str().unwrap_or_default()
}

#[test]
fn a_list_takes_as_long_as_its_storage() {
    let s3 = S3 { lists_in_millis: 30_000, ..S3::default() };
    let mut simulator = Simulator::new(State { s3: Some(s3), ..State::default() });
    for (target, held) in [("/v1/backups/s3", 30_000), ("/v1/backups/filesystem", 0)] {
        let Outcome { delay_millis, reply } = simulator.handle(&Request::new("GET", target), NOW);
        assert_eq!((reply.unwrap().status, delay_millis), (200, held), "{target}");
    }
}

#[test]
fn without_a_path_of_its_own_the_backend_keeps_backups_at_the_top_of_the_bucket() {
    let mut simulator = simulator("");
    let (_, answer) = post(&mut simulator, 0, "/v1/backups/s3", json!({"id": "a"}));
    assert_eq!(answer["path"], "s3://weaviate-backups/a");
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/backups/s3").1[0]["id"], "a");
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/meta").1["modules"]["backup-s3"].get("rootName"), None);
    let unknown = ask(&mut simulator, 2_000, "GET", "/v1/backups/s3/b");
    assert!(message(&unknown).contains("weaviate-backups:b/backup_config.json"), "{unknown:?}");
}

#[test]
fn a_bucket_that_is_not_there_refuses_a_create_and_holds_nothing_to_restore() {
    let mut simulator = simulator("prod");
    simulator.state.s3.as_mut().unwrap().bucket_exists = false;
    let create = post(&mut simulator, 0, "/v1/backups/s3", json!({"id": "a"}));
    assert_eq!(create.0, 500);
    assert!(message(&create).ends_with("access-check: The specified bucket does not exist"), "{create:?}");
    assert_eq!(simulator.running(Kind::Create), None);
    assert_eq!(ask(&mut simulator, 0, "GET", "/v1/backups/s3").0, 500);
    let elsewhere = post(&mut simulator, 0, "/v1/backups/s3", json!({"id": "a", "config": {"Bucket": "second"}}));
    assert_eq!((elsewhere.0, &elsewhere.1["bucket"]), (200, &json!("second")));
    let body = json!({"config": {"Bucket": "third"}});
    assert_eq!(post(&mut simulator, 0, "/v1/backups/s3/a/restore", body).0, 404);
}

#[test]
fn a_cancel_finds_what_runs_by_its_id_and_what_has_ended_only_at_its_place() {
    let mut simulator = simulator("prod");
    simulator.plan(Kind::Create, Work::held());
    post(&mut simulator, 0, "/v1/backups/s3", json!({"id": "a", "config": {"Bucket": "second", "Path": "x"}}));
    assert_eq!(ask(&mut simulator, 100, "DELETE", "/v1/backups/s3/a").0, 204);
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/backups/s3/a").0, 404);
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/backups/s3/a?bucket=second&path=x").1["status"], "CANCELED");

    let place = Location::new("second", "x");
    simulator.state.add_backup_at(Backend::S3, &place, "b", Status::Success, &["Article"], NOW);
    assert_eq!(ask(&mut simulator, 3_000, "DELETE", "/v1/backups/s3/b").0, 204, "nothing is known there");
    assert_eq!(ask(&mut simulator, 3_000, "DELETE", "/v1/backups/s3/b?bucket=second&path=x").0, 422);
}

#[test]
fn the_filesystem_ignores_a_bucket_and_knows_nothing_of_s3() {
    let mut simulator = simulator("prod");
    let body = json!({"id": "a", "config": {"Bucket": "no-such-bucket"}});
    assert_eq!(post(&mut simulator, 0, "/v1/backups/filesystem", body).1["path"], "/var/lib/weaviate/backups/a");
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/backups/filesystem/a?bucket=else").1["status"], "SUCCESS");
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/backups/s3/a").0, 404);
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/backups/s3").1, json!([]));
    simulator.state.s3.as_mut().unwrap().reachable = false;
    assert_eq!(ask(&mut simulator, 2_000, "GET", "/v1/backups/filesystem").1[0]["id"], "a");
}

#[test]
fn answers_are_late_while_nothing_answers_and_only_those_that_need_the_storage() {
    let mut simulator = simulator("prod");
    simulator.state.add_backup_at(Backend::S3, &Location::default(), "a", Status::Success, &["Article"], NOW);
    simulator.state.s3.as_mut().unwrap().reachable = false;
    for (method, target, status, held) in [
        ("GET", "/v1/backups/s3", 500, 2_500),
        ("GET", "/v1/backups/s3/a", 500, 7_500),
        ("GET", "/v1/backups/s3/a/restore", 500, 7_500),
        ("DELETE", "/v1/backups/s3/a", 500, 15_000),
        ("DELETE", "/v1/backups/s3/a/restore", 500, 15_000),
        ("DELETE", "/v1/backups/s3/No.Id", 422, 0),
        ("GET", "/v1/meta", 200, 0),
    ] {
        let Outcome { delay_millis, reply } = simulator.handle(&Request::new(method, target), NOW);
        assert_eq!((reply.unwrap().status, delay_millis), (status, held), "{method} {target}");
    }
}

#[test]
fn a_create_that_loses_its_storage_fails_at_the_first_round_after_the_return() {
    let mut simulator = simulator("prod");
    simulator.plan(Kind::Create, Work::lasting(5_000));
    post(&mut simulator, 0, "/v1/backups/s3", json!({"id": "a"}));
    simulator.state.s3.as_mut().unwrap().reachable = false;
    assert_eq!(ask(&mut simulator, 12_000, "GET", "/v1/backups/s3/a").0, 500);
    simulator.state.s3.as_mut().unwrap().reachable = true;
    assert_eq!(ask(&mut simulator, 21_999, "GET", "/v1/backups/s3/a").1["status"], "STARTED");
    let (_, ended) = ask(&mut simulator, 22_000, "GET", "/v1/backups/s3/a");
    assert_eq!(ended["status"], "FAILED");
    assert!(ended["error"].as_str().unwrap().contains("prod/a/node1/backup.json"), "{ended}");
}

#[test]
fn work_that_was_done_before_the_storage_went_is_kept() {
    let mut simulator = simulator("prod");
    simulator.plan(Kind::Create, Work::lasting(500));
    post(&mut simulator, 0, "/v1/backups/s3", json!({"id": "a"}));
    simulator.advance(NOW + 1_000);
    simulator.state.s3.as_mut().unwrap().reachable = false;
    simulator.advance(NOW + 3_000);
    simulator.state.s3.as_mut().unwrap().reachable = true;
    assert_eq!(ask(&mut simulator, 11_999, "GET", "/v1/backups/s3/a").1["status"], "STARTED");
    assert_eq!(ask(&mut simulator, 12_000, "GET", "/v1/backups/s3/a").1["status"], "SUCCESS");
}

#[test]
fn a_restore_that_loses_its_storage_restores_nothing() {
    let mut simulator = simulator("prod");
    simulator.state.add_backup_at(Backend::S3, &Location::default(), "a", Status::Success, &["Article"], NOW);
    simulator.state.delete_collection("Article");
    simulator.plan(Kind::Restore, Work::held());
    post(&mut simulator, 0, "/v1/backups/s3/a/restore", json!({}));
    simulator.state.s3.as_mut().unwrap().reachable = false;
    simulator.advance(NOW + 1_000);
    simulator.state.s3.as_mut().unwrap().reachable = true;
    let (_, ended) = ask(&mut simulator, 2_000, "GET", "/v1/backups/s3/a/restore");
    assert_eq!(ended["status"], "FAILED");
    let error = ended["error"].as_str().unwrap();
    assert!(error.starts_with("restore class Article: ") && error.ends_with("connection refused"), "{error}");
    assert!(simulator.state.collection("Article").is_none());
}
