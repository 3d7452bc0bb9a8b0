//! Bodies that are sent.

use std::collections::BTreeMap;

use crate::api::json::{Json, Members, Shape, Value, json_words};
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

impl Json for CreateRequest {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            id: members.required("id")?,
            include: members.or_default("include")?,
            exclude: members.or_default("exclude")?,
            include_users: members.or_default("includeUsers")?,
            include_roles: members.or_default("includeRoles")?,
            incremental_base_backup_id: members.optional("incremental_base_backup_id")?,
            config: members.or_default("config")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put("id", &self.id)
            .put_filled("include", &self.include)
            .put_filled("exclude", &self.exclude)
            .put_filled("includeUsers", &self.include_users)
            .put_filled("includeRoles", &self.include_roles)
            .put_some("incremental_base_backup_id", self.incremental_base_backup_id.as_ref())
            .put_filled("config", &self.config)
            .into_value()
    }
}

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

impl Json for CreateConfig {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            cpu_percentage: members.optional("CPUPercentage")?,
            compression_level: members.optional("CompressionLevel")?,
            bucket: members.optional("Bucket")?,
            path: members.optional("Path")?,
            endpoint: members.optional("Endpoint")?,
            chunk_size: members.optional("ChunkSize")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put_some("CPUPercentage", self.cpu_percentage.as_ref())
            .put_some("CompressionLevel", self.compression_level.as_ref())
            .put_some("Bucket", self.bucket.as_ref())
            .put_some("Path", self.path.as_ref())
            .put_some("Endpoint", self.endpoint.as_ref())
            .put_some("ChunkSize", self.chunk_size.as_ref())
            .into_value()
    }
}

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

impl Json for RestoreRequest {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            include: members.or_default("include")?,
            exclude: members.or_default("exclude")?,
            node_mapping: members.or_default("node_mapping")?,
            overwrite_alias: members.optional("overwriteAlias")?,
            config: members.or_default("config")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put_filled("include", &self.include)
            .put_filled("exclude", &self.exclude)
            .put_filled("node_mapping", &self.node_mapping)
            .put_some("overwriteAlias", self.overwrite_alias.as_ref())
            .put_filled("config", &self.config)
            .into_value()
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestoreConfig {
    pub cpu_percentage: Option<CpuPercentage>,
    pub roles_options: Option<AccessOption>,
    pub users_options: Option<AccessOption>,
    pub bucket: Option<String>,
    pub path: Option<String>,
    pub endpoint: Option<String>,
}

impl Json for RestoreConfig {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            cpu_percentage: members.optional("CPUPercentage")?,
            roles_options: members.optional("rolesOptions")?,
            users_options: members.optional("usersOptions")?,
            bucket: members.optional("Bucket")?,
            path: members.optional("Path")?,
            endpoint: members.optional("Endpoint")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put_some("CPUPercentage", self.cpu_percentage.as_ref())
            .put_some("rolesOptions", self.roles_options.as_ref())
            .put_some("usersOptions", self.users_options.as_ref())
            .put_some("Bucket", self.bucket.as_ref())
            .put_some("Path", self.path.as_ref())
            .put_some("Endpoint", self.endpoint.as_ref())
            .into_value()
    }
}

/// Whether a restore replaces the users or roles of the server: `all` replaces *every* one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessOption {
    NoRestore,
    All,
}

json_words!(AccessOption { NoRestore = "noRestore", All = "all" });
