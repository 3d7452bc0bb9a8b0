//! Which endpoint a recorded request asks, and what of its answers is compared.

use serde_json::{Map, Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    Create,
    CreateStatus,
    List,
    CancelCreate,
    Restore,
    RestoreStatus,
    CancelRestore,
    Meta,
    Nodes,
    Statistics,
    Schema,
    Tenants,
    Aliases,
    OwnInfo,
    OpenId,
    /// `OPTIONS` of any path, liveness, and methods that the backups API has not: all of it is compared.
    Whole,
}

/// The members of a collection that the console reads.
const OF_A_CLASS: [&str; 6] =
    ["class", "description", "vectorizer", "vectorIndexType", "multiTenancyConfig", "replicationConfig"];

impl Endpoint {
    /// `None`: carried out, not compared.
    pub fn of(method: &str, target: &str) -> Option<Self> {
        let path = target.split('?').next().unwrap_or_default();
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        if method == "OPTIONS" {
            return Some(Self::Whole);
        }
        Some(match (method, segments.as_slice()) {
            ("GET" | "HEAD", ["v1", "backups", _]) => Self::List,
            ("POST", ["v1", "backups", _]) => Self::Create,
            ("GET", ["v1", "backups", _, _]) => Self::CreateStatus,
            ("DELETE", ["v1", "backups", _, _]) => Self::CancelCreate,
            ("POST", ["v1", "backups", _, _, "restore"]) => Self::Restore,
            ("GET", ["v1", "backups", _, _, "restore"]) => Self::RestoreStatus,
            ("DELETE", ["v1", "backups", _, _, "restore"]) => Self::CancelRestore,
            ("GET", ["v1", "meta"]) => Self::Meta,
            ("GET", ["v1", "nodes", ..]) => Self::Nodes,
            ("GET", ["v1", "cluster", _]) => Self::Statistics,
            ("GET", ["v1", "schema"]) => Self::Schema,
            ("GET", ["v1", "schema", _, "tenants"]) => Self::Tenants,
            ("GET", ["v1", "aliases"]) => Self::Aliases,
            ("GET", ["v1", "users", "own-info"]) => Self::OwnInfo,
            ("GET", ["v1", ".well-known", "openid-configuration"]) => Self::OpenId,
            ("GET", ["v1", ".well-known", "ready" | "live"]) | (_, ["v1", "backups", ..]) => Self::Whole,
            _ => return None,
        })
    }

    /// What of a body is compared: all of it, but of the large ones only what the console reads. `names_only`: the
    /// recorder left no more of it.
    pub(crate) fn read(self, body: &Value, names_only: bool) -> Value {
        if body["error"].is_array() || body["code"].is_u64() {
            return body.clone();
        }
        match self {
            Self::Meta => {
                let modules = body["modules"].as_object().into_iter().flatten();
                let backends: Map<String, Value> = modules
                    .filter(|(name, _)| name.starts_with("backup-"))
                    .map(|(name, meta)| (name.clone(), meta.clone()))
                    .collect();
                json!({"hostname": body["hostname"], "version": body["version"], "modules": backends})
            }
            Self::Schema => {
                let members = if names_only { &OF_A_CLASS[..1] } else { &OF_A_CLASS[..] };
                let classes = body["classes"].as_array().into_iter().flatten();
                json!({"classes": classes.map(|class| pick(class, members)).collect::<Vec<Value>>()})
            }
            _ => body.clone(),
        }
    }
}

fn pick(value: &Value, members: &[&str]) -> Value {
    members.iter().filter_map(|member| Some(((*member).to_owned(), value.get(member)?.clone()))).collect()
}
