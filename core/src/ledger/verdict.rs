//! Whose restore the server talks about: its answer names neither a time nor a cluster.

use super::book;
use super::entry::{Entry, Proof, State};
use crate::domain::operation::OperationKey;
use crate::domain::status::Status;

/// Whose the last restore of an id is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Whose<'e> {
    /// The one that this browser started.
    Ours(&'e Entry),
    /// Most likely the one that this browser started: its answer was lost, and the status changed since.
    ProbablyOurs(&'e Entry),
    /// This browser asked for one whose answer was lost, and this status says nothing about it.
    CannotTell(&'e Entry),
    /// The last restore of this id, by any cluster using this storage, time unknown.
    SomeClusters,
}

/// Attributes a restore status to the newest entry that can explain it.
pub fn whose<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    key: &OperationKey,
    status: &Status,
    error: Option<&str>,
) -> Whose<'e> {
    let about: Vec<&Entry> = entries.into_iter().filter(|entry| entry.key == *key).collect();
    // Those that were refused or not taken left no trace on the server.
    let left_a_trace = about.iter().copied().filter(|entry| leaves_a_trace(&entry.state));
    let Some(newest) = book::newest(left_a_trace, key) else { return Whose::SomeClusters };
    match &newest.state {
        State::Accepted(acceptance) if acceptance.proof == Proof::StatusChanged => Whose::ProbablyOurs(newest),
        State::Accepted(_) => Whose::Ours(newest),
        State::Ended { status: ended, error: words, acceptance, .. } => {
            let is_the_same = ended == status && (*ended == Status::Canceled || words.as_deref() == error);
            match (is_the_same, acceptance.proof) {
                (false, _) => Whose::SomeClusters,
                (true, Proof::StatusChanged) => Whose::ProbablyOurs(newest),
                (true, _) => Whose::Ours(newest),
            }
        }
        _ => Whose::CannotTell(newest),
    }
}

fn leaves_a_trace(state: &State) -> bool {
    !matches!(state, State::Refused { .. } | State::NotTaken { .. } | State::IdTaken { .. })
}

#[cfg(test)]
mod tests;
