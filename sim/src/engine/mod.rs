//! Operations in time: the coordinator's rounds, and what it keeps in memory (behaviour notes 2).

pub(crate) mod create;
pub(crate) mod restore;

use crate::http::Reply;
use crate::nodes::Node;
use crate::state::{Backend, Backup, Descriptor, Place, State};
use crate::texts;
use crate::{Kind, Profile, Simulator, Work};
use restore::Applying;
use std::collections::BTreeSet;
use weaviate_backups::domain::pattern::Pattern;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;

/// The coordinator looks at its nodes 2 s after the POST, then every 10 s; only then does a status change.
const FIRST_ROUND_MILLIS: u64 = 2_000;
const ROUND_MILLIS: u64 = 10_000;
/// How long a node takes to stop when it is told to.
const ABORT_MILLIS: u64 = 50;
/// A node that has been heard of once is given up when it has not answered for this long.
const GIVEN_UP_MILLIS: u64 = 420_000;

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
    /// The nodes that work on it.
    nodes: Vec<String>,
    lost: Option<Lost>,
    restore: Option<restore::Applying>,
}

/// A node that ended before its work did: nothing else can end the operation any more.
#[derive(Clone, Debug)]
struct Lost {
    node: String,
    /// The round at which the operation fails.
    fails_at: u64,
    error: Option<String>,
    /// All others have long told how much they saved.
    late: bool,
}

#[derive(Clone, Debug)]
struct Cancel {
    at_millis: u64,
    error: &'static str,
}

impl Running {
    /// Its status as the API words it.
    fn shown(&self, profile: &Profile) -> &str {
        shown(&self.status, profile)
    }

