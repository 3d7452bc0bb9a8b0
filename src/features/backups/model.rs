//! State and events of the list of backups.

use std::sync::Arc;

use weaviate_backups::api::decode::Entry;
use weaviate_backups::api::error::ApiError;
use weaviate_backups::api::wire::ListedBackup;
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::operation::ConnectionId;

use super::backend_list::BackendList;
use super::elsewhere::Elsewhere;
use super::finder::{Finder, FinderEvent};
use super::listing::{Filter, sorted, starts_ascending};
use super::row::{Row, RowKey, rows};
use crate::features::Model;
use crate::loadable::Loadable;
use crate::route::{ListView, Route, SortKey, StatusFilter};
use crate::server::{MetaFacts, Server};

/// Rows that are in the page at first: each key typed into the search may put all of them in anew.
pub const FIRST_ROWS: usize = 100;

/// Rows that come with each "show more".
pub const MORE_ROWS: usize = 400;

/// A list older than this is asked for again when the page becomes visible.
const STALE_MILLIS: i64 = 60_000;

/// A descriptor is written in place, so that a list can meet a half-written one (behaviour notes 3): it is asked for
/// once more after this long.
const HALF_WRITTEN_RETRY_MILLIS: u64 = 300;

pub type Rows = Arc<Vec<Arc<Row>>>;

#[derive(Clone, Debug, PartialEq)]
pub struct Backups {
    pub connection: ConnectionId,
    /// How the list is looked at: as in the route.
    pub view: ListView,
    pub server: Server,
    /// The connection's key is gone: nothing is asked for.
    pub lacks_key: bool,
    /// One for each backend, sorted by its name.
    pub lists: Vec<BackendList>,
    /// The names of the server's collections, sorted.
    pub collections: Loadable<Arc<Vec<String>>>,
    /// All rows, in the order of their keys.
    pub rows: Rows,
    /// The rows that search and filter leave, in the order of the chosen column.
    pub found: Rows,
    /// How many rows each status would show, in the order of [`StatusFilter::ALL`].
    pub counts: [usize; 5],
    /// How many of `found` are in the page.
    pub limit: usize,
    /// The refresh that somebody asked for is under way.
    pub refreshing: bool,
    pub dialog: Option<Dialog>,
    /// What no list shows and this browser made, newest first.
    elsewhere: Vec<Elsewhere>,
    ordered: Rows,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    Find(Finder),
    /// The names of a row's collections.
    CollectionsOf(RowKey),
    /// The collections without a good backup.
    Uncovered(Vec<String>),
}

pub enum Event {
    ViewChanged(ListView),
    ServerChanged(Box<Server>),
    KeyChanged {
        lacks: bool,
    },
    RefreshPressed,
    /// An operation of this connection has ended.
    OperationEnded,
    /// The page was hidden and is seen again. `now` in milliseconds since 1970.
    PageShown {
        now: i64,
    },
    TryAgainPressed {
        backend: String,
    },
    Listed {
        backend: String,
        version: u32,
        result: Result<List, ApiError>,
        at: i64,
    },
    CollectionsArrived {
        result: Result<Vec<String>, ApiError>,
        at: i64,
    },
    /// The ledger changed.
    ElsewhereChanged(Vec<Elsewhere>),
    SearchTyped(String),
    StatusChosen(StatusFilter),
    BackendChosen(Option<String>),
    /// The header of a column was pressed.
    SortPressed(SortKey),
    /// A column was chosen from a list.
    SortChosen(SortKey),
    ClearPressed,
    MorePressed,
    FindPressed,
    Finder(FinderEvent),
    FindSubmitted,
    CollectionsPressed(RowKey),
    UncoveredPressed(Vec<String>),
    DialogClosed,
}

/// The answer to a list.
pub struct List {
    pub entries: Vec<Entry<ListedBackup>>,
    pub took_millis: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answer with [`Event::Listed`] of this version.
    List {
        backend: String,
        version: u32,
        after_millis: u64,
    },
    /// Answer with [`Event::CollectionsArrived`].
    AskCollections,
    /// Ask what the server is; [`Event::ServerChanged`] says so.
    AskServer,
    /// Put the view into the route.
    Show(ListView),
    /// What was pressed goes away: the focus goes on to the search field.
    FocusSearch,
    Go(Route),
}

