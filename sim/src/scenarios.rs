//! Servers worth looking at, by name. All times lie before the moment they are made.

mod storage;
mod trouble;

use crate::engine::timestamp;
use crate::state::{Auth, Backup, Collection, Role, State, StoredRestore, User};
use crate::{Entry, Simulator};
use serde_json::json;
use weaviate_backups::domain::status::Status;

/// The names [`Simulator::scenario`] knows.
pub const SCENARIOS: [&str; 13] = [
    "one-node",
    "empty",
    "no-backend",
    "locked",
    "s3",
    "rescue",
    "three-nodes",
    "busy",
    "broken-backend",
    "many",
    "rbac",
    "old",
    "orphaned",
];

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Name and objects; `Mailbox` is multi-tenant.
const COLLECTIONS: [(&str, u64); 11] = [
    ("Article", 412_806),
    ("ArticleDraft", 9_114),
    ("Author", 38_220),
    ("ContractClause", 1_204_551),
    ("ContractParty", 61_903),
    ("EmailThread", 3_880_126),
    ("InvoiceLine", 12_551_048),
    ("KbChunk", 2_704_390),
    ("Product", 184_377),
    ("ProductReview", 5_902_114),
    ("SupportTicket", 731_092),
];
const TENANTS: [(&str, &str, u64); 4] =
    [("acme", "HOT", 410_220), ("globex", "HOT", 288_014), ("initech", "COLD", 90_551), ("umbrella", "HOT", 12_700)];

