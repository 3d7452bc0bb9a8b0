//! The nodes that a POST needs: every one of them.

use std::collections::BTreeSet;

use super::fact::Fact;
use super::finding::{Check, Finding, Kind, Severity, Source, UnhealthyNode, known};
use crate::api::call::Call;
use crate::api::json::json_members;
use crate::api::wire::Node;
use crate::domain::backend::FILESYSTEM;
use crate::domain::order::put_in;
use crate::domain::version::Version;
use crate::poll::clock::WallMillis;

#[derive(Clone, Debug, Default)]
pub struct NodeFacts {
    /// Minimal output is enough.
    pub now: Fact<Vec<Node>>,
    /// Every node name ever seen on this connection: a dead node vanishes from the answer after some seconds
    /// (behaviour notes 5.3).
    pub ever_seen: BTreeSet<String>,
    /// Those that are missed no more, because somebody said that they were taken away for good.
    pub forgotten: Vec<Forgotten>,
    /// The leader of the cluster; `None` while there is none. Told only to who may read the cluster.
    pub leader: Fact<Option<String>>,
}

/// A node that somebody told this browser not to miss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    pub name: String,
    pub at: WallMillis,
}

json_members!(Forgotten { name: required "name", at: required "at" });

const HEALTHY: &str = "HEALTHY";

pub(super) fn check(facts: &NodeFacts, backend: &str, findings: &mut Vec<Finding>) {
    // Without an answer the server decides: it needs a right that a person who makes backups may lack.
    if facts.leader.value() == Some(&None) {
        let source = Source::Call { call: Call::Statistics, at: facts.leader.at() };
        Check { findings, source }.add(Severity::Blocking, Kind::NoLeader);
    }
    // Reading the nodes needs a right of its own, which a person who makes backups may lack: no reason to stop.
    let Some(nodes) = known(findings, Call::Nodes, &facts.now, Severity::Warning) else { return };
    let mut check = Check { findings, source: Source::Call { call: Call::Nodes, at: facts.now.at() } };
    let unhealthy: Vec<UnhealthyNode> =
        unhealthy(nodes).map(|node| UnhealthyNode { name: node.name.clone(), status: node.status.clone() }).collect();
    let missing = missing(nodes, &facts.ever_seen);
    if unhealthy.is_empty() && missing.is_empty() {
        check.add(Severity::Fine, Kind::NodesHealthy { count: nodes.len() });
    }
    // A warning only: a node may also have been taken away for good, and the server refuses before it does anything.
    if !missing.is_empty() {
        check.add(Severity::Warning, Kind::NodesMissing(missing));
    }
    if !unhealthy.is_empty() {
        check.add(Severity::Warning, Kind::NodesUnhealthy(unhealthy));
    }
    let is_write_only = |node: &&Node| node.operational_mode.as_deref() == Some("WriteOnly");
    let write_only: Vec<String> = nodes.iter().filter(is_write_only).map(|node| node.name.clone()).collect();
    if !write_only.is_empty() {
        check.add(Severity::Warning, Kind::NodesWriteOnly(write_only));
    }
    let versions = versions(nodes);
    if versions.iter().any(|(_, version)| *version != versions[0].1) {
        check.add(Severity::Warning, Kind::NodesOfSeveralVersions(versions));
    }
    if backend == FILESYSTEM && nodes.len() > 1 {
        check.add(Severity::Blocking, Kind::FilesystemOnSeveralNodes { count: nodes.len() });
    }
}

/// Name and version of those that tell one: a dead node does not.
fn versions(nodes: &[Node]) -> Vec<(String, String)> {
    nodes.iter().filter_map(|node| Some((node.name.clone(), node.version.clone()?))).collect()
}

pub(super) fn unhealthy(nodes: &[Node]) -> impl Iterator<Item = &Node> {
    nodes.iter().filter(|node| node.status != HEALTHY)
}

pub(super) fn missing(nodes: &[Node], ever_seen: &BTreeSet<String>) -> Vec<String> {
    let here: BTreeSet<&str> = put_in(nodes.iter().map(|node| node.name.as_str()));
    ever_seen.iter().filter(|name| !here.contains(name.as_str())).cloned().collect()
}

/// Whether a version is of a later minor line than the newest that was tried.
pub(super) fn is_untried(version: Version, newest: Version) -> bool {
    (version.major, version.minor) > (newest.major, newest.minor)
}
