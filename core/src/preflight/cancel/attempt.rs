//! One press of the button that cancels a restore: what is asked, in which order, and whether the cancel is sent.

use super::{Facts, Obstacle, obstacles};
use crate::api::wire::Node;
use crate::domain::operation::OperationKey;
use crate::domain::status::Status;
use crate::poll::clock::WallMillis;
use crate::preflight::fact::Fact;

/// What to do next. An answer goes back into the [`Attempt`] that asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `GET /v1/nodes`.
    AskNodes,
    /// `GET` of the restore's status, with its location.
    AskStatus,
    /// The `DELETE`, at once: whatever lies between the answer and it is time in which another restore may begin.
    Send,
    /// Nothing is sent; never empty.
    Stop(Vec<Obstacle>),
}

/// Asks the nodes, then the status, and sends only when both allow it. What was known before the press counts for
/// nothing but the names of the nodes.
#[derive(Clone, Debug)]
pub struct Attempt {
    facts: Facts,
}

impl Attempt {
    /// `known`: what the page knows; its status and its list of nodes are dropped.
    pub fn new(known: Facts) -> Self {
        let mut facts = known;
        facts.status = Fact::NotAsked;
        facts.nodes.now = Fact::NotAsked;
        Self { facts }
    }

    pub fn step(&self) -> Step {
        if self.facts.nodes.now == Fact::NotAsked {
            return Step::AskNodes;
        }
        if self.facts.status == Fact::NotAsked {
            return Step::AskStatus;
        }
        match obstacles(&self.facts) {
            found if found.is_empty() => Step::Send,
            found => Step::Stop(found),
        }
    }

    pub fn nodes_answered(&mut self, nodes: Fact<Vec<Node>>) {
        self.facts.nodes.now = nodes;
        // Whatever was read before the nodes is older than them.
        self.facts.status = Fact::NotAsked;
    }

    /// `other_restores` and `running_since` as the ledger knows them now.
    pub fn status_answered(
        &mut self,
        status: Fact<Option<Status>>,
        now: WallMillis,
        running_since: Option<WallMillis>,
        other_restores: Vec<OperationKey>,
    ) {
        self.facts.status = status;
        self.facts.now = now;
        self.facts.running_since = running_since;
        self.facts.other_restores = other_restores;
    }
}
