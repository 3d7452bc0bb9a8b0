//! Runs the page of an operation: cancels, reads the schema and the list, and keeps the nodes fresh.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::api::call::Call;
use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::api::request;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::poll::absence;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::poll::log::Exchange;
use weaviate_backups::preflight::cancel::{Attempt, Step};
use weaviate_backups::preflight::fact::Fact;

use super::ledger::Ledger;
use super::session::{Api, Session};
use super::store::Store;
use super::watch::Watches;
use super::{asking, facts};
use crate::connection::SavedConnection;
use crate::features::operation::known::Known;
use crate::features::operation::model::{Effect as Wanted, Event, Operation, Trouble};
use crate::features::operation::outcome::Reading;
use crate::features::operation::relation::Relation;
use crate::features::operation::scene::{Scene, Sources};
use crate::platform::clock::wall_now;
use crate::platform::page;
use crate::server::Server;

/// Between two readings of the nodes while an operation runs and somebody looks.
const NODES_MILLIS: i64 = 60_000;

/// The page at work, for as long as the current owner lives.
pub fn scene(
    session: Session,
    ledger: Ledger,
    watches: Watches,
    key: &OperationKey,
    connection: SavedConnection,
) -> Scene {
    let open = watches.open(key);
    let work = Work { session, ledger, watches, key: StoredValue::new(key.clone()) };
    let store = Store::new(Operation::new(key.clone()), move |effect, store| work.carry_out(effect, store));
    let looks = open.looks.clone();
    let in_ledger = Memo::new(move |_| {
        let at = looks.with(|looks| looks.answered).unwrap_or_default();
        work.key.with_value(|key| ledger.of_restore(key, at))
    });
    let scene = Scene::new(Sources {
        key: key.clone(),
        connection,
        state: store.state(),
        send: store.sender(),
        watched: open,
        entries: ledger.entries(),
        in_ledger: in_ledger.into(),
        server: session.server(&key.connection),
    });
    follow(&work, scene, store);
    scene
}

/// Tells the model what was seen. With every look, not only with every change: the schema is read along with them.
fn follow(work: &Work, scene: Scene, store: Store<Operation>) {
    let work = *work;
    let answered = Memo::new(move |_| scene.looks.with(|looks| looks.answered));
    let looked = Memo::new(move |_| scene.looks.with(|looks| looks.last));
    Effect::new(move || {
        answered.get();
        let Some(status) = scene.status.get() else { return };
        let is_ours = scene.relation.with(|relation| relation.ours().is_some());
        store.send(Event::Looked { status, has_ended: scene.end.with(Option::is_some), is_ours });
    });
    Effect::new(move || {
        let is_listed = work.key.with_value(|key| key.kind == Kind::Create && key.location.is_default());
        let is_elsewhere = scene.relation.with(|relation| *relation == Relation::None);
        if work.ledger.ready().get() && is_listed && is_elsewhere && scene.status.with(Option::is_some) {
            store.send(Event::CollectionsMissed);
        }
    });
    Effect::new(move || {
        // Read, as a memo that nobody reads is never woken.
        looked.get();
        let read_at = scene.server.with_untracked(|server| server.nodes.value.as_ref().map(|(_, at)| *at));
        let is_old = read_at.is_none_or(|at| wall_now() - at > NODES_MILLIS);
        let is_lost = scene.known.with_untracked(Known::is_lost);
        if (is_old || is_lost) && !page::is_hidden() && scene.end.with(Option::is_none) {
            work.key.with_value(|key| facts::ask_nodes(work.session, &key.connection));
        }
    });
}

/// A plain copy of handles.
#[derive(Clone, Copy)]
struct Work {
    session: Session,
    ledger: Ledger,
    watches: Watches,
    key: StoredValue<OperationKey>,
}

impl Work {
    fn carry_out(self, effect: Wanted, store: Store<Operation>) {
        let Some(key) = self.key.try_get_value() else { return };
        match effect {
            Wanted::LookNow => return self.watches.look_now(&key),
            Wanted::ForgetNode(name) => return facts::forget_nodes(self.session, &key.connection, &[name]),
            _ => {}
        }
        let Some(client) = self.session.client(&key.connection) else {
            store.send(without_key(&key, &effect));
            return;
        };
        match effect {
            Wanted::LookNow | Wanted::ForgetNode(_) => {}
            Wanted::CancelCreate => spawn_local(async move { store.send(self.cancel(&client, &key).await) }),
            Wanted::CheckAndCancelRestore { confirmation } => spawn_local(async move {
                let is_confirmed = || {
                    let operation = store.state().try_with_untracked(|operation| operation.is_confirmed(confirmation));
                    operation.unwrap_or_default()
                };
                if let Some(event) = self.check_and_cancel(&client, &key, is_confirmed).await {
                    store.send(event);
                }
            }),
            Wanted::ReadSchema { with_aliases } => spawn_local(async move {
                let result = read_schema(&client, with_aliases).await;
                store.send(Event::SchemaRead { result, at: wall_now() });
            }),
            Wanted::ReadList => spawn_local(async move {
                let result = self.names_in_backup(&client, &key).await;
                store.send(Event::ListRead { result, at: wall_now() });
            }),
        }
    }

