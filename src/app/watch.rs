//! Drives the machines that watch operations: real timers, real requests, one machine an operation, whoever looks.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Entry, Fact, State};
use weaviate_backups::ledger::submission::WriteFailure;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::poll::log::{Exchange, Log};
use weaviate_backups::poll::look::Pause;
use weaviate_backups::poll::machine::{Action, Event, Machine, Phase};

mod job;
mod look;
pub use job::Watched;
use job::{Job, change, now};

use super::ledger::Ledger;
use super::session::Session;
use crate::features::operation::known::{Known, Looks, Span};
use crate::platform::clock::{Timer, wall_now};
use crate::platform::neighbours::Neighbours;
use crate::platform::page;
use crate::platform::storage::StorageError;

/// An operation that came to its end while it was watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub key: OperationKey,
    pub status: Status,
    /// Milliseconds, when both ends are known.
    pub took: Option<i64>,
}

/// A handle; a plain copy.
#[derive(Clone, Copy)]
pub struct Watches {
    session: Session,
    ledger: Ledger,
    jobs: StoredValue<BTreeMap<OperationKey, Job>, LocalStorage>,
    running: RwSignal<Vec<OperationKey>>,
    ended: RwSignal<Option<Ended>>,
    /// Numbers the machines.
    last_serial: StoredValue<u64>,
    neighbours: StoredValue<Option<Neighbours>, LocalStorage>,
}

impl Watches {
    /// Watches nothing before it is started.
    pub fn new(session: Session, ledger: Ledger) -> Self {
        Self {
            session,
            ledger,
            jobs: StoredValue::new_local(BTreeMap::new()),
            running: RwSignal::new(Vec::new()),
            ended: RwSignal::new(None),
            last_serial: StoredValue::new(0),
            neighbours: StoredValue::new_local(None),
        }
    }

    /// Watches what the ledger has open, for as long as the current owner lives.
    pub fn start(self) {
        let Self { session, ledger, .. } = self;
        Effect::new(move || {
            let entries = ledger.entries().get();
            let connections = session.connections().get();
            let is_saved = |entry: &&Entry| connections.iter().any(|connection| connection.id == entry.key.connection);
            self.follow_ledger(&entries.iter().filter(is_saved).collect::<Vec<_>>());
        });
        Effect::new(move || {
            for connection in session.connections().get() {
                // Tracks the keys as well.
                session.lacks_key(&connection.id);
            }
            self.keys_changed();
        });
        Effect::new(move || {
            if ledger.ready().get() {
                self.begin_waiting();
            }
        });
        self.neighbours.set_value(Neighbours::on_watch(move |operation, told| self.heard(operation, told)));
        let visibility = page::on_visibility(move || {
            let event = if page::is_hidden() { Event::Hidden } else { Event::Shown };
            self.tell_all(|_| Some(event.clone()));
        });
        let online = page::on_online(move || {
            self.tell_all(|job| matches!(job.phase(), Some(Phase::LostContact { .. })).then_some(Event::AskedNow));
        });
        StoredValue::new_local((visibility, online));
    }

    pub fn of_view() -> Self {
        expect_context()
    }

    /// Operations of the ledger that have not ended, oldest first.
    pub fn running(self) -> Signal<Vec<OperationKey>> {
        self.running.into()
    }

    /// The operation that ended last while it was watched.
    pub fn ended(self) -> Signal<Option<Ended>> {
        self.ended.into()
    }

    /// What is known of an operation that is watched.
    pub fn watched(self, key: &OperationKey) -> Option<Watched> {
        self.jobs.try_with_value(|jobs| jobs.get(key).map(|job| job.watched.clone())).flatten()
    }

    /// Watches an operation for as long as the current owner lives, whether the ledger has it or not. One that has
    /// ended is asked for once more: what a server says of an end may change (behaviour notes 2.5).
    pub fn open(self, key: &OperationKey) -> Watched {
        let is_watched = self.jobs.with_value(|jobs| {
            jobs.get(key).is_some_and(|job| !matches!(job.phase(), Some(Phase::Ended(_) | Phase::Paused(_))))
        });
        if !is_watched {
            self.begin_from_ledger(key);
        }
        self.jobs.update_value(|jobs| {
            if let Some(job) = jobs.get_mut(key) {
                job.pages += 1;
            }
        });
        on_cleanup({
            let key = key.clone();
            move || self.close(&key)
        });
        self.watched(key).unwrap_or_default()
    }

