//! The simulator: one request after another, at the time it is handed.

use crate::engine::{Memory, timestamp};
use crate::faults::{self, Fault, FaultKind, Lagging};
use crate::http::{Outcome, Reply, Request};
use crate::nodes::{Entry, Node};
use crate::state::State;
use crate::{binding, texts};
use std::collections::VecDeque;

/// How many requests [`Simulator::seen`] keeps.
const SEEN: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Create,
    Restore,
}

/// How long the nodes work on an operation, in ms after its POST, and how it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// `None`: until [`Simulator::release`].
    pub worked_millis: Option<u64>,
    /// When the nodes stop if the operation is cancelled before; `None`: 50 ms after the cancel.
    pub abort_millis: Option<u64>,
    /// How long all collections of a restore take to appear; `None`: 50 ms for the first, 250 ms for each other one.
    pub finalizing_millis: Option<u64>,
    /// It ends FAILED with this error (empty: without one).
    pub fails: Option<String>,
    /// The nodes that end at another time than `worked_millis`, by name.
    pub worked_by_node: Vec<(String, u64)>,
}

impl Work {
    pub fn lasting(worked_millis: u64) -> Self {
        Self { worked_millis: Some(worked_millis), ..Self::default() }
    }

    /// Never ends until it is released or cancelled.
    pub fn held() -> Self {
        Self::default()
    }

    pub fn failing(worked_millis: u64, error: &str) -> Self {
        Self { fails: Some(error.to_owned()), ..Self::lasting(worked_millis) }
    }
}

/// A request that arrived, for tests that count or search them.
#[derive(Clone, Debug)]
pub struct Seen {
    pub at_millis: u64,
    pub request: Request,
    /// `None`: the connection was cut without an answer.
    pub status: Option<u16>,
}

#[derive(Clone, Debug, Default)]
pub struct Simulator {
    pub state: State,
    pub faults: Vec<Fault>,
    /// The whole cluster refuses every connection.
    pub down: bool,
    /// Which node answers [`Simulator::handle`].
    pub entry: Entry,
    /// One for each of [`State::nodes`].
    pub(crate) nodes: Vec<Node>,
    /// The node that answers the present request.
    pub(crate) asked: usize,
    pub(crate) planned: VecDeque<(Kind, Work)>,
    pub(crate) now_millis: u64,
    seen: VecDeque<Seen>,
    lagging: Lagging,
}

impl Simulator {
    pub fn new(state: State) -> Self {
        let nodes = vec![Node::default(); state.nodes.len()];
        Self { state, nodes, ..Self::default() }
    }

    /// Answers one request at `now_millis` (Unix time), on the node that [`Simulator::entry`] says. Time that was handed
    /// in once does not go back.
    pub fn handle(&mut self, request: &Request, now_millis: u64) -> Outcome {
        self.advance(now_millis);
        let node = self.entry_node();
        self.handle_at(node, request)
    }

    /// The same on a node by its place in [`State::nodes`].
    pub fn handle_on(&mut self, node: usize, request: &Request, now_millis: u64) -> Outcome {
        self.advance(now_millis);
        let node = Some(node).filter(|node| self.is_up(*node));
        self.handle_at(node, request)
    }

    fn handle_at(&mut self, node: Option<usize>, request: &Request) -> Outcome {
        let outcome = match node {
            Some(node) if !self.down => {
                self.asked = node;
                self.answer(request)
            }
            _ => Outcome { delay_millis: 0, reply: None },
        };
        let status = outcome.reply.as_ref().map(|reply| reply.status);
        self.seen.push_back(Seen { at_millis: self.now_millis, request: request.clone(), status });
        if self.seen.len() > SEEN {
            self.seen.pop_front();
        }
        outcome
    }

    /// The requests so far, oldest first; the last 10,000 are kept.
    pub fn seen(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter()
    }

    /// What the next operation of this kind that is accepted does; several are used one after the other.
    pub fn plan(&mut self, kind: Kind, work: Work) {
        self.planned.push_back((kind, work));
    }

