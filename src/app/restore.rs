//! Runs the restore form: asks what its check needs, keeps the draft, submits.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::api::decode::Entry;
use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::submission::Ask;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;

use super::draft;
use super::ledger::Ledger;
use super::navigation::Navigator;
use super::pages::Page;
use super::session::Session;
use super::store::Store;
use super::submit::{Submitting, names};
use crate::connection::SavedConnection;
use crate::features::create::model::{id_fact, node_facts};
use crate::features::restore::model::{Effect as Wanted, Event, Restore};
use crate::features::restore::view;
use crate::platform::clock::{monotonic_now, wall_now};
use crate::route::Route;

fn fact<T>(outcome: Result<T, ApiError>) -> Fact<T> {
    let at = WallMillis(wall_now());
    match outcome {
        Ok(value) => Fact::Known { at, value },
        Err(error) => Fact::of(at, Err(&error)),
    }
}

pub fn page(
    session: Session,
    navigator: Navigator,
    connection: SavedConnection,
    backup: &OperationKey,
    only: &[String],
) -> Page {
    let route = Route::Restore { backup: backup.clone(), only: only.to_vec() };
    let draft_name = StoredValue::new(format!("restore/{}", route.hash()));
    let key = StoredValue::new(backup.clone());
    let draft = draft::read(&draft_name.get_value());
    let store = Store::new(Restore::new(backup.clone(), only.to_vec(), draft), move |effect, store| match effect {
        Wanted::Ask => ask_all(session, &key.get_value(), store),
        Wanted::KeepDraft(form) => draft::write(&draft_name.get_value(), &form),
    });
    let server = session.server(&connection.id);
    Effect::new(move || store.send(Event::NodesChanged(server.with(node_facts))));
    let entries = Ledger::of_view().entries();
    Effect::new(move || {
        let restore = OperationKey { kind: Kind::Restore, ..key.get_value() };
        let others = entries.with(|entries| {
            book::other_restores(entries, &restore.connection, &restore).into_iter().cloned().collect()
        });
        store.send(Event::OthersChanged(others));
    });
    Effect::new(move || {
        // Asked again when a key is given.
        if !session.lacks_key(&key.get_value().connection) {
            ask_all(session, &key.get_value(), store);
        }
    });
    let submitting = Submitting::new(session, navigator, draft_name.get_value());
    let state = store.state();
    let confirmed = Callback::new(move |()| {
        if let Some(ask) = state.with_untracked(ask) {
            submitting.press(ask);
        }
    });
    view::page(&connection, state, store.sender(), submitting, confirmed)
}

/// What is asked for, when the check allows it.
fn ask(restore: &Restore) -> Option<Ask> {
    if restore.why_not().is_some() {
        return None;
    }
    Some(Ask {
        key: OperationKey { kind: Kind::Restore, ..restore.backup.clone() },
        body: restore.request()?.body?,
        collections: restore.selection(),
        id_seen_free: false,
        seed: monotonic_now(),
    })
}

/// Asks everything at once; each answer goes in as it comes.
fn ask_all(session: Session, key: &OperationKey, store: Store<Restore>) {
    let Some(client) = session.client(&key.connection) else { return };
    super::facts::ask(session, &key.connection);
    for kind in [Kind::Create, Kind::Restore] {
        let (client, key) = (client.clone(), key.clone());
        spawn_local(async move {
            let outcome = client.status(kind, &key.backend, &key.id, &key.location).await;
            let status = outcome.as_ref().map(|answered| answered.value.status.clone());
            let fact = id_fact(WallMillis(wall_now()), status);
            store.send(match kind {
                Kind::Create => Event::BackupRead(fact),
                Kind::Restore => Event::LastRestoreRead(fact),
            });
        });
    }
    let (list, backup) = (client.clone(), key.clone());
    spawn_local(async move {
        let fact = if backup.location.is_default() {
            let outcome = list.list(&backup.backend).await;
            match outcome {
                Ok(answered) => in_backup(&answered.value, &backup.id),
                // Servers before v1.30.12 have no list.
                Err(error) if error.kind == ErrorKind::NotFound => Fact::NotOffered,
                Err(error) => Fact::of(WallMillis(wall_now()), Err(&error)),
            }
        } else {
            Fact::NotOffered
        };
        store.send(Event::NamesRead(fact));
    });
    let schema = client.clone();
    spawn_local(async move {
        let outcome = schema.schema().await.map(|answered| names(answered.value));
        store.send(Event::SchemaRead(fact(outcome)));
    });
    let aliases = client.clone();
    spawn_local(async move {
        let outcome = aliases.aliases().await.map(|answered| answered.value.aliases.unwrap_or_default());
        store.send(Event::AliasesRead(fact(outcome)));
    });
    spawn_local(async move {
        let outcome = client.own_info().await.map(|answered| answered.value);
        store.send(Event::OwnInfoRead(fact(outcome)));
    });
}

/// The names that the list shows for an id; not offered when it does not show it.
fn in_backup(entries: &[Entry<weaviate_backups::api::wire::ListedBackup>], id: &str) -> Fact<Vec<String>> {
    let found = entries.iter().find_map(|entry| match entry {
        Entry::Read(backup) if backup.id == id => Some(backup.classes.clone()),
        _ => None,
    });
    found.map_or(Fact::NotOffered, |value| Fact::Known { at: WallMillis(wall_now()), value })
}
