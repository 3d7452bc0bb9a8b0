//! What a restore left in the schema: what is in place, what is not and why, and what can be asked for again.

use weaviate_backups::domain::collection::FoldedNames;
use weaviate_backups::ledger::entry::Entry;
use weaviate_backups::ledger::evidence::{Narrowing, narrowing};
use weaviate_backups::ledger::landing::{Landing, landing};

/// What was read from the server, after the end or while the schema was being applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Names in the schema.
    pub present: Vec<String>,
    /// `None` when they could not be read: then an alias may be in the way.
    pub aliases: Option<Vec<String>>,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// Compared with what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub landing: Landing,
    /// How many were asked for.
    pub asked: usize,
    /// Those that did not land and have nothing in their way any more.
    pub again: Vec<String>,
    /// Milliseconds since 1970.
    pub read_at: i64,
}

/// The names that the server took; those it was asked for when its answer was lost.
pub fn taken(entry: &Entry) -> &[String] {
    let classes = entry.state.acceptance().and_then(|acceptance| acceptance.classes.as_deref());
    classes.unwrap_or(&entry.collections)
}

/// What the server left out or added, compared with what was asked for.
pub fn left_out(entry: &Entry) -> Option<Narrowing> {
    let classes = entry.state.acceptance()?.classes.as_deref()?;
    narrowing(&entry.collections, classes)
}

/// Names in the backup that the restore was not asked for: nothing was done to them. None where all of it was asked for
/// without a name.
pub fn not_asked_for(entry: &Entry, in_backup: &[String]) -> Vec<String> {
    if entry.collections.is_empty() {
        return Vec::new();
    }
    in_backup.iter().filter(|name| !entry.collections.contains(name)).cloned().collect()
}

/// How many are there that were not there before, while the server applies the schema.
pub fn in_place_so_far(entry: &Entry, reading: &Reading) -> usize {
    let before = entry.before.as_ref().and_then(|before| before.present.as_deref()).unwrap_or_default();
    taken(entry).iter().filter(|name| reading.present.contains(name) && !before.contains(name)).count()
}

impl Outcome {
    /// `error` is the server's text about the restore.
    pub fn of(entry: &Entry, reading: &Reading, error: Option<&str>) -> Self {
        let asked = taken(entry);
        let before = entry.before.as_ref().and_then(|before| before.present.as_deref());
        let landing = landing(asked, before, &reading.present, error);
        let in_the_way: FoldedNames = reading.present.iter().chain(reading.aliases.iter().flatten()).cloned().collect();
        let again = landing.to_ask_again().into_iter().filter(|name| in_the_way.find(name).is_none()).collect();
        Self { landing, asked: asked.len(), again, read_at: reading.at }
    }

    pub fn in_place(&self) -> usize {
        self.landing.in_place.len()
    }

    /// Those of which it is known that they did not land.
    pub fn missing(&self) -> usize {
        self.landing.did_not_land.len() + self.landing.was_there_before.len()
    }

    /// All that was asked for is there and was not before: the one thing that makes "restored" true.
    pub fn is_proven(&self) -> bool {
        self.asked > 0 && self.in_place() == self.asked
    }
}

#[cfg(test)]
mod tests;
