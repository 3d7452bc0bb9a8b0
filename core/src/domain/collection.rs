//! Names of collections.

use std::collections::BTreeMap;

use super::order::put_in;

/// Folds a name the way the server compares collections and aliases when it restores: without case. Source: behaviour
/// notes 1.5, `class already exists: found similar class "ARTICLE"`.
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Names that are in the target already, looked up without case.
#[derive(Clone, Debug, Default)]
pub struct FoldedNames(BTreeMap<String, String>);

impl FoldedNames {
    /// The name as it is written in the target, when one is equal to `name` but for case.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.get(&folded(name)).map(String::as_str)
    }
}

impl<N: Into<String>> FromIterator<N> for FoldedNames {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        Self(put_in(names.into_iter().map(|name| {
            let name = name.into();
            (folded(&name), name)
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_case_and_shown_as_written() {
        let names: FoldedNames = ["Article", "SupportTicket"].into_iter().collect();
        assert_eq!(names.find("Supportticket"), Some("SupportTicket"));
        assert_eq!(names.find("Articles"), None);
    }
}
