//! One started operation, as it is kept.

mod kept;

use thiserror::Error;

use crate::api::request::segment;
use crate::api::wire::Others;
use crate::domain::operation::{Kind, OperationKey};
use crate::domain::status::Status;
use crate::poll::clock::{Instant, WallMillis};
use crate::poll::look::Lost;
use crate::poll::machine::Watch;

/// The version of [`Entry`] that this console writes.
pub const VERSION: u32 = 2;

/// One POST that was asked for, written before it is sent. Kept as JSON; members of a later console are kept as they
/// are.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub version: u32,
    pub key: OperationKey,
    pub asked_at: WallMillis,
    /// Which of the requests for this operation it is, counted from the second, which is 1: a clock that is set back puts
    /// the later one before the earlier.
    pub number: Option<u32>,
    /// The JSON body as it is sent.
    pub body: String,
    /// The names that were asked for.
    pub collections: Vec<String>,
    /// Restores only: what there was before.
    pub before: Option<Before>,
    /// Creates only: whether a look at the id just before said that there is none, so that one found later is ours.
    pub id_seen_free: bool,
    pub state: State,
    pub others: Others,
}

/// What the server showed just before a restore was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    pub restore: PriorRestore,
    /// Names in the schema; `None` when it could not be read.
    pub present: Option<Vec<String>>,
}

/// The last restore of the same id, by any cluster using the storage (behaviour notes 1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriorRestore {
    Never,
    /// 404, in words that a storage which cannot be read has as well: there may have been one.
    Unclear,
    Was {
        status: Status,
        error: Option<String>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Written before the POST. Found after a reload, it means that the answer is not known.
    Intended,
    Accepted(Acceptance),
    AnswerLost {
        at: WallMillis,
        why: LostPost,
    },
    /// The server said no, in these words.
    Refused {
        at: WallMillis,
        words: String,
    },
    /// The answer was lost, and the server does not know the operation: as of `at`, it did not take it.
    NotTaken {
        at: WallMillis,
    },
    /// The answer was lost, and the server has an older backup of this id: it cannot have taken this one.
    IdTaken {
        at: WallMillis,
    },
    /// The answer was lost, and what the server shows would look the same either way.
    CannotTell {
        at: WallMillis,
        /// Restores: whether all collections that were asked for and absent before are there now. `None` when that is
        /// not known. It makes the restore likely; it is not a success.
        landed: Option<bool>,
    },
    Ended {
        at: WallMillis,
        status: Status,
        error: Option<String>,
        acceptance: Acceptance,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// When the answer came, or the operation was found.
    pub at: WallMillis,
    pub proof: Proof,
    /// What the server took; `None` when the answer that says so was lost.
    pub classes: Option<Vec<String>>,
}

/// How the acceptance is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The POST was answered. Only then is [`Acceptance::at`] the start of the server's rounds.
    Answered,
    /// A create was found under its id.
    FoundById,
    /// The status of the last restore is another than before: probable, not sure.
    StatusChanged,
}

/// Why a POST has no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostPost {
    Unreachable,
    TimedOut,
    Aborted,
    /// An answer of something in front of the server, or one that is empty or cut off.
    Unreadable,
    /// The page went away before the answer came.
    PageGone,
}

impl From<Lost> for LostPost {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Unreachable => Self::Unreachable,
            Lost::TimedOut => Self::TimedOut,
            Lost::Aborted => Self::Aborted,
            Lost::ServerFailed | Lost::Absent | Lost::NotFound | Lost::ForeignAnswer | Lost::Unreadable => {
                Self::Unreadable
            }
        }
    }
}

/// Something that became known about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Accepted(Acceptance),
    Refused { at: WallMillis, words: String },
    AnswerLost { at: WallMillis, why: LostPost },
    NotTaken { at: WallMillis },
    IdTaken { at: WallMillis },
    CannotTell { at: WallMillis, landed: Option<bool> },
    Ended { at: WallMillis, status: Status, error: Option<String> },
}

/// A kept text that is no entry of this version. It is to be shown and kept, not deleted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not an entry that can be read")]
pub struct Unreadable {
    /// Which operation it is about, when that much can be read.
    pub key: Option<Box<OperationKey>>,
    /// Whether a later console wrote it.
    pub is_newer: bool,
}

impl Entry {
    pub fn intended(key: OperationKey, asked_at: WallMillis, body: String, collections: Vec<String>) -> Self {
        Self {
            version: VERSION,
            key,
            asked_at,
            number: None,
            body,
            collections,
            before: None,
            id_seen_free: false,
            state: State::Intended,
            others: Others::new(),
        }
    }

