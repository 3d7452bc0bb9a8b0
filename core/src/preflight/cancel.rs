//! Whether a restore may be cancelled now.
//!
//! It is dangerous: the server cancels whatever restore that node is running without comparing ids, turns a FAILED into
//! a CANCELED, and sticks in CANCELLING for ever when a node is down (behaviour notes 1.7).

mod attempt;

pub use attempt::{Attempt, Step};

use std::collections::BTreeSet;

use super::fact::Fact;
use super::nodes::{self, NodeFacts};
use super::rights::{Lack, Rights};
use crate::domain::operation::{self, Action, Kind, OperationKey, Reason};
use crate::domain::status::Status;
use crate::domain::version::Version;
use crate::poll::clock::WallMillis;

/// What has to be known. For the button it is what was read last; for the cancel itself an [`Attempt`] asks it anew.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The restore status of the same id and location; `None` when the server knows none.
    pub status: Fact<Option<Status>>,
    pub nodes: NodeFacts,
    pub ledger: InLedger,
    /// When the status was read.
    pub now: WallMillis,
    pub version: Option<Version>,
    pub rights: Rights,
    /// Names in the backup, as far as they are known.
    pub collections: Vec<String>,
}

/// What this browser keeps of what it started, as far as it speaks of a restore that is to be cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InLedger {
    /// Whether all of it could be read.
    pub is_read: bool,
    /// Other restores on this connection whose end is not known.
    pub other_restores: Vec<OperationKey>,
    /// When this one was asked for.
    pub running_since: Option<WallMillis>,
}

/// Why a restore is not to be cancelled now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The status was not asked, or the question failed.
    StatusNotKnown,
    /// The server knows no restore of this id: a cancel would hit another one.
    NoSuchRestore,
    /// The caller's roles do not allow it.
    NotPermitted(Lack),
    /// By the status or the version, as for any action.
    NotNow(Reason),
    /// The nodes were not asked, or the question failed.
    NodesNotKnown,
    NodesMissing(Vec<String>),
    NodesUnhealthy(Vec<String>),
    /// What this browser has started is not known, so another restore may run.
    LedgerNotRead,
    OtherRestoresRunning(Vec<OperationKey>),
    /// Its node was most likely restarted: a cancel would hit what runs there now.
    PossiblyOrphaned,
}

/// All obstacles; empty when a cancel may be sent at once.
pub fn obstacles(facts: &Facts) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    match facts.status.value() {
        None => obstacles.push(Obstacle::StatusNotKnown),
        Some(None) => obstacles.push(Obstacle::NoSuchRestore),
        Some(Some(status)) => {
            let allowed = operation::can(Action::CancelRestore, Kind::Restore, status, facts.version);
            obstacles.extend(allowed.err().map(Obstacle::NotNow));
            let started = facts.ledger.running_since.map(|since| since.0);
            if started.is_some_and(|started| operation::is_possibly_orphaned(status, started, facts.now.0)) {
                obstacles.push(Obstacle::PossiblyOrphaned);
            }
        }
    }
    match facts.nodes.now.value().map(Vec::as_slice) {
        // No cluster has none: that answer tells nothing.
        None | Some([]) => obstacles.push(Obstacle::NodesNotKnown),
        Some(nodes) => {
            let missing = nodes::missing(nodes, &expected(facts));
            if !missing.is_empty() {
                obstacles.push(Obstacle::NodesMissing(missing));
            }
            let unhealthy: Vec<String> = nodes::unhealthy(nodes).map(|node| node.name.clone()).collect();
            if !unhealthy.is_empty() {
                obstacles.push(Obstacle::NodesUnhealthy(unhealthy));
            }
        }
    }
    obstacles.extend(facts.rights.lack(&facts.collections).map(Obstacle::NotPermitted));
    if !facts.ledger.is_read {
        obstacles.push(Obstacle::LedgerNotRead);
    }
    if !facts.ledger.other_restores.is_empty() {
        obstacles.push(Obstacle::OtherRestoresRunning(facts.ledger.other_restores.clone()));
    }
    obstacles
}

/// The nodes that may have a part in this restore: those that are known, and those that were forgotten after it began.
/// Forgetting is for a node that was taken away, and one that has died in the middle of a restore looks the same. One of
/// which nobody knows when it began is no older than [`ORPHAN_AGE_MILLIS`](operation::ORPHAN_AGE_MILLIS).
fn expected(facts: &Facts) -> BTreeSet<String> {
    let began =
        facts.ledger.running_since.unwrap_or(WallMillis(facts.now.0.saturating_sub(operation::ORPHAN_AGE_MILLIS)));
    let since = facts.nodes.forgotten.iter().filter(|forgotten| forgotten.at >= began);
    facts.nodes.ever_seen.iter().cloned().chain(since.map(|forgotten| forgotten.name.clone())).collect()
}

#[cfg(test)]
mod tests;
