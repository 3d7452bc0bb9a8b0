//! Requests as values: built and tested without a network.

use std::convert::Infallible;

use super::call::Call;
use super::json::Json;
use super::wire::{CreateRequest, RestoreRequest};
use crate::domain::location::Location;
use crate::domain::operation::{Kind, OperationKey};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// One request. Headers are fixed: `Accept: application/json`, `Content-Type: application/json` with a body, and the
/// `Authorization` of the connection, which only the transport adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub call: Call,
    pub method: Method,
    /// From `/v1` on, percent-encoded, with the query.
    pub path: String,
    /// JSON.
    pub body: Option<String>,
    /// Whether the key of the connection is sent along. Not for the OIDC discovery: a server without any scheme answers
    /// a bearer with 401 (behaviour notes 6.2).
    pub with_key: bool,
}

impl Request {
    fn get(call: Call, path: String) -> Self {
        Self { call, method: Method::Get, path, body: None, with_key: true }
    }
}

/// `POST /v1/backups/{backend}`. Always `Ok`.
pub fn create(backend: &str, request: &CreateRequest) -> Result<Request, Infallible> {
    Ok(submit(Kind::Create, backend, &request.id, request.to_json().to_string()))
}

/// `POST /v1/backups/{backend}/{id}/restore`. Always `Ok`.
pub fn restore(backend: &str, id: &str, request: &RestoreRequest) -> Result<Request, Infallible> {
    Ok(submit(Kind::Restore, backend, id, request.to_json().to_string()))
}

/// The POST of a body that was made before: a create of `body`, or a restore of `id`.
pub fn submit(kind: Kind, backend: &str, id: &str, body: String) -> Request {
    let (call, path) = match kind {
        Kind::Create => (Call::Create, format!("/v1/backups/{}", segment(backend))),
        Kind::Restore => (Call::Restore, format!("/v1/backups/{}/{}/restore", segment(backend), segment(id))),
    };
    Request { call, method: Method::Post, path, body: Some(body), with_key: true }
}

/// `GET /v1/backups/{backend}`, newest first. It always lists the backend's default location.
pub fn list(backend: &str) -> Request {
    Request::get(Call::List, format!("/v1/backups/{}", segment(backend)))
}

/// The status of a create or of the last restore of an id.
pub fn status(kind: Kind, backend: &str, id: &str, location: &Location) -> Request {
    let call = match kind {
        Kind::Create => Call::CreateStatus,
        Kind::Restore => Call::RestoreStatus,
    };
    Request::get(call, operation_path(kind, backend, id, location))
}

/// The same for an operation.
pub fn status_of(key: &OperationKey) -> Request {
    status(key.kind, &key.backend, &key.id, &key.location)
}

/// `DELETE`: cancels, and deletes nothing.
pub fn cancel(kind: Kind, backend: &str, id: &str, location: &Location) -> Request {
    let call = match kind {
        Kind::Create => Call::CancelCreate,
        Kind::Restore => Call::CancelRestore,
    };
    let path = operation_path(kind, backend, id, location);
    Request { call, method: Method::Delete, path, body: None, with_key: true }
}

fn operation_path(kind: Kind, backend: &str, id: &str, location: &Location) -> String {
    let mut path = format!("/v1/backups/{}/{}", segment(backend), segment(id));
    if kind == Kind::Restore {
        path.push_str("/restore");
    }
    let mut separator = '?';
    for (name, value) in [("bucket", &location.bucket), ("path", &location.path)] {
        if let Some(value) = value {
            path.push(separator);
            path.push_str(name);
            path.push('=');
            path.push_str(&segment(value));
            separator = '&';
        }
    }
    path
}

pub fn meta() -> Request {
    Request::get(Call::Meta, "/v1/meta".to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodesOutput {
    /// Needs `read_nodes`.
    Minimal,
    /// Shards the caller may not see are left out; never refused (behaviour notes 5.3).
    Verbose,
}

pub fn nodes(output: NodesOutput) -> Request {
    let output = match output {
        NodesOutput::Minimal => "minimal",
        NodesOutput::Verbose => "verbose",
    };
    Request::get(Call::Nodes, format!("/v1/nodes?output={output}"))
}

/// Needs `read_cluster`.
pub fn statistics() -> Request {
    Request::get(Call::Statistics, "/v1/cluster/statistics".to_owned())
}

pub fn schema() -> Request {
    Request::get(Call::Schema, "/v1/schema".to_owned())
}

pub fn aliases() -> Request {
    Request::get(Call::Aliases, "/v1/aliases".to_owned())
}

pub fn own_info() -> Request {
    Request::get(Call::OwnInfo, "/v1/users/own-info".to_owned())
}

pub fn openid_configuration() -> Request {
    let path = "/v1/.well-known/openid-configuration".to_owned();
    Request { with_key: false, ..Request::get(Call::OpenIdConfiguration, path) }
}

/// Percent-encodes a text for a path segment or a query value: everything but the unreserved characters of RFC 3986.
/// `.` and `..` cannot be told from steps in a path, so their dots are encoded too.
pub fn segment(text: &str) -> String {
    let is_step = matches!(text, "." | "..");
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') || (byte == b'.' && !is_step) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 0xf].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    encoded
}

/// The text of a percent-encoded segment; `None` when it is no UTF-8 or an escape is broken.
pub fn unsegment(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_call_has_the_path_of_the_api() {
        let location = Location::new("bucket b", "teams/a");
        let path = |request: Request| format!("{} {}", request.method.as_str(), request.path);
        let status = |kind| path(status(kind, "s3", "x", &Location::default()));
        assert_eq!(path(list("filesystem")), "GET /v1/backups/filesystem");
        assert_eq!(status(Kind::Create), "GET /v1/backups/s3/x");
        assert_eq!(status(Kind::Restore), "GET /v1/backups/s3/x/restore");
        assert_eq!(
            path(cancel(Kind::Restore, "s3", "x", &location)),
            "DELETE /v1/backups/s3/x/restore?bucket=bucket%20b&path=teams%2Fa"
        );
        assert_eq!(path(nodes(NodesOutput::Minimal)), "GET /v1/nodes?output=minimal");
    }

    #[test]
    fn an_id_cannot_leave_its_segment() {
        assert_eq!(list("../meta?x#y").path, "/v1/backups/..%2Fmeta%3Fx%23y");
        assert_eq!(list("..").path, "/v1/backups/%2E%2E");
    }

    #[test]
    fn the_discovery_goes_without_a_key() {
        assert!(!openid_configuration().with_key);
        assert!(meta().with_key);
    }

    #[test]
    fn a_create_sends_only_what_was_set() {
        let request = CreateRequest { id: "n-1".into(), ..CreateRequest::default() };
        assert_eq!(create("s3", &request).unwrap().body.as_deref(), Some(r#"{"id":"n-1"}"#));
    }

    proptest! {
        #[test]
        fn segments_go_both_ways(text in "\\PC{0,30}") {
            let encoded = segment(&text);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#&=".contains(&byte)));
            prop_assert_eq!(unsegment(&encoded), Some(text));
        }
    }
}