    /// The name under which it is kept: the operation, and which request for it, since the same restore may be asked for
    /// again.
    pub fn name(&self) -> String {
        let key = &self.key;
        let kind = match key.kind {
            Kind::Create => "create",
            Kind::Restore => "restore",
        };
        let place = |text: &Option<String>| text.as_deref().map(segment).unwrap_or_default();
        let number = self.number.map(|number| format!(".{number}")).unwrap_or_default();
        format!(
            "{}/{kind}/{}/{}/{}/{}@{}{number}",
            segment(&key.connection.0),
            segment(&key.backend),
            place(&key.location.bucket),
            place(&key.location.path),
            segment(&key.id),
            self.asked_at.0
        )
    }

    /// Orders the requests for one operation.
    pub fn order(&self) -> (u32, WallMillis) {
        (self.number.unwrap_or(0), self.asked_at)
    }

    /// How to watch it: aligned with the rounds of its server when the answer to its POST was seen. `now` and `wall` are
    /// the same moment.
    pub fn watch(&self, now: Instant, wall: WallMillis, seed: u64) -> Watch {
        let kind = self.key.kind;
        match self.state.acceptance() {
            // A clock that was set back since tells nothing about how long ago it was.
            Some(acceptance) if acceptance.proof == Proof::Answered && acceptance.at <= wall => {
                Watch::posted(kind, now - wall.since(acceptance.at), seed)
            }
            Some(_) => Watch::accepted(kind, seed),
            None => Watch::opened(kind, seed),
        }
    }

    /// Whether a server is known to have, or to have had, what it is about: a 404 is no news of that any more.
    pub fn was_answered(&self) -> bool {
        let was_before = self.before.as_ref().is_some_and(|before| matches!(before.restore, PriorRestore::Was { .. }));
        was_before || self.state.acceptance().is_some() || matches!(self.state, State::IdTaken { .. })
    }

    /// Takes a fact in, when it can follow what is known. Returns whether anything changed.
    ///
    /// An end needs an acceptance before it and a terminal status; what was accepted is never taken back.
    pub fn record(&mut self, fact: Fact) -> bool {
        let next = match (&self.state, fact) {
            (state, Fact::Accepted(acceptance)) if state.may_turn_out() => State::Accepted(acceptance),
            (state, Fact::NotTaken { at }) if state.may_turn_out() => State::NotTaken { at },
            (state, Fact::IdTaken { at }) if state.may_turn_out() => State::IdTaken { at },
            (state, Fact::CannotTell { at, landed }) if state.may_turn_out() => State::CannotTell { at, landed },
            (State::Intended, Fact::Refused { at, words }) => State::Refused { at, words },
            (State::Intended, Fact::AnswerLost { at, why }) => State::AnswerLost { at, why },
            (State::Accepted(acceptance), Fact::Ended { at, status, error }) if status.is_terminal() => {
                State::Ended { at, status, error, acceptance: acceptance.clone() }
            }
            // The end of a create may be rewritten by a node that cleans up at its start (behaviour notes 2.5). That of
            // a restore may be another restore's.
            (State::Ended { acceptance, .. }, Fact::Ended { at, status, error })
                if status.is_terminal() && self.key.kind == Kind::Create =>
            {
                State::Ended { at, status, error, acceptance: acceptance.clone() }
            }
            _ => return false,
        };
        let changed = self.state != next;
        self.state = next;
        changed
    }

    /// What to write when another page may have written the same entry meanwhile: whichever knows more. To be called
    /// with what is stored, in the transaction that writes.
    #[must_use]
    pub fn over(self, stored: Self) -> Self {
        if self.state.certainty() >= stored.state.certainty() { self } else { stored }
    }
}

impl State {
    /// Whether it is not settled what became of the POST, or only as far as could be told: a later look-up may tell more.
    fn may_turn_out(&self) -> bool {
        matches!(
            self,
            Self::Intended
                | Self::AnswerLost { .. }
                | Self::NotTaken { .. }
                | Self::IdTaken { .. }
                | Self::CannotTell { .. }
        )
    }

    /// Whether the server may have taken it.
    pub fn may_exist(&self) -> bool {
        !matches!(self, Self::Refused { .. } | Self::NotTaken { .. } | Self::IdTaken { .. })
    }

    /// Whether something is still to come: it is watched, or looked up.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Intended | Self::Accepted(_) | Self::AnswerLost { .. })
    }

    pub fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Self::Accepted(acceptance) | Self::Ended { acceptance, .. } => Some(acceptance),
            _ => None,
        }
    }

    fn certainty(&self) -> u8 {
        match self {
            Self::Intended => 0,
            Self::AnswerLost { .. } => 1,
            Self::NotTaken { .. } | Self::IdTaken { .. } | Self::CannotTell { .. } => 2,
            Self::Refused { .. } => 3,
            Self::Accepted(_) => 4,
            Self::Ended { .. } => 5,
        }
    }
}

#[cfg(test)]
mod tests;
