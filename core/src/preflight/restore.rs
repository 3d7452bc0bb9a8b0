//! What would happen if this were restored here, now.

use super::collections::{CollectionState, Target};
use super::fact::Fact;
use super::finding::{AliasInTheWay, Check, Finding, Kind, Report, Severity, Source, known};
use super::nodes::{self, NodeFacts};
use super::rights::{self, Rights};
use super::sight::{Sight, sight};
use crate::api::call::Call;
use crate::api::error::ErrorKind;
use crate::api::wire::{Alias, OwnInfo};
use crate::domain::capability::NEWEST_KNOWN;
use crate::domain::operation::{self, OperationKey};
use crate::domain::status::Status;
use crate::domain::version::Version;

/// All that is known about backup, target and selection.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// As in URLs.
    pub backend: String,
    /// The status call of the backup; `None` when the server knows none of this id.
    pub backup: Fact<Option<Status>>,
    /// Names in the backup, from the list or the ledger; not offered where neither has them, as for another location
    /// than the default and a backup made elsewhere.
    pub in_backup: Fact<Vec<String>>,
    /// Whether they are those that the POST of the backup told, kept in the ledger.
    pub in_backup_is_kept: bool,
    /// Names that are to be restored.
    pub selection: Vec<String>,
    /// Whether all of the backup is to be restored, whatever its names: for one whose names cannot be read. The
    /// selection is empty then.
    pub everything: bool,
    /// Names in the target's schema.
    pub schema: Fact<Vec<String>>,
    /// Servers before v1.32 have none: "not offered", or a failure by "not found".
    pub aliases: Fact<Vec<Alias>>,
    pub nodes: NodeFacts,
    /// The restore status of this id; `None` when it was never restored.
    pub last_restore: Fact<Option<Status>>,
    /// Other restores that this browser started on this connection and whose end it does not know.
    pub other_restores: Vec<OperationKey>,
    /// Those of them whose newest answer says that they run.
    pub running_restores: Vec<OperationKey>,
    /// Who asks: tells whether the server may hide collections.
    pub own_info: Fact<OwnInfo>,
    pub version: Option<Version>,
}

/// The state of each chosen collection in the target, in the order of the selection.
pub fn states(facts: &Facts) -> Vec<(String, CollectionState)> {
    let target = facts.schema.value().map(|schema| {
        let aliases = facts.aliases.value().map(Vec::as_slice).unwrap_or_default();
        Target::new(schema, aliases)
    });
    // Without the aliases a name may be said to be in the way, but none to be new.
    let knows_all = facts.aliases.value().is_some() || has_no_aliases(&facts.aliases);
    let state = |name: &String| match target.as_ref().map(|target| target.state(name)) {
        Some(state) if knows_all || state.is_in_the_way() => state,
        _ => CollectionState::Unknown,
    };
    facts.selection.iter().map(|name| (name.clone(), state(name))).collect()
}

fn has_no_aliases(aliases: &Fact<Vec<Alias>>) -> bool {
    matches!(aliases, Fact::NotOffered | Fact::Failed { kind: ErrorKind::NotFound, .. })
}

/// Checks everything. What was not asked yet is a blocking finding of its own.
pub fn check(facts: &Facts) -> Report {
    let mut findings = Vec::new();
    check_backup(facts, &mut findings);
    check_selection(facts, &mut findings);
    check_target(facts, &mut findings);
    check_sight(facts, &mut findings);
    check_rights(facts, &mut findings);
    nodes::check(&facts.nodes, &facts.backend, &mut findings);
    check_other_restores(facts, &mut findings);
    if let Some(version) = facts.version.filter(|version| nodes::is_untried(*version, NEWEST_KNOWN)) {
        let mut check = Check { findings: &mut findings, source: Source::Call { call: Call::Meta, at: None } };
        check.add(Severity::Warning, Kind::VersionNotTried(version));
    }
    Report::new(findings)
}

/// What has not ended by the newest answers: the backup, without whose end nothing can be restored, else the restore of
/// it before this one.
pub fn under_way(facts: &Facts) -> Option<operation::Kind> {
    let runs =
        |fact: &Fact<Option<Status>>| fact.value().and_then(Option::as_ref).is_some_and(|status| !status.is_terminal());
    let restore = || runs(&facts.last_restore).then_some(operation::Kind::Restore);
    if runs(&facts.backup) { Some(operation::Kind::Create) } else { restore() }
}

fn check_backup(facts: &Facts, findings: &mut Vec<Finding>) {
    let call = Call::CreateStatus;
    let Some(backup) = known(findings, call, &facts.backup, Severity::Blocking) else { return };
    let mut check = Check { findings, source: Source::Call { call, at: facts.backup.at() } };
    match backup {
        None => check.add(Severity::Blocking, Kind::NoSuchBackup),
        Some(Status::Success) => check.add(Severity::Fine, Kind::BackupIsGood),
        Some(other) => check.add(Severity::Blocking, Kind::BackupNotRestorable(other.clone())),
    }
}

