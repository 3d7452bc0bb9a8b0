//! One watched operation: its machine, its timer and the signals that views read.

use leptos::prelude::*;
use weaviate_backups::poll::clock::Instant;
use weaviate_backups::poll::log::Log;
use weaviate_backups::poll::machine::{Machine, Phase};

use crate::features::operation::known::{Known, Looks};
use crate::platform::clock::{Timer, monotonic_now};

/// What views see of a watched operation. Each part changes only when it is another.
#[derive(Clone, Default)]
pub struct Watched {
    pub known: ArcRwSignal<Known>,
    /// For clocks.
    pub looks: ArcRwSignal<Looks>,
    /// Grows by a line or a count with every answer.
    pub log: ArcRwSignal<Log>,
}

pub(super) struct Job {
    /// Tells the answers to this machine from those to one before it.
    pub(super) serial: u64,
    /// `None` until the ledger was read: it says what is known at the start.
    pub(super) machine: Option<Machine>,
    pub(super) timer: Option<Timer>,
    pub(super) watched: Watched,
    /// The ledger's entry that this machine was begun for.
    pub(super) entry: Option<String>,
    /// How many pages show it.
    pub(super) pages: u32,
    /// Whether it was seen running, or was to be from the ledger: then its end is news.
    pub(super) was_running: bool,
}

impl Job {
    pub(super) fn phase(&self) -> Option<&Phase> {
        self.machine.as_ref().map(Machine::phase)
    }
}

pub(super) fn now() -> Instant {
    Instant::from_millis(i64::try_from(monotonic_now()).unwrap_or(i64::MAX))
}

/// Wakes nobody when nothing changed.
pub(super) fn change<T: Clone + PartialEq + Send + Sync + 'static>(
    signal: &ArcRwSignal<T>,
    change: impl FnOnce(&mut T),
) {
    let mut value = signal.get_untracked();
    change(&mut value);
    if signal.with_untracked(|before| *before != value) {
        signal.set(value);
    }
}
