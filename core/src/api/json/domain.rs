//! The words of the domain in JSON.

use super::{Json, Members, Shape, Value, json_words};
use crate::domain::compression::CompressionLevel;
use crate::domain::cpu_percentage::CpuPercentage;
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, Kind, OperationKey};
use crate::domain::server_url::ServerUrl;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;

json_words!(Kind { Create = "create", Restore = "restore" });

impl Json for Status {
    fn from_json(value: Value) -> Result<Self, Shape> {
        String::from_json(value).map(Self::from)
    }

    fn to_json(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Json for Timestamp {
    fn from_json(value: Value) -> Result<Self, Shape> {
        Self::parse(value.as_str().ok_or(Shape)?).map_err(|_| Shape)
    }

    fn to_json(&self) -> Value {
        Value::String((*self).into())
    }
}

impl Json for CpuPercentage {
    fn from_json(value: Value) -> Result<Self, Shape> {
        Self::try_from(i64::from_json(value)?).map_err(|_| Shape)
    }

    fn to_json(&self) -> Value {
        Value::from(self.get())
    }
}

impl Json for CompressionLevel {
    fn from_json(value: Value) -> Result<Self, Shape> {
        Self::parse(value.as_str().ok_or(Shape)?).ok_or(Shape)
    }

    fn to_json(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Json for ServerUrl {
    fn from_json(value: Value) -> Result<Self, Shape> {
        Self::parse(value.as_str().ok_or(Shape)?).map_err(|_| Shape)
    }

    fn to_json(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl Json for ConnectionId {
    fn from_json(value: Value) -> Result<Self, Shape> {
        String::from_json(value).map(Self)
    }

    fn to_json(&self) -> Value {
        self.0.to_json()
    }
}

/// The location's members stand among the key's own.
impl Json for OperationKey {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            connection: members.required("connection")?,
            kind: members.required("kind")?,
            backend: members.required("backend")?,
            location: Location { bucket: members.optional("bucket")?, path: members.optional("path")? },
            id: members.required("id")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put("connection", &self.connection)
            .put("kind", &self.kind)
            .put("backend", &self.backend)
            .put_some("bucket", self.location.bucket.as_ref())
            .put_some("path", self.location.path.as_ref())
            .put("id", &self.id)
            .into_value()
    }
}
