//! Runs the create form: asks about names and ids, keeps the draft, submits.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::ledger::submission::Ask;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;

use super::draft;
use super::navigation::Navigator;
use super::pages::Page;
use super::session::Session;
use super::store::Store;
use super::submit::{Submitting, names};
use crate::connection::SavedConnection;
use crate::features::create::model::{Create, Effect as Wanted, Event, id_fact, proposed_id};
use crate::features::create::view;
use crate::platform::clock::{Timer, monotonic_now, wall_now};
use weaviate_backups::api::decode::Entry;

/// Nobody has typed for this long: the id is asked for.
const QUIET_MILLIS: u64 = 300;

pub fn page(session: Session, navigator: Navigator, connection: SavedConnection) -> Page {
    let draft_name = StoredValue::new(format!("create/{}", connection.id.0));
    let id = StoredValue::new(connection.id.clone());
    let asking = StoredValue::new_local(None::<Timer>);
    let client = move || session.client(&id.get_value());
    let draft = draft::read(&draft_name.get_value());
    let store = Store::new(Create::new(draft, proposed_id(wall_now())), move |effect, store| match effect {
        Wanted::AskId { version, backend, id } => {
            let timer = Timer::after(QUIET_MILLIS, move || {
                let Some(client) = client() else { return };
                spawn_local(async move {
                    let outcome = client.status(Kind::Create, &backend, id.as_str(), &Location::default()).await;
                    let outcome = outcome.as_ref().map(|answered| answered.value.status.clone());
                    store.send(Event::IdAsked { version, known: id_fact(WallMillis(wall_now()), outcome) });
                });
            });
            asking.set_value(Some(timer));
        }
        Wanted::AskRunning { backend } => {
            let Some(client) = client() else { return };
            spawn_local(async move {
                let outcome = client.list(&backend).await;
                let running = outcome.as_ref().map(|answered| running(&answered.value));
                store.send(Event::RunningRead(Fact::of(WallMillis(wall_now()), running)));
            });
        }
        Wanted::KeepDraft(form) => draft::write(&draft_name.get_value(), &form),
        Wanted::DropDraft => draft::remove(&draft_name.get_value()),
    });
    let server = session.server(&connection.id);
    Effect::new(move || store.send(Event::ServerChanged(Box::new(server.get()))));
    Effect::new(move || {
        // Read again when a key is given.
        if session.lacks_key(&id.get_value()) {
            return;
        }
        let Some(client) = client() else { return };
        spawn_local(async move {
            let outcome = client.schema().await.map(|answered| names(answered.value));
            let names = match outcome {
                Ok(names) => Fact::Known { at: WallMillis(wall_now()), value: names },
                Err(error) => Fact::of(WallMillis(wall_now()), Err(&error)),
            };
            store.send(Event::NamesRead(names));
        });
    });
    let submitting = Submitting::new(session, navigator, draft_name.get_value());
    let state = store.state();
    let press = Callback::new(move |()| {
        let ask = state.with_untracked(|create| ask(create, id.get_value()));
        if let Some(ask) = ask {
            submitting.press(ask);
        }
    });
    let discard = Callback::new(move |()| store.send(Event::DiscardPressed { proposed_id: proposed_id(wall_now()) }));
    view::page(&connection, state, store.sender(), submitting, press, discard)
}

/// What is asked for, when the form allows it.
fn ask(create: &Create, connection: weaviate_backups::domain::operation::ConnectionId) -> Option<Ask> {
    if create.why_not().is_some() {
        return None;
    }
    let key = OperationKey {
        connection,
        kind: Kind::Create,
        backend: create.form.backend.clone(),
        location: Location::default(),
        id: create.form.id.clone(),
    };
    Some(Ask {
        key,
        body: create.request().ok()?.body?,
        collections: create.selection().ok()?.names().to_vec(),
        id_seen_free: create.id_seen_free(),
        seed: monotonic_now(),
    })
}

/// Ids of the list that have not ended.
fn running(entries: &[Entry<weaviate_backups::api::wire::ListedBackup>]) -> Vec<String> {
    let backups = entries.iter().filter_map(|entry| match entry {
        Entry::Read(backup) => Some(backup),
        Entry::Unreadable { .. } => None,
    });
    backups.filter(|backup| !backup.status.is_terminal()).map(|backup| backup.id.clone()).collect()
}
