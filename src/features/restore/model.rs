//! State and events of the restore form.

use std::collections::BTreeSet;

use weaviate_backups::api::request::{self, Request};
use weaviate_backups::api::wire::{RestoreConfig, RestoreRequest};
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::cpu_percentage::{CpuPercentage, CpuPercentageError};
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::domain::pattern::Pattern;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::version::Version;
use weaviate_backups::preflight::collections::{CollectionState, leave_out_those_in_the_way};
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::finding::{Finding, Kind, Report, Verdict};
use weaviate_backups::preflight::nodes::NodeFacts;
use weaviate_backups::preflight::restore::{Facts, check, states, under_way};

pub use super::check::{AGAIN, ALL, Answer, Part, Question, names_of};
pub use super::form::Form;
pub use super::outlook::Outlook;
pub use super::why_not::WhyNot;
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
    awaited: Vec<Question>,
    /// Whether the newest check could be made: a key may be lacking.
    is_asked: bool,
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
    /// The last check did not allow it, and nothing was sent. It is closed.
    Refused,
}

/// Where the names to choose from come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Neither the link nor the list has told yet.
    Awaited,
    Listed,
    /// The list does not tell, so they are typed, beside those of the link.
    Typed,
    /// The list does not tell, and all of the backup is asked for without a name.
    Everything,
}

pub enum Event {
    Ticked(String, bool),
    AllTicked(bool),
    /// Unticks everything that is in the way.
    LeaveAllOutPressed,
    /// Unticks these.
    LeaveOutPressed(Vec<String>),
    /// Nodes that were taken away for good.
    ForgetNodesPressed(Vec<String>),
    NamesTyped(String),
    EverythingTicked(bool),
    CpuTyped(String),
    OverwriteAliasTicked(bool),
    DiscardPressed,
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
    /// What was [`Restore::under_way`] has ended.
    Ended,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the server.
    Ask {
        round: u32,
        questions: &'static [Question],
    },
    ForgetNodes(Vec<String>),
    KeepDraft(Form),
    DropDraft,
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
            awaited: Vec::new(),
            is_asked: false,
            dialog: Dialog::Closed,
        }
    }

    pub fn names(&self) -> Names {
        match &self.facts.in_backup {
            Fact::NotAsked if self.only.is_empty() => Names::Awaited,
            Fact::NotAsked | Fact::Known { .. } => Names::Listed,
            Fact::NotOffered | Fact::Failed { .. } if self.form.everything => Names::Everything,
            Fact::NotOffered | Fact::Failed { .. } => Names::Typed,
        }
    }

    /// The names that could be chosen: those of the backup, or as typed, and those of the link. A name of the link that
    /// the backup lacks stays: it is a finding.
    fn offered(&self) -> BTreeSet<String> {
        let mut offered = match self.names() {
            Names::Everything => return BTreeSet::new(),
            Names::Typed => self.form.typed_names(),
            Names::Awaited | Names::Listed => self.facts.in_backup.value().into_iter().flatten().cloned().collect(),
        };
        offered.extend(self.only.iter().cloned());
        offered
    }

    pub fn is_chosen(&self, name: &str) -> bool {
        // Whoever types a name wants it.
        let at_first = || self.only.is_empty() || self.only.contains(name) || self.names() == Names::Typed;
        !self.form.left_out.contains(name) && (self.form.added.contains(name) || at_first())
    }

    /// Sorted, without duplicates.
    pub fn selection(&self) -> Vec<String> {
        self.offered().into_iter().filter(|name| self.is_chosen(name)).collect()
    }

    /// How many are restored; `None` for everything, whatever it is.
    pub fn count(&self) -> Option<usize> {
        (self.names() != Names::Everything).then(|| self.selection().len())
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
        let everything = self.names() == Names::Everything;
        Facts { selection: self.selection(), everything, ..self.facts.clone() }
    }

    pub fn report(&self) -> Report {
        check(&self.selected_facts())
    }

    /// How many warnings it would be sent with; `None` while it cannot be sent.
    pub fn ready(&self) -> Option<usize> {
        let is_warning = |finding: &&Finding| Part::of(finding) == Part::Warning;
        self.why_not().is_none().then(|| self.report().findings().iter().filter(is_warning).count())
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

    /// What the form waits for, or warns of: see [`under_way`].
    pub fn under_way(&self) -> Option<OperationKey> {
        under_way(&self.facts).map(|kind| OperationKey { kind, ..self.backup.clone() })
    }

    /// When the names in the target were read last, in milliseconds since 1970.
    pub fn checked_at(&self) -> Option<i64> {
        self.facts.schema.at().map(|at| at.0)
    }

    pub fn cpu(&self) -> Result<Option<CpuPercentage>, CpuPercentageError> {
        CpuPercentage::parse(&self.form.cpu)
    }

    /// The first version that can overwrite aliases, when this server cannot.
    pub fn overwriting_needs(&self) -> Option<Version> {
        supports(self.facts.version, Feature::OverwriteAlias).err()
    }

    pub fn overwrites_aliases(&self) -> bool {
        self.form.overwrite_alias && self.overwriting_needs().is_none()
    }

    /// A typed name that the server would take for a pattern.
    fn typed_pattern(&self) -> Option<String> {
        let is_typed = self.names() == Names::Typed;
        is_typed.then(|| self.selection().into_iter().find(|name| Pattern::is_pattern(name))).flatten()
    }

    /// The request as it would be sent: names only, unless none can be known, and users and roles never.
    pub fn request(&self) -> Option<Request> {
        let include = self.selection();
        if (include.is_empty() && self.names() != Names::Everything) || self.typed_pattern().is_some() {
            return None;
        }
        let at = &self.backup.location;
        let config = RestoreConfig {
            cpu_percentage: self.cpu().ok()?,
            bucket: at.bucket.clone(),
            path: at.path.clone(),
            ..RestoreConfig::default()
        };
        let overwrite_alias = self.overwrites_aliases().then_some(true);
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
        let unanswered = if self.is_asked { WhyNot::Checking } else { WhyNot::NotChecked };
        if self.names() == Names::Awaited {
            // The names come with an answer: nothing can be chosen before it.
            return Some(unanswered);
        }
        let report = self.report();
        if let Some(lack) = report.lack() {
            return Some(WhyNot::NotPermitted(lack.clone()));
        }
        let of_part = |part| report.findings().iter().filter(move |finding| Part::of(finding) == part);
        match report.verdict() {
            Verdict::NotChecked if of_part(Part::Checking).next().is_some() => Some(unanswered),
            Verdict::NotChecked => Some(WhyNot::NotChecked),
            Verdict::Blocked if of_part(Part::Blocking).all(|finding| finding.kind == Kind::NothingChosen) => {
                Some(WhyNot::NothingChosen)
            }
            Verdict::Blocked => Some(WhyNot::Blocked(of_part(Part::Blocking).count())),
            Verdict::ReadyWithWarnings | Verdict::Ready => None,
        }
    }

    /// Begins a check. What is known stays until its answers come.
    fn ask(&mut self, questions: &'static [Question]) -> Vec<Effect> {
        self.round += 1;
        self.awaited = questions.to_vec();
        self.is_asked = true;
        vec![Effect::Ask { round: self.round, questions }]
    }

    /// What was confirmed is sent once the check that began with the confirmation has all its answers and allows it.
    fn submit_when_checked(&mut self) -> Vec<Effect> {
        if self.dialog != Dialog::Confirmed || self.is_checking() {
            return Vec::new();
        }
        let is_allowed = self.why_not().is_none();
        self.dialog = if is_allowed { Dialog::Closed } else { Dialog::Refused };
        if is_allowed { vec![Effect::Submit] } else { Vec::new() }
    }

    /// The events that change the form.
    fn fill_in(&mut self, event: Event) -> Vec<Effect> {
        let before = self.form.clone();
        match event {
            Event::Ticked(name, ticked) => self.form.tick(name, ticked),
            Event::AllTicked(ticked) => {
                for name in self.offered() {
                    self.form.tick(name, ticked);
                }
            }
            Event::LeaveAllOutPressed => {
                for (name, state) in states(&self.selected_facts()) {
                    if state.is_in_the_way() {
                        self.form.tick(name, false);
                    }
                }
            }
            Event::LeaveOutPressed(names) => {
                for name in names {
                    self.form.tick(name, false);
                }
            }
            Event::NamesTyped(typed) => self.form.typed = typed,
            Event::EverythingTicked(ticked) => self.form.everything = ticked,
            Event::CpuTyped(cpu) => self.form.cpu = cpu,
            Event::OverwriteAliasTicked(ticked) => self.form.overwrite_alias = ticked,
            _ => {}
        }
        if self.form == before { Vec::new() } else { vec![Effect::KeepDraft(self.form.clone())] }
    }
}

