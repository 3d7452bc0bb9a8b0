//! The pages of one browser and its ledger before the server: every call and timer, in simulated time.

use std::future::Future;
use std::task::{Context, Poll, Waker};

use weaviate_backups::api::client::{Client, Outcome, read_status};
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::request::{self, Request};
use weaviate_backups::api::transport::{Answer, NoAnswer, Transport};
use weaviate_backups::api::wire::OperationStatus;
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Fact as Known, LostPost, Proof, State};
use weaviate_backups::ledger::evidence::Found;
use weaviate_backups::ledger::submission::{self, Submission};
use weaviate_backups::poll::look::{Look, Lost};
use weaviate_backups::poll::machine::{self, Machine, Phase as Shown, Watch};
use weaviate_backups::preflight::cancel::InLedger;
use weaviate_backups::preflight::fact::Fact;
use weaviate_backups::preflight::nodes::NodeFacts;

use crate::dice::Dice;
use crate::grid::Fault;
use crate::page::{Awaited, Ledger, Page, Watching};
use crate::world::{NODES, World, key};

/// How the browser is built. Only the first is right; the others show that the properties see what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    Honest,
    TakesNotFoundForFailed,
    BelievesTheYearOne,
    SendsALostPostAgain,
    StartsAnewWhenContactIsLost,
    AsksAgainAtOnce,
    CancelsWithoutALook,
    KeepsNothingBeforeThePost,
    BelievesEvery404,
    GivesASlowServerNoTimeAfterAReload,
    OrdersByTheClock,
    ThinksEveryIdFree,
    ForgetsWhatAnswered,
}

impl Build {
    /// What a look-up by id is taken for.
    pub fn finds(self, outcome: &Outcome<OperationStatus>) -> Found {
        match Found::of(outcome.as_ref().map(|answered| &answered.value)) {
            Found::Unclear if self == Self::BelievesEvery404 => Found::None,
            found => found,
        }
    }

    /// What the machine is told of a look.
    pub fn understands(self, look: &Look) -> Look {
        let mut look = look.clone();
        match (&mut look, self) {
            (Look::Lost(Lost::Absent | Lost::NotFound), Self::TakesNotFoundForFailed) => {
                look = Look::Status { status: Status::Failed, end_is_zero: false, running_for: None };
            }
            (Look::Status { end_is_zero, .. }, Self::BelievesTheYearOne) => *end_is_zero = false,
            _ => {}
        }
        look
    }
}

pub struct Browser {
    pub build: Build,
    pub world: World,
    pub pages: Vec<Page>,
    pub ledger: Ledger,
    pub presses: u32,
    pub dice: Dice,
}

/// A transport that has the answer already.
pub struct There(Result<Answer, NoAnswer>);

impl Transport for There {
    async fn send(&self, _: &Request) -> Result<Answer, NoAnswer> {
        self.0.clone()
    }
}

/// What the client of the console makes of an answer. Its futures are ready at once over such a transport.
pub fn read<T>(answer: Result<Answer, NoAnswer>, call: impl AsyncFnOnce(Client<There>) -> T) -> T {
    let client = Client::new(key(Kind::Create).connection, There(answer));
    let mut future = std::pin::pin!(call(client));
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => unreachable!("the answer is there"),
    }
}

impl Browser {
    pub fn new(build: Build, world: World, dice: Dice) -> Self {
        let (pages, ledger) = (vec![Page::default()], Ledger::default());
        Self { build, world, pages, ledger, presses: 0, dice }
    }

    pub fn kind(&self) -> Kind {
        self.world.cell.plot.kind()
    }

    /// Lets time pass until `until`, one thing after the other.
    pub fn run_until(&mut self, until: i64) -> Result<(), String> {
        for _ in 0..20_000 {
            self.settle()?;
            let next = if self.world.is_asleep() { None } else { self.pages.iter().filter_map(Page::next).min() };
            let Some(next) = next.filter(|next| *next <= until) else {
                self.world.now = self.world.now.max(until);
                self.world.observe();
                return Ok(());
            };
            self.world.now = self.world.now.max(next);
            self.world.observe();
            let now = self.world.now;
            for number in 0..self.pages.len() {
                if let Some(awaited) = self.pages[number].take_due(now) {
                    self.came(number, awaited)?;
                    self.check()?;
                }
                if let Some(watching) = &mut self.pages[number].watching {
                    watching.timeout(self.world.instant());
                }
            }
        }
        Err("it asks for ever".into())
    }

