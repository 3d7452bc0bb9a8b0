//! The connections of this browser, their keys, and what is known of their servers.

use std::collections::BTreeMap;

use leptos::prelude::*;
use weaviate_backups::api::client::Client;
use weaviate_backups::api::json::{self, Json, Value};
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::order::{put_in, sort_by};
use weaviate_backups::domain::secret::Secret;

use crate::connection::{KeepKey, SavedConnection, SignIn};
use crate::platform::fetch::FetchTransport;
use crate::platform::storage::{self, Keep, StorageError};
use crate::server::Server;

/// Sends to the server of one connection.
pub type Api = Client<FetchTransport>;

const CONNECTIONS: &str = "connections";

/// A handle; a plain copy.
#[derive(Clone, Copy)]
pub struct Session {
    connections: RwSignal<Vec<SavedConnection>>,
    secrets: RwSignal<BTreeMap<String, Secret>>,
    /// Connections whose key the server did not accept when it was sent last.
    refused: RwSignal<Vec<ConnectionId>>,
    /// Counts the keys that were given: an answer to an earlier one says nothing about the newest.
    keys_given: StoredValue<u32>,
    servers: StoredValue<BTreeMap<String, ArcRwSignal<Server>>>,
    /// The newest failure to keep something in the browser. Nothing is lost before a reload, and a person must know.
    trouble: RwSignal<Option<StorageError>>,
}

impl Session {
    pub fn new() -> Self {
        let connections = read_connections();
        let with_kept_key = connections.iter().filter(|connection| connection.keep_key == KeepKey::InBrowser);
        let secrets = put_in(with_kept_key.filter_map(|connection| {
            let text = storage::read(Keep::Browser, &key_name(&connection.id))?;
            Some((connection.id.0.clone(), Secret::new(&text, connection.url.origin())?))
        }));
        let session = Self {
            connections: RwSignal::new(connections),
            secrets: RwSignal::new(secrets),
            refused: RwSignal::new(Vec::new()),
            keys_given: StoredValue::new(0),
            servers: StoredValue::new(BTreeMap::new()),
            trouble: RwSignal::new(None),
        };
        // Another tab may save or forget a connection.
        let listener = crate::platform::page::on_storage(move || {
            let stored = read_connections();
            if session.connections.with_untracked(|connections| *connections != stored) {
                session.connections.set(stored);
            }
        });
        StoredValue::new_local(listener);
        session
    }

    pub fn of_view() -> Self {
        expect_context()
    }

    pub fn connections(self) -> Signal<Vec<SavedConnection>> {
        self.connections.into()
    }

    pub fn trouble(self) -> Signal<Option<StorageError>> {
        self.trouble.into()
    }

    /// Tracks the list.
    pub fn connection(self, id: &ConnectionId) -> Option<SavedConnection> {
        self.connections.with(|connections| connections.iter().find(|connection| connection.id == *id).cloned())
    }

    /// Whether the connection signs in with a key that is gone, as after a reload. Tracks both.
    pub fn lacks_key(self, id: &ConnectionId) -> bool {
        self.connection(id).is_some_and(|connection| connection.sign_in != SignIn::None)
            && self.secrets.with(|secrets| !secrets.contains_key(&id.0))
    }

    /// Whether requests can be sent with a key that was not refused, or need none. Tracks that.
    pub fn is_signed_in(self, id: &ConnectionId) -> bool {
        !self.lacks_key(id) && !self.key_is_refused(id)
    }

    pub fn secret(self, id: &ConnectionId) -> Option<Secret> {
        self.secrets.with_untracked(|secrets| secrets.get(&id.0).cloned())
    }

    /// A client for a saved connection whose key is known or not needed.
    pub fn client(self, id: &ConnectionId) -> Option<Api> {
        let connection = untrack(|| self.connection(id))?;
        let secret = self.secret(id);
        if connection.sign_in != SignIn::None && secret.is_none() {
            return None;
        }
        let (sent_to, given) = (connection.id.clone(), self.keys_given.get_value());
        let transport = FetchTransport::new(connection.url, secret)
            .on_answer_to_key(move |status| self.key_was_answered(&sent_to, given, status));
        Some(Client::new(connection.id, transport))
    }

