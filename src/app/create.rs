//! Runs the create form: asks about names and ids, keeps the draft, submits.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::ledger::submission::Ask;

use super::navigation::Navigator;
use super::pages::Page;
use super::session::{Api, Session};
use super::store::Store;
use super::submit::Submitting;
use super::{asking, draft, facts};
use crate::connection::SavedConnection;
use crate::features::create::model::{Create, Effect as Wanted, Event, proposed_id};
use crate::features::create::view;
use crate::platform::clock::{Timer, monotonic_now, wall_now};
use crate::route::Target;

/// Nobody has typed for this long: the id is asked for.
const QUIET_MILLIS: u64 = 300;

/// `to`: where the link says that the backup is to go.
pub fn page(session: Session, navigator: Navigator, connection: SavedConnection, to: Option<Target>) -> Page {
    let draft_name = StoredValue::new(format!("create/{}", connection.id.0));
    let id = StoredValue::new(connection.id.clone());
    let asking = StoredValue::new_local(None::<Timer>);
    let client = move || session.client(&id.try_get_value()?);
    let draft = draft::read(&draft_name.get_value());
    let store = Store::new(Create::new(draft, to, proposed_id(wall_now())), move |effect, store| match effect {
        Wanted::AskId { version, backend, location, id } => {
            let timer = Timer::after(QUIET_MILLIS, move || {
                let Some(client) = client() else { return };
                spawn_local(async move {
                    let known = asking::status(&client, Kind::Create, &backend, id.as_str(), &location).await;
                    store.send(Event::IdAsked { version, known });
                });
            });
            asking.set_value(Some(timer));
        }
        Wanted::AskRunning { backend } => {
            let Some(client) = client() else { return };
            spawn_local(async move {
                let running = asking::running(&client, &backend).await;
                store.send(Event::RunningRead { backend, running });
            });
        }
        Wanted::AskNames => {
            let Some(client) = client() else { return };
            spawn_local(async move {
                let names = asking::collections(&client).await;
                store.send(Event::NamesRead(names));
            });
        }
        Wanted::AskServer => {
            if let Some(id) = id.try_get_value() {
                facts::ask(session, &id);
            }
        }
        Wanted::ForgetNodes(names) => {
            if let Some(id) = id.try_get_value() {
                facts::forget_nodes(session, &id, &names);
            }
        }
        Wanted::KeepDraft(form) => draft::write(&draft_name.get_value(), &form),
        Wanted::DropDraft => draft::remove(&draft_name.get_value()),
    });
    let is_signed_in = Memo::new(move |_| session.is_signed_in(&id.get_value()));
    Effect::new(move || {
        // Asked again when a key is given.
        if is_signed_in.get() {
            store.send(Event::AskedAgain);
        }
    });
    let server = session.server(&connection.id);
    Effect::new(move || store.send(Event::ServerChanged(Box::new(server.get()))));
    let submitting = Submitting::new(session, navigator, draft_name.get_value());
    let is_forbidden = submitting.is_forbidden();
    Effect::new(move || {
        // A role was taken away since the form asked.
        if is_forbidden.get() {
            store.send(Event::AskedAgain);
        }
    });
    let checking = RwSignal::new(false);
    let press = Callback::new(move |()| {
        if !checking.get_untracked() && !untrack(|| submitting.is_under_way()) {
            spawn_local(check_and_press(store, submitting, checking, client(), id.get_value()));
        }
    });
    let discard = Callback::new(move |()| {
        submitting.start_over();
        store.send(Event::DiscardPressed { proposed_id: proposed_id(wall_now()) });
    });
    let working = Signal::derive(move || checking.get() || submitting.is_under_way());
    view::page(&connection, store.state(), store.sender(), view::Sending { submitting, working, press, discard })
}

/// Looks at the id once more and submits: the form may have stood open for long, and only an id that was free a moment
/// ago proves, should the answer be lost, that the backup found under it is this one.
async fn check_and_press(
    store: Store<Create>,
    submitting: Submitting,
    checking: RwSignal<bool>,
    client: Option<Api>,
    connection: ConnectionId,
) {
    let Some(before) = store.state().with_untracked(|create| ask(create, connection.clone())) else { return };
    checking.set(true);
    if let Some(client) = client {
        let version = store.state().with_untracked(Create::version);
        let OperationKey { backend, id, location, .. } = &before.key;
        let known = asking::status(&client, Kind::Create, backend, id, location).await;
        store.send(Event::IdAsked { version, known });
    }
    if checking.try_set(false).is_some() {
        // The form was left meanwhile: nothing was sent, and nothing is.
        return;
    }
    // What was on the screen when it was pressed, and nothing that was typed since.
    let now = store.state().with_untracked(|create| ask(create, connection));
    if let Some(now) = now.filter(|now| now.key == before.key && now.body == before.body) {
        submitting.press(now);
    }
}

/// What is asked for, when the form allows it.
fn ask(create: &Create, connection: ConnectionId) -> Option<Ask> {
    if create.why_not().is_some() {
        return None;
    }
    let key = OperationKey {
        connection,
        kind: Kind::Create,
        backend: create.form.backend.clone(),
        location: create.location(),
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
