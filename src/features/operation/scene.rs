//! What the parts of the page read: each a signal that changes only when what it says is another.

use leptos::prelude::*;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::version::Version;
use weaviate_backups::ledger::entry::Entry;
use weaviate_backups::poll::log::Log;
use weaviate_backups::poll::machine::Phase;
use weaviate_backups::preflight::cancel::{Facts, InLedger};
use weaviate_backups::preflight::fact::Fact;

use super::cancel::{Fate, Obstacle, cancel_create, cancel_restore, fate};
use super::known::{Known, Looks, Span};
use super::model::{Event, Operation};
use super::outcome::{Outcome, Reading, not_asked_for, taken};
use super::relation::Relation;
use super::story::{Material, Story};
use crate::app::context::{Now, Reader};
use crate::app::watch::Watched;
use crate::connection::SavedConnection;
use crate::server::Server;

/// How long a time of day alone is not taken for that of another day.
const NIGHT_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// A plain copy of handles.
#[derive(Clone, Copy)]
pub struct Scene {
    pub reader: Reader,
    pub now: Now,
    about: StoredValue<(OperationKey, SavedConnection)>,
    pub kind: Kind,
    pub state: Signal<Operation>,
    pub send: Callback<Event>,
    pub known: Signal<Known>,
    pub looks: Signal<Looks>,
    pub log: Signal<Log>,
    pub server: Signal<Server>,
    pub relation: Memo<Relation>,
    /// What the server said last, be it in the answer to the POST.
    pub status: Memo<Option<Status>>,
    pub end: Memo<Option<Status>>,
    pub story: Memo<Story>,
    pub outcome: Memo<Option<Outcome>>,
    /// While the schema is being applied.
    pub reading: Memo<Option<Reading>>,
    pub span: Memo<Span>,
    pub version: Memo<Option<Version>>,
    /// What was known last may be so no more: contact is lost, or watching is paused.
    pub is_stale: Memo<bool>,
    pub may_cancel: Memo<Result<(), Obstacle>>,
    /// The names in it, from wherever they are known.
    pub collections: Memo<Option<Vec<String>>>,
    /// Of a restore: names in the backup that were left out.
    pub not_asked_for: Memo<Vec<String>>,
}

/// What the app hands to a page.
pub struct Sources {
    pub key: OperationKey,
    pub connection: SavedConnection,
    pub state: Signal<Operation>,
    pub send: Callback<Event>,
    pub watched: Watched,
    pub entries: Signal<Vec<Entry>>,
    /// What speaks against a cancel of a restore.
    pub in_ledger: Signal<InLedger>,
    pub server: ArcRwSignal<Server>,
}

