//! Operations in time: the coordinator's rounds, and what it keeps in memory (behaviour notes 2).

pub(crate) mod create;
pub(crate) mod restore;

use crate::http::Reply;
use crate::state::{Backend, Backup, Descriptor, Place, State};
use crate::texts;
use crate::{Kind, Simulator, Work};
use std::collections::BTreeSet;
use weaviate_backups::domain::pattern::Pattern;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;

/// The coordinator looks at its nodes 2 s after the POST, then every 10 s; only then does a status change.
const FIRST_ROUND_MILLIS: u64 = 2_000;
const ROUND_MILLIS: u64 = 10_000;
/// How long a node takes to stop when it is told to.
const ABORT_MILLIS: u64 = 50;

/// The files of a backup that the coordinator reads.
const CREATE_FILE: &str = "backup_config.json";
const RESTORE_FILE: &str = "restore_config.json";

/// What the coordinator remembers of one kind of operation; it leaks into the 404 texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// When the last operation started since the process did.
    pub(crate) started_at: Option<Timestamp>,
    /// A restore was cancelled when none ran: its status word stays visible (README of the recordings, `left`).
    pub(crate) left_canceled: bool,
    pub(crate) running: Option<Running>,
}

#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) status: Status,
    started_millis: u64,
    /// Until then the storage did not answer, so that no round came to an end.
    blind_until: u64,
    work: Work,
    canceled: Option<Cancel>,
    restore: Option<restore::Applying>,
}

#[derive(Clone, Debug)]
struct Cancel {
    at_millis: u64,
    error: &'static str,
}

impl Running {
    /// When the nodes stop; `None`: not before somebody says so.
    fn stops_at(&self) -> Option<u64> {
        let ends = self.work.worked_millis.map(|millis| self.started_millis + millis);
        match &self.canceled {
            None => ends,
            Some(_) if self.work.abort_millis.is_some() => {
                self.work.abort_millis.map(|millis| self.started_millis + millis)
            }
            Some(cancel) => {
                let aborted = cancel.at_millis + ABORT_MILLIS;
                Some(ends.map_or(aborted, |ends| ends.min(aborted)))
            }
        }
    }

    /// When the next collection of a restore is put in place.
    fn next_step(&self) -> Option<u64> {
        self.restore.as_ref().and_then(restore::Applying::next_step)
    }

    /// The next moment at which anything changes.
    fn next_event(&self) -> Option<u64> {
        if let Some(next) = self.next_step() {
            return Some(next);
        }
        let first = self.started_millis + FIRST_ROUND_MILLIS;
        let late = self.stops_at()?.max(self.blind_until).saturating_sub(first);
        Some(first + late.div_ceil(ROUND_MILLIS) * ROUND_MILLIS)
    }

    /// Ends work that was held.
    pub(crate) fn release(&mut self, now_millis: u64) {
        let worked = now_millis.saturating_sub(self.started_millis);
        self.work.worked_millis = Some(self.work.worked_millis.map_or(worked, |planned| planned.min(worked)));
    }

    /// The storage has not answered between these two moments: nodes at work fail, and the coordinator cannot tell.
    fn lose_storage(&mut self, from_millis: u64, until_millis: u64, state: &State) {
        if self.next_step().is_some() {
            return; // The nodes hold all files, what is left happens in the schema.
        }
        if self.stops_at().is_none_or(|stop| from_millis < stop) {
            self.work.fails = Some(match &self.restore {
                None => texts::storage_lost_in_create(&self.id, &state.not_found(&self.place, &state.node_file())),
                Some(applying) => applying.storage_lost(state, &self.place),
            });
            self.release(from_millis);
        }
        self.blind_until = until_millis + 1;
    }

    /// Tells the nodes to stop. Work that has ended already is not undone.
    pub(crate) fn cancel(&mut self, now_millis: u64, error: &'static str) -> bool {
        let pending = self.canceled.is_none() && self.stops_at().is_none_or(|stop| now_millis < stop);
        if pending {
            self.canceled = Some(Cancel { at_millis: now_millis, error });
        }
        pending
    }
}

impl Memory {
    /// The tail of a 404 text, with the blanks of its empty fields.
    fn store(&self) -> String {
        let time = self.started_at.map_or_else(|| texts::ZERO_TIME.to_owned(), String::from);
        let time = time.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.').replace('T', " ");
        match &self.running {
            Some(running) => {
                format!("{{{time} +0000 UTC {} {} {}  }}", running.id, running.status.as_str(), running.place.home)
            }
            None if self.left_canceled => format!("{{{time} +0000 UTC  CANCELED   }}"),
            None => format!("{{{time} +0000 UTC     }}"),
        }
    }

    /// 404: no descriptor where it was looked for; `missing` is what the backend said.
    fn not_found(&self, missing: &str) -> Reply {
        let head = self.running.as_ref().map_or("", |running| &running.place.home);
        let text =
            format!("coordinator cannot get status: metadata not found: \"{head}\": {missing} store: {}", self.store());
        texts::handler(404, text)
    }

    /// 500: a descriptor that is no JSON.
    fn unreadable(&self) -> Reply {
        let head = self.running.as_ref().map_or("", |running| &running.place.home);
        let text =
            format!("coordinator cannot get status: \"{head}\": {} store: {}", texts::BROKEN_DESCRIPTOR, self.store());
        texts::handler(500, text)
    }

