//! The form as it is filled in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What a half-filled form is kept as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    #[default]
    All,
    Only,
    Except,
}