impl Backups {
    pub fn new(connection: ConnectionId, view: ListView) -> Self {
        Self {
            connection,
            view,
            server: Server::default(),
            lacks_key: false,
            lists: Vec::new(),
            collections: Loadable::default(),
            rows: Arc::default(),
            found: Arc::default(),
            counts: [0; 5],
            limit: FIRST_ROWS,
            refreshing: false,
            dialog: None,
            elsewhere: Vec::new(),
            ordered: Arc::default(),
        }
    }

    /// The same list, opened again: what was known is shown until newer answers come.
    #[must_use]
    pub fn reopened(mut self, view: ListView) -> Self {
        self.abandon();
        self.dialog = None;
        self.look(view);
        self
    }

    /// Waits for nothing any more.
    fn abandon(&mut self) {
        for list in &mut self.lists {
            list.version += 1;
            list.list.in_flight = false;
        }
        self.collections.in_flight = false;
        self.refreshing = false;
    }

    pub(super) fn meta(&self) -> Option<&MetaFacts> {
        self.server.meta.get()
    }

    /// What this browser made at another bucket or path, each with its place.
    pub fn elsewhere_and_places(&self) -> Vec<(Elsewhere, String)> {
        self.elsewhere.iter().map(|one| (one.clone(), one.place(self.server.backends()))).collect()
    }

    fn server_changed(&mut self, server: Server) -> Vec<Effect> {
        self.server = server;
        let Some(meta) = self.server.meta.get() else { return Vec::new() };
        let can_list = supports(meta.version, Feature::List).is_ok();
        let wanted = if can_list { meta.backends.clone() } else { Vec::new() };
        if self.lists.iter().map(|list| &list.backend).eq(wanted.iter()) {
            return Vec::new();
        }
        let mut known = std::mem::take(&mut self.lists);
        for backend in wanted {
            let place = known.iter().position(|list| list.backend == backend);
            self.lists.push(place.map_or_else(|| BackendList::new(backend), |place| known.swap_remove(place)));
        }
        self.gather();
        if self.lacks_key { Vec::new() } else { self.ask(|list| !list.list.is_settled() && !list.list.in_flight) }
    }

    /// Asks for the lists of some backends, and for the collections.
    fn ask(&mut self, which: impl Fn(&BackendList) -> bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        for list in self.lists.iter_mut().filter(|list| which(list)) {
            list.retried = false;
            effects.push(list.ask(0));
        }
        if !effects.is_empty() && !self.collections.in_flight {
            self.collections.started();
            effects.push(Effect::AskCollections);
        }
        effects
    }

    fn refresh(&mut self) -> Vec<Effect> {
        if self.lacks_key {
            return Vec::new();
        }
        let mut effects = self.ask(|list| !list.list.in_flight);
        effects.push(Effect::AskServer);
        effects
    }

    fn key_changed(&mut self, lacks: bool) -> Vec<Effect> {
        let lacked = std::mem::replace(&mut self.lacks_key, lacks);
        if lacks {
            self.abandon();
        }
        if lacked && !lacks { self.refresh() } else { Vec::new() }
    }

    fn listed(&mut self, backend: &str, version: u32, result: Result<List, ApiError>, at: i64) -> Vec<Effect> {
        let list = self.lists.iter_mut().find(|list| list.backend.name == backend && list.version == version);
        let Some(list) = list else { return Vec::new() };
        if let Err(error) = &result
            && is_half_written(error)
            && !std::mem::replace(&mut list.retried, true)
        {
            return vec![list.ask(HALF_WRITTEN_RETRY_MILLIS)];
        }
        let result = result.map(|List { entries, took_millis }| {
            list.took_millis = took_millis;
            Arc::new(rows(backend, entries))
        });
        list.list.arrived(result, at);
        self.gather();
        self.end_refresh();
        Vec::new()
    }

    fn end_refresh(&mut self) {
        let under_way = self.lists.iter().any(|list| list.list.in_flight) || self.collections.in_flight;
        self.refreshing &= under_way;
    }

    /// Takes the rows of all lists together, and changes nothing when they are what they were.
    fn gather(&mut self) {
        let lists = self.lists.iter().filter_map(|list| list.list.get());
        let rows: Vec<Arc<Row>> = lists.flat_map(|rows| rows.iter().cloned()).collect();
        if rows != *self.rows {
            self.rows = Arc::new(rows);
            self.order();
        }
    }

    fn order(&mut self) {
        self.ordered = Arc::new(sorted(&self.rows, self.view.sort, self.view.ascending));
        self.filter();
    }

