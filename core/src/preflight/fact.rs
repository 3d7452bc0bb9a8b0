//! What is known, and how well.

use crate::api::error::{ApiError, ErrorKind};
use crate::poll::absence;
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

    /// What a status call says of an operation; `None` when the server has none, which only the words of its storage
    /// tell ([`absence`]).
    pub fn of_status(at: WallMillis, outcome: Result<T, &ApiError>) -> Fact<Option<T>> {
        match outcome {
            Ok(status) => Fact::Known { at, value: Some(status) },
            Err(error) if absence::is_proven(error) => Fact::Known { at, value: None },
            Err(error) => Fact::of(at, Err(error)),
        }
    }

    /// What a list says; not offered by a server that has none, which answers "not implemented" (behaviour notes 3).
    pub fn of_list(at: WallMillis, outcome: Result<T, ApiError>) -> Self {
        match outcome {
            Err(error) if error.messages.iter().any(|message| message == "not implemented") => Self::NotOffered,
            Err(error) => Self::of(at, Err(&error)),
            Ok(list) => Self::of(at, Ok(list)),
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

    #[test]
    fn there_is_none_only_by_the_words_of_a_storage_that_has_no_such_file() {
        let at = WallMillis(7);
        let said = |words: &str| {
            let error = ApiError {
                connection: ConnectionId("local".into()),
                call: Call::CreateStatus,
                kind: ErrorKind::NotFound,
                messages: vec![words.to_owned()],
                http_status: Some(404),
                excerpt: None,
            };
            Fact::<u8>::of_status(at, Err(&error))
        };
        assert_eq!(said("o-4/backup_config.json: The specified key does not exist."), Fact::Known { at, value: None });
        let no_bucket = "The specified bucket does not exist";
        let words = no_bucket.to_owned();
        assert_eq!(said(no_bucket), Fact::Failed { at, kind: ErrorKind::NotFound, words });
    }

    #[test]
    fn a_server_without_a_list_offers_none_and_has_not_failed() {
        let said = |words: &str| {
            let error = ApiError {
                connection: ConnectionId("local".into()),
                call: Call::List,
                kind: ErrorKind::Refused,
                messages: vec![words.to_owned()],
                http_status: Some(500),
                excerpt: None,
            };
            Fact::<u8>::of_list(WallMillis(7), Err(error))
        };
        assert_eq!(said("not implemented"), Fact::NotOffered);
        assert!(matches!(said("connection refused"), Fact::Failed { .. }));
    }
}
