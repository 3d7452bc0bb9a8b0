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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::call::Call;
    use crate::domain::operation::ConnectionId;

    #[test]
    fn an_outcome_becomes_a_value_or_a_failure_of_its_time() {
        let at = WallMillis(7);
        assert_eq!(Fact::of(at, Ok(1)), Fact::Known { at, value: 1 });
        let error = ApiError {
            connection: ConnectionId("local".into()),
            call: Call::Nodes,
            kind: ErrorKind::NotPermitted,
            messages: vec!["forbidden".into()],
            http_status: Some(403),
            excerpt: None,
        };
        let failed: Fact<u8> = Fact::of(at, Err(&error));
        assert_eq!(failed, Fact::Failed { at, kind: ErrorKind::NotPermitted, words: "forbidden".into() });
        assert_eq!((failed.value(), failed.at()), (None, Some(at)));
    }
}
