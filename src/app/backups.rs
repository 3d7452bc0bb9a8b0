//! Runs the list of backups: asks for it, keeps it from one visit to the next, and follows the route.

use std::collections::BTreeMap;

use leptos::task::spawn_local;
use leptos::{html, prelude::*};
use weaviate_backups::domain::operation::{ConnectionId, OperationKey};
use weaviate_backups::domain::secret::Secret;
use weaviate_backups::domain::server_url::ServerUrl;

use super::facts;
use super::ledger::Ledger;
use super::navigation::Navigator;
use super::session::Session;
use super::store::Store;
use crate::features::backups::elsewhere::elsewhere;
use crate::features::backups::model::{Backups, Effect as Wanted, Event, List};
use crate::platform::clock::{Timer, wall_now};
use crate::platform::page;
use crate::route::{ListView, Route};

/// The lists of this session, each as it was when its page was left. A plain copy of a handle.
#[derive(Clone, Copy)]
pub struct Kept(StoredValue<BTreeMap<ConnectionId, (Asked, Backups)>>);

/// Whom a list was asked of, and as whom: another server, or another key, may see another list.
#[derive(Clone, PartialEq)]
struct Asked {
    url: ServerUrl,
    secret: Option<Secret>,
}

impl Kept {
    pub fn new() -> Self {
        Self(StoredValue::new(BTreeMap::new()))
    }

    pub fn of_view() -> Self {
        expect_context()
    }

    pub fn forget_all(self) {
        self.0.set_value(BTreeMap::new());
    }
}

/// The list at work, for as long as the current owner lives. `search` is its search field, and `ended` is the operation that ended last while somebody
/// watched it, on whichever connection.
pub fn store(
    session: Session,
    navigator: Navigator,
    kept: Kept,
    connection: &ConnectionId,
    view: &ListView,
    search: NodeRef<html::Input>,
    ended: Signal<Option<OperationKey>>,
) -> Store<Backups> {
    let known = kept.0.with_value(|lists| lists.get(connection).cloned());
    let known = known.filter(|(asked, _)| Some(asked) == asked_now(session, connection).as_ref());
    let is_known = known.is_some();
    let backups = match known {
        Some((_, backups)) => backups.reopened(view.clone()),
        None => Backups::new(connection.clone(), view.clone()),
    };
    let timers = StoredValue::new_local(Vec::<Timer>::new());
    let id = connection.clone();
    let store = Store::new(backups, move |effect, store| match effect {
        Wanted::List { backend, version, after_millis: 0 } => list(session, id.clone(), store, backend, version),
        Wanted::List { backend, version, after_millis } => {
            let id = id.clone();
            let later = Timer::after(after_millis, move || list(session, id, store, backend, version));
            timers.update_value(|timers| *timers = vec![later]);
        }
        Wanted::AskCollections => collections(session, &id, store),
        Wanted::AskServer => facts::ask(session, &id),
        Wanted::Show(view) => navigator.replace(Route::Backups { connection: id.clone(), view }),
        Wanted::FocusSearch => focus(search),
        Wanted::Go(to) => navigator.go(&to),
    });
    follow(session, navigator, connection, store, ended);
    // What was listed before is shown at once, and asked for again: an operation may have ended on another page.
    if is_known {
        store.send(Event::RefreshPressed);
    }
    on_cleanup({
        let id = connection.clone();
        move || {
            let (Some(asked), Some(backups)) = (asked_now(session, &id), store.state().try_get_untracked()) else {
                return;
            };
            kept.0.try_update_value(|lists| lists.insert(id, (asked, backups)));
        }
    });
    store
}

/// Sends what happens around the list.
fn follow(
    session: Session,
    navigator: Navigator,
    connection: &ConnectionId,
    store: Store<Backups>,
    ended: Signal<Option<OperationKey>>,
) {
    let id = connection.clone();
    let lacks = Memo::new(move |_| session.lacks_key(&id));
    Effect::new(move || store.send(Event::KeyChanged { lacks: lacks.get() }));
    let server = session.server(connection);
    Effect::new(move || store.send(Event::ServerChanged(Box::new(server.get()))));
    let (id, route) = (connection.clone(), navigator.route());
    Effect::new(move || {
        if let Route::Backups { connection, view } = route.get()
            && connection == id
        {
            store.send(Event::ViewChanged(view));
        }
    });
    let (id, entries) = (connection.clone(), Ledger::of_view().entries());
    let kept = Memo::new(move |_| entries.with(|entries| elsewhere(entries, &id)));
    Effect::new(move || store.send(Event::ElsewhereChanged(kept.get())));
    let id = connection.clone();
    Effect::new(move |was: Option<Option<OperationKey>>| {
        let ended = ended.get();
        let is_ours = ended.as_ref().is_some_and(|key| key.connection == id);
        // The first run finds what ended before the page was opened.
        if is_ours && was.is_some_and(|was| was != ended) {
            store.send(Event::OperationEnded);
        }
        ended
    });
    let listener = page::on_visibility(move || {
        if !page::is_hidden() {
            store.send(Event::PageShown { now: wall_now() });
        }
    });
    StoredValue::new_local(listener);
}

/// `None` when the connection was forgotten.
fn asked_now(session: Session, id: &ConnectionId) -> Option<Asked> {
    let url = untrack(|| session.connection(id))?.url;
    Some(Asked { url, secret: session.secret(id) })
}

fn list(session: Session, id: ConnectionId, store: Store<Backups>, backend: String, version: u32) {
    let Some(client) = session.client(&id) else {
        store.send(Event::KeyChanged { lacks: true });
        return;
    };
    spawn_local(async move {
        let result = client.list(&backend).await;
        let result = result.map(|answered| List { entries: answered.value, took_millis: answered.round_trip_millis });
        store.send(Event::Listed { backend, version, result, at: wall_now() });
    });
}

fn collections(session: Session, id: &ConnectionId, store: Store<Backups>) {
    let Some(client) = session.client(id) else { return };
    spawn_local(async move {
        let schema = client.schema().await;
        let names = schema
            .map(|answered| answered.value.classes.unwrap_or_default().into_iter().map(|class| class.class).collect());
        store.send(Event::CollectionsArrived { result: names, at: wall_now() });
    });
}

/// Lets `/` lead to the search field, for as long as the current owner lives.
pub fn search_key() -> NodeRef<html::Input> {
    let search = NodeRef::<html::Input>::new();
    let listener = page::on_key(move |event| {
        let plain = event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if plain && search.get_untracked().is_some() {
            event.prevent_default();
            focus(search);
        }
    });
    StoredValue::new_local(listener);
    search
}

fn focus(search: NodeRef<html::Input>) {
    if let Some(input) = search.get_untracked() {
        // Refused only for a field that is in no document any more.
        drop(input.focus());
    }
}
