//! Stages `given`, does `do`, sends the requests at their times, in the shape of the recordings' README.

use crate::compare;
use serde::Deserialize;
use serde_json::{Value, json};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_sim::state::{Auth, Backend, Backup, Collection, Descriptor, Role, S3, StoredRestore};
use weaviate_sim::{Kind, Request, Simulator, State, Work};

#[derive(Default)]
pub struct Report {
    pub compared: usize,
    /// Requests on other paths: they change the state, their answers are not compared.
    pub carried_out: usize,
    pub differences: Vec<String>,
}

pub fn replay(recording: &Value, default_list: &str) -> Report {
    let entries = recording["exchanges"].as_array().unwrap();
    let before = recording["stageable_before"].as_u64().map(|before| usize::try_from(before).unwrap());
    let base = base_millis(&recording["given"]);
    let mut simulator = stage(&recording["given"], base);
    let mut report = Report::default();
    // When the last entry was sent, and when its answer was there: what is done next comes after that.
    let (mut last, mut ended) = (base, base);
    for (index, entry) in entries.iter().enumerate().take(before.unwrap_or(entries.len())) {
        let now = base + entry["at_ms"].as_u64().unwrap();
        for action in entry["do"].as_array().into_iter().flatten() {
            last = act(&mut simulator, action, last.max(ended) + 1);
        }
        if entry["request"].is_object() {
            let request = request(&entry["request"]);
            if entry["worked_ms"].is_array() {
                let kind = if request.path.ends_with("/restore") { Kind::Restore } else { Kind::Create };
                simulator.plan(kind, work(entry));
            }
            let outcome = simulator.handle(&request, now.max(last));
            let reply = outcome.reply.expect("the server is up");
            if entry["skip"].is_string() {
            } else if let Some(scope) = compare::scope(&request.method, &request.path) {
                report.compared += 1;
                for difference in compare::differences(scope, entry, &reply, default_list) {
                    let what = format!("#{index} {} {}: {difference}", request.method, request.path);
                    report.differences.push(what);
                }
            } else {
                report.carried_out += 1;
            }
        }
        last = now.max(last);
        ended = last + entry["took_ms"].as_u64().unwrap_or_default();
    }
    report
}

/// The nodes end in the middle of the recorded range; `null`: nobody saw them end.
fn work(entry: &Value) -> Work {
    let middle = |range: &Value| Some(u64::midpoint(range[0].as_u64()?, range[1].as_u64()?));
    let worked = middle(&entry["worked_ms"]);
    Work {
        worked_millis: worked,
        abort_millis: worked,
        finalizing_millis: middle(&entry["finalizing_ms"]),
        ..Work::default()
    }
}

/// Later than anything in the storage.
fn base_millis(given: &Value) -> u64 {
    let backups = given["backups"].as_array().into_iter().flatten();
    let times = backups.flat_map(|backup| [&backup["started_at"], &backup["completed_at"]]);
    let times = times.filter_map(|time| Timestamp::parse(time.as_str()?).ok());
    let last = times.map(Timestamp::unix_millis).max().unwrap_or(1_795_500_000_000);
    u64::try_from(last).unwrap() + 60_000
}

fn stage(given: &Value, base: u64) -> Simulator {
    let setting = |name: &str, default: &str| given["settings"][name].as_str().unwrap_or(default).to_owned();
    let mut auth: Auth = serde_json::from_value(given["auth"].clone()).unwrap();
    for user in &mut auth.users {
        user.key = format!("<{}>", user.name);
    }
    let mut state = State {
        version: given["version"].as_str().unwrap().to_owned(),
        nodes: vec![given["nodes"][0].as_str().unwrap().to_owned()],
        backups_path: given["backends"]["filesystem"]["path"].as_str().map(str::to_owned),
        s3: Option::<S3>::deserialize(&given["backends"]["s3"]).unwrap(),
        operational_mode: setting("operational_mode", "ReadWrite"),
        auth,
        collections: Vec::<Collection>::deserialize(&given["collections"]).unwrap(),
        aliases: Vec::deserialize(&given["aliases"]).unwrap(),
        ..State::default()
    };
    for stored in given["backups"].as_array().into_iter().flatten() {
        let mut backup = Backup::deserialize(stored).unwrap();
        if stored.get("completed_at").is_none() {
            backup.completed_at = backup.started_at;
        }
        if stored.get("size_gib").is_none() {
            backup.size_gib = Some(backup.contents.size_gib());
        }
        state.backups.push(backup);
    }
    let mut simulator = Simulator::new(state);
    for (name, kind) in [("create", Kind::Create), ("restore", Kind::Restore)] {
        let last = &given["last_operation"]["node1"][name];
        if last.is_object() {
            simulator.remember(0, kind, base - 30_000, last["left"] == "CANCELED");
        }
    }
    for running in given["in_progress"].as_array().into_iter().flatten() {
        let id = running["id"].as_str().unwrap();
        simulator.state.backups.retain(|backup| backup.id != id);
        simulator.plan(Kind::Create, work(running));
        let start = base.checked_add_signed(running["at_ms"].as_i64().unwrap()).unwrap();
        post(
            &mut simulator,
            running["backend"].as_str().unwrap_or("filesystem"),
            &json!({"id": id, "include": running["classes"]}),
            start,
        );
    }
    simulator
}

