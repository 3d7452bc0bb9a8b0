//! The server, and the way to it: the simulator in simulated time, with the fault of a cell.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use weaviate_backups::api::call::Call;
use weaviate_backups::api::request::{Method, Request};
use weaviate_backups::api::transport::{Answer, NoAnswer};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Entry, Proof};
use weaviate_backups::poll::clock::{Instant, WallMillis};
use weaviate_sim::state::{Auth, Backup, Collection, Descriptor, S3, StoredRestore, User};
use weaviate_sim::{Fault as Harm, FaultKind, Simulator, State, Work};

use crate::dice::Dice;
use crate::grid::{Cell, Fault, Phase, Plot};

pub const ID: &str = "nightly-1";
pub const COLLECTIONS: [&str; 2] = ["Article", "Author"];
pub const NODES: [&str; 2] = ["node1", "node2"];
const ORIGIN: &str = "https://console.example";
const ZERO_TIME: &str = "0001-01-01T00:00:00.000Z";
/// There and back, when nothing is slow.
const ROUND_TRIP: i64 = 40;
const START: i64 = 1_795_600_000_000;

pub struct World {
    pub cell: Cell,
    /// Unix time of the server.
    pub now: i64,
    pub simulator: Simulator,
    /// By how much the browser's clock is ahead of the server's.
    clock_ahead: i64,
    /// The key that the browser knows.
    pub key: &'static str,
    pub fault_is_on: bool,
    /// It began once: from then on it comes and goes with what happens.
    pub has_begun: bool,
    /// The end that was there before it was written over.
    covered: Option<Backup>,
    /// What the server held of the operation, one after the other.
    pub held: Vec<Status>,
    /// How many of these came before the POST of an entry.
    pub held_from: BTreeMap<String, usize>,
    pub truth_since: i64,
    /// How many POSTs it took, and how many were sent.
    pub taken: u32,
    pub posts: u32,
    /// Requests that were sent while the fault was on.
    pub struck: u64,
}

pub fn key(kind: Kind) -> OperationKey {
    let (connection, location) = (ConnectionId("prod".into()), Location::default());
    OperationKey { connection, kind, backend: "s3".into(), location, id: ID.into() }
}

fn sim_kind(kind: Kind) -> weaviate_sim::Kind {
    if kind == Kind::Create { weaviate_sim::Kind::Create } else { weaviate_sim::Kind::Restore }
}

impl World {
    pub fn new(cell: Cell, dice: &mut Dice) -> Self {
        let collections = COLLECTIONS.map(|name| Collection::new(name, 100)).to_vec();
        let user = User::new("ops", "key-1", &["nobody"]);
        let auth = Auth { users: vec![user], ..Auth::default() };
        let state = State { s3: Some(S3::default()), backups_path: None, collections, auth, ..State::default() };
        let mut simulator = Simulator::new(state);
        let kind = cell.plot.kind();
        if kind == Kind::Restore {
            let backup = simulator.state.add_backup(
                ID,
                Status::Success,
                &COLLECTIONS,
                u64::try_from(START).unwrap() - 86_400_000,
            );
            if dice.one_in(3) {
                backup.restore = Some(StoredRestore::new(Status::Failed, Some("before")));
            }
            simulator.state.collections.clear();
        }
        let fails = cell.fault == Fault::EndChanges && kind == Kind::Restore || dice.one_in(4);
        let fails = fails.then(|| "disk full".to_owned());
        let finalizing_millis = (cell.phase == Phase::Finalizing).then_some(60_000);
        // What is to be read as FINALIZING must come to it.
        let fails = fails.filter(|_| cell.phase != Phase::Finalizing);
        simulator.plan(sim_kind(kind), Work { fails, finalizing_millis, ..Work::held() });
        let mut world = Self {
            cell,
            now: START,
            simulator,
            clock_ahead: 0,
            key: "key-1",
            fault_is_on: false,
            has_begun: false,
            covered: None,
            held: Vec::new(),
            held_from: BTreeMap::new(),
            truth_since: START,
            taken: 0,
            posts: 0,
            struck: 0,
        };
        world.set_harms(Vec::new());
        world
    }

