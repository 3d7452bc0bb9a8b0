//! What one look at an operation brought.

use super::absence;
use super::clock::{Millis, WallMillis};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::wire::OperationStatus;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;

/// What one look brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    Status {
        status: Status,
        /// Whether the server says the end has not happened (year 1) although it may name a terminal status.
        end_is_zero: bool,
        /// Since the server's `startedAt` by this machine's wall clock, when it gives one that is not in the future.
        running_for: Option<Millis>,
    },
    Lost(Lost),
    Paused(Pause),
}

/// Why there is no status, though asking again may bring one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    Unreachable,
    TimedOut,
    /// The page itself gave the request up.
    Aborted,
    /// An error of the server's own that may pass.
    ServerFailed,
    /// 404 in the words of a storage that has no such file ([`absence`]). Of an operation that was accepted or seen:
    /// behind its storage's back, or another node that does not see it.
    Absent,
    /// 404 in other words: the storage cannot be read (behaviour notes 1.2).
    NotFound,
    /// An answer of something in front of the server.
    ForeignAnswer,
    /// An answer that is empty, cut off or of another shape.
    Unreadable,
}

impl Lost {
    /// Whether the server itself answered, and could not tell.
    pub fn is_answered(self) -> bool {
        matches!(self, Self::ServerFailed | Self::Absent | Self::NotFound)
    }
}

/// Why asking again is of no use until somebody does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// No key, or one that the server does not accept.
    KeyNeeded,
    /// Something in front of the server wants a sign-in first.
    SignInPage,
    NotPermitted,
    /// The server refuses the question itself (422 and other 4xx); its words say why.
    Refused,
    /// The server knows no such operation, and nobody ever said there was one.
    NotKnown,
}

impl Look {
    /// What an outcome of the status call means. Never an end unless the server's word is one.
    pub fn of(outcome: Result<&OperationStatus, &ApiError>, now: WallMillis) -> Self {
        match outcome {
            Ok(answer) => Self::Status {
                status: answer.status.clone(),
                // Absent (restores, servers before v1.31.15) says nothing about the end.
                end_is_zero: answer.completed_at.is_some_and(|end| end.happened().is_none()),
                running_for: answer.started_at.and_then(Timestamp::happened).and_then(|started| {
                    let running = now.0.checked_sub(started.unix_millis())?;
                    u64::try_from(running).ok().map(Millis)
                }),
            },
            Err(error) => Self::of_error(error),
        }
    }

    fn of_error(error: &ApiError) -> Self {
        match error.kind {
            ErrorKind::Unreachable => Self::Lost(Lost::Unreachable),
            ErrorKind::TimedOut { .. } => Self::Lost(Lost::TimedOut),
            ErrorKind::Aborted => Self::Lost(Lost::Aborted),
            ErrorKind::Redirected => Self::Paused(Pause::SignInPage),
            ErrorKind::NotSignedIn => Self::Paused(Pause::KeyNeeded),
            ErrorKind::NotPermitted => Self::Paused(Pause::NotPermitted),
            ErrorKind::NotFound if absence::is_proven(error) => Self::Lost(Lost::Absent),
            ErrorKind::NotFound => Self::Lost(Lost::NotFound),
            ErrorKind::Refused if error.is_retryable() && !lacks_module(error) => Self::Lost(Lost::ServerFailed),
            ErrorKind::Refused => Self::Paused(Pause::Refused),
            ErrorKind::ForeignError => Self::Lost(Lost::ForeignAnswer),
            ErrorKind::EmptyAnswer | ErrorKind::NotJson | ErrorKind::Truncated | ErrorKind::OtherShape => {
                Self::Lost(Lost::Unreadable)
            }
        }
    }
}

/// Whether the server was started without the module of the backend, which does not pass: 422 before v1.38, 500 since
/// (behaviour notes 1.6).
fn lacks_module(error: &ApiError) -> bool {
    error.messages.iter().any(|message| message.contains("did you enable the right module"))
}

#[cfg(test)]
mod tests;
