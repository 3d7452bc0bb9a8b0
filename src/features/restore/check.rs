//! What a check asks the server, its answers, and the ways out of what it finds.

use weaviate_backups::api::wire::{Alias, OwnInfo};
use weaviate_backups::domain::status::Status;
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::finding::{Finding, Kind, Severity};
use weaviate_backups::preflight::restore::Facts;
use weaviate_backups::preflight::rights::Lack;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Backup,
    Names,
    Schema,
    Aliases,
    LastRestore,
    OwnInfo,
}

pub const ALL: &[Question] =
    &[Question::Backup, Question::Names, Question::Schema, Question::Aliases, Question::LastRestore, Question::OwnInfo];

/// What may be another answer by the time that the confirmation is pressed. The names in a backup never change, and to
/// list them is dear.
pub const AGAIN: &[Question] = &[Question::Backup, Question::Schema, Question::Aliases, Question::LastRestore];

pub enum Answer {
    /// The status of the backup; `None` when the server knows none.
    Backup(Fact<Option<Status>>),
    /// Names in the backup, as the list tells them.
    Names(Fact<Vec<String>>),
    /// Names in the backup as its own POST told them, where the list does not.
    KeptNames(Fact<Vec<String>>),
    /// Names in the target.
    Schema(Fact<Vec<String>>),
    Aliases(Fact<Vec<Alias>>),
    /// The restore status of the id; `None` when the server knows none.
    LastRestore(Fact<Option<Status>>),
    OwnInfo(Fact<OwnInfo>),
}

impl Answer {
    pub(super) fn question(&self) -> Question {
        match self {
            Self::Backup(_) => Question::Backup,
            Self::Names(_) | Self::KeptNames(_) => Question::Names,
            Self::Schema(_) => Question::Schema,
            Self::Aliases(_) => Question::Aliases,
            Self::LastRestore(_) => Question::LastRestore,
            Self::OwnInfo(_) => Question::OwnInfo,
        }
    }

    pub(super) fn put_into(self, facts: &mut Facts) {
        match self {
            Self::Backup(fact) => facts.backup = fact,
            // A list that fails once takes no names away.
            Self::Names(Fact::Failed { .. }) if facts.in_backup.value().is_some() => {}
            Self::Names(fact) => (facts.in_backup, facts.in_backup_is_kept) = (fact, false),
            Self::KeptNames(fact) => (facts.in_backup, facts.in_backup_is_kept) = (fact, true),
            Self::Schema(fact) => facts.schema = fact,
            Self::Aliases(fact) => facts.aliases = fact,
            Self::LastRestore(fact) => facts.last_restore = fact,
            Self::OwnInfo(fact) => facts.own_info = fact,
        }
    }
}

/// The part of the report that a finding stands in. A question that is on its way is no finding yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Blocking,
    Warning,
    Checking,
    Fine,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Blocking, Self::Warning, Self::Checking, Self::Fine];

    pub fn of(finding: &Finding) -> Self {
        match finding.severity {
            _ if finding.kind == Kind::NotAsked => Self::Checking,
            Severity::Blocking => Self::Blocking,
            Severity::Warning => Self::Warning,
            Severity::Fine => Self::Fine,
        }
    }
}

/// The names that a finding is about and that can be left out.
pub fn names_of(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::CollectionsExist(names) | Kind::NotInTheBackup(names) | Kind::NotPermitted(Lack::Of(names)) => {
            names.clone()
        }
        Kind::CollectionsDifferInCase(pairs) => pairs.iter().map(|(asked, _)| asked.clone()).collect(),
        Kind::AliasesInTheWay(aliases) => aliases.iter().map(|alias| alias.name.clone()).collect(),
        _ => Vec::new(),
    }
}
