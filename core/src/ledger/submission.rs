//! One press of "Create backup" or "Restore", from reading what there is before, over the entry and the POST, to what
//! became of it. A machine like the watch: it sends nothing itself, and it asks for a POST at most once.

use std::collections::VecDeque;

use super::entry::{Acceptance, Before, Entry, Fact, LostPost, PriorRestore, Proof, State};
use super::evidence::{self, Found, PostOutcome, Settlement, Sight};
use crate::api::call::Call;
use crate::domain::operation::Kind;
use crate::domain::status::Status;
use crate::poll::backoff::Backoff;
use crate::poll::clock::{Millis, WallMillis};
use crate::poll::look::Lost;

mod protocol;
pub use protocol::{Action, Ask, Event, Step, Stop, Turn, WriteFailure};

/// Before the first look-up: the server may still be at it.
const FIRST_LOOK: Millis = Millis::from_secs(1);
/// Before the second look-up, after a first that found nothing: a POST whose answer was lost may still be carried out
/// (its checks take up to 8 s, behaviour notes 1.1).
const SECOND_LOOK: Millis = Millis::from_secs(14);
/// Before those after it.
const LATER_LOOK: Millis = Millis::from_secs(30);
const LOOKS_TO_SETTLE: u32 = 2;

/// A server may be at a POST for as long as its answer is waited for (117 s without a quorum, behaviour notes 5.3): a
/// page that is gone, or a gateway that gave up, ends nothing on it. Before that it is not said not to have taken it.
fn patience(kind: Kind) -> Millis {
    let call = match kind {
        Kind::Create => Call::Create,
        Kind::Restore => Call::Restore,
    };
    Millis(u64::from(call.time_limit_millis()))
}

#[derive(Clone, Debug)]
pub struct Submission {
    ask: Ask,
    /// See [`Entry::number`].
    number: Option<u32>,
    entry: Option<Entry>,
    step: Step,
    /// Whether the POST was asked for, here or before a reload. It never becomes false again.
    posted: bool,
    /// Whether the last entry handed out for writing is known to be kept.
    kept: bool,
    turn: Turn,
    awaited: Option<Turn>,
    awaited_write: Option<Turn>,
    /// Look-ups in a row that found nothing that settles it.
    looked: u32,
    /// Since the answer is known to be lost, at least: only waits of this machine that came to their end, as a wall clock
    /// may be set.
    waited: Millis,
    /// Before the look-up that was asked for.
    wait: Millis,
    actions: VecDeque<Action>,
    backoff: Backoff,
}

impl Submission {
    /// `earlier` is the newest entry about the same operation.
    pub fn new(ask: Ask, earlier: Option<&Entry>) -> Self {
        let backoff = Backoff::new(ask.seed);
        Self {
            ask,
            number: earlier.map(|earlier| earlier.number.unwrap_or(0).saturating_add(1)),
            entry: None,
            step: Step::Ready,
            posted: false,
            kept: false,
            turn: 0,
            awaited: None,
            awaited_write: None,
            looked: 0,
            waited: Millis(0),
            wait: Millis(0),
            actions: VecDeque::new(),
            backoff,
        }
    }

    /// Takes an entry up again whose answer is not known: after a reload, or because somebody asks once more. Never
    /// posts.
    pub fn resume(entry: Entry, seed: u64, now: WallMillis) -> Self {
        let ask = Ask {
            key: entry.key.clone(),
            body: entry.body.clone(),
            collections: entry.collections.clone(),
            id_seen_free: entry.id_seen_free,
            seed,
        };
        let settlement = evidence::settlement(&entry);
        let was_intended = entry.state == State::Intended;
        let has_had_time = match &entry.state {
            State::AnswerLost { why, .. } => *why == LostPost::TimedOut,
            state => matches!(state, State::NotTaken { .. }),
        };
        let waited = if has_had_time { patience(ask.key.kind) } else { Millis(0) };
        let mut submission = Self { posted: true, kept: true, waited, entry: Some(entry), ..Self::new(ask, None) };
        if let Some(settled @ (Settlement::Accepted { .. } | Settlement::Refused)) = settlement {
            submission.step = Step::Settled(settled);
        } else {
            if was_intended {
                submission.record(Fact::AnswerLost { at: now, why: LostPost::PageGone });
            }
            submission.look_up(Millis(0), None);
        }
        submission
    }