    /// Whether the key of a connection was not accepted when it was sent last, as after it was revoked. Tracks that.
    pub fn key_is_refused(self, id: &ConnectionId) -> bool {
        self.refused.with(|refused| refused.contains(id))
    }

    fn key_was_answered(self, id: &ConnectionId, given: u32, status: u16) {
        let is_refused = status == 401;
        // The console may be gone by the time of an answer.
        if self.keys_given.try_get_value() != Some(given) {
            return;
        }
        let Some(was_refused) = self.refused.try_with_untracked(|refused| refused.contains(id)) else { return };
        if is_refused != was_refused {
            self.refused.update(|refused| {
                refused.retain(|known| known != id);
                if is_refused {
                    refused.push(id.clone());
                }
            });
        }
    }

    /// What is known of a connection's server. The signal lives as long as the session.
    pub fn server(self, id: &ConnectionId) -> ArcRwSignal<Server> {
        let known = self.servers.try_update_value(|servers| servers.entry(id.0.clone()).or_default().clone());
        known.unwrap_or_default()
    }

    /// Saves a connection, or saves it anew, and takes its key.
    pub fn save(self, connection: SavedConnection, secret: Option<Secret>) {
        let id = connection.id.clone();
        self.connections.update(|connections| {
            match connections.iter_mut().find(|saved| saved.id == id) {
                Some(saved) => *saved = connection.clone(),
                None => connections.push(connection.clone()),
            }
            sort_by(connections, |a, b| b.last_used.cmp(&a.last_used));
        });
        self.write_connections();
        self.give_key(&connection, secret);
    }

    /// Takes a key for a connection; kept in the browser only when that was chosen.
    pub fn give_key(self, connection: &SavedConnection, secret: Option<Secret>) {
        let name = key_name(&connection.id);
        match (&secret, connection.keep_key) {
            (Some(secret), KeepKey::InBrowser) => {
                self.note(storage::write(Keep::Browser, &name, secret.to_be_stored()));
            }
            _ => self.note_removal(storage::remove(Keep::Browser, &name)),
        }
        self.keys_given.update_value(|given| *given += 1);
        self.refused.update(|refused| refused.retain(|id| *id != connection.id));
        self.secrets.update(|secrets| {
            match secret {
                Some(secret) => secrets.insert(connection.id.0.clone(), secret),
                None => secrets.remove(&connection.id.0),
            };
        });
    }

    pub fn forget(self, id: &ConnectionId) {
        self.connections.update(|connections| connections.retain(|connection| connection.id != *id));
        self.secrets.update(|secrets| {
            secrets.remove(&id.0);
        });
        self.note_removal(storage::remove(Keep::Browser, &nodes_name(id)));
        self.note_removal(storage::remove(Keep::Browser, &key_name(id)));
        self.write_connections();
    }

    /// Forgets what memory holds; what the browser keeps is removed by whoever forgets everything.
    pub fn forget_all(self) {
        self.connections.set(Vec::new());
        self.secrets.set(BTreeMap::new());
        self.servers.set_value(BTreeMap::new());
    }

    pub fn note(self, result: Result<(), StorageError>) {
        self.trouble.set(result.err());
    }

    /// That something could be removed says nothing of what was to be kept a moment before.
    fn note_removal(self, result: Result<(), StorageError>) {
        if result.is_err() {
            self.note(result);
        }
    }

    fn write_connections(self) {
        let text = self.connections.with_untracked(Json::to_json).to_string();
        self.note(storage::write(Keep::Browser, CONNECTIONS, &text));
    }
}

/// One entry that cannot be read (an older console's, a hand's) does not lose the others.
fn read_connections() -> Vec<SavedConnection> {
    let stored = storage::read(Keep::Browser, CONNECTIONS).unwrap_or_default();
    let entries: Vec<Value> = json::read(&stored).unwrap_or_default();
    entries.into_iter().filter_map(|entry| SavedConnection::from_json(entry).ok()).collect()
}

/// Where the names of the nodes of a connection are kept.
pub fn nodes_name(id: &ConnectionId) -> String {
    format!("nodes/{}", id.0)
}

fn key_name(id: &ConnectionId) -> String {
    format!("key/{}", id.0)
}
