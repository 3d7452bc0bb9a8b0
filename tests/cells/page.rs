//! One page of the console: the machines of core, and what it waits for.

use std::collections::{BTreeMap, VecDeque};

use weaviate_backups::api::client::Outcome;
use weaviate_backups::api::decode::Entry as Row;
use weaviate_backups::api::error::ApiError;
use weaviate_backups::api::wire::{ListedBackup, Node, OperationStatus};
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::Entry;
use weaviate_backups::ledger::submission::{self, Submission};
use weaviate_backups::poll::clock::{Instant, Millis};
use weaviate_backups::poll::look::{Look, Lost};
use weaviate_backups::poll::machine::{Event, Machine, Phase, Watch};

use weaviate_backups::preflight::cancel::Attempt;

use crate::browser::Build;

/// What the page waits for.
pub enum Awaited {
    Look {
        version: u64,
        outcome: Outcome<OperationStatus>,
    },
    /// An answer, for one of the page's submissions.
    Told {
        of: usize,
        event: submission::Event,
    },
    /// The moment of a look-up.
    LookUp {
        of: usize,
        turn: submission::Turn,
    },
    Nodes(Result<Vec<Node>, ApiError>),
    StatusOfCancel(Outcome<OperationStatus>),
    /// The answer to a DELETE.
    Cancelled,
    List(Outcome<Vec<Row<ListedBackup>>>),
}

/// The cancel of a restore, with what its own questions brought.
pub struct Cancel {
    pub attempt: Attempt,
    pub asked: bool,
    pub nodes: Option<Vec<(String, String)>>,
    pub status: Option<Status>,
}

/// The watch over the operation, beside an account of its own of what came in.
pub struct Watching {
    pub machine: Machine,
    /// The entry it belongs to.
    pub entry: String,
    /// The last words of the server about the operation.
    pub error: Option<String>,
    /// The last status that came in, and when.
    pub good: Option<(Status, Instant)>,
    /// The first look that failed since.
    pub lost: Option<(Instant, Lost)>,
    /// The first look in a row that named an end which had not happened.
    pub unwritten: Option<Instant>,
    /// When looks were sent, of the last minute.
    pub sent: VecDeque<i64>,
    pub ended: Option<Status>,
}

impl Watching {
    pub fn new(machine: Machine, entry: String) -> Self {
        let (error, good, lost, unwritten, ended) = (None, None, None, None, None);
        Self { machine, entry, error, good, lost, unwritten, sent: VecDeque::new(), ended }
    }

    /// Takes a look in, of this page (`version`) or of another one.
    pub fn saw(&mut self, build: Build, now: Instant, version: Option<u64>, look: &Look) -> Result<(), String> {
        if self.ended.is_some() {
            return Ok(());
        }
        // An answer to a look that was given up, or from before a pause, is none.
        let is_heard = match version {
            Some(version) => self.machine.is_looking() && self.machine.looks() == version,
            None => !matches!((self.machine.phase(), look), (Phase::Paused(_), _) | (_, Look::Paused(_))),
        };
        let understood = build.understands(look);
        let event = match version {
            Some(version) => Event::Looked { version, look: understood },
            None => Event::OtherLooked(understood),
        };
        self.machine.handle_event(now, event);
        if !is_heard {
            self.note_what_was_given_up(now);
            return Ok(());
        }
        let is_lost = matches!(self.machine.phase(), Phase::LostContact { .. });
        if is_lost && build == Build::StartsAnewWhenContactIsLost {
            self.machine = Machine::new(now, Watch::accepted(Kind::Create, 1));
        }
        self.account(now, look)?;
        if is_lost && build == Build::AsksAgainAtOnce {
            self.machine = Machine::new(now, Watch::accepted(Kind::Create, 1));
            (self.good, self.lost) = (None, None);
        }
        Ok(())
    }

    fn account(&mut self, now: Instant, look: &Look) -> Result<(), String> {
        match look {
            Look::Status { status, end_is_zero, .. } => {
                self.good = Some((status.clone(), now));
                self.lost = None;
                if *end_is_zero && status.is_terminal() {
                    let first = *self.unwritten.get_or_insert(now);
                    let asked_again = now.since(first) >= Millis::from_secs(10);
                    if matches!(self.machine.phase(), Phase::Ended(_)) && !asked_again {
                        return Err(format!("an end in the year 1 was believed at once: {status:?}"));
                    }
                } else if !status.is_terminal() {
                    self.unwritten = None;
                }
                Ok(())
            }
            Look::Lost(lost) => {
                self.lost.get_or_insert((now, *lost));
                match self.machine.phase() {
                    Phase::LostContact { reason, .. } if reason == lost => Ok(()),
                    other => Err(format!("{lost:?} after the acceptance is shown as {other:?}")),
                }
            }
            Look::Paused(pause) => {
                self.lost = None;
                match self.machine.phase() {
                    Phase::Paused(shown) if shown == pause => Ok(()),
                    other => Err(format!("{pause:?} is shown as {other:?}")),
                }
            }
        }
    }

