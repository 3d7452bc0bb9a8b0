//! What a restore that failed left behind: some collections may be restored all the same (behaviour notes 2.4).

use std::collections::BTreeMap;

use crate::domain::order::{put_in, sort_by};

/// Where each collection that was asked for is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Landing {
    /// Absent before, there now, and the server has no complaint about it.
    pub in_place: Vec<String>,
    pub did_not_land: Vec<DidNotLand>,
    /// There before, so what is there is not the backup's.
    pub was_there_before: Vec<DidNotLand>,
    /// There now, but nothing says whether it was before.
    pub cannot_tell: Vec<String>,
}

/// A collection that was not restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidNotLand {
    pub name: String,
    /// The server's reason for this one; `None` when it named none.
    pub reason: Option<Complaint>,
}

/// The server's words about one collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub words: String,
    pub cause: Cause,
}

/// The causes that were seen in recordings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    AlreadyExists,
    /// `found` is the name as it is written in the target.
    DiffersInCase {
        found: String,
    },
    AliasInTheWay,
    ModuleMissing {
        name: String,
    },
    Other,
}

const PREFIX: &str = "could not restore classes: [";

/// Whether the server's error of a restore says that its schema was applied, be it in part: then it has been through all
/// phases.
pub fn was_applied(error: &str) -> bool {
    error.starts_with(PREFIX)
}

/// Takes the server's error text of a failed restore apart: collection to complaint. `asked` are the names that may be
/// in it: the text quotes other things the same way. `None` when it is no such text, as after a failure before anything
/// was applied. Source: behaviour notes 1.5, `restore-onto-existing`.
pub fn complaints(error: &str, asked: &[String]) -> Option<BTreeMap<String, Complaint>> {
    let list = &error[error.find(PREFIX)? + PREFIX.len()..];
    let list = list.rfind(']').map_or(list, |end| &list[..end]);
    let mut starts: Vec<(usize, usize, &str)> = Vec::new();
    for name in asked {
        let head = format!("\"{name}\": ");
        // The first is the entry: a later one is inside the words of another.
        let first = list
            .match_indices(&head)
            .find(|&(at, _)| at == 0 || list[..at].ends_with(' '))
            .map(|(at, _)| (at, at + head.len(), name.as_str()));
        starts.extend(first);
    }
    sort_by(&mut starts, Ord::cmp);
    starts.dedup();
    let ends = starts.iter().skip(1).map(|&(at, _, _)| at).chain([list.len()]);
    let complaints = starts.iter().zip(ends).map(|(&(_, from, name), end)| {
        let words = list[from..end].trim();
        (name.to_owned(), Complaint { words: words.to_owned(), cause: cause(words) })
    });
    Some(put_in(complaints))
}

fn cause(words: &str) -> Cause {
    let quoted_after = |marker: &str| {
        let rest = &words[words.find(marker)? + marker.len()..];
        Some(rest.strip_prefix('"')?.split('"').next()?.to_owned())
    };
    if let Some(found) = quoted_after("class already exists: found similar class ") {
        Cause::DiffersInCase { found }
    } else if let Some(name) = quoted_after("no module with name ") {
        Cause::ModuleMissing { name }
    } else if words.contains("alias name ") && words.ends_with(" already exists") {
        Cause::AliasInTheWay
    } else if words.contains("class name ") && words.ends_with(" already exists") {
        Cause::AlreadyExists
    } else {
        Cause::Other
    }
}

/// Sorts the collections asked for by what became of them.
///
/// `before` and `now` are names in the schema, `before` `None` when it was not kept; `error` is the server's text.
pub fn landing(asked: &[String], before: Option<&[String]>, now: &[String], error: Option<&str>) -> Landing {
    let complaints = error.and_then(|error| complaints(error, asked));
    let mut landing = Landing::default();
    for name in asked {
        let reason = complaints.as_ref().and_then(|complaints| complaints.get(name)).cloned();
        let was_there = before.map(|before| before.contains(name));
        let is_there = now.contains(name);
        if was_there == Some(true) {
            landing.was_there_before.push(DidNotLand { name: name.clone(), reason });
        } else if reason.is_some() || !is_there {
            landing.did_not_land.push(DidNotLand { name: name.clone(), reason });
        } else if was_there == Some(false) || complaints.is_some() {
            landing.in_place.push(name.clone());
        } else {
            landing.cannot_tell.push(name.clone());
        }
    }
    landing
}

impl Landing {
    /// What a second restore would ask for, before it is checked what is in the way now.
    pub fn to_ask_again(&self) -> Vec<String> {
        let again = self.did_not_land.iter().chain(&self.was_there_before).map(|missing| &missing.name);
        again.chain(&self.cannot_tell).cloned().collect()
    }
}

#[cfg(test)]
mod tests;
