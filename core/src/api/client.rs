//! The calls of one connection, over any transport.

use super::decode::{self, About, Answered, Entry};
use super::error::ApiError;
use super::json::Json;
use super::request::{self, NodesOutput, Request};
use super::transport::{Answer, NoAnswer, Transport};
use super::wire::{
    Accepted, Aliases, ListedBackup, Meta, Nodes, OpenIdConfiguration, OperationStatus, OwnInfo, Schema, Statistics,
};
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, Kind, OperationKey};

/// Result of a call.
pub type Outcome<T> = Result<Answered<T>, ApiError>;

#[derive(Clone, Debug)]
pub struct Client<T> {
    connection: ConnectionId,
    transport: T,
}

/// What an answer to the status call of an operation says, whoever asked.
pub fn read_status(key: &OperationKey, answer: &Result<Answer, NoAnswer>) -> Outcome<OperationStatus> {
    let call = request::status_of(key).call;
    match answer {
        Ok(answer) => decode::json(About { connection: &key.connection, call }, answer),
        Err(reason) => Err(ApiError::without_answer(&key.connection, call, *reason)),
    }
}

impl<T: Transport> Client<T> {
    pub fn new(connection: ConnectionId, transport: T) -> Self {
        Self { connection, transport }
    }

    pub fn connection(&self) -> &ConnectionId {
        &self.connection
    }

    /// Sends a create or a restore ([`request::create`], [`request::restore`]).
    pub async fn submit(&self, request: &Request) -> Outcome<Accepted> {
        self.json(request).await
    }

    pub async fn list(&self, backend: &str) -> Outcome<Vec<Entry<ListedBackup>>> {
        let request = request::list(backend);
        let answer = self.send(&request).await?;
        decode::list(self.about(&request), &answer)
    }

    pub async fn status(&self, kind: Kind, backend: &str, id: &str, at: &Location) -> Outcome<OperationStatus> {
        self.json(&request::status(kind, backend, id, at)).await
    }

    /// The answer to a status call as it came, for whoever shares it: [`read_status`] reads it.
    pub async fn status_answer(&self, key: &OperationKey) -> Result<Answer, NoAnswer> {
        self.transport.send(&request::status_of(key)).await
    }

    pub async fn cancel(&self, kind: Kind, backend: &str, id: &str, at: &Location) -> Outcome<()> {
        let request = request::cancel(kind, backend, id, at);
        let answer = self.send(&request).await?;
        decode::no_content(self.about(&request), &answer)
    }

    pub async fn meta(&self) -> Outcome<Meta> {
        self.json(&request::meta()).await
    }

    pub async fn nodes(&self, output: NodesOutput) -> Outcome<Nodes> {
        self.json(&request::nodes(output)).await
    }

    pub async fn statistics(&self) -> Outcome<Statistics> {
        self.json(&request::statistics()).await
    }

    pub async fn schema(&self) -> Outcome<Schema> {
        self.json(&request::schema()).await
    }

    pub async fn aliases(&self) -> Outcome<Aliases> {
        self.json(&request::aliases()).await
    }

    pub async fn own_info(&self) -> Outcome<OwnInfo> {
        self.json(&request::own_info()).await
    }

    /// `NotFound` when the server has no OIDC.
    pub async fn openid_configuration(&self) -> Outcome<OpenIdConfiguration> {
        self.json(&request::openid_configuration()).await
    }

    async fn json<V: Json>(&self, request: &Request) -> Outcome<V> {
        let answer = self.send(request).await?;
        decode::json(self.about(request), &answer)
    }

    async fn send(&self, request: &Request) -> Result<Answer, ApiError> {
        let sent = self.transport.send(request).await;
        sent.map_err(|reason| ApiError::without_answer(&self.connection, request.call, reason))
    }

    fn about(&self, request: &Request) -> About<'_> {
        About { connection: &self.connection, call: request.call }
    }
}