    /// Whether this id is the one at work: asked on the coordinator, the location is not compared.
    fn runs(&self, id: &str) -> bool {
        self.running.as_ref().is_some_and(|running| running.id == id)
    }
}

impl Simulator {
    /// Lets time pass up to `now_millis` (Unix time): every round and every applied collection until then happens, in
    /// order. Going back is ignored.
    pub fn advance(&mut self, now_millis: u64) {
        let state = &self.state;
        for memory in [&mut self.create, &mut self.restore] {
            if let Some(running) = memory.running.as_mut().filter(|running| state.is_unreachable(&running.place)) {
                running.lose_storage(self.now_millis, now_millis, state);
            }
        }
        loop {
            let next = [Kind::Create, Kind::Restore]
                .into_iter()
                .filter_map(|kind| Some((self.memory(kind).running.as_ref()?.next_event()?, kind)))
                .min_by_key(|(at, _)| *at)
                .filter(|(at, _)| *at <= now_millis);
            match next {
                Some((at, Kind::Create)) => self.end_create(at),
                Some((at, Kind::Restore)) => self.step_restore(at),
                None => break,
            }
        }
        self.now_millis = self.now_millis.max(now_millis);
    }

    /// Starts an operation, with the work planned for it or one that depends on the number of objects.
    fn start(&mut self, kind: Kind, id: &str, place: Place, objects: u64, restore: Option<restore::Applying>) {
        let planned = self.planned.iter().position(|(planned, _)| *planned == kind);
        let work = planned.and_then(|at| self.planned.remove(at)).map_or_else(
            || Work::lasting(500 + objects.saturating_mul(1_000) / self.state.objects_per_second.max(1)),
            |(_, work)| work,
        );
        let status = if kind == Kind::Create { Status::Started } else { Status::Transferring };
        let started_millis = self.now_millis;
        let running =
            Running { place, id: id.to_owned(), status, started_millis, blind_until: 0, work, canceled: None, restore };
        let started_at = timestamp(started_millis);
        *self.memory(kind) = Memory { started_at, left_canceled: false, running: Some(running) };
    }

    fn backup_at(&mut self, place: &Place) -> Option<&mut Backup> {
        let held = self.state.holds(place);
        let found = self.state.backups.iter_mut().find(|backup| backup.home == place.home);
        found.filter(|backup| held && backup.descriptor != Descriptor::Missing)
    }
}

/// `None` past the year 9999.
pub(crate) fn timestamp(millis: u64) -> Option<Timestamp> {
    i64::try_from(millis).ok().and_then(Timestamp::from_unix_millis)
}

/// A selection as the server makes it (behaviour notes 1.1): `include` by name or wildcard, or all but `exclude`.
///
/// The error is the names in `include` that do not exist. Wildcards that match nothing leave an empty `include`, which
/// means everything.
pub(crate) fn select(all: &[String], include: &[String], exclude: &[String]) -> Result<Vec<String>, Vec<String>> {
    let unknown: Vec<String> =
        include.iter().filter(|name| !is_wildcard(name) && !all.contains(name)).cloned().collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let (included, excluded) = (expand(all, include), expand(all, exclude));
    let everything = included.is_empty();
    let chosen = all.iter().filter(|name| (everything || included.contains(*name)) && !excluded.contains(*name));
    Ok(chosen.cloned().collect())
}

/// The names that are meant: a wildcard stands for those it matches, any other text for itself.
fn expand(all: &[String], texts: &[String]) -> BTreeSet<String> {
    let (wildcards, named): (Vec<&String>, Vec<&String>) = texts.iter().partition(|text| is_wildcard(text));
    let patterns: Vec<Pattern> = wildcards.into_iter().filter_map(|text| Pattern::parse(text).ok()).collect();
    let matched = all.iter().filter(|name| patterns.iter().any(|pattern| pattern.matches(name)));
    named.into_iter().chain(matched).cloned().collect()
}

/// `[` alone makes no wildcard (recording create-validation).
fn is_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

fn duplicate(texts: &[String]) -> Option<&String> {
    let mut seen = BTreeSet::new();
    texts.iter().find(|text| !seen.insert(*text))
}

/// The rules for `include` and `exclude` that need no list of collections.
pub(crate) fn check_lists(include: &[String], exclude: &[String]) -> Result<(), Reply> {
    if !include.is_empty() && !exclude.is_empty() {
        return Err(texts::handler(422, texts::INCLUDE_AND_EXCLUDE));
    }
    match duplicate(include) {
        Some(twice) => Err(texts::handler(422, texts::duplicate(twice))),
        None => Ok(()),
    }
}

pub(crate) fn check_id(id: &str) -> Result<(), Reply> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if !id.is_empty() && id.bytes().all(allowed) { Ok(()) } else { Err(texts::handler(422, texts::invalid_id(id))) }
}

impl State {
    /// Refuses a backend whose module is not enabled, in the words of the endpoint.
    pub(crate) fn backend(&self, status: u16, role: &str, name: &str) -> Result<Backend, Reply> {
        match name.strip_prefix("backup-").unwrap_or(name) {
            "filesystem" if self.backups_path.is_some() => return Ok(Backend::Filesystem),
            "s3" if self.s3.is_some() => return Ok(Backend::S3),
            _ => {}
        }
        let is_module = crate::neighbours::MODULES.lines().any(|module| module == name);
        Err(texts::handler(status, texts::no_backend(role, name, is_module)))
    }
}
