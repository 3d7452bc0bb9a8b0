//! What a fault does to the server and to the way to it.

use serde_json::{Value, json};
use weaviate_backups::domain::status::Status;
use weaviate_sim::state::{Backup, Descriptor, S3, StoredRestore, User};
use weaviate_sim::{Fault as Harm, FaultKind};

use super::{ID, NODES, World};
use crate::dice::Dice;
use crate::grid::{Fault, Phase, Plot};

const ZERO_TIME: &str = "0001-01-01T00:00:00.000Z";

const NO_METADATA: &str = "coordinator cannot get status: metadata not found";
const NO_FILE: &str =
    "coordinator cannot get status: metadata not found: n-1/backup_config.json: The specified key does not exist.";

impl World {
    /// The faults of requests, beside the two nodes that the server is made to show.
    pub(super) fn set_harms(&mut self, harms: Vec<Harm>) {
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
            Fault::TakenLate => self.late_millis = 5_000 + i64::try_from(dice.below(105_000)).unwrap_or(0),
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
                // Once a POST was answered, the words of a file that is not there prove nothing either: it may have been
                // taken away, or another node asks elsewhere.
                let is_answered = matches!(self.cell.phase, Phase::Running | Phase::Ended);
                let words = if is_answered && dice.one_in(2) { NO_FILE } else { NO_METADATA };
                harms = vec![statuses(failing(404, words))];
            }
            Fault::LostAndNotFound => {
                let lost = if dice.one_in(2) { FaultKind::LoseAnswer } else { FaultKind::DropBefore };
                harms = vec![Harm::new("POST", "/v1/backups", lost), statuses(failing(404, NO_METADATA))];
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
