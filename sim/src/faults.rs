//! Things that go wrong on request.

use crate::http::{Reply, Request};
use serde_json::Value;
use std::collections::BTreeMap;

/// A fault for the requests that match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In capitals; `None`: any but `OPTIONS`.
    pub method: Option<String>,
    /// A part of the path; empty: any.
    pub path: String,
    /// This many matching requests pass unharmed first.
    pub skip: u32,
    /// How many are hit after that; `None`: all.
    pub count: Option<u32>,
    pub kind: FaultKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The answer comes this much later.
    Latency { millis: u64 },
    /// The connection is cut before the request is handled.
    DropBefore,
    /// The request is handled, and the connection cut instead of an answer.
    LoseAnswer,
    /// An error of the server in the handlers' shape, without handling.
    Status { status: u16, message: String },
    /// A page instead of JSON, without handling.
    Html { status: u16 },
    /// The request is handled, the body of the answer cut in half.
    Truncated,
    /// 200 without a body, as after a panic of the handler; not handled.
    EmptyOk,
    /// 302 to a sign-in page, without handling.
    Redirect { location: String },
    /// The request is handled; a member of the object in a 200 is another, and absent when `Null`.
    Member { name: String, value: Value },
    /// The request is handled; every second answer is the one before the last change, as behind a load balancer of
    /// which one node lags (behaviour notes 2.2).
    Older,
}

impl Fault {
    /// Hits every request of this method (`""`: any but `OPTIONS`) whose path contains `path`.
    pub fn new(method: &str, path: &str, kind: FaultKind) -> Self {
        let method = (!method.is_empty()).then(|| method.to_uppercase());
        Self { method, path: path.to_owned(), skip: 0, count: None, kind }
    }

    /// Hits once only.
    #[must_use]
    pub fn once(self) -> Self {
        Self { count: Some(1), ..self }
    }

    /// Lets `skip` matching requests pass first.
    #[must_use]
    pub fn after(self, skip: u32) -> Self {
        Self { skip, ..self }
    }

    /// Whether this request is hit; counts it.
    fn hits(&mut self, request: &Request) -> bool {
        let method = self.method.as_ref().map_or(request.method != "OPTIONS", |method| *method == request.method);
        if !method || !request.path.contains(&self.path) || self.count == Some(0) {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.count = self.count.map(|left| left - 1);
        true
    }
}

/// The faults that hit this request, in the order in which they were set.
pub(crate) fn hitting(faults: &mut [Fault], request: &Request) -> Vec<FaultKind> {
    faults.iter_mut().filter_map(|fault| fault.hits(request).then(|| fault.kind.clone())).collect()
}

/// The answer of a fault that keeps the request from being handled.
pub(crate) fn instead(fault: &FaultKind) -> Option<Reply> {
    match fault {
        FaultKind::Status { status, message } => Some(crate::texts::handler(*status, message.as_str())),
        FaultKind::Html { status } => {
            let page = "<!DOCTYPE html><html><head><title>Gateway</title></head><body>Try again later</body></html>";
            Some(Reply::text(*status, "text/html; charset=utf-8", page))
        }
        FaultKind::EmptyOk => Some(Reply::empty(200)),
        FaultKind::Redirect { location } => Some(Reply::empty(302).header("Location", location.as_str())),
        FaultKind::Latency { .. }
        | FaultKind::DropBefore
        | FaultKind::LoseAnswer
        | FaultKind::Truncated
        | FaultKind::Member { .. }
        | FaultKind::Older => None,
    }
}

/// Puts the members in that were asked for.
pub(crate) fn changed(faults: &[FaultKind], mut reply: Reply) -> Reply {
    let members = faults.iter().filter_map(|fault| match fault {
        FaultKind::Member { name, value } => Some((name, value)),
        _ => None,
    });
    let members: Vec<_> = members.collect();
    if let (200, false, Value::Object(mut body)) = (reply.status, members.is_empty(), reply.value()) {
        for (name, value) in members {
            if value.is_null() {
                body.remove(name);
            } else {
                body.insert(name.clone(), value.clone());
            }
        }
        reply.body = format!("{}\n", Value::Object(body)).into_bytes();
    }
    reply
}

/// The answers of a node that lags, by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lagging(BTreeMap<String, Lag>);

#[derive(Clone, Debug, Default)]
struct Lag {
    before: Option<Reply>,
    last: Option<Reply>,
    is_behind: bool,
}

impl Lagging {
    pub(crate) fn answer(&mut self, path: &str, reply: Reply) -> Reply {
        let lag = self.0.entry(path.to_owned()).or_default();
        if lag.last.as_ref() != Some(&reply) {
            lag.before = lag.last.replace(reply.clone());
        }
        lag.is_behind = !lag.is_behind;
        lag.before.clone().filter(|_| lag.is_behind).unwrap_or(reply)
    }
}
