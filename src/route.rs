//! Where one is in the console: a value, written into and read from the hash of the address.
//!
//! A link may name a saved connection and prefill; it never creates a connection and never submits.

use weaviate_backups::api::request::{segment, unsegment};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Connections,
    Settings,
    Backups {
        connection: ConnectionId,
        view: ListView,
    },
    /// The form for a backup; `to` fills in where it goes.
    Create {
        connection: ConnectionId,
        to: Option<Target>,
    },
    /// A create or a restore that is running or ended: the page of a backup is that of its create.
    Operation(OperationKey),
    /// The form that restores this backup (a key of kind Create). `only` preselects collections; empty means all.
    Restore {
        backup: OperationKey,
        only: Vec<String>,
    },
    /// An address that names nothing, as it came.
    Unknown(String),
}

/// Where a backup is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub backend: String,
    pub location: Location,
}

/// How the list of backups is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListView {
    /// Part of an id or of a collection's name.
    pub search: String,
    pub status: StatusFilter,
    pub backend: Option<String>,
    pub sort: SortKey,
    pub ascending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    #[default]
    Any,
    Success,
    Failed,
    Canceled,
    /// Running, possibly orphaned and unknown words.
    NotFinished,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKey {
    #[default]
    Started,
    Id,
    Status,
    Backend,
    Collections,
    Duration,
    Size,
}

impl StatusFilter {
    pub const ALL: [Self; 5] = [Self::Any, Self::Success, Self::Failed, Self::Canceled, Self::NotFinished];

    pub fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::NotFinished => "not-finished",
        }
    }
}

impl SortKey {
    pub const ALL: [Self; 7] =
        [Self::Started, Self::Id, Self::Status, Self::Backend, Self::Collections, Self::Duration, Self::Size];

    pub fn word(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Id => "id",
            Self::Status => "status",
            Self::Backend => "backend",
            Self::Collections => "collections",
            Self::Duration => "duration",
            Self::Size => "size",
        }
    }
}

impl Route {
    /// The connection that the place is about.
    pub fn connection(&self) -> Option<&ConnectionId> {
        match self {
            Self::Connections | Self::Settings | Self::Unknown(_) => None,
            Self::Backups { connection, .. } | Self::Create { connection, .. } => Some(connection),
            Self::Operation(key) | Self::Restore { backup: key, .. } => Some(&key.connection),
        }
    }

    pub fn backups(connection: ConnectionId) -> Self {
        Self::Backups { connection, view: ListView::default() }
    }

    /// The hash, `#` included.
    pub fn hash(&self) -> String {
        match self {
            Self::Connections => "#/connections".to_owned(),
            Self::Settings => "#/settings".to_owned(),
            Self::Unknown(hash) => hash.clone(),
            Self::Backups { connection, view } => {
                let mut query = Query::default();
                query.push("q", &view.search);
                if view.status != StatusFilter::Any {
                    query.push("status", view.status.word());
                }
                query.push("backend", view.backend.as_deref().unwrap_or_default());
                if view.sort != SortKey::Started {
                    query.push("sort", view.sort.word());
                }
                if view.ascending {
                    query.push("order", "asc");
                }
                format!("#/c/{}/backups{}", segment(&connection.0), query.0)
            }
            Self::Create { connection, to } => {
                let mut query = Query::default();
                if let Some(Target { backend, location }) = to {
                    query.push("backend", backend);
                    query.place(location);
                }
                format!("#/c/{}/create{}", segment(&connection.0), query.0)
            }
            Self::Operation(key) => {
                let tail = if key.kind == Kind::Restore { "/restore" } else { "" };
                operation(key, tail, Query::default())
            }
            Self::Restore { backup, only } => {
                let mut query = Query::default();
                for name in only {
                    query.push("only", name);
                }
                operation(backup, "/restore/new", query)
            }
        }
    }

    /// Reads a hash, with or without its `#`. An empty one is the start.
    pub fn parse(hash: &str) -> Self {
        Self::read(hash.trim_start_matches('#')).unwrap_or_else(|| Self::Unknown(hash.to_owned()))
    }

    fn read(hash: &str) -> Option<Self> {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let segments: Vec<String> = path.trim_matches('/').split('/').map(unsegment).collect::<Option<_>>()?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let connection = |id: &str| ConnectionId(id.to_owned());
        let query = read_query(query)?;
        let first = |name: &str| {
            let found = query.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let location = || Location::new(first("bucket"), first("path"));
        let key = |id: &str, kind, backend: &str, backup: &str| OperationKey {
            connection: connection(id),
            kind,
            backend: backend.to_owned(),
            location: location(),
            id: backup.to_owned(),
        };
        Some(match segments.as_slice() {
            ["" | "connections"] => Self::Connections,
            ["settings"] => Self::Settings,
            ["c", id, "backups"] => {
                let view = ListView {
                    search: first("q").to_owned(),
                    status: StatusFilter::ALL.into_iter().find(|s| s.word() == first("status")).unwrap_or_default(),
                    backend: Some(first("backend")).filter(|backend| !backend.is_empty()).map(str::to_owned),
                    sort: SortKey::ALL.into_iter().find(|sort| sort.word() == first("sort")).unwrap_or_default(),
                    ascending: first("order") == "asc",
                };
                Self::Backups { connection: connection(id), view }
            }
            ["c", id, "create"] => {
                let named = Some(first("backend")).filter(|backend| !backend.is_empty());
                let to = named.map(|backend| Target { backend: backend.to_owned(), location: location() });
                Self::Create { connection: connection(id), to }
            }
            ["c", id, "backups", backend, backup] => Self::Operation(key(id, Kind::Create, backend, backup)),
            ["c", id, "backups", backend, backup, "restore"] => {
                Self::Operation(key(id, Kind::Restore, backend, backup))
            }
            ["c", id, "backups", backend, backup, "restore", "new"] => {
                // One that is empty is no name.
                let named = query.iter().filter(|(name, value)| name == "only" && !value.is_empty());
                let only = named.map(|(_, value)| value.clone()).collect();
                Self::Restore { backup: key(id, Kind::Create, backend, backup), only }
            }
            _ => return None,
        })
    }
}

fn operation(key: &OperationKey, tail: &str, mut query: Query) -> String {
    query.place(&key.location);
    let (connection, backend, id) = (segment(&key.connection.0), segment(&key.backend), segment(&key.id));
    format!("#/c/{connection}/backups/{backend}/{id}{tail}{}", query.0)
}

#[derive(Default)]
struct Query(String);

impl Query {
    /// An empty value is left out.
    fn push(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.push(if self.0.is_empty() { '?' } else { '&' });
            self.0.push_str(name);
            self.0.push('=');
            self.0.push_str(&segment(value));
        }
    }

    fn place(&mut self, location: &Location) {
        self.push("bucket", location.bucket.as_deref().unwrap_or_default());
        self.push("path", location.path.as_deref().unwrap_or_default());
    }
}

fn read_query(query: &str) -> Option<Vec<(String, String)>> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((unsegment(name)?, unsegment(value)?))
        })
        .collect()
}

// proptest needs randomness that a browser gives in other ways: the tests of pure code run natively.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
