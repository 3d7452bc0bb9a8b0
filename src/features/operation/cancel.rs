//! Whether an operation can be canceled now, or why not.

use weaviate_backups::domain::operation::{Action, Kind, Reason, can};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::version::Version;

/// Why a cancel is not offered, or was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// No answer has come yet.
    StatusNotKnown,
    Rule(Reason),
    /// A cancel that a missing node cannot follow leaves the restore in CANCELLING for ever.
    NodesMissing(Vec<String>),
    /// The list of nodes could not be read.
    NodesNotRead,
    /// The server would cancel that one: it does not compare ids.
    OtherRestore(String),
    /// It runs since over a day: most likely the node that ran it has restarted, and another restore would be hit.
    PossiblyOrphaned,
}

pub fn cancel_create(status: Option<&Status>, version: Option<Version>) -> Result<(), WhyNot> {
    let status = status.ok_or(WhyNot::StatusNotKnown)?;
    can(Action::CancelCreate, Kind::Create, status, version).map_err(WhyNot::Rule)
}

/// What a cancel of a restore depends on: the server cancels whatever restore the node is running, without comparing
/// ids (behaviour notes 1.7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    pub status: Option<Status>,
    pub version: Option<Version>,
    /// Names seen earlier on this connection that are not in the newest list of nodes; `None` when there is none.
    pub missing_nodes: Option<Vec<String>>,
    /// Ids of other restores that are known to run on this server.
    pub other_restores: Vec<String>,
    pub is_possibly_orphaned: bool,
}

/// For the button from what is known, and once more from what was read in the act itself: only then the cancel is sent.
pub fn cancel_restore(around: &Surroundings) -> Result<(), WhyNot> {
    let status = around.status.as_ref().ok_or(WhyNot::StatusNotKnown)?;
    can(Action::CancelRestore, Kind::Restore, status, around.version).map_err(WhyNot::Rule)?;
    if let Some(other) = around.other_restores.first() {
        return Err(WhyNot::OtherRestore(other.clone()));
    }
    if around.is_possibly_orphaned {
        return Err(WhyNot::PossiblyOrphaned);
    }
    match &around.missing_nodes {
        None => Err(WhyNot::NodesNotRead),
        Some(missing) if missing.is_empty() => Ok(()),
        Some(missing) => Err(WhyNot::NodesMissing(missing.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fine() -> Surroundings {
        Surroundings {
            status: Some(Status::Transferring),
            version: Some(Version::new(1, 39, 0)),
            missing_nodes: Some(Vec::new()),
            ..Surroundings::default()
        }
    }

    #[test]
    fn a_restore_that_transfers_alone_on_a_whole_cluster_can_be_canceled() {
        assert_eq!(cancel_restore(&fine()), Ok(()));
    }

    #[test]
    fn each_danger_around_a_restore_forbids_its_cancel() {
        for (around, why) in [
            (Surroundings { status: None, ..fine() }, WhyNot::StatusNotKnown),
            (Surroundings { status: Some(Status::Finalizing), ..fine() }, WhyNot::Rule(Reason::AppliesSchema)),
            (Surroundings { status: Some(Status::Failed), ..fine() }, WhyNot::Rule(Reason::WouldOverwriteFailed)),
            (Surroundings { missing_nodes: None, ..fine() }, WhyNot::NodesNotRead),
            (
                Surroundings { missing_nodes: Some(vec!["node2".into()]), ..fine() },
                WhyNot::NodesMissing(vec!["node2".into()]),
            ),
            (Surroundings { other_restores: vec!["big-3".into()], ..fine() }, WhyNot::OtherRestore("big-3".into())),
            (Surroundings { is_possibly_orphaned: true, ..fine() }, WhyNot::PossiblyOrphaned),
        ] {
            assert_eq!(cancel_restore(&around), Err(why));
        }
    }

    #[test]
    fn a_create_is_canceled_by_what_is_known_of_it() {
        assert_eq!(cancel_create(None, None), Err(WhyNot::StatusNotKnown));
        assert_eq!(cancel_create(Some(&Status::Started), None), Ok(()));
        let ended = WhyNot::Rule(Reason::AlreadyEnded(Status::Success));
        assert_eq!(cancel_create(Some(&Status::Success), None), Err(ended));
    }
}
