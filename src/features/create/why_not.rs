//! What keeps the form from being sent.

use weaviate_backups::domain::backup_id::BackupIdError;
use weaviate_backups::domain::cpu_percentage::CpuPercentageError;
use weaviate_backups::domain::selection::SelectionError;
use weaviate_backups::domain::status::Status;
use weaviate_backups::preflight::rights::Lack;

/// Why the form cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    Id(BackupIdError),
    IdTaken(Status),
    /// By a backup that this key may not read.
    IdTakenUnseen,
    IdOfCanceled,
    /// Free or not is not known yet.
    IdNotAsked,
    NoBackend,
    FilesystemOnSeveralNodes(usize),
    /// They are being read.
    NamesNotRead,
    /// The server's words, or what they lack.
    NamesFailed(String),
    Selection(SelectionError),
    Cpu(CpuPercentageError),
    /// A call that the checks need is not answered yet.
    NotChecked,
    /// The caller's roles do not allow it.
    NotPermitted(Lack),
    /// A finding of the checks blocks; it is in the list of them.
    InTheWay,
}

impl WhyNot {
    /// Whether the server would refuse the form as it stands, so that it has to be changed; otherwise it waits for an
    /// answer, or is not filled in.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::IdTaken(_)
                | Self::IdTakenUnseen
                | Self::IdOfCanceled
                | Self::FilesystemOnSeveralNodes(_)
                | Self::NotPermitted(_)
                | Self::InTheWay
        )
    }
}