    /// Lets held operations of this kind end now; their coordinator notices at its next round.
    pub fn release(&mut self, kind: Kind) {
        let now_millis = self.now_millis;
        for running in self.nodes.iter_mut().filter_map(|node| node.memory_mut(kind).running.as_mut()) {
            running.release(now_millis);
        }
    }

    /// Stages what a node remembers of its last operation, which leaks into the 404 texts: when it started (Unix time),
    /// and whether the word CANCELED stayed behind (only after a cancelled restore).
    pub fn remember(&mut self, node: usize, kind: Kind, started_millis: u64, left_canceled: bool) {
        if let Some(node) = self.nodes.get_mut(node) {
            *node.memory_mut(kind) = Memory { started_at: timestamp(started_millis), left_canceled, running: None };
        }
    }

    /// The id of the operation at work.
    pub fn running(&self, kind: Kind) -> Option<&str> {
        self.nodes.iter().find_map(|node| node.memory(kind).running.as_ref()).map(|running| running.id.as_str())
    }

    /// All processes end and start again: what they coordinated stays in the storage as it was (behaviour notes 2.5).
    pub fn restart(&mut self) {
        for node in 0..self.nodes.len() {
            self.kill(node, None);
        }
        for node in 0..self.nodes.len() {
            self.start(node);
        }
        self.down = false;
    }

    /// What the node that is asked remembers.
    pub(crate) fn memory(&self, kind: Kind) -> &Memory {
        self.nodes[self.asked].memory(kind)
    }

    fn answer(&mut self, request: &Request) -> Outcome {
        let faults = faults::hitting(&mut self.faults, request);
        let latency: u64 = faults
            .iter()
            .filter_map(|fault| if let FaultKind::Latency { millis } = fault { Some(*millis) } else { None })
            .sum();
        if faults.contains(&FaultKind::DropBefore) {
            return Outcome { delay_millis: latency, reply: None };
        }
        let mut reply = match faults.iter().find_map(faults::instead) {
            Some(reply) => self.with_cors(reply, request),
            None => self.respond(request),
        };
        let delay_millis = latency + reply.after_millis;
        if faults.contains(&FaultKind::LoseAnswer) {
            return Outcome { delay_millis, reply: None };
        }
        reply = faults::changed(&faults, reply);
        if request.method == "POST" {
            // What a POST writes is there before its answer: no node gives what was before it.
            self.lagging = Lagging::default();
        }
        if faults.contains(&FaultKind::Older) {
            reply = self.lagging.answer(&request.path, reply);
        }
        if faults.contains(&FaultKind::Truncated) {
            reply.body.truncate(reply.body.len() / 2);
        }
        Outcome { delay_millis, reply: Some(reply) }
    }

    fn respond(&mut self, request: &Request) -> Reply {
        let segments = request.segments();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        if let ["v1", ".well-known", what @ ("ready" | "live")] = segments.as_slice() {
            let ready = *what == "live" || self.has_leader();
            return Reply::empty(if ready { 200 } else { 503 });
        }
        if let Some(refused) = self.refused_by_mode(request) {
            return refused;
        }
        if request.method == "OPTIONS" {
            return self.with_cors(Reply::empty(200), request);
        }
        let mut reply = self.route(&segments, request).unwrap_or_else(|refused| refused);
        if request.method == "HEAD" {
            reply.body.clear();
        }
        self.with_cors(reply, request)
    }

