use super::*;
use crate::api::json::Json;
use crate::api::wire::Node;
use crate::poll::clock::WallMillis;
use crate::preflight::finding::Verdict;
use crate::preflight::rights::Lack;

fn known<T>(value: T) -> Fact<T> {
    Fact::Known { at: WallMillis(7), value }
}

fn node(name: &str, status: &str) -> Node {
    Node::from_json(serde_json::json!({"name": name, "status": status})).unwrap()
}

fn good() -> Facts {
    Facts {
        backend: "filesystem".into(),
        id: known(None),
        running: known(Vec::new()),
        nodes: NodeFacts {
            now: known(vec![node("node1", "HEALTHY")]),
            ever_seen: ["node1".to_owned()].into(),
            ..NodeFacts::default()
        },
        ..Facts::default()
    }
}

fn worst(facts: &Facts) -> (Severity, Kind) {
    let report = check(facts);
    let first = report.findings()[0].clone();
    (first.severity, first.kind)
}

#[test]
fn a_free_id_on_a_healthy_node_is_ready() {
    let report = check(&good());
    assert_eq!(report.verdict(), Verdict::Ready);
    let free = &report.findings()[0];
    assert_eq!(free.kind, Kind::IdFree);
    assert_eq!(free.source, Source::Call { call: Call::CreateStatus, at: Some(WallMillis(7)) });
}

#[test]
fn an_id_is_used_once_and_that_of_a_canceled_backup_never_again() {
    let with = |id| worst(&Facts { id, ..good() });
    assert_eq!(with(known(Some(Status::Success))), (Severity::Blocking, Kind::IdTaken(Status::Success)));
    assert_eq!(with(known(Some(Status::Canceled))), (Severity::Blocking, Kind::IdOfCanceled));
    let hidden = Fact::Failed { at: WallMillis(7), kind: ErrorKind::NotPermitted, words: String::new() };
    assert_eq!(with(hidden), (Severity::Blocking, Kind::IdTakenUnseen));
    let lost = Fact::Failed { at: WallMillis(7), kind: ErrorKind::Unreachable, words: String::new() };
    let kind = Kind::CouldNotAsk { kind: ErrorKind::Unreachable, words: String::new() };
    assert_eq!(with(lost), (Severity::Warning, kind));
}

#[test]
fn what_was_not_asked_is_not_ready() {
    for facts in [
        Facts { id: Fact::NotAsked, ..good() },
        Facts { running: Fact::NotAsked, ..good() },
        Facts { nodes: NodeFacts::default(), ..good() },
    ] {
        assert_eq!(check(&facts).verdict(), Verdict::NotChecked);
    }
}

#[test]
fn another_create_and_ailing_nodes_are_warnings() {
    let running = Facts { running: known(vec!["big-1".into()]), ..good() };
    assert_eq!(worst(&running), (Severity::Warning, Kind::OtherCreateRunning { id: "big-1".into() }));
    let mut gone = good();
    gone.nodes.ever_seen.insert("node2".into());
    assert_eq!(worst(&gone), (Severity::Warning, Kind::NodesMissing(vec!["node2".into()])));
    let mut ill = good();
    ill.nodes.now = known(vec![node("node1", "UNAVAILABLE")]);
    assert!(
        matches!(worst(&ill), (Severity::Warning, Kind::NodesUnhealthy(nodes)) if nodes[0].status == "UNAVAILABLE")
    );
    assert_eq!(check(&ill).verdict(), Verdict::ReadyWithWarnings);
}

#[test]
fn nodes_of_several_versions_are_a_warning_and_one_that_tells_none_is_of_no_other() {
    let of = |name: &str, version: Option<&str>| Node { version: version.map(str::to_owned), ..node(name, "HEALTHY") };
    let found = |nodes: Vec<Node>| {
        let mut facts = Facts { backend: "s3".into(), ..good() };
        facts.nodes.ever_seen.clear();
        facts.nodes.now = known(nodes);
        worst(&facts)
    };
    let (old, new) = (of("node1", Some("1.38.11")), of("node2", Some("1.39.0")));
    let pairs =
        [("node1", "1.38.11"), ("node2", "1.39.0")].map(|(name, version)| (name.to_owned(), version.to_owned()));
    assert_eq!(
        found(vec![old.clone(), new, of("node3", None)]),
        (Severity::Warning, Kind::NodesOfSeveralVersions(pairs.to_vec()))
    );
    assert_eq!(found(vec![old, of("node3", None)]).0, Severity::Fine);
}

#[test]
fn a_node_that_lets_nobody_read_the_schema_is_a_warning() {
    let in_mode = |mode: &str| {
        let node = Node { operational_mode: Some(mode.into()), ..node("node1", "HEALTHY") };
        let mut facts = good();
        facts.nodes.now = known(vec![node]);
        worst(&facts)
    };
    assert_eq!(in_mode("WriteOnly"), (Severity::Warning, Kind::NodesWriteOnly(vec!["node1".into()])));
    for mode in ["ReadWrite", "ReadOnly", "ScaleOut"] {
        assert_eq!(in_mode(mode).0, Severity::Fine, "{mode}");
    }
}

#[test]
fn the_filesystem_backend_needs_a_single_node() {
    let mut facts = good();
    facts.nodes.now = known(vec![node("node1", "HEALTHY"), node("node2", "HEALTHY")]);
    assert_eq!(worst(&facts), (Severity::Blocking, Kind::FilesystemOnSeveralNodes { count: 2 }));
    facts.backend = "s3".into();
    assert_eq!(check(&facts).verdict(), Verdict::Ready);
}

#[test]
fn a_cluster_without_a_leader_takes_no_create_and_one_that_does_not_tell_may() {
    let with = |leader| Facts { nodes: NodeFacts { leader, ..good().nodes }, ..good() };
    let without = check(&with(known(None)));
    assert_eq!(without.findings()[0].kind, Kind::NoLeader);
    assert_eq!(without.findings()[0].source, Source::Call { call: Call::Statistics, at: Some(WallMillis(7)) });
    assert_eq!(without.verdict(), Verdict::Blocked);
    for leader in [known(Some("node1".to_owned())), Fact::NotAsked] {
        assert_eq!(check(&with(leader)).verdict(), Verdict::Ready);
    }
}

#[test]
fn roles_that_do_not_allow_it_are_found_before_the_server_refuses() {
    let with = |permissions: &str| {
        let own_info = format!(r#"{{"username":"bob","roles":[{{"name":"of-bob","permissions":{permissions}}}]}}"#);
        let rights = known(Rights::of(&crate::api::json::read(&own_info).unwrap()));
        worst(&Facts { rights, selection: vec!["Article".into(), "Author".into()], ..good() })
    };
    assert_eq!(with("[]"), (Severity::Blocking, Kind::NotPermitted(Lack::Everything)));
    let article = r#"[{"action":"manage_backups","backups":{"collection":"Article"}}]"#;
    assert_eq!(with(article), (Severity::Blocking, Kind::NotPermitted(Lack::Of(vec!["Author".into()]))));
    assert_eq!(with(r#"[{"action":"manage_backups","backups":{"collection":"*"}}]"#).0, Severity::Fine);
}
