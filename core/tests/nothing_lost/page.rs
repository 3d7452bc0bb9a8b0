//! A page that drives the machines as an app does, with everything that can go wrong between them and the world.

use std::collections::BTreeSet;

use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Before, Entry, Fact, LostPost, State};
use weaviate_backups::ledger::evidence::{Found, PostOutcome, Settlement};
use weaviate_backups::ledger::submission::{Action, Ask, Event, Step, Submission, WriteFailure};
use weaviate_backups::poll::clock::{Instant, Millis, WallMillis};
use weaviate_backups::poll::look::{Look, Lost, Pause};
use weaviate_backups::poll::machine::{self, Machine, Phase, Watch};

use crate::world::{COLLECTIONS, Server, Storage, key};

/// How the page is built. Only the first is right; the others show that the properties see what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    Honest,
    /// Says that the entry is kept before the POST, and does not keep it.
    SkipsTheWriteBeforeThePost,
    /// Sends again when the answer to a POST is lost.
    SendsALostPostAgain,
    /// Takes a 404 while watching for the end.
    TakesNotFoundForFailed,
}

/// What goes wrong with one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The request does not arrive, or the storage is full.
    RequestLost,
    /// The request is carried out, and its answer does not arrive.
    AnswerLost,
    ServerFails,
    /// 404, from a node or a storage that does not see the operation.
    NotFound,
    KeyGone,
    /// The answer arrives twice.
    Twice,
}

#[derive(Clone, Debug)]
pub enum Happening {
    Press,
    Consent,
    WriteAgain,
    LookAgain,
    SignIn,
    /// The next thing that the machines ask for is done.
    Exchange(Fault),
    /// An answer to a question of long ago arrives.
    StaleAnswer(u32),
    Elapses(u64),
    ServerEnds(Status),
    Reload,
    Hidden(bool),
}

/// One operation on screen.
struct Tracked {
    submission: Submission,
    machine: Option<Machine>,
    entry: Option<Entry>,
}

pub struct Page {
    build: Build,
    kind: Kind,
    pub server: Server,
    pub storage: Storage,
    tracked: Vec<Tracked>,
    now: u64,
    pub presses: usize,
    pub posts: usize,
    /// Names of the entries that were not kept before their POST, with the person's consent: a reload may forget them.
    pub unkept: BTreeSet<String>,
}

