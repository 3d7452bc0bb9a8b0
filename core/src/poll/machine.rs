//! The watch over one operation, as a machine: what happened goes in with the time at which it did, what is to be done
//! comes out.

use super::backoff::Backoff;
use super::cadence::{self, AFTER_ROUND, Anchor, FIRST_ROUND, ROUND, Situation};
use super::clock::{Instant, Millis};
use super::look::{Look, Lost, Pause};
use crate::domain::operation::Kind;
use crate::domain::status::Status;

/// What is watched, and what is known of it at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    pub kind: Kind,
    /// When the POST was answered, for alignment with the server's rounds. May be before this page's own start.
    pub posted: Option<Instant>,
    /// Whether a server is known to have accepted it. Then "not found" is lost contact and not "there is none".
    pub accepted: bool,
    /// For the jitter.
    pub seed: u64,
}

impl Watch {
    /// An operation whose POST this browser sent, answered at `at`.
    pub fn posted(kind: Kind, at: Instant, seed: u64) -> Self {
        Self { kind, posted: Some(at), accepted: true, seed }
    }

    /// An operation that is known to have been accepted, at a time that is not known well enough.
    pub fn accepted(kind: Kind, seed: u64) -> Self {
        Self { kind, posted: None, accepted: true, seed }
    }

