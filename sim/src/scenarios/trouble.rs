//! The scenarios in which something is under way, broken, old, or a lot.

use super::{DAY, HOUR, MINUTE, dated, one_node};
use crate::Request;
use crate::engine::timestamp;
use crate::simulator::{Kind, Simulator, Work};
use crate::state::{Auth, Collection, Role, S3, State, StoredRestore, User};
use serde_json::{Value, json};
use weaviate_backups::domain::status::Status;

/// How many backups `many` has: one each hour.
const MANY: u64 = 10_000;
const MANY_COLLECTIONS: [&str; 5] = ["Article", "Author", "Category", "Order", "Product"];

/// A create and a restore that began a while ago and go on for minutes.
pub(super) fn busy(now_millis: u64) -> Simulator {
    let mut simulator = Simulator::new(one_node(now_millis));
    let posts = [
        (Kind::Create, 4 * MINUTE, 25 * MINUTE, "/v1/backups/filesystem", json!({"id": "before-upgrade"})),
        (Kind::Restore, MINUTE, 10 * MINUTE, "/v1/backups/filesystem/legacy-final/restore", json!({})),
    ];
    for (kind, ago, lasts, path, body) in posts {
        simulator.plan(kind, Work::lasting(lasts));
        simulator.handle(&Request::new("POST", path).json(&body), now_millis.saturating_sub(ago));
    }
    simulator
}

/// S3 refuses connections; the filesystem beside it is well.
pub(super) fn broken_backend(now_millis: u64) -> State {
    let s3 = S3 { root: "prod".to_owned(), reachable: false, ..S3::default() };
    State { s3: Some(s3), ..one_node(now_millis) }
}

/// A backup of five collections each hour for more than a year.
pub(super) fn many(now_millis: u64) -> State {
    let collections = MANY_COLLECTIONS.map(|name| Collection::new(name, 1_200)).to_vec();
    let mut state = State { collections, ..State::default() };
    for hours in (0..MANY).rev() {
        let started = now_millis.saturating_sub(hours * HOUR + 20 * MINUTE);
        let status = match hours % 97 {
            13 => Status::Failed,
            57 => Status::Canceled,
            _ => Status::Success,
        };
        let id = format!("{}-{:02}00", dated("hourly", started), started / HOUR % 24);
        let backup = state.add_backup(&id, status, &MANY_COLLECTIONS, started);
        backup.completed_at = timestamp(started + 32_000 + hours % 7 * 10_000);
    }
    state
}

/// What coordinators left behind when they were restarted: creates that say STARTED for ever, a restore that says
/// TRANSFERRING, and one that is stuck in its CANCELLING (behaviour notes 2.5).
pub(super) fn orphaned(now_millis: u64) -> State {
    let mut state = one_node(now_millis);
    state.add_backup("before-reboot", Status::Started, &["Article", "Author"], now_millis.saturating_sub(50 * MINUTE));
    for (id, status) in [("half-restored", Status::Transferring), ("never-canceled", Status::Cancelling)] {
        let started = now_millis.saturating_sub(2 * DAY);
        let backup = state.add_backup(id, Status::Success, &["SupportTicket"], started);
        backup.completed_at = timestamp(started + 4 * MINUTE);
        backup.restore = Some(StoredRestore::new(status, None));
    }
    state.backups.sort_by_key(|backup| backup.started_at);
    state
}

/// Users of every kind, and an incremental chain, whose bases only root is told.
pub(super) fn rbac(now_millis: u64) -> State {
    let mut state = State { auth: users(), ..one_node(now_millis) };
    let names = ["Article", "Author", "Product"];
    for (days, base) in [(3, None), (2, Some(3)), (1, Some(2))] {
        let started = |days: u64| now_millis.saturating_sub(days * DAY + 5 * HOUR);
        let backup = state.add_backup(&dated("chain", started(days)), Status::Success, &names, started(days));
        backup.completed_at = timestamp(started(days) + 2 * MINUTE);
        backup.base = base.map(|days| dated("chain", started(days)));
    }
    state.backups.sort_by_key(|backup| backup.started_at);
    state
}

fn users() -> Auth {
    let role = |name: &str, permissions: Value| Role {
        name: name.to_owned(),
        permissions: permissions.as_array().cloned().unwrap_or_default(),
    };
    let reads_all = json!({"action": "read_collections", "collections": {"collection": "*"}});
    Auth {
        users: vec![
            User { root: true, ..User::new("root", "demo-root-key", &["root"]) },
            User::new("operator", "demo-operator-key", &["backup-operator"]),
            User::new("shop", "demo-shop-key", &["shop-backup"]),
            User::new("viewer", "demo-viewer-key", &["viewer"]),
        ],
        rbac: true,
        db_users: true,
        roles: vec![
            role(
                "backup-operator",
                json!([
                    {"action": "manage_backups", "backups": {"collection": "*"}},
                    reads_all,
                    {"action": "read_nodes", "nodes": {"verbosity": "minimal"}},
                    {"action": "read_cluster"},
                ]),
            ),
            role(
                "shop-backup",
                json!([{"action": "manage_backups", "backups": {"collection": "Product*"}}, reads_all]),
            ),
        ],
        ..Auth::default()
    }
}
