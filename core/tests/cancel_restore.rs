//! A cancel of a restore is sent only when a GET of the same action said TRANSFERRING and nothing around it forbids it,
//! whatever happens on the server and in other tabs between the steps.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use proptest::prelude::*;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::wire::{Node, Others};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, ORPHAN_AGE_MILLIS, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::version::Version;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::cancel::{Attempt, InLedger, Step};
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::nodes::{Forgotten, NodeFacts};

/// The server, and what this browser knows beside it.
#[derive(Clone, Debug)]
struct World {
    status: Option<Status>,
    nodes: Vec<(&'static str, &'static str)>,
    /// Every node that a page of this browser has seen, but what was forgotten.
    ever_seen: Vec<&'static str>,
    /// When somebody said that node2 was taken away for good.
    forgotten: Option<i64>,
    /// Restores that another tab of this browser began.
    others: Vec<&'static str>,
    ledger_is_read: bool,
    /// A question is not answered.
    down: bool,
    now: i64,
}

/// Something that happens between two steps.
#[derive(Clone, Debug)]
enum Happening {
    StatusBecomes(Option<Status>),
    NodesBecome(Vec<(&'static str, &'static str)>),
    /// Another tab of this browser lists a node.
    OtherTabSees(&'static str),
    OtherBegins(&'static str),
    OtherEnds,
    LedgerBecomes {
        is_read: bool,
    },
    ServerGoes,
    ServerComes,
    TimePasses(i64),
}

fn statuses() -> impl Strategy<Value = Option<Status>> {
    let words =
        ["TRANSFERRING", "TRANSFERRING", "FINALIZING", "FAILED", "SUCCESS", "CANCELED", "CANCELLING", "STARTED", "ODD"];
    prop_oneof![
        1 => Just(None),
        9 => prop::sample::select(words.to_vec()).prop_map(|word| Some(Status::parse(word))),
    ]
}

fn nodes() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let node = |name| {
        prop::sample::select(vec![(name, "HEALTHY"), (name, "HEALTHY"), (name, "HEALTHY"), (name, "UNAVAILABLE")])
    };
    prop_oneof![
        4 => (node("node1"), node("node2")).prop_map(|(one, two)| vec![one, two]),
        2 => node("node1").prop_map(|one| vec![one]),
        1 => Just(Vec::new()),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        1 => statuses().prop_map(Happening::StatusBecomes),
        1 => nodes().prop_map(Happening::NodesBecome),
        1 => Just(Happening::OtherTabSees("node3")),
        1 => Just(Happening::OtherBegins("big-3")),
        1 => Just(Happening::OtherEnds),
        1 => any::<bool>().prop_map(|is_read| Happening::LedgerBecomes { is_read }),
        1 => Just(Happening::ServerGoes),
        3 => Just(Happening::ServerComes),
        1 => (0..2 * ORPHAN_AGE_MILLIS).prop_map(Happening::TimePasses),
    ]
}

/// When the restore began.
const BEGAN: WallMillis = WallMillis(10_000);

fn key(id: &str) -> OperationKey {
    OperationKey {
        connection: ConnectionId("prod".into()),
        kind: Kind::Restore,
        backend: "s3".into(),
        location: Location::new("second", ""),
        id: id.into(),
    }
}

impl World {
    /// Nothing stands in the way, but that the server tells of no restore and of no node.
    fn of(forgotten: Option<i64>, now: i64) -> Self {
        let ever_seen = if forgotten.is_some() { vec!["node1"] } else { vec!["node1", "node2"] };
        Self {
            status: None,
            nodes: Vec::new(),
            ever_seen,
            forgotten,
            others: Vec::new(),
            ledger_is_read: true,
            down: false,
            now,
        }
    }

    fn live(&mut self, happening: Happening) {
        match happening {
            Happening::StatusBecomes(status) => self.status = status,
            Happening::NodesBecome(nodes) => self.nodes = nodes,
            Happening::OtherTabSees(node) => self.ever_seen.push(node),
            Happening::OtherBegins(id) => self.others = vec![id],
            Happening::OtherEnds => self.others.clear(),
            Happening::LedgerBecomes { is_read } => self.ledger_is_read = is_read,
            Happening::ServerGoes => self.down = true,
            Happening::ServerComes => self.down = false,
            Happening::TimePasses(millis) => self.now += millis,
        }
    }

