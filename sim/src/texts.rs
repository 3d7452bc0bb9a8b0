//! The server's own words, letter by letter. Each was seen (behaviour notes 0 and 1).

use crate::http::Reply;
use serde_json::json;

pub(crate) const ZERO_TIME: &str = "0001-01-01T00:00:00.000Z";

pub(crate) const NO_SCHEME: &str = "no authentication scheme is configured (API Key or OIDC), but an 'Authorization' header was provided. Please configure an auth scheme or remove the header for anonymous access";
pub(crate) const INVALID_KEY: &str = "unauthorized: invalid api key";
pub(crate) const TOKEN_EXPIRED: &str =
    "unauthorized: oidc: token is expired (Token Expiry: 2020-01-01 00:00:00 +0000 UTC)";
pub(crate) const NOT_ACCEPTABLE: &str = "unsupported media type requested, only [application/json] are available";

pub(crate) const NO_CLASSES: &str = "no available classes to backup, there's nothing to do here";
pub(crate) const NO_USERS: &str = "'includeUsers' was set but dynamic DB users are not enabled";
pub(crate) const NO_ROLES: &str = "'includeRoles' was set but RBAC is not enabled";
pub(crate) const NOT_IMPLEMENTED: &str = "not implemented";
pub(crate) const CLUSTER_ON_FILESYSTEM: &str =
    "local filesystem backend is not viable for backing up a node cluster, try s3 or gcs";
/// What a server without zstd makes of a chunk that is not gzip (recording restore-backup-of-newer-version).
pub(crate) const NO_GZIP: &str = "write files: get files: gzip.NewReader: gzip: invalid header";
pub(crate) const INCLUDE_AND_EXCLUDE: &str = "malformed request: 'include' and 'exclude' cannot both contain values";
pub(crate) const BROKEN_DESCRIPTOR: &str = "marshal meta file \"backup_config.json\": unexpected end of JSON input";
pub(crate) const CANCELED_CREATE: &str = "context canceled";
pub(crate) const CANCELED_RESTORE: &str = "restore canceled by user";
pub(crate) const CANCELED_BY_ANOTHER_CALL: &str = "operation cancelled by user";
pub(crate) const NO_KEY: &str = "The specified key does not exist.";
pub(crate) const NO_BUCKET: &str = "The specified bucket does not exist";
pub(crate) const CLEANED_UP: &str = "backup canceled due to node restart";

/// `methods`: the schemes that are configured.
pub(crate) fn key_needed(methods: &str) -> String {
    format!(
        "{{\"code\":401,\"message\": \"anonymous access not enabled. Please authenticate through one of the available methods: [{methods}]\" }}"
    )
}

/// How a restore ends of which a node has no memory.
pub(crate) fn restore_forgotten(backend: &str, id: &str) -> String {
    format!("status not found: {backend}/{id}")
}

pub(crate) fn wrong_audience(expected: &str, named: &str) -> String {
    format!("unauthorized: oidc: expected audience \"{expected}\" got [\"{named}\"]")
}

/// `operation` is `create` or `restore`.
pub(crate) fn no_leader(operation: &str) -> String {
    format!("backup Op {operation}: leader not found, try again later")
}

/// The schema and the aliases are the leader's; `missing` are the nodes that nobody sees.
pub(crate) fn no_leader_to_ask(missing: &[&str]) -> String {
    format!("leader not found, can not resolve nodes [{}]", missing.join(","))
}

pub(crate) fn reindex(class: &str) -> String {
    format!("backup blocked: runtime-reindex in flight on collection {class}")
}

pub(crate) fn unresolved(node: &str) -> String {
    format!("cannot resolve hostname for \"{node}\"")
}

/// A node that is listed and does not answer; `path` is that of the call between nodes.
pub(crate) fn no_answer(named: &str, what: &str, address: &str, path: &str) -> String {
    let target = format!("http://{address}:7947/backups/{path}");
    format!(
        "node {named}: {what}: make request: Post \"{target}\": dial tcp {address}:7947: connect: connection refused"
    )
}

