//! The rows of the list: what the server said of each backup, in a form that is cheap to compare, search and sort.

use std::collections::btree_map::{self, BTreeMap};
use std::sync::Arc;

use weaviate_backups::api::decode::Entry;
use weaviate_backups::api::wire::ListedBackup;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{
    Action, ConnectionId, Kind, OperationKey, Reason, can, is_possibly_orphaned,
};
use weaviate_backups::domain::order::sort_by;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_backups::domain::version::Version;

/// Which row it is: what stays the same while everything else of a backup changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey {
    pub backend: Arc<str>,
    /// Empty for an entry that has none.
    pub id: Arc<str>,
    /// Its place among those of the same id: the list shows the id *inside* a descriptor, and a copied one is there
    /// twice (behaviour notes 1.5).
    pub nth: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub key: RowKey,
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Backup(Backup),
    /// An entry of the list that cannot be read, as it came, shortened.
    Unreadable {
        raw: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub status: Status,
    pub collections: Arc<Collections>,
    /// Milliseconds since 1970; `None` from servers before v1.31.15.
    pub started: Option<i64>,
    /// Milliseconds since 1970; `None` when it has not ended, and when the server does not say.
    pub ended: Option<i64>,
    /// Before compression, over all nodes and replicas.
    pub size: Option<Size>,
    /// Told to root users only: `None` does not mean that there is none.
    pub base: Option<String>,
}

/// The names of the collections of a backup, sorted. Backups of the same collections share them.
#[derive(Debug, PartialEq, Eq)]
pub struct Collections {
    pub names: Vec<String>,
    /// The names in lower case, one a line, to be searched.
    folded: String,
}

/// A size as the server gives it, in GiB (2^30 bytes). JSON knows no NaN, so sizes are equal to themselves.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Size(f64);

impl Eq for Size {}

impl Size {
    pub fn gib(self) -> f64 {
        self.0
    }

    /// How many decimals tell something: sizes go from a few bytes to thousands of GiB.
    pub fn decimals(self) -> u8 {
        match self.0 {
            ..0.01 => 3,
            ..0.1 => 2,
            _ => 1,
        }
    }

    /// Whether it is below what is written.
    pub fn is_below_shown(self) -> bool {
        self.0 < 0.001
    }
}

impl Collections {
    fn new(names: Vec<String>) -> Self {
        let folded = names.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>().join("\n");
        Self { names, folded }
    }

    /// `needle` in lower case and without line breaks.
    pub(super) fn contain(&self, needle: &str) -> bool {
        self.folded.contains(needle)
    }
}

impl Row {
    pub fn backup(&self) -> Option<&Backup> {
        match &self.content {
            Content::Backup(backup) => Some(backup),
            Content::Unreadable { .. } => None,
        }
    }

    /// The operation that made it; `None` without an id. A listed backup is always at the backend's own place.
    pub fn operation(&self, connection: &ConnectionId) -> Option<OperationKey> {
        (!self.key.id.is_empty()).then(|| OperationKey {
            connection: connection.clone(),
            kind: Kind::Create,
            backend: self.key.backend.to_string(),
            location: Location::default(),
            id: self.key.id.to_string(),
        })
    }
}

impl Backup {
    /// In milliseconds, of one that has ended and says when.
    pub fn duration(&self) -> Option<i64> {
        Some(self.ended? - self.started?)
    }

    pub fn may_be_restored(&self, version: Option<Version>) -> Result<(), Reason> {
        can(Action::Restore, Kind::Create, &self.status, version)
    }

    /// `now` in milliseconds since 1970.
    pub fn is_possibly_orphaned(&self, now: i64) -> bool {
        self.started.is_some_and(|started| is_possibly_orphaned(&self.status, started, now))
    }
}

/// The rows of one backend's list, in the order of their keys.
pub fn rows(backend: &str, entries: Vec<Entry<ListedBackup>>) -> Vec<Arc<Row>> {
    let backend: Arc<str> = backend.into();
    let mut shared = BTreeMap::new();
    let mut rows: Vec<Row> = entries
        .into_iter()
        .map(|entry| {
            let (id, content) = match entry {
                Entry::Read(listed) => read(listed, &mut shared),
                Entry::Unreadable { id, raw } => (id.unwrap_or_default(), Content::Unreadable { raw }),
            };
            Row { key: RowKey { backend: backend.clone(), id: id.into(), nth: 0 }, content }
        })
        .collect();
    // Stable: those of one id stay in the server's order.
    sort_by(&mut rows, |a, b| a.key.cmp(&b.key));
    for index in 1..rows.len() {
        if rows[index].key.id == rows[index - 1].key.id {
            rows[index].key.nth = rows[index - 1].key.nth + 1;
        }
    }
    rows.into_iter().map(Arc::new).collect()
}

/// The row of a key, among rows in the order of their keys.
pub fn find<'r>(rows: &'r [Arc<Row>], key: &RowKey) -> Option<&'r Arc<Row>> {
    rows.binary_search_by(|row| row.key.cmp(key)).ok().map(|index| &rows[index])
}

fn read(listed: ListedBackup, shared: &mut BTreeMap<Vec<String>, Arc<Collections>>) -> (String, Content) {
    let happened = |time: Option<Timestamp>| time.and_then(Timestamp::happened).map(Timestamp::unix_millis);
    let mut names = listed.classes;
    // The server's order is random per call (behaviour notes 3).
    names.sort();
    let collections = match shared.entry(names) {
        btree_map::Entry::Occupied(known) => Arc::clone(known.get()),
        btree_map::Entry::Vacant(place) => {
            let new = Arc::new(Collections::new(place.key().clone()));
            Arc::clone(place.insert(new))
        }
    };
    let backup = Backup {
        status: listed.status,
        collections,
        started: happened(listed.started_at),
        ended: happened(listed.completed_at),
        size: listed.size_gib.map(Size),
        base: listed.incremental_base_backup_id.filter(|base| !base.is_empty()),
    };
    (listed.id, Content::Backup(backup))
}

#[cfg(test)]
pub(super) mod tests;
