//! What tests and the demo rely on besides the recorded answers: planned work, faults, restarts, scenarios.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use serde_json::{Value, json};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::status::Status;
use weaviate_sim::state::{Backend, Collection};
use weaviate_sim::{Fault, FaultKind, Kind, Reply, Request, SCENARIOS, Simulator, State, Work};

const NOW: u64 = 1_795_600_000_000;

fn small() -> Simulator {
    let collections = vec![Collection::new("Article", 100), Collection::new("Author", 20)];
    Simulator::new(State { collections, ..State::default() })
}

fn ask(simulator: &mut Simulator, at: u64, method: &str, target: &str) -> Reply {
    simulator.handle(&Request::new(method, target), NOW + at).reply.unwrap()
}

fn post(simulator: &mut Simulator, at: u64, target: &str, body: Value) -> Reply {
    simulator.handle(&Request::new("POST", target).json(&body), NOW + at).reply.unwrap()
}

fn status(simulator: &mut Simulator, at: u64, target: &str) -> String {
    ask(simulator, at, "GET", target).value()["status"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn a_create_ends_at_the_round_after_its_work_and_not_before() {
    for (worked, round) in [(1, 2_000), (2_000, 2_000), (2_001, 12_000), (11_999, 12_000), (21_500, 22_000)] {
        let mut simulator = small();
        simulator.plan(Kind::Create, Work::lasting(worked));
        post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
        assert_eq!(status(&mut simulator, round - 1, "/v1/backups/filesystem/a"), "STARTED", "{worked}");
        assert_eq!(status(&mut simulator, round, "/v1/backups/filesystem/a"), "SUCCESS", "{worked}");
    }
}

#[test]
fn a_held_create_ends_only_after_its_release_or_cancel() {
    let mut simulator = small();
    simulator.plan(Kind::Create, Work::held());
    post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
    assert_eq!(status(&mut simulator, 3_600_000, "/v1/backups/filesystem/a"), "STARTED");
    simulator.release(Kind::Create);
    assert_eq!(status(&mut simulator, 3_612_000, "/v1/backups/filesystem/a"), "SUCCESS");

    simulator.plan(Kind::Create, Work::held());
    post(&mut simulator, 3_620_000, "/v1/backups/filesystem", json!({"id": "b"}));
    assert_eq!(ask(&mut simulator, 3_620_500, "DELETE", "/v1/backups/filesystem/b").status, 204);
    assert_eq!(status(&mut simulator, 3_621_000, "/v1/backups/filesystem/b"), "STARTED");
    assert_eq!(status(&mut simulator, 3_622_000, "/v1/backups/filesystem/b"), "CANCELED");
    let again = post(&mut simulator, 3_623_000, "/v1/backups/filesystem", json!({"id": "b"}));
    assert!(String::from_utf8(again.body).unwrap().contains("%!w(<nil>)"));
}

#[test]
fn a_cancel_that_comes_after_the_work_has_ended_changes_nothing() {
    let mut simulator = small();
    simulator.plan(Kind::Create, Work::lasting(500));
    post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
    assert_eq!(ask(&mut simulator, 1_000, "DELETE", "/v1/backups/filesystem/a").status, 204);
    assert_eq!(status(&mut simulator, 2_000, "/v1/backups/filesystem/a"), "SUCCESS");
}

#[test]
fn work_that_fails_ends_failed_with_its_reason_and_restores_nothing() {
    let mut simulator = small();
    simulator.plan(Kind::Create, Work::failing(100, "disk full"));
    post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
    let answer = ask(&mut simulator, 2_000, "GET", "/v1/backups/filesystem/a").value();
    assert_eq!((&answer["status"], &answer["error"]), (&json!("FAILED"), &json!("disk full")));

    simulator.state.add_backup("good", Status::Success, &["Article"], NOW);
    simulator.state.delete_collection("Article");
    simulator.plan(Kind::Restore, Work::failing(100, "write files: EOF"));
    post(&mut simulator, 3_000, "/v1/backups/filesystem/good/restore", json!({}));
    assert_eq!(status(&mut simulator, 5_000, "/v1/backups/filesystem/good/restore"), "FAILED");
    assert!(simulator.state.collection("Article").is_none());
}

#[test]
fn restored_collections_appear_one_by_one() {
    let mut simulator = small();
    let names: Vec<String> = (0..5).map(|number| format!("Small{number}")).collect();
    simulator.state.collections = names.iter().map(|name| Collection::new(name, 1)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    simulator.state.add_backup("a", Status::Success, &names, NOW);
    simulator.state.collections.clear();
    post(&mut simulator, 0, "/v1/backups/filesystem/a/restore", json!({}));
    for (at, present, word) in [(1_999, 0, "TRANSFERRING"), (2_000, 0, "FINALIZING"), (2_060, 1, "FINALIZING")]
        .into_iter()
        .chain([(2_700, 3, "FINALIZING"), (3_050, 5, "SUCCESS")])
    {
        assert_eq!(status(&mut simulator, at, "/v1/backups/filesystem/a/restore"), word, "{at}");
        assert_eq!(simulator.state.collections.len(), present, "{at}");
    }
}

#[test]
fn a_restart_orphans_what_runs_and_the_cleanup_cancels_creates() {
    let mut simulator = small();
    simulator.state.add_backup("good", Status::Success, &["Article"], NOW);
    simulator.plan(Kind::Create, Work::held());
    simulator.plan(Kind::Restore, Work::held());
    post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
    post(&mut simulator, 0, "/v1/backups/filesystem/good/restore", json!({}));
    simulator.restart();
    assert_eq!(status(&mut simulator, 90_000_000, "/v1/backups/filesystem/a"), "STARTED");
    assert_eq!(status(&mut simulator, 90_000_000, "/v1/backups/filesystem/good/restore"), "TRANSFERRING");
    assert_eq!(post(&mut simulator, 90_000_001, "/v1/backups/filesystem", json!({"id": "b"})).status, 200);
    simulator.state.cleanup_unfinished_backups = true;
    simulator.restart();
    assert_eq!(status(&mut simulator, 90_000_002, "/v1/backups/filesystem/a"), "CANCELED");
    assert_eq!(status(&mut simulator, 90_000_002, "/v1/backups/filesystem/good/restore"), "TRANSFERRING");
}

#[test]
fn a_fault_hits_only_the_requests_it_is_for() {
    let list = Request::new("GET", "/v1/backups/filesystem");
    let create = Request::new("POST", "/v1/backups/filesystem").json(&json!({"id": "a"}));
    let mut simulator = small();
    simulator.faults.push(Fault::new("GET", "/backups", FaultKind::Html { status: 502 }).after(1).once());
    let answered: Vec<u16> = (0..3).map(|_| simulator.handle(&list, NOW).reply.unwrap().status).collect();
    assert_eq!(answered, [200, 502, 200]);

    simulator.faults = vec![Fault::new("POST", "/backups", FaultKind::DropBefore).once()];
    assert_eq!(simulator.handle(&create, NOW).reply, None);
    assert_eq!(simulator.running(Kind::Create), None);

    simulator.faults = vec![Fault::new("POST", "/backups", FaultKind::LoseAnswer).once()];
    assert_eq!(simulator.handle(&create, NOW).reply, None);
    assert_eq!(simulator.running(Kind::Create), Some("a"));

    simulator.faults = vec![
        Fault::new("", "/v1/meta", FaultKind::Latency { millis: 700 }),
        Fault::new("", "/v1/meta", FaultKind::Truncated),
    ];
    let meta = simulator.handle(&Request::new("GET", "/v1/meta"), NOW);
    assert_eq!((meta.delay_millis, meta.reply.unwrap().value()), (700, Value::Null));

    simulator.faults = vec![Fault::new("", "", FaultKind::Redirect { location: "/sign-in".to_owned() })];
    let reply = simulator.handle(&list, NOW).reply.unwrap();
    assert_eq!((reply.status, reply.get_header("location")), (302, Some("/sign-in")));
    let preflight = simulator.handle(&Request::new("OPTIONS", "/v1/meta"), NOW).reply.unwrap();
    assert_eq!(preflight.status, 200, "a fault leaves preflights alone unless it names them");
    assert_eq!(simulator.seen().filter(|seen| seen.request.method == "POST").count(), 2);
}

#[test]
fn a_member_of_an_answer_is_another_on_request() {
    let mut simulator = small();
    post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
    let member = |name: &str, value| Fault::new("GET", "/backups", FaultKind::Member { name: name.to_owned(), value });
    simulator.faults = vec![member("status", json!("PAUSED")), member("path", Value::Null)];
    let answer = ask(&mut simulator, 1_000, "GET", "/v1/backups/filesystem/a").value();
    assert_eq!((&answer["status"], &answer["path"], &answer["id"]), (&json!("PAUSED"), &Value::Null, &json!("a")));
    assert_eq!(ask(&mut simulator, 1_000, "GET", "/v1/backups/filesystem/b").status, 404);
}

#[test]
fn a_node_that_lags_gives_every_second_answer_as_it_was_before() {
    let mut simulator = small();
    simulator.faults = vec![Fault::new("GET", "/backups/filesystem/", FaultKind::Older)];
    post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
    let words = [1_000, 3_000, 4_000, 5_000, 6_000].map(|at| status(&mut simulator, at, "/v1/backups/filesystem/a"));
    assert_eq!(words, ["STARTED", "SUCCESS", "STARTED", "SUCCESS", "STARTED"]);
}

#[test]
fn a_server_that_is_down_answers_nothing_and_its_nodes_work_on() {
    let mut simulator = small();
    post(&mut simulator, 0, "/v1/backups/filesystem", json!({"id": "a"}));
    simulator.down = true;
    assert_eq!(simulator.handle(&Request::new("GET", "/v1/backups/filesystem/a"), NOW + 1_000).reply, None);
    simulator.down = false;
    assert_eq!(status(&mut simulator, 3_000, "/v1/backups/filesystem/a"), "SUCCESS");
}

#[test]
fn cors_follows_its_setting() {
    let mut simulator = small();
    let allowed = |simulator: &mut Simulator, method: &str| {
        let request = Request::new(method, "/v1/meta").header("Origin", "https://b.example");
        let reply = simulator.handle(&request, NOW).reply.unwrap();
        reply.get_header("access-control-allow-origin").unwrap().to_owned()
    };
    assert_eq!(allowed(&mut simulator, "GET"), "*");
    simulator.state.cors_allow_origin = "https://a.example,https://b.example".to_owned();
    assert_eq!(allowed(&mut simulator, "GET"), "https://b.example");
    assert_eq!(allowed(&mut simulator, "OPTIONS"), "https://a.example,https://b.example");
}

#[test]
fn every_scenario_answers_and_shows_what_it_promises() {
    for name in SCENARIOS {
        let mut simulator = Simulator::scenario(name, NOW).unwrap();
        let key = match name {
            "locked" => "Bearer demo-admin-key",
            "rbac" => "Bearer demo-root-key",
            _ => "",
        };
        let get = |simulator: &mut Simulator, target: &str| {
            let request = Request::new("GET", target).header("Authorization", key);
            simulator.handle(&request, NOW + 1).reply.unwrap()
        };
        let list = get(
            &mut simulator,
            if ["s3", "three-nodes"].contains(&name) { "/v1/backups/s3" } else { "/v1/backups/filesystem" },
        );
        let schema = get(&mut simulator, "/v1/schema").value()["classes"].as_array().unwrap().len();
        let backups = list.value().as_array().map_or(0, Vec::len);
        let expected = match name {
            "empty" => (200, 0, 0),
            "no-backend" => (422, 0, 12),
            "s3" | "three-nodes" => (200, 4, 12),
            "many" => (200, 10_000, 5),
            "old" => (500, 0, 12),
            "busy" => (200, 16, 12),
            "rbac" | "orphaned" => (200, 18, 12),
            "rescue" => (200, 1, 3),
            _ => (200, 15, 12),
        };
        assert_eq!((list.status, backups, schema), expected, "{name}");
    }
    assert!(Simulator::scenario("else", NOW).is_none());
}

#[test]
fn the_scenarios_hold_backups_of_every_end_and_an_orphan() {
    let simulator = Simulator::scenario("one-node", NOW).unwrap();
    for status in [Status::Success, Status::Failed, Status::Canceled, Status::Started] {
        assert!(simulator.state.backups.iter().any(|backup| backup.status == status), "{status:?}");
    }
    for backup in &simulator.state.backups {
        assert!(backup.completed_at.is_none() || backup.started_at < backup.completed_at, "{}", backup.id);
    }
}

#[test]
fn the_rescue_is_of_forty_collections_of_which_three_are_in_the_way_with_other_counts() {
    let mut simulator = Simulator::scenario("rescue", NOW).unwrap();
    for backend in [Backend::Filesystem, Backend::S3] {
        let backup = simulator.state.backup_at_mut(backend, &Location::default(), "nightly").unwrap();
        let (classes, held) = (backup.classes.clone(), backup.contents.collections.clone());
        assert_eq!((classes.len(), held.len()), (40, 40));
        assert_eq!(held.iter().filter(|collection| collection.multi_tenant).count(), 3);
        for known in &simulator.state.collections {
            let stored = held.iter().find(|stored| stored.name == known.name).unwrap();
            assert_ne!(stored.objects, known.objects, "{}", known.name);
        }
    }
    assert_eq!(simulator.state.collections.len(), 3);
    assert_eq!(simulator.state.backups.len(), 2);
}

#[test]
fn what_runs_in_the_busy_scenario_goes_on_for_minutes_and_ends() {
    let mut simulator = Simulator::scenario("busy", NOW).unwrap();
    let status = |simulator: &mut Simulator, path: &str, minutes: u64| {
        let request = Request::new("GET", &format!("/v1/backups/filesystem/{path}"));
        simulator.handle(&request, NOW + minutes * 60_000).reply.unwrap().value()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(&mut simulator, "before-upgrade", 0), "STARTED");
    assert_eq!(status(&mut simulator, "legacy-final/restore", 5), "TRANSFERRING");
    assert_eq!(status(&mut simulator, "legacy-final/restore", 11), "SUCCESS");
    assert_eq!(status(&mut simulator, "before-upgrade", 30), "SUCCESS");
}

#[test]
fn only_root_is_told_the_base_of_a_backup() {
    let mut simulator = Simulator::scenario("rbac", NOW).unwrap();
    let mut bases = |key: &str| {
        let request = Request::new("GET", "/v1/backups/filesystem").header("Authorization", &format!("Bearer {key}"));
        let list = simulator.handle(&request, NOW + 1).reply.unwrap().value();
        let with_base = |backup: &&serde_json::Value| backup["incremental_base_backup_id"].is_string();
        list.as_array().unwrap().iter().filter(with_base).count()
    };
    assert_eq!((bases("demo-root-key"), bases("demo-operator-key"), bases("demo-viewer-key")), (2, 0, 0));
}
