use super::*;
use crate::api::error::ErrorKind;
use crate::api::json::Json;
use crate::api::wire::Node;
use crate::domain::location::Location;
use crate::domain::operation::ConnectionId;
use crate::preflight::nodes::Forgotten;

fn known<T>(value: T) -> Fact<T> {
    Fact::Known { at: WallMillis(7), value }
}

fn node(name: &str, status: &str) -> Node {
    Node::from_json(serde_json::json!({"name": name, "status": status})).unwrap()
}

fn good() -> Facts {
    Facts {
        status: known(Some(Status::Transferring)),
        nodes: NodeFacts {
            now: known(vec![node("node1", "HEALTHY")]),
            ever_seen: ["node1".to_owned()].into(),
            ..NodeFacts::default()
        },
        ledger: InLedger { is_read: true, running_since: Some(WallMillis(0)), ..InLedger::default() },
        now: WallMillis(60_000),
        version: Some(Version::new(1, 39, 0)),
        ..Facts::default()
    }
}

#[test]
fn a_restore_that_was_just_read_as_transferring_may_be_cancelled() {
    assert_eq!(obstacles(&good()), []);
}

#[test]
fn any_other_status_is_an_obstacle() {
    let with = |status| obstacles(&Facts { status, ..good() });
    assert_eq!(with(known(Some(Status::Failed))), [Obstacle::NotNow(Reason::WouldOverwriteFailed)]);
    assert_eq!(with(known(Some(Status::Finalizing))), [Obstacle::NotNow(Reason::AppliesSchema)]);
    assert_eq!(with(known(None)), [Obstacle::NoSuchRestore]);
    assert_eq!(with(Fact::NotAsked), [Obstacle::StatusNotKnown]);
    let failed = Fact::Failed { at: WallMillis(7), kind: ErrorKind::Unreachable, words: String::new() };
    assert_eq!(with(failed), [Obstacle::StatusNotKnown]);
}

#[test]
fn a_node_that_is_missing_ailing_or_unknown_is_an_obstacle() {
    let with = |now, ever_seen: &[&str]| {
        let ever_seen = ever_seen.iter().map(ToString::to_string).collect();
        obstacles(&Facts { nodes: NodeFacts { now, ever_seen, ..NodeFacts::default() }, ..good() })
    };
    let here = || known(vec![node("node1", "HEALTHY")]);
    assert_eq!(with(here(), &["node1", "node2"]), [Obstacle::NodesMissing(vec!["node2".into()])]);
    assert_eq!(with(known(vec![node("node1", "TIMEOUT")]), &[]), [Obstacle::NodesUnhealthy(vec!["node1".into()])]);
    assert_eq!(with(Fact::NotAsked, &["node1"]), [Obstacle::NodesNotKnown]);
    assert_eq!(with(known(Vec::new()), &[]), [Obstacle::NodesNotKnown], "no cluster has no node");
}

#[test]
fn a_node_that_was_forgotten_after_the_restore_began_is_missing_all_the_same() {
    let with = |forgotten_at, running_since| {
        let forgotten = vec![Forgotten { name: "node2".into(), at: WallMillis(forgotten_at) }];
        let ledger = InLedger { running_since, ..good().ledger };
        obstacles(&Facts { nodes: NodeFacts { forgotten, ..good().nodes }, ledger, ..good() })
    };
    let missing = [Obstacle::NodesMissing(vec!["node2".into()])];
    let began = Some(WallMillis(50_000));
    assert_eq!(with(50_000, began), missing);
    assert_eq!(with(49_999, began), [], "it had no part in it");
    assert_eq!(with(0, None), missing, "nobody knows when it began");
    assert_eq!(with(60_000 - operation::ORPHAN_AGE_MILLIS - 1, None), [], "none that runs is so old");
}

#[test]
fn while_it_is_not_known_what_was_started_here_nothing_is_cancelled() {
    let ledger = InLedger { is_read: false, ..good().ledger };
    assert_eq!(obstacles(&Facts { ledger, ..good() }), [Obstacle::LedgerNotRead]);
}

#[test]
fn another_restore_or_an_old_one_is_an_obstacle() {
    let other = OperationKey {
        connection: ConnectionId("local".into()),
        kind: Kind::Restore,
        backend: "s3".into(),
        location: Location::default(),
        id: "big-1".into(),
    };
    let ledger = InLedger { other_restores: vec![other.clone()], ..good().ledger };
    let facts = Facts { ledger, ..good() };
    assert_eq!(obstacles(&facts), [Obstacle::OtherRestoresRunning(vec![other])]);
    let old = Facts { now: WallMillis(operation::ORPHAN_AGE_MILLIS + 1), ..good() };
    assert_eq!(obstacles(&old), [Obstacle::PossiblyOrphaned]);
}

#[test]
fn an_old_server_names_the_version_that_can() {
    let old = Facts { version: Some(Version::new(1, 32, 27)), ..good() };
    assert_eq!(obstacles(&old), [Obstacle::NotNow(Reason::NeedsVersion(Version::new(1, 36, 0)))]);
}

#[test]
fn who_may_not_manage_the_backups_of_all_of_it_cancels_nothing() {
    let with = |permissions: &str| {
        let own_info = format!(r#"{{"username":"bob","roles":[{{"name":"of-bob","permissions":{permissions}}}]}}"#);
        let rights = Rights::of(&crate::api::json::read(&own_info).unwrap());
        obstacles(&Facts { rights, collections: vec!["Article".into(), "Author".into()], ..good() })
    };
    let article = r#"[{"action":"manage_backups","backups":{"collection":"Article"}}]"#;
    assert_eq!(with(article), [Obstacle::NotPermitted(Lack::Of(vec!["Author".into()]))]);
    assert_eq!(with(r#"[{"action":"manage_backups","backups":{"collection":"A*"}}]"#), []);
    let nothing = Facts {
        rights: Rights::of(
            &crate::api::json::read(r#"{"username":"viv","roles":[{"name":"viewer","permissions":[]}]}"#).unwrap(),
        ),
        ..good()
    };
    assert_eq!(obstacles(&nothing), [Obstacle::NotPermitted(Lack::Everything)]);
}

#[test]
fn an_attempt_asks_for_the_nodes_then_for_the_status_and_sends_only_what_both_allow() {
    let facts = good();
    let begin = || Attempt::new(facts.version);
    let mut attempt = begin();
    assert_eq!(attempt.step(), Step::AskNodes);
    attempt.nodes_answered(facts.nodes.clone());
    assert_eq!(attempt.step(), Step::AskStatus);
    attempt.status_answered(facts.status.clone(), facts.now, facts.ledger.clone());
    assert_eq!(attempt.step(), Step::Send);

    let mut attempt = begin();
    attempt.nodes_answered(NodeFacts { now: known(vec![node("node2", "HEALTHY")]), ..facts.nodes.clone() });
    attempt.status_answered(facts.status.clone(), facts.now, facts.ledger.clone());
    assert_eq!(attempt.step(), Step::Stop(Obstacle::NodesMissing(vec!["node1".into()])));

    let mut attempt = begin();
    attempt.nodes_answered(facts.nodes.clone());
    attempt.status_answered(known(None), facts.now, facts.ledger.clone());
    assert_eq!(attempt.step(), Step::Stop(Obstacle::NoSuchRestore));
}