    fn filter(&mut self) {
        let filter = Filter::of(&self.view);
        self.counts = filter.counts(&self.rows);
        self.found = if filter.is_set() {
            Arc::new(self.ordered.iter().filter(|row| filter.shows(row)).cloned().collect())
        } else {
            Arc::clone(&self.ordered)
        };
    }

    fn look(&mut self, view: ListView) {
        if view == self.view {
            return;
        }
        let old = std::mem::replace(&mut self.view, view);
        self.limit = FIRST_ROWS;
        if (old.sort, old.ascending) == (self.view.sort, self.view.ascending) { self.filter() } else { self.order() }
    }

    fn show(&mut self, change: impl FnOnce(&mut ListView)) -> Vec<Effect> {
        let mut view = self.view.clone();
        change(&mut view);
        self.look(view.clone());
        vec![Effect::Show(view)]
    }

    fn find(&mut self) -> Vec<Effect> {
        let Some(Dialog::Find(finder)) = &mut self.dialog else { return Vec::new() };
        match finder.key(&self.connection) {
            Ok(key) => {
                self.dialog = None;
                vec![Effect::Go(Route::Operation(key))]
            }
            Err(missing) => {
                finder.missing = Some(missing);
                Vec::new()
            }
        }
    }
}

fn is_half_written(error: &ApiError) -> bool {
    error.messages.iter().any(|message| message.contains("unmarshal descriptor"))
}

impl Model for Backups {
    type Event = Event;
    type Effect = Effect;

    fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::ViewChanged(view) => self.look(view),
            Event::ServerChanged(server) => return self.server_changed(*server),
            Event::KeyChanged { lacks } => return self.key_changed(lacks),
            Event::RefreshPressed => {
                let effects = self.refresh();
                self.refreshing = effects.iter().any(|effect| matches!(effect, Effect::List { .. }));
                return effects;
            }
            // A list that is under way may have been written before the end.
            Event::OperationEnded if !self.lacks_key => return self.ask(|_| true),
            Event::OperationEnded => {}
            Event::PageShown { now } => {
                let is_stale = self.listed_at().is_none_or(|at| now - at > STALE_MILLIS);
                return if is_stale { self.refresh() } else { Vec::new() };
            }
            Event::TryAgainPressed { backend } => {
                return self.ask(|list| list.backend.name == backend && !list.list.in_flight);
            }
            Event::Listed { backend, version, result, at } => return self.listed(&backend, version, result, at),
            Event::CollectionsArrived { result, at } => {
                let names = result.map(|mut names| {
                    names.sort();
                    Arc::new(names)
                });
                self.collections.arrived(names, at);
                self.end_refresh();
            }
            Event::ElsewhereChanged(elsewhere) => self.elsewhere = elsewhere,
            Event::SearchTyped(search) => return self.show(|view| view.search = search),
            Event::StatusChosen(status) => return self.show(|view| view.status = status),
            Event::BackendChosen(backend) => return self.show(|view| view.backend = backend),
            Event::SortPressed(sort) => {
                return self.show(|view| {
                    view.ascending = if view.sort == sort { !view.ascending } else { starts_ascending(sort) };
                    view.sort = sort;
                });
            }
            Event::SortChosen(sort) => {
                return self.show(|view| (view.sort, view.ascending) = (sort, starts_ascending(sort)));
            }
            Event::ClearPressed => {
                let mut effects = self.show(|view| {
                    *view = ListView { sort: view.sort, ascending: view.ascending, ..ListView::default() };
                });
                effects.push(Effect::FocusSearch);
                return effects;
            }
            Event::MorePressed => self.limit += MORE_ROWS,
            Event::FindPressed => {
                let backends = self.meta().map(|meta| meta.backends.iter().map(|backend| backend.name.as_str()));
                self.dialog = Some(Dialog::Find(Finder::new(backends.into_iter().flatten())));
            }
            Event::Finder(event) => {
                if let Some(Dialog::Find(finder)) = &mut self.dialog {
                    finder.update(event);
                }
            }
            Event::FindSubmitted => return self.find(),
            Event::CollectionsPressed(key) => self.dialog = Some(Dialog::CollectionsOf(key)),
            Event::UncoveredPressed(names) => self.dialog = Some(Dialog::Uncovered(names)),
            Event::DialogClosed => self.dialog = None,
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