fn check_selection(facts: &Facts, findings: &mut Vec<Finding>) {
    let mut choice = Check { findings, source: Source::Choice };
    if facts.everything {
        choice.add(Severity::Warning, Kind::NamesNotKnown);
    } else if facts.selection.is_empty() && facts.in_backup != Fact::NotAsked {
        // Before the names are there, nothing can be chosen.
        choice.add(Severity::Blocking, Kind::NothingChosen);
    }
    // The list cannot show a backup of another location, and the server says itself which names it has.
    let Some(in_backup) = known(findings, Call::List, &facts.in_backup, Severity::Warning) else { return };
    let unknown: Vec<String> = facts.selection.iter().filter(|name| !in_backup.contains(name)).cloned().collect();
    if !unknown.is_empty() {
        let listed = Source::Call { call: Call::List, at: facts.in_backup.at() };
        let source = if facts.in_backup_is_kept { Source::Ledger } else { listed };
        Check { findings, source }.add(Severity::Blocking, Kind::NotInTheBackup(unknown));
    }
}

fn check_target(facts: &Facts, findings: &mut Vec<Finding>) {
    let schema = known(findings, Call::Schema, &facts.schema, Severity::Blocking);
    let knows_aliases =
        has_no_aliases(&facts.aliases) || known(findings, Call::Aliases, &facts.aliases, Severity::Warning).is_some();
    if schema.is_none() {
        return;
    }
    let (mut exist, mut differ, mut aliases) = (Vec::new(), Vec::new(), Vec::new());
    for (name, state) in states(facts) {
        match state {
            CollectionState::Exists => exist.push(name),
            CollectionState::DiffersInCase { found } => differ.push((name, found)),
            CollectionState::Alias { alias, of } => aliases.push(AliasInTheWay { name, alias, of }),
            CollectionState::New | CollectionState::Unknown => {}
        }
    }
    let is_clear = exist.is_empty() && differ.is_empty() && aliases.is_empty();
    let mut check = Check { findings, source: Source::Call { call: Call::Schema, at: facts.schema.at() } };
    if !exist.is_empty() {
        check.add(Severity::Blocking, Kind::CollectionsExist(exist));
    }
    if !differ.is_empty() {
        check.add(Severity::Blocking, Kind::CollectionsDifferInCase(differ));
    }
    if is_clear && knows_aliases && !facts.selection.is_empty() {
        check.add(Severity::Fine, Kind::NothingInTheWay);
    }
    if !aliases.is_empty() {
        check.source = Source::Call { call: Call::Aliases, at: facts.aliases.at() };
        check.add(Severity::Blocking, Kind::AliasesInTheWay(aliases));
    }
}

/// A collection that the caller may not see is in the way all the same.
fn check_sight(facts: &Facts, findings: &mut Vec<Finding>) {
    if facts.own_info == Fact::NotAsked {
        known(findings, Call::OwnInfo, &facts.own_info, Severity::Warning);
    } else if sight(&facts.own_info) != Sight::Full {
        let source = Source::Call { call: Call::OwnInfo, at: facts.own_info.at() };
        Check { findings, source }.add(Severity::Warning, Kind::HiddenCollectionsMayCollide);
    }
}

fn check_rights(facts: &Facts, findings: &mut Vec<Finding>) {
    if let Some(own_info) = facts.own_info.value() {
        let source = Source::Call { call: Call::OwnInfo, at: facts.own_info.at() };
        rights::check(&Rights::of(own_info), &facts.selection, Check { findings, source });
    }
}

fn check_other_restores(facts: &Facts, findings: &mut Vec<Finding>) {
    let call = Call::RestoreStatus;
    // A storage that cannot be read is said in this way too, by servers that answer 404 to it; if it cannot, the backup
    // is not read either, which blocks.
    let is_404 = matches!(facts.last_restore, Fact::Failed { kind: ErrorKind::NotFound, .. });
    let when_missing = if is_404 { Severity::Warning } else { Severity::Blocking };
    if let Some(last) = known(findings, call, &facts.last_restore, when_missing) {
        let mut check = Check { findings, source: Source::Call { call, at: facts.last_restore.at() } };
        match last {
            Some(Status::Cancelling) => check.add(Severity::Blocking, Kind::RestoreStuckCancelling),
            // Not blocking: a restore whose node was restarted says so for ever, and the server then starts a new one,
            // while it refuses one in time when another really runs (behaviour notes 1.5, 2.5).
            Some(status) if !status.is_terminal() => {
                check.add(Severity::Warning, Kind::RestoreUnderWay(status.clone()));
            }
            Some(_) | None => check.add(Severity::Fine, Kind::NoRestoreUnderWay),
        }
    }
    let mut check = Check { findings, source: Source::Ledger };
    let is_running = |key: &&OperationKey| facts.running_restores.contains(key);
    let (running, open): (Vec<&OperationKey>, Vec<_>) = facts.other_restores.iter().partition(is_running);
    // The server takes one restore at a time. One whose end is not known may have been over for long.
    if !running.is_empty() {
        check.add(Severity::Blocking, Kind::OtherRestoresUnderWay(running.into_iter().cloned().collect()));
    }
    if !open.is_empty() {
        check.add(Severity::Warning, Kind::OtherRestoresRunning(open.into_iter().cloned().collect()));
    }
}

#[cfg(test)]
mod tests;
