//! What is known of a connected server, for every screen.

use serde_json::Value;
use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::api::wire::{Meta, Node, Nodes, Others, OwnInfo, Statistics};
use weaviate_backups::domain::backend::{Backend, MODULE_PREFIX, place};
use weaviate_backups::domain::order::sort_by;
use weaviate_backups::domain::version::Version;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::nodes as checks;
use weaviate_backups::preflight::rights::Rights;
use weaviate_backups::preflight::sight::a_role_sees_all;

mod known_nodes;

pub use self::known_nodes::KnownNodes;
use crate::loadable::Loadable;

/// Facts about one connection's server, asked when a place of it is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Server {
    pub meta: Loadable<MetaFacts>,
    pub nodes: Loadable<Vec<NodeFacts>>,
    /// It is not told to everybody.
    pub cluster: Loadable<ClusterFacts>,
    pub user: Loadable<User>,
    pub known_nodes: KnownNodes,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaFacts {
    /// As the server writes it.
    pub version_text: String,
    pub version: Option<Version>,
    /// Enabled backends, sorted by name.
    pub backends: Vec<Backend>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeFacts {
    pub name: String,
    pub status: String,
    pub version: Option<String>,
    pub mode: Option<String>,
}

impl NodeFacts {
    pub fn is_healthy(&self) -> bool {
        self.status == "HEALTHY"
    }
}

/// Who the server takes the caller for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum User {
    /// No key was sent and none was needed.
    Anonymous,
    /// The server has no call that tells, as it is from before there were roles.
    BeforeRoles,
    /// The server does not tell.
    NotTold,
    /// `roles` is empty when role-based access is off or nothing is assigned. `sees_all`: one of them sees everything.
    Named { name: String, roles: Vec<String>, rights: Rights, sees_all: bool },
}

/// How much of the list the caller can be sure to see (behaviour notes 3: entries without permission are left out
/// silently).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Without role-based access, or with a role that covers every collection.
    Whole,
    MayBePartial,
}

impl User {
    /// `sees_some`: the caller was shown something that may be hidden. A user without any role sees nothing where roles
    /// count, so whoever has none and sees something is on a server without them.
    pub fn sight(&self, sees_some: bool) -> Sight {
        match self {
            Self::Named { roles, .. } if roles.is_empty() && sees_some => Sight::Whole,
            Self::Anonymous | Self::BeforeRoles | Self::Named { sees_all: true, .. } => Sight::Whole,
            Self::Named { .. } | Self::NotTold => Sight::MayBePartial,
        }
    }
}

impl From<Meta> for MetaFacts {
    fn from(meta: Meta) -> Self {
        let mut backends: Vec<Backend> = meta
            .modules
            .iter()
            .filter_map(|(module, description)| {
                let name = module.strip_prefix(MODULE_PREFIX)?;
                let text = |key: &str| description.get(key).and_then(Value::as_str);
                Some(Backend {
                    name: name.to_owned(),
                    place: place(name, text),
                    error: text("error").map(str::to_owned),
                })
            })
            .collect();
        sort_by(&mut backends, |a, b| a.name.cmp(&b.name));
        Self { version: Version::parse(&meta.version), version_text: meta.version, backends }
    }
}

pub fn node_facts(nodes: Nodes) -> Vec<NodeFacts> {
    let of = |node: Node| NodeFacts {
        name: node.name,
        status: node.status,
        version: node.version,
        mode: node.operational_mode,
    };
    nodes.nodes.unwrap_or_default().into_iter().map(of).collect()
}

impl From<OwnInfo> for User {
    fn from(info: OwnInfo) -> Self {
        let (rights, sees_all) = (Rights::of(&info), a_role_sees_all(&info));
        let roles = info.roles.unwrap_or_default().into_iter().map(|role| role.name).collect();
        Self::Named { name: info.username, roles, rights, sees_all }
    }
}

