//! A server and a storage for entries, as far as the machines can tell them from real ones.

use std::collections::BTreeMap;

use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Entry, PriorRestore};
use weaviate_backups::ledger::evidence::Found;
use weaviate_backups::poll::clock::WallMillis;

/// The operation of a kind that the whole test is about.
pub fn key(kind: Kind) -> OperationKey {
    OperationKey {
        connection: ConnectionId("local".into()),
        kind,
        backend: "s3".into(),
        location: Location::default(),
        id: "nightly-1".into(),
    }
}

pub const COLLECTIONS: [&str; 2] = ["Article", "Author"];

/// What a server keeps about one id: a create, or the last restore of it.
#[derive(Clone, Debug)]
pub struct Server {
    kind: Kind,
    last: Option<(Status, Option<String>)>,
    started_at: WallMillis,
    /// The names of the entries whose POSTs it took, in this order.
    pub accepted: Vec<String>,
    /// The ends that it gave to these.
    pub ends: Vec<Status>,
    schema: Vec<String>,
}

impl Server {
    pub fn new(kind: Kind, prior: PriorRestore) -> Self {
        // For a create: a backup of this id from long ago, which somebody else made.
        let last = match prior {
            PriorRestore::Was { status, error } => Some((status, error)),
            PriorRestore::Never | PriorRestore::Unclear => None,
        };
        Self { kind, last, started_at: WallMillis(0), accepted: Vec::new(), ends: Vec::new(), schema: Vec::new() }
    }

    pub fn post(&mut self, name: String, now: WallMillis) -> Result<Vec<String>, String> {
        if self.kind == Kind::Create && self.last.is_some() {
            return Err("backup \"nightly-1\" already exists".into());
        }
        if self.is_running() {
            return Err("restoration nightly-1 already in progress".into());
        }
        let running = if self.kind == Kind::Create { Status::Started } else { Status::Transferring };
        self.last = Some((running, None));
        self.started_at = now;
        self.accepted.push(name);
        Ok(COLLECTIONS.map(str::to_owned).to_vec())
    }

    fn is_running(&self) -> bool {
        self.last.as_ref().is_some_and(|(status, _)| !status.is_terminal())
    }

    /// Whatever runs ends, if anything does.
    pub fn end(&mut self, status: Status) {
        if self.is_running() {
            if self.kind == Kind::Restore && status == Status::Success {
                self.schema = COLLECTIONS.map(str::to_owned).to_vec();
            }
            let error = (status == Status::Failed).then(|| format!("disk full, attempt {}", self.accepted.len()));
            if !self.accepted.is_empty() {
                self.ends.push(status.clone());
            }
            self.last = Some((status, error));
        }
    }

    pub fn status(&self) -> Option<&Status> {
        self.last.as_ref().map(|(status, _)| status)
    }

    pub fn error(&self) -> Option<String> {
        self.last.as_ref().and_then(|(_, error)| error.clone())
    }

    pub fn look_up(&self) -> Found {
        match &self.last {
            Some((status, error)) => Found::Status {
                status: status.clone(),
                error: error.clone(),
                started_at: (self.kind == Kind::Create).then_some(self.started_at),
            },
            None => Found::None,
        }
    }

    pub fn schema(&self) -> Vec<String> {
        self.schema.clone()
    }
}

/// What outlives a page: JSON texts by name, as in a browser's storage.
#[derive(Clone, Debug, Default)]
pub struct Storage(BTreeMap<String, String>);

impl Storage {
    pub fn write(&mut self, entry: &Entry) {
        let name = entry.name();
        let kept = match self.0.get(&name) {
            Some(stored) => entry.clone().over(Entry::from_text(stored).expect("what was written can be read")),
            None => entry.clone(),
        };
        self.0.insert(name, kept.to_text());
    }

    pub fn entries(&self) -> Vec<Entry> {
        self.0.values().map(|text| Entry::from_text(text).expect("what was written can be read")).collect()
    }
}
