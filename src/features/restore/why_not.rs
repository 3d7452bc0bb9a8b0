//! What keeps the form from being sent.

use weaviate_backups::domain::cpu_percentage::CpuPercentageError;
use weaviate_backups::domain::status::Status;
use weaviate_backups::preflight::rights::Lack;

/// Why the form cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// The backup is not one that can be restored.
    Backup(Status),
    /// A typed name is a pattern.
    Pattern(String),
    Blocked(usize),
    /// Answers are on their way.
    Checking,
    /// Something that has to be known is not.
    NotChecked,
    NothingChosen,
    /// The caller's roles do not allow it.
    NotPermitted(Lack),
    Cpu(CpuPercentageError),
}
