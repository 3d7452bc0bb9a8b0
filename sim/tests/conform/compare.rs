//! When two answers are equal: the rules of the recordings' README.

use regex_lite::{Captures, Regex};
use serde_json::{Map, Value, json};
use weaviate_sim::Reply;

/// What is compared of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A backup call: every member.
    Backups,
    Meta,
    Nodes,
    Statistics,
    Schema,
    /// Small enough to compare all of it.
    Whole,
}

/// `None`: carried out, not compared.
pub fn scope(method: &str, path: &str) -> Option<Scope> {
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    Some(match segments.as_slice() {
        _ if method == "OPTIONS" => Scope::Whole,
        ["v1", "backups", ..] => Scope::Backups,
        ["v1", "meta"] => Scope::Meta,
        ["v1", "nodes", ..] => Scope::Nodes,
        ["v1", "cluster", ..] => Scope::Statistics,
        ["v1", "schema"] if method == "GET" => Scope::Schema,
        ["v1", "schema", _, "tenants"]
        | ["v1", "aliases" | "no-such-path"]
        | ["v1", "users", "own-info"]
        | ["v1", ".well-known", _] => Scope::Whole,
        _ => return None,
    })
}

pub fn differences(scope: Scope, entry: &Value, reply: &Reply, default_list: &str) -> Vec<String> {
    let recorded = &entry["response"];
    let mut found = Vec::new();
    let mut compare = |what: &str, recorded: Value, answered: Value| {
        if recorded != answered {
            found.push(format!("{what}\n    recorded {recorded}\n    answered {answered}"));
        }
    };
    compare("status", recorded["status"].clone(), json!(reply.status));
    let answered: Map<String, Value> =
        reply.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let recorded_headers = recorded["headers"].as_object().unwrap();
    compare("headers", headers(recorded_headers, default_list), headers(&answered, default_list));
    let body = match std::str::from_utf8(&reply.body).unwrap() {
        "" => json!(""),
        text => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    };
    let cut = entry["cut"].is_string();
    compare("body", normal(scope, cut, recorded["body"].clone()), normal(scope, cut, body));
    found
}

fn headers(headers: &Map<String, Value>, default_list: &str) -> Value {
    let mut normal = Map::new();
    for (name, value) in headers {
        let value = value.as_str().unwrap();
        match name.as_str() {
            "Date" | "Content-Length" | "Transfer-Encoding" => continue,
            "Allow" => normal.insert(name.clone(), sorted(value.split(',').map(|method| json!(method)).collect())),
            _ => normal.insert(name.clone(), json!(value.replace(default_list, "(default list)"))),
        };
    }
    Value::Object(normal)
}

fn sorted(mut values: Vec<Value>) -> Value {
    values.sort_by_key(ToString::to_string);
    Value::Array(values)
}

/// Takes out of a body what may differ. `cut`: the recorder left names only.
fn normal(scope: Scope, cut: bool, body: Value) -> Value {
    let body = everywhere(scope, "", body);
    let pick = |value: &Value, members: &[&str]| -> Value {
        members.iter().map(|&member| (member.to_owned(), value[member].clone())).collect::<Map<_, _>>().into()
    };
    let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
    if body["error"].is_array() || body["code"].is_u64() {
        return body;
    }
    match scope {
        Scope::Meta => {
            let modules = body["modules"].as_object().into_iter().flatten();
            let backends: Map<_, _> = modules
                .filter(|(name, _)| name.starts_with("backup-"))
                .map(|(name, meta)| (name.clone(), meta.clone()))
                .collect();
            json!({"version": body["version"], "modules": backends})
        }
        Scope::Statistics => {
            let read = ["name", "status", "ready", "isVoter", "leaderId"];
            let nodes = array(&body["statistics"]);
            let nodes: Vec<Value> =
                nodes.iter().map(|node| json!([pick(node, &read), node["raft"]["state"]])).collect();
            json!([nodes, body["synchronized"]])
        }
        Scope::Schema => {
            let read =
                ["class", "description", "vectorizer", "vectorIndexType", "multiTenancyConfig", "replicationConfig"];
            let read = if cut { &read[..1] } else { &read[..] };
            sorted(array(&body["classes"]).iter().map(|class| pick(class, read)).collect())
        }
        Scope::Whole if body.is_array() => sorted(array(&body)),
        Scope::Whole | Scope::Backups | Scope::Nodes => body,
    }
}

/// The rules that hold by the name of a member, and those for texts.
fn everywhere(scope: Scope, name: &str, value: Value) -> Value {
    let any = json!("(may differ)");
    match value {
        Value::Object(members) => {
            let tenant = scope == Scope::Nodes && members.get("class") == Some(&json!("Tenanted"));
            let kept = members.into_iter().filter(|(name, _)| name != "gitHash");
            let normal = kept.map(|(name, value)| {
                let exempt = scope == Scope::Nodes && name == "name" && !tenant && value != "node1";
                let value = if exempt { any.clone() } else { everywhere(scope, &name, value) };
                (name, value)
            });
            Value::Object(normal.collect())
        }
        Value::Array(values) => {
            let values = values.into_iter().map(|value| everywhere(scope, "", value)).collect();
            if ["classes", "aliases", "roles", "permissions"].contains(&name) {
                sorted(values)
            } else {
                Value::Array(values)
            }
        }
        Value::String(text) if name == "startedAt" || name == "completedAt" => {
            if text.starts_with("0001") {
                Value::String(text)
            } else {
                any
            }
        }
        Value::String(text) if ["message", "error"].contains(&name) => Value::String(message(&text)),
        _ if ["size", "hostname"].contains(&name) => any,
        _ if scope == Scope::Nodes
            && [
                "queueLength",
                "ratePerSecond",
                "objectCount",
                "loaded",
                "vectorQueueLength",
                "asyncReplicationStatus",
            ]
            .contains(&name) =>
        {
            any
        }
        other => other,
    }
}

fn message(text: &str) -> String {
    let replaced =
        |text: &str, pattern: &str, by: &str| Regex::new(pattern).unwrap().replace_all(text, by).into_owned();
    let words = |text: &str, pattern: &str, separator: char| {
        let sort = |found: &Captures| {
            let mut words: Vec<&str> = found[0].trim_matches(['[', ']']).split(separator).collect();
            words.sort_unstable();
            format!("[{}]", words.join(" "))
        };
        Regex::new(pattern).unwrap().replace_all(text, sort).into_owned()
    };
    let text = replaced(text, "0x[0-9a-f]+", "0x");
    // Of a backup of several nodes, any of those that are missing.
    let text = replaced(&text, r#"hostname for "[^"]+"(, nodes=map\[[^ \]]+ )"#, "hostname for (one)${1}");
    let text = replaced(&text, r"store: \{2\d{3}-\d\d-\d\d [\d:.]+ \+0000 UTC", "store: {(time)");
    let text = words(&text, r"\[[A-Za-z0-9_ ]*\]", ' ');
    let text = words(&text, r"\[backups/collections/[^\]]*\]", ' ');
    let text = words(&text, r"\[[A-Z,]+\]", ',');
    let text = replaced(&text, r"(_backups \[\[Domain: backups,)Collection: [A-Za-z0-9_]+", "${1}Collection: (one)");
    replaced(&text, ".*context canceled.*", "(context canceled)")
}