/// A backup: what comes before its date in the id, its age in days, its minutes, how it ended.
struct Past(&'static str, u64, u64, Status);

const PAST: [Past; 11] = [
    Past("weekly", 23, 47, Status::Success),
    Past("weekly", 16, 48, Status::Success),
    Past("weekly", 9, 47, Status::Success),
    Past("nightly", 6, 13, Status::Success),
    Past("nightly", 5, 13, Status::Success),
    Past("nightly", 4, 14, Status::Success),
    Past("nightly", 3, 2, Status::Canceled),
    Past("weekly", 2, 48, Status::Success),
    Past("nightly", 1, 7, Status::Failed),
    Past("nightly", 0, 12, Status::Success),
    Past("pre-upgrade", 12, 51, Status::Success),
];

impl Simulator {
    /// A server of this name as it looks at `now_millis` (Unix time); `None`: see [`SCENARIOS`].
    ///
    /// `one-node`: open, some collections, backups of every status and an orphaned create. `empty`: neither collections
    /// nor backups. `no-backend`: no backup module. `locked`: `one-node` with RBAC and the keys `demo-admin-key`,
    /// `demo-viewer-key`, `demo-article-key` (may only back up Article) and `demo-nobody-key` (no role).
    ///
    /// `s3`: only S3, four nights in `s3://weaviate-backups/prod`, and `quarter-end` in the bucket `dr-backups` at the
    /// path `weaviate/quarterly`, where no list looks. `three-nodes`: the same on three nodes that answer in turn.
    /// `rescue`: a new server; S3 (`s3://weaviate-backups/prod`) and the filesystem both hold a backup `nightly` of 40
    /// collections, of which three exist already with other numbers of objects: Article, Category and Product.
    ///
    /// The others are `one-node`, and: `busy`: a create and a restore run. `broken-backend`: S3 is enabled, and refuses
    /// connections. `many`: 10,000 backups of five collections instead. `rbac`: `demo-root-key`, `demo-operator-key` (all
    /// collections), `demo-shop-key` (backs up `Product*`, reads all), `demo-viewer-key`, and an incremental chain. `old`:
    /// 1.27.27. `orphaned`: what restarted coordinators left behind, of creates and of restores.
    pub fn scenario(name: &str, now_millis: u64) -> Option<Self> {
        let state = match name {
            "one-node" | "busy" => one_node(now_millis),
            "empty" => State::default(),
            "no-backend" => State { backups_path: None, backups: Vec::new(), ..one_node(now_millis) },
            "s3" => storage::s3(now_millis, 1),
            "three-nodes" => storage::s3(now_millis, 3),
            "broken-backend" => trouble::broken_backend(now_millis),
            "many" => trouble::many(now_millis),
            "rbac" => trouble::rbac(now_millis),
            "old" => State { version: "1.27.27".to_owned(), ..one_node(now_millis) },
            "orphaned" => trouble::orphaned(now_millis),
            "rescue" => storage::rescue(now_millis),
            "locked" => State { auth: locked(), ..one_node(now_millis) },
            _ => return None,
        };
        let mut simulator = if name == "busy" { trouble::busy(now_millis) } else { Self::new(state) };
        if simulator.state.nodes.len() > 1 {
            simulator.entry = Entry::InTurn(0);
        }
        simulator.advance(now_millis);
        Some(simulator)
    }
}

fn collections() -> Vec<Collection> {
    let single = COLLECTIONS.iter().map(|&(name, objects)| Collection::new(name, objects));
    single.chain([Collection::with_tenants("Mailbox", &TENANTS)]).collect()
}

fn one_node(now_millis: u64) -> State {
    let ago = |days: u64| now_millis.saturating_sub(days * DAY);
    let mut state = State { collections: collections(), ..State::default() };
    state.point_alias("News", "Article");
    state.point_alias("Contracts", "ContractClause");

    // Two collections of an old project that are no longer there: what restores without being in the way.
    let today = state.collections.clone();
    state.collections.push(Collection::new("LegacyOrder", 88_410));
    state.collections.push(Collection::new("LegacyCustomer", 6_203));
    state.point_alias("Orders", "LegacyOrder");
    let legacy = ["LegacyOrder", "LegacyCustomer"];
    let archive = state.add_backup("legacy-final", Status::Success, &legacy, ago(20));
    archive.completed_at = timestamp(ago(20) + 42_000);
    archive.restore = Some(StoredRestore::new(Status::Success, None));
    let mixed: Vec<&str> = legacy.into_iter().chain(["Article", "Author"]).collect();
    let error = "could not restore classes: [\"Article\": error when trying to restore class: class name Article already exists]";
    let migration = state.add_backup("migration-test-2", Status::Success, &mixed, ago(8));
    migration.completed_at = timestamp(ago(8) + 92_000);
    migration.restore = Some(StoredRestore::new(Status::Failed, Some(error)));
    state.collections = today;
    state.aliases.retain(|alias| alias.alias != "Orders");

    let names: Vec<&str> = COLLECTIONS.iter().map(|(name, _)| *name).chain(["Mailbox"]).collect();
    for Past(kind, days, minutes, status) in &PAST {
        let started = ago(*days).saturating_sub(3 * HOUR);
        let backup = state.add_backup(&dated(kind, started), status.clone(), &names, started);
        backup.completed_at = timestamp(started + minutes * MINUTE + days * 2_000 % MINUTE);
        // The collections have grown since.
        backup.size_gib = backup.size_gib.map(|size| size * (1.0 - 0.006 * *days as f64));
        backup.error = match status {
            Status::Failed => Some("node \"node1\": commit: write file: no space left on device".to_owned()),
            Status::Canceled => Some("context canceled".to_owned()),
            _ => None,
        };
    }
    // Its coordinator was restarted while it ran: it stays STARTED for ever (behaviour notes 2.5).
    state.add_backup("migration-test-3", Status::Started, &["Article", "Author", "Product"], ago(6));
    let support = ["SupportTicket", "KbChunk"];
    state.add_backup("support-only", Status::Success, &support, ago(5)).completed_at = timestamp(ago(5) + 152_000);
    state.backups.sort_by_key(|backup: &Backup| backup.started_at);
    state
}

/// `nightly-2026-11-24`.
fn dated(kind: &str, at_millis: u64) -> String {
    let time = timestamp(at_millis).map(String::from).unwrap_or_default();
    format!("{kind}-{}", time.split('T').next().unwrap_or_default())
}

fn locked() -> Auth {
    let article = json!([
        {"action": "manage_backups", "backups": {"collection": "Article"}},
        {"action": "read_collections", "collections": {"collection": "Article"}},
    ]);
    Auth {
        users: vec![
            User::new("admin", "demo-admin-key", &["admin"]),
            User::new("viewer", "demo-viewer-key", &["viewer"]),
            User::new("article-backups", "demo-article-key", &["article-backup"]),
            User::new("nobody", "demo-nobody-key", &[]),
        ],
        rbac: true,
        db_users: true,
        roles: vec![Role {
            name: "article-backup".to_owned(),
            permissions: article.as_array().cloned().unwrap_or_default(),
        }],
        ..Auth::default()
    }
}
