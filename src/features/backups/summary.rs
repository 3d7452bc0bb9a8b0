//! The sentence on top: what the list says, the worst first.

use std::collections::BTreeSet;
use std::sync::Arc;

use weaviate_backups::domain::status::Status;

use super::row::{Backup, Row};

/// What the sentence is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'l> {
    pub rows: &'l [Arc<Row>],
    /// The server's collections, when it told them.
    pub collections: Option<&'l [String]>,
    /// The backends that have not answered yet.
    pub awaited: &'l [&'l str],
    /// The collections were asked for and have not come yet.
    pub awaits_collections: bool,
    /// How many backends failed to list.
    pub backends_failed: usize,
    /// Entries, and collections, may be hidden from the caller.
    pub may_hide: bool,
    /// Milliseconds since 1970.
    pub now: i64,
}

/// A backup that is named in the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    /// Milliseconds since 1970.
    pub started: Option<i64>,
}

/// What the list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The worst of it, or that all is well.
    pub lead: Lead,
    /// What is good about it.
    pub good: Option<Good>,
    /// The next worst, or what is under way.
    pub remark: Option<Remark>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// What the server has for backends is not known yet.
    AwaitingServer,
    /// Not all that the sentence needs has come: these lists, and when there are none the collections.
    Awaiting {
        backends: Vec<String>,
    },
    NoBackup,
    /// Collections without a good backup; `names` sorted. `of` is how many collections there are.
    Uncovered {
        names: Vec<String>,
        of: usize,
        hedge: Hedge,
    },
    NoneGood {
        hedge: Hedge,
    },
    Problem(Problem),
    /// Every collection has a good backup.
    AllCovered {
        of: usize,
    },
    /// There is a good one; what it is worth for the collections is not known.
    LastGood(Named),
}

/// What wants a look, the worst first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The newest backup that ended by itself failed.
    LastFailed(Named),
    /// The oldest backup that shows no end for more than a day, and how many others.
    Orphaned { first: Named, others: usize },
    /// Entries that cannot be read.
    Unreadable { count: usize },
}

/// Why there may be good backups that the list does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    None,
    /// Some backend failed to list.
    NotAllListed,
    MayHide,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Good {
    /// The newest good backup holds every collection that any good one holds: how many that are, and whether there are
    /// others.
    AllIn {
        newest: Named,
        collections: usize,
        has_others: bool,
    },
    Newest(Named),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    Problem(Problem),
    NotListed {
        backends: usize,
    },
    /// The oldest of those that run, and how many others.
    Running {
        first: Named,
        others: usize,
    },
}

type Found<'l> = (&'l Row, &'l Backup);

impl<'l> Listed<'l> {
    pub fn summary(self) -> Summary {
        let bare = |lead| Summary { lead, good: None, remark: None };
        if !self.awaited.is_empty() || self.awaits_collections {
            return bare(Lead::Awaiting { backends: self.awaited.iter().map(ToString::to_string).collect() });
        }
        let mut problems = self.problems().into_iter();
        let newest_good = self.good().max_by_key(|(_, backup)| backup.started);
        let coverage = newest_good.and_then(|newest| self.coverage(newest));
        let (lead, good) = match (newest_good, coverage) {
            (None, _) => (self.none_good(), None),
            (Some(_), Some((Some(uncovered), good))) => (uncovered, Some(good)),
            (Some(newest), coverage) => match (problems.next(), coverage) {
                (Some(problem), Some((_, good))) => (Lead::Problem(problem), Some(good)),
                (Some(problem), None) => (Lead::Problem(problem), Some(Good::Newest(named(newest)))),
                (None, Some((_, good))) => {
                    (Lead::AllCovered { of: self.collections.unwrap_or_default().len() }, Some(good))
                }
                (None, None) => (Lead::LastGood(named(newest)), None),
            },
        };
        let not_listed = (self.backends_failed > 0).then_some(Remark::NotListed { backends: self.backends_failed });
        let running = || self.unfinished(false).map(|(first, others)| Remark::Running { first, others });
        let remark = problems.next().map(Remark::Problem).or(not_listed).or_else(running);
        Summary { lead, good, remark }
    }

