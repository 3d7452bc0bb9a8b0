//! What the ledger's entries have to do with what the server says about an operation.

use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Entry, State};
use weaviate_backups::ledger::verdict::{Whose, whose};

use super::known::Known;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Relation {
    /// This browser has not asked for it, as far as it knows.
    #[default]
    None,
    /// The one that this browser asked for.
    Ours(Entry),
    /// Most likely: its answer was lost, and the status changed since.
    ProbablyOurs(Entry),
    /// This browser asked for one whose answer was lost, and what the server says would look the same either way.
    CannotTell(Entry),
    /// The last restore of this id, by any cluster using this storage, time unknown.
    SomeClusters,
}

impl Relation {
    pub fn of(entries: &[Entry], key: &OperationKey, known: &Known) -> Self {
        let newest = book::newest(entries, key);
        let Some(answer) = &known.answer else { return newest.cloned().map_or(Self::None, Self::Ours) };
        if key.kind == Kind::Create {
            return match newest {
                None => Self::None,
                Some(entry) => match entry.state {
                    // What the server has under this id came from elsewhere.
                    State::Refused { .. } | State::NotTaken { .. } | State::IdTaken { .. } => Self::None,
                    State::CannotTell { .. } => Self::CannotTell(entry.clone()),
                    _ => Self::Ours(entry.clone()),
                },
            };
        }
        match whose(entries, key, &answer.status, answer.error.as_deref()) {
            Whose::Ours(entry) => Self::Ours(entry.clone()),
            Whose::ProbablyOurs(entry) => Self::ProbablyOurs(entry.clone()),
            Whose::CannotTell(entry) => Self::CannotTell(entry.clone()),
            Whose::SomeClusters => Self::SomeClusters,
        }
    }

    pub fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Ours(entry) | Self::ProbablyOurs(entry) | Self::CannotTell(entry) => Some(entry),
            Self::None | Self::SomeClusters => None,
        }
    }

    /// Whether it is ours and the server is known to have taken it.
    pub fn is_accepted(&self) -> bool {
        self.ours().is_some_and(|entry| entry.state.acceptance().is_some())
    }

    /// The entry, when what the server says is about it.
    pub fn ours(&self) -> Option<&Entry> {
        match self {
            Self::Ours(entry) | Self::ProbablyOurs(entry) => Some(entry),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use weaviate_backups::api::json::Json;
    use weaviate_backups::api::wire::OperationStatus;
    use weaviate_backups::domain::location::Location;
    use weaviate_backups::domain::operation::ConnectionId;
    use weaviate_backups::ledger::entry::{Acceptance, Fact, Proof};
    use weaviate_backups::poll::clock::WallMillis;

    use super::*;

    fn entry(kind: Kind, asked_at: i64) -> Entry {
        let key = OperationKey {
            connection: ConnectionId("local".into()),
            kind,
            backend: "s3".into(),
            location: Location::default(),
            id: "weekly".into(),
        };
        Entry::intended(key, WallMillis(asked_at), "{}".into(), vec!["Article".into()])
    }

    fn known(word: &str) -> Known {
        let mut known = Known::default();
        let answer = serde_json::json!({"backend": "s3", "id": "weekly", "status": word});
        known.answered(OperationStatus::from_json(answer).unwrap(), WallMillis(2000));
        known
    }

    #[test]
    fn a_backup_found_after_a_refusal_is_somebody_elses() {
        let mut refused = entry(Kind::Create, 1);
        refused.record(Fact::Refused { at: WallMillis(2), words: "already exists".into() });
        let key = refused.key.clone();
        assert_eq!(Relation::of(&[refused.clone()], &key, &known("SUCCESS")), Relation::None);
        assert_eq!(Relation::of(&[refused.clone()], &key, &Known::default()), Relation::Ours(refused));
    }

    #[test]
    fn a_restore_is_ours_only_as_far_as_its_status_fits() {
        let mut ours = entry(Kind::Restore, 1);
        let key = ours.key.clone();
        assert_eq!(Relation::of(&[], &key, &known("SUCCESS")), Relation::SomeClusters);
        ours.record(Fact::Accepted(Acceptance { at: WallMillis(2), proof: Proof::Answered, classes: None }));
        assert_eq!(Relation::of(&[ours.clone()], &key, &known("TRANSFERRING")).ours(), Some(&ours));
        ours.record(Fact::Ended {
            at: WallMillis(9),
            status: weaviate_backups::domain::status::Status::Success,
            error: None,
        });
        assert_eq!(Relation::of(&[ours.clone()], &key, &known("SUCCESS")).ours(), Some(&ours));
        assert_eq!(Relation::of(&[ours], &key, &known("TRANSFERRING")), Relation::SomeClusters);
    }
}
