//! The form as it is filled in.

use std::collections::BTreeSet;

use weaviate_backups::api::json::json_members;

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
json_members!(Form {
    left_out: defaulted "left_out",
    added: defaulted "added",
    typed: defaulted "typed",
    everything: defaulted "everything",
    cpu: defaulted "cpu",
    overwrite_alias: defaulted "overwrite_alias",
});