    pub fn handle_event(&mut self, now: WallMillis, event: Event) {
        match event {
            Event::SubmitPressed => {
                if matches!(self.step, Step::Ready | Step::Stopped(_)) && !self.posted {
                    self.begin(now);
                }
            }
            Event::BeforeRead { turn, before } => {
                if self.is_awaited(turn) {
                    match before {
                        Ok(Before { restore: PriorRestore::Was { status: Status::Cancelling, .. }, .. }) => {
                            self.step = Step::Stopped(Stop::StuckCancelling);
                        }
                        Ok(before) => self.write_intended(now, Some(before)),
                        Err(stop) => self.step = Step::Stopped(stop),
                    }
                }
            }
            Event::Written { turn } => self.written(turn),
            Event::WriteFailed { turn, why } => self.write_failed(turn, why),
            Event::WriteAgainPressed => {
                if matches!(self.step, Step::NotWritten(_)) {
                    self.step = Step::Writing;
                    self.write();
                }
            }
            Event::GoOnWithoutLedgerPressed => {
                if matches!(self.step, Step::NotWritten(_)) {
                    self.post();
                }
            }
            Event::Posted { turn, outcome } => {
                if self.is_awaited(turn) {
                    self.post_answered(now, outcome);
                }
            }
            Event::LookedUp { turn, found, is_last } => {
                if self.is_awaited(turn) {
                    self.waited = self.waited + self.wait;
                    self.looked_up(now, found, is_last);
                }
            }
            Event::SchemaRead { turn, present } => {
                if self.is_awaited(turn) {
                    self.decide_from_schema(now, present);
                }
            }
            Event::LookAgainPressed => {
                if self.is_unsettled() {
                    self.looked = 0;
                    self.look_up(Millis(0), None);
                }
            }
        }
    }

    /// Whether it was posted, and another look-up may tell more.
    fn is_unsettled(&self) -> bool {
        match &self.step {
            Step::LookingUp { .. } | Step::Paused(_) => true,
            Step::Settled(settlement) => matches!(settlement, Settlement::NotTaken | Settlement::CannotTell { .. }),
            _ => false,
        }
    }

    /// What is to be done now, in this order, each thing once.
    pub fn poll_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    fn next_turn(&mut self) -> Turn {
        self.turn = self.turn.wrapping_add(1);
        self.turn
    }

    fn ask_for(&mut self, action: impl FnOnce(Turn) -> Action) {
        let turn = self.next_turn();
        self.awaited = Some(turn);
        self.actions.push_back(action(turn));
    }

    /// Whether an answer is the one waited for; then it is taken, and a second one is not.
    fn is_awaited(&mut self, turn: Turn) -> bool {
        self.awaited.take_if(|awaited| *awaited == turn).is_some()
    }

    fn begin(&mut self, now: WallMillis) {
        match self.ask.key.kind {
            Kind::Create => self.write_intended(now, None),
            Kind::Restore => {
                self.step = Step::ReadingBefore;
                self.ask_for(|turn| Action::ReadBefore { turn });
            }
        }
    }

    fn write_intended(&mut self, now: WallMillis, before: Option<Before>) {
        let Ask { key, body, collections, id_seen_free, .. } = self.ask.clone();
        let entry = Entry { before, id_seen_free, number: self.number, ..Entry::intended(key, now, body, collections) };
        self.entry = Some(entry);
        self.step = Step::Writing;
        self.write();
    }

    fn write(&mut self) {
        if let Some(entry) = self.entry.clone() {
            let turn = self.next_turn();
            self.awaited_write = Some(turn);
            self.kept = false;
            self.actions.push_back(Action::Write { turn, entry: Box::new(entry) });
        }
    }

    fn written(&mut self, turn: Turn) {
        if self.awaited_write.take_if(|awaited| *awaited == turn).is_none() {
            return;
        }
        self.kept = true;
        if self.step == Step::Writing {
            self.post();
        }
    }

    fn write_failed(&mut self, turn: Turn, why: WriteFailure) {
        if self.awaited_write.take_if(|awaited| *awaited == turn).is_some() && self.step == Step::Writing {
            self.step = Step::NotWritten(why);
        }
    }

