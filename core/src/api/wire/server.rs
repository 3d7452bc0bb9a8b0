//! Answers about the server and its caller.

use serde_json::Map;

use super::Others;
use crate::api::json::{Value, json_members};

/// `GET /v1/meta`
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    pub version: String,
    pub modules: Map<String, Value>,
    pub others: Others,
}

json_members!(Meta with others {
    version: required "version",
    modules: defaulted "modules",
});

/// `GET /v1/nodes`
#[derive(Clone, Debug, PartialEq)]
pub struct Nodes {
    /// `null` on a server that answers before its cluster is formed.
    pub nodes: Option<Vec<Node>>,
    pub others: Others,
}

json_members!(Nodes with others {
    nodes: nullable "nodes",
});

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub name: String,
    /// HEALTHY, UNHEALTHY, UNAVAILABLE, TIMEOUT; a dead node vanishes from the list after 5 to 9 s.
    pub status: String,
    pub version: Option<String>,
    /// `ReadWrite`, `ReadOnly`, `WriteOnly` or `ScaleOut` (behaviour notes 6.4); absent before v1.34.5.
    pub operational_mode: Option<String>,
    /// Absent with minimal output.
    pub shards: Option<Vec<Shard>>,
    pub others: Others,
}

json_members!(Node with others {
    name: required "name",
    status: defaulted "status",
    version: optional "version",
    operational_mode: optional "operationalMode",
    shards: nullable "shards",
});

#[derive(Clone, Debug, PartialEq)]
pub struct Shard {
    pub class: String,
    pub name: String,
    /// Approximate; 0 for a shard that is not loaded.
    pub object_count: u64,
    pub loaded: Option<bool>,
    pub vector_queue_length: u64,
    pub others: Others,
}

json_members!(Shard with others {
    class: required "class",
    name: defaulted "name",
    object_count: defaulted "objectCount",
    loaded: nullable "loaded",
    vector_queue_length: defaulted "vectorQueueLength",
});

/// `GET /v1/cluster/statistics`
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    pub statistics: Option<Vec<NodeStatistics>>,
    pub others: Others,
}

json_members!(Statistics with others {
    statistics: nullable "statistics",
});

#[derive(Clone, Debug, PartialEq)]
pub struct NodeStatistics {
    pub name: String,
    /// Whom this node takes for the leader; empty while there is none.
    pub leader_id: String,
    pub others: Others,
}

json_members!(NodeStatistics with others {
    name: required "name",
    leader_id: defaulted "leaderId",
});

/// `GET /v1/schema`
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub classes: Option<Vec<Class>>,
    pub others: Others,
}

json_members!(Schema with others {
    classes: nullable "classes",
});

#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub class: String,
    pub others: Others,
}

json_members!(Class with others {
    class: required "class",
});

/// `GET /v1/aliases`
#[derive(Clone, Debug, PartialEq)]
pub struct Aliases {
    pub aliases: Option<Vec<Alias>>,
    pub others: Others,
}

json_members!(Aliases with others {
    aliases: nullable "aliases",
});

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    pub alias: String,
    pub class: String,
}

json_members!(Alias {
    alias: required "alias",
    class: required "class",
});

/// `GET /v1/users/own-info`
#[derive(Clone, Debug, PartialEq)]
pub struct OwnInfo {
    pub username: String,
    pub groups: Option<Vec<String>>,
    /// `null` when role-based access is off or nothing is assigned.
    pub roles: Option<Vec<Role>>,
    pub others: Others,
}

json_members!(OwnInfo with others {
    username: required "username",
    groups: nullable "groups",
    roles: nullable "roles",
});

#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    pub name: String,
    pub others: Others,
}

json_members!(Role with others {
    name: required "name",
});

/// `GET /v1/.well-known/openid-configuration`, of a server with OIDC.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenIdConfiguration {
    pub href: String,
    pub client_id: String,
    pub scopes: Option<Vec<String>>,
    pub others: Others,
}

json_members!(OpenIdConfiguration with others {
    href: required "href",
    client_id: required "clientId",
    scopes: optional "scopes",
});