    /// Does what the machines ask for, until they ask for nothing.
    pub fn settle(&mut self) -> Result<(), String> {
        if self.world.is_asleep() {
            return Ok(());
        }
        for number in 0..self.pages.len() {
            for of in 0..self.pages[number].submissions.len() {
                while let Some(action) = self.pages[number].submissions[of].poll_action() {
                    self.carry_out(number, of, action);
                }
            }
            self.follow_ledger(number);
            let polled = self.pages[number].watching.as_mut().and_then(|watching| watching.machine.poll_action());
            if let Some(machine::Action::Look { version }) = polled {
                self.look(number, version)?;
            }
        }
        self.check()
    }

    fn look(&mut self, number: usize, version: u64) -> Result<(), String> {
        let (now, instant) = (self.world.now, self.world.instant());
        if let Some(watching) = &mut self.pages[number].watching {
            watching.sends(now)?;
        }
        for other in (0..self.pages.len()).filter(|other| *other != number) {
            if let Some(watching) = &mut self.pages[other].watching {
                watching.tell(instant, machine::Event::OtherLooks);
            }
        }
        let key = key(self.kind());
        let (due, answer) = self.world.send(&request::status_of(&key));
        let outcome = read_status(&key, &answer);
        self.pages[number].awaited.push((due, Awaited::Look { version, outcome }));
        Ok(())
    }

    fn came(&mut self, number: usize, awaited: Awaited) -> Result<(), String> {
        let (now, instant, wall) = (self.world.now, self.world.instant(), self.world.wall());
        match awaited {
            Awaited::Look { version, outcome } => {
                let look = Look::of(outcome.as_ref().map(|answered| &answered.value), wall);
                let build = self.build;
                let error = outcome.ok().and_then(|answered| answered.value.error);
                for other in 0..self.pages.len() {
                    if let Some(watching) = &mut self.pages[other].watching {
                        if matches!(look, Look::Status { .. }) {
                            watching.error.clone_from(&error);
                        }
                        watching.saw(build, instant, Some(version).filter(|_| other == number), &look)?;
                    }
                    self.write_end(other);
                }
            }
            Awaited::Told { of, event } => self.pages[number].submissions[of].handle_event(wall, event),
            Awaited::LookUp { of, turn } => {
                let key = key(self.kind());
                let (due, answer) = self.world.send(&request::status_of(&key));
                let found = self.build.finds(&read_status(&key, &answer));
                let entry = self.pages[number].submissions[of].entry();
                let is_last = entry.is_none_or(|entry| book::is_last(self.ledger.entries(), entry));
                let event = submission::Event::LookedUp { turn, found, is_last };
                self.pages[number].awaited.push((due, Awaited::Told { of, event }));
            }
            Awaited::Nodes(nodes) => {
                if let Some(cancel) = &mut self.pages[number].cancel {
                    let named = |nodes: &Vec<weaviate_backups::api::wire::Node>| {
                        nodes.iter().map(|node| (node.name.clone(), node.status.clone())).collect()
                    };
                    cancel.nodes = nodes.as_ref().ok().map(named);
                    cancel.attempt.nodes_answered(NodeFacts {
                        now: Fact::of(wall, nodes.as_ref().cloned()),
                        ever_seen: NODES.map(str::to_owned).into(),
                        ..NodeFacts::default()
                    });
                    cancel.asked = false;
                }
                self.go_on_with_cancel(number)?;
            }
            Awaited::StatusOfCancel(outcome) => {
                let status = Fact::of_status(wall, outcome.as_ref().map(|answered| answered.value.status.clone()));
                let key = key(self.kind());
                let entries = || self.ledger.entries();
                let in_ledger = InLedger {
                    is_read: true,
                    running_since: book::running_since(entries(), &key),
                    other_restores: book::other_restores(entries(), &key, wall).into_iter().cloned().collect(),
                };
                if let Some(cancel) = &mut self.pages[number].cancel {
                    cancel.status = outcome.ok().map(|answered| answered.value.status);
                    cancel.attempt.status_answered(status, wall, in_ledger);
                    cancel.asked = false;
                }
                self.go_on_with_cancel(number)?;
            }
            Awaited::Cancelled => self.tell(number, machine::Event::AskedNow),
            Awaited::List(list) => {
                let given_up = list.as_ref().is_err_and(|error| matches!(error.kind, ErrorKind::TimedOut { .. }));
                if given_up && self.world.cell.fault == Fault::SlowList {
                    return Err(format!("a list that takes 30 s was given up at {now}"));
                }
            }
        }
        Ok(())
    }

    pub fn list(&mut self, number: usize) {
        let request = request::list("s3");
        let (due, answer) = self.world.send(&request);
        let list = read(answer, async |client| client.list("s3").await);
        self.pages[number].awaited.push((due, Awaited::List(list)));
    }

