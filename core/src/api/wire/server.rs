//! Answers about the server and its caller.

use serde_json::Map;

use super::Others;
use crate::api::json::{Json, Members, Shape, Value};

/// `GET /v1/meta`
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    pub version: String,
    pub modules: Map<String, Value>,
    pub others: Others,
}

impl Json for Meta {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            version: members.required("version")?,
            modules: members.or_default("modules")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others).put("version", &self.version).put("modules", &self.modules).into_value()
    }
}

/// `GET /v1/nodes`
#[derive(Clone, Debug, PartialEq)]
pub struct Nodes {
    /// `null` on a server that answers before its cluster is formed.
    pub nodes: Option<Vec<Node>>,
    pub others: Others,
}

impl Json for Nodes {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self { nodes: members.optional("nodes")?, others: members.others() })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others).put("nodes", &self.nodes).into_value()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub name: String,
    /// HEALTHY, UNHEALTHY, UNAVAILABLE, TIMEOUT; a dead node vanishes from the list after 5 to 9 s.
    pub status: String,
    pub version: Option<String>,
    /// Absent with minimal output.
    pub shards: Option<Vec<Shard>>,
    pub others: Others,
}

impl Json for Node {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            name: members.required("name")?,
            status: members.or_default("status")?,
            version: members.optional("version")?,
            shards: members.optional("shards")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others)
            .put("name", &self.name)
            .put("status", &self.status)
            .put_some("version", self.version.as_ref())
            .put("shards", &self.shards)
            .into_value()
    }
}

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

impl Json for Shard {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            class: members.required("class")?,
            name: members.or_default("name")?,
            object_count: members.or_default("objectCount")?,
            loaded: members.optional("loaded")?,
            vector_queue_length: members.or_default("vectorQueueLength")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others)
            .put("class", &self.class)
            .put("name", &self.name)
            .put("objectCount", &self.object_count)
            .put("loaded", &self.loaded)
            .put("vectorQueueLength", &self.vector_queue_length)
            .into_value()
    }
}

/// `GET /v1/schema`
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub classes: Option<Vec<Class>>,
    pub others: Others,
}

impl Json for Schema {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self { classes: members.optional("classes")?, others: members.others() })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others).put("classes", &self.classes).into_value()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub class: String,
    pub others: Others,
}

impl Json for Class {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self { class: members.required("class")?, others: members.others() })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others).put("class", &self.class).into_value()
    }
}

/// `GET /v1/aliases`
#[derive(Clone, Debug, PartialEq)]
pub struct Aliases {
    pub aliases: Option<Vec<Alias>>,
    pub others: Others,
}

impl Json for Aliases {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self { aliases: members.optional("aliases")?, others: members.others() })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others).put("aliases", &self.aliases).into_value()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    pub alias: String,
    pub class: String,
}

impl Json for Alias {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self { alias: members.required("alias")?, class: members.required("class")? })
    }

    fn to_json(&self) -> Value {
        Members::default().put("alias", &self.alias).put("class", &self.class).into_value()
    }
}

/// `GET /v1/users/own-info`
#[derive(Clone, Debug, PartialEq)]
pub struct OwnInfo {
    pub username: String,
    pub groups: Option<Vec<String>>,
    /// `null` when role-based access is off or nothing is assigned.
    pub roles: Option<Vec<Role>>,
    pub others: Others,
}

impl Json for OwnInfo {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            username: members.required("username")?,
            groups: members.optional("groups")?,
            roles: members.optional("roles")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others)
            .put("username", &self.username)
            .put("groups", &self.groups)
            .put("roles", &self.roles)
            .into_value()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    pub name: String,
    pub others: Others,
}

impl Json for Role {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self { name: members.required("name")?, others: members.others() })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others).put("name", &self.name).into_value()
    }
}

/// `GET /v1/.well-known/openid-configuration`, of a server with OIDC.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenIdConfiguration {
    pub href: String,
    pub client_id: String,
    pub scopes: Option<Vec<String>>,
    pub others: Others,
}

impl Json for OpenIdConfiguration {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            href: members.required("href")?,
            client_id: members.required("clientId")?,
            scopes: members.optional("scopes")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others)
            .put("href", &self.href)
            .put("clientId", &self.client_id)
            .put_some("scopes", self.scopes.as_ref())
            .into_value()
    }
}