    pub fn instant(&self) -> Instant {
        Instant::from_millis(self.now)
    }

    pub fn wall(&self) -> WallMillis {
        WallMillis(self.now + self.clock_ahead)
    }

    fn unix(&self) -> u64 {
        u64::try_from(self.now).expect("after 1970")
    }

    /// What the server holds of the operation.
    pub fn truth(&mut self) -> Option<Status> {
        let backup = self.simulator.state.backup_mut(ID)?;
        match self.cell.plot.kind() {
            Kind::Create => Some(backup.status.clone()),
            Kind::Restore => backup.restore.as_ref().map(|restore| restore.status.clone()),
        }
    }

    /// Lets the server's time pass, and notes what it holds.
    pub fn observe(&mut self) {
        let unix = self.unix();
        self.simulator.advance(unix);
        if let Some(truth) = self.truth()
            && self.held.last() != Some(&truth)
        {
            self.held.push(truth);
            self.truth_since = self.now;
        }
    }

    /// What it held that an entry may show as its own: since its POST was sent. Of a create ever, since there is but one of
    /// an id. Also of a restore whose answer was lost and that is called probably ours because the status is another than
    /// before: that is all that can be known of it.
    pub fn held_by(&self, entry: Option<&Entry>) -> &[Status] {
        let is_sure = |entry: &&Entry| {
            entry.key.kind == Kind::Restore
                && entry.state.acceptance().is_some_and(|acceptance| acceptance.proof != Proof::StatusChanged)
        };
        let from = entry.filter(is_sure).and_then(|entry| self.held_from.get(&entry.name()));
        &self.held[from.copied().unwrap_or(0)..]
    }

    /// No timer of the browser fires, and no answer arrives.
    pub fn is_asleep(&self) -> bool {
        self.fault_is_on && self.cell.fault == Fault::TabAsleep
    }

    pub fn is_running(&self) -> bool {
        self.simulator.running(sim_kind(self.cell.plot.kind())) == Some(ID)
    }

    /// The nodes come to an end of their work.
    pub fn release(&mut self) {
        self.observe();
        self.simulator.release(sim_kind(self.cell.plot.kind()));
    }

    /// Sends a request once. When its outcome is there, and what it is.
    pub fn send(&mut self, request: &Request) -> (i64, Result<Answer, NoAnswer>) {
        self.observe();
        self.struck += u64::from(self.fault_is_on);
        let is_post = request.method == Method::Post;
        self.posts += u32::from(is_post);
        let soon = self.now + ROUND_TRIP;
        if self.fault_is_on && self.cell.fault == Fault::Offline {
            return (soon, Err(NoAnswer::Unreachable));
        }
        if !self.preflight_allows(request) {
            return (soon, Err(NoAnswer::Unreachable));
        }
        let mut sent = weaviate_sim::Request::new(request.method.as_str(), &request.path)
            .header("Origin", ORIGIN)
            .header("Authorization", &format!("Bearer {}", self.key));
        if let Some(body) = &request.body {
            sent = sent.header("Content-Type", "application/json");
            sent.body = body.clone().into_bytes();
        }
        let was_running = self.is_running();
        let outcome = self.simulator.handle(&sent, self.unix());
        if is_post && !was_running && self.is_running() {
            self.taken += 1;
            // Also when the word is that of the restore before.
            let truth = self.truth();
            self.held.extend(truth);
            self.truth_since = self.now;
        }
        self.observe();
        let limit_millis = request.call.time_limit_millis();
        let mut delay = i64::try_from(outcome.delay_millis).expect("a delay is short");
        if self.fault_is_on && self.cell.fault == Fault::SlowList && request.call == Call::List {
            delay += 30_000;
        }
        let limit = self.now + i64::from(limit_millis);
        let due = soon + delay;
        if due > limit {
            return (limit, Err(NoAnswer::TimedOut { limit_millis }));
        }
        let Some(reply) = outcome.reply else { return (due, Err(NoAnswer::Unreachable)) };
        if (300..400).contains(&reply.status) {
            return (due, Err(NoAnswer::Redirected));
        }
        let round_trip_millis = u32::try_from(ROUND_TRIP + delay).unwrap_or(u32::MAX);
        (due, Ok(Answer { status: reply.status, body: reply.body, round_trip_millis }))
    }