    /// The names in the backup that the operation is about, sorted: from the list, else as this browser kept them.
    async fn names_in_backup(self, client: &Api, key: &OperationKey) -> Result<Option<Vec<String>>, ApiError> {
        let backup = OperationKey { kind: Kind::Create, ..key.clone() };
        let listed = asking::listed_names(client, &backup).await;
        let kept = || asking::kept_names(self.ledger, &backup).map(|(_, names)| names);
        let mut names = match listed {
            Ok(Some(names)) => names,
            Ok(None) => return Ok(kept()),
            Err(error) => kept().ok_or(error)?,
        };
        names.sort();
        Ok(Some(names))
    }

    async fn cancel(self, client: &Api, key: &OperationKey) -> Event {
        let outcome = client.cancel(key.kind, &key.backend, &key.id, &key.location).await;
        let at = wall_now();
        let request = request::cancel(key.kind, &key.backend, &key.id, &key.location);
        self.watches.note(key, Exchange::of_cancel(WallMillis(at), &request, outcome.as_ref()));
        match outcome {
            Ok(_) => Event::CancelSent(at),
            Err(error) => Event::CancelStopped(Trouble::Call(error)),
        }
    }

    /// Asks what core's attempt wants to know, and cancels when it says so; `None` when it is not wanted any more by then.
    async fn check_and_cancel(
        self,
        client: &Api,
        key: &OperationKey,
        is_confirmed: impl Fn() -> bool,
    ) -> Option<Event> {
        let server = self.session.server(&key.connection);
        let mut attempt = Attempt::new(server.with_untracked(Server::version));
        loop {
            match attempt.step() {
                Step::AskNodes => {
                    facts::nodes(self.session, client, &key.connection).await;
                    attempt.nodes_answered(server.with_untracked(Server::nodes_to_check));
                }
                Step::AskStatus => {
                    let outcome = client.status(key.kind, &key.backend, &key.id, &key.location).await;
                    let at = WallMillis(wall_now());
                    let request = request::status_of(key);
                    self.watches.note(key, Exchange::of_status(at, &request, outcome.as_ref()));
                    let status = match outcome {
                        Ok(answered) => Some(answered.value.status),
                        Err(error) if absence::is_proven(&error) => None,
                        Err(error) => return Some(Event::CancelStopped(Trouble::NotLooked(error))),
                    };
                    let in_ledger = untrack(|| self.ledger.of_restore(key, at));
                    attempt.status_answered(Fact::Known { at, value: status }, at, in_ledger);
                }
                Step::Send if !is_confirmed() => return None,
                Step::Send => return Some(self.cancel(client, key).await),
                Step::Stop(obstacle) => return Some(Event::CancelStopped(Trouble::WhyNot(obstacle))),
            }
        }
    }
}

/// What comes of an effect that cannot be carried out: nothing is sent without the key, and nothing waits for an answer.
fn without_key(key: &OperationKey, effect: &Wanted) -> Event {
    let error = |call| ApiError {
        connection: key.connection.clone(),
        call,
        kind: ErrorKind::NotSignedIn,
        messages: Vec::new(),
        http_status: None,
        excerpt: None,
    };
    match effect {
        Wanted::ReadSchema { .. } => Event::SchemaRead { result: Err(error(Call::Schema)), at: wall_now() },
        Wanted::ReadList => Event::ListRead { result: Err(error(Call::List)), at: wall_now() },
        Wanted::CancelCreate => Event::CancelStopped(Trouble::NotLooked(error(Call::CancelCreate))),
        Wanted::CheckAndCancelRestore { .. } | Wanted::LookNow | Wanted::ForgetNode(_) => {
            Event::CancelStopped(Trouble::NotLooked(error(Call::CancelRestore)))
        }
    }
}

async fn read_schema(client: &Api, with_aliases: bool) -> Result<Reading, ApiError> {
    let schema = client.schema().await?.value;
    let present = schema.classes.unwrap_or_default().into_iter().map(|class| class.class).collect();
    // A server before 1.32 has none, and a user may not be allowed to read them: then nothing is known of them.
    let aliases = if with_aliases { client.aliases().await.ok() } else { None };
    let aliases = aliases
        .map(|answered| answered.value.aliases.unwrap_or_default().into_iter().map(|alias| alias.alias).collect());
    Ok(Reading { present, aliases, at: wall_now() })
}