    /// Hands in what is no look, and nothing else.
    pub fn tell(&mut self, now: Instant, event: Event) {
        self.machine.handle_event(now, event);
        if !matches!(self.machine.phase(), Phase::LostContact { .. }) {
            // A pause was ended by somebody, or began.
            self.lost = None;
        }
        self.note_what_was_given_up(now);
    }

    /// A timer fired.
    pub fn timeout(&mut self, now: Instant) {
        self.machine.handle_timeout(now);
        self.note_what_was_given_up(now);
    }

    /// A look whose answer did not come while the page slept.
    fn note_what_was_given_up(&mut self, now: Instant) {
        if matches!(self.machine.phase(), Phase::LostContact { reason: Lost::TimedOut, .. }) {
            self.lost.get_or_insert((now, Lost::TimedOut));
        }
    }

    /// What holds at every moment, by the account alone.
    pub fn check(&self) -> Result<(), String> {
        let kept = self.machine.status().cloned().zip(self.machine.status_at());
        if kept != self.good {
            return Err(format!("the last known state is {:?}, and {kept:?} is shown", self.good));
        }
        match (self.machine.phase(), &self.lost, &self.good) {
            (Phase::LostContact { since, .. }, Some((lost, _)), _) if since == lost => {}
            (Phase::LostContact { since, .. }, lost, _) => {
                return Err(format!("contact is said to be lost since {since:?}, but: {lost:?}"));
            }
            (Phase::Ended(status), _, Some((good, _))) if status == good => {}
            (Phase::Ended(status), _, good) => return Err(format!("{status:?} was never answered, but {good:?}")),
            _ => {}
        }
        Ok(())
    }

    /// Notes a look that is sent, and whether that is too many.
    pub fn sends(&mut self, now: i64) -> Result<(), String> {
        self.sent.retain(|sent| *sent > now - 60_000);
        // One that was asked for may come just before that after a round of the server.
        if self.sent.iter().rev().nth(1).is_some_and(|before| now - before < 1_000) {
            return Err("three looks within a second".into());
        }
        self.sent.push_back(now);
        if self.sent.len() > 61 { Err(format!("{} looks in a minute", self.sent.len())) } else { Ok(()) }
    }
}

#[derive(Default)]
pub struct Page {
    pub submissions: Vec<Submission>,
    pub watching: Option<Watching>,
    pub cancel: Option<Cancel>,
    pub awaited: Vec<(i64, Awaited)>,
    pub hidden: bool,
}

impl Page {
    /// When something is due, if ever.
    pub fn next(&self) -> Option<i64> {
        let timer = self.watching.as_ref().and_then(|watching| watching.machine.poll_timeout());
        let awaited = self.awaited.iter().map(|(due, _)| *due);
        awaited.chain(timer.map(Instant::as_millis)).min()
    }

    pub fn take_due(&mut self, now: i64) -> Option<Awaited> {
        let first = self.awaited.iter().enumerate().min_by_key(|(_, (due, _))| *due).map(|(at, _)| at)?;
        (self.awaited[first].0 <= now).then(|| self.awaited.swap_remove(first).1)
    }
}

/// What outlives a page: JSON texts by name, as in a browser's storage, each with what is read from it.
#[derive(Default)]
pub struct Ledger(BTreeMap<String, (String, Entry)>);

impl Ledger {
    pub fn write(&mut self, entry: &Entry) {
        let name = entry.name();
        let read = |text: &str| Entry::from_text(text).expect("what was written can be read");
        let kept = match self.0.get(&name) {
            Some((stored, _)) => entry.clone().over(read(stored)),
            None => entry.clone(),
        };
        let text = kept.to_text();
        let entry = read(&text);
        self.0.insert(name, (text, entry));
    }

    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.0.get(name).map(|(_, entry)| entry)
    }

    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.values().map(|(_, entry)| entry)
    }
}