    /// Every request carries a key, so that the browser asks first whether it may be sent.
    fn preflight_allows(&mut self, request: &Request) -> bool {
        if self.simulator.state.cors_allow_origin == "*" {
            return true;
        }
        let asks = weaviate_sim::Request::new("OPTIONS", &request.path).header("Origin", ORIGIN);
        let reply = self.simulator.handle(&asks, self.unix()).reply;
        reply.is_some_and(|reply| {
            reply.get_header("access-control-allow-origin").is_some_and(|allowed| allowed == "*" || allowed == ORIGIN)
        })
    }

    /// The faults of requests, beside the two nodes that the server is made to show.
    fn set_harms(&mut self, harms: Vec<Harm>) {
        let names: &[&str] =
            if self.fault_is_on && self.cell.fault == Fault::NodeVanishes { &NODES[..1] } else { &NODES };
        let nodes: Vec<Value> =
            names.iter().map(|name| json!({"name": name, "status": "HEALTHY", "shards": null})).collect();
        let nodes = FaultKind::Member { name: "nodes".into(), value: json!(nodes) };
        self.simulator.faults = [Harm::new("GET", "/v1/nodes", nodes)].into_iter().chain(harms).collect();
    }

    pub fn begin_fault(&mut self, dice: &mut Dice) {
        self.has_begun = true;
        if std::mem::replace(&mut self.fault_is_on, true) {
            return;
        }
        self.observe();
        let everywhere = |kind| vec![Harm::new("", "/v1", kind)];
        let statuses = |kind| Harm::new("GET", "/v1/backups/s3/", kind);
        let member = |name: &str, value| statuses(FaultKind::Member { name: name.to_owned(), value });
        let failing = |status, message: &str| FaultKind::Status { status, message: message.to_owned() };
        let mut harms = Vec::new();
        match self.cell.fault {
            Fault::NodeDies => self.simulator.down = true,
            Fault::NodeVanishes => {
                let unresolved = || failing(500, "cannot resolve hostname for \"node2\"");
                harms = vec![
                    Harm::new("POST", "/v1/backups", unresolved()),
                    Harm::new("DELETE", "/v1/backups", unresolved()),
                ];
            }
            Fault::CoordinatorRestarts => self.simulator.restart(),
            Fault::CoordinatorRestartsWithCleanUp => {
                self.simulator.state.cleanup_unfinished_backups = true;
                self.simulator.restart();
            }
            Fault::StorageDown => {
                let gives_up_after_millis = 3_000 + u64::try_from(dice.below(6_000)).unwrap_or(0);
                self.with_s3(|s3| (s3.reachable, s3.gives_up_after_millis) = (false, gives_up_after_millis));
            }
            Fault::BucketMissing => self.with_s3(|s3| s3.bucket_exists = false),
            Fault::HalfWrittenDescriptor => self.with_backup(|backup| backup.descriptor = Descriptor::Unreadable),
            // In `send` (the list's path is the beginning of all others), and in the pages.
            Fault::SlowList | Fault::TabAsleep | Fault::Offline => {}
            Fault::SchemaHangs => harms = vec![Harm::new("GET", "/v1/schema", FaultKind::Latency { millis: 120_000 })],
            Fault::CorsRefused => self.simulator.state.cors_allow_origin = "https://elsewhere.example".into(),
            Fault::EmptyAnswer => harms = everywhere(FaultKind::EmptyOk),
            Fault::GoesBackwards => harms = vec![statuses(FaultKind::Older)],
            Fault::StuckCancelling => {
                self.simulator.restart();
                self.with_backup(|backup| backup.restore = Some(StoredRestore::new(Status::Cancelling, None)));
            }
            Fault::EndChanges => self.write_over_end(),
            Fault::EndNotWritten => harms = vec![member("completedAt", json!(ZERO_TIME)), member("size", Value::Null)],
            Fault::AnswerLost => harms = everywhere(FaultKind::LoseAnswer),
            Fault::RequestDropped => harms = everywhere(FaultKind::DropBefore),
            Fault::Latency => {
                let millis = 3_000 + u64::try_from(dice.below(37_000)).unwrap_or(0);
                harms = everywhere(FaultKind::Latency { millis });
            }
            Fault::KeyExpired => self.simulator.state.auth.users = vec![User::new("ops", "key-2", &["nobody"])],
            Fault::Forbidden => self.simulator.state.auth.rbac = true,
            Fault::Html => harms = everywhere(FaultKind::Html { status: *dice.pick(&[200, 403, 404, 502]) }),
            Fault::Truncated => harms = everywhere(FaultKind::Truncated),
            Fault::UnknownWord => harms = vec![member("status", json!(*dice.pick(&["PAUSED", "", "success"])))],
            Fault::NotFound => {
                harms = vec![statuses(failing(404, "coordinator cannot get status: metadata not found"))];
            }
            Fault::ServerFails => harms = everywhere(failing(500, "leader not found, try again later")),
            Fault::ClockJumps => {
                let days = i64::try_from(dice.below(6 * 86_400_000)).unwrap_or(0);
                self.clock_ahead = days - 3 * 86_400_000;
            }
        }
        self.set_harms(harms);
        self.observe();
    }

