//! The form as it is filled in.

use std::collections::BTreeSet;

use weaviate_backups::api::json::{Json, Members, Shape, Value, json_words};

/// What a half-filled form is kept as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub id: String,
    pub backend: String,
    pub mode: Mode,
    /// The names that are ticked: those to take, or those to leave out.
    pub ticked: BTreeSet<String>,
    pub cpu: String,
    /// A level's own word; empty for the server's default.
    pub compression: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    All,
    Only,
    Except,
}

// What is missing in a kept form is as in an empty one.
impl Json for Form {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            id: members.or_default("id")?,
            backend: members.or_default("backend")?,
            mode: members.or_default("mode")?,
            ticked: members.or_default("ticked")?,
            cpu: members.or_default("cpu")?,
            compression: members.or_default("compression")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put("id", &self.id)
            .put("backend", &self.backend)
            .put("mode", &self.mode)
            .put("ticked", &self.ticked)
            .put("cpu", &self.cpu)
            .put("compression", &self.compression)
            .into_value()
    }
}

json_words!(Mode { All = "All", Only = "Only", Except = "Except" });
