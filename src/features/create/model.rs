//! State and events of the create form.

use std::collections::BTreeSet;

use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::request::{self, Request};
use weaviate_backups::api::wire::{CreateConfig, CreateRequest};
use weaviate_backups::domain::backend::FILESYSTEM;
use weaviate_backups::domain::backup_id::{BackupId, BackupIdError};
use weaviate_backups::domain::cpu_percentage::{CpuPercentage, CpuPercentageError};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::pattern::Pattern;
use weaviate_backups::domain::selection::{Expanded, Selection};
use weaviate_backups::domain::status::Status;
use weaviate_backups::preflight::create::{Facts, check};
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::finding::{Report, Verdict};

pub use super::form::{Form, Mode, proposed_id};
pub use super::why_not::WhyNot;
use crate::features::Model;
use crate::route::Target;
use crate::server::{Server, Sight};

#[derive(Clone, Debug, PartialEq)]
pub struct Create {
    pub form: Form,
    /// Part of a name, or a pattern.
    pub filter: String,
    pub names: Fact<Vec<String>>,
    /// The newest answer about the id as it is typed; not asked while it is being typed.
    pub id_known: Fact<Option<Status>>,
    pub running: Fact<Vec<String>>,
    pub server: Server,
    /// Rises with each change of id, backend or location, so that an answer about an earlier one is known for what it is.
    pub(super) version: u32,
}

pub enum Event {
    IdTyped(String),
    SuggestionTaken(BackupId),
    BackendChosen(String),
    /// Another bucket or path than the backend's own, or not any more.
    ElsewhereChosen(bool),
    BucketTyped(String),
    PathTyped(String),
    ModeChosen(Mode),
    FilterTyped(String),
    Ticked(String, bool),
    /// Ticks every name that the filter shows.
    MatchesTicked,
    /// Ticks every name, or none.
    AllTicked(bool),
    /// Leaves out these.
    LeaveOutPressed(Vec<String>),
    /// Nodes that were taken away for good.
    ForgetNodesPressed(Vec<String>),
    /// Leaves out what is ticked and not there any more.
    MissingDropped,
    CpuTyped(String),
    CompressionChosen(String),
    ServerChanged(Box<Server>),
    NamesRead(Fact<Vec<String>>),
    IdAsked {
        version: u32,
        known: Fact<Option<Status>>,
    },
    RunningRead {
        backend: String,
        running: Fact<Vec<String>>,
    },
    /// The server can be asked: at the beginning, once a key was given, or because somebody wants it to be asked again.
    AskedAgain,
    DiscardPressed {
        proposed_id: String,
    },
}

#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask for the status of this id, once nobody has typed for a moment.
    AskId {
        version: u32,
        backend: String,
        location: Location,
        id: BackupId,
    },
    AskRunning {
        backend: String,
    },
    /// Its backends, nodes and leader, and who asks: answered by [`Event::ServerChanged`].
    AskServer,
    AskNames,
    ForgetNodes(Vec<String>),
    KeepDraft(Form),
    DropDraft,
}

impl Create {
    /// `to`: where the link says that the backup is to go, whatever the draft says.
    pub fn new(draft: Option<Form>, to: Option<Target>, proposed_id: String) -> Self {
        let mut form = draft.unwrap_or_else(|| Form { id: proposed_id, ..Form::default() });
        if let Some(Target { backend, location }) = to {
            form.elsewhere = !location.is_default();
            form.backend = backend;
            form.bucket = location.bucket.unwrap_or_default();
            form.path = location.path.unwrap_or_default();
        }
        Self {
            form,
            filter: String::new(),
            names: Fact::NotAsked,
            id_known: Fact::NotAsked,
            running: Fact::NotAsked,
            server: Server::default(),
            version: 0,
        }
    }

    /// Of the newest question about the id; an answer carries it back.
    pub fn version(&self) -> u32 {
        self.version
    }

    pub fn id(&self) -> Result<BackupId, BackupIdError> {
        BackupId::parse(&self.form.id)
    }

    pub fn cpu(&self) -> Result<Option<CpuPercentage>, CpuPercentageError> {
        CpuPercentage::parse(&self.form.cpu)
    }

    fn node_count(&self) -> usize {
        self.server.nodes.get().map_or(0, Vec::len)
    }

    /// Why a backend cannot be used here: the number of nodes, for the filesystem of a cluster.
    pub fn backend_refused(&self, name: &str) -> Option<usize> {
        let count = self.node_count();
        (name == FILESYSTEM && count > 1).then_some(count)
    }