    fn backups(self) -> impl Iterator<Item = Found<'l>> {
        self.rows.iter().filter_map(|row| Some((&**row, row.backup()?)))
    }

    fn good(self) -> impl Iterator<Item = Found<'l>> {
        self.backups().filter(|(_, backup)| backup.status == Status::Success)
    }

    fn hedge(self) -> Hedge {
        match (self.backends_failed, self.may_hide) {
            (1.., _) => Hedge::NotAllListed,
            (0, true) => Hedge::MayHide,
            (0, false) => Hedge::None,
        }
    }

    fn none_good(self) -> Lead {
        match self.collections {
            Some(names @ [_, ..]) => Lead::Uncovered { names: names.to_vec(), of: names.len(), hedge: self.hedge() },
            _ if self.rows.is_empty() => Lead::NoBackup,
            _ => Lead::NoneGood { hedge: self.hedge() },
        }
    }

    /// What is not covered, if anything is, and what is. `None` when the collections are not known, or there are none.
    fn coverage(self, newest: Found<'l>) -> Option<(Option<Lead>, Good)> {
        let collections = self.collections.filter(|collections| !collections.is_empty())?;
        let mut saved = BTreeSet::new();
        let mut last: Option<&Arc<_>> = None;
        for (_, backup) in self.good() {
            // Most backups hold what the one before held.
            if last.is_none_or(|last| !Arc::ptr_eq(last, &backup.collections)) {
                saved.extend(backup.collections.names.iter().map(String::as_str));
                last = Some(&backup.collections);
            }
        }
        let (covered, uncovered): (Vec<&String>, Vec<&String>) =
            collections.iter().partition(|name| saved.contains(name.as_str()));
        let is_in_newest = |name: &&String| newest.1.collections.names.binary_search(name).is_ok();
        let good = if !covered.is_empty() && covered.iter().all(is_in_newest) {
            Good::AllIn { newest: named(newest), collections: covered.len(), has_others: !uncovered.is_empty() }
        } else {
            Good::Newest(named(newest))
        };
        let lead = (!uncovered.is_empty()).then(|| Lead::Uncovered {
            names: uncovered.into_iter().cloned().collect(),
            of: collections.len(),
            hedge: self.hedge(),
        });
        Some((lead, good))
    }

    fn problems(self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let by_itself = |(_, backup): &Found<'_>| matches!(backup.status, Status::Success | Status::Failed);
        let newest = self.backups().filter(by_itself).max_by_key(|(_, backup)| backup.started);
        if let Some(newest) = newest.filter(|(_, backup)| backup.status == Status::Failed) {
            problems.push(Problem::LastFailed(named(newest)));
        }
        if let Some((first, others)) = self.unfinished(true) {
            problems.push(Problem::Orphaned { first, others });
        }
        let unreadable = self.rows.iter().filter(|row| row.backup().is_none()).count();
        if unreadable > 0 {
            problems.push(Problem::Unreadable { count: unreadable });
        }
        problems
    }

    /// The oldest one that shows no end, and how many others.
    fn unfinished(self, orphaned: bool) -> Option<(Named, usize)> {
        let is_so =
            |(_, backup): &Found<'_>| !backup.status.is_terminal() && backup.is_possibly_orphaned(self.now) == orphaned;
        let oldest = self.backups().filter(is_so).min_by_key(|(_, backup)| backup.started)?;
        Some((named(oldest), self.backups().filter(is_so).count() - 1))
    }
}

fn named((row, backup): Found<'_>) -> Named {
    Named { id: row.key.id.to_string(), started: backup.started }
}

#[cfg(test)]
mod tests;