fn post(simulator: &mut Simulator, backend: &str, body: &Value, now: u64) {
    let request = Request::new("POST", &format!("/v1/backups/{backend}")).json(body);
    let reply = simulator.handle(&request, now).reply.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.value());
}

/// Carries out one action of the vocabulary; returns when it was done.
fn act(simulator: &mut Simulator, action: &Value, now: u64) -> u64 {
    let (name, with) = action.as_object().unwrap().iter().next().unwrap();
    let text = |member: &str| with[member].as_str().unwrap_or_default();
    let name = name.as_str();
    simulator.advance(now);
    let running = simulator.running(Kind::Create).map(str::to_owned);
    let state = &mut simulator.state;
    match name {
        "delete_collection" => state.delete_collection(with.as_str().unwrap()),
        "create_collection" => state.collections.push(Collection::deserialize(with).unwrap()),
        "create_alias" => state.point_alias(text("alias"), text("class")),
        "delete_alias" => state.aliases.retain(|alias| alias.alias != with.as_str().unwrap()),
        "add_objects" => {
            for collection in state.collections.iter_mut().filter(|known| known.name == text("collection")) {
                collection.objects += with["count"].as_u64().unwrap();
            }
        }
        "kill_node" | "stop_node" => simulator.down = true,
        "start_node" => simulator.restart(),
        "set_setting" => state.cleanup_unfinished_backups = with["cleanup_unfinished_backups"] == true,
        "set_stored_restore_status" => {
            let stored = StoredRestore::new(Status::parse(text("status")), None);
            backup(state, with).restore = Some(stored);
        }
        "remove_restore_state" => backup(state, with).restore = None,
        "make_backup" => {
            simulator.plan(Kind::Create, Work::lasting(1_000));
            post(simulator, text("backend"), &json!({"id": with["id"], "include": with["include"]}), now);
            return now + 2_000;
        }
        "remove_backup" => {
            let home = backup(state, with).home.clone();
            state.backups.retain(|backup| backup.home != home);
        }
        "move_backup" => {
            let moved = if with["away"] == true { Descriptor::Missing } else { Descriptor::Good };
            backup(state, with).descriptor = moved;
        }
        "move_backup_path" => state.backups_path_missing = with["away"] == true,
        "remove_backup_file" => backup(state, with).node_descriptor_missing = true,
        "write_descriptor" => write_descriptor(state, with),
        "stop_s3" => state.s3.as_mut().unwrap().reachable = false,
        "start_s3" => {
            state.s3.as_mut().unwrap().reachable = true;
            if with["empty"] == true {
                // What is at work is in the memory of its coordinator.
                state.backups.retain(|known| known.backend() != Backend::S3 || Some(&known.id) == running.as_ref());
            }
        }
        "create_role" => state.auth.roles.push(Role::deserialize(with).unwrap()),
        // Files that are no backups change nothing.
        "put_foreign" | "remove_foreign" => {}
        other => panic!("unknown action {other}"),
    }
    now
}

fn backend(with: &Value) -> Backend {
    match with["backend"].as_str().unwrap() {
        "filesystem" => Backend::Filesystem,
        "s3" => Backend::S3,
        other => panic!("unknown backend {other}"),
    }
}

/// The backup that an action is about, in the default location of its backend.
fn backup<'a>(state: &'a mut State, with: &Value) -> &'a mut Backup {
    state.backup_at_mut(backend(with), &Location::default(), with["id"].as_str().unwrap()).unwrap()
}

/// `members` sets members of the good descriptor, so what an earlier event set is undone first. There may be no backup of
/// this id yet: then nothing but the descriptor is put.
fn write_descriptor(state: &mut State, with: &Value) {
    let (backend, default, id) = (backend(with), Location::default(), with["id"].as_str().unwrap());
    if state.backup_at_mut(backend, &default, id).is_none() {
        state.add_backup_at(backend, &default, id, Status::Success, &[], 0);
    }
    let backup = backup(state, with);
    let set = &with["set"];
    let member = |name: &str, good: &str| set[name].as_str().unwrap_or(good).to_owned();
    backup.descriptor = match with["content"].as_str() {
        Some("half" | "empty_file") => Descriptor::Unreadable,
        Some("empty_object") => Descriptor::EmptyObject,
        Some("members") => Descriptor::Good,
        _ => Descriptor::Missing,
    };
    backup.id = member("id", with["id"].as_str().unwrap());
    backup.status = Status::parse(&member("status", "SUCCESS"));
    backup.format_version = member("version", "2.1");
    backup.error = set["error"].as_str().map(str::to_owned);
}

fn request(recorded: &Value) -> Request {
    let text = |member: &str| recorded[member].as_str().unwrap();
    let mut request = Request::new(text("method"), text("path"));
    for (name, value) in recorded["headers"].as_object().unwrap() {
        request = request.header(name, value.as_str().unwrap());
    }
    request.body = match &recorded["body"] {
        Value::Null => Vec::new(),
        Value::String(raw) => raw.clone().into_bytes(),
        body => body.to_string().into_bytes(),
    };
    request
}
