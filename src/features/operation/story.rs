//! What the page says on top: the one thing that matters about an operation, as a value.

use weaviate_backups::domain::operation::{Kind, is_possibly_orphaned};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::State;
use weaviate_backups::poll::look::Pause;
use weaviate_backups::poll::machine::Phase;

use super::known::{Known, Span};
use super::outcome::{Outcome, Reading, in_place_so_far, taken};
use super::relation::Relation;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Story {
    /// Nothing came yet.
    Asking,
    /// Nothing ever came, and contact is lost.
    NeverReached,
    /// The server answers, and never told a status.
    NeverTold,
    /// Nothing ever came, and asking is of no use until somebody does something.
    Paused(Pause),
    /// The request is under way, or its answer was lost and is being looked up.
    Unsettled,
    /// Looked up: the server does not know it.
    NotTaken,
    /// Looked up: the server says that it does not know it, as it does of a storage that it cannot read.
    Unclear,
    /// The answer was lost, and the id is another backup's.
    IdTaken,
    Refused,
    /// The answer was lost, and what the server shows would look the same either way. `landed`: whether all that was
    /// asked for is in the schema now.
    CannotTell {
        kind: Kind,
        status: Status,
        landed: Option<bool>,
    },
    /// The server names an end that it has not finished writing.
    Confirming(Status),
    Cancelling,
    /// A word that is not known, as it came.
    NotUnderstood(String),
    /// Milliseconds since 1970.
    PossiblyOrphaned {
        kind: Kind,
        since: i64,
    },

    BackingUp {
        collections: Option<usize>,
    },
    BackedUp {
        collections: Option<usize>,
    },
    BackupFailed,
    BackupCanceled,

    Restoring {
        collections: Option<usize>,
    },
    ApplyingSchema {
        /// How many are in place, of how many; `None` while it was not counted.
        in_place: Option<(usize, usize)>,
    },
    /// SUCCESS, and the schema was not compared yet.
    SaysSuccess,
    Restored {
        collections: usize,
    },
    /// SUCCESS, and all are there, but not known to have been absent before.
    Present {
        collections: usize,
    },
    /// SUCCESS, and some are not there.
    SuccessWithout {
        in_place: usize,
        asked: usize,
    },
    RestoreFailed,
    NothingLanded {
        asked: usize,
    },
    LandedInPart {
        in_place: usize,
        asked: usize,
        missing: usize,
    },
    RestoreCanceled,
    /// The last restore of this id, by any cluster using this storage, time unknown.
    SomeClusters(Status),
}

/// What a story is told of.
#[derive(Clone, Copy, Debug)]
pub struct Material<'m> {
    pub kind: Kind,
    pub known: &'m Known,
    pub relation: &'m Relation,
    /// How many collections a create has, when it is known from somewhere.
    pub collections: Option<usize>,
    pub reading: Option<&'m Reading>,
    pub outcome: Option<&'m Outcome>,
    /// Milliseconds since 1970, of the newest answer.
    pub looked_at: Option<i64>,
}

impl Story {
    pub fn of(material: &Material<'_>) -> Self {
        let known = material.known;
        let Some(status) = known.status() else { return without_answer(material) };
        let state = material.relation.entry().map(|entry| &entry.state);
        if matches!(state, Some(State::Intended | State::AnswerLost { .. })) {
            return Self::Unsettled;
        }
        let ended = known.end().is_some();
        if status.is_terminal() && !ended {
            return Self::Confirming(status.clone());
        }
        match material.relation {
            Relation::SomeClusters if ended => return Self::SomeClusters(status.clone()),
            Relation::CannotTell(entry) => {
                let landed = match entry.state {
                    State::CannotTell { landed, .. } => landed,
                    _ => None,
                };
                return Self::CannotTell { kind: material.kind, status: status.clone(), landed };
            }
            _ => {}
        }
        match status {
            Status::Unknown(word) => return Self::NotUnderstood(word.clone()),
            Status::Cancelling => return Self::Cancelling,
            _ => {}
        }
        let started = Span::of(known.answer.as_ref(), material.relation.entry()).started;
        if let Some((since, now)) = started.zip(material.looked_at)
            && is_possibly_orphaned(status, since, now)
        {
            return Self::PossiblyOrphaned { kind: material.kind, since };
        }
        match material.kind {
            Kind::Create => of_create(material, status),
            Kind::Restore => of_restore(material, status),
        }
    }
}

fn without_answer(material: &Material<'_>) -> Story {
    match material.relation.entry().map(|entry| &entry.state) {
        Some(State::Intended | State::AnswerLost { .. }) => return Story::Unsettled,
        Some(State::NotTaken { .. }) => return Story::NotTaken,
        Some(State::CannotTell { .. }) => return Story::Unclear,
        Some(State::IdTaken { .. }) => return Story::IdTaken,
        Some(State::Refused { .. }) => return Story::Refused,
        _ => {}
    }
    match material.known.phase {
        Phase::Paused(reason) => Story::Paused(reason),
        Phase::LostContact { reason, .. } if reason.is_answered() => Story::NeverTold,
        Phase::LostContact { .. } => Story::NeverReached,
        // The answer to the POST is the last that is known.
        _ if material.relation.is_accepted() => match material.kind {
            Kind::Create => of_create(material, &Status::Started),
            Kind::Restore => of_restore(material, &Status::Started),
        },
        _ => Story::Asking,
    }
}

fn of_create(material: &Material<'_>, status: &Status) -> Story {
    let collections = material.collections;
    match status {
        Status::Success => Story::BackedUp { collections },
        Status::Failed => Story::BackupFailed,
        Status::Canceled => Story::BackupCanceled,
        _ => Story::BackingUp { collections },
    }
}

fn of_restore(material: &Material<'_>, status: &Status) -> Story {
    // Of a restore that somebody else runs nothing more is known than its status.
    let ours = material.relation.ours();
    match status {
        Status::Finalizing => Story::ApplyingSchema {
            in_place: ours
                .zip(material.reading)
                .map(|(entry, reading)| (in_place_so_far(entry, reading), taken(entry).len()))
                .filter(|(_, all)| *all > 0),
        },
        Status::Canceled => Story::RestoreCanceled,
        Status::Success => material.outcome.map_or(Story::SaysSuccess, of_success),
        Status::Failed => material.outcome.map_or(Story::RestoreFailed, of_failure),
        // Everything was asked for without a name, and the answer that named it was lost.
        _ => Story::Restoring { collections: ours.map(|entry| taken(entry).len()).filter(|count| *count > 0) },
    }
}

fn of_success(outcome: &Outcome) -> Story {
    let (in_place, asked) = (outcome.in_place(), outcome.asked);
    if asked == 0 {
        // Nothing is known to compare with.
        Story::SaysSuccess
    } else if outcome.is_proven() {
        Story::Restored { collections: asked }
    } else if in_place + outcome.landing.cannot_tell.len() == asked {
        Story::Present { collections: asked }
    } else {
        Story::SuccessWithout { in_place, asked }
    }
}

fn of_failure(outcome: &Outcome) -> Story {
    let (in_place, asked, missing) = (outcome.in_place(), outcome.asked, outcome.missing());
    if asked == 0 || !outcome.landing.cannot_tell.is_empty() {
        Story::RestoreFailed
    } else if in_place == 0 {
        Story::NothingLanded { asked }
    } else {
        Story::LandedInPart { in_place, asked, missing }
    }
}

#[cfg(test)]
mod tests;
