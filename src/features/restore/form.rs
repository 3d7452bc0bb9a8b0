//! The form as it is filled in.

use std::collections::BTreeSet;

use weaviate_backups::api::json::{Json, Members, Shape, Value};

/// What a half-filled form is kept as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Names that are not to be restored.
    pub left_out: BTreeSet<String>,
    /// Names that are, beside those of the link.
    pub added: BTreeSet<String>,
    /// Names as typed, for a backup whose names cannot be read.
    pub typed: String,
    /// All of such a backup, whatever is in it.
    pub everything: bool,
    pub cpu: String,
    pub overwrite_alias: bool,
}

impl Form {
    pub(super) fn tick(&mut self, name: String, ticked: bool) {
        let (to, from) =
            if ticked { (&mut self.added, &mut self.left_out) } else { (&mut self.left_out, &mut self.added) };
        from.remove(&name);
        to.insert(name);
    }

    /// The typed names, sorted, without duplicates. Blanks and commas stand between them: no name holds one.
    pub fn typed_names(&self) -> BTreeSet<String> {
        let names = self.typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '，' | '、'));
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}

// What is missing in a kept form is as in an empty one.
impl Json for Form {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            left_out: members.or_default("left_out")?,
            added: members.or_default("added")?,
            typed: members.or_default("typed")?,
            everything: members.or_default("everything")?,
            cpu: members.or_default("cpu")?,
            overwrite_alias: members.or_default("overwrite_alias")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put("left_out", &self.left_out)
            .put("added", &self.added)
            .put("typed", &self.typed)
            .put("everything", &self.everything)
            .put("cpu", &self.cpu)
            .put("overwrite_alias", &self.overwrite_alias)
            .into_value()
    }
}
