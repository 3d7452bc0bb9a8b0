//! The answers about one operation, for a person to read: what was asked, when, and what exactly came back.

use std::collections::VecDeque;

use super::clock::{Millis, WallMillis};
use crate::api::call::Call;
use crate::api::decode::Answered;
use crate::api::error::{ApiError, ErrorKind};
use crate::api::request::{Method, Request};
use crate::api::wire::{Accepted, OperationStatus};
use crate::domain::status::Status;

/// One exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When the answer came, or was given up.
    pub at: WallMillis,
    pub call: Call,
    pub method: Method,
    /// From `/v1` on.
    pub path: String,
    /// `None` when there was no answer.
    pub http_status: Option<u16>,
    /// The status word of an answer that has one.
    pub status: Option<Status>,
    /// Why there is nothing usable.
    pub failure: Option<ErrorKind>,
    /// The server's words: the operation's error, or those of a refused call.
    pub words: Option<String>,
    /// `None` when there was no answer, or an error without a time.
    pub round_trip: Option<Millis>,
    /// The body as it came, or the start of one that could not be read; shortened to [`RAW_CHARS`].
    pub raw: Option<String>,
}

/// A run of equal exchanges: the same call, answered alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The last exchange of the run.
    pub exchange: Exchange,
    /// When the first one came.
    pub first: WallMillis,
    /// At least 1.
    pub count: u64,
}

/// Bounded in lines and in the size of each: a week of equal answers is one line.
#[derive(Clone, Debug, Default)]
pub struct Log {
    lines: VecDeque<Line>,
    dropped: u64,
}

/// Lines that are kept; the oldest are dropped and counted.
pub const LINES: usize = 200;
/// Characters of a body that are kept.
pub const RAW_CHARS: usize = 16_000;

impl Exchange {
    /// An outcome of a status call.
    pub fn of_status(
        at: WallMillis,
        request: &Request,
        outcome: Result<&Answered<OperationStatus>, &ApiError>,
    ) -> Self {
        Self::of(at, request, outcome, |answer| (Some(answer.status.clone()), answer.error.clone()))
    }

    /// An outcome of a POST.
    pub fn of_accepted(at: WallMillis, request: &Request, outcome: Result<&Answered<Accepted>, &ApiError>) -> Self {
        Self::of(at, request, outcome, |answer| (Some(answer.status.clone()), None))
    }

    /// An outcome of a cancel.
    pub fn of_cancel(at: WallMillis, request: &Request, outcome: Result<&Answered<()>, &ApiError>) -> Self {
        Self::of(at, request, outcome, |()| (None, None))
    }

    fn of<T>(
        at: WallMillis,
        request: &Request,
        outcome: Result<&Answered<T>, &ApiError>,
        read: impl FnOnce(&T) -> (Option<Status>, Option<String>),
    ) -> Self {
        let mut exchange = Self {
            at,
            call: request.call,
            method: request.method,
            path: request.path.clone(),
            http_status: None,
            status: None,
            failure: None,
            words: None,
            round_trip: None,
            raw: None,
        };
        match outcome {
            Ok(answered) => {
                let (status, words) = read(&answered.value);
                exchange.status = status;
                exchange.words = words.as_deref().map(shortened);
                exchange.http_status = Some(answered.http_status);
                exchange.round_trip = Some(Millis(u64::from(answered.round_trip_millis)));
                exchange.raw = Some(shortened(&answered.raw)).filter(|raw| !raw.is_empty());
            }
            Err(error) => {
                exchange.failure = Some(error.kind);
                exchange.http_status = error.http_status;
                exchange.words = Some(shortened(&error.words())).filter(|words| !words.is_empty());
                exchange.raw = error.excerpt.as_deref().map(shortened);
            }
        }
        exchange
    }

    /// Whether both are the same question with the same answer, whenever and however quickly it came.
    fn says_the_same(&self, other: &Self) -> bool {
        self.call == other.call
            && self.method == other.method
            && self.path == other.path
            && self.http_status == other.http_status
            && self.status == other.status
            && self.failure == other.failure
            && self.words == other.words
            && self.raw == other.raw
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(RAW_CHARS) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

impl Log {
    /// Adds an exchange: to the last line when it says the same, else as a line of its own.
    pub fn push(&mut self, exchange: Exchange) {
        if let Some(last) = self.lines.back_mut().filter(|last| last.exchange.says_the_same(&exchange)) {
            last.count = last.count.saturating_add(1);
            last.exchange = exchange;
            return;
        }
        if self.lines.len() == LINES {
            self.lines.pop_front();
            self.dropped = self.dropped.saturating_add(1);
        }
        self.lines.push_back(Line { first: exchange.at, exchange, count: 1 });
    }

    /// Oldest first.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &Line> + ExactSizeIterator {
        self.lines.iter()
    }

    /// How many lines were dropped from the start.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

#[cfg(test)]
mod tests;