    pub fn tell(&mut self, number: usize, event: machine::Event) {
        let now = self.world.instant();
        if let Some(watching) = &mut self.pages[number].watching {
            watching.tell(now, event);
        }
    }

    pub fn tell_submissions(&mut self, number: usize, event: &submission::Event) {
        let wall = self.world.wall();
        for submission in &mut self.pages[number].submissions {
            submission.handle_event(wall, event.clone());
        }
    }

    /// A page that begins: what is kept is taken up again.
    pub fn open_page(&mut self) -> Page {
        let (wall, seed) = (self.world.wall(), self.world.now.unsigned_abs());
        let open =
            self.ledger.entries().filter(|entry| !matches!(entry.state, State::Accepted(_)) && entry.state.is_open());
        let taken_up = open.cloned().map(|mut entry| {
            if self.build == Build::GivesASlowServerNoTimeAfterAReload {
                // As if the server had had all its time.
                entry.record(Known::AnswerLost { at: wall, why: LostPost::TimedOut });
            }
            Submission::resume(entry, seed, wall)
        });
        let submissions = taken_up.collect();
        Page { submissions, ..Page::default() }
    }

    /// Watches what the ledger knows to be accepted.
    fn follow_ledger(&mut self, number: usize) {
        // One operation is all there is.
        let Some(entry) = book::to_watch(self.ledger.entries()).pop() else { return };
        let name = entry.name();
        if self.pages[number].watching.as_ref().is_none_or(|watching| watching.entry != name) {
            self.watch(number, &name);
        }
    }

    /// Watches an entry, or looks again at one that has ended.
    pub fn watch(&mut self, number: usize, name: &str) {
        let now = self.world.instant();
        let was_answered = self.pages[number].watching.as_ref().is_some_and(|watching| watching.good.is_some());
        let (moment, seed) = ((now, self.world.wall()), self.world.now.unsigned_abs() + number as u64);
        let watch = match self.build {
            Build::ForgetsWhatAnswered => Watch::opened(self.kind(), seed),
            _ => book::watch(self.ledger.entries(), &key(self.kind()), was_answered, moment, seed),
        };
        let mut machine = Machine::new(now, watch);
        if self.pages[number].hidden {
            machine.handle_event(now, machine::Event::Hidden);
        }
        self.pages[number].awaited.retain(|(_, awaited)| !matches!(awaited, Awaited::Look { .. }));
        self.pages[number].watching = Some(Watching::new(machine, name.to_owned()));
    }

    fn write_end(&mut self, number: usize) {
        let at = self.world.wall();
        let Some(watching) = &mut self.pages[number].watching else { return };
        let Shown::Ended(status) = watching.machine.phase() else { return };
        watching.ended = Some(status.clone());
        let Some(mut entry) = self.ledger.entry(&watching.entry).cloned() else { return };
        if entry.record(Known::Ended { at, status: status.clone(), error: watching.error.clone() }) {
            self.ledger.write(&entry);
        }
    }

    /// What holds at every moment.
    fn check(&mut self) -> Result<(), String> {
        if self.world.posts > self.presses {
            return Err(format!("{} POSTs of {} presses", self.world.posts, self.presses));
        }
        for watching in self.pages.iter().filter_map(|page| page.watching.as_ref()) {
            watching.check()?;
            if let Shown::Ended(status) = watching.machine.phase()
                && !self.world.held_by(self.ledger.entry(&watching.entry)).contains(status)
            {
                let entry = self.ledger.entry(&watching.entry);
                let held = self.world.held_by(entry);
                return Err(format!("{status:?} is shown as the end; the server held {held:?}: {entry:?}"));
            }
        }
        for name in &self.world.taken {
            // Neither as refused nor as not taken, whatever the server said while it could not read its storage, or had not
            // come to the request yet.
            if !self.ledger.entry(name).is_some_and(|entry| entry.state.may_exist()) {
                let entries: Vec<_> = self.ledger.entries().collect();
                return Err(format!("what the server took is not kept: {name}, but {entries:?}"));
            }
        }
        for entry in self.ledger.entries() {
            if let State::Ended { status, .. } = &entry.state {
                let held = self.world.held_by(Some(entry));
                if !held.contains(status) {
                    return Err(format!("{status:?} is kept as the end; the server held {held:?}"));
                }
            }
            // A create that is found is the one that was asked for, and no other of its id.
            let is_found = entry.state.acceptance().is_some_and(|acceptance| acceptance.proof == Proof::FoundById);
            if is_found && !self.world.taken.contains(&entry.name()) {
                return Err(format!("an acceptance was invented: {entry:?}"));
            }
        }
        Ok(())
    }
}
