//! Things that go wrong on request.

use crate::http::{Reply, Request};

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
        FaultKind::Latency { .. } | FaultKind::DropBefore | FaultKind::LoseAnswer | FaultKind::Truncated => None,
    }
}