    pub fn end_fault(&mut self) {
        if !std::mem::replace(&mut self.fault_is_on, false) {
            return;
        }
        self.observe();
        match self.cell.fault {
            Fault::NodeDies => self.simulator.restart(),
            Fault::StorageDown => self.with_s3(|s3| s3.reachable = true),
            Fault::BucketMissing => self.with_s3(|s3| s3.bucket_exists = true),
            Fault::HalfWrittenDescriptor => self.with_backup(|backup| backup.descriptor = Descriptor::Good),
            Fault::CorsRefused => self.simulator.state.cors_allow_origin = "*".into(),
            Fault::EndChanges => self.write_end_again(),
            Fault::Forbidden => self.simulator.state.auth.rbac = false,
            _ => {}
        }
        self.set_harms(Vec::new());
        self.observe();
    }

    fn with_s3(&mut self, change: impl FnOnce(&mut S3)) {
        change(self.simulator.state.s3.as_mut().expect("the storage is S3"));
    }

    fn with_backup(&mut self, change: impl FnOnce(&mut Backup)) {
        if let Some(backup) = self.simulator.state.backup_mut(ID) {
            change(backup);
        }
    }

    /// A node that cleans up at its start calls a create CANCELED (behaviour notes 2.5); a DELETE by somebody else calls a
    /// failed restore so (1.7).
    fn write_over_end(&mut self) {
        let plot = self.cell.plot;
        let mut covered = None;
        self.with_backup(|backup| match plot {
            Plot::Create | Plot::CancelOfCreate => {
                covered = Some(backup.clone());
                (backup.status, backup.completed_at, backup.size_gib) = (Status::Canceled, None, None);
                backup.error = Some("backup canceled due to node restart".into());
            }
            Plot::Restore | Plot::CancelOfRestore => {
                if let Some(restore) = backup.restore.as_mut().filter(|restore| restore.status == Status::Failed) {
                    *restore = StoredRestore::new(Status::Canceled, Some("restore canceled by user"));
                }
            }
        });
        self.covered = covered;
    }

    /// The coordinator of the create was alive all the time.
    fn write_end_again(&mut self) {
        let Some(covered) = self.covered.take() else { return };
        self.with_backup(|backup| {
            if backup.completed_at.is_none() {
                *backup = covered;
            }
        });
    }
}