    /// Looks at an operation now; also when watching was paused.
    pub fn look_now(self, key: &OperationKey) {
        self.tell(key, Event::AskedNow);
    }

    /// Adds an exchange about an operation to its log.
    pub fn note(self, key: &OperationKey, exchange: Exchange) {
        if let Some(watched) = self.watched(key) {
            watched.log.update(|log| log.push(exchange));
        }
    }

    fn close(self, key: &OperationKey) {
        self.jobs.try_update_value(|jobs| {
            let Some(job) = jobs.get_mut(key) else { return };
            job.pages = job.pages.saturating_sub(1);
            // What the ledger has is watched on, and after its end its answers stay to be read.
            if job.pages == 0 && job.entry.is_none() {
                jobs.remove(key);
            }
        });
    }

    fn follow_ledger(self, entries: &[&Entry]) {
        let open = book::to_watch(entries.iter().copied());
        for entry in &open {
            let is_begun = self.jobs.with_value(|jobs| {
                jobs.get(&entry.key).is_some_and(|job| job.entry.as_deref() == Some(entry.name().as_str()))
            });
            if !is_begun {
                self.begin(&entry.key, Some(entry));
            }
        }
        let keys: Vec<OperationKey> = open.iter().map(|entry| entry.key.clone()).collect();
        self.jobs.update_value(|jobs| {
            jobs.retain(|key, job| job.pages > 0 || keys.contains(key) || matches!(job.phase(), Some(Phase::Ended(_))));
        });
        if self.running.with_untracked(|running| *running != keys) {
            self.running.set(keys);
        }
    }

    /// Begins the watches that waited for the ledger.
    fn begin_waiting(self) {
        let waiting = self.jobs.with_value(|jobs| {
            jobs.iter().filter(|(_, job)| job.machine.is_none()).map(|(key, _)| key.clone()).collect::<Vec<_>>()
        });
        for key in waiting {
            self.begin_from_ledger(&key);
        }
    }

    fn begin_from_ledger(self, key: &OperationKey) {
        let entry = self
            .ledger
            .entries()
            .with_untracked(|entries| book::to_watch(entries).into_iter().find(|entry| entry.key == *key).cloned());
        self.begin(key, entry.as_ref());
    }

    /// A machine of its own for an operation, in the place of the one there is.
    fn begin(self, key: &OperationKey, entry: Option<&Entry>) {
        let now = now();
        let seed = wall_now().unsigned_abs();
        let was_answered =
            self.watched(key).is_some_and(|seen| seen.known.with_untracked(|known| known.answer.is_some()));
        let moment = (now, WallMillis(wall_now()));
        let watch =
            self.ledger.entries().with_untracked(|entries| book::watch(entries, key, was_answered, moment, seed));
        self.last_serial.update_value(|serial| *serial += 1);
        let machine = self.ledger.ready().get_untracked().then(|| {
            let mut machine = Machine::new(now, watch);
            if page::is_hidden() {
                machine.handle_event(now, Event::Hidden);
            }
            machine
        });
        let name = entry.map(Entry::name);
        let before = self.jobs.try_update_value(|jobs| jobs.remove(key)).flatten();
        let watched = before.as_ref().map(|job| job.watched.clone()).unwrap_or_default();
        // Another restore of the same backup starts with an empty page; a second look at the same one does not.
        let is_another = name.is_some()
            && before.as_ref().is_some_and(|job| {
                let has_ended = job.watched.known.with_untracked(|known| known.end().is_some());
                has_ended || (job.entry.is_some() && job.entry != name)
            });
        if is_another {
            watched.known.set(Known::default());
            watched.looks.set(Looks::default());
            watched.log.set(Log::default());
        }
        let job = Job {
            serial: self.last_serial.get_value(),
            machine,
            timer: None,
            watched,
            was_running: name.is_some(),
            pages: before.as_ref().map_or(0, |job| job.pages),
            entry: name.or(before.and_then(|job| job.entry)),
        };
        self.jobs.update_value(|jobs| {
            jobs.insert(key.clone(), job);
        });
        self.drive(key);
    }

