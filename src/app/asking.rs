//! What the forms and the page of an operation ask a server alike, most of it as facts for the checks.

use leptos::prelude::WithUntracked;
use weaviate_backups::api::client::Outcome;
use weaviate_backups::api::decode::Entry;
use weaviate_backups::api::error::ApiError;
use weaviate_backups::api::wire::ListedBackup;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::book;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;

use super::ledger::Ledger;
use super::session::Api;
use super::submit::names;
use crate::platform::clock::wall_now;

pub fn fact<A, T>(outcome: Outcome<A>, read: impl FnOnce(A) -> T) -> Fact<T> {
    let at = WallMillis(wall_now());
    match outcome {
        Ok(answered) => Fact::Known { at, value: read(answered.value) },
        Err(error) => Fact::of(at, Err(&error)),
    }
}

/// The status of a create, or of the last restore of a backup; `None` when there is none, and an id is free.
pub async fn status(client: &Api, kind: Kind, backend: &str, id: &str, location: &Location) -> Fact<Option<Status>> {
    let outcome = client.status(kind, backend, id, location).await;
    Fact::of_status(WallMillis(wall_now()), outcome.as_ref().map(|answered| answered.value.status.clone()))
}

/// The ids of the backups in a backend's list that have not ended.
pub async fn running(client: &Api, backend: &str) -> Fact<Vec<String>> {
    let running = |entry| match entry {
        Entry::Read(ListedBackup { id, status, .. }) if !status.is_terminal() => Some(id),
        _ => None,
    };
    let outcome = client.list(backend).await;
    let ids = outcome.map(|answered| answered.value.into_iter().filter_map(running).collect());
    Fact::of_list(WallMillis(wall_now()), ids)
}

/// The names in a backup as its backend's list shows them; `None` when it does not show it, as any at another place than
/// the default.
pub async fn listed_names(client: &Api, backup: &OperationKey) -> Result<Option<Vec<String>>, ApiError> {
    if !backup.location.is_default() {
        return Ok(None);
    }
    let list = client.list(&backup.backend).await?.value;
    Ok(list.into_iter().find_map(|entry| match entry {
        Entry::Read(listed) if listed.id == backup.id => Some(listed.classes),
        _ => None,
    }))
}

/// The names in a backup as its own POST told them, and when, if this browser sent it.
pub fn kept_names(ledger: Ledger, backup: &OperationKey) -> Option<(WallMillis, Vec<String>)> {
    let kept = |entries: &Vec<_>| book::names_in(entries, backup).map(|(at, names)| (at, names.to_vec()));
    ledger.entries().try_with_untracked(kept).flatten()
}

/// The names of the collections on the server.
pub async fn collections(client: &Api) -> Fact<Vec<String>> {
    fact(client.schema().await, names)
}
