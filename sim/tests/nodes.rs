//! Several nodes, older versions, users and tenants: what no recording shows, or shows only in passing.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use serde_json::{Value, json};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::status::Status;
use weaviate_sim::state::{Auth, Backend, Collection, Role, S3, User};
use weaviate_sim::{Entry, Kind, Reply, Request, Simulator, State, Work};

const NOW: u64 = 1_795_600_000_000;

fn cluster() -> Simulator {
    let nodes = ["node1", "node2", "node3"].map(str::to_owned).to_vec();
    let spread = |name: &str, objects: u64| Collection { shards: 3, ..Collection::new(name, objects) };
    let collections = vec![spread("Article", 100), spread("Author", 20)];
    let mut simulator = Simulator::new(State { nodes, collections, s3: Some(S3::default()), ..State::default() });
    simulator.advance(NOW);
    simulator
}

fn ask(simulator: &mut Simulator, at: u64, node: usize, method: &str, target: &str) -> Reply {
    simulator.handle_on(node, &Request::new(method, target), NOW + at).reply.unwrap()
}

fn post(simulator: &mut Simulator, at: u64, node: usize, target: &str, body: Value) -> Reply {
    simulator.handle_on(node, &Request::new("POST", target).json(&body), NOW + at).reply.unwrap()
}

fn status(simulator: &mut Simulator, at: u64, node: usize, target: &str) -> String {
    ask(simulator, at, node, "GET", target).value()["status"].as_str().unwrap_or("none").to_owned()
}

fn message(reply: &Reply) -> String {
    reply.value()["error"][0]["message"].as_str().unwrap_or_default().to_owned()
}

