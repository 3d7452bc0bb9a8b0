//! What an answer says about a POST, and what can be told when its own answer was lost.

use super::entry::{Entry, LostPost, PriorRestore, Proof, State};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::wire::{Accepted, OperationStatus};
use crate::domain::operation::Kind;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;
use crate::poll::clock::WallMillis;
use crate::poll::look::{Look, Lost, Pause};

/// What became of a POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostOutcome {
    /// `classes` is what the server takes.
    Accepted { classes: Vec<String> },
    /// The server said no, in these words (empty when it said none).
    Refused { words: String },
    /// It may have been carried out.
    AnswerLost { why: LostPost },
}

impl PostOutcome {
    pub fn of(outcome: Result<&Accepted, &ApiError>) -> Self {
        match outcome {
            Ok(accepted) => Self::Accepted { classes: accepted.classes.clone() },
            // A gateway that gave up waiting may say so in a body that looks like the server's. No Weaviate answers
            // these calls with these statuses.
            Err(error) if error.may_have_been_carried_out() || matches!(error.http_status, Some(502..=504)) => {
                Self::AnswerLost {
                    why: match error.kind {
                        ErrorKind::Unreachable => LostPost::Unreachable,
                        ErrorKind::TimedOut { .. } => LostPost::TimedOut,
                        ErrorKind::Aborted => LostPost::Aborted,
                        _ => LostPost::Unreadable,
                    },
                }
            }
            Err(error) => Self::Refused { words: error.words() },
        }
    }
}

/// What a look-up by id found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Status {
        status: Status,
        error: Option<String>,
        /// Creates, and not of servers before v1.31.15.
        started_at: Option<WallMillis>,
    },
    /// The storage has no file of it (404).
    None,
    /// 404, in words that a storage which cannot be read has as well: there may be one.
    Unclear,
    Lost(Lost),
    Paused(Pause),
}

impl Found {
    pub fn of(outcome: Result<&OperationStatus, &ApiError>) -> Self {
        match (outcome, Look::of(outcome, WallMillis::default())) {
            (Ok(answer), _) => Self::Status {
                status: answer.status.clone(),
                error: answer.error.clone(),
                started_at: answer
                    .started_at
                    .and_then(Timestamp::happened)
                    .map(|started| WallMillis(started.unix_millis())),
            },
            (Err(_), Look::Lost(Lost::Absent)) => Self::None,
            (Err(_), Look::Lost(Lost::NotFound)) => Self::Unclear,
            (Err(_), Look::Paused(reason)) => Self::Paused(reason),
            (Err(_), Look::Lost(reason)) => Self::Lost(reason),
            // An error is never a status.
            (Err(_), Look::Status { .. }) => Self::Lost(Lost::Unreadable),
        }
    }
}

/// What a look-up says about a POST whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Accepted(Proof),
    NotTaken,
    /// The server does not know it, as far as it can read.
    Unclear,
    /// Another backup has the id, from before.
    IdTaken,
    /// It would look the same either way.
    SameAsBefore,
    Nothing(Lost),
    Paused(Pause),
}

/// By how much the clocks of server and browser may differ: a create that started this much before it was asked for may
/// still be the one, and one that started after it may be an older one.
pub const CLOCK_TOLERANCE_MILLIS: i64 = 5 * 60 * 1000;

/// Weighs a look-up after a lost answer. `is_last`: see [`super::book::is_last`].
pub fn weigh(entry: &Entry, found: &Found, is_last: bool) -> Sight {
    match (entry.key.kind, found) {
        // It is as well the later one's.
        (_, Found::Status { .. }) if !is_last => Sight::SameAsBefore,
        (_, Found::Lost(reason)) => Sight::Nothing(*reason),
        (_, Found::Paused(reason)) => Sight::Paused(*reason),
        (_, Found::Unclear) => Sight::Unclear,
        (Kind::Create, Found::None) => Sight::NotTaken,
        (Kind::Create, Found::Status { started_at, .. }) => weigh_create(entry, *started_at),
        (Kind::Restore, found) => weigh_restore(entry, found),
    }
}

