//! The names of a selection against those in the target.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::wire::Alias;
use crate::domain::collection::{FoldedNames, folded};
use crate::domain::order::put_in;

/// How a collection of the backup stands to the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CollectionState {
    /// Nothing is in the way, as far as could be seen.
    New,
    Exists,
    DiffersInCase {
        found: String,
    },
    /// An alias has this name, but for case.
    Alias {
        alias: String,
        of: String,
    },
    /// The target's names are not known (yet).
    Unknown,
}

impl CollectionState {
    pub fn is_in_the_way(&self) -> bool {
        matches!(self, Self::Exists | Self::DiffersInCase { .. } | Self::Alias { .. })
    }
}

/// The names in a target. Built once for a selection of any size.
#[derive(Clone, Debug)]
pub struct Target {
    exact: BTreeSet<String>,
    folded: FoldedNames,
    aliases: BTreeMap<String, Alias>,
}

impl Target {
    pub fn new<'a>(collections: &[String], aliases: impl IntoIterator<Item = &'a Alias>) -> Self {
        Self {
            exact: collections.iter().cloned().collect(),
            folded: collections.iter().cloned().collect(),
            aliases: put_in(aliases.into_iter().map(|alias| (folded(&alias.alias), alias.clone()))),
        }
    }

    pub fn state(&self, name: &str) -> CollectionState {
        if self.exact.contains(name) {
            CollectionState::Exists
        } else if let Some(found) = self.folded.find(name) {
            CollectionState::DiffersInCase { found: found.to_owned() }
        } else if let Some(alias) = self.aliases.get(&folded(name)) {
            CollectionState::Alias { alias: alias.alias.clone(), of: alias.class.clone() }
        } else {
            CollectionState::New
        }
    }
}

/// The names that are not in the way of anything: "leave the ones in the way out".
pub fn leave_out_those_in_the_way(states: &[(String, CollectionState)]) -> Vec<String> {
    states.iter().filter(|(_, state)| !state.is_in_the_way()).map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests;
