//! Backups that no list of the server shows, and that this browser knows all the same: it made them at another bucket
//! or path.

use weaviate_backups::domain::backend::{Backend, place_in_words};
use weaviate_backups::domain::operation::{ConnectionId, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Entry, State};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its bucket and path stand in it.
    pub key: OperationKey,
    /// In milliseconds since 1970.
    pub asked_at: i64,
    /// The terminal status that was seen here; `None` when no end was seen.
    pub ended: Option<Status>,
    /// How many names were asked for.
    pub collections: usize,
}

/// Those of a connection, newest first.
pub fn elsewhere(entries: &[Entry], connection: &ConnectionId) -> Vec<Elsewhere> {
    let kept = |entry: &Entry| Elsewhere {
        key: entry.key.clone(),
        asked_at: entry.asked_at.0,
        ended: match &entry.state {
            State::Ended { status, .. } => Some(status.clone()),
            _ => None,
        },
        collections: entry.collections.len(),
    };
    book::elsewhere(entries, connection).into_iter().map(kept).collect()
}

impl Elsewhere {
    /// Where it lies, without its id.
    pub fn place(&self, backends: &[Backend]) -> String {
        place_in_words(backends, &self.key.backend, &self.key.location)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use weaviate_backups::domain::location::Location;
    use weaviate_backups::domain::operation::Kind;
    use weaviate_backups::ledger::entry::{Acceptance, Fact, Proof};
    use weaviate_backups::poll::clock::WallMillis;

    fn entry(id: &str, location: Location) -> Entry {
        let connection = ConnectionId("local".into());
        let key = OperationKey { connection, kind: Kind::Create, backend: "s3".into(), location, id: id.into() };
        let mut entry = Entry::intended(key, WallMillis(7), "{}".into(), vec!["Article".into()]);
        entry.record(Fact::Accepted(Acceptance { at: WallMillis(8), proof: Proof::Answered, classes: None }));
        entry
    }

    #[test]
    fn what_this_browser_made_at_another_place_is_kept_with_its_end() {
        let mut done = entry("done", Location::new("second", ""));
        done.record(Fact::Ended { at: WallMillis(9), status: Status::Success, error: None });
        let entries = [entry("here", Location::default()), entry("begun", Location::new("", "teams")), done];
        let kept = elsewhere(&entries, &ConnectionId("local".into()));
        let told: Vec<_> = kept.iter().map(|one| (one.key.id.as_str(), one.ended.clone(), one.collections)).collect();
        assert_eq!(told, [("begun", None, 1), ("done", Some(Status::Success), 1)]);
    }
}