    fn keys_changed(self) {
        self.tell_all(|job| matches!(job.phase(), Some(Phase::Paused(Pause::KeyNeeded))).then_some(Event::SignedIn));
    }

    fn tell_all(self, event: impl Fn(&Job) -> Option<Event>) {
        let events = self.jobs.try_with_value(|jobs| {
            jobs.iter().filter_map(|(key, job)| Some((key.clone(), event(job)?))).collect::<Vec<_>>()
        });
        for (key, event) in events.unwrap_or_default() {
            self.tell(&key, event);
        }
    }

    fn tell(self, key: &OperationKey, event: Event) {
        self.jobs.try_update_value(|jobs| {
            if let Some(machine) = jobs.get_mut(key).and_then(|job| job.machine.as_mut()) {
                machine.handle_event(now(), event);
            }
        });
        self.drive(key);
    }

    /// Does what the machine asks for, sets the timer that it wants, and shows what changed.
    fn drive(self, key: &OperationKey) {
        let wanted = self.jobs.try_update_value(|jobs| {
            let job = jobs.get_mut(key)?;
            let machine = job.machine.as_mut()?;
            let mut versions = Vec::new();
            while let Some(Action::Look { version }) = machine.poll_action() {
                versions.push(version);
            }
            let key = key.clone();
            job.timer = machine.poll_timeout().map(|at| {
                Timer::after(at.since(now()).0, move || {
                    self.jobs.try_update_value(|jobs| {
                        if let Some(machine) = jobs.get_mut(&key).and_then(|job| job.machine.as_mut()) {
                            machine.handle_timeout(now());
                        }
                    });
                    self.drive(&key);
                })
            });
            Some((job.serial, versions))
        });
        let Some((serial, versions)) = wanted.flatten() else { return };
        for version in versions {
            self.look(key, serial, version);
        }
        self.show(key);
    }

    /// Puts the machine's state into the signals, and tells of an end.
    fn show(self, key: &OperationKey) {
        let shown = self.jobs.try_update_value(|jobs| {
            let job = jobs.get_mut(key)?;
            let machine = job.machine.as_ref()?;
            let phase = machine.phase().clone();
            let due = machine.next_look().map(|at| WallMillis(wall_now() + at.as_millis() - now().as_millis()));
            let is_looking = machine.is_looking();
            let is_news = matches!(phase, Phase::Ended(_)) && std::mem::take(&mut job.was_running);
            Some((job.watched.clone(), phase, due, is_looking, is_news, job.entry.clone()))
        });
        let Some((watched, phase, due, under_way, is_news, entry)) = shown.flatten() else { return };
        change(&watched.known, |known| known.phase = phase.clone());
        change(&watched.looks, |looks| {
            looks.next = due;
            looks.under_way = under_way;
        });
        if let Phase::Ended(status) = phase {
            let answer = watched.known.with_untracked(|known| known.answer.clone());
            let of_ledger = self
                .ledger
                .entries()
                .with_untracked(|entries| entries.iter().find(|kept| Some(kept.name()) == entry).cloned());
            if is_news {
                let took = Span::of(answer.as_ref(), of_ledger.as_ref()).took();
                self.ended.set(Some(Ended { key: key.clone(), status: status.clone(), took }));
            }
            if let Some(entry) = of_ledger {
                self.write_end(entry, status, answer.and_then(|answer| answer.error));
            }
        }
    }

    fn write_end(self, mut entry: Entry, status: Status, error: Option<String>) {
        if let State::Ended { status: ended, error: words, .. } = &entry.state
            && *ended == status
            && *words == error
        {
            return;
        }
        if entry.record(Fact::Ended { at: WallMillis(wall_now()), status, error }) {
            spawn_local(async move {
                if let Err(failure) = self.ledger.write(entry).await {
                    // This page knows the end all the same; the next one asks again.
                    let full = failure == WriteFailure::Full;
                    self.session.note(Err(if full { StorageError::Full } else { StorageError::Unavailable }));
                }
            });
        }
    }
}
