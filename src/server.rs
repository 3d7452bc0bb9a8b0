//! What is known of a connected server, for every screen.

use serde_json::Value;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::wire::{Meta, Node, Nodes, Others, OwnInfo, Statistics};
use weaviate_backups::domain::backend::{Backend, MODULE_PREFIX, place};
use weaviate_backups::domain::order::sort_by;
use weaviate_backups::domain::version::Version;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::nodes as checks;
use weaviate_backups::preflight::rights::Rights;
use weaviate_backups::preflight::sight::sees_all;

use crate::loadable::Loadable;

/// Facts about one connection's server, asked when a place of it is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Server {
    pub meta: Loadable<MetaFacts>,
    pub nodes: Loadable<Vec<NodeFacts>>,
    /// The leader of the cluster; `None` while there is none. It is not told to everybody.
    pub leader: Loadable<Option<String>>,
    pub user: Loadable<User>,
    /// Every node name seen on this connection: a dead node vanishes from the server's own list after 5 to 9 s
    /// (behaviour notes 5.3).
    pub seen_nodes: Vec<String>,
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
    /// The server is too old to tell, or refuses to.
    NotTold,
    /// `roles` is empty when role-based access is off or nothing is assigned.
    Named { name: String, roles: Vec<String>, rights: Rights },
}

/// How much of the list the caller can be sure to see (behaviour notes 3: entries without permission are left out
/// silently).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Without role-based access, or with a role named root, admin or viewer, which cover every collection.
    Whole,
    MayBePartial,
}

