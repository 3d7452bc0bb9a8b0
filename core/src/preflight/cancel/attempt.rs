//! One press of the button that cancels a restore: what is asked, in which order, and whether the cancel is sent.

use super::{Facts, InLedger, Obstacle, obstacles};
use crate::domain::status::Status;
use crate::domain::version::Version;
use crate::poll::clock::WallMillis;
use crate::preflight::fact::Fact;
use crate::preflight::nodes::NodeFacts;

/// What to do next. An answer goes back into the [`Attempt`] that asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `GET /v1/nodes`.
    AskNodes,
    /// `GET` of the restore's status, with its location.
    AskStatus,
    /// The `DELETE`, at once: whatever lies between the answer and it is time in which another restore may begin.
    Send,
    /// Nothing is sent, for this reason first.
    Stop(Obstacle),
}

/// Asks the nodes, then the status, and sends only when both allow it. What was known before the press counts for
/// nothing, but for what the server can do.
#[derive(Clone, Debug)]
pub struct Attempt {
    facts: Facts,
}

impl Attempt {
    pub fn new(version: Option<Version>) -> Self {
        Self { facts: Facts { version, ..Facts::default() } }
    }

    pub fn step(&self) -> Step {
        if self.facts.nodes.now == Fact::NotAsked {
            return Step::AskNodes;
        }
        if self.facts.status == Fact::NotAsked {
            return Step::AskStatus;
        }
        obstacles(&self.facts).into_iter().next().map_or(Step::Send, Step::Stop)
    }

    /// `nodes`: the answer, with every name that any page of this browser has seen by then.
    pub fn nodes_answered(&mut self, nodes: NodeFacts) {
        self.facts.nodes = nodes;
    }

    /// `ledger`: what it knows at this moment.
    pub fn status_answered(&mut self, status: Fact<Option<Status>>, now: WallMillis, ledger: InLedger) {
        self.facts.status = status;
        self.facts.now = now;
        self.facts.ledger = ledger;
    }
}
