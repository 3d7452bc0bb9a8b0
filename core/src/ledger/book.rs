//! All entries together. Order of the entries does not matter to any of these.

use super::entry::{Entry, State};
use crate::domain::operation::{ConnectionId, Kind, ORPHAN_AGE_MILLIS, OperationKey};
use crate::domain::order::sort_by;
use crate::poll::clock::{Instant, WallMillis};
use crate::poll::machine::Watch;

/// The newest entry about an operation.
pub fn newest<'e>(entries: impl IntoIterator<Item = &'e Entry>, key: &OperationKey) -> Option<&'e Entry> {
    entries.into_iter().filter(|entry| entry.key == *key).max_by_key(|entry| entry.order())
}

/// Entries that are to be watched or looked up again after a reload, oldest first.
pub fn open<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Vec<&'e Entry> {
    let mut open: Vec<&Entry> = entries.into_iter().filter(|entry| entry.state.is_open()).collect();
    sort_by_age(&mut open);
    open
}

/// Entries whose operation is to be watched, oldest first: accepted, without a known end, and the last of theirs that the
/// server may have taken. A later one that it refused, as it does while the first runs, takes nothing from it.
pub fn to_watch<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Vec<&'e Entry> {
    let traces: Vec<&Entry> = entries.into_iter().filter(|entry| entry.state.may_exist()).collect();
    let mut watched = open(traces.iter().copied());
    watched.retain(|entry| is_last(traces.iter().copied(), entry) && entry.state.acceptance().is_some());
    watched
}

/// Whether no later request for the same operation was sent that the server may have taken: what it shows then would be
/// as well that one's.
pub fn is_last<'e>(entries: impl IntoIterator<Item = &'e Entry>, entry: &Entry) -> bool {
    !later(entries, entry).any(|other| other.state.may_exist())
}

/// The later requests for the same operation.
fn later<'e>(entries: impl IntoIterator<Item = &'e Entry>, entry: &Entry) -> impl Iterator<Item = &'e Entry> {
    entries.into_iter().filter(move |other| other.key == entry.key && other.order() > entry.order())
}

/// How to watch an operation that a page opens, whether or not its end is known. `was_answered`: whether the page has had
/// a good answer about it. `now` and `wall` are the same moment.
///
/// What was accepted once, or answered, is there: a 404 after that is lost contact, however often the page is opened.
pub fn watch<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    key: &OperationKey,
    was_answered: bool,
    (now, wall): (Instant, WallMillis),
    seed: u64,
) -> Watch {
    let about: Vec<&Entry> = entries.into_iter().filter(|entry| entry.key == *key).collect();
    let last = newest(about.iter().copied().filter(|entry| entry.state.may_exist()), key);
    match last.filter(|entry| entry.state.acceptance().is_some()) {
        Some(entry) => entry.watch(now, wall, seed),
        None if was_answered || about.iter().any(|entry| entry.was_answered()) => Watch::accepted(key.kind, seed),
        None => Watch::opened(key.kind, seed),
    }
}

/// Restores of a connection that may be running, other than `but`: a cancel would hit them, and a POST is refused while
/// one runs (behaviour notes 1.5, 1.7).
///
/// Of one whose answer was lost and of which nothing tells whether it was taken, that holds until it would be orphaned.
pub fn other_restores<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    but: &OperationKey,
    now: WallMillis,
) -> Vec<&'e OperationKey> {
    let entries: Vec<&Entry> = entries.into_iter().collect();
    // A server takes a restore of a backup only when no earlier one of it runs: that one has ended, though nobody saw it.
    let is_over = |entry| later(entries.iter().copied(), entry).any(|other| other.state.acceptance().is_some());
    let mut keys: Vec<&OperationKey> = Vec::new();
    let is_young = |entry: &Entry| now.0.saturating_sub(entry.asked_at.0) <= ORPHAN_AGE_MILLIS;
    let is_doubtful = |entry: &Entry| matches!(entry.state, State::CannotTell { .. }) && is_young(entry);
    let mut may_run: Vec<&Entry> =
        entries.iter().copied().filter(|entry| entry.state.is_open() || is_doubtful(entry)).collect();
    sort_by_age(&mut may_run);
    for entry in may_run {
        let key = &entry.key;
        let is_other = key.kind == Kind::Restore && key.connection == but.connection && key != but;
        if is_other && !is_over(entry) && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// When the restore that the server says is running was asked for. One that was taken and has no known end is rather meant
/// than a later one whose answer was lost. `None` when this browser sent none.
pub fn running_since<'e>(entries: impl IntoIterator<Item = &'e Entry>, key: &OperationKey) -> Option<WallMillis> {
    let may_run = |entry: &&Entry| entry.state.may_exist() && !matches!(entry.state, State::Ended { .. });
    let may_run: Vec<&Entry> = entries.into_iter().filter(may_run).collect();
    let taken = may_run.iter().copied().filter(|entry| matches!(entry.state, State::Accepted(_)));
    let entry = newest(taken, key).or_else(|| newest(may_run.iter().copied(), key))?;
    Some(entry.asked_at)
}

/// The newest entry of each backup of a connection that was made at another place than its backend's own, newest first:
/// no list of the server shows them (behaviour notes 3). Those that the server is known not to have taken are left out.
pub fn elsewhere<'e>(entries: impl IntoIterator<Item = &'e Entry>, connection: &ConnectionId) -> Vec<&'e Entry> {
    let is_one = |entry: &&Entry| {
        let key = &entry.key;
        key.kind == Kind::Create
            && key.connection == *connection
            && !key.location.is_default()
            && entry.state.may_exist()
    };
    let mut elsewhere: Vec<&Entry> = entries.into_iter().filter(is_one).collect();
    let made = elsewhere.clone();
    elsewhere.retain(|entry| is_last(made.iter().copied(), entry));
    sort_by(&mut elsewhere, |a, b| b.asked_at.cmp(&a.asked_at));
    elsewhere
}

/// The names in a backup as its own POST told them, and when; `None` for one that this browser did not make, or whose
/// answer was lost.
pub fn names_in<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    backup: &OperationKey,
) -> Option<(WallMillis, &'e [String])> {
    let acceptance = newest(entries, backup)?.state.acceptance()?;
    Some((acceptance.at, acceptance.classes.as_deref()?))
}

/// Names of the entries to delete so that no more than `keep` are left. The oldest go first, and an open one never.
pub fn to_forget(entries: &[Entry], keep: usize) -> Vec<String> {
    let mut closed: Vec<&Entry> = entries.iter().filter(|entry| !entry.state.is_open()).collect();
    sort_by_age(&mut closed);
    let excess = entries.len().saturating_sub(keep);
    closed.into_iter().take(excess).map(Entry::name).collect()
}

/// The oldest first.
fn sort_by_age(entries: &mut Vec<&Entry>) {
    sort_by(entries, |a, b| a.asked_at.cmp(&b.asked_at));
}

#[cfg(test)]
mod tests;
