//! State and events of the create form.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::api::request::{self, Request};
use weaviate_backups::api::wire::{CreateConfig, CreateRequest, Node, Others};
use weaviate_backups::domain::backend::FILESYSTEM;
use weaviate_backups::domain::backup_id::{BackupId, BackupIdError};
use weaviate_backups::domain::compression::CompressionLevel;
use weaviate_backups::domain::cpu_percentage::{CpuPercentage, CpuPercentageError};
use weaviate_backups::domain::pattern::Pattern;
use weaviate_backups::domain::selection::{Expanded, Selection, SelectionError};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::create::{Facts, check};
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::finding::Report;
use weaviate_backups::preflight::nodes::NodeFacts;

use crate::features::Model;
use crate::server::Server;

/// What a half-filled form is kept as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    pub id: String,
    pub backend: String,
    pub mode: Mode,
    /// The names that are ticked: those to take, or those to leave out.
    pub ticked: BTreeSet<String>,
    pub cpu: String,
    /// A level's own word; empty for the server's default.
    pub compression: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    #[default]
    All,
    Only,
    Except,
}

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
    /// Rises with each change of id or backend, so that an answer about an earlier one is known for what it is.
    version: u32,
}

/// Why the form cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    Id(BackupIdError),
    IdTaken(Status),
    IdOfCanceled,
    /// Free or not is not known yet.
    IdNotAsked,
    NoBackend,
    FilesystemOnSeveralNodes(usize),
    NamesNotRead,
    Selection(SelectionError),
    Cpu(CpuPercentageError),
}

pub enum Event {
    IdTyped(String),
    SuggestionTaken(BackupId),
    BackendChosen(String),
    ModeChosen(Mode),
    FilterTyped(String),
    Ticked(String, bool),
    /// Ticks every name that the filter shows.
    MatchesTicked,
    CpuTyped(String),
    CompressionChosen(String),
    ServerChanged(Box<Server>),
    NamesRead(Fact<Vec<String>>),
    IdAsked {
        version: u32,
        known: Fact<Option<Status>>,
    },
    RunningRead(Fact<Vec<String>>),
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
        id: BackupId,
    },
    AskRunning {
        backend: String,
    },
    KeepDraft(Form),
    DropDraft,
}

/// An id of the moment: `backup-2026-11-24-0831`, in UTC.
pub fn proposed_id(wall_millis: i64) -> String {
    let text = Timestamp::from_unix_millis(wall_millis).map(String::from).unwrap_or_default();
    let digits = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    format!("backup-{}-{}{}", digits(0..10), digits(11..13), digits(14..16))
}

