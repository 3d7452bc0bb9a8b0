//! State and events of the restore form.

use std::collections::BTreeSet;

use weaviate_backups::api::request::{self, Request};
use weaviate_backups::api::wire::{Alias, OwnInfo, RestoreConfig, RestoreRequest};
use weaviate_backups::domain::cpu_percentage::{CpuPercentage, CpuPercentageError};
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::domain::pattern::Pattern;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::version::Version;
use weaviate_backups::preflight::collections::{CollectionState, leave_out_those_in_the_way};
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::finding::{Finding, Kind, Report, Severity, Verdict};
use weaviate_backups::preflight::nodes::NodeFacts;
use weaviate_backups::preflight::restore::{Facts, check, states};

pub use super::form::Form;
use crate::features::Model;

#[derive(Clone, Debug)]
pub struct Restore {
    /// The backup: a key of kind Create.
    pub backup: OperationKey,
    /// Names that the link asks for; empty means all.
    only: BTreeSet<String>,
    pub form: Form,
    facts: Facts,
    /// Rises with each check, so that an answer to an earlier one is known for what it is.
    round: u32,
    /// The questions of the newest check that have no answer yet.
    awaited: BTreeSet<Question>,
    pub dialog: Dialog,
}

/// The confirmation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialog {
    #[default]
    Closed,
    Open,
    /// Confirmed; it is sent when the last check allows it.
    Confirmed,
}

/// What a check asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    Backup,
    Names,
    Schema,
    Aliases,
    LastRestore,
    OwnInfo,
}

const QUESTIONS: [Question; 6] =
    [Question::Backup, Question::Names, Question::Schema, Question::Aliases, Question::LastRestore, Question::OwnInfo];

pub enum Answer {
    /// The status of the backup; `None` when the server knows none.
    Backup(Fact<Option<Status>>),
    /// Names in the backup.
    Names(Fact<Vec<String>>),
    /// Names in the target.
    Schema(Fact<Vec<String>>),
    Aliases(Fact<Vec<Alias>>),
    /// The restore status of the id; `None` when the server knows none.
    LastRestore(Fact<Option<Status>>),
    OwnInfo(Fact<OwnInfo>),
}

/// Why the form cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// The backup is not one that can be restored.
    Backup(Status),
    /// A typed name is a pattern.
    Pattern(String),
    Blocked(usize),
    /// Something that has to be known is not.
    NotChecked,
    NothingChosen,
    Cpu(CpuPercentageError),
}

pub enum Event {
    Ticked(String, bool),
    AllTicked(bool),
    /// Unticks everything that is in the way.
    LeaveAllOutPressed,
    /// Unticks these.
    LeaveOutPressed(Vec<String>),
    NamesTyped(String),
    EverythingTicked(bool),
    CpuTyped(String),
    OverwriteAliasTicked(bool),
    CheckAgainPressed,
    Answered {
        round: u32,
        answer: Box<Answer>,
    },
    /// The questions of a round could not be sent: the key is gone.
    NotAsked {
        round: u32,
    },
    ServerChanged {
        nodes: NodeFacts,
        version: Option<Version>,
    },
    /// Other restores of this browser without a known end, and those of them that run by their newest answer.
    OthersChanged {
        open: Vec<OperationKey>,
        running: Vec<OperationKey>,
    },
    SubmitPressed,
    ConfirmPressed,
    ConfirmClosed,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the server for everything that a check needs.
    Ask {
        round: u32,
    },
    KeepDraft(Form),
    Submit,
}

impl Restore {
    pub fn new(backup: OperationKey, only: Vec<String>, draft: Option<Form>) -> Self {
        let facts = Facts { backend: backup.backend.clone(), ..Facts::default() };
        Self {
            backup,
            only: only.into_iter().collect(),
            form: draft.unwrap_or_default(),
            facts,
            round: 0,
            awaited: BTreeSet::new(),
            dialog: Dialog::Closed,
        }
    }