fn weigh_create(entry: &Entry, started_at: Option<WallMillis>) -> Sight {
    match started_at {
        // An id is used once and for all: one that was free a moment ago and is taken now is ours.
        _ if entry.id_seen_free => Sight::Accepted(Proof::FoundById),
        // Of before, so the server refused ours: an id cannot be used twice.
        Some(started) if started.0.saturating_add(CLOCK_TOLERANCE_MILLIS) < entry.asked_at.0 => Sight::IdTaken,
        // An answer names neither who asked nor a time of the server's to compare with. Ours, or one that somebody, or
        // an earlier request of ours, began shortly before it.
        _ => Sight::SameAsBefore,
    }
}

fn weigh_restore(entry: &Entry, found: &Found) -> Sight {
    let prior = entry.before.as_ref().map(|before| &before.restore);
    match (prior, found) {
        // An accepted restore is written to the storage before its answer (behaviour notes 1.5).
        (Some(PriorRestore::Never), Found::None) => Sight::NotTaken,
        (Some(PriorRestore::Never), Found::Status { .. }) => Sight::Accepted(Proof::StatusChanged),
        (Some(PriorRestore::Was { status: was, error: words }), Found::Status { status, error, .. })
            if says_a_new_restore(was, words.as_deref(), status, error.as_deref()) =>
        {
            Sight::Accepted(Proof::StatusChanged)
        }
        // Also when what it was before was not kept, or not clear: then no status can be known to be another one.
        _ => Sight::SameAsBefore,
    }
}

/// Whether a status can only be that of a restore that began after another one had the status before.
fn says_a_new_restore(was: &Status, words: Option<&str>, status: &Status, error: Option<&str>) -> bool {
    match (was, status) {
        // One that ran already may go on to any other status.
        (was, _) if !was.is_terminal() => false,
        // A DELETE turns a failed restore into a canceled one (behaviour notes 1.7), and the text of a canceled one comes
        // some seconds after the word (2.3).
        (Status::Failed, Status::Cancelling) | (Status::Failed | Status::Canceled, Status::Canceled) => false,
        (was, status) => was != status || words != error,
    }
}

/// Whether all collections that were asked for and were absent before are present now. `None` when what was there
/// before is not known, or all of them were.
pub fn landed(entry: &Entry, present: &[String]) -> Option<bool> {
    let before = entry.before.as_ref()?.present.as_ref()?;
    let mut absent = entry.collections.iter().filter(|name| !before.contains(name)).peekable();
    absent.peek()?;
    Some(absent.all(|name| present.contains(name)))
}

/// What a submission came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// To be watched. `narrowing` is how what the server took differs from what was asked for, if it told.
    Accepted {
        narrowing: Option<Narrowing>,
    },
    Refused,
    /// The server does not know it. The person may send it again, with the same id.
    NotTaken,
    /// An older backup has the id.
    IdTaken,
    CannotTell {
        landed: Option<bool>,
    },
}

/// The server took other collections than it was asked for: fewer when the caller lacks rights on some (behaviour notes
/// 1.1), more never when names are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowing {
    pub left_out: Vec<String>,
    pub taken_unasked: Vec<String>,
}

/// Compares what was asked for with what was taken; `None` when it is the same, and when everything was asked for
/// without a name.
pub fn narrowing(asked: &[String], taken: &[String]) -> Option<Narrowing> {
    if asked.is_empty() {
        return None;
    }
    let without = |names: &[String], others: &[String]| {
        names.iter().filter(|name| !others.contains(name)).cloned().collect::<Vec<_>>()
    };
    let narrowing = Narrowing { left_out: without(asked, taken), taken_unasked: without(taken, asked) };
    (!narrowing.left_out.is_empty() || !narrowing.taken_unasked.is_empty()).then_some(narrowing)
}

/// What an entry has come to; `None` while its answer is awaited or looked up.
pub fn settlement(entry: &Entry) -> Option<Settlement> {
    match &entry.state {
        State::Intended | State::AnswerLost { .. } => None,
        State::Accepted(acceptance) | State::Ended { acceptance, .. } => {
            let taken = acceptance.classes.as_deref();
            Some(Settlement::Accepted { narrowing: taken.and_then(|taken| narrowing(&entry.collections, taken)) })
        }
        State::Refused { .. } => Some(Settlement::Refused),
        State::NotTaken { .. } => Some(Settlement::NotTaken),
        State::IdTaken { .. } => Some(Settlement::IdTaken),
        State::CannotTell { landed, .. } => Some(Settlement::CannotTell { landed: *landed }),
    }
}

#[cfg(test)]
mod tests;