impl Scene {
    pub fn new(Sources { key, connection, state, send, watched, entries, in_ledger, server }: Sources) -> Self {
        let kind = key.kind;
        let about = StoredValue::new((key, connection));
        let known: Signal<Known> = RwSignal::from(watched.known).into();
        let looks: Signal<Looks> = RwSignal::from(watched.looks).into();
        let log: Signal<Log> = RwSignal::from(watched.log).into();
        let server: Signal<Server> = RwSignal::from(server).into();
        let relation = Memo::new(move |_| {
            entries.with(|entries| known.with(|known| about.with_value(|(key, _)| Relation::of(entries, key, known))))
        });
        let status = Memo::new(move |_| {
            let told = known.with(|known| known.status().cloned());
            // The answer to the POST says STARTED; a restore shows its own phases at once.
            let posted = kind == Kind::Create && relation.with(Relation::is_accepted);
            told.or_else(|| posted.then_some(Status::Started))
        });
        let end = Memo::new(move |_| known.with(|known| known.end().cloned()));
        let reading = Memo::new(move |_| state.with(|state| state.reading.get().cloned()));
        let outcome = Memo::new(move |_| {
            let reading = state.with(|state| state.reading_of_end().cloned())?;
            relation.with(|relation| known.with(|known| Some(Outcome::of(relation.ours()?, &reading, known.words()))))
        });
        let span = Memo::new(move |_| {
            known.with(|known| relation.with(|relation| Span::of(known.answer.as_ref(), relation.entry())))
        });
        let collections = Memo::new(move |_| {
            let from_entry = relation.with(|relation| relation.ours().map(|entry| taken(entry).to_vec()));
            from_entry.or_else(|| state.with(|state| state.listed.get().cloned().flatten()))
        });
        let not_asked_for = Memo::new(move |_| {
            let in_backup = state.with(|state| state.listed.get().cloned().flatten()).filter(|_| kind == Kind::Restore);
            let in_backup = in_backup.unwrap_or_default();
            relation.with(|relation| relation.ours().map(|entry| not_asked_for(entry, &in_backup)).unwrap_or_default())
        });
        let story = Memo::new(move |_| {
            known.with(|known| {
                relation.with(|relation| {
                    Story::of(&Material {
                        kind,
                        known,
                        relation,
                        collections: collections.with(|names| names.as_ref().map(Vec::len)),
                        reading: reading.get().as_ref(),
                        outcome: outcome.get().as_ref(),
                        looked_at: looks.with(|looks| looks.answered.map(|at| at.0)),
                    })
                })
            })
        });
        let version = Memo::new(move |_| server.with(Server::version));
        let is_stale =
            Memo::new(move |_| known.with(|known| known.is_lost() || matches!(known.phase, Phase::Paused(_))));
        // What own-info does not tell the server decides.
        let rights = move || server.with(Server::rights).value().cloned().unwrap_or_default();
        let may_cancel = Memo::new(move |_| match kind {
            Kind::Create => cancel_create(status.get().as_ref(), version.get(), &rights(), &names(collections)),
            Kind::Restore => {
                let looked_at = looks.with(|looks| looks.answered).unwrap_or_default();
                let status =
                    status.get().map_or(Fact::NotAsked, |status| Fact::Known { at: looked_at, value: Some(status) });
                cancel_restore(&Facts {
                    status,
                    nodes: server.with(Server::nodes_to_check),
                    ledger: in_ledger.get(),
                    now: looked_at,
                    version: version.get(),
                    rights: rights(),
                    collections: names(collections),
                })
            }
        });
        Self {
            reader: Reader::of_view(),
            now: Now::of_view(),
            about,
            kind,
            state,
            send,
            known,
            looks,
            log,
            server,
            relation,
            status,
            end,
            story,
            outcome,
            reading,
            span,
            version,
            is_stale,
            may_cancel,
            collections,
            not_asked_for,
        }
    }

    /// What became of the cancel that was sent. Tracks it.
    pub fn fate(self) -> Option<Fate> {
        let looked_at = self.looks.with(|looks| looks.answered.map(|at| at.0));
        let sent = self.state.with(|state| state.cancel_sent)?;
        fate(sent, looked_at, self.status.get().as_ref(), self.end.get().as_ref())
    }

    /// Whether a create runs while a node is missing, which it may need. A restore is not canceled then, and says so.
    /// Tracks it.
    pub fn is_endangered(self) -> bool {
        let runs = self.kind == Kind::Create && self.status.with(Option::is_some) && self.end.with(Option::is_none);
        runs && self.server.with(|server| !server.missing_nodes().is_empty())
    }

    pub fn key(self) -> OperationKey {
        self.about.with_value(|(key, _)| key.clone())
    }

    pub fn id(self) -> String {
        self.about.with_value(|(key, _)| key.id.clone())
    }

    pub fn connection(self) -> SavedConnection {
        self.about.with_value(|(_, connection)| connection.clone())
    }

    /// `08:12:33`, and with its date what is longer ago than a night.
    pub fn time(self, wall_millis: i64) -> String {
        let is_recent = (self.now.get_untracked() - wall_millis).abs() < NIGHT_MILLIS;
        if is_recent { self.reader.time_of_day(wall_millis) } else { self.reader.date_time(wall_millis) }
    }
}

/// As far as they are known.
fn names(collections: Memo<Option<Vec<String>>>) -> Vec<String> {
    collections.get().unwrap_or_default()
}