/// What the nodes say of their cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterFacts {
    /// Whom the first node that knows one takes for the leader; `None` while there is none.
    pub leader: Option<String>,
    /// The names of all members by the nodes' own count, also of those that are down and no longer listed.
    pub members: Vec<String>,
}

impl From<Statistics> for ClusterFacts {
    fn from(statistics: Statistics) -> Self {
        let nodes = statistics.statistics.unwrap_or_default();
        let members = nodes.iter().flat_map(|node| {
            let counted = node.others.get("raft").and_then(|raft| raft["latestConfiguration"].as_array());
            counted.into_iter().flatten().filter_map(|member| member["id"].as_str().map(str::to_owned))
        });
        let members = members.collect();
        Self { leader: nodes.into_iter().map(|node| node.leader_id).find(|leader| !leader.is_empty()), members }
    }
}

/// The user of a failed own-info call: an empty 401 without a key is an anonymous caller, an old server has no such
/// call (behaviour notes 5.6).
pub fn user_of_failure(kind: ErrorKind, key_was_sent: bool) -> User {
    match kind {
        ErrorKind::NotSignedIn if !key_was_sent => User::Anonymous,
        ErrorKind::NotFound => User::BeforeRoles,
        _ => User::NotTold,
    }
}

impl Server {
    pub fn version(&self) -> Option<Version> {
        self.meta.get().and_then(|meta| meta.version)
    }

    /// What the user may start and stop, as far as the server tells.
    pub fn rights(&self) -> Fact<Rights> {
        match &self.user.value {
            Some((User::Named { rights, .. }, at)) => Fact::Known { at: WallMillis(*at), value: rights.clone() },
            Some((User::Anonymous | User::BeforeRoles | User::NotTold, _)) => Fact::NotOffered,
            None => Fact::NotAsked,
        }
    }

    /// The leader of the cluster, where there is one. Of one node alone it says nothing.
    pub fn leader_of_several(&self) -> Option<&str> {
        let is_cluster = self.nodes.get().is_some_and(|nodes| nodes.len() > 1);
        self.cluster.get()?.leader.as_deref().filter(|_| is_cluster)
    }

    /// The enabled backends, as far as they are known.
    pub fn backends(&self) -> &[Backend] {
        self.meta.get().map(|meta| meta.backends.as_slice()).unwrap_or_default()
    }

    /// Takes in the answer about the nodes. One that failed says nothing of which there are.
    pub fn nodes_arrived(&mut self, nodes: Result<Vec<NodeFacts>, ApiError>, now: i64) {
        if let Ok(nodes) = &nodes {
            self.known_nodes.list(nodes.iter().map(|node| node.name.as_str()));
        }
        self.nodes.arrived(nodes, now);
    }

    /// Takes in the answer about the cluster.
    pub fn cluster_arrived(&mut self, cluster: Result<ClusterFacts, ApiError>, now: i64) {
        if let Ok(cluster) = &cluster {
            self.known_nodes.count(&cluster.members);
        }
        self.cluster.arrived(cluster, now);
    }

    /// The names to keep beside those that are, when the newest answer lists one that is not kept yet. One that failed lists
    /// none: of the answer before, a node may have been forgotten since.
    pub fn nodes_to_keep(&self, kept: &KnownNodes) -> Option<KnownNodes> {
        let listed = self.nodes.get().filter(|_| self.nodes.error.is_none())?;
        kept.with_listed(listed.iter().map(|node| node.name.as_str()))
    }

