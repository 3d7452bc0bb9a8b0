//! The server, and the way to it: the simulator in simulated time, with the fault of a cell.

mod harm;

use std::collections::BTreeMap;

use weaviate_backups::api::call::Call;
use weaviate_backups::api::request::{Method, Request};
use weaviate_backups::api::transport::{Answer, NoAnswer};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Entry, Proof};
use weaviate_backups::poll::clock::{Instant, WallMillis};
use weaviate_sim::state::{Auth, Backup, Collection, S3, StoredRestore, User};
use weaviate_sim::{Simulator, State, Work};

use crate::dice::Dice;
use crate::grid::{Cell, Fault, Phase};

pub const ID: &str = "nightly-1";
pub const COLLECTIONS: [&str; 2] = ["Article", "Author"];
pub const NODES: [&str; 2] = ["node1", "node2"];
const ORIGIN: &str = "https://console.example";
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
    /// Entries whose POST it took, one after the other.
    pub taken: Vec<String>,
    /// How many POSTs were sent.
    pub posts: u32,
    /// The entry that the next POST is sent for.
    pub posting: String,
    /// POSTs that it comes to later: when, the request, and the entry.
    late: Vec<(i64, weaviate_sim::Request, String)>,
    late_millis: i64,
    /// Requests that were sent while the fault was on.
    pub struck: u64,
}

pub fn key(kind: Kind) -> OperationKey {
    let (connection, location) = (ConnectionId("prod".into()), Location::default());
    OperationKey { connection, kind, backend: "s3".into(), location, id: ID.into() }
}

fn unix(at: i64) -> u64 {
    u64::try_from(at).expect("after 1970")
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
            taken: Vec::new(),
            posts: 0,
            posting: String::new(),
            late: Vec::new(),
            late_millis: 0,
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
        while let Some(first) = (0..self.late.len()).min_by_key(|at| self.late[*at].0)
            && self.late[first].0 <= self.now
        {
            let (at, sent, name) = self.late.swap_remove(first);
            self.note(at);
            drop(self.carry_out(&sent, at, &name));
            self.note(at);
        }
        self.note(self.now);
    }

    /// When it comes to the last POST that it has not come to yet.
    pub fn last_to_come(&self) -> Option<i64> {
        self.late.iter().map(|(at, ..)| *at).max()
    }

    fn note(&mut self, at: i64) {
        self.simulator.advance(unix(at));
        if let Some(truth) = self.truth()
            && self.held.last() != Some(&truth)
        {
            self.held.push(truth);
            self.truth_since = at;
        }
    }

    /// What it held that an entry may show as its own: since its POST was sent. Of a create ever, since there is but one of
    /// an id. Also of a restore that is called probably ours because the status is another than before, where what was
    /// read before may have been older than what the server held.
    pub fn held_by(&self, entry: Option<&Entry>) -> &[Status] {
        let went_backwards = self.cell.fault == Fault::GoesBackwards;
        let is_sure = |entry: &&Entry| {
            entry.key.kind == Kind::Restore
                && entry.state.acceptance().is_some_and(|found| found.proof != Proof::StatusChanged || !went_backwards)
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
        if is_post && self.fault_is_on && self.cell.fault == Fault::TakenLate {
            // A gateway in front of it has given up by then.
            let posting = self.posting.clone();
            self.late.push((self.now + self.late_millis, sent, posting));
            return (self.now + self.late_millis / 2, Err(NoAnswer::Unreachable));
        }
        let posting = self.posting.clone();
        let outcome = self.carry_out(&sent, self.now, &posting);
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

    fn carry_out(&mut self, sent: &weaviate_sim::Request, at: i64, posting: &str) -> weaviate_sim::Outcome {
        let was_running = self.is_running();
        let outcome = self.simulator.handle(sent, unix(at));
        if sent.method == "POST" && !was_running && self.is_running() {
            self.taken.push(posting.to_owned());
            // Also when the word is that of the restore before.
            let truth = self.truth();
            self.held.extend(truth);
            self.truth_since = at;
        }
        outcome
    }

    /// Every request carries a key, so that the browser asks first whether it may be sent.
    fn preflight_allows(&mut self, request: &Request) -> bool {
        if self.simulator.state.cors_allow_origin == "*" {
            return true;
        }
        let asks = weaviate_sim::Request::new("OPTIONS", &request.path).header("Origin", ORIGIN);
        let reply = self.simulator.handle(&asks, unix(self.now)).reply;
        reply.is_some_and(|reply| {
            reply.get_header("access-control-allow-origin").is_some_and(|allowed| allowed == "*" || allowed == ORIGIN)
        })
    }
}