    /// An operation opened by its id: there may be none.
    pub fn opened(kind: Kind, seed: u64) -> Self {
        Self { kind, posted: None, accepted: false, seed }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A look was answered, or was not. `version` is that of the [`Action::Look`].
    Looked {
        version: u64,
        look: Look,
    },
    /// Another page of this browser that watches the same operation has begun to look, and will tell what it saw.
    OtherLooks,
    /// It told. From then on this page looks only when it hears no more of the other.
    OtherLooked(Look),
    /// Nobody sees the tab any more.
    Hidden,
    Shown,
    /// The person asked to look now.
    AskedNow,
    /// A key was given again.
    SignedIn,
    /// There is no key any more, as after a reload: asking is of no use.
    KeyMissing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask for the status, once, and hand the outcome back with this version.
    Look { version: u64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    Watching,
    /// The server names an end that it has not finished writing (year 1): it is asked once more before it is believed.
    ConfirmingEnd(Status),
    /// `since`: the first look that failed. The last status, if any, is still [`Machine::status`].
    LostContact {
        since: Instant,
        reason: Lost,
    },
    Paused(Pause),
    Ended(Status),
}

#[derive(Clone, Debug)]
struct Seen {
    status: Status,
    /// The first look that said so.
    since: Instant,
    /// The last one.
    at: Instant,
}

#[derive(Clone, Copy, Debug)]
struct InFlight {
    version: u64,
    sent: Instant,
    handed_out: bool,
}

/// A look whose outcome was not handed back by then is given up: longer than the time limit of the call itself, so only
/// a driver that broke gets here, and even then the watch goes on.
const GIVE_UP: Millis = Millis::from_secs(45);
/// Between two looks for an operation that the server does not find.
const NOT_FOUND: Millis = Millis::from_secs(30);
/// How long the look of another page is waited for: a server takes up to 18 s whose storage is down (behaviour notes
/// 1.3). After that the page may have been closed.
const OTHER_LOOKS: Millis = Millis::from_secs(20);
/// How much later than the page it follows a page looks itself.
const FOLLOWS: Millis = Millis::from_secs(2);
/// However often somebody asks or switches tabs.
const SHORTEST: Millis = Millis::from_secs(1);

/// The watch over one operation. Its size does not depend on how long it watches.
#[derive(Clone, Debug)]
pub struct Machine {
    watch: Watch,
    began: Instant,
    anchor: Anchor,
    phase: Phase,
    seen: Option<Seen>,
    /// The first look that named an end which has not happened yet.
    unconfirmed_since: Option<Instant>,
    hidden: bool,
    next_look: Option<Instant>,
    in_flight: Option<InFlight>,
    version: u64,
    last_look: Option<Instant>,
    looks: u64,
    /// The last that was seen of the operation was seen by another page.
    follows: bool,
    backoff: Backoff,
}

impl Machine {
    /// Begins a watch. A create that was just posted is first looked at after the server's first round; anything else
    /// at once.
    pub fn new(now: Instant, watch: Watch) -> Self {
        let first = match (watch.posted, watch.kind) {
            (Some(posted), Kind::Create) if now.since(posted) < FIRST_ROUND => cadence::first_look(posted),
            // A restore shows its first phase at once, and a stored CANCELLING as well (behaviour notes 1.5).
            (Some(posted), Kind::Restore) if now.since(posted) < FIRST_ROUND => (posted + AFTER_ROUND).max(now),
            _ => now,
        };
        let mut machine = Self {
            watch,
            began: now,
            anchor: watch.posted.map_or(Anchor::Unknown, Anchor::Posted),
            phase: Phase::Watching,
            seen: None,
            unconfirmed_since: None,
            hidden: false,
            next_look: Some(first),
            in_flight: None,
            version: 0,
            last_look: None,
            looks: 0,
            follows: false,
            backoff: Backoff::new(watch.seed),
        };
        machine.handle_timeout(now);
        machine
    }

    pub fn handle_event(&mut self, now: Instant, event: Event) {
        if matches!(self.phase, Phase::Ended(_)) {
            return;
        }
        match event {
            Event::Looked { version, look } => self.looked(now, version, look),
            Event::OtherLooks => {
                if let Some(next) = &mut self.next_look {
                    *next = (*next).max(now + OTHER_LOOKS);
                }
            }
            Event::OtherLooked(look) => self.other_looked(now, look),
            Event::Hidden => {
                let was_hidden = std::mem::replace(&mut self.hidden, true);
                if !was_hidden && self.is_answering() && self.in_flight.is_none() {
                    self.schedule(self.last_look.unwrap_or(now));
                }
            }
            Event::Shown => {
                if std::mem::take(&mut self.hidden) && !self.is_paused() {
                    self.look_soon(now);
                }
            }
            Event::AskedNow => self.resume(now),
            Event::SignedIn => {
                if self.is_paused() {
                    self.resume(now);
                }
            }
            Event::KeyMissing => self.pause(Pause::KeyNeeded),
        }
        self.handle_timeout(now);
    }

    /// May be called at any time and any number of times; only a time that has come has an effect.
    pub fn handle_timeout(&mut self, now: Instant) {
        if let Some(look) = self.in_flight {
            if now >= look.sent + GIVE_UP {
                self.in_flight = None;
                self.last_look = Some(now);
                self.lost(now, Lost::TimedOut);
            }
            return;
        }
        if self.next_look.is_some_and(|next| now >= next) {
            self.next_look = None;
            self.version += 1;
            self.looks = self.looks.saturating_add(1);
            self.in_flight = Some(InFlight { version: self.version, sent: now, handed_out: false });
        }
    }

    /// When [`Machine::handle_timeout`] has to be called next; `None` when nothing is to come of itself.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.in_flight.map(|look| look.sent + GIVE_UP).or(self.next_look)
    }

    /// What is to be done now, each thing once.
    pub fn poll_action(&mut self) -> Option<Action> {
        let look = self.in_flight.as_mut().filter(|look| !look.handed_out)?;
        look.handed_out = true;
        Some(Action::Look { version: look.version })
    }

    fn looked(&mut self, now: Instant, version: u64, look: Look) {
        // A late answer: to a look that was given up, or from before a pause.
        if self.in_flight.is_none_or(|waiting| waiting.version != version || !waiting.handed_out) {
            return;
        }
        self.in_flight = None;
        self.follows = false;
        self.saw(now, look);
    }

    /// What stops only the other page, such as the lack of a key, is its own affair, and what stops this one its own.
    fn other_looked(&mut self, now: Instant, look: Look) {
        if self.is_paused() || matches!(look, Look::Paused(_)) {
            return;
        }
        self.follows = true;
        self.saw(now, look);
    }

    fn saw(&mut self, now: Instant, look: Look) {
        self.last_look = Some(now);
        match look {
            Look::Status { status, end_is_zero, running_for } => self.answered(now, status, end_is_zero, running_for),
            Look::Lost(Lost::Absent) if !self.watch.accepted && self.seen.is_none() => self.pause(Pause::NotKnown),
            Look::Lost(reason) => self.lost(now, reason),
            Look::Paused(reason) => self.pause(reason),
        }
    }

    fn answered(&mut self, now: Instant, status: Status, end_is_zero: bool, running_for: Option<Millis>) {
        self.backoff.reset();
        let since = self.seen.as_ref().filter(|seen| seen.status == status).map_or(now, |seen| seen.since);
        self.seen = Some(Seen { status: status.clone(), since, at: now });
        if let (Anchor::Unknown, Some(running_for)) = (self.anchor, running_for) {
            self.anchor = Anchor::Guessed(now - running_for);
        }
        if !status.is_terminal() {
            self.unconfirmed_since = None;
            self.phase = Phase::Watching;
        } else if end_is_zero && self.unconfirmed_since.is_none_or(|first| now < first + ROUND) {
            self.unconfirmed_since.get_or_insert(now);
            self.phase = Phase::ConfirmingEnd(status);
        } else {
            self.phase = Phase::Ended(status);
            self.next_look = None;
            // One of this page's own may be under way when another page tells of the end.
            self.in_flight = None;
            return;
        }
        self.schedule(now);
    }

    fn lost(&mut self, now: Instant, reason: Lost) {
        let since = match self.phase {
            Phase::LostContact { since, .. } => since,
            _ => now,
        };
        self.phase = Phase::LostContact { since, reason };
        let delay = match reason {
            Lost::Absent | Lost::NotFound => self.backoff.jittered(NOT_FOUND),
            _ => self.backoff.next_delay(),
        };
        let wait = if self.hidden { delay.jittered.max(cadence::HIDDEN) } else { delay.jittered };
        self.next_look = Some(now + wait + self.behind());
    }

    fn pause(&mut self, reason: Pause) {
        self.phase = Phase::Paused(reason);
        self.in_flight = None;
        self.next_look = None;
    }

    fn resume(&mut self, now: Instant) {
        if self.is_paused() {
            self.phase = Phase::Watching;
            self.backoff.reset();
        }
        self.look_soon(now);
    }

    fn look_soon(&mut self, now: Instant) {
        if self.in_flight.is_none() {
            self.next_look = Some(self.last_look.map_or(now, |last| now.max(last + SHORTEST)));
        }
    }

    fn schedule(&mut self, from: Instant) {
        let situation = Situation {
            now: from,
            began: self.began,
            anchor: self.anchor,
            status: self.seen.as_ref().map(|seen| (&seen.status, seen.since)),
            hidden: self.hidden,
        };
        self.next_look = Some(cadence::next_look(&situation) + self.behind());
    }

    /// By how much this page lets another go first. No two the same: two pages that looked at the same moment, and both
    /// follow the other since, are told apart by it.
    fn behind(&mut self) -> Millis {
        if self.follows { self.backoff.jittered(FOLLOWS).jittered } else { Millis(0) }
    }

    fn is_paused(&self) -> bool {
        matches!(self.phase, Phase::Paused(_))
    }

    fn is_answering(&self) -> bool {
        matches!(self.phase, Phase::Watching | Phase::ConfirmingEnd(_))
    }

    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The last status the server gave, whatever happened since.
    pub fn status(&self) -> Option<&Status> {
        self.seen.as_ref().map(|seen| &seen.status)
    }

    /// When the last status came.
    pub fn status_at(&self) -> Option<Instant> {
        self.seen.as_ref().map(|seen| seen.at)
    }

    /// When the last look was answered or lost.
    pub fn last_look(&self) -> Option<Instant> {
        self.last_look
    }

    /// When the next look is due; `None` while one is in flight, in a pause and after the end.
    pub fn next_look(&self) -> Option<Instant> {
        self.next_look
    }

    pub fn is_looking(&self) -> bool {
        self.in_flight.is_some()
    }

    /// How many looks were begun.
    pub fn looks(&self) -> u64 {
        self.looks
    }
}

#[cfg(test)]
mod tests;