    /// When the nodes stop; `None`: not before somebody says so.
    fn stops_at(&self) -> Option<u64> {
        let slowest = |millis: u64| self.work.worked_by_node.iter().map(|(_, own)| *own).fold(millis, u64::max);
        let ends = self.work.worked_millis.map(|millis| self.started_millis + slowest(millis));
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

    /// The first round that is not before this moment.
    fn round_from(&self, millis: u64) -> u64 {
        let first = self.started_millis + FIRST_ROUND_MILLIS;
        first + millis.saturating_sub(first).div_ceil(ROUND_MILLIS) * ROUND_MILLIS
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
        match &self.lost {
            // A restore waits for the other nodes.
            Some(lost) if self.restore.is_some() => {
                Some(lost.fails_at.max(self.stops_at().map_or(0, |stop| self.round_from(stop))))
            }
            Some(lost) => Some(lost.fails_at),
            None => Some(self.round_from(self.stops_at()?.max(self.blind_until))),
        }
    }

    /// A node is gone. Before the coordinator has heard of it once, it fails the operation at its first question (a
    /// create without a reason); later it waits for the node to come back.
    pub(crate) fn lose_node(&mut self, node: &str, now_millis: u64, error: &str) {
        let takes_part = self.nodes.iter().any(|known| known == node);
        if !takes_part || self.lost.is_some() || self.next_step().is_some() {
            return;
        }
        let first = self.started_millis + FIRST_ROUND_MILLIS;
        let error = error.to_owned();
        let node = node.to_owned();
        self.lost = if now_millis < first {
            let error = self.restore.is_some().then_some(error);
            Some(Lost { node, fails_at: first, error, late: false })
        } else {
            let heard = self.round_from(now_millis + 1) - ROUND_MILLIS;
            let own = self.work.worked_by_node.iter().find(|(name, _)| *name == node).map(|(_, own)| *own);
            let ended = own.or(self.work.worked_millis).is_some_and(|worked| self.started_millis + worked <= heard);
            (!ended).then(|| Lost { node, fails_at: heard + GIVEN_UP_MILLIS, error: Some(error), late: true })
        };
    }

    /// A node is back and knows of nothing, as the coordinator hears at its next round.
    pub(crate) fn regain_node(&mut self, node: &str, now_millis: u64, state: &State) {
        let next = self.round_from(now_millis);
        let Some(lost) = self.lost.as_mut().filter(|lost| lost.node == node && lost.late) else { return };
        let error = if self.restore.is_some() {
            texts::restore_forgotten(self.place.backend(), &self.id)
        } else {
            texts::no_node_descriptor(&self.id, &state.not_found(&self.place, &node_file(node)))
        };
        *lost = Lost { node: node.to_owned(), fails_at: lost.fails_at.min(next), error: Some(error), late: false };
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
                None => {
                    let file = self.nodes.first().map(|node| node_file(node)).unwrap_or_default();
                    texts::no_node_descriptor(&self.id, &state.not_found(&self.place, &file))
                }
                Some(applying) => applying.storage_lost(state, &self.place, &self.nodes),
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
    /// The tail of a 404 text: time, id, status, in some versions the error, home, and the bucket and path that were sent,
    /// with the blanks of those that are empty.
    fn store(&self, profile: &Profile) -> String {
        let time = self.started_at.map_or_else(|| texts::ZERO_TIME.to_owned(), String::from);
        let time = time.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.').replace('T', " ");
        let left = if self.left_canceled { Status::Canceled.as_str() } else { "" };
        let [id, status, home, bucket, path] = self.running.as_ref().map_or(["", left, "", "", ""], |running| {
            let [bucket, path] = running.place.sent();
            [&running.id, running.shown(profile), &running.place.home, bucket, path]
        });
        let error = if profile.wide_memory { " " } else { "" };
        format!("{{{time} +0000 UTC {id} {status} {error}{home} {bucket} {path}}}")
    }

    /// 404: no descriptor where it was looked for; `missing` is what the backend said.
    fn not_found(&self, profile: &Profile, missing: &str) -> Reply {
        let head = self.running.as_ref().map_or("", |running| &running.place.home);
        let store = self.store(profile);
        let text = format!("coordinator cannot get status: metadata not found: \"{head}\": {missing} store: {store}");
        texts::handler(404, text)
    }

    /// A descriptor that is no JSON.
    fn unreadable(&self, profile: &Profile) -> Reply {
        let head = self.running.as_ref().map_or("", |running| &running.place.home);
        let store = self.store(profile);
        let text = format!("coordinator cannot get status: \"{head}\": {} store: {store}", texts::BROKEN_DESCRIPTOR);
        texts::handler(profile.unreadable, text)
    }

    /// The operation at work if it has this id: asked on the coordinator, the location is not compared.
    fn running(&self, id: &str) -> Option<&Running> {
        self.running.as_ref().filter(|running| running.id == id)
    }
}

impl Simulator {
    /// Lets time pass up to `now_millis` (Unix time): every round and every applied collection until then happens, in
    /// order. Going back is ignored.
    pub fn advance(&mut self, now_millis: u64) {
        self.nodes.resize_with(self.state.nodes.len(), Node::default);
        let state = &self.state;
        for running in self.nodes.iter_mut().flat_map(Node::running) {
            if state.is_unreachable(&running.place) {
                running.lose_storage(self.now_millis, now_millis, state);
            }
        }
        loop {
            let next = self
                .nodes
                .iter()
                .enumerate()
                .flat_map(|(node, of)| [(node, Kind::Create, &of.create), (node, Kind::Restore, &of.restore)])
                .filter_map(|(node, kind, memory)| Some((memory.running.as_ref()?.next_event()?, node, kind)))
                .min_by_key(|(at, ..)| *at)
                .filter(|(at, ..)| *at <= now_millis);
            match next {
                Some((at, node, Kind::Create)) => self.end_create(node, at),
                Some((at, node, Kind::Restore)) => self.step_restore(node, at),
                None => break,
            }
        }
        self.now_millis = self.now_millis.max(now_millis);
    }

    /// Starts an operation on the node that is asked, with the work planned for it or one that depends on the number of
    /// objects. `nodes`: those that work on it.
    fn start_operation(&mut self, id: &str, place: Place, objects: u64, nodes: Vec<String>, restore: Option<Applying>) {
        let kind = if restore.is_some() { Kind::Restore } else { Kind::Create };
        let planned = self.planned.iter().position(|(planned, _)| *planned == kind);
        let work = planned.and_then(|at| self.planned.remove(at)).map_or_else(
            || Work::lasting(500 + objects.saturating_mul(1_000) / self.state.objects_per_second.max(1)),
            |(_, work)| work,
        );
        let status = if kind == Kind::Create { Status::Started } else { Status::Transferring };
        let started_millis = self.now_millis;
        let running = Running {
            place,
            id: id.to_owned(),
            status,
            started_millis,
            blind_until: 0,
            work,
            canceled: None,
            nodes,
            lost: None,
            restore,
        };
        let started_at = timestamp(started_millis);
        let memory = self.nodes[self.asked].memory_mut(kind);
        *memory = Memory { started_at, left_canceled: false, running: Some(running) };
    }

    /// The backup whose descriptor is found at this place.
    fn backup_at(&self, place: &Place) -> Option<&Backup> {
        let held = self.state.holds(place);
        let found = self.state.backups.iter().find(|backup| backup.home == place.home);
        found.filter(|backup| held && backup.descriptor != Descriptor::Missing)
    }
}

/// The word for a status: a server that cannot cancel restores has one for all that come before their end.
fn shown<'a>(status: &'a Status, profile: &Profile) -> &'a str {
    if status.is_terminal() || profile.cancels_restores { status.as_str() } else { Status::Started.as_str() }
}