/// How an operation ends that lost a node.
pub(crate) fn might_be_down(node: &str, address: &str) -> String {
    no_answer(&format!("\"{node}\""), "status request", address, "status").replacen(':', " might be down:", 1)
}

/// The shape of Weaviate's own handlers (behaviour notes 0.2).
pub(crate) fn handler(status: u16, message: impl Into<String>) -> Reply {
    Reply::json(status, &json!({"error": [{"message": message.into()}]}))
}

/// The shape of go-openapi (behaviour notes 0.2 and 0.3). `code` may differ from the status.
pub(crate) fn openapi(status: u16, code: u16, message: impl Into<String>) -> Reply {
    Reply::json(status, &json!({"code": code, "message": message.into()}))
}

/// `role` is `backend` or `provider`: which of the two depends on the endpoint.
pub(crate) fn no_backend(role: &str, backend: &str, is_module: bool) -> String {
    let problem = if is_module { "is not a backup backend type" } else { "not found" };
    format!("no backup {role} \"{backend}\": backup: {backend} {problem}, did you enable the right module?")
}

pub(crate) fn invalid_id(id: &str) -> String {
    format!("invalid backup id: '{id}' allowed characters are lowercase, 0-9, _, -")
}

pub(crate) fn same_base(id: &str) -> String {
    format!("base backup cannot be the same as the new backup ID: {id}")
}

pub(crate) fn duplicate(name: &str) -> String {
    format!("class list 'include' contains duplicate: {name}")
}

/// What the filesystem backend says of a file that is not there.
pub(crate) fn file_not_found(file: &str) -> String {
    format!("get object path could not find {file}: stat {file}: no such file or directory")
}

/// What the S3 backend says of one; `why` is [`NO_KEY`] or [`NO_BUCKET`].
pub(crate) fn object_not_found(bucket: &str, key: &str, why: &str) -> String {
    format!("get object contents from {bucket}:{key} not found {key}: {why}")
}

/// A connection to S3 that was refused, in the words of Go.
pub(crate) fn refused(method: &str, endpoint: &str, target: &str) -> String {
    format!("{method} \"http://{endpoint}/{target}\": dial tcp {endpoint}: connect: connection refused")
}

/// How a create ends of which a node has neither memory nor descriptor; `missing` is what the backend says of that.
pub(crate) fn no_node_descriptor(id: &str, missing: &str) -> String {
    format!("cannot get status while backing up: metadata not found: \"{id}/backup.json\": {missing}")
}

/// `explained`: since 1.38 the server says how this comes about.
pub(crate) fn wrong_descriptor(explained: bool, asked: &str, home: &str, found: &str) -> String {
    if !explained {
        return format!("wrong backup file: expected \"{asked}\" got \"{found}\"");
    }
    format!(
        "wrong backup file: restore request asked for \"{asked}\" but the descriptor at \"{home}/backup_config.json\" reports its ID as \"{found}\" (someone placed metadata from a different backup into this slot, or the backup_config.json was overwritten by an aborted operation; remove the slot and retry with the original backup ID)"
    )
}

/// `what` is `create_backups [[Domain: backups,Collection: A]]` and the like.
pub(crate) fn forbidden(user: &str, what: &str) -> Reply {
    handler(403, format!("rbac: authorization, forbidden action: user '{user}' has insufficient permissions to {what}"))
}

/// Nothing of what would be backed up or restored is permitted (behaviour notes 0.4).
pub(crate) fn all_forbidden(user: &str, collections: &[String]) -> Reply {
    let resources: Vec<String> = collections.iter().map(|name| format!("backups/collections/{name}")).collect();
    handler(
        403,
        format!(
            "authorization, forbidden action: user '{user}' has insufficient permissions to C [{}]",
            resources.join(" ")
        ),
    )
}

/// The reason of one collection.
pub(crate) fn not_restored(why: &str) -> String {
    format!("error when trying to restore class: {why}")
}

/// Why a collection could not be put in place (behaviour notes 1.5).
pub(crate) fn restore_failures(failures: &[(String, String)]) -> String {
    let failures: Vec<String> = failures.iter().map(|(name, why)| format!("\"{name}\": {why}")).collect();
    format!("could not restore classes: [{}]", failures.join(" "))
}
