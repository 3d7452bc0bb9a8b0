//! Which rows are shown, in which order.

use std::cmp::Ordering;
use std::sync::Arc;

use weaviate_backups::domain::order::sort_by;
use weaviate_backups::domain::status::Status;

use super::row::{Backup, Row};
use crate::route::{ListView, SortKey, StatusFilter};

/// The rows in the order of a column. What has no value in it comes last either way; entries that cannot be read come
/// first, where somebody sees them.
pub fn sorted(rows: &[Arc<Row>], sort: SortKey, ascending: bool) -> Vec<Arc<Row>> {
    let mut sorted = rows.to_vec();
    sort_by(&mut sorted, |a, b| match (a.backup(), b.backup()) {
        (None, None) => a.key.cmp(&b.key),
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(x), Some(y)) => {
            let directed = |ordering: Ordering| if ascending { ordering } else { ordering.reverse() };
            let chosen = match sort {
                SortKey::Started => last_if_none(x.started, y.started, ascending),
                SortKey::Duration => last_if_none(x.duration(), y.duration(), ascending),
                SortKey::Size => last_if_none(x.size, y.size, ascending),
                SortKey::Id => directed(a.key.id.cmp(&b.key.id)),
                SortKey::Backend => directed(a.key.backend.cmp(&b.key.backend)),
                SortKey::Status => directed(urgency(&x.status).cmp(&urgency(&y.status))),
                SortKey::Collections => directed(x.collections.names.len().cmp(&y.collections.names.len())),
            };
            // Among equals the newest first, and always the same order.
            chosen.then_with(|| last_if_none(x.started, y.started, false)).then_with(|| a.key.cmp(&b.key))
        }
    });
    sorted
}

fn last_if_none<V: PartialOrd>(a: Option<V>, b: Option<V>, ascending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => {
            let ordering = a.partial_cmp(&b).unwrap_or(Ordering::Equal);
            if ascending { ordering } else { ordering.reverse() }
        }
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// The worst first.
fn urgency(status: &Status) -> u8 {
    match status {
        Status::Failed => 0,
        Status::Unknown(_) => 1,
        Status::Cancelling => 2,
        Status::Started | Status::Transferring | Status::Transferred | Status::Finalizing => 3,
        Status::Canceled => 4,
        Status::Success => 5,
    }
}

/// The direction that a column is looked at in first.
pub fn starts_ascending(sort: SortKey) -> bool {
    matches!(sort, SortKey::Id | SortKey::Status | SortKey::Backend)
}

/// Which rows are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    needle: String,
    status: StatusFilter,
    backend: Option<String>,
}

impl Filter {
    pub fn of(view: &ListView) -> Self {
        // A line break parts the names in what is searched.
        let needle = view.search.trim().to_lowercase().replace('\n', " ");
        Self { needle, status: view.status, backend: view.backend.clone() }
    }

    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// How many filters are set beside the search.
    pub fn beside_the_search(&self) -> usize {
        usize::from(self.status != StatusFilter::Any) + usize::from(self.backend.is_some())
    }

    pub fn shows(&self, row: &Row) -> bool {
        self.shows_any_status(row) && is_of(self.status, row.backup())
    }

    fn shows_any_status(&self, row: &Row) -> bool {
        let right_backend = self.backend.as_ref().is_none_or(|backend| **backend == *row.key.backend);
        right_backend && self.finds(row)
    }

    fn finds(&self, row: &Row) -> bool {
        self.needle.is_empty()
            || row.key.id.to_lowercase().contains(&self.needle)
            || row.backup().is_some_and(|backup| backup.collections.contain(&self.needle))
    }

    /// How many rows each status would show with the rest of the filter, in the order of [`StatusFilter::ALL`].
    pub fn counts(&self, rows: &[Arc<Row>]) -> [usize; 5] {
        let mut counts = [0; 5];
        for row in rows.iter().filter(|row| self.shows_any_status(row)) {
            for (count, status) in counts.iter_mut().zip(StatusFilter::ALL) {
                *count += usize::from(is_of(status, row.backup()));
            }
        }
        counts
    }
}

/// `None` for an entry that could not be read: it is of no status.
fn is_of(filter: StatusFilter, backup: Option<&Backup>) -> bool {
    match (filter, backup.map(|backup| &backup.status)) {
        (StatusFilter::Any, _) => true,
        (_, None) => false,
        (StatusFilter::Success, Some(status)) => *status == Status::Success,
        (StatusFilter::Failed, Some(status)) => *status == Status::Failed,
        (StatusFilter::Canceled, Some(status)) => *status == Status::Canceled,
        (StatusFilter::NotFinished, Some(status)) => !status.is_terminal(),
    }
}

#[cfg(test)]
mod tests;
