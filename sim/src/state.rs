//! What the server and its storage hold. Every member is public: tests and scenarios stage what they need.
//!
//! Collections, aliases, backups and users read from JSON in the shape of `given` (README of the recordings).

mod backup;
mod storage;

pub use self::backup::{Access, Backup, Contents, Descriptor, StoredRestore};
pub use self::storage::{Backend, S3};
pub(crate) use self::storage::{Place, Unreachable};
use crate::Profile;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct State {
    pub version: String,
    /// The names of the nodes, one or several.
    pub nodes: Vec<String>,
    /// The root directory of the filesystem backend; `None`: its module is not enabled.
    pub backups_path: Option<String>,
    /// The backups path has been moved away: listing it fails, no backup is found.
    pub backups_path_missing: bool,
    /// The S3 backend; `None`: its module is not enabled.
    pub s3: Option<S3>,
    /// `CORS_ALLOW_ORIGIN`: `*`, one origin, or a comma list (which browsers refuse, behaviour notes 6.3).
    pub cors_allow_origin: String,
    /// `CORS_ALLOW_METHODS`.
    pub cors_allow_methods: String,
    /// `API_BASED_MODULES_DISABLED`; else they are on, as a collection may need one.
    pub api_based_modules_disabled: bool,
    /// `ReadWrite`, or `ReadOnly`, `WriteOnly`, `ScaleOut` (behaviour notes 6.4).
    pub operational_mode: String,
    /// `ENABLE_CLEANUP_UNFINISHED_BACKUPS`: at the next start unfinished creates become CANCELED.
    pub cleanup_unfinished_backups: bool,
    pub auth: Auth,
    pub collections: Vec<Collection>,
    pub aliases: Vec<Alias>,
    /// Everything in the storage, oldest first.
    pub backups: Vec<Backup>,
    /// How fast the node works when nothing else is planned for an operation.
    pub objects_per_second: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            version: "1.39.0".to_owned(),
            nodes: vec!["node1".to_owned()],
            backups_path: Some("/var/lib/weaviate/backups".to_owned()),
            backups_path_missing: false,
            s3: None,
            cors_allow_origin: "*".to_owned(),
            cors_allow_methods: "*".to_owned(),
            api_based_modules_disabled: false,
            operational_mode: "ReadWrite".to_owned(),
            cleanup_unfinished_backups: false,
            auth: Auth::default(),
            collections: Vec::new(),
            aliases: Vec::new(),
            backups: Vec::new(),
            objects_per_second: 1_000_000,
        }
    }
}