    fn post(&mut self) {
        if self.posted {
            return;
        }
        self.posted = true;
        self.step = Step::Posting;
        let body = self.ask.body.clone();
        self.ask_for(|turn| Action::Post { turn, body });
    }

    /// Takes a fact into the entry and has it written when something changed.
    fn record(&mut self, fact: Fact) {
        if self.entry.as_mut().is_some_and(|entry| entry.record(fact)) {
            self.write();
        }
    }

    fn settle(&mut self, fact: Fact) {
        self.record(fact);
        if let Some(settlement) = self.entry.as_ref().and_then(evidence::settlement) {
            self.step = Step::Settled(settlement);
        }
    }

    fn post_answered(&mut self, now: WallMillis, outcome: PostOutcome) {
        match outcome {
            PostOutcome::Accepted { classes } => {
                let acceptance = Acceptance { at: now, proof: Proof::Answered, classes: Some(classes) };
                self.settle(Fact::Accepted(acceptance));
            }
            PostOutcome::Refused { words } => self.settle(Fact::Refused { at: now, words }),
            PostOutcome::AnswerLost { why } => {
                if why == LostPost::TimedOut {
                    self.waited = patience(self.ask.key.kind);
                }
                self.record(Fact::AnswerLost { at: now, why });
                self.look_up(FIRST_LOOK, None);
            }
        }
    }

    fn look_up(&mut self, after: Millis, last: Option<Lost>) {
        self.step = Step::LookingUp { last };
        self.wait = after;
        self.ask_for(|turn| Action::LookUp { turn, after });
    }

    fn looked_up(&mut self, now: WallMillis, found: Found, is_last: bool) {
        let Some(entry) = &self.entry else { return };
        match evidence::weigh(entry, &found, is_last) {
            Sight::Nothing(lost) => {
                let wait = self.backoff.next_delay().jittered;
                self.look_up(wait, Some(lost));
            }
            Sight::Paused(reason) => self.step = Step::Paused(reason),
            Sight::Accepted(proof) => {
                self.settle(Fact::Accepted(Acceptance { at: now, proof, classes: None }));
            }
            Sight::NotTaken | Sight::Unclear if self.looks_again() || self.waited < patience(self.ask.key.kind) => {
                self.look_later(Some(Lost::NotFound));
            }
            Sight::SameAsBefore if self.looks_again() => self.look_later(None),
            Sight::NotTaken => self.settle(Fact::NotTaken { at: now }),
            Sight::IdTaken => self.settle(Fact::IdTaken { at: now }),
            Sight::Unclear | Sight::SameAsBefore if self.ask.key.kind == Kind::Restore => {
                self.ask_for(|turn| Action::ReadSchema { turn });
            }
            Sight::Unclear | Sight::SameAsBefore => self.settle(Fact::CannotTell { at: now, landed: None }),
        }
    }

    /// Whether one look-up is not enough, whatever it found.
    fn looks_again(&self) -> bool {
        self.looked + 1 < LOOKS_TO_SETTLE
    }

    fn look_later(&mut self, last: Option<Lost>) {
        let wait = if self.looked == 0 { SECOND_LOOK } else { LATER_LOOK };
        self.looked = self.looked.saturating_add(1);
        self.look_up(wait, last);
    }

    fn decide_from_schema(&mut self, now: WallMillis, present: Option<Vec<String>>) {
        let Some(entry) = &self.entry else { return };
        let landed = present.as_deref().and_then(|present| evidence::landed(entry, present));
        self.settle(Fact::CannotTell { at: now, landed });
    }

    /// What this is about, before there is an entry as well.
    pub fn asked(&self) -> &Ask {
        &self.ask
    }

    pub fn step(&self) -> &Step {
        &self.step
    }

    /// The entry as it is known now, kept or not; `None` before there is one.
    pub fn entry(&self) -> Option<&Entry> {
        self.entry.as_ref()
    }

    /// Whether all that is known is kept: when not, closing the page forgets it.
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// Whether the POST was asked for.
    pub fn was_posted(&self) -> bool {
        self.posted
    }
}

#[cfg(test)]
mod tests;