/// A node's own descriptor, in the directory of a backup.
fn node_file(node: &str) -> String {
    format!("{node}/backup.json")
}

/// `None` past the year 9999.
pub(crate) fn timestamp(millis: u64) -> Option<Timestamp> {
    i64::try_from(millis).ok().and_then(Timestamp::from_unix_millis)
}

/// A selection as the server makes it (behaviour notes 1.1): `include` by name or wildcard, or all but `exclude`.
///
/// The error is the names in `include` that do not exist. Wildcards that match nothing leave an empty `include`, which
/// means everything.
pub(crate) fn select(
    profile: &Profile,
    all: &[String],
    include: &[String],
    exclude: &[String],
) -> Result<Vec<String>, Vec<String>> {
    let is_name = |text: &str| !profile.wildcards || !is_wildcard(text);
    let unknown: Vec<String> = include.iter().filter(|name| is_name(name) && !all.contains(name)).cloned().collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let expand = |texts: &[String]| {
        if profile.wildcards { expand(all, texts) } else { texts.iter().cloned().collect() }
    };
    let (included, excluded) = (expand(include), expand(exclude));
    let everything = included.is_empty();
    let chosen = all.iter().filter(|name| (everything || included.contains(*name)) && !excluded.contains(*name));
    Ok(chosen.cloned().collect())
}

/// The names that are meant: a wildcard stands for those it matches, any other text for itself.
pub(crate) fn expand(all: &[String], texts: &[String]) -> BTreeSet<String> {
    let (wildcards, named): (Vec<&String>, Vec<&String>) = texts.iter().partition(|text| is_wildcard(text));
    let patterns: Vec<Pattern> = wildcards.into_iter().filter_map(|text| Pattern::parse(text).ok()).collect();
    let matched = all.iter().filter(|name| patterns.iter().any(|pattern| pattern.matches(name)));
    named.into_iter().chain(matched).cloned().collect()
}

/// `[` alone makes no wildcard (recording create-validation).
fn is_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

pub(crate) fn duplicate(texts: &[String]) -> Option<&String> {
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

/// `status` is that of the refusal.
pub(crate) fn check_id(id: &str, status: u16) -> Result<(), Reply> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if !id.is_empty() && id.bytes().all(allowed) { Ok(()) } else { Err(texts::handler(status, texts::invalid_id(id))) }
}

impl State {
    /// Refuses a backend whose module is not enabled, in the words of the endpoint: `role` is `backend`, `provider`, or
    /// `list` for the bare ones.
    pub(crate) fn backend(&self, status: u16, role: &str, name: &str) -> Result<Backend, Reply> {
        match name.strip_prefix("backup-").unwrap_or(name) {
            "filesystem" if self.backups_path.is_some() => return Ok(Backend::Filesystem),
            "s3" if self.s3.is_some() => return Ok(Backend::S3),
            _ => {}
        }
        if role == "list" {
            return Err(texts::handler(status, format!("backup: {name} not found")));
        }
        let is_module = self.modules().any(|module| module == name);
        Err(texts::handler(status, texts::no_backend(role, name, is_module)))
    }
}