    /// Whether neither the list nor the link tells what is in the backup.
    pub fn are_names_unknown(&self) -> bool {
        self.only.is_empty() && matches!(self.facts.in_backup, Fact::NotOffered | Fact::Failed { .. })
    }

    /// Whether the list was not read yet.
    pub fn are_names_awaited(&self) -> bool {
        self.facts.in_backup == Fact::NotAsked
    }

    /// Whether all of the backup is asked for without a name: only where none can be known.
    pub fn takes_everything(&self) -> bool {
        self.are_names_unknown() && self.form.everything
    }

    /// The names that could be chosen: those of the backup, of the link, or as typed. A name of the link that the backup
    /// lacks stays: it is a finding.
    fn offered(&self) -> BTreeSet<String> {
        if self.takes_everything() {
            return BTreeSet::new();
        }
        if self.are_names_unknown() {
            return self.form.typed_names();
        }
        let in_backup = self.facts.in_backup.value().into_iter().flatten();
        in_backup.chain(&self.only).cloned().collect()
    }

    pub fn is_chosen(&self, name: &str) -> bool {
        let at_first = self.only.is_empty() || self.only.contains(name);
        self.form.ticks.get(name).copied().unwrap_or(at_first)
    }

    /// Sorted, without duplicates.
    pub fn selection(&self) -> Vec<String> {
        self.offered().into_iter().filter(|name| self.is_chosen(name)).collect()
    }

    /// Each name that could be chosen, its state in the target, and whether it is chosen.
    pub fn rows(&self) -> Vec<(String, CollectionState, bool)> {
        let facts = Facts { selection: self.offered().into_iter().collect(), ..self.facts.clone() };
        let row = |(name, state): (String, CollectionState)| {
            let chosen = self.is_chosen(&name);
            (name, state, chosen)
        };
        states(&facts).into_iter().map(row).collect()
    }

    fn selected_facts(&self) -> Facts {
        Facts { selection: self.selection(), everything: self.takes_everything(), ..self.facts.clone() }
    }

    pub fn report(&self) -> Report {
        check(&self.selected_facts())
    }

    pub fn first_blocking(&self) -> Option<Finding> {
        self.report().findings().iter().find(|finding| finding.severity == Severity::Blocking).cloned()
    }

    /// How many chosen names are in the way of something, and how many are not.
    pub fn in_the_way(&self) -> (usize, usize) {
        let states = states(&self.selected_facts());
        let free = leave_out_those_in_the_way(&states).len();
        (states.len() - free, free)
    }

    /// Whether a check is under way.
    pub fn is_checking(&self) -> bool {
        !self.awaited.is_empty()
    }

    /// When the names in the target were read last, in milliseconds since 1970.
    pub fn checked_at(&self) -> Option<i64> {
        self.facts.schema.at().map(|at| at.0)
    }

    pub fn cpu(&self) -> Result<Option<CpuPercentage>, CpuPercentageError> {
        CpuPercentage::parse(&self.form.cpu)
    }

    /// A typed name that the server would take for a pattern.
    fn typed_pattern(&self) -> Option<String> {
        self.are_names_unknown().then(|| self.selection().into_iter().find(|name| Pattern::is_pattern(name))).flatten()
    }

