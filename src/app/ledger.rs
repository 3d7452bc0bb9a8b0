//! What was started from this browser, in memory and on disk.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Entry, State};
use weaviate_backups::ledger::submission::WriteFailure;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::cancel::InLedger;

use crate::platform::ledger_store::{LedgerStore, LedgerStoreError};
use crate::platform::neighbours::Neighbours;

/// Entries that are kept: enough for years of nightly backups, and read in some milliseconds.
const KEEP: usize = 2000;

/// What was started from this browser and this page does not know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// What is kept could not be read.
    NotRead,
    /// Some kept texts are no entries that this console can read, as those of a later one. They are left as they are.
    Unreadable,
}

/// A handle; a plain copy.
#[derive(Clone, Copy)]
pub struct Ledger {
    entries: RwSignal<Vec<Entry>>,
    gap: RwSignal<Option<Gap>>,
    ready: RwSignal<bool>,
    failure: RwSignal<Option<WriteFailure>>,
    neighbours: StoredValue<Option<Neighbours>, LocalStorage>,
}

impl Ledger {
    /// Knows of nothing before it is started.
    pub fn new() -> Self {
        Self {
            entries: RwSignal::new(Vec::new()),
            gap: RwSignal::new(None),
            ready: RwSignal::new(false),
            failure: RwSignal::new(None),
            neighbours: StoredValue::new_local(None),
        }
    }

    /// Reads what is kept, and again when another tab changed it, for as long as its owner lives.
    pub fn start(self) {
        let neighbours = Neighbours::on_ledger(move || spawn_local(self.load()));
        self.neighbours.set_value(neighbours);
        spawn_local(self.load());
    }

    pub fn of_view() -> Self {
        expect_context()
    }

    /// Whether what is kept was read, or was found to be unreadable. Before that there may be entries nobody knows of.
    pub fn ready(self) -> Signal<bool> {
        self.ready.into()
    }

    /// In no order. See [`book`].
    pub fn entries(self) -> Signal<Vec<Entry>> {
        self.entries.into()
    }

    /// What it does not know of.
    pub fn gap(self) -> Signal<Option<Gap>> {
        self.gap.into()
    }

    /// What it has to say of a restore that is to be cancelled. Tracks all of it.
    pub fn of_restore(self, key: &OperationKey, now: WallMillis) -> InLedger {
        InLedger {
            is_read: self.ready.get() && self.gap.with(Option::is_none),
            running_since: self.entries.with(|entries| book::running_since(entries, key)),
            other_restores: self.other_restores(key, now),
        }
    }

    /// See [`book::other_restores`]. Tracks the entries.
    pub fn other_restores(self, but: &OperationKey, now: WallMillis) -> Vec<OperationKey> {
        self.entries.with(|entries| book::other_restores(entries, but, now).into_iter().cloned().collect())
    }

    /// The newest entry about an operation. Tracks the entries.
    pub fn entry(self, key: &OperationKey) -> Option<Entry> {
        self.entries.with(|entries| book::newest(entries, key).cloned())
    }

    /// Keeps an entry. `Ok` when it is on disk: it, or the one of another tab that knows more.
    ///
    /// When it cannot be kept, memory has it all the same, unless its POST was not sent yet: then nothing happened.
    pub async fn write(self, entry: Entry) -> Result<(), WriteFailure> {
        let written = put(&entry).await;
        let result = match written {
            Ok(kept) => {
                self.remember(kept);
                self.forget_oldest().await;
                self.tell();
                Ok(())
            }
            Err(failure) => {
                if entry.state != State::Intended {
                    self.remember(entry);
                }
                Err(failure)
            }
        };
        self.failure.try_set(result.err());
        result
    }

    /// Forgets every entry, those that cannot be read as well.
    pub async fn clear(self) -> Result<(), WriteFailure> {
        let cleared = async { LedgerStore::open().await?.clear().await }.await;
        cleared.map_err(|error| write_failure(&error))?;
        self.entries.try_set(Vec::new());
        self.gap.try_set(None);
        self.tell();
        Ok(())
    }

    async fn load(self) {
        let read = async {
            if LedgerStore::is_there().await { LedgerStore::open().await?.all().await } else { Ok(Vec::new()) }
        };
        match read.await {
            Ok(texts) => {
                let (read, unreadable): (Vec<_>, Vec<_>) =
                    texts.iter().map(|(_, text)| Entry::from_text(text)).partition(Result::is_ok);
                self.gap.try_set((!unreadable.is_empty()).then_some(Gap::Unreadable));
                self.take(read.into_iter().flatten().collect());
            }
            Err(error) => {
                let failure = write_failure(&error);
                // Where nothing can be kept, nothing was.
                self.gap.try_set((failure != WriteFailure::Unavailable).then_some(Gap::NotRead));
                self.failure.try_set(Some(failure));
            }
        }
        if self.ready.try_get_untracked() == Some(false) {
            self.ready.set(true);
        }
    }

    /// Puts what is on disk in the place of what memory has, but for what could not be kept.
    fn take(self, stored: Vec<Entry>) {
        let Some(known) = self.entries.try_get_untracked() else { return };
        let is_kept = self.failure.get_untracked().is_none();
        let mut entries = stored;
        if !is_kept {
            for entry in known.iter().cloned() {
                insert(&mut entries, entry);
            }
        }
        if entries != known {
            self.entries.set(entries);
        }
    }

    fn remember(self, entry: Entry) {
        self.entries.try_update(|entries| insert(entries, entry));
    }

    /// A failure changes nothing: there are some entries more until the next time.
    async fn forget_oldest(self) {
        let names = self.entries.try_with_untracked(|entries| book::to_forget(entries, KEEP)).unwrap_or_default();
        if names.is_empty() {
            return;
        }
        let deleted = async { LedgerStore::open().await?.delete(&names).await }.await;
        if deleted.is_ok() {
            self.entries.try_update(|entries| entries.retain(|entry| !names.contains(&entry.name())));
        }
    }

    fn tell(self) {
        self.neighbours.try_with_value(|neighbours| {
            if let Some(neighbours) = neighbours {
                neighbours.tell_ledger();
            }
        });
    }
}

impl Default for Ledger {
    fn default() -> Self {
        Self::new()
    }
}

fn insert(entries: &mut Vec<Entry>, entry: Entry) {
    let name = entry.name();
    match entries.iter_mut().find(|known| known.name() == name) {
        Some(known) => *known = entry.over(known.clone()),
        None => entries.push(entry),
    }
}

async fn put(entry: &Entry) -> Result<Entry, WriteFailure> {
    let text = entry.to_text();
    let mine = entry.clone();
    // A kept text that cannot be read under a name of ours is of a later console, which knows more than this one.
    let newest = move |stored: Option<String>| match stored {
        None => text,
        Some(stored) => match Entry::from_text(&stored) {
            Ok(kept) => mine.over(kept).to_text(),
            Err(unreadable) if unreadable.is_newer => stored,
            Err(_) => text,
        },
    };
    let kept = async { LedgerStore::open().await?.put(&entry.name(), newest).await }.await;
    let kept = kept.map_err(|error| write_failure(&error))?;
    Ok(Entry::from_text(&kept).unwrap_or_else(|_| entry.clone()))
}

fn write_failure(error: &LedgerStoreError) -> WriteFailure {
    match error {
        LedgerStoreError::Full => WriteFailure::Full,
        LedgerStoreError::Unavailable => WriteFailure::Unavailable,
        LedgerStoreError::Other(_) => WriteFailure::Other,
    }
}
