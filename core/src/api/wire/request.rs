//! Bodies that are sent.

use std::collections::BTreeMap;

use crate::api::json::{json_members, json_words};
use crate::domain::compression::CompressionLevel;
use crate::domain::cpu_percentage::CpuPercentage;

/// Body of `POST /v1/backups/{backend}`. Source: behaviour notes 1.1. Absent and empty mean the same to the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRequest {
    pub id: String,
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    pub include_users: Vec<String>,
    pub include_roles: Vec<String>,
    /// At the top level: inside `config` the server ignores it and makes a full backup (behaviour notes 9.2).
    pub incremental_base_backup_id: Option<String>,
    pub config: CreateConfig,
}

json_members!(CreateRequest {
    id: required "id",
    include: filled "include",
    exclude: filled "exclude",
    include_users: filled "includeUsers",
    include_roles: filled "includeRoles",
    incremental_base_backup_id: optional "incremental_base_backup_id",
    config: filled "config",
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateConfig {
    pub cpu_percentage: Option<CpuPercentage>,
    pub compression_level: Option<CompressionLevel>,
    pub bucket: Option<String>,
    pub path: Option<String>,
    /// Accepted and ignored by every version that was run.
    pub endpoint: Option<String>,
    /// MB. Accepted and ignored by every version that was run.
    pub chunk_size: Option<i64>,
}

json_members!(CreateConfig {
    cpu_percentage: optional "CPUPercentage",
    compression_level: optional "CompressionLevel",
    bucket: optional "Bucket",
    path: optional "Path",
    endpoint: optional "Endpoint",
    chunk_size: optional "ChunkSize",
});

/// Body of `POST /v1/backups/{backend}/{id}/restore`. Source: behaviour notes 1.5.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestoreRequest {
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    /// Node of the backup to node of this cluster. A key that is no node of the backup crashes the handler.
    pub node_mapping: BTreeMap<String, String>,
    pub overwrite_alias: Option<bool>,
    pub config: RestoreConfig,
}

json_members!(RestoreRequest {
    include: filled "include",
    exclude: filled "exclude",
    node_mapping: filled "node_mapping",
    overwrite_alias: optional "overwriteAlias",
    config: filled "config",
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestoreConfig {
    pub cpu_percentage: Option<CpuPercentage>,
    pub roles_options: Option<AccessOption>,
    pub users_options: Option<AccessOption>,
    pub bucket: Option<String>,
    pub path: Option<String>,
    pub endpoint: Option<String>,
}

json_members!(RestoreConfig {
    cpu_percentage: optional "CPUPercentage",
    roles_options: optional "rolesOptions",
    users_options: optional "usersOptions",
    bucket: optional "Bucket",
    path: optional "Path",
    endpoint: optional "Endpoint",
});

/// Whether a restore replaces the users or roles of the server: `all` replaces *every* one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessOption {
    NoRestore,
    All,
}

json_words!(AccessOption { NoRestore = "noRestore", All = "all" });