    /// The request as it would be sent: names only, unless none can be known, and users and roles never.
    pub fn request(&self) -> Option<Request> {
        let include = self.selection();
        if (include.is_empty() && !self.takes_everything()) || self.typed_pattern().is_some() {
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
        if let Some(pattern) = self.typed_pattern() {
            return Some(WhyNot::Pattern(pattern));
        }
        // The names come with an answer: nothing can be chosen before it.
        if self.only.is_empty() && self.facts.in_backup == Fact::NotAsked {
            return Some(WhyNot::NotChecked);
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

    /// Begins a check. What is known stays until its answers come.
    fn ask(&mut self) -> Vec<Effect> {
        self.round += 1;
        self.awaited = QUESTIONS.into();
        vec![Effect::Ask { round: self.round }]
    }

    fn answered(&mut self, answer: Answer) {
        let question = match answer {
            Answer::Backup(fact) => {
                self.facts.backup = fact;
                Question::Backup
            }
            Answer::Names(fact) => {
                self.facts.in_backup = fact;
                Question::Names
            }
            Answer::Schema(fact) => {
                self.facts.schema = fact;
                Question::Schema
            }
            Answer::Aliases(fact) => {
                self.facts.aliases = fact;
                Question::Aliases
            }
            Answer::LastRestore(fact) => {
                self.facts.last_restore = fact;
                Question::LastRestore
            }
            Answer::OwnInfo(fact) => {
                self.facts.own_info = fact;
                Question::OwnInfo
            }
        };
        self.awaited.remove(&question);
    }

    /// What was confirmed is sent once the check that began with the confirmation has all its answers and allows it.
    fn submit_when_checked(&mut self) -> Vec<Effect> {
        if self.dialog != Dialog::Confirmed || self.is_checking() {
            return Vec::new();
        }
        self.dialog = Dialog::Closed;
        if self.why_not().is_none() { vec![Effect::Submit] } else { Vec::new() }
    }

    fn untick(&mut self, names: impl IntoIterator<Item = String>) {
        self.form.ticks.extend(names.into_iter().map(|name| (name, false)));
    }

    /// The events that change the form.
    fn fill_in(&mut self, event: Event) -> Vec<Effect> {
        let before = self.form.clone();
        match event {
            Event::Ticked(name, ticked) => {
                self.form.ticks.insert(name, ticked);
            }
            Event::AllTicked(ticked) => {
                let offered = self.offered();
                self.form.ticks.extend(offered.into_iter().map(|name| (name, ticked)));
            }
            Event::LeaveAllOutPressed => {
                let states = states(&self.selected_facts());
                self.untick(states.into_iter().filter(|(_, state)| state.is_in_the_way()).map(|(name, _)| name));
            }
            Event::LeaveOutPressed(names) => self.untick(names),
            Event::NamesTyped(typed) => self.form.typed = typed,
            Event::EverythingTicked(ticked) => self.form.everything = ticked,
            Event::CpuTyped(cpu) => self.form.cpu = cpu,
            Event::OverwriteAliasTicked(ticked) => self.form.overwrite_alias = ticked,
            _ => {}
        }
        if self.form == before { Vec::new() } else { vec![Effect::KeepDraft(self.form.clone())] }
    }
}

/// The names that a finding is about and that can be left out.
pub fn names_of(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::CollectionsExist(names) | Kind::NotInTheBackup(names) => names.clone(),
        Kind::CollectionsDifferInCase(pairs) => pairs.iter().map(|(asked, _)| asked.clone()).collect(),
        Kind::AliasesInTheWay(aliases) => aliases.iter().map(|alias| alias.name.clone()).collect(),
        _ => Vec::new(),
    }
}

impl Model for Restore {
    type Event = Event;
    type Effect = Effect;

    fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::CheckAgainPressed => return self.ask(),
            Event::Answered { round, answer } if round == self.round => {
                self.answered(*answer);
                return self.submit_when_checked();
            }
            Event::NotAsked { round } if round == self.round => {
                self.awaited.clear();
                self.dialog = Dialog::Closed;
            }
            Event::ServerChanged { nodes, version } => {
                self.facts.nodes = nodes;
                self.facts.version = version;
            }
            Event::OthersChanged { open, running } => {
                self.facts.other_restores = open;
                self.facts.running_restores = running;
            }
            Event::SubmitPressed if self.why_not().is_none() && self.dialog == Dialog::Closed => {
                self.dialog = Dialog::Open;
                // The form may have stood open for long.
                return self.ask();
            }
            Event::ConfirmPressed if self.dialog == Dialog::Open => {
                self.dialog = Dialog::Confirmed;
                return self.submit_when_checked();
            }
            Event::ConfirmClosed => self.dialog = Dialog::Closed,
            Event::Answered { .. } | Event::NotAsked { .. } | Event::SubmitPressed | Event::ConfirmPressed => {}
            filled_in => return self.fill_in(filled_in),
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
