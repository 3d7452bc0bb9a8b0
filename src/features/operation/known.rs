//! What is known of an operation that is watched: a fold of the answers about it.

use weaviate_backups::api::error::ApiError;
use weaviate_backups::api::wire::OperationStatus;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_backups::ledger::entry::{Entry, State};
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::poll::machine::Phase;

/// Changes only when something about the operation or the contact with its server changed: an answer equal to the last
/// one leaves it as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub phase: Phase,
    /// The last one, whatever happened since.
    pub answer: Option<OperationStatus>,
    /// Why the newest look brought nothing, when it did not.
    pub failure: Option<ApiError>,
    /// When the first look failed, while contact is lost.
    pub lost_since: Option<WallMillis>,
    /// The statuses in the order in which they were seen.
    pub seen: Vec<Seen>,
}

/// A status, and the answer that said so first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub status: Status,
    pub first: WallMillis,
}

/// When it was asked, and will be: changes with every look, so only clocks read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// When the last look was answered, or given up.
    pub last: Option<WallMillis>,
    /// When the last answer with a status came.
    pub answered: Option<WallMillis>,
    /// When the next look is due; `None` while one is under way, in a pause, and after the end.
    pub next: Option<WallMillis>,
    pub under_way: bool,
}

impl Default for Known {
    fn default() -> Self {
        Self { phase: Phase::Watching, answer: None, failure: None, lost_since: None, seen: Vec::new() }
    }
}

impl Known {
    /// Takes in an answer that came at `at`.
    pub fn answered(&mut self, answer: OperationStatus, at: WallMillis) {
        if self.seen.last().is_none_or(|last| last.status != answer.status) {
            self.seen.push(Seen { status: answer.status.clone(), first: at });
        }
        self.answer = Some(answer);
        self.failure = None;
        self.lost_since = None;
    }

    /// Takes in that a look brought no answer.
    pub fn failed(&mut self, failure: ApiError, at: WallMillis) {
        self.failure = Some(failure);
        self.lost_since.get_or_insert(at);
    }

    pub fn status(&self) -> Option<&Status> {
        self.answer.as_ref().map(|answer| &answer.status)
    }

    /// The terminal status, once it is believed: the server may name an end that it has not finished writing.
    pub fn end(&self) -> Option<&Status> {
        let confirming = matches!(self.phase, Phase::ConfirmingEnd(_));
        self.status().filter(|status| status.is_terminal() && !confirming)
    }

    pub fn is_lost(&self) -> bool {
        matches!(self.phase, Phase::LostContact { .. })
    }

    /// The server's error text, when the operation has one that is meant for people: a canceled one often carries
    /// internal text (behaviour notes 1.2).
    pub fn words(&self) -> Option<&str> {
        let answer = self.answer.as_ref().filter(|answer| answer.status != Status::Canceled)?;
        answer.error.as_deref()
    }
}

/// When an operation ran. Milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub started: Option<i64>,
    pub ended: Option<i64>,
}

impl Span {
    /// The server tells the times of a create only, by its own clock. Those of a restore are this browser's, when it
    /// started it.
    pub fn of(answer: Option<&OperationStatus>, entry: Option<&Entry>) -> Self {
        let happened = |time: Option<Timestamp>| time.and_then(Timestamp::happened).map(Timestamp::unix_millis);
        let asked = entry.and_then(|entry| entry.state.acceptance().map(|acceptance| acceptance.at.0));
        let ended_here = entry.and_then(|entry| match &entry.state {
            State::Ended { at, .. } => Some(at.0),
            _ => None,
        });
        let told = answer.and_then(|answer| happened(answer.started_at));
        let told_end = answer.and_then(|answer| happened(answer.completed_at));
        // What still runs is measured against this browser's clock, so its start is taken by the same one.
        let own = asked.filter(|_| told_end.is_none());
        Self {
            started: own.or(told).or(asked),
            // Both by the same clock, or their difference says nothing.
            ended: if told.is_some() { told_end } else { ended_here },
        }
    }

    pub fn took(self) -> Option<i64> {
        self.ended.zip(self.started).map(|(ended, started)| (ended - started).max(0))
    }
}

#[cfg(test)]
mod tests;
