//! The rows of the log, as a person reads them.

use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::request;
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Entry, LostPost, Proof, State};
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::poll::log::{Exchange, Line, Log};

use super::outcome::{left_out, taken};

/// What an exchange brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Status(Status),
    /// A cancel was taken: the server sends aborts, and the status tells what becomes of it.
    CancelTaken,
    Nothing {
        why: ErrorKind,
        http_status: Option<u16>,
    },
}

pub fn answer(exchange: &Exchange) -> Answer {
    if let Some(status) = &exchange.status {
        return Answer::Status(status.clone());
    }
    match exchange.failure {
        Some(why) => Answer::Nothing { why, http_status: exchange.http_status },
        None => Answer::CancelTaken,
    }
}

/// What stands beside the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    None,
    /// The status is another than the one before.
    Changed,
    /// How many said the same, and since when.
    Equal {
        count: u64,
        since: WallMillis,
    },
}

pub fn remark(line: &Line, older: Option<&Line>) -> Remark {
    if line.count > 1 {
        return Remark::Equal { count: line.count, since: line.first };
    }
    let status_of = |line: &Line| line.exchange.status.clone();
    match (status_of(line), older.and_then(status_of)) {
        (Some(now), Some(before)) if now != before => Remark::Changed,
        _ => Remark::None,
    }
}

/// The line of a serial number: the first line ever is 0, also after it was dropped.
pub fn line(log: &Log, serial: u64) -> Option<&Line> {
    let index = usize::try_from(serial.checked_sub(log.dropped())?).ok()?;
    log.lines().nth(index)
}

/// The serial numbers of the lines there are, newest first.
pub fn serials(log: &Log) -> Vec<u64> {
    let count = u64::try_from(log.lines().len()).unwrap_or(u64::MAX);
    (log.dropped()..log.dropped().saturating_add(count)).rev().collect()
}

/// A path without what all of them begin with.
pub fn short_path(path: &str) -> String {
    path.strip_prefix("/v1/backups/").map_or_else(|| path.to_owned(), |rest| format!("…/{rest}"))
}

/// The request that began the operation, from the ledger: it was sent from another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// When its answer came, or was given up; before that, when it was asked for.
    pub at: WallMillis,
    pub path: String,
    pub outcome: PostAnswer,
    /// The body as it was sent.
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostAnswer {
    Awaited,
    /// 200. How many collections the server took, and whether those are the ones that were asked for.
    Taken {
        collections: usize,
        as_asked: bool,
    },
    /// The answer was lost; that it was taken was found out later.
    FoundOut(Proof),
    Lost(LostPost),
    /// The answer was lost, and the server does not know the operation.
    NotTaken,
    IdTaken,
    CannotTell,
    Refused,
}

pub fn posted(entry: &Entry) -> Posted {
    let key = &entry.key;
    let call = match key.kind {
        Kind::Create => format!("/v1/backups/{}", request::segment(&key.backend)),
        Kind::Restore => {
            format!("/v1/backups/{}/{}/restore", request::segment(&key.backend), request::segment(&key.id))
        }
    };
    let (at, outcome) = match &entry.state {
        State::Intended => (entry.asked_at, PostAnswer::Awaited),
        State::Accepted(acceptance) | State::Ended { acceptance, .. } => match acceptance.proof {
            Proof::Answered => {
                let as_asked = left_out(entry).is_none();
                (acceptance.at, PostAnswer::Taken { collections: taken(entry).len(), as_asked })
            }
            proof => (acceptance.at, PostAnswer::FoundOut(proof)),
        },
        State::AnswerLost { at, why } => (*at, PostAnswer::Lost(*why)),
        State::NotTaken { at } => (*at, PostAnswer::NotTaken),
        State::IdTaken { at } => (*at, PostAnswer::IdTaken),
        State::CannotTell { at, .. } => (*at, PostAnswer::CannotTell),
        State::Refused { at, .. } => (*at, PostAnswer::Refused),
    };
    Posted { at, path: call, outcome, body: entry.body.clone() }
}

#[cfg(test)]
mod tests;
