//! What stands in the way of a new backup.

use super::fact::Fact;
use super::finding::{Check, Kind, Report, Severity, Source, known};
use super::nodes::{self, NodeFacts};
use super::rights::{self, Rights};
use crate::api::call::Call;
use crate::api::error::ErrorKind;
use crate::domain::status::Status;

#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// As in URLs.
    pub backend: String,
    /// The status call of the wanted id at its location; `None` when the server knows none.
    pub id: Fact<Option<Status>>,
    /// Ids that the list shows as not ended, for the backend in question. Only as good as the caller's sight.
    pub running: Fact<Vec<String>>,
    pub nodes: NodeFacts,
    /// Names that are to be saved.
    pub selection: Vec<String>,
    /// What the caller may do, as own-info tells.
    pub rights: Fact<Rights>,
}

/// Checks everything. What was not asked yet is a blocking finding of its own; whether the id is free has to be known,
/// the rest the server checks before it begins.
pub fn check(facts: &Facts) -> Report {
    let mut findings = Vec::new();
    if let Fact::Failed { at, kind: ErrorKind::NotPermitted, .. } = facts.id {
        let source = Source::Call { call: Call::CreateStatus, at: Some(at) };
        Check { findings: &mut findings, source }.add(Severity::Blocking, Kind::IdTakenUnseen);
    } else if let Some(id) = known(&mut findings, Call::CreateStatus, &facts.id, Severity::Warning) {
        let source = Source::Call { call: Call::CreateStatus, at: facts.id.at() };
        let mut check = Check { findings: &mut findings, source };
        match id {
            None => check.add(Severity::Fine, Kind::IdFree),
            Some(Status::Canceled) => check.add(Severity::Blocking, Kind::IdOfCanceled),
            Some(status) => check.add(Severity::Blocking, Kind::IdTaken(status.clone())),
        }
    }
    if let Some(running) = known(&mut findings, Call::List, &facts.running, Severity::Warning) {
        let source = Source::Call { call: Call::List, at: facts.running.at() };
        let mut check = Check { findings: &mut findings, source };
        for id in running {
            // A warning only: a backup whose node was restarted says STARTED for ever, and does not stop others
            // (behaviour notes 2.5).
            check.add(Severity::Warning, Kind::OtherCreateRunning { id: id.clone() });
        }
    }
    if let Some(rights) = facts.rights.value() {
        let source = Source::Call { call: Call::OwnInfo, at: facts.rights.at() };
        rights::check(rights, &facts.selection, Check { findings: &mut findings, source });
    }
    nodes::check(&facts.nodes, &facts.backend, &mut findings);
    Report::new(findings)
}

#[cfg(test)]
mod tests;