impl Create {
    pub fn new(draft: Option<Form>, proposed_id: String) -> Self {
        Self {
            form: draft.unwrap_or_else(|| Form { id: proposed_id, ..Form::default() }),
            filter: String::new(),
            names: Fact::NotAsked,
            id_known: Fact::NotAsked,
            running: Fact::NotAsked,
            server: Server::default(),
            version: 0,
        }
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

    pub fn is_ticked(&self, name: &str) -> bool {
        match self.form.mode {
            Mode::All => true,
            Mode::Only => self.form.ticked.contains(name),
            Mode::Except => !self.form.ticked.contains(name),
        }
    }

    /// The names that would be sent. Include together with exclude cannot be formed: names are always included.
    pub fn selection(&self) -> Result<Expanded, WhyNot> {
        let names = self.names.value().ok_or(WhyNot::NamesNotRead)?;
        let ticked = || self.form.ticked.iter().cloned().collect();
        let selection = match self.form.mode {
            Mode::All => Selection::All,
            Mode::Only => Selection::Only(ticked()),
            Mode::Except => Selection::Except(ticked()),
        };
        selection.expand(names.iter().map(String::as_str)).map_err(WhyNot::Selection)
    }

    /// The request as it would be sent.
    pub fn request(&self) -> Result<Request, WhyNot> {
        let id = self.id().map_err(WhyNot::Id)?;
        let selection = self.selection()?;
        let config = CreateConfig {
            cpu_percentage: self.cpu().map_err(WhyNot::Cpu)?,
            compression_level: CompressionLevel::parse(&self.form.compression),
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
        match &self.id_known {
            Fact::NotAsked => Some(WhyNot::IdNotAsked),
            Fact::Known { value: Some(Status::Canceled), .. } => Some(WhyNot::IdOfCanceled),
            Fact::Known { value: Some(status), .. } => Some(WhyNot::IdTaken(status.clone())),
            // What could not be asked the server checks itself before it begins.
            Fact::Known { value: None, .. } | Fact::Failed { .. } | Fact::NotOffered => None,
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
            nodes: node_facts(&self.server),
        })
    }

    fn ask_id(&mut self) -> Vec<Effect> {
        self.version += 1;
        self.id_known = Fact::NotAsked;
        match self.id() {
            Ok(id) if !self.form.backend.is_empty() => {
                vec![Effect::AskId { version: self.version, backend: self.form.backend.clone(), id }]
            }
            _ => Vec::new(),
        }
    }

    fn backend_changed(&mut self) -> Vec<Effect> {
        self.running = Fact::NotAsked;
        let mut effects = self.ask_id();
        effects.push(Effect::AskRunning { backend: self.form.backend.clone() });
        effects
    }

    /// The first backend that can be used here is chosen when none is.
    fn server_changed(&mut self, server: Server) -> Vec<Effect> {
        self.server = server;
        let Some(meta) = self.server.meta.get() else { return Vec::new() };
        let is_known = meta.backends.iter().any(|backend| backend.name == self.form.backend);
        let usable = meta.backends.iter().find(|backend| self.backend_refused(&backend.name).is_none());
        if is_known && (self.version > 0 || self.form.backend.is_empty()) {
            return Vec::new();
        }
        if !is_known {
            let first = usable.or(meta.backends.first()).map(|backend| backend.name.clone());
            self.form.backend = first.unwrap_or_default();
        }
        if self.form.backend.is_empty() { Vec::new() } else { self.backend_changed() }
    }
}

/// The nodes as the checks want them.
pub fn node_facts(server: &Server) -> NodeFacts {
    let now = match (&server.nodes.value, &server.nodes.error) {
        (_, Some(error)) => Fact::Failed { at: WallMillis::default(), kind: error.kind, words: error.words() },
        (Some((nodes, at)), None) => {
            let node = |node: &crate::server::NodeFacts| Node {
                name: node.name.clone(),
                status: node.status.clone(),
                version: node.version.clone(),
                shards: None,
                others: Others::new(),
            };
            Fact::Known { at: WallMillis(*at), value: nodes.iter().map(node).collect() }
        }
        (None, None) => Fact::NotAsked,
    };
    NodeFacts { now, ever_seen: server.seen_nodes.iter().cloned().collect() }
}

/// What a status call says about an id: a 404 means that it is free.
pub fn id_fact(at: WallMillis, outcome: Result<Status, &ApiError>) -> Fact<Option<Status>> {
    match outcome {
        Ok(status) => Fact::Known { at, value: Some(status) },
        Err(error) if error.kind == ErrorKind::NotFound => Fact::Known { at, value: None },
        Err(error) => Fact::of(at, Err(error)),
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
            Event::ServerChanged(server) => return self.server_changed(*server),
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
            Event::ModeChosen(mode) => {
                self.form.mode = mode;
                self.form.ticked.clear();
            }
            Event::FilterTyped(filter) => self.filter = filter,
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
            Event::CpuTyped(cpu) => self.form.cpu = cpu,
            Event::CompressionChosen(level) => self.form.compression = level,
            Event::NamesRead(names) => self.names = names,
            Event::RunningRead(running) => self.running = running,
            Event::IdAsked { version, known } if version == self.version => self.id_known = known,
            Event::IdAsked { .. }
            | Event::IdTyped(_)
            | Event::SuggestionTaken(_)
            | Event::BackendChosen(_)
            | Event::ServerChanged(_)
            | Event::DiscardPressed { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests;
