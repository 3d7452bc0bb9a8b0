//! What both forms ask a server, as facts for their checks.

use weaviate_backups::api::client::Outcome;
use weaviate_backups::api::decode::Entry;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::wire::ListedBackup;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;

use super::session::Api;
use super::submit::names;
use crate::features::create::model::id_fact;
use crate::platform::clock::wall_now;

pub fn fact<A, T>(outcome: Outcome<A>, read: impl FnOnce(A) -> T) -> Fact<T> {
    let at = WallMillis(wall_now());
    match outcome {
        Ok(answered) => Fact::Known { at, value: read(answered.value) },
        Err(error) => Fact::of(at, Err(&error)),
    }
}

/// The status of an id; `None` when the server knows none.
pub async fn status(client: &Api, kind: Kind, backend: &str, id: &str, location: &Location) -> Fact<Option<Status>> {
    let outcome = client.status(kind, backend, id, location).await;
    id_fact(WallMillis(wall_now()), outcome.as_ref().map(|answered| answered.value.status.clone()))
}

/// What `read` finds in the list of a backend; not offered where it finds nothing, and by servers before v1.30.12, which
/// have no list.
pub async fn listed<T>(client: &Api, backend: &str, read: impl FnOnce(&[Entry<ListedBackup>]) -> Option<T>) -> Fact<T> {
    let at = || WallMillis(wall_now());
    match client.list(backend).await {
        Ok(answered) => read(&answered.value).map_or(Fact::NotOffered, |value| Fact::Known { at: at(), value }),
        Err(error) if error.kind == ErrorKind::NotFound => Fact::NotOffered,
        Err(error) => Fact::of(at(), Err(&error)),
    }
}

/// The names of the collections on the server.
pub async fn collections(client: &Api) -> Fact<Vec<String>> {
    fact(client.schema().await, names)
}
