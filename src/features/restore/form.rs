//! The form as it is filled in.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What a half-filled form is kept as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Where a tick differs from what the form began with. A name that is not in it is as the link asks for.
    pub ticks: BTreeMap<String, bool>,
    /// Names as typed, for a backup whose names cannot be read.
    pub typed: String,
    /// All of such a backup, whatever is in it.
    pub everything: bool,
    pub cpu: String,
    pub overwrite_alias: bool,
}

impl Form {
    /// The typed names, sorted, without duplicates. Blanks and commas stand between them: no name holds one.
    pub fn typed_names(&self) -> BTreeSet<String> {
        let names = self.typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '，' | '、'));
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}
