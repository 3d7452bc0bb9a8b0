//! An operation, its identity and what may be done with it.

use super::capability::{Feature, supports};
use super::location::Location;
use super::status::Status;
use super::version::Version;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Create,
    Restore,
}

/// Names a saved connection; chosen when it is saved, of the characters of a backup id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub String);

/// What an operation is: two are the same when all of this is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationKey {
    pub connection: ConnectionId,
    pub kind: Kind,
    /// As in URLs: `s3`, `filesystem`, ...
    pub backend: String,
    pub location: Location,
    /// Not a [`super::backup_id::BackupId`]: an operation that exists may have any id.
    pub id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    CancelCreate,
    CancelRestore,
    /// Start a restore of this backup.
    Restore,
    /// Ask for the same again under a new id.
    Retry,
}

/// Why an action is not offered. Shown beside the disabled control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The action is one of the other kind of operation.
    OtherKind,
    AlreadyEnded(Status),
    /// The server would still accept a cancel of a failed restore and overwrite Failed, and its error text, with
    /// Canceled (behaviour notes 1.7).
    WouldOverwriteFailed,
    AlreadyCancelling,
    /// The server refuses to cancel a restore while it applies the schema.
    AppliesSchema,
    StillRunning,
    /// Only a backup that ended in SUCCESS can be restored (behaviour notes 1.5).
    NotRestorable(Status),
    StatusNotUnderstood(String),
    NeedsVersion(Version),
}

/// One table from action, kind, state and server version to allowed, or the reason why not.
///
/// Cancelling a restore has further conditions that only its own moment can tell (behaviour notes 1.7):
/// `preflight::cancel`.
pub fn can(action: Action, kind: Kind, status: &Status, version: Option<Version>) -> Result<(), Reason> {
    match (action, kind) {
        (Action::CancelCreate, Kind::Create) => match status {
            Status::Success | Status::Failed | Status::Canceled => Err(Reason::AlreadyEnded(status.clone())),
            Status::Cancelling => Err(Reason::AlreadyCancelling),
            Status::Unknown(word) => Err(Reason::StatusNotUnderstood(word.clone())),
            Status::Started | Status::Transferring | Status::Transferred | Status::Finalizing => {
                supports(version, Feature::CancelCreate).map_err(Reason::NeedsVersion)
            }
        },
        (Action::CancelRestore, Kind::Restore) => {
            supports(version, Feature::CancelRestore).map_err(Reason::NeedsVersion)?;
            match status {
                Status::Transferring => Ok(()),
                Status::Failed => Err(Reason::WouldOverwriteFailed),
                Status::Success | Status::Canceled => Err(Reason::AlreadyEnded(status.clone())),
                Status::Cancelling => Err(Reason::AlreadyCancelling),
                Status::Finalizing | Status::Transferred => Err(Reason::AppliesSchema),
                Status::Started => Err(Reason::StatusNotUnderstood(status.as_str().to_owned())),
                Status::Unknown(word) => Err(Reason::StatusNotUnderstood(word.clone())),
            }
        }
        (Action::Restore, Kind::Create) => match status {
            Status::Success => Ok(()),
            Status::Failed | Status::Canceled => Err(Reason::NotRestorable(status.clone())),
            Status::Unknown(word) => Err(Reason::StatusNotUnderstood(word.clone())),
            _ => Err(Reason::StillRunning),
        },
        (Action::Retry, _) => match status {
            Status::Failed | Status::Canceled => Ok(()),
            Status::Success => Err(Reason::AlreadyEnded(status.clone())),
            Status::Unknown(word) => Err(Reason::StatusNotUnderstood(word.clone())),
            _ => Err(Reason::StillRunning),
        },
        (Action::CancelCreate | Action::Restore, Kind::Restore) | (Action::CancelRestore, Kind::Create) => {
            Err(Reason::OtherKind)
        }
    }
}

