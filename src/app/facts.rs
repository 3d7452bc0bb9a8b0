//! Asks a server for what every screen wants to know of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::json::{self, Json};
use weaviate_backups::api::request::NodesOutput;
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::poll::clock::WallMillis;

use super::navigation::Navigator;
use super::session::{Api, Session, nodes_name};
use crate::platform::clock::wall_now;
use crate::platform::storage::{self, Keep};
use crate::server::{KnownNodes, MetaFacts, Server, User, node_facts, user_of_failure};

/// Asks the server of the open connection, when that is opened and when its key is given.
pub fn follow(session: Session, navigator: Navigator) {
    let route = navigator.route();
    let signed_in = Memo::new(move |_| {
        let connection = route.with(|route| route.connection().cloned());
        connection.filter(|id| session.is_signed_in(id))
    });
    Effect::new(move || {
        if let Some(id) = signed_in.get() {
            ask(session, &id);
        }
    });
}

/// Asks meta, nodes, statistics and own-info at once and puts each into the connection's [`Server`] as it comes. Does nothing
/// without the key, and none of those that are in flight.
pub fn ask(session: Session, id: &ConnectionId) {
    let Some(client) = session.client(id) else { return };
    let server = session.server(id);
    // A node that has died is in no list: only who remembers it can miss it.
    server.update(|server| server.known_nodes.recall(kept_nodes(id)));
    let starts = |part| starts(&server, part);
    if starts(|server| &mut server.meta.in_flight) {
        let (client, server) = (client.clone(), server.clone());
        spawn_local(async move {
            let meta = client.meta().await.map(|answered| MetaFacts::from(answered.value));
            server.update(|server| server.meta.arrived(meta, wall_now()));
        });
    }
    ask_nodes(session, id);
    if starts(|server| &mut server.cluster.in_flight) {
        let (client, server) = (client.clone(), server.clone());
        spawn_local(async move {
            let statistics = client.statistics().await.map(|answered| answered.value.into());
            server.update(|server| server.cluster_arrived(statistics, wall_now()));
        });
    }
    if starts(|server| &mut server.user.in_flight) {
        let key_was_sent = session.secret(id).is_some();
        spawn_local(async move {
            let user = match client.own_info().await {
                Ok(answered) => Ok(User::from(answered.value)),
                Err(error) if error.is_retryable() => Err(error),
                Err(error) => Ok(user_of_failure(error.kind, key_was_sent)),
            };
            server.update(|server| server.user.arrived(user, wall_now()));
        });
    }
}

/// Asks for the nodes alone: while an operation runs they are worth more than one look.
pub fn ask_nodes(session: Session, id: &ConnectionId) {
    let Some(client) = session.client(id) else { return };
    if starts(&session.server(id), |server| &mut server.nodes.in_flight) {
        let id = id.clone();
        spawn_local(async move { nodes(session, &client, &id).await });
    }
}

/// The nodes of a connection as any page of this browser knows them.
fn kept_nodes(id: &ConnectionId) -> KnownNodes {
    storage::read(Keep::Browser, &nodes_name(id)).and_then(|text| json::read(&text).ok()).unwrap_or_default()
}

fn keep_nodes(session: Session, id: &ConnectionId, known: &KnownNodes) {
    session.note(storage::write(Keep::Browser, &nodes_name(id), &known.to_json().to_string()));
}

/// Misses these nodes no more: they were taken away for good.
pub fn forget_nodes(session: Session, id: &ConnectionId, names: &[String]) {
    let now = WallMillis(wall_now());
    session.server(id).update(|server| server.known_nodes.forget(names, now));
    let mut known = kept_nodes(id);
    known.forget(names, now);
    keep_nodes(session, id, &known);
}

/// Asks for the nodes, and returns once the answer is in the connection's [`Server`], beside every name that any page of
/// this browser knows.
pub async fn nodes(session: Session, client: &Api, id: &ConnectionId) {
    // Minimal is cheap and needs a permission; verbose needs none (behaviour notes 5.3).
    let mut nodes = client.nodes(NodesOutput::Minimal).await;
    if nodes.as_ref().is_err_and(|error| error.kind == ErrorKind::NotPermitted) {
        nodes = client.nodes(NodesOutput::Verbose).await;
    }
    let nodes = nodes.map(|answered| node_facts(answered.value));
    let kept = kept_nodes(id);
    let server = session.server(id);
    server.update(|server| {
        // Another page may have seen one since, which has died before this page could.
        server.known_nodes.recall(kept.clone());
        server.nodes_arrived(nodes, wall_now());
    });
    let to_keep = server.try_with_untracked(|server| server.nodes_to_keep(&kept)).flatten();
    if let Some(known) = to_keep {
        keep_nodes(session, id, &known);
    }
}

/// Whether a part is not in flight yet; it is from now on.
fn starts(server: &ArcRwSignal<Server>, part: fn(&mut Server) -> &mut bool) -> bool {
    let mut may_start = false;
    server.update(|server| may_start = !std::mem::replace(part(server), true));
    may_start
}