    /// The names that the filter shows, sorted: those it is a part of, or those it matches as a pattern.
    pub fn shown(&self) -> Vec<String> {
        let Some(names) = self.names.value() else { return Vec::new() };
        let filter = self.filter.trim();
        let is_shown = |name: &&String| match (Pattern::is_pattern(filter), Pattern::parse(filter)) {
            (true, Ok(pattern)) => pattern.matches(name),
            (true, Err(_)) => false,
            (false, _) => name.to_lowercase().contains(&filter.to_lowercase()),
        };
        let mut shown: Vec<String> = names.iter().filter(is_shown).cloned().collect();
        shown.sort();
        shown
    }

    /// Names that are ticked and not on the server any more, as in a draft of earlier.
    pub fn missing(&self) -> Vec<String> {
        let Some(names) = self.names.value() else { return Vec::new() };
        self.form.ticked.iter().filter(|name| !names.contains(name)).cloned().collect()
    }

    /// Whether what is typed into the filter is a pattern that cannot be read.
    pub fn filter_is_malformed(&self) -> bool {
        let filter = self.filter.trim();
        Pattern::is_pattern(filter) && Pattern::parse(filter).is_err()
    }

    pub fn is_ticked(&self, name: &str) -> bool {
        match self.form.mode {
            Mode::All => true,
            Mode::Only => self.form.ticked.contains(name),
            Mode::Except => !self.form.ticked.contains(name),
        }
    }

    /// The names that would be sent. Include together with exclude cannot be formed: names are always included.
    pub fn selection(&self) -> Result<Expanded, WhyNot> {
        let names = match &self.names {
            Fact::Known { value, .. } => value,
            Fact::Failed { words, .. } => return Err(WhyNot::NamesFailed(words.clone())),
            Fact::NotAsked | Fact::NotOffered => return Err(WhyNot::NamesNotRead),
        };
        let ticked = || self.form.ticked.iter().cloned().collect();
        let selection = match self.form.mode {
            Mode::All => Selection::All,
            Mode::Only => Selection::Only(ticked()),
            Mode::Except => Selection::Except(ticked()),
        };
        selection.expand(names.iter().map(String::as_str)).map_err(WhyNot::Selection)
    }

    /// Whether there may be collections that this user is not shown.
    pub fn may_be_partial(&self) -> bool {
        let sees_some = self.names.value().is_some_and(|names| !names.is_empty());
        self.server.user.get().is_some_and(|user| user.sight(sees_some) == Sight::MayBePartial)
    }

    /// The request as it would be sent.
    pub fn request(&self) -> Result<Request, WhyNot> {
        let id = self.id().map_err(WhyNot::Id)?;
        let selection = self.selection()?;
        let Location { bucket, path } = self.location();
        let config = CreateConfig {
            bucket,
            path,
            cpu_percentage: self.cpu().map_err(WhyNot::Cpu)?,
            compression_level: self.compression(),
            ..CreateConfig::default()
        };
        if self.form.backend.is_empty() {
            return Err(WhyNot::NoBackend);
        }
        let include = selection.names().to_vec();
        let body = CreateRequest { id: id.into(), include, config, ..CreateRequest::default() };
        request::create(&self.form.backend, &body).map_err(|_| WhyNot::NamesNotRead)
    }

    /// Why it cannot be sent now; `None` when it can.
    pub fn why_not(&self) -> Option<WhyNot> {
        if let Err(why) = self.request() {
            return Some(why);
        }
        if let Some(count) = self.backend_refused(&self.form.backend) {
            return Some(WhyNot::FilesystemOnSeveralNodes(count));
        }
        let report = self.report();
        if let Some(lack) = report.lack() {
            return Some(WhyNot::NotPermitted(lack.clone()));
        }
        match &self.id_known {
            // Without a good key nothing is sent: once it is given the id is asked again.
            Fact::NotAsked | Fact::Failed { kind: ErrorKind::NotSignedIn, .. } => Some(WhyNot::IdNotAsked),
            Fact::Known { value: Some(Status::Canceled), .. } => Some(WhyNot::IdOfCanceled),
            Fact::Known { value: Some(status), .. } => Some(WhyNot::IdTaken(status.clone())),
            Fact::Failed { kind: ErrorKind::NotPermitted, .. } => Some(WhyNot::IdTakenUnseen),
            // What could not be asked the server checks itself before it begins.
            Fact::Known { value: None, .. } | Fact::Failed { .. } | Fact::NotOffered => match report.verdict() {
                Verdict::NotChecked => Some(WhyNot::NotChecked),
                Verdict::Blocked => Some(WhyNot::InTheWay),
                Verdict::ReadyWithWarnings | Verdict::Ready => None,
            },
        }
    }

    /// Whether a look at the id said that it is free.
    pub fn id_seen_free(&self) -> bool {
        matches!(self.id_known, Fact::Known { value: None, .. })
    }

