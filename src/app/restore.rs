//! Runs the restore form: asks what its check needs, keeps the draft, submits.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::domain::backend::backend_in_words;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::submission::Ask;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;

use super::ledger::Ledger;
use super::navigation::Navigator;
use super::pages::Page;
use super::session::{Api, Session};
use super::store::Store;
use super::submit::Submitting;
use super::watch::Watches;
use super::{asking, draft};
use crate::connection::SavedConnection;
use crate::features::restore::model::{Answer, Effect as Wanted, Event, Question, Restore};
use crate::features::restore::view;
use crate::platform::clock::{monotonic_now, wall_now};
use crate::route::Route;

pub fn page(
    session: Session,
    navigator: Navigator,
    connection: SavedConnection,
    backup: &OperationKey,
    only: &[String],
) -> Page {
    let route = Route::Restore { backup: backup.clone(), only: only.to_vec() };
    let draft_name = format!("restore/{}", route.hash());
    let key = StoredValue::new(backup.clone());
    let ledger = Ledger::of_view();
    let submitting = Submitting::new(session, navigator, draft_name.clone());
    let model = Restore::new(backup.clone(), only.to_vec(), draft::read(&draft_name));
    let store = Store::new(model, move |effect, store| match effect {
        Wanted::Ask { round, questions } => ask_all(session, ledger, &key.get_value(), store, round, questions),
        Wanted::ForgetNodes(names) => super::facts::forget_nodes(session, &key.get_value().connection, &names),
        Wanted::KeepDraft(form) => draft::write(&draft_name, &form),
        Wanted::DropDraft => {
            draft::remove(&draft_name);
            submitting.start_over();
        }
        Wanted::Submit => {
            if let Some(ask) = store.state().with_untracked(ask) {
                submitting.press(ask);
            }
        }
    });
    let server = session.server(&connection.id);
    Effect::new(move || {
        store.send(
            server.with(|server| Event::ServerChanged { nodes: server.nodes_to_check(), version: server.version() }),
        );
    });
    let watches = Watches::of_view();
    let other_restores = Memo::new(move |_| {
        let restore = OperationKey { kind: Kind::Restore, ..key.get_value() };
        ledger.other_restores(&restore, WallMillis(wall_now()))
    });
    Effect::new(move || {
        let open = other_restores.get();
        let running = open.iter().filter(|other| is_running(watches, other)).cloned().collect();
        store.send(Event::OthersChanged { open, running });
    });
    let state = store.state();
    let under_way = Memo::new(move |_| state.with(Restore::under_way));
    Effect::new(move || {
        if let Some(operation) = under_way.get() {
            // Watched for as long as it is this one.
            let seen = watches.open(&operation);
            Effect::new(move || {
                if seen.known.with(|known| known.end().is_some()) {
                    store.send(Event::Ended);
                }
            });
        }
    });
    // Of this connection alone: what another window saves of others closes no confirmation.
    let is_signed_in = Memo::new(move |_| session.is_signed_in(&key.get_value().connection));
    Effect::new(move || {
        // Asked again when a key is given.
        if is_signed_in.get() {
            store.send(Event::CheckAgainPressed);
        }
    });
    let server = session.server(&connection.id);
    let place = Memo::new(move |_| {
        let OperationKey { backend, location, .. } = key.get_value();
        server.with(|server| backend_in_words(server.backends(), &backend, &location))
    });
    view::page(&connection, store.state(), store.sender(), submitting, place)
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

/// Whether an operation of the ledger runs by its newest answer. Tracks it.
fn is_running(watches: Watches, key: &OperationKey) -> bool {
    // What is watched changes with these.
    let open = watches.running().get();
    let Some(seen) = watches.watched(key).filter(|_| open.contains(key)) else { return false };
    seen.known.with(|known| known.status().is_some_and(|status| !status.is_terminal()) && !known.is_lost())
}

/// Asks at once; each answer goes in as it comes.
fn ask_all(
    session: Session,
    ledger: Ledger,
    key: &OperationKey,
    store: Store<Restore>,
    round: u32,
    questions: &[Question],
) {
    let Some(client) = session.client(&key.connection) else {
        store.send(Event::NotAsked { round });
        return;
    };
    if questions.contains(&Question::OwnInfo) {
        super::facts::ask(session, &key.connection);
    }
    for &question in questions {
        let (client, key) = (client.clone(), key.clone());
        spawn_local(async move {
            let answer = Box::new(answer(&client, ledger, &key, question).await);
            store.send(Event::Answered { round, answer });
        });
    }
}

async fn answer(client: &Api, ledger: Ledger, backup: &OperationKey, question: Question) -> Answer {
    match question {
        Question::Backup => Answer::Backup(status(client, Kind::Create, backup).await),
        Question::LastRestore => Answer::LastRestore(status(client, Kind::Restore, backup).await),
        Question::Names => names_in_backup(client, ledger, backup).await,
        Question::Schema => Answer::Schema(asking::collections(client).await),
        Question::Aliases => {
            Answer::Aliases(asking::fact(client.aliases().await, |aliases| aliases.aliases.unwrap_or_default()))
        }
        Question::OwnInfo => Answer::OwnInfo(asking::fact(client.own_info().await, |user| user)),
    }
}

async fn status(client: &Api, kind: Kind, backup: &OperationKey) -> Fact<Option<Status>> {
    asking::status(client, kind, &backup.backend, &backup.id, &backup.location).await
}

/// From the list, else as this browser kept them.
async fn names_in_backup(client: &Api, ledger: Ledger, backup: &OperationKey) -> Answer {
    let listed = match asking::listed_names(client, backup).await {
        Ok(Some(value)) => return Answer::Names(Fact::Known { at: WallMillis(wall_now()), value }),
        Ok(None) => Fact::NotOffered,
        Err(error) => Fact::of_list(WallMillis(wall_now()), Err(error)),
    };
    let kept = asking::kept_names(ledger, backup);
    kept.map_or(Answer::Names(listed), |(at, value)| Answer::KeptNames(Fact::Known { at, value }))
}
