//! Runs the connect screen: observes servers, saves connections, opens them.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::api::client::Client;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::secret::Secret;
use weaviate_backups::domain::server_url::ServerUrl;

use super::Config;
use super::navigation::Navigator;
use super::session::Session;
use super::store::Store;
use crate::connection::SavedConnection;
use crate::features::connect::diagnosis::{Discovery, LocalNetwork, Observed, PageFacts};
use crate::features::connect::model::{Connect, Effect as Wanted, Event};
use crate::platform::clock::wall_now;
use crate::platform::fetch::FetchTransport;
use crate::platform::{page, probe};
use crate::route::Route;
use crate::server::MetaFacts;

/// The connect screen at work, for as long as the current owner lives.
pub fn store(session: Session, navigator: Navigator, config: &Config) -> Store<Connect> {
    let saved = session.connections();
    let suggested = (config.same_origin_server && saved.with_untracked(Vec::is_empty)).then(page::origin);
    let store = Store::new(Connect::new(saved.get_untracked(), suggested), move |effect, store| match effect {
        Wanted::Observe { version, url, secret } => spawn_local(async move {
            let observed = Box::new(observe(&url, secret).await);
            store.send(Event::Observed { version, observed });
        }),
        Wanted::Open { connection, secret } => open(session, navigator, connection, secret),
        Wanted::Forget(id) => session.forget(&id),
    });
    Effect::new(move || store.send(Event::SavedChanged(saved.get())));
    store
}

fn open(session: Session, navigator: Navigator, connection: SavedConnection, secret: Option<Secret>) {
    let connection = SavedConnection { last_used: wall_now(), ..connection };
    let to = Route::backups(connection.id.clone());
    session.save(connection, secret);
    navigator.go(&to);
}

/// One attempt: a bare request first, the one that needs no permission of the server; then the same unread, when it
/// failed; then the one with the key.
async fn observe(url: &ServerUrl, secret: Option<Secret>) -> Observed {
    let policy_blocked = Rc::new(Cell::new(false));
    let listener = page::on_policy_violation({
        let (policy_blocked, origin) = (Rc::clone(&policy_blocked), url.origin().as_str().to_owned());
        move |blocked| {
            if blocked.starts_with(&origin) || blocked == "inline" {
                policy_blocked.set(true);
            }
        }
    });
    let key_was_sent = secret.is_some();
    // The connection has no id before it is saved: its address stands for it in errors.
    let client = Client::new(ConnectionId(url.to_string()), FetchTransport::new(url.clone(), secret));
    let discovery = match client.openid_configuration().await {
        Ok(answered) => Ok(Discovery::Oidc { issuer: answered.value.href }),
        // An empty 404 is a Weaviate without OIDC; one with a page in it is somebody else.
        Err(error) if error.kind == ErrorKind::NotFound && error.messages.is_empty() => Ok(Discovery::NoOidc),
        Err(error) => Err(error),
    };
    let unreachable = matches!(&discovery, Err(error) if error.kind == ErrorKind::Unreachable);
    let answered_unread = if unreachable { probe::answers_unread(url).await } else { None };
    let meta = if discovery.is_ok() {
        Some(client.meta().await.map(|answered| MetaFacts::from(answered.value)))
    } else {
        None
    };
    let mut permissions = Vec::new();
    if unreachable {
        for name in LocalNetwork::permissions(url) {
            permissions.extend(probe::permission(name).await);
        }
    }
    drop(listener);
    Observed {
        discovery,
        answered_unread,
        meta,
        page: PageFacts {
            origin: page::origin(),
            is_https: page::is_https(),
            is_online: page::is_online(),
            local_network: LocalNetwork::of_states(permissions.iter().map(String::as_str)),
            policy_blocked: policy_blocked.get(),
        },
        key_was_sent,
        at: wall_now(),
    }
}
