//! The actions of `do`: what was done to the server besides the recorded requests.

use crate::stage::{post, read};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::status::Status;
use weaviate_sim::state::{Backend, Backup, Descriptor, StoredRestore};
use weaviate_sim::{Kind, Simulator, State, Work};

/// How long a recorder followed a backup of its own.
const FOLLOWED_MILLIS: u64 = 2_000;

/// How long an action takes that is not done at once.
pub(crate) fn takes_millis(action: &Value) -> u64 {
    if action.get("make_backup").is_some() { FOLLOWED_MILLIS } else { 0 }
}

/// Carries out one action at `now`; returns when it was done.
pub(crate) fn act(simulator: &mut Simulator, action: &Value, now: u64) -> Result<u64> {
    let (name, with) = action.as_object().and_then(|action| action.iter().next()).context("an action is no object")?;
    let text = |member: &str| with[member].as_str().unwrap_or_default();
    simulator.advance(now);
    match name.as_str() {
        "kill_node" | "stop_node" => kill(simulator, with)?,
        "start_node" => {
            let node = node(simulator, with)?;
            simulator.start(node);
        }
        "make_backup" => {
            simulator.plan(Kind::Create, Work::lasting(FOLLOWED_MILLIS / 2));
            let body = json!({"id": with["id"], "include": with["include"]});
            post(simulator, 0, &format!("/v1/backups/{}", text("backend")), &body, now)?;
            return Ok(now + FOLLOWED_MILLIS);
        }
        "start_s3" => {
            let running = simulator.running(Kind::Create).map(str::to_owned);
            let s3 = simulator.state.s3.as_mut().context("there is no S3")?;
            (s3.reachable, s3.bucket_exists) = (true, true);
            if with["empty"] == true {
                // What is at work is in the memory of its coordinator.
                let kept = |known: &Backup| known.backend() != Backend::S3 || Some(&known.id) == running.as_ref();
                simulator.state.backups.retain(kept);
            }
        }
        name => change(&mut simulator.state, name, with)?,
    }
    Ok(now)
}

fn node(simulator: &Simulator, with: &Value) -> Result<usize> {
    let name = with.as_str().or(with["node"].as_str()).context("no node is named")?;
    simulator.node(name).with_context(|| format!("there is no node {name}"))
}

fn kill(simulator: &mut Simulator, with: &Value) -> Result<()> {
    let node = node(simulator, with)?;
    let applied: Vec<String> = if with["applied"].is_array() { read(&with["applied"], "applied")? } else { Vec::new() };
    let restored = simulator.running(Kind::Restore).map(str::to_owned);
    let state = &mut simulator.state;
    if let Some(backup) = state.backups.iter().find(|backup| Some(&backup.id) == restored.as_ref()) {
        let found = backup.contents.collections.iter().filter(|known| applied.contains(&known.name));
        state.collections.extend(found.cloned());
    }
    let range = &with["gone_ms"];
    let gone = range[0].as_u64().zip(range[1].as_u64()).map(|(least, most)| u64::midpoint(least, most));
    simulator.kill(node, gone);
    Ok(())
}