impl State {
    /// What this version lacks or answers differently.
    pub(crate) fn profile(&self) -> &'static Profile {
        Profile::of(&self.version)
    }

    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.name == name)
    }

    /// As `DELETE /v1/schema/{name}`: its aliases stay (behaviour notes 5.4).
    pub fn delete_collection(&mut self, name: &str) {
        self.collections.retain(|collection| collection.name != name);
    }

    /// Creates the alias, or points an existing one elsewhere.
    pub fn point_alias(&mut self, alias: &str, class: &str) {
        self.aliases.retain(|known| known.alias != alias);
        self.aliases.push(Alias { alias: alias.to_owned(), class: class.to_owned() });
    }

    /// What a backup of these collections holds: of a tenant that it leaves out only name and status.
    pub(crate) fn contents(&self, classes: &[String]) -> Contents {
        let inactive = self.profile().inactive_tenants;
        let mut collections: Vec<Collection> =
            self.collections.iter().filter(|known| classes.contains(&known.name)).cloned().collect();
        for collection in &mut collections {
            for tenant in collection.tenants.values_mut() {
                let saved = tenant.status == "HOT" || (tenant.status == "COLD" && inactive);
                if !saved {
                    collection.objects = collection.objects.saturating_sub(std::mem::take(&mut tenant.objects));
                }
            }
        }
        Contents {
            collections,
            aliases: self.aliases.iter().filter(|known| classes.contains(&known.class)).cloned().collect(),
            access: Access::default(),
        }
    }

    /// Whether any shard or tenant of a collection lies on a node.
    pub(crate) fn holds_part(&self, collection: &Collection, node: usize) -> bool {
        let nodes = &self.nodes;
        if collection.multi_tenant {
            let mut tenants = collection.tenants.values().enumerate();
            return tenants
                .any(|(index, tenant)| nodes.get(node).is_some_and(|name| tenant.lies_on(index, nodes) == name));
        }
        (0..collection.shards.max(1)).any(|index| collection.lies_on(index, node, nodes.len()))
    }

    /// A node that starts loads its tenants when they are asked for.
    pub(crate) fn unload_tenants(&mut self, node: &str) {
        let nodes = &self.nodes;
        for tenants in self.collections.iter_mut().map(|collection| &mut collection.tenants) {
            for (index, tenant) in tenants.values_mut().enumerate() {
                tenant.unloaded |= tenant.lies_on(index, nodes) == node;
            }
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Collection {
    pub name: String,
    /// All tenants together in a multi-tenant one.
    pub objects: u64,
    pub multi_tenant: bool,
    pub tenants: BTreeMap<String, Tenant>,
    pub vectorizer: String,
    pub vector_index: String,
    /// Name to data type.
    pub properties: BTreeMap<String, String>,
    pub description: Option<String>,
    /// How many nodes hold each shard; 0: one.
    pub replicas: usize,
    /// 0: one. A multi-tenant collection has one for each tenant.
    pub shards: usize,
    /// The nodes that were listed when it was made, by their place, and that its shards are dealt out to; `None`: all.
    #[serde(skip)]
    pub made_on: Option<Vec<usize>>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Tenant {
    /// `HOT` or `COLD`: the API keeps the old names (behaviour notes 5.5).
    pub status: String,
    #[serde(default)]
    pub objects: u64,
    /// Where it lies; `None`: the tenants are dealt out to the nodes in turn.
    pub node: Option<String>,
    /// Its node has not opened it since it was started, or restored it.
    #[serde(skip)]
    pub unloaded: bool,
}

impl Tenant {
    /// The node of the tenant at this place of its collection.
    pub(crate) fn lies_on<'a>(&'a self, index: usize, nodes: &'a [String]) -> &'a str {
        let dealt = || nodes.get(index % nodes.len().max(1)).map_or("", String::as_str);
        self.node.as_deref().unwrap_or_else(dealt)
    }
}

impl Collection {
    pub fn new(name: &str, objects: u64) -> Self {
        Self {
            name: name.to_owned(),
            objects,
            vectorizer: "none".to_owned(),
            vector_index: "hnsw".to_owned(),
            properties: BTreeMap::from([("title".to_owned(), "text".to_owned())]),
            ..Self::default()
        }
    }

    /// A multi-tenant collection; each tenant is its name, its status (`HOT`, `COLD`) and its objects.
    pub fn with_tenants(name: &str, tenants: &[(&str, &str, u64)]) -> Self {
        let tenants: BTreeMap<String, Tenant> = tenants
            .iter()
            .map(|&(name, status, objects)| {
                (name.to_owned(), Tenant { status: status.to_owned(), objects, ..Tenant::default() })
            })
            .collect();
        let objects = tenants.values().map(|tenant| tenant.objects).sum();
        Self { multi_tenant: true, tenants, ..Self::new(name, objects) }
    }

    /// Whether the shard of this number, or a replica of it, lies on a node of so many.
    pub(crate) fn lies_on(&self, shard: usize, node: usize, nodes: usize) -> bool {
        let place = |made_on: &Vec<usize>| made_on.iter().position(|known| *known == node);
        let (node, nodes) = match &self.made_on {
            None => (Some(node), nodes),
            Some(made_on) => (place(made_on), made_on.len()),
        };
        node.is_some_and(|node| (0..self.replicas.max(1)).any(|replica| (shard + replica) % nodes == node))
    }

    /// The members of `GET /v1/schema` that describe this collection; index settings are left out.
    pub(crate) fn schema(&self) -> Value {
        let properties: Vec<Value> = self
            .properties
            .iter()
            .map(|(name, kind)| json!({"name": name, "dataType": [kind], "indexFilterable": true, "indexSearchable": kind == "text"}))
            .collect();
        let mut schema = json!({
            "class": self.name,
            "multiTenancyConfig":
                {"autoTenantActivation": false, "autoTenantCreation": false, "enabled": self.multi_tenant},
            "properties": properties,
            "replicationConfig": {"asyncEnabled": false, "deletionStrategy": "TimeBasedResolution", "factor": self.replicas.max(1)},
            "vectorIndexType": self.vector_index,
            "vectorizer": self.vectorizer,
        });
        if let Some(description) = &self.description {
            schema["description"] = json!(description);
        }
        schema
    }

    /// The other way round, for `POST /v1/schema`. Unknown members are ignored.
    pub(crate) fn from_schema(name: &str, schema: &Value) -> Self {
        let text = |member: &str, default: &str| schema[member].as_str().unwrap_or(default).to_owned();
        let properties = schema["properties"].as_array().into_iter().flatten();
        Self {
            multi_tenant: schema["multiTenancyConfig"]["enabled"] == true,
            vectorizer: text("vectorizer", "none"),
            vector_index: text("vectorIndexType", "hnsw"),
            description: schema["description"].as_str().map(str::to_owned),
            properties: properties
                .filter_map(|one| Some((one["name"].as_str()?.to_owned(), one["dataType"][0].as_str()?.to_owned())))
                .collect(),
            ..Self::new(name, 0)
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Alias {
    pub alias: String,
    pub class: String,
}

/// Who may do what. Without users the server is open to everybody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Auth {
    /// `AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED` beside other schemes: a request without a key is answered.
    pub anonymous: bool,
    pub users: Vec<User>,
    /// `AUTHENTICATION_OIDC_ENABLED`, and its settings.
    #[serde(deserialize_with = "oidc_or_false")]
    pub oidc: Option<Oidc>,
    /// The tokens that the issuer of `oidc` has given out.
    pub tokens: BTreeMap<String, Token>,
    /// `AUTHORIZATION_RBAC_ENABLED`; off: every user may do everything.
    pub rbac: bool,
    /// `AUTHENTICATION_DB_USERS_ENABLED`.
    pub db_users: bool,
    /// The custom roles; `admin`, `root`, `viewer` and `read-only` exist besides.
    pub roles: Vec<Role>,
}

fn oidc_or_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Oidc>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Bool(false) | Value::Null => Ok(None),
        settings => serde_json::from_value(settings).map(Some).map_err(D::Error::custom),
    }
}

/// An issuer of tokens.
#[derive(Clone, Debug, Deserialize)]
pub struct Oidc {
    pub issuer: String,
    /// Also the audience that a token must name.
    pub client_id: String,
    #[serde(default)]
    pub scopes: Vec<String>,
}

/// What a token of an issuer says.
#[derive(Clone, Debug, Deserialize)]
pub struct Token {
    pub user: String,
    #[serde(default)]
    pub expired: bool,
    /// `None`: the client id of the server.
    pub audience: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct User {
    pub name: String,
    #[serde(default)]
    pub key: String,
    /// `db`: a dynamic user, which backups capture; else one of the settings.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub roles: Vec<String>,
    /// One of `AUTHORIZATION_RBAC_ROOT_USERS`.
    #[serde(default)]
    pub root: bool,
}

impl User {
    pub fn new(name: &str, key: &str, roles: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            key: key.to_owned(),
            kind: "env".to_owned(),
            roles: roles.iter().map(|&role| role.to_owned()).collect(),
            root: false,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct Role {
    pub name: String,
    /// As the API shows them: `{"action":"manage_backups","backups":{"collection":"Article*"}}`.
    pub permissions: Vec<Value>,
}
