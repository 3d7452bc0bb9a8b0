//! State and events of the restore form.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use weaviate_backups::api::request::{self, Request};
use weaviate_backups::api::wire::{Alias, OwnInfo, RestoreConfig, RestoreRequest};
use weaviate_backups::domain::cpu_percentage::{CpuPercentage, CpuPercentageError};
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::domain::status::Status;
use weaviate_backups::preflight::collections::{CollectionState, leave_out_those_in_the_way};
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::finding::{Kind, Report, Severity, Verdict};
use weaviate_backups::preflight::nodes::NodeFacts;
use weaviate_backups::preflight::restore::{Facts, check, states};

use crate::features::Model;

/// What a half-filled form is kept as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Names that are not to be restored; what the backup gains later is.
    pub left_out: BTreeSet<String>,
    pub cpu: String,
    pub overwrite_alias: bool,
}

#[derive(Clone, Debug)]
pub struct Restore {
    /// The backup: a key of kind Create.
    pub backup: OperationKey,
    /// Names that the link asks for; empty means all.
    only: Vec<String>,
    pub form: Form,
    facts: Facts,
    /// Whether the confirmation is open.
    pub confirming: bool,
}

impl PartialEq for Restore {
    /// By what is shown. The facts are compared by their report and states, which follow from them.
    fn eq(&self, other: &Self) -> bool {
        self.form == other.form
            && self.confirming == other.confirming
            && self.report() == other.report()
            && self.rows() == other.rows()
    }
}

/// Why the form cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// The backup is not one that can be restored.
    Backup(Status),
    Blocked(usize),
    NotChecked,
    NothingChosen,
    Cpu(CpuPercentageError),
}

pub enum Event {
    Ticked(String, bool),
    AllTicked(bool),
    /// Unticks what is in the way.
    LeaveOutPressed,
    CpuTyped(String),
    OverwriteAliasTicked(bool),
    CheckAgainPressed,
    BackupRead(Fact<Option<Status>>),
    NamesRead(Fact<Vec<String>>),
    SchemaRead(Fact<Vec<String>>),
    AliasesRead(Fact<Vec<Alias>>),
    LastRestoreRead(Fact<Option<Status>>),
    OwnInfoRead(Fact<OwnInfo>),
    NodesChanged(NodeFacts),
    OthersChanged(Vec<OperationKey>),
    SubmitPressed,
    ConfirmClosed,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the server for everything that a check needs.
    Ask,
    KeepDraft(Form),
}

impl Restore {
    pub fn new(backup: OperationKey, only: Vec<String>, draft: Option<Form>) -> Self {
        let facts = Facts { backend: backup.backend.clone(), ..Facts::default() };
        Self { backup, only, form: draft.unwrap_or_default(), facts, confirming: false }
    }

    /// The names that could be chosen, sorted: those of the backup that the link asks for.
    fn offered(&self) -> Vec<String> {
        let Some(names) = self.facts.in_backup.value() else { return self.only.clone() };
        let is_offered = |name: &&String| self.only.is_empty() || self.only.contains(name);
        let mut offered: Vec<String> = names.iter().filter(is_offered).cloned().collect();
        offered.sort();
        offered
    }

    pub fn selection(&self) -> Vec<String> {
        self.offered().into_iter().filter(|name| !self.form.left_out.contains(name)).collect()
    }

    /// Each name that could be chosen, its state in the target, and whether it is chosen.
    pub fn rows(&self) -> Vec<(String, CollectionState, bool)> {
        let facts = Facts { selection: self.offered(), ..self.facts.clone() };
        let row = |(name, state): (String, CollectionState)| {
            let chosen = !self.form.left_out.contains(&name);
            (name, state, chosen)
        };
        states(&facts).into_iter().map(row).collect()
    }

    fn selected_facts(&self) -> Facts {
        Facts { selection: self.selection(), ..self.facts.clone() }
    }

    pub fn report(&self) -> Report {
        check(&self.selected_facts())
    }

