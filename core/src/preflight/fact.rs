//! What is known, and how well.

use crate::api::error::{ApiError, ErrorKind};
use crate::poll::clock::WallMillis;

/// Something a call was to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fact<T> {
    #[default]
    NotAsked,
    /// No call of this server can tell: the list never shows another location, an old server has no aliases.
    NotOffered,
    Failed {
        at: WallMillis,
        kind: ErrorKind,
        words: String,
    },
    Known {
        at: WallMillis,
        value: T,
    },
}

impl<T> Fact<T> {
    pub fn of(at: WallMillis, outcome: Result<T, &ApiError>) -> Self {
        match outcome {
            Ok(value) => Self::Known { at, value },
            Err(error) => Self::Failed { at, kind: error.kind, words: error.words() },
        }
    }

    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::NotAsked | Self::NotOffered | Self::Failed { .. } => None,
        }
    }

    /// When it was asked.
    pub fn at(&self) -> Option<WallMillis> {
        match self {
            Self::Known { at, .. } | Self::Failed { at, .. } => Some(*at),
            Self::NotAsked | Self::NotOffered => None,
        }
    }
}