    fn node_facts(&self) -> NodeFacts {
        let node = |(name, status): &(&str, &str)| Node {
            name: (*name).into(),
            status: (*status).into(),
            version: None,
            operational_mode: None,
            shards: None,
            others: Others::new(),
        };
        NodeFacts {
            now: self.answer(self.nodes.iter().map(node).collect()),
            ever_seen: self.ever_seen.iter().map(|name| (*name).to_owned()).collect(),
            forgotten: self
                .forgotten
                .map(|at| Forgotten { name: "node2".into(), at: WallMillis(at) })
                .into_iter()
                .collect(),
            ..NodeFacts::default()
        }
    }

    fn answer<T>(&self, value: T) -> Fact<T> {
        let at = WallMillis(self.now);
        if self.down {
            return Fact::Failed { at, kind: ErrorKind::Unreachable, words: String::new() };
        }
        Fact::Known { at, value }
    }
}

/// What was asked and answered in one action, in order.
#[derive(Clone, Debug, PartialEq)]
enum Seen {
    Nodes {
        listed: Vec<(&'static str, &'static str)>,
        ever_seen: Vec<&'static str>,
    },
    /// `None`: the server knows no restore of the id.
    Status(Option<Status>),
    NoAnswer,
}

/// Presses the button once: things happen before each step. Whether the DELETE was sent, with all that was seen.
fn press(world: &mut World, happenings: Vec<Vec<Happening>>) -> (bool, Vec<Seen>) {
    let mut attempt = Attempt::new(Some(Version::new(1, 39, 0)));
    let mut seen = Vec::new();
    let mut happenings = happenings.into_iter();
    loop {
        // The answer and the DELETE belong to one turn: nothing happens in between.
        match attempt.step() {
            Step::Send => return (true, seen),
            Step::Stop(_) => return (false, seen),
            Step::AskNodes => {
                happenings.next().into_iter().flatten().for_each(|happening| world.live(happening));
                let nodes = Seen::Nodes { listed: world.nodes.clone(), ever_seen: world.ever_seen.clone() };
                seen.push(if world.down { Seen::NoAnswer } else { nodes });
                attempt.nodes_answered(world.node_facts());
            }
            Step::AskStatus => {
                happenings.next().into_iter().flatten().for_each(|happening| world.live(happening));
                seen.push(if world.down { Seen::NoAnswer } else { Seen::Status(world.status.clone()) });
                let ledger = InLedger {
                    is_read: world.ledger_is_read,
                    running_since: Some(BEGAN),
                    other_restores: world.others.iter().map(|id| key(id)).collect(),
                };
                attempt.status_answered(world.answer(world.status.clone()), WallMillis(world.now), ledger);
            }
        }
        assert!(seen.len() < 10, "it asks for ever");
    }
}

#[test]
fn a_restore_that_nothing_disturbs_is_cancelled() {
    let nodes = vec![("node1", "HEALTHY"), ("node2", "HEALTHY")];
    let status = Some(Status::Transferring);
    let mut world = World { status, nodes, ..World::of(None, 60_000) };
    assert!(press(&mut world, Vec::new()).0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_a_look_of_the_same_action_lets_the_cancel_go(
        first in (statuses(), nodes()),
        forgotten in prop::option::of(0..2 * BEGAN.0),
        is_old in any::<bool>(),
        happenings in prop::collection::vec(prop::collection::vec(happening(), 0..4), 0..3),
    ) {
        let now = if is_old { BEGAN.0 + ORPHAN_AGE_MILLIS + 1 } else { 60_000 };
        let mut world = World { status: first.0, nodes: first.1, ..World::of(forgotten, now) };
        let ever_seen = world.ever_seen.clone();
        let (sent, seen) = press(&mut world, happenings);
        // And no other tab had seen one more by then.
        let looked = |nodes: &[(&'static str, &'static str)]| {
            let nodes = Seen::Nodes { listed: nodes.to_vec(), ever_seen: ever_seen.clone() };
            seen == [nodes, Seen::Status(Some(Status::Transferring))]
        };
        // One that was gone before the restore began has no part in it.
        let is_gone = forgotten.is_some_and(|at| at < BEGAN.0);
        let all_are_there = looked(&[("node1", "HEALTHY"), ("node2", "HEALTHY")])
            || (is_gone && looked(&[("node1", "HEALTHY")]));
        let is_young = world.now - BEGAN.0 <= ORPHAN_AGE_MILLIS;
        let allowed = all_are_there && world.others.is_empty() && world.ledger_is_read && is_young;
        prop_assert_eq!(sent, allowed, "{:?} in {:?}", seen, world);
    }
}
