//! Answers about operations.

use super::Others;
use crate::api::json::{Json, Members, Shape, Value};
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

impl Json for Accepted {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            backend: members.required("backend")?,
            id: members.required("id")?,
            classes: members.or_default("classes")?,
            path: members.or_default("path")?,
            status: members.required("status")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others)
            .put("backend", &self.backend)
            .put("id", &self.id)
            .put("classes", &self.classes)
            .put("path", &self.path)
            .put("status", &self.status)
            .into_value()
    }
}

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

impl Json for OperationStatus {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            backend: members.required("backend")?,
            id: members.required("id")?,
            path: members.optional("path")?,
            status: members.required("status")?,
            error: members.optional("error")?,
            started_at: members.optional("startedAt")?,
            completed_at: members.optional("completedAt")?,
            size_gib: members.optional("size")?,
            incremental_base_backup_id: members.optional("incremental_base_backup_id")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others)
            .put("backend", &self.backend)
            .put("id", &self.id)
            .put_some("path", self.path.as_ref())
            .put("status", &self.status)
            .put_some("error", self.error.as_ref())
            .put_some("startedAt", self.started_at.as_ref())
            .put_some("completedAt", self.completed_at.as_ref())
            .put_some("size", self.size_gib.as_ref())
            .put_some("incremental_base_backup_id", self.incremental_base_backup_id.as_ref())
            .into_value()
    }
}

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

impl Json for ListedBackup {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            id: members.or_default("id")?,
            status: members.or_default("status")?,
            classes: members.or_default("classes")?,
            started_at: members.optional("startedAt")?,
            completed_at: members.optional("completedAt")?,
            size_gib: members.optional("size")?,
            incremental_base_backup_id: members.optional("incremental_base_backup_id")?,
            others: members.others(),
        })
    }

    fn to_json(&self) -> Value {
        Members::with(&self.others)
            .put_filled("id", &self.id)
            .put("status", &self.status)
            .put("classes", &self.classes)
            .put_some("startedAt", self.started_at.as_ref())
            .put_some("completedAt", self.completed_at.as_ref())
            .put_some("size", self.size_gib.as_ref())
            .put_some("incremental_base_backup_id", self.incremental_base_backup_id.as_ref())
            .into_value()
    }
}