    /// 404 and 405 come before the key is looked at.
    fn route(&mut self, segments: &[&str], request: &Request) -> Result<Reply, Reply> {
        let Some(methods) = self.methods(segments) else {
            return Err(texts::openapi(404, 404, format!("path {} was not found", request.path)));
        };
        let method = request.method.as_str();
        if !methods.contains(&method) {
            let methods = methods.join(",");
            let text = format!("method {method} is not allowed, but [{methods}] are");
            return Err(texts::openapi(405, 405, text).header("Allow", methods));
        }
        let open = matches!(segments, ["v1", ".well-known", _]);
        self.state.auth.identify(request, open)?;
        binding::negotiate(request)?;
        match (method, segments) {
            ("GET", ["v1", "backups", backend]) => self.list(backend, request),
            ("POST", ["v1", "backups", backend]) => self.post_create(backend, request),
            ("GET", ["v1", "backups", backend, id]) => self.get_create(backend, id, request),
            ("DELETE", ["v1", "backups", backend, id]) => self.delete_create(backend, id, request),
            ("GET", ["v1", "backups", backend, id, "restore"]) => self.get_restore(backend, id, request),
            ("POST", ["v1", "backups", backend, id, "restore"]) => self.post_restore(backend, id, request),
            ("DELETE", ["v1", "backups", backend, id, "restore"]) => self.delete_restore(backend, id, request),
            ("GET", ["v1", "meta"]) => Ok(self.meta()),
            ("GET", ["v1", "nodes"]) => self.nodes(None, request),
            ("GET", ["v1", "nodes", class]) => self.nodes(Some(class), request),
            ("GET", ["v1", "cluster", _]) => self.statistics(request),
            ("GET", ["v1", "schema"]) => self.schema(request),
            ("POST", ["v1", "schema"]) => self.post_class(request),
            ("GET", ["v1", "schema", class]) => self.class(class, request),
            ("DELETE", ["v1", "schema", class]) => self.delete_class(class, request),
            ("GET", ["v1", "schema", class, _]) => self.tenants(class),
            ("GET", ["v1", "aliases"]) => self.aliases(request),
            ("POST", ["v1", "aliases"]) => self.post_alias(request),
            ("DELETE", ["v1", "aliases", alias]) => Ok(self.delete_alias(alias)),
            ("POST", ["v1", "batch", _]) => Ok(self.post_objects(request)),
            ("GET", ["v1", "users", _]) => Ok(self.caller(request)?.own_info()),
            _ => Ok(self.state.auth.openid_configuration()),
        }
    }

    /// The headers every answer carries that passes the preflight handler (behaviour notes 6.3).
    fn with_cors(&self, reply: Reply, request: &Request) -> Reply {
        let configured = self.state.cors_allow_origin.as_str();
        let preflight = request.method == "OPTIONS";
        let origin = request.get_header("origin").unwrap_or_default();
        let matching = configured.split(',').map(str::trim).find(|one| *one == origin && !preflight);
        let reply = reply
            .header("Access-Control-Allow-Origin", matching.unwrap_or(configured))
            .header("Access-Control-Allow-Methods", self.state.cors_allow_methods.as_str())
            .header("Access-Control-Allow-Headers", self.state.profile().allowed_headers);
        if preflight { reply } else { reply.header("Vary", "Origin") }
    }

    /// The methods of a path; `None`: there is no such path.
    fn methods(&self, segments: &[&str]) -> Option<&'static [&'static str]> {
        if segments.contains(&"") {
            return None;
        }
        let profile = self.state.profile();
        Some(match segments {
            ["v1", "aliases", ..] if !profile.aliases => return None,
            ["v1", "users", ..] if !profile.own_info => return None,
            ["v1", "backups", _] | ["v1", "schema" | "aliases"] => &["GET", "POST"],
            ["v1", "backups", _, _] | ["v1", "schema", _] => &["GET", "DELETE"],
            ["v1", "backups", _, _, "restore"] if !profile.cancels_restores => &["GET", "POST"],
            ["v1", "backups", _, _, "restore"] => &["GET", "POST", "DELETE"],
            ["v1", "meta" | "nodes"]
            | ["v1", "nodes", _]
            | ["v1", "cluster", "statistics"]
            | ["v1", "schema", _, "tenants"]
            | ["v1", "users", "own-info"]
            | ["v1", ".well-known", "openid-configuration"] => &["GET"],
            ["v1", "aliases", _] => &["DELETE"],
            ["v1", "batch", "objects"] => &["POST"],
            _ => return None,
        })
    }
}
