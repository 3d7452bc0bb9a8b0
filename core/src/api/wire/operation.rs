//! Answers about operations.

use super::Others;
use crate::api::json::json_members;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;

/// Answer to an accepted create or restore. `status` is the constant STARTED.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    pub backend: String,
    pub id: String,
    /// In random order. What is really taken: a caller without rights on some collections gets fewer than asked.
    pub classes: Vec<String>,
    pub path: String,
    pub status: Status,
    pub others: Others,
}

json_members!(Accepted with others {
    backend: required "backend",
    id: required "id",
    classes: defaulted "classes",
    path: defaulted "path",
    status: required "status",
});

/// Answer to a status call about a create or a restore.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationStatus {
    pub backend: String,
    pub id: String,
    pub path: Option<String>,
    pub status: Status,
    /// A FAILED one may have none; a CANCELED one often has internal text that is no error to show.
    pub error: Option<String>,
    /// Creates only, and not of servers before v1.31.15.
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    /// GiB before compression over all nodes and replicas; absent when zero.
    pub size_gib: Option<f64>,
    /// Told to root users only, so absent does not mean "full".
    pub incremental_base_backup_id: Option<String>,
    pub others: Others,
}

json_members!(OperationStatus with others {
    backend: required "backend",
    id: required "id",
    path: optional "path",
    status: required "status",
    error: optional "error",
    started_at: optional "startedAt",
    completed_at: optional "completedAt",
    size_gib: optional "size",
    incremental_base_backup_id: optional "incremental_base_backup_id",
});

/// One entry of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedBackup {
    /// Empty, like the status, when the stored descriptor is `{}` (seen in `broken-descriptor`).
    pub id: String,
    pub status: Status,
    /// In random order.
    pub classes: Vec<String>,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub size_gib: Option<f64>,
    pub incremental_base_backup_id: Option<String>,
    pub others: Others,
}

json_members!(ListedBackup with others {
    id: filled "id",
    status: defaulted "status",
    classes: defaulted "classes",
    started_at: optional "startedAt",
    completed_at: optional "completedAt",
    size_gib: optional "size",
    incremental_base_backup_id: optional "incremental_base_backup_id",
});