    pub fn report(&self) -> Report {
        check(&Facts {
            backend: self.form.backend.clone(),
            id: self.id_known.clone(),
            running: self.running.clone(),
            nodes: self.server.nodes_to_check(),
            selection: self.selection().map(|selection| selection.names().to_vec()).unwrap_or_default(),
            rights: self.server.rights(),
        })
    }
}

impl Model for Create {
    type Event = Event;
    type Effect = Effect;

    fn update(&mut self, event: Event) -> Vec<Effect> {
        let before = self.form.clone();
        let mut effects = match event {
            Event::IdTyped(id) => {
                self.form.id = id;
                self.ask_id()
            }
            Event::SuggestionTaken(id) => {
                self.form.id = id.into();
                self.ask_id()
            }
            Event::BackendChosen(backend) => {
                self.form.backend = backend;
                self.backend_changed()
            }
            Event::ElsewhereChosen(_) | Event::BucketTyped(_) | Event::PathTyped(_) => self.place_changed(event),
            Event::ServerChanged(server) => return self.server_changed(*server),
            Event::ForgetNodesPressed(names) => return vec![Effect::ForgetNodes(names)],
            Event::AskedAgain => {
                if !matches!(self.names, Fact::Known { .. }) {
                    self.names = Fact::NotAsked;
                }
                let mut effects = vec![Effect::AskServer, Effect::AskNames];
                if !self.form.backend.is_empty() {
                    effects.extend(self.backend_changed());
                }
                effects
            }
            Event::DiscardPressed { proposed_id } => {
                let backend = std::mem::take(&mut self.form.backend);
                self.form = Form { id: proposed_id, backend, ..Form::default() };
                self.filter = String::new();
                let mut effects = self.ask_id();
                effects.push(Effect::DropDraft);
                return effects;
            }
            other => {
                self.field_changed(other);
                Vec::new()
            }
        };
        if self.form != before {
            effects.push(Effect::KeepDraft(self.form.clone()));
        }
        effects
    }
}

impl Create {
    /// The events that ask nothing of the server.
    fn field_changed(&mut self, event: Event) {
        match event {
            Event::ModeChosen(mode) if mode != self.form.mode => self.choose(mode, BTreeSet::new()),
            Event::FilterTyped(filter) => self.filter = filter,
            // All but this one.
            Event::Ticked(name, false) if self.form.mode == Mode::All => {
                self.choose(Mode::Except, BTreeSet::from([name]));
            }
            Event::Ticked(name, ticked) => {
                let listed = ticked != (self.form.mode == Mode::Except);
                if listed {
                    self.form.ticked.insert(name);
                } else {
                    self.form.ticked.remove(&name);
                }
            }
            Event::MatchesTicked => {
                let shown = self.shown();
                self.form.ticked.extend(shown);
            }
            Event::AllTicked(ticked) => {
                let names = self.names.value().cloned().unwrap_or_default().into_iter().collect();
                match (self.form.mode, ticked) {
                    (Mode::All, true) => {}
                    (Mode::All, false) => self.choose(Mode::Only, BTreeSet::new()),
                    (Mode::Only, true) | (Mode::Except, false) => self.form.ticked = names,
                    (Mode::Only, false) | (Mode::Except, true) => self.form.ticked.clear(),
                }
            }
            Event::LeaveOutPressed(names) => match self.form.mode {
                Mode::All => self.choose(Mode::Except, names.into_iter().collect()),
                Mode::Only => self.form.ticked.retain(|name| !names.contains(name)),
                Mode::Except => self.form.ticked.extend(names),
            },
            Event::MissingDropped => {
                let missing = self.missing();
                self.form.ticked.retain(|name| !missing.contains(name));
            }
            Event::CpuTyped(cpu) => self.form.cpu = cpu,
            Event::CompressionChosen(level) => self.form.compression = level,
            Event::NamesRead(names) => self.names = names,
            Event::RunningRead { backend, running } if backend == self.form.backend => self.running = running,
            Event::IdAsked { version, known } if version == self.version => self.id_known = known,
            Event::IdAsked { .. }
            | Event::ModeChosen(_)
            | Event::IdTyped(_)
            | Event::SuggestionTaken(_)
            | Event::BackendChosen(_)
            | Event::ElsewhereChosen(_)
            | Event::BucketTyped(_)
            | Event::PathTyped(_)
            | Event::ServerChanged(_)
            | Event::RunningRead { .. }
            | Event::ForgetNodesPressed(_)
            | Event::AskedAgain
            | Event::DiscardPressed { .. } => {}
        }
    }

    fn choose(&mut self, mode: Mode, ticked: BTreeSet<String>) {
        self.form.mode = mode;
        self.form.ticked = ticked;
    }
}

#[cfg(test)]
mod tests;
