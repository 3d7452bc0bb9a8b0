//! Which collections an operation takes.

use std::collections::BTreeSet;

use super::order::put_in;
use super::pattern::{MalformedPattern, Pattern};
use thiserror::Error;

/// What a person chose: everything, only some, or all but some. Entries are names or patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    All,
    Only(Vec<String>),
    Except(Vec<String>),
}

/// A choice that was checked against the names there are. Only this can be sent, and always as names: what was shown is
/// what is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expanded {
    names: Vec<String>,
    total: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SelectionError {
    #[error("there are no collections")]
    NothingThere,
    #[error("nothing is chosen")]
    NothingChosen,
    /// A pattern without a match would make the server take everything (behaviour notes 1.1).
    #[error("{0:?} matches nothing")]
    NoMatch(String),
    #[error("{0:?} is a malformed pattern")]
    Malformed(String),
    #[error("{0:?} is no collection here")]
    UnknownName(String),
}

impl Selection {
    /// Checks the choice against the names there are. Order and duplicates of `available` do not matter.
    pub fn expand<'n>(&self, available: impl IntoIterator<Item = &'n str>) -> Result<Expanded, SelectionError> {
        let available: BTreeSet<&str> = put_in(available);
        if available.is_empty() {
            return Err(SelectionError::NothingThere);
        }
        let total = available.len();
        let chosen: BTreeSet<&str> = match self {
            Self::All => available,
            Self::Only(entries) => matched(entries, &available)?,
            Self::Except(entries) => {
                let left_out = matched(entries, &available)?;
                put_in(available.difference(&left_out).copied())
            }
        };
        if chosen.is_empty() {
            return Err(SelectionError::NothingChosen);
        }
        Ok(Expanded { names: chosen.into_iter().map(str::to_owned).collect(), total })
    }
}

fn matched<'n>(entries: &[String], available: &BTreeSet<&'n str>) -> Result<BTreeSet<&'n str>, SelectionError> {
    let mut found = BTreeSet::new();
    for entry in entries {
        if let Some(name) = available.get(entry.as_str()) {
            found.insert(*name);
        } else if Pattern::is_pattern(entry) {
            let pattern = Pattern::parse(entry).map_err(|MalformedPattern| SelectionError::Malformed(entry.clone()))?;
            let before = found.len();
            found.extend(available.iter().copied().filter(|name| pattern.matches(name)));
            if found.len() == before && !available.iter().any(|name| pattern.matches(name)) {
                return Err(SelectionError::NoMatch(entry.clone()));
            }
        } else {
            return Err(SelectionError::UnknownName(entry.clone()));
        }
    }
    Ok(found)
}

impl Expanded {
    /// Sorted, without duplicates, never empty.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many there were to choose from.
    pub fn total(&self) -> usize {
        self.total
    }

    pub fn is_everything(&self) -> bool {
        self.names.len() == self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 4] = ["Article", "Author", "Publication", "Tenanted"];

    fn names(selection: &Selection) -> Result<Vec<String>, SelectionError> {
        selection.expand(NAMES).map(|expanded| expanded.names().to_vec())
    }

    fn only(entries: &[&str]) -> Selection {
        Selection::Only(entries.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_pattern_becomes_the_names_it_matches() {
        assert_eq!(names(&only(&["A*", "Author"])).unwrap(), ["Article", "Author"]);
        // It matches, though it adds nothing.
        assert_eq!(names(&only(&["Author", "Au*"])).unwrap(), ["Author"]);
        assert_eq!(names(&Selection::Except(vec!["A*".into()])).unwrap(), ["Publication", "Tenanted"]);
        assert_eq!(names(&Selection::All).unwrap(), NAMES);
    }

    #[test]
    fn an_empty_match_or_choice_is_refused_rather_than_sent() {
        assert_eq!(names(&only(&["Z*", "Author"])), Err(SelectionError::NoMatch("Z*".into())));
        assert_eq!(names(&only(&[])), Err(SelectionError::NothingChosen));
        assert_eq!(names(&Selection::Except(vec!["*".into()])), Err(SelectionError::NothingChosen));
        assert_eq!(names(&only(&["article"])), Err(SelectionError::UnknownName("article".into())));
        assert_eq!(names(&only(&["["])), Err(SelectionError::Malformed("[".into())));
        assert_eq!(Selection::All.expand([]), Err(SelectionError::NothingThere));
    }

    #[test]
    fn a_choice_knows_of_how_many_it_was_made() {
        let of = |selection: &Selection| {
            let expanded = selection.expand(NAMES).unwrap();
            (expanded.names().len(), expanded.total(), expanded.is_everything())
        };
        assert_eq!(of(&only(&["A*"])), (2, 4, false));
        assert_eq!(of(&only(&["*"])), (4, 4, true));
        assert_eq!(of(&Selection::All), (4, 4, true));
    }

    proptest! {
        #[test]
        fn what_is_expanded_is_never_empty_and_always_there(entries in prop::collection::vec("[A-Z*?]{1,4}[a-z*]{0,4}", 0..5), except: bool) {
            let selection = if except { Selection::Except(entries) } else { Selection::Only(entries) };
            if let Ok(expanded) = selection.expand(NAMES) {
                prop_assert!(!expanded.names().is_empty());
                prop_assert!(expanded.names().iter().all(|name| NAMES.contains(&name.as_str())));
            }
        }
    }
}