    /// The nodes as the checks of core want them. When the newest question failed, what was known before counts as
    /// nothing.
    pub fn nodes_to_check(&self) -> checks::NodeFacts {
        let now = match (&self.nodes.value, &self.nodes.error) {
            (_, Some(error)) => Fact::Failed { at: WallMillis::default(), kind: error.kind, words: error.words() },
            (Some((nodes, at)), None) => {
                let node = |node: &NodeFacts| Node {
                    name: node.name.clone(),
                    status: node.status.clone(),
                    version: node.version.clone(),
                    operational_mode: node.mode.clone(),
                    shards: None,
                    others: Others::new(),
                };
                Fact::Known { at: WallMillis(*at), value: nodes.iter().map(node).collect() }
            }
            (None, None) => Fact::NotAsked,
        };
        let leader = match &self.cluster.value {
            Some((cluster, at)) if self.cluster.error.is_none() => {
                Fact::Known { at: WallMillis(*at), value: cluster.leader.clone() }
            }
            _ => Fact::NotAsked,
        };
        let KnownNodes { seen, forgotten } = &self.known_nodes;
        checks::NodeFacts { now, ever_seen: seen.iter().cloned().collect(), forgotten: forgotten.clone(), leader }
    }

    /// Names that are known and not in the newest list.
    pub fn missing_nodes(&self) -> Vec<&str> {
        let Some(nodes) = self.nodes.get() else { return Vec::new() };
        let is_there = |name: &&String| nodes.iter().any(|node| node.name == **name);
        self.known_nodes.seen.iter().filter(|name| !is_there(name)).map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use weaviate_backups::api::call::Call;
    use weaviate_backups::api::json;
    use weaviate_backups::domain::operation::ConnectionId;
    use weaviate_backups::preflight::nodes::Forgotten;

    use super::*;

    #[test]
    fn backends_come_from_the_modules_of_meta() {
        let meta: Meta = json::read(
            r#"{"version":"1.39.0","modules":{"backup-s3":{"bucketName":"b","rootName":"prod"},"text2vec-openai":{},"backup-filesystem":{"backupsPath":"/b"}}}"#,
        )
        .unwrap();
        let facts = MetaFacts::from(meta);
        let names: Vec<_> =
            facts.backends.iter().map(|backend| (backend.name.as_str(), backend.place.as_deref())).collect();
        assert_eq!(names, [("filesystem", Some("/b")), ("s3", Some("s3://b/prod"))]);
        assert_eq!(facts.version, Some(Version::new(1, 39, 0)));
    }

    fn leader(leaders: &[&str]) -> Option<String> {
        let nodes: Vec<String> =
            leaders.iter().map(|leader| format!(r#"{{"name":"n","leaderId":"{leader}"}}"#)).collect();
        let statistics: Statistics = json::read(&format!(r#"{{"statistics":[{}]}}"#, nodes.join(","))).unwrap();
        ClusterFacts::from(statistics).leader
    }

    #[test]
    fn the_leader_is_whom_the_first_node_that_knows_one_takes_for_it() {
        assert_eq!(leader(&["", "node2"]).as_deref(), Some("node2"));
        assert_eq!(leader(&["", ""]), None);
        assert_eq!(leader(&[]), None);
    }

    #[test]
    fn a_node_that_was_down_before_the_page_was_opened_is_missed_by_the_clusters_own_count() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None, mode: None };
        // As in the recording cluster-coordinator-killed.
        let statistics: Statistics = json::read(
            r#"{"statistics":[{"name":"node1","leaderId":"node1","raft":{"latestConfiguration":[
                {"address":"10.0.0.1:8300","id":"node1","suffrage":0},{"address":"10.0.0.3:8300","id":"node3","suffrage":0}
            ]}}]}"#,
        )
        .unwrap();
        let mut server = Server::default();
        let cluster = ClusterFacts::from(statistics);
        server.nodes_arrived(Ok(vec![node("node1")]), 0);
        server.cluster_arrived(Ok(cluster.clone()), 0);
        assert_eq!(server.missing_nodes(), ["node3"]);
        server.known_nodes.forget(&["node3".into()], WallMillis(1));
        server.cluster_arrived(Ok(cluster), 1);
        assert_eq!(server.missing_nodes(), Vec::<&str>::new());
    }

    #[test]
    fn of_one_node_it_is_not_said_that_it_leads() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None, mode: None };
        let mut server = Server::default();
        let cluster = |leader: Option<&str>| ClusterFacts { leader: leader.map(str::to_owned), members: Vec::new() };
        server.cluster.arrived(Ok(cluster(Some("node1"))), 0);
        server.nodes.arrived(Ok(vec![node("node1")]), 0);
        assert_eq!(server.leader_of_several(), None);
        server.nodes.arrived(Ok(vec![node("node1"), node("node2")]), 1);
        assert_eq!(server.leader_of_several(), Some("node1"));
        server.cluster.arrived(Ok(cluster(None)), 2);
        assert_eq!(server.leader_of_several(), None);
    }

    #[test]
    fn a_node_that_vanished_is_named() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None, mode: None };
        let mut server = Server::default();
        server.nodes_arrived(Ok(vec![node("node1"), node("node2")]), 0);
        server.nodes_arrived(Ok(vec![node("node1")]), 1);
        assert_eq!(server.missing_nodes(), ["node2"]);
    }

    #[test]
    fn a_node_of_an_earlier_page_is_missed_until_it_is_forgotten() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None, mode: None };
        let mut server = Server::default();
        server.known_nodes.recall(KnownNodes { seen: vec!["node1".into(), "node2".into()], forgotten: Vec::new() });
        assert_eq!(server.missing_nodes(), Vec::<&str>::new(), "nothing is missed before the nodes are read");
        server.nodes_arrived(Ok(vec![node("node1"), node("node3")]), 0);
        assert_eq!(server.missing_nodes(), ["node2"]);
        server.known_nodes.forget(&["node2".into()], WallMillis(1));
        assert_eq!(server.missing_nodes(), Vec::<&str>::new());
    }

    #[test]
    fn an_old_answer_brings_back_no_node_that_another_window_has_forgotten() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None, mode: None };
        let mut server = Server::default();
        server.nodes_arrived(Ok(vec![node("node1"), node("node2")]), 0);
        server.known_nodes.recall(KnownNodes {
            seen: vec!["node1".into()],
            forgotten: vec![Forgotten { name: "node2".into(), at: WallMillis(1) }],
        });
        server.cluster_arrived(Ok(ClusterFacts { leader: None, members: vec!["node1".into(), "node2".into()] }), 1);
        assert_eq!(server.known_nodes.seen, ["node1"]);
    }

    #[test]
    fn an_answer_that_failed_brings_back_no_node_that_another_window_has_forgotten() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None, mode: None };
        let mut server = Server::default();
        server.nodes_arrived(Ok(vec![node("node1"), node("node2")]), 0);
        let seen = KnownNodes { seen: vec!["node1".into()], forgotten: Vec::new() };
        assert_eq!(server.nodes_to_keep(&seen).map(|kept| kept.seen), Some(vec!["node1".into(), "node2".into()]));
        let mut forgotten = seen;
        forgotten.forget(&["node2".into()], WallMillis(1));
        let unreachable = ApiError {
            connection: ConnectionId("local".into()),
            call: Call::Nodes,
            kind: ErrorKind::Unreachable,
            messages: Vec::new(),
            http_status: None,
            excerpt: None,
        };
        server.nodes_arrived(Err(unreachable), 2);
        assert_eq!(server.nodes_to_keep(&forgotten), None);
    }

    #[test]
    fn only_roles_that_cover_everything_promise_a_whole_list() {
        let named = |sees_all| User::Named {
            name: "bob".into(),
            roles: vec!["backup-operator".into()],
            rights: Rights::default(),
            sees_all,
        };
        assert_eq!(User::Anonymous.sight(false), Sight::Whole);
        assert_eq!(user_of_failure(ErrorKind::NotFound, true).sight(false), Sight::Whole);
        assert_eq!(named(true).sight(false), Sight::Whole);
        assert_eq!(named(false).sight(true), Sight::MayBePartial);
    }

    #[test]
    fn a_user_without_roles_who_sees_something_sees_all() {
        let bob = User::Named { name: "bob".into(), roles: Vec::new(), rights: Rights::default(), sees_all: false };
        assert_eq!((bob.sight(true), bob.sight(false)), (Sight::Whole, Sight::MayBePartial));
    }
}
