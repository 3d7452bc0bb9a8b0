//! Bodies as they go over the wire. Every type keeps the members it does not know, so that what is decoded and encoded
//! again loses no key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::compression::CompressionLevel;
use crate::domain::cpu_percentage::CpuPercentage;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;

/// Members this console does not know.
pub type Others = Map<String, Value>;

/// Body of `POST /v1/backups/{backend}`. Source: behaviour notes 1.1. Absent and empty mean the same to the server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateRequest {
    pub id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    #[serde(default, rename = "includeUsers", skip_serializing_if = "Vec::is_empty")]
    pub include_users: Vec<String>,
    #[serde(default, rename = "includeRoles", skip_serializing_if = "Vec::is_empty")]
    pub include_roles: Vec<String>,
    /// At the top level: inside `config` the server ignores it and makes a full backup (behaviour notes 9.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incremental_base_backup_id: Option<String>,
    #[serde(default, skip_serializing_if = "CreateConfig::is_empty")]
    pub config: CreateConfig,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateConfig {
    #[serde(default, rename = "CPUPercentage", skip_serializing_if = "Option::is_none")]
    pub cpu_percentage: Option<CpuPercentage>,
    #[serde(default, rename = "CompressionLevel", skip_serializing_if = "Option::is_none")]
    pub compression_level: Option<CompressionLevel>,
    #[serde(default, rename = "Bucket", skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    #[serde(default, rename = "Path", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Accepted and ignored by every version that was run.
    #[serde(default, rename = "Endpoint", skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// MB. Accepted and ignored by every version that was run.
    #[serde(default, rename = "ChunkSize", skip_serializing_if = "Option::is_none")]
    pub chunk_size: Option<i64>,
}

impl CreateConfig {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Body of `POST /v1/backups/{backend}/{id}/restore`. Source: behaviour notes 1.5.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RestoreRequest {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Node of the backup to node of this cluster. A key that is no node of the backup crashes the handler.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_mapping: BTreeMap<String, String>,
    #[serde(default, rename = "overwriteAlias", skip_serializing_if = "Option::is_none")]
    pub overwrite_alias: Option<bool>,
    #[serde(default, skip_serializing_if = "RestoreConfig::is_empty")]
    pub config: RestoreConfig,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RestoreConfig {
    #[serde(default, rename = "CPUPercentage", skip_serializing_if = "Option::is_none")]
    pub cpu_percentage: Option<CpuPercentage>,
    #[serde(default, rename = "rolesOptions", skip_serializing_if = "Option::is_none")]
    pub roles_options: Option<AccessOption>,
    #[serde(default, rename = "usersOptions", skip_serializing_if = "Option::is_none")]
    pub users_options: Option<AccessOption>,
    #[serde(default, rename = "Bucket", skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    #[serde(default, rename = "Path", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(default, rename = "Endpoint", skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
}

impl RestoreConfig {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a restore replaces the users or roles of the server: `all` replaces *every* one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessOption {
    #[serde(rename = "noRestore")]
    NoRestore,
    #[serde(rename = "all")]
    All,
}

/// Answer to an accepted create or restore. `status` is the constant STARTED.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accepted {
    pub backend: String,
    pub id: String,
    /// In random order. What is really taken: a caller without rights on some collections gets fewer than asked.
    #[serde(default)]
    pub classes: Vec<String>,
    #[serde(default)]
    pub path: String,
    pub status: Status,
    #[serde(flatten)]
    pub others: Others,
}

/// Answer to a status call about a create or a restore.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OperationStatus {
    pub backend: String,
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    pub status: Status,
    /// A FAILED one may have none; a CANCELED one often has internal text that is no error to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Creates only, and not of servers before v1.31.15.
    #[serde(default, rename = "startedAt", skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    #[serde(default, rename = "completedAt", skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// GiB before compression over all nodes and replicas; absent when zero.
    #[serde(default, rename = "size", skip_serializing_if = "Option::is_none")]
    pub size_gib: Option<f64>,
    /// Told to root users only, so absent does not mean "full".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incremental_base_backup_id: Option<String>,
    #[serde(flatten)]
    pub others: Others,
}

/// One entry of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedBackup {
    /// Empty, like the status, when the stored descriptor is `{}` (seen in `broken-descriptor`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(default)]
    pub status: Status,
    /// In random order.
    #[serde(default)]
    pub classes: Vec<String>,
    #[serde(default, rename = "startedAt", skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    #[serde(default, rename = "completedAt", skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    #[serde(default, rename = "size", skip_serializing_if = "Option::is_none")]
    pub size_gib: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incremental_base_backup_id: Option<String>,
    #[serde(flatten)]
    pub others: Others,
}

/// `GET /v1/meta`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    pub version: String,
    #[serde(default)]
    pub modules: Map<String, Value>,
    #[serde(flatten)]
    pub others: Others,
}

/// `GET /v1/nodes`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nodes {
    /// `null` on a server that answers before its cluster is formed.
    pub nodes: Option<Vec<Node>>,
    #[serde(flatten)]
    pub others: Others,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    pub name: String,
    /// HEALTHY, UNHEALTHY, UNAVAILABLE, TIMEOUT; a dead node vanishes from the list after 5 to 9 s.
    #[serde(default)]
    pub status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Absent with minimal output.
    #[serde(default)]
    pub shards: Option<Vec<Shard>>,
    #[serde(flatten)]
    pub others: Others,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shard {
    pub class: String,
    #[serde(default)]
    pub name: String,
    /// Approximate; 0 for a shard that is not loaded.
    #[serde(default, rename = "objectCount")]
    pub object_count: u64,
    #[serde(default)]
    pub loaded: Option<bool>,
    #[serde(default, rename = "vectorQueueLength")]
    pub vector_queue_length: u64,
    #[serde(flatten)]
    pub others: Others,
}

/// `GET /v1/schema`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    pub classes: Option<Vec<Class>>,
    #[serde(flatten)]
    pub others: Others,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Class {
    pub class: String,
    #[serde(flatten)]
    pub others: Others,
}

/// `GET /v1/aliases`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aliases {
    pub aliases: Option<Vec<Alias>>,
    #[serde(flatten)]
    pub others: Others,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    pub alias: String,
    pub class: String,
}

/// `GET /v1/users/own-info`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnInfo {
    pub username: String,
    #[serde(default)]
    pub groups: Option<Vec<String>>,
    /// `null` when role-based access is off or nothing is assigned.
    #[serde(default)]
    pub roles: Option<Vec<Role>>,
    #[serde(flatten)]
    pub others: Others,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    pub name: String,
    #[serde(flatten)]
    pub others: Others,
}

/// `GET /v1/.well-known/openid-configuration`, of a server with OIDC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenIdConfiguration {
    pub href: String,
    #[serde(rename = "clientId")]
    pub client_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    #[serde(flatten)]
    pub others: Others,
}
