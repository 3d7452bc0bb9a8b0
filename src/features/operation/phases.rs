//! The phases of a restore as they were seen from here: one that nobody saw says so.

use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Entry, Proof, State};
use weaviate_backups::ledger::landing::was_applied;
use weaviate_backups::poll::machine::Phase as Watching;

use super::known::Known;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseState {
    Done,
    /// Over, but no look fell into it.
    Unseen,
    Current,
    /// The last one known: contact is lost, or watching is paused.
    Stale,
    ToCome,
    Failed,
    Canceled,
}

/// One phase. Times are milliseconds since 1970, by this browser's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    pub status: Status,
    pub state: PhaseState,
    pub from: Option<i64>,
    pub to: Option<i64>,
}

/// What a restore goes through, in order. `tells_phases`: since v1.36 a server says TRANSFERRING and what follows; before
/// it says STARTED to the end (behaviour notes 2.1).
pub fn phases(known: &Known, entry: Option<&Entry>, tells_phases: bool) -> Vec<Phase> {
    let posted = entry.and_then(|entry| entry.state.acceptance()).filter(|accepted| accepted.proof == Proof::Answered);
    let posted = posted.map(|accepted| accepted.at.0);
    let current = known.status();
    let end = known.end();
    let seen_at = |status: &Status| known.seen.iter().find(|seen| seen.status == *status).map(|seen| seen.first.0);
    let is_stale = known.is_lost() || matches!(known.phase, Watching::Paused(_));

    let mut order = vec![Status::Started];
    if tells_phases {
        order.extend([Status::Transferring, Status::Transferred, Status::Finalizing]);
    }
    // Whatever else it says, known or not, stands where it was seen: before the end.
    for seen in &known.seen {
        if !seen.status.is_terminal() && !order.contains(&seen.status) {
            order.push(seen.status.clone());
        }
    }
    let last_seen = order.iter().rposition(|status| seen_at(status).is_some());
    if end == Some(&Status::Canceled) || (end == Some(&Status::Failed) && !known.words().is_some_and(was_applied)) {
        // What was not seen and would have come after that did not happen.
        order.truncate(last_seen.map_or(1, |last| last + 1));
    }

    let begun = |index: usize, status: &Status| {
        // The answer to the POST is the start, and the first phase shows at once (behaviour notes 1.5).
        let is_first = index == 0 || (index == 1 && tells_phases);
        let at_once = posted.filter(|_| index == 0 || (is_first && seen_at(status).is_some()));
        at_once.or_else(|| seen_at(status))
    };
    let mut phases: Vec<Phase> = order
        .iter()
        .enumerate()
        .map(|(index, status)| {
            let from = begun(index, status);
            let state = if end.is_none() && current == Some(status) {
                if is_stale { PhaseState::Stale } else { PhaseState::Current }
            } else if from.is_some() {
                PhaseState::Done
            } else if end.is_some() || last_seen.is_some_and(|last| last > index) {
                PhaseState::Unseen
            } else {
                PhaseState::ToCome
            };
            let next = order.iter().enumerate().skip(index + 1).find_map(|(index, status)| begun(index, status));
            let to = next.or_else(|| end.and_then(seen_at)).filter(|_| state == PhaseState::Done);
            Phase { status: status.clone(), state, from, to }
        })
        .collect();
    phases.push(last_phase(end, end.and_then(seen_at), entry));
    phases
}

fn last_phase(end: Option<&Status>, seen_at: Option<i64>, entry: Option<&Entry>) -> Phase {
    let kept = entry.and_then(|entry| match &entry.state {
        State::Ended { at, status, .. } if Some(status) == end => Some(at.0),
        _ => None,
    });
    let state = match end {
        None => PhaseState::ToCome,
        Some(Status::Failed) => PhaseState::Failed,
        Some(Status::Canceled) => PhaseState::Canceled,
        Some(_) => PhaseState::Done,
    };
    Phase { status: end.cloned().unwrap_or(Status::Success), state, from: kept.or(seen_at), to: None }
}

#[cfg(test)]
mod tests;
