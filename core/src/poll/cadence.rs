//! When to look next at an operation whose server answers.
//!
//! Only the server's rounds change a status: 2 s after the POST and then every 10 s (behaviour notes 2.3; in the
//! recordings a round came no more than 3 ms late per round before it). So one look just after each round learns an end
//! sooner, and with fewer requests, than a look every second or two.

use super::clock::{Instant, Millis};
use crate::domain::status::Status;

/// From the POST's answer to the server's first round.
pub const FIRST_ROUND: Millis = Millis::from_secs(2);
/// From one round to the next.
pub const ROUND: Millis = Millis::from_secs(10);
/// From a round to the look at it: the coordinator asks its nodes and writes the result to its storage first.
pub const AFTER_ROUND: Millis = Millis(300);
/// Between two looks in a tab that nobody sees.
pub const HIDDEN: Millis = Millis::from_secs(60);
/// Between two looks at a status word that is not understood.
pub const NOT_UNDERSTOOD: Millis = Millis::from_secs(30);
/// No wait is longer in a visible tab, however long an operation runs.
pub const LONGEST: Millis = Millis::from_secs(60);

/// Between two looks when the rounds are not exactly known: a status is never older than this in the first minutes.
const UNALIGNED: Millis = Millis::from_secs(5);
/// The same while such a watch is young: most operations that somebody opens are about to end.
const UNALIGNED_AT_FIRST: Millis = Millis::from_secs(3);
const AT_FIRST: Millis = Millis::from_secs(12);
/// Past the first minutes the wait may grow with what has elapsed: in thousandths of it.
const ALIGNED_SHARE: u64 = 5;
const UNALIGNED_SHARE: u64 = 9;
/// By how much a round may come later, in thousandths of what has elapsed.
const DRIFT_SHARE: u64 = 1;

/// What is known about the moments at which the server's rounds begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// This browser sent the POST, which was answered then.
    Posted(Instant),
    /// From the server's `startedAt` and this machine's wall clock, which may differ: a hint, not trusted for more.
    Guessed(Instant),
    Unknown,
}

/// When to look first at a create that was just posted: at its first round.
pub fn first_look(posted: Instant) -> Instant {
    after_round(posted, 0)
}

/// All that the next look depends on.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'s> {
    pub now: Instant,
    /// When this watch began.
    pub began: Instant,
    pub anchor: Anchor,
    /// The last status and since which look it is the same.
    pub status: Option<(&'s Status, Instant)>,
    /// Whether nobody sees the tab.
    pub hidden: bool,
}

/// When to look next, counted from `now`, at which an answer came.
pub fn next_look(situation: &Situation<'_>) -> Instant {
    let now = situation.now;
    let visible = match situation.status {
        Some((Status::Finalizing | Status::Transferred, since)) => now + applying(now.since(since)),
        Some((Status::Cancelling, since)) => now + cancelling(now.since(since)),
        Some((Status::Unknown(_), _)) => now + NOT_UNDERSTOOD,
        // An end that the server has not finished writing.
        Some((Status::Success | Status::Failed | Status::Canceled, _)) => now + ROUND,
        Some((Status::Started | Status::Transferring, _)) | None => in_rounds(situation),
    };
    if situation.hidden { visible.max(now + HIDDEN) } else { visible }
}

/// A restore applies the schema at its own pace, about 0.25 s per collection, and tells the end at once.
fn applying(for_how_long: Millis) -> Millis {
    if for_how_long < Millis::from_secs(60) {
        for_how_long.permille(250).clamp(Millis(500), Millis::from_secs(2))
    } else {
        for_how_long.permille(UNALIGNED_SHARE).clamp(UNALIGNED, LONGEST)
    }
}

/// Lasts milliseconds, or for ever when a node was down (behaviour notes 1.7).
fn cancelling(for_how_long: Millis) -> Millis {
    if for_how_long < Millis::from_secs(30) { UNALIGNED } else { LONGEST }
}

fn in_rounds(situation: &Situation<'_>) -> Instant {
    let now = situation.now;
    match situation.anchor {
        Anchor::Posted(posted) => {
            let spared = now.since(posted).permille(ALIGNED_SHARE).min(LONGEST).0 / ROUND.0;
            let spared = spared.min(LONGEST.0 / ROUND.0 - 1);
            after_round(posted, next_round(posted, now) + spared)
        }
        Anchor::Guessed(started) => {
            let latest = now + unaligned(now.since(situation.began));
            let aligned = after_round(started, next_round(started, now + Millis::from_secs(1)));
            aligned.min(latest)
        }
        Anchor::Unknown => now + unaligned(now.since(situation.began)),
    }
}

fn unaligned(watched: Millis) -> Millis {
    if watched < AT_FIRST { UNALIGNED_AT_FIRST } else { watched.permille(UNALIGNED_SHARE).clamp(UNALIGNED, LONGEST) }
}

/// The number of the first round whose look is after `now`, counted from 0.
fn next_round(start: Instant, now: Instant) -> u64 {
    let elapsed = now.since(start).0;
    // `after_round` solved for the round, rounded down.
    let at = elapsed.saturating_sub(AFTER_ROUND.0) / (1000 + DRIFT_SHARE) * 1000;
    let round = at.saturating_sub(FIRST_ROUND.0) / ROUND.0;
    if after_round(start, round) > now { round } else { round + 1 }
}

/// The moment to look at a round.
fn after_round(start: Instant, round: u64) -> Instant {
    let at = FIRST_ROUND + Millis(ROUND.0.saturating_mul(round));
    start + at + AFTER_ROUND + at.permille(DRIFT_SHARE)
}

#[cfg(test)]
mod tests;