/// A create that shows no end after this long is "possibly orphaned": its coordinator may have restarted, after which
/// the server says STARTED for ever (behaviour notes 2.5).
pub const ORPHAN_AGE_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Whether an operation that says `status` since `started_millis` is possibly orphaned at `now_millis` (both since
/// 1970).
pub fn is_possibly_orphaned(status: &Status, started_millis: i64, now_millis: i64) -> bool {
    !status.is_terminal() && now_millis.saturating_sub(started_millis) > ORPHAN_AGE_MILLIS
}

#[cfg(test)]
mod tests {
    use super::*;

    const V: Option<Version> = Some(Version::new(1, 39, 0));

    #[test]
    fn a_create_is_cancelled_while_it_runs_only() {
        let can = |status| can(Action::CancelCreate, Kind::Create, &status, V);
        assert_eq!(can(Status::Started), Ok(()));
        assert_eq!(can(Status::Success), Err(Reason::AlreadyEnded(Status::Success)));
        assert_eq!(can(Status::Unknown("PAUSED".into())), Err(Reason::StatusNotUnderstood("PAUSED".into())));
    }

    #[test]
    fn a_restore_is_cancelled_while_it_transfers_only() {
        let can = |status| can(Action::CancelRestore, Kind::Restore, &status, V);
        assert_eq!(can(Status::Transferring), Ok(()));
        assert_eq!(can(Status::Finalizing), Err(Reason::AppliesSchema));
        assert_eq!(can(Status::Failed), Err(Reason::WouldOverwriteFailed));
        assert!(can(Status::Started).is_err());
    }

    #[test]
    fn old_servers_name_the_version_that_cancels_restores() {
        let old = Some(Version::new(1, 32, 27));
        assert_eq!(
            can(Action::CancelRestore, Kind::Restore, &Status::Transferring, old),
            Err(Reason::NeedsVersion(Version::new(1, 36, 0)))
        );
    }

    #[test]
    fn only_a_successful_backup_is_restored() {
        for status in Status::KNOWN {
            let allowed = can(Action::Restore, Kind::Create, &status, V).is_ok();
            assert_eq!(allowed, status == Status::Success, "{status:?}");
        }
    }

    #[test]
    fn what_keeps_a_backup_from_being_restored_is_named() {
        let can = |status| can(Action::Restore, Kind::Create, &status, V);
        for status in [Status::Failed, Status::Canceled] {
            assert_eq!(can(status.clone()), Err(Reason::NotRestorable(status)));
        }
        assert_eq!(can(Status::Unknown("PAUSED".into())), Err(Reason::StatusNotUnderstood("PAUSED".into())));
        assert_eq!(can(Status::Finalizing), Err(Reason::StillRunning));
    }

    #[test]
    fn only_what_failed_or_was_canceled_is_asked_for_again() {
        for kind in [Kind::Create, Kind::Restore] {
            let can = |status| can(Action::Retry, kind, &status, V);
            assert_eq!((can(Status::Failed), can(Status::Canceled)), (Ok(()), Ok(())));
            assert_eq!(can(Status::Success), Err(Reason::AlreadyEnded(Status::Success)));
            assert_eq!(can(Status::Unknown("PAUSED".into())), Err(Reason::StatusNotUnderstood("PAUSED".into())));
            assert_eq!(can(Status::Cancelling), Err(Reason::StillRunning));
        }
    }

    #[test]
    fn a_day_without_an_end_makes_an_operation_suspect() {
        assert_eq!(ORPHAN_AGE_MILLIS, 86_400_000);
        assert!(is_possibly_orphaned(&Status::Started, 0, ORPHAN_AGE_MILLIS + 1));
        assert!(!is_possibly_orphaned(&Status::Started, 0, ORPHAN_AGE_MILLIS));
        assert!(!is_possibly_orphaned(&Status::Failed, 0, i64::MAX));
    }
}