impl User {
    /// `sees_some`: the caller was shown something that may be hidden. A user without any role sees nothing where roles
    /// count, so whoever has none and sees something is on a server without them.
    pub fn sight(&self, sees_some: bool) -> Sight {
        match self {
            Self::Anonymous => Sight::Whole,
            Self::Named { roles, .. } if roles.is_empty() && sees_some => Sight::Whole,
            Self::Named { roles, .. } if roles.iter().any(|role| sees_all(role)) => Sight::Whole,
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
    let nodes = nodes.nodes.unwrap_or_default();
    nodes.into_iter().map(|node| NodeFacts { name: node.name, status: node.status, version: node.version }).collect()
}

impl From<OwnInfo> for User {
    fn from(info: OwnInfo) -> Self {
        let rights = Rights::of(&info);
        let roles = info.roles.unwrap_or_default().into_iter().map(|role| role.name).collect();
        Self::Named { name: info.username, roles, rights }
    }
}

/// Whom a node of the cluster takes for its leader.
pub fn leader(statistics: Statistics) -> Option<String> {
    let nodes = statistics.statistics.unwrap_or_default();
    nodes.into_iter().map(|node| node.leader_id).find(|leader| !leader.is_empty())
}

/// The user of a failed own-info call: an empty 401 without a key is an anonymous caller, an old server has no such
/// call (behaviour notes 5.6).
pub fn user_of_failure(kind: ErrorKind, key_was_sent: bool) -> User {
    match kind {
        ErrorKind::NotSignedIn if !key_was_sent => User::Anonymous,
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
            Some((User::Anonymous | User::NotTold, _)) => Fact::NotOffered,
            None => Fact::NotAsked,
        }
    }

    /// The leader of the cluster, where there is one. Of one node alone it says nothing.
    pub fn leader_of_several(&self) -> Option<&str> {
        let is_cluster = self.nodes.get().is_some_and(|nodes| nodes.len() > 1);
        self.leader.get()?.as_deref().filter(|_| is_cluster)
    }

    /// The enabled backends, as far as they are known.
    pub fn backends(&self) -> &[Backend] {
        self.meta.get().map(|meta| meta.backends.as_slice()).unwrap_or_default()
    }

    /// Remembers the names of nodes; sorted, without duplicates.
    pub fn remember_nodes(&mut self) {
        if let Some((nodes, _)) = &self.nodes.value {
            self.seen_nodes.extend(nodes.iter().map(|node| node.name.clone()));
            self.seen_nodes.sort();
            self.seen_nodes.dedup();
        }
    }

    /// The names of an earlier page of this browser, or of another window.
    pub fn recall_nodes(&mut self, kept: Vec<String>) {
        self.seen_nodes.extend(kept);
        self.seen_nodes.sort();
        self.seen_nodes.dedup();
    }

    /// Nodes that were taken away for good are missed no more.
    pub fn forget_nodes(&mut self, names: &[String]) {
        self.seen_nodes.retain(|seen| !names.contains(seen));
    }

    /// The names to keep, when the newest list has one that is not kept yet. What another window has forgotten is not
    /// kept anew.
    pub fn nodes_to_keep(&self, kept: &[String]) -> Option<Vec<String>> {
        let new = self.nodes.get()?.iter().map(|node| &node.name).filter(|name| !kept.contains(name));
        let all: Vec<String> = kept.iter().chain(new).cloned().collect();
        (all.len() > kept.len()).then_some(all)
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
                    shards: None,
                    others: Others::new(),
                };
                Fact::Known { at: WallMillis(*at), value: nodes.iter().map(node).collect() }
            }
            (None, None) => Fact::NotAsked,
        };
        let leader = match &self.leader.value {
            Some((leader, at)) if self.leader.error.is_none() => {
                Fact::Known { at: WallMillis(*at), value: leader.clone() }
            }
            _ => Fact::NotAsked,
        };
        checks::NodeFacts { now, ever_seen: self.seen_nodes.iter().cloned().collect(), leader }
    }

    /// Names seen earlier and not in the newest list.
    pub fn missing_nodes(&self) -> Vec<&str> {
        let Some(nodes) = self.nodes.get() else { return Vec::new() };
        let is_there = |name: &&String| nodes.iter().any(|node| node.name == **name);
        self.seen_nodes.iter().filter(|name| !is_there(name)).map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use weaviate_backups::api::json;

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

    fn statistics(leaders: &[&str]) -> Option<String> {
        let nodes: Vec<String> =
            leaders.iter().map(|leader| format!(r#"{{"name":"n","leaderId":"{leader}"}}"#)).collect();
        leader(json::read(&format!(r#"{{"statistics":[{}]}}"#, nodes.join(","))).unwrap())
    }

    #[test]
    fn the_leader_is_whom_the_first_node_that_knows_one_takes_for_it() {
        assert_eq!(statistics(&["", "node2"]).as_deref(), Some("node2"));
        assert_eq!(statistics(&["", ""]), None);
        assert_eq!(statistics(&[]), None);
    }

    #[test]
    fn of_one_node_it_is_not_said_that_it_leads() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None };
        let mut server = Server::default();
        server.leader.arrived(Ok(Some("node1".into())), 0);
        server.nodes.arrived(Ok(vec![node("node1")]), 0);
        assert_eq!(server.leader_of_several(), None);
        server.nodes.arrived(Ok(vec![node("node1"), node("node2")]), 1);
        assert_eq!(server.leader_of_several(), Some("node1"));
        server.leader.arrived(Ok(None), 2);
        assert_eq!(server.leader_of_several(), None);
    }

    #[test]
    fn a_node_that_vanished_is_named() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None };
        let mut server = Server::default();
        server.nodes.arrived(Ok(vec![node("node1"), node("node2")]), 0);
        server.remember_nodes();
        server.nodes.arrived(Ok(vec![node("node1")]), 1);
        server.remember_nodes();
        assert_eq!(server.missing_nodes(), ["node2"]);
    }

    #[test]
    fn a_node_of_an_earlier_page_is_missed_until_it_is_forgotten() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None };
        let mut server = Server::default();
        server.recall_nodes(vec!["node2".into(), "node1".into()]);
        assert_eq!(server.missing_nodes(), Vec::<&str>::new(), "nothing is missed before the nodes are read");
        server.nodes.arrived(Ok(vec![node("node1"), node("node3")]), 0);
        server.remember_nodes();
        assert_eq!(server.missing_nodes(), ["node2"]);
        server.forget_nodes(&["node2".into()]);
        assert_eq!(server.missing_nodes(), Vec::<&str>::new());
    }

    #[test]
    fn only_names_that_are_there_now_are_kept_beside_those_that_are() {
        let node = |name: &str| NodeFacts { name: name.into(), status: "HEALTHY".into(), version: None };
        let mut server = Server::default();
        let kept = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(server.nodes_to_keep(&[]), None);
        server.recall_nodes(kept(&["node9"]));
        server.nodes.arrived(Ok(vec![node("node1"), node("node2")]), 0);
        // Another window has forgotten node9 meanwhile.
        assert_eq!(server.nodes_to_keep(&kept(&["node1"])), Some(kept(&["node1", "node2"])));
        assert_eq!(server.nodes_to_keep(&kept(&["node2", "node1", "node5"])), None);
    }

    #[test]
    fn only_roles_that_cover_everything_promise_a_whole_list() {
        let named = |roles: &[&str]| User::Named {
            name: "bob".into(),
            roles: roles.iter().map(ToString::to_string).collect(),
            rights: Rights::default(),
        };
        assert_eq!(User::Anonymous.sight(false), Sight::Whole);
        assert_eq!(named(&["editor", "admin"]).sight(false), Sight::Whole);
        assert_eq!(named(&["backup-operator"]).sight(true), Sight::MayBePartial);
    }

    #[test]
    fn a_user_without_roles_who_sees_something_sees_all() {
        let bob = User::Named { name: "bob".into(), roles: Vec::new(), rights: Rights::default() };
        assert_eq!((bob.sight(true), bob.sight(false)), (Sight::Whole, Sight::MayBePartial));
    }
}