impl Model for Restore {
    type Event = Event;
    type Effect = Effect;

    fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::CheckAgainPressed => {
                // It asks for the names as well: what was confirmed may be something else by then.
                self.dialog = Dialog::Closed;
                return self.ask(ALL);
            }
            Event::Answered { round, answer } if round == self.round => {
                self.awaited.retain(|question| *question != answer.question());
                answer.put_into(&mut self.facts);
                return self.submit_when_checked();
            }
            Event::NotAsked { round } if round == self.round => {
                self.awaited.clear();
                self.is_asked = false;
                self.dialog = Dialog::Closed;
            }
            Event::ForgetNodesPressed(names) => return vec![Effect::ForgetNodes(names)],
            Event::ServerChanged { nodes, version } => {
                self.facts.nodes = nodes;
                self.facts.version = version;
            }
            Event::OthersChanged { open, running } => {
                self.facts.other_restores = open;
                self.facts.running_restores = running;
            }
            Event::DiscardPressed => {
                self.form = Form::default();
                self.dialog = Dialog::Closed;
                return vec![Effect::DropDraft];
            }
            Event::SubmitPressed if self.why_not().is_none() && self.dialog != Dialog::Confirmed => {
                self.dialog = Dialog::Open;
            }
            Event::ConfirmPressed if self.dialog == Dialog::Open => {
                // The form may have stood open for long.
                self.dialog = Dialog::Confirmed;
                return self.ask(AGAIN);
            }
            Event::ConfirmClosed if self.dialog == Dialog::Open => self.dialog = Dialog::Closed,
            // An open confirmation stays: the names, which it is about, are not asked for.
            Event::Ended if matches!(self.dialog, Dialog::Open | Dialog::Confirmed) => return self.ask(AGAIN),
            Event::Ended => return self.ask(ALL),
            Event::Answered { .. }
            | Event::NotAsked { .. }
            | Event::SubmitPressed
            | Event::ConfirmPressed
            | Event::ConfirmClosed => {}
            filled_in => return self.fill_in(filled_in),
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