fn node_states(simulator: &mut Simulator, at: u64) -> Vec<String> {
    let nodes = ask(simulator, at, 0, "GET", "/v1/nodes").value()["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|node| format!("{} {}", node["name"], node["status"]).replace('"', "")).collect()
}

#[test]
fn a_node_that_dies_is_unavailable_then_gone_and_refuses_operations_all_the_while() {
    let mut simulator = cluster();
    simulator.kill(1, Some(6_000));
    assert_eq!(node_states(&mut simulator, 5_999), ["node1 HEALTHY", "node2 UNAVAILABLE", "node3 HEALTHY"]);
    let refused = post(&mut simulator, 5_999, 0, "/v1/backups/s3", json!({"id": "a"}));
    assert_eq!(refused.status, 500);
    assert!(
        message(&refused).starts_with("node \"node2\": can-commit request: make request: "),
        "{}",
        message(&refused)
    );

    assert_eq!(node_states(&mut simulator, 6_000), ["node1 HEALTHY", "node3 HEALTHY"]);
    let refused = post(&mut simulator, 6_000, 0, "/v1/backups/s3", json!({"id": "a"}));
    assert_eq!(refused.status, 500);
    assert!(message(&refused).starts_with("cannot resolve hostname for \"node2\", nodes=map[node1:0x"));
    let itself = simulator.handle_on(1, &Request::new("GET", "/v1/meta"), NOW + 6_000);
    assert!(itself.reply.is_none(), "a dead node has answered");

    simulator.start(1);
    assert_eq!(node_states(&mut simulator, 6_001), ["node1 HEALTHY", "node2 HEALTHY", "node3 HEALTHY"]);
    assert_eq!(post(&mut simulator, 6_001, 0, "/v1/backups/s3", json!({"id": "a"})).status, 200);
}

/// As seen on 1.30.10, whose node could not be reached at the address that it gives the others.
#[test]
fn an_old_version_names_a_node_that_does_not_answer_by_its_address_as_well() {
    let mut simulator = cluster();
    "1.30.10".clone_into(&mut simulator.state.version);
    simulator.kill(1, Some(6_000));
    let refused = post(&mut simulator, 1_000, 0, "/v1/backups/s3", json!({"id": "a"}));
    assert_eq!(refused.status, 422);
    let begin = "node {\"node2\" \"10.0.0.2:7947\"}: can-commit request: make request: Post \"http://10.0.0.2:7947/";
    assert!(message(&refused).starts_with(begin), "{}", message(&refused));
}

/// As seen on 1.39.0: only the nodes that hold a part of what is chosen must be there.
#[test]
fn a_collection_made_while_a_node_is_gone_is_backed_up_without_it() {
    let mut simulator = cluster();
    simulator.kill(2, Some(4_000));
    let made = post(&mut simulator, 5_000, 0, "/v1/schema", json!({"class": "Publication"}));
    assert_eq!(made.status, 200);
    let whole = post(&mut simulator, 5_000, 0, "/v1/backups/s3", json!({"id": "a", "include": ["Article"]}));
    assert!(message(&whole).starts_with("cannot resolve hostname for \"node3\""), "{}", message(&whole));
    let own = post(&mut simulator, 5_000, 0, "/v1/backups/s3", json!({"id": "b", "include": ["Publication"]}));
    assert_eq!((own.status, message(&own)), (200, String::new()));
    assert_eq!(status(&mut simulator, 60_000, 0, "/v1/backups/s3/b"), "SUCCESS");
}

#[test]
fn a_create_that_loses_a_node_fails_at_the_first_question_or_after_seven_minutes_or_when_the_node_is_back() {
    for (killed, back, fails, tells) in [
        (1_000, None, 2_000, false),
        (2_001, None, 422_000, true),
        (11_999, None, 422_000, true),
        (12_001, None, 432_000, true),
        (12_001, Some(30_000), 32_000, false),
    ] {
        let mut simulator = cluster();
        simulator.plan(Kind::Create, Work::held());
        post(&mut simulator, 0, 0, "/v1/backups/s3", json!({"id": "a"}));
        simulator.advance(NOW + killed);
        simulator.kill(1, None);
        if let Some(back) = back {
            simulator.advance(NOW + back);
            simulator.start(1);
        }
        assert_eq!(status(&mut simulator, fails - 1, 0, "/v1/backups/s3/a"), "STARTED", "killed at {killed}");
        let ended = ask(&mut simulator, fails, 0, "GET", "/v1/backups/s3/a").value();
        assert_eq!(ended["status"], "FAILED", "killed at {killed}");
        let error = ended["error"].as_str().unwrap_or_default();
        assert_eq!(error.starts_with("node \"node2\" might be down: "), tells, "killed at {killed}: {error}");
        let forgotten = error.starts_with("cannot get status while backing up: metadata not found: \"a/backup.json\"");
        assert_eq!(forgotten, back.is_some(), "killed at {killed}: {error}");
    }
}

#[test]
fn a_node_that_had_ended_its_part_may_die_without_harm() {
    let mut simulator = cluster();
    let work = Work { worked_by_node: vec![("node2".to_owned(), 1_000)], ..Work::lasting(8_000) };
    simulator.plan(Kind::Create, work);
    post(&mut simulator, 0, 0, "/v1/backups/s3", json!({"id": "a"}));
    simulator.advance(NOW + 3_000);
    simulator.kill(1, None);
    assert_eq!(status(&mut simulator, 12_000, 0, "/v1/backups/s3/a"), "SUCCESS");
}

#[test]
fn a_restore_that_is_cancelled_while_a_node_is_gone_stays_cancelling_for_ever() {
    let mut simulator = cluster();
    simulator.state.add_backup_at(Backend::S3, &Location::default(), "a", Status::Success, &["Article"], NOW);
    simulator.state.delete_collection("Article");
    let target = "/v1/backups/s3/a/restore";
    simulator.plan(Kind::Restore, Work::held());
    assert_eq!(post(&mut simulator, 0, 0, target, json!({})).status, 200);
    simulator.advance(NOW + 3_000);
    simulator.kill(1, Some(1_000));
    let refused = ask(&mut simulator, 5_000, 0, "DELETE", target);
    assert_eq!((refused.status, message(&refused)), (500, "cannot resolve hostname for \"node2\"".to_owned()));
    assert_eq!(status(&mut simulator, 5_000, 2, target), "CANCELLING");
    simulator.restart();
    for node in 0..3 {
        assert_eq!(ask(&mut simulator, 6_000, node, "DELETE", target).status, 204);
        assert_eq!(post(&mut simulator, 6_000, node, target, json!({})).value()["status"], "STARTED");
        assert_eq!(status(&mut simulator, 60_000, node, target), "CANCELLING", "asked on node {node}");
    }
}

#[test]
fn without_a_majority_nobody_leads_so_that_nothing_begins_and_nothing_is_cancelled() {
    let mut simulator = cluster();
    simulator.kill(1, Some(1_000));
    assert_eq!(ask(&mut simulator, 2_000, 0, "GET", "/v1/.well-known/ready").status, 200);
    simulator.kill(2, Some(1_000));
    assert_eq!(ask(&mut simulator, 9_000, 0, "GET", "/v1/.well-known/ready").status, 503);
    assert_eq!(ask(&mut simulator, 9_000, 0, "GET", "/v1/.well-known/live").status, 200);
    assert_eq!(node_states(&mut simulator, 9_000), ["node1 UNHEALTHY"]);
    let statistics = ask(&mut simulator, 9_000, 0, "GET", "/v1/cluster/statistics").value();
    assert_eq!(statistics.pointer("/statistics/0/leaderId"), Some(&json!("")));
    for refused in [
        ask(&mut simulator, 9_000, 0, "DELETE", "/v1/backups/s3/a"),
        ask(&mut simulator, 9_000, 0, "DELETE", "/v1/backups/s3/a/restore"),
    ] {
        assert_eq!(refused.status, 500);
        assert!(message(&refused).ends_with(": leader not found, try again later"), "{}", message(&refused));
    }
    assert_eq!(ask(&mut simulator, 9_000, 0, "GET", "/v1/backups/s3").status, 200);
}

#[test]
fn without_a_majority_the_schema_is_waited_for_and_a_create_for_two_minutes() {
    let mut simulator = cluster();
    simulator.kill(1, Some(1_000));
    simulator.kill(2, Some(1_000));
    let create = Request::new("POST", "/v1/backups/s3").json(&json!({"id": "a", "include": ["Article"]}));
    for (request, status, waited, said) in [
        (Request::new("GET", "/v1/schema"), 500, 25_000, "leader not found, can not resolve nodes [node2,node3]"),
        (Request::new("GET", "/v1/aliases"), 500, 25_000, "leader not found, can not resolve nodes [node2,node3]"),
        (create.clone(), 422, 117_000, "backup blocked: runtime-reindex in flight on collection Article"),
    ] {
        let outcome = simulator.handle_on(0, &request, NOW + 9_000);
        let reply = outcome.reply.unwrap();
        assert_eq!((reply.status, outcome.delay_millis, message(&reply).as_str()), (status, waited, said));
    }
    // A line that asks for no such thing says so at once.
    simulator.state.version = "1.36.18".into();
    let outcome = simulator.handle_on(0, &create, NOW + 9_000);
    assert_eq!(
        (outcome.delay_millis, message(&outcome.reply.unwrap())),
        (0, "backup Op create: leader not found, try again later".into())
    );
    // What was asked for is there again with the nodes.
    simulator.start(1);
    assert_eq!(ask(&mut simulator, 20_000, 0, "GET", "/v1/schema").status, 200);
}

#[test]
fn a_node_that_holds_nothing_of_a_backup_may_be_gone() {
    let mut simulator = cluster();
    simulator.state.collections.push(Collection::new("Small", 1));
    simulator.kill(2, Some(0));
    let refused = post(&mut simulator, 1, 0, "/v1/backups/s3", json!({"id": "a", "include": ["Article"]}));
    assert!(message(&refused).starts_with("cannot resolve hostname for \"node3\""), "{}", message(&refused));
    let accepted = post(&mut simulator, 1, 0, "/v1/backups/s3", json!({"id": "a", "include": ["Small"]}));
    assert_eq!(accepted.status, 200);
    // A cancel is told to all that hold any collection.
    let refused = ask(&mut simulator, 2, 0, "DELETE", "/v1/backups/s3/unknown");
    assert_eq!((refused.status, message(&refused)), (500, "cannot resolve hostname for \"node3\"".to_owned()));
}

#[test]
fn older_servers_restore_beside_a_name_that_differs_in_case_only() {
    for (version, restored) in [("1.36.18", true), ("1.38.11", false)] {
        let collections = vec![Collection::new("Article", 1)];
        let mut simulator = Simulator::new(State { version: version.to_owned(), collections, ..State::default() });
        simulator.state.add_backup("a", Status::Success, &["Article"], NOW);
        simulator.state.collections[0].name = "ARTICLE".to_owned();
        post(&mut simulator, 0, 0, "/v1/backups/filesystem/a/restore", json!({}));
        let end = ask(&mut simulator, 60_000, 0, "GET", "/v1/backups/filesystem/a/restore").value();
        assert_eq!(end["status"] == "SUCCESS", restored, "{version}: {end}");
        assert_eq!(simulator.state.collection("Article").is_some(), restored, "{version}");
    }
}

#[test]
fn the_memory_of_a_coordinator_leaks_into_the_404_of_another_id_field_by_field() {
    for (version, store) in [
        ("1.39.0", "a STARTED s3://second/teams/a second teams}"),
        ("1.38.11", "a STARTED  s3://second/teams/a second teams}"),
    ] {
        let mut simulator = cluster();
        simulator.state.version = version.to_owned();
        simulator.state.s3.as_mut().unwrap().other_buckets = vec!["second".to_owned()];
        let body = json!({"id": "a", "config": {"Bucket": "second", "Path": "teams"}});
        assert_eq!(post(&mut simulator, 0, 0, "/v1/backups/s3", body).status, 200);
        let missing = ask(&mut simulator, 100, 0, "GET", "/v1/backups/s3/b");
        assert!(message(&missing).ends_with(store), "{version}: {}", message(&missing));
        assert!(
            message(&ask(&mut simulator, 100, 1, "GET", "/v1/backups/s3/b")).contains("store: {0001-01-01 00:00:00")
        );
    }
}

#[test]
fn a_restore_that_was_cancelled_stays_so_when_it_then_loses_a_node() {
    let mut simulator = cluster();
    simulator.state.add_backup_at(Backend::S3, &Location::default(), "a", Status::Success, &["Article"], NOW);
    simulator.state.delete_collection("Article");
    let target = "/v1/backups/s3/a/restore";
    simulator.plan(Kind::Restore, Work::held());
    post(&mut simulator, 0, 0, target, json!({}));
    simulator.advance(NOW + 500);
    simulator.kill(1, None);
    assert_eq!(ask(&mut simulator, 600, 0, "DELETE", target).status, 204);
    assert_eq!(status(&mut simulator, 600, 0, target), "CANCELED");
    let end = ask(&mut simulator, 60_000, 0, "GET", target).value();
    assert_eq!((&end["status"], &end["error"]), (&json!("CANCELED"), &json!("restore canceled by user")));
    assert!(simulator.state.collection("Article").is_none());
}

#[test]
fn what_one_node_coordinates_another_refuses_in_its_own_words() {
    let mut simulator = cluster();
    simulator.plan(Kind::Create, Work::held());
    post(&mut simulator, 0, 1, "/v1/backups/s3", json!({"id": "a"}));
    let same = post(&mut simulator, 1, 1, "/v1/backups/s3", json!({"id": "b"}));
    assert_eq!((same.status, message(&same)), (422, "backup a already in progress".to_owned()));
    let other = post(&mut simulator, 1, 0, "/v1/backups/s3", json!({"id": "b"}));
    assert_eq!(other.status, 500);
    assert_eq!(message(&other), "node \"node1\": cannot commit : backup a already in progress");
}

#[test]
fn requests_go_to_the_nodes_in_turn_and_pass_by_those_that_are_down() {
    let mut simulator = cluster();
    simulator.entry = Entry::InTurn(0);
    simulator.plan(Kind::Restore, Work::held());
    simulator.state.add_backup_at(Backend::S3, &Location::default(), "a", Status::Success, &["Article"], NOW);
    simulator.state.delete_collection("Article");
    post(&mut simulator, 0, 1, "/v1/backups/s3/a/restore", json!({}));
    // The coordinator answers from memory, the others from what a cancel through another one has stored.
    ask(&mut simulator, 100, 2, "DELETE", "/v1/backups/s3/a/restore");
    let mut told = || {
        let reply = simulator.handle(&Request::new("GET", "/v1/backups/s3/a/restore"), NOW + 200).reply.unwrap();
        reply.value()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!([told(), told(), told(), told()], ["CANCELED", "TRANSFERRING", "CANCELED", "CANCELED"]);
    simulator.kill(0, None);
    for _ in 0..4 {
        assert!(simulator.handle(&Request::new("GET", "/v1/meta"), NOW + 300).reply.is_some());
    }
    simulator.kill(1, None);
    simulator.kill(2, None);
    assert!(simulator.handle(&Request::new("GET", "/v1/meta"), NOW + 300).reply.is_none());
}

#[test]
fn only_a_root_user_sees_on_which_backup_another_one_builds() {
    let root = User { root: true, ..User::new("root", "root-key", &["root"]) };
    let auth = Auth { users: vec![root, User::new("admin", "admin-key", &["admin"])], rbac: true, ..Auth::default() };
    let mut simulator = Simulator::new(State { auth, ..State::default() });
    simulator.state.add_backup("a", Status::Success, &[], NOW).base = Some("base".to_owned());
    for (key, version, sees) in
        [("root-key", "1.39.0", true), ("admin-key", "1.39.0", false), ("root-key", "1.36.18", false)]
    {
        simulator.state.version = version.to_owned();
        for (target, pointer) in [
            ("/v1/backups/filesystem/a", "/incremental_base_backup_id"),
            ("/v1/backups/filesystem", "/0/incremental_base_backup_id"),
        ] {
            let request = Request::new("GET", target).header("authorization", &format!("Bearer {key}"));
            let body = simulator.handle(&request, NOW).reply.unwrap().value();
            assert_eq!(body.pointer(pointer).is_some(), sees, "{key} {version} {target}");
        }
    }
}

#[test]
fn a_server_that_is_open_beside_its_keys_answers_without_one_and_refuses_a_wrong_one() {
    for (anonymous, without) in [(true, 200), (false, 401)] {
        let auth = Auth { anonymous, users: vec![User::new("root", "root-key", &[])], ..Auth::default() };
        let mut simulator = Simulator::new(State { auth, ..State::default() });
        assert_eq!(ask(&mut simulator, 0, 0, "GET", "/v1/meta").status, without);
        for (key, status) in [("root-key", 200), ("other-key", 401)] {
            let request = Request::new("GET", "/v1/meta").header("authorization", &format!("Bearer {key}"));
            assert_eq!(simulator.handle(&request, NOW).reply.unwrap().status, status, "{anonymous} {key}");
        }
    }
}

#[test]
fn roles_and_users_come_back_as_they_were_saved_and_only_when_asked_for() {
    let role = |name: &str| Role { name: name.to_owned(), permissions: vec![json!({"action": "read_cluster"})] };
    let user = |name: &str, kind: &str, roles: &[&str]| User { kind: kind.to_owned(), ..User::new(name, name, roles) };
    let auth = Auth {
        users: vec![
            user("root", "env", &["root"]),
            user("kept", "env", &["viewer", "saved"]),
            user("alice", "db", &["saved"]),
            user("bob", "db", &[]),
        ],
        rbac: true,
        db_users: true,
        roles: vec![role("saved"), role("other")],
        ..Auth::default()
    };
    let collections = vec![Collection::new("Article", 1)];
    let state = State { version: "1.38.11".to_owned(), auth, collections, ..State::default() };
    let mut simulator = Simulator::new(state);
    let mut send = |at: u64, target: &str, body: Value| {
        let request = Request::new("POST", target).json(&body).header("authorization", "Bearer root");
        let status = simulator.handle(&request, NOW + at).reply.unwrap().status;
        simulator.state.delete_collection("Article");
        let names = |all: &[User]| all.iter().map(|user| user.name.clone()).collect::<Vec<_>>();
        let auth = &simulator.state.auth;
        let roles: Vec<String> = auth.roles.iter().map(|role| role.name.clone()).collect();
        (status, names(&auth.users), roles, auth.users[1].roles.clone())
    };
    let body = json!({"id": "a", "includeUsers": ["al*"], "includeRoles": ["saved"]});
    assert_eq!(send(0, "/v1/backups/filesystem", body).0, 200);
    let target = "/v1/backups/filesystem/a/restore";
    let (code, users, roles, _) = send(10_000, target, json!({}));
    assert_eq!((code, users.len(), roles.len()), (200, 4, 2), "nothing was asked for");
    let (code, users, roles, _) = send(30_000, target, json!({"config": {"usersOptions": "all"}}));
    assert_eq!((code, users), (200, ["root", "kept", "alice"].map(str::to_owned).to_vec()));
    assert_eq!(roles, ["saved", "other"]);
    let (code, _, roles, own) = send(60_000, target, json!({"config": {"rolesOptions": "all"}}));
    assert_eq!((code, roles, own), (200, vec!["saved".to_owned()], vec!["viewer".to_owned(), "saved".to_owned()]));
}

#[test]
fn a_backup_keeps_the_objects_of_active_tenants_and_of_inactive_ones_where_the_version_does() {
    let tenants = [("hot", "HOT", 10), ("cold", "COLD", 20), ("frozen", "FROZEN", 40), ("freezing", "FREEZING", 80)];
    for (version, objects) in [("1.32.27", 10), ("1.36.18", 30), ("1.39.0", 30)] {
        let collections = vec![Collection::with_tenants("Mailbox", &tenants)];
        let mut simulator = Simulator::new(State { version: version.to_owned(), collections, ..State::default() });
        post(&mut simulator, 0, 0, "/v1/backups/filesystem", json!({"id": "a"}));
        simulator.advance(NOW + 10_000);
        simulator.state.delete_collection("Mailbox");
        post(&mut simulator, 20_000, 0, "/v1/backups/filesystem/a/restore", json!({}));
        simulator.advance(NOW + 60_000);
        let mailbox = simulator.state.collection("Mailbox").expect("it was restored");
        assert_eq!(mailbox.objects, objects, "{version}");
        let shown = ask(&mut simulator, 60_000, 0, "GET", "/v1/schema/Mailbox/tenants").value();
        assert_eq!(shown.as_array().unwrap().len(), 4, "{version}: {shown}");
        let nodes = ask(&mut simulator, 60_000, 0, "GET", "/v1/nodes?output=verbose").value();
        assert_eq!(nodes.pointer("/nodes/0/shards/0/name").unwrap(), "hot");
        assert_eq!(nodes.pointer("/nodes/0/shards/1"), None, "{version}: only active tenants have a shard");
    }
}