impl Page {
    pub fn new(build: Build, kind: Kind, server: Server) -> Self {
        let storage = Storage::default();
        let (tracked, now) = (Vec::new(), 1_000_000_000);
        Self { build, kind, server, storage, tracked, now, presses: 0, posts: 0, unkept: BTreeSet::new() }
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    fn wall(&self) -> WallMillis {
        WallMillis(i64::try_from(self.now).expect("a test is short"))
    }

    fn instant(&self) -> Instant {
        Instant::from_millis(i64::try_from(self.now).expect("a test is short"))
    }

    /// All that is known about operations, kept or only in memory.
    pub fn entries(&self) -> Vec<Entry> {
        let in_memory =
            self.tracked.iter().filter_map(|tracked| tracked.entry.clone().or(tracked.submission.entry().cloned()));
        self.storage.entries().into_iter().chain(in_memory).collect()
    }

    /// What the screens say has ended.
    pub fn ends_shown(&self) -> Vec<Status> {
        let machines = self.tracked.iter().filter_map(|tracked| tracked.machine.as_ref());
        machines
            .filter_map(|machine| match machine.phase() {
                Phase::Ended(status) => Some(status.clone()),
                _ => None,
            })
            .collect()
    }

    pub fn happens(&mut self, happening: &Happening) {
        self.now += 1;
        match happening {
            Happening::Press => self.press(),
            Happening::Consent => self.tell_submissions(&Event::GoOnWithoutLedgerPressed),
            Happening::WriteAgain => self.tell_submissions(&Event::WriteAgainPressed),
            Happening::LookAgain => self.tell_submissions(&Event::LookAgainPressed),
            Happening::SignIn => {
                self.tell_submissions(&Event::LookAgainPressed);
                self.tell_machines(&machine::Event::SignedIn);
            }
            Happening::Exchange(fault) => self.exchange(*fault),
            Happening::StaleAnswer(turn) => self.stale(*turn),
            Happening::Elapses(millis) => self.now += millis,
            Happening::ServerEnds(status) => self.server.end(status.clone()),
            Happening::Reload => self.reload(),
            Happening::Hidden(true) => self.tell_machines(&machine::Event::Hidden),
            Happening::Hidden(false) => self.tell_machines(&machine::Event::Shown),
        }
        self.settle_all();
    }

    fn tell_submissions(&mut self, event: &Event) {
        let now = self.wall();
        for tracked in &mut self.tracked {
            if *event == Event::GoOnWithoutLedgerPressed && matches!(tracked.submission.step(), Step::NotWritten(_)) {
                self.unkept.extend(tracked.submission.entry().map(Entry::name));
            }
            tracked.submission.handle_event(now, event.clone());
        }
    }

    fn tell_machines(&mut self, event: &machine::Event) {
        let now = self.instant();
        for machine in self.tracked.iter_mut().filter_map(|tracked| tracked.machine.as_mut()) {
            machine.handle_event(now, event.clone());
        }
    }

    /// A press reaches the form that is open; when the last one was refused or not taken, it is a new request.
    fn press(&mut self) {
        let is_over = |step: &Step| {
            matches!(step, Step::Settled(Settlement::Refused | Settlement::NotTaken | Settlement::IdTaken))
        };
        if self.tracked.iter().all(|tracked| is_over(tracked.submission.step())) {
            let ask = Ask {
                key: key(self.kind),
                body: "{}".into(),
                collections: COLLECTIONS.map(str::to_owned).to_vec(),
                // The form has looked.
                id_seen_free: self.kind == Kind::Create && self.server.look_up() == Found::None,
                seed: self.now,
            };
            self.presses += 1;
            let submission = Submission::new(ask, book::newest(&self.entries(), &key(self.kind)));
            self.tracked.push(Tracked { submission, machine: None, entry: None });
        }
        let now = self.wall();
        if let Some(tracked) = self.tracked.last_mut() {
            tracked.submission.handle_event(now, Event::SubmitPressed);
            tracked.submission.handle_event(now, Event::SubmitPressed);
        }
    }

    fn stale(&mut self, turn: u32) {
        // Numbers of questions that were answered, or never asked.
        let now = self.wall();
        let (found, outcome) = (self.server.look_up(), PostOutcome::Refused { words: String::new() });
        for tracked in &mut self.tracked {
            let turn = turn.wrapping_add(1_000_000);
            tracked.submission.handle_event(now, Event::LookedUp { turn, found: found.clone(), is_last: true });
            tracked.submission.handle_event(now, Event::Posted { turn, outcome: outcome.clone() });
            tracked.submission.handle_event(now, Event::Written { turn });
            if let Some(machine) = &mut tracked.machine {
                let look = Look::Status { status: Status::Success, end_is_zero: false, running_for: None };
                let event = machine::Event::Looked { version: u64::from(turn), look };
                machine.handle_event(Instant::from_millis(now.0), event);
            }
        }
    }

    /// Everything in memory is gone; what is kept is taken up again.
    fn reload(&mut self) {
        let now = self.wall();
        let seed = self.now;
        let entries = self.storage.entries();
        self.tracked = entries
            .into_iter()
            .map(|entry| Tracked { submission: Submission::resume(entry, seed, now), machine: None, entry: None })
            .collect();
    }

    fn exchange(&mut self, fault: Fault) {
        for index in 0..self.tracked.len() {
            if let Some(action) = self.tracked[index].submission.poll_action() {
                return self.carry_out(index, action, fault);
            }
            let now = self.instant();
            if let Some(machine) = &mut self.tracked[index].machine {
                // The timer fires when it is due.
                let due = machine.poll_timeout().map_or(now, |due| due.max(now));
                self.now = u64::try_from(due.as_millis()).expect("a test is short");
                machine.handle_timeout(due);
                if let Some(machine::Action::Look { version }) = machine.poll_action() {
                    return self.look(index, version, fault);
                }
            }
        }
    }

    fn carry_out(&mut self, index: usize, action: Action, fault: Fault) {
        let event = match action {
            Action::ReadBefore { turn } => {
                let present = Some(self.server.schema());
                let before = self.answer(fault).prior_restore().map(|restore| Before { restore, present });
                Event::BeforeRead { turn, before }
            }
            Action::Write { turn, .. } if fault == Fault::RequestLost => {
                Event::WriteFailed { turn, why: WriteFailure::Full }
            }
            Action::Write { turn, entry } => {
                let skips = self.build == Build::SkipsTheWriteBeforeThePost && entry.state == State::Intended;
                if !skips {
                    self.storage.write(&entry);
                }
                Event::Written { turn }
            }
            Action::Post { turn, .. } => Event::Posted { turn, outcome: self.post(index, fault) },
            Action::LookUp { turn, after } => {
                self.now += after.0;
                let found = self.answer(fault);
                let entries = self.entries();
                let is_last = self.tracked[index].submission.entry().is_none_or(|entry| book::is_last(&entries, entry));
                Event::LookedUp { turn, found, is_last }
            }
            Action::ReadSchema { turn } => {
                let present = (fault == Fault::None).then(|| self.server.schema());
                Event::SchemaRead { turn, present }
            }
        };
        let now = self.wall();
        let submission = &mut self.tracked[index].submission;
        submission.handle_event(now, event.clone());
        if fault == Fault::Twice {
            submission.handle_event(now, event);
        }
    }

    fn post(&mut self, index: usize, fault: Fault) -> PostOutcome {
        self.posts += 1;
        let name = self.tracked[index].submission.entry().expect("it was written first").name();
        let lost = |why| PostOutcome::AnswerLost { why };
        match fault {
            Fault::RequestLost => lost(LostPost::Unreachable),
            Fault::AnswerLost | Fault::NotFound => {
                // The server's no is lost as well as its yes.
                let taken = self.server.post(name.clone(), self.wall());
                if self.build == Build::SendsALostPostAgain {
                    self.posts += 1;
                    return self.posted(name);
                }
                drop(taken);
                lost(LostPost::TimedOut)
            }
            Fault::KeyGone => PostOutcome::Refused { words: "unauthorized".into() },
            Fault::ServerFails => PostOutcome::Refused { words: "leader not found".into() },
            Fault::None | Fault::Twice => self.posted(name),
        }
    }

    fn posted(&mut self, name: String) -> PostOutcome {
        match self.server.post(name, self.wall()) {
            Ok(classes) => PostOutcome::Accepted { classes },
            Err(words) => PostOutcome::Refused { words },
        }
    }

    fn answer(&self, fault: Fault) -> Found {
        match fault {
            Fault::None | Fault::Twice => self.server.look_up(),
            Fault::RequestLost | Fault::AnswerLost => Found::Lost(Lost::Unreachable),
            Fault::ServerFails => Found::Lost(Lost::ServerFailed),
            Fault::KeyGone => Found::Paused(Pause::KeyNeeded),
            Fault::NotFound => Found::Unclear,
        }
    }

    fn look(&mut self, index: usize, version: u64, fault: Fault) {
        let look = match (fault, self.server.status()) {
            (Fault::None | Fault::Twice, Some(status)) => {
                Look::Status { status: status.clone(), end_is_zero: false, running_for: Some(Millis(1)) }
            }
            (Fault::NotFound | Fault::None | Fault::Twice, _) if self.build == Build::TakesNotFoundForFailed => {
                Look::Status { status: Status::Failed, end_is_zero: false, running_for: None }
            }
            (Fault::NotFound, _) => Look::Lost(Lost::NotFound),
            (Fault::None | Fault::Twice, _) => Look::Lost(Lost::Absent),
            (Fault::RequestLost | Fault::AnswerLost, _) => Look::Lost(Lost::TimedOut),
            (Fault::ServerFails, _) => Look::Lost(Lost::ServerFailed),
            (Fault::KeyGone, _) => Look::Paused(Pause::KeyNeeded),
        };
        let now = self.instant();
        let machine = self.tracked[index].machine.as_mut().expect("it asked for the look");
        machine.handle_event(now, machine::Event::Looked { version, look: look.clone() });
        if fault == Fault::Twice {
            machine.handle_event(now, machine::Event::Looked { version, look });
        }
    }

    /// What was accepted is watched, and what has ended is kept as ended.
    fn settle_all(&mut self) {
        let (now, wall, error) = (self.instant(), self.wall(), self.server.error());
        for tracked in &mut self.tracked {
            let is_accepted = matches!(tracked.submission.step(), Step::Settled(Settlement::Accepted { .. }));
            if is_accepted && tracked.machine.is_none() {
                tracked.machine = Some(Machine::new(now, Watch::accepted(self.kind, self.now)));
            }
            let Some(Phase::Ended(status)) = tracked.machine.as_ref().map(Machine::phase) else { continue };
            let Some(mut entry) = tracked.entry.clone().or_else(|| tracked.submission.entry().cloned()) else {
                continue;
            };
            if entry.record(Fact::Ended { at: wall, status: status.clone(), error: error.clone() }) {
                self.storage.write(&entry);
                tracked.entry = Some(entry);
            }
        }
    }

    /// Nothing goes wrong any more: everything is asked until nothing is to be asked.
    pub fn calm_down(&mut self) {
        for round in 0..60 {
            self.happens(&Happening::Exchange(Fault::None));
            if round % 20 == 0 {
                self.server.end(Status::Success);
                self.happens(&Happening::SignIn);
            }
        }
    }
}
