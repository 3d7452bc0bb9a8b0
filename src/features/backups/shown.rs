//! What the screen shows of its state.

use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::domain::backend::FILESYSTEM;
use weaviate_backups::domain::capability::{Feature, supports};

use super::absence::{Absence, Hidden, hidden_from};
use super::backend_list::BackendList;
use super::listing::Filter;
use super::model::Backups;
use super::summary::{Lead, Listed, Summary};

/// What stands below the filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Loading,
    Rows,
    Absent(Absence),
    /// Not even what the server is could be asked.
    ServerNotRead(ApiError),
    /// Nothing is known, and nothing is asked for without the key.
    KeyNeeded,
}

impl Backups {
    /// Whom entries may be hidden from.
    pub fn hidden(&self) -> Option<Hidden> {
        hidden_from(self.server.user.get(), !self.rows.is_empty(), self.server.version())
    }

    /// As the server writes it; empty when not known.
    pub fn server_version(&self) -> &str {
        self.meta().map(|meta| meta.version_text.as_str()).unwrap_or_default()
    }

    /// When the oldest of the good lists came, in milliseconds since 1970.
    pub fn listed_at(&self) -> Option<i64> {
        let good = self.lists.iter().filter(|list| list.list.error.is_none());
        good.filter_map(|list| list.list.value.as_ref().map(|(_, at)| *at)).min()
    }

    /// The sentence on top; `None` where what stands below says it all. `now` in milliseconds since 1970.
    pub fn sentence(&self, now: i64) -> Option<Summary> {
        match self.body() {
            Body::Loading if self.lists.is_empty() => {
                Some(Summary { lead: Lead::AwaitingServer, good: None, remark: None })
            }
            Body::Loading | Body::Rows | Body::Absent(Absence::NothingYet { .. } | Absence::NothingMatches { .. }) => {
                Some(self.summary(now))
            }
            Body::Absent(_) | Body::ServerNotRead(_) | Body::KeyNeeded => None,
        }
    }

    fn summary(&self, now: i64) -> Summary {
        let settled = |list: &&BackendList| list.list.is_settled();
        let awaited: Vec<&str> =
            self.lists.iter().filter(|list| !settled(list)).map(|list| list.backend.name.as_str()).collect();
        Listed {
            rows: &self.rows,
            collections: self.collections.get().map(|names| names.as_slice()),
            awaited: &awaited,
            awaits_collections: self.collections.in_flight && !self.collections.is_settled(),
            backends_failed: self.lists.iter().filter(|list| self.may_lack(list)).count(),
            may_hide: self.hidden().is_some(),
            now,
        }
        .summary()
    }

    pub fn body(&self) -> Body {
        if !self.found.is_empty() {
            return Body::Rows;
        }
        if !self.rows.is_empty() {
            return Body::Absent(Absence::NothingMatches {
                search: self.view.search.trim().to_owned(),
                hidden_rows: self.rows.len(),
                filters_beside: Filter::of(&self.view).beside_the_search(),
            });
        }
        if self.lacks_key {
            return Body::KeyNeeded;
        }
        let Some(meta) = self.meta() else {
            return self.server.meta.error.clone().map_or(Body::Loading, Body::ServerNotRead);
        };
        if meta.backends.is_empty() {
            return Body::Absent(Absence::NoBackupModule);
        }
        if let Err(needs) = supports(meta.version, Feature::List) {
            return Body::Absent(Absence::CannotList { needs });
        }
        if !self.lists.iter().all(|list| list.list.is_settled()) {
            return Body::Loading;
        }
        let listed = self.lists.iter().filter(|list| list.list.value.is_some());
        let backends: Vec<String> = listed.map(|list| list.backend.name.clone()).collect();
        if !backends.is_empty() {
            return Body::Absent(Absence::NothingYet { backends, hidden: self.hidden() });
        }
        let errors: Vec<&ApiError> = self.lists.iter().filter_map(|list| list.list.error.as_ref()).collect();
        match errors.as_slice() {
            [first, ..] if errors.iter().all(|error| error.kind == ErrorKind::NotPermitted) => {
                Body::Absent(Absence::NotPermitted { words: first.words() })
            }
            _ => Body::Absent(Absence::NotListed),
        }
    }

    /// Whether this backend can keep nothing on this server: the filesystem of a cluster (behaviour notes 1.1).
    pub fn is_refused_anyway(&self, backend: &str) -> bool {
        backend == FILESYSTEM && self.server.known_nodes.seen.len() > 1
    }

    /// Whether there may be backups of this backend that are not shown.
    fn may_lack(&self, list: &BackendList) -> bool {
        list.list.error.is_some() && !self.is_refused_anyway(&list.backend.name)
    }
}
