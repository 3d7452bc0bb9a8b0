//! What was asked for, read from the body as it was sent.

use weaviate_backups::api::json;
use weaviate_backups::api::wire::{AccessOption, CreateRequest, RestoreRequest};
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::ledger::entry::Entry;

#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    Create(Box<CreateRequest>),
    Restore(Box<RestoreRequest>),
    /// A body of a later console: it is shown as it is.
    Unreadable,
}

pub fn asked(entry: &Entry) -> Asked {
    match entry.key.kind {
        Kind::Create => json::read(&entry.body).map_or(Asked::Unreadable, |body| Asked::Create(Box::new(body))),
        Kind::Restore => json::read(&entry.body).map_or(Asked::Unreadable, |body| Asked::Restore(Box::new(body))),
    }
}

/// The body over several lines; as it is when it is no JSON.
pub fn readable_body(body: &str) -> String {
    json::parse(body.as_bytes()).map_or_else(|_| body.to_owned(), |value| format!("{value:#}"))
}

/// Whether a restore was asked to replace users or roles. Absent means not (behaviour notes 1.5).
pub fn replaces(option: Option<AccessOption>) -> bool {
    option == Some(AccessOption::All)
}

#[cfg(test)]
mod tests {
    use weaviate_backups::domain::location::Location;
    use weaviate_backups::domain::operation::{ConnectionId, OperationKey};
    use weaviate_backups::poll::clock::WallMillis;

    use super::*;

    fn entry(kind: Kind, body: &str) -> Entry {
        let key = OperationKey {
            connection: ConnectionId("local".into()),
            kind,
            backend: "s3".into(),
            location: Location::default(),
            id: "weekly".into(),
        };
        Entry::intended(key, WallMillis(1), body.to_owned(), Vec::new())
    }

    #[test]
    fn the_body_is_read_by_the_kind_of_the_operation() {
        let create = entry(Kind::Create, r#"{"id":"weekly","include":["A"],"config":{"CPUPercentage":40}}"#);
        assert!(matches!(asked(&create), Asked::Create(body) if body.include == ["A"]));
        let restore = entry(Kind::Restore, r#"{"overwriteAlias":true}"#);
        assert!(matches!(asked(&restore), Asked::Restore(body) if body.overwrite_alias == Some(true)));
        assert_eq!(asked(&entry(Kind::Create, "[]")), Asked::Unreadable);
    }

    #[test]
    fn a_body_is_laid_out_and_one_that_is_no_json_is_left() {
        assert_eq!(readable_body(r#"{"id":"x"}"#), "{\n  \"id\": \"x\"\n}");
        assert_eq!(readable_body("no"), "no");
    }
}