    /// Chosen names that are in the way of something, and those that are not.
    pub fn in_the_way(&self) -> (usize, usize) {
        let states = states(&self.selected_facts());
        let free = leave_out_those_in_the_way(&states).len();
        (states.len() - free, free)
    }

    pub fn cpu(&self) -> Result<Option<CpuPercentage>, CpuPercentageError> {
        CpuPercentage::parse(&self.form.cpu)
    }

    /// The request as it would be sent: names only, and users and roles never.
    pub fn request(&self) -> Option<Request> {
        let include = self.selection();
        if include.is_empty() {
            return None;
        }
        let at = &self.backup.location;
        let config = RestoreConfig {
            cpu_percentage: self.cpu().ok()?,
            bucket: at.bucket.clone(),
            path: at.path.clone(),
            ..RestoreConfig::default()
        };
        let overwrite_alias = self.form.overwrite_alias.then_some(true);
        let body = RestoreRequest { include, overwrite_alias, config, ..RestoreRequest::default() };
        request::restore(&self.backup.backend, &self.backup.id, &body).ok()
    }

    /// Why it cannot be sent now; `None` when it can.
    pub fn why_not(&self) -> Option<WhyNot> {
        if let Some(Some(status)) = self.facts.backup.value().filter(|status| **status != Some(Status::Success)) {
            return Some(WhyNot::Backup(status.clone()));
        }
        if let Err(error) = self.cpu() {
            return Some(WhyNot::Cpu(error));
        }
        let report = self.report();
        match report.verdict() {
            Verdict::NotChecked => Some(WhyNot::NotChecked),
            Verdict::Blocked if report.findings().iter().any(|finding| finding.kind == Kind::NothingChosen) => {
                Some(WhyNot::NothingChosen)
            }
            Verdict::Blocked => {
                let blocking = report.findings().iter().filter(|finding| finding.severity == Severity::Blocking);
                Some(WhyNot::Blocked(blocking.count()))
            }
            Verdict::ReadyWithWarnings | Verdict::Ready => None,
        }
    }
}

impl Model for Restore {
    type Event = Event;
    type Effect = Effect;

    fn update(&mut self, event: Event) -> Vec<Effect> {
        let before = self.form.clone();
        match event {
            Event::Ticked(name, true) => {
                self.form.left_out.remove(&name);
            }
            Event::Ticked(name, false) => {
                self.form.left_out.insert(name);
            }
            Event::AllTicked(true) => self.form.left_out.clear(),
            Event::AllTicked(false) => self.form.left_out.extend(self.offered()),
            Event::LeaveOutPressed => {
                let states = states(&self.selected_facts());
                let in_the_way = states.into_iter().filter(|(_, state)| state.is_in_the_way());
                self.form.left_out.extend(in_the_way.map(|(name, _)| name));
            }
            Event::CpuTyped(cpu) => self.form.cpu = cpu,
            Event::OverwriteAliasTicked(ticked) => self.form.overwrite_alias = ticked,
            Event::CheckAgainPressed => return vec![Effect::Ask],
            Event::BackupRead(fact) => self.facts.backup = fact,
            Event::NamesRead(fact) => self.facts.in_backup = fact,
            Event::SchemaRead(fact) => self.facts.schema = fact,
            Event::AliasesRead(fact) => self.facts.aliases = fact,
            Event::LastRestoreRead(fact) => self.facts.last_restore = fact,
            Event::OwnInfoRead(fact) => self.facts.own_info = fact,
            Event::NodesChanged(nodes) => self.facts.nodes = nodes,
            Event::OthersChanged(others) => self.facts.other_restores = others,
            Event::SubmitPressed => self.confirming = self.why_not().is_none(),
            Event::ConfirmClosed => self.confirming = false,
        }
        if self.form == before { Vec::new() } else { vec![Effect::KeepDraft(self.form.clone())] }
    }
}

#[cfg(test)]
mod tests;
