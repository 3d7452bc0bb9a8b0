//! What goes into a submission and comes out of it.

use crate::domain::operation::OperationKey;
use crate::ledger::entry::{Before, Entry, PriorRestore};
use crate::ledger::evidence::{Found, PostOutcome, Settlement};
use crate::poll::clock::Millis;
use crate::poll::look::{Lost, Pause};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub key: OperationKey,
    /// The JSON body, sent exactly so.
    pub body: String,
    /// The names asked for; to compare with what the server takes.
    pub collections: Vec<String>,
    /// Creates: whether the id was just seen to be free.
    pub id_seen_free: bool,
    /// For the jitter of repeated look-ups.
    pub seed: u64,
}

/// Counts the questions this machine asks; an answer has to carry the number of its question, or is ignored.
pub type Turn = u32;

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Restores: read the restore status of this id, and the names in the schema.
    ReadBefore { turn: Turn },
    /// Keep the entry under its name; confirm only what is on disk. See [`Entry::over`].
    Write { turn: Turn, entry: Box<Entry> },
    /// Send the POST. Never asked for a second time.
    Post { turn: Turn, body: String },
    /// Ask for the status of the operation, `after` this long.
    LookUp { turn: Turn, after: Millis },
    /// Read the names in the schema.
    ReadSchema { turn: Turn },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A second press while the first is under way changes nothing.
    SubmitPressed,
    BeforeRead {
        turn: Turn,
        before: Result<Before, Stop>,
    },
    Written {
        turn: Turn,
    },
    WriteFailed {
        turn: Turn,
        why: WriteFailure,
    },
    /// The person wants to try the ledger again.
    WriteAgainPressed,
    /// The person was told that nothing will be kept, and goes on.
    GoOnWithoutLedgerPressed,
    Posted {
        turn: Turn,
        outcome: PostOutcome,
    },
    LookedUp {
        turn: Turn,
        found: Found,
        /// See [`crate::ledger::book::is_last`].
        is_last: bool,
    },
    SchemaRead {
        turn: Turn,
        /// `None` when it could not be read.
        present: Option<Vec<String>>,
    },
    /// The person asks again after a pause (a key was given), or after it could not be told.
    LookAgainPressed,
}

/// Why nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// What there was before could not be read.
    Lost(Lost),
    Paused(Pause),
    /// The last restore of this id says CANCELLING: a POST would be answered with 200 and start nothing.
    StuckCancelling,
}

impl Found {
    /// What there was before a restore, or why that is not told.
    pub fn prior_restore(self) -> Result<PriorRestore, Stop> {
        match self {
            Self::Status { status, error, .. } => Ok(PriorRestore::Was { status, error }),
            Self::None => Ok(PriorRestore::Never),
            // A storage whose words are not known says no more than this, and is restored from all the same.
            Self::Unclear => Ok(PriorRestore::Unclear),
            Self::Lost(lost) => Err(Stop::Lost(lost)),
            Self::Paused(pause) => Err(Stop::Paused(pause)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteFailure {
    /// The browser's storage for this page is full.
    Full,
    /// There is none, as in some private windows.
    Unavailable,
    Other,
}

/// Where the submission is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Ready,
    ReadingBefore,
    /// Nothing was sent; a press starts again.
    Stopped(Stop),
    Writing,
    /// Nothing was sent; the person decides.
    NotWritten(WriteFailure),
    Posting,
    /// The answer was lost; `last` is why the last look-up brought nothing, if it did not. `NotFound`: the server does not
    /// know it so far.
    LookingUp {
        last: Option<Lost>,
    },
    /// Looking up is of no use until somebody does something.
    Paused(Pause),
    /// Nothing more will happen of itself. [`Submission::entry`] has the state.
    Settled(Settlement),
}