/// What happens to the schema, the storage and the settings.
fn change(state: &mut State, name: &str, with: &Value) -> Result<()> {
    let text = |member: &str| with[member].as_str().unwrap_or_default();
    match name {
        "delete_collection" => state.delete_collection(with.as_str().context("no name")?),
        "create_collection" => state.collections.push(read(with, "a collection")?),
        "create_alias" => state.point_alias(text("alias"), text("class")),
        "delete_alias" => state.aliases.retain(|alias| Some(alias.alias.as_str()) != with.as_str()),
        "create_role" => state.auth.roles.push(read(with, "a role")?),
        "add_objects" => {
            for collection in state.collections.iter_mut().filter(|known| known.name == text("collection")) {
                collection.objects += with["count"].as_u64().context("no count")?;
            }
        }
        "set_tenant" => {
            let collections = state.collections.iter_mut().filter(|known| known.name == text("collection"));
            for tenant in collections.filter_map(|collection| collection.tenants.get_mut(text("tenant"))) {
                tenant.status = text("status").to_owned();
                tenant.unloaded = false;
            }
        }
        "clear_data" if state.nodes.len() == 1 => {
            state.collections.clear();
            state.aliases.clear();
        }
        "set_setting" => {
            state.cleanup_unfinished_backups =
                with["cleanup_unfinished_backups"].as_bool().context("an unknown setting")?;
        }
        "set_stored_restore_status" => {
            let status = Status::parse(text("status"));
            backup(state, with)?.restore = Some(StoredRestore::new(status, None));
        }
        "remove_restore_state" => backup(state, with)?.restore = None,
        "remove_backup" => {
            let home = backup(state, with)?.home.clone();
            state.backups.retain(|backup| backup.home != home);
        }
        "move_backup" => {
            let moved = if with["away"] == true { Descriptor::Missing } else { Descriptor::Good };
            backup(state, with)?.descriptor = moved;
        }
        "move_backup_path" => state.backups_path_missing = with["away"] == true,
        "remove_backup_file" => remove_file(backup(state, with)?, text("file"))?,
        "write_descriptor" => write_descriptor(state, with)?,
        "stop_s3" => state.s3.as_mut().context("there is no S3")?.reachable = false,
        // With other nodes up the data comes back by itself. Files that are no backups change nothing.
        "clear_data" | "put_foreign" | "remove_foreign" => {}
        other => bail!("the action {other} is not known"),
    }
    Ok(())
}

fn remove_file(backup: &mut Backup, file: &str) -> Result<()> {
    match file.rsplit('/').next() {
        Some("backup_config.json") => backup.descriptor = Descriptor::Missing,
        Some("restore_config.json") => backup.restore = None,
        Some("backup.json") => backup.node_descriptor_missing = true,
        _ => bail!("it is not known what the loss of {file} does"),
    }
    Ok(())
}

fn backend(with: &Value) -> Result<Backend> {
    Ok(match with["backend"].as_str() {
        Some("filesystem") => Backend::Filesystem,
        Some("s3") => Backend::S3,
        other => bail!("the backend {other:?} is not known"),
    })
}

/// The backup that an action is about, in the default location of its backend.
fn backup<'a>(state: &'a mut State, with: &Value) -> Result<&'a mut Backup> {
    let (backend, id) = (backend(with)?, with["id"].as_str().context("no id")?);
    state.backup_at_mut(backend, &Location::default(), id).with_context(|| format!("there is no backup {id}"))
}

/// `members` sets members of the good descriptor, so what an earlier event set is undone first. There may be no backup of
/// this id yet: then nothing but the descriptor is put.
fn write_descriptor(state: &mut State, with: &Value) -> Result<()> {
    let (backend, default) = (backend(with)?, Location::default());
    let id = with["id"].as_str().context("no id")?;
    if state.backup_at_mut(backend, &default, id).is_none() {
        state.add_backup_at(backend, &default, id, Status::Success, &[], 0);
    }
    let backup = backup(state, with)?;
    let set = &with["set"];
    let member = |name: &str, good: &str| set[name].as_str().unwrap_or(good).to_owned();
    backup.descriptor = match with["content"].as_str() {
        Some("half" | "empty_file") => Descriptor::Unreadable,
        Some("empty_object") => Descriptor::EmptyObject,
        Some("members") => Descriptor::Good,
        None => Descriptor::Missing,
        Some(other) => bail!("the content {other} is not known"),
    };
    backup.id = member("id", id);
    backup.status = Status::parse(&member("status", "SUCCESS"));
    backup.format_version = member("version", "2.1");
    backup.error = set["error"].as_str().map(str::to_owned);
    Ok(())
}
