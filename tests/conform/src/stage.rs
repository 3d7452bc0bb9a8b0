//! Puts a simulator into the state that `given` tells.

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_sim::state::{Auth, Backup};
use weaviate_sim::{Kind, Request, Simulator, State, Work};

/// What follows starts this much later than the last time in the storage.
const PAUSE_MILLIS: u64 = 60_000;
/// Where no time is known.
const SOME_TIME: i64 = 1_795_500_000_000;

pub(crate) fn read<T: DeserializeOwned>(value: &Value, what: &str) -> Result<T> {
    T::deserialize(value).with_context(|| format!("cannot read {what}"))
}

/// When entry 0 is sent: later than anything in the storage.
pub(crate) fn base_millis(given: &Value) -> u64 {
    let backups = given["backups"].as_array().into_iter().flatten();
    let times = backups.flat_map(|backup| [&backup["started_at"], &backup["completed_at"]]);
    let times = times.filter_map(|time| Timestamp::parse(time.as_str()?).ok());
    let last = times.map(Timestamp::unix_millis).max().unwrap_or(SOME_TIME);
    u64::try_from(last).unwrap_or_default() + PAUSE_MILLIS
}

/// `base`: when entry 0 is sent.
pub(crate) fn stage(given: &Value, base: u64) -> Result<Simulator> {
    let mut simulator = Simulator::new(state(given)?);
    simulator.advance(base);
    for (node, last) in given["last_operation"].as_object().into_iter().flatten() {
        let node = simulator.node(node).with_context(|| format!("last_operation of the unknown node {node}"))?;
        for (name, kind) in [("create", Kind::Create), ("restore", Kind::Restore)] {
            if last[name].is_object() {
                simulator.remember(node, kind, base - PAUSE_MILLIS / 2, last[name]["left"] == "CANCELED");
            }
        }
    }
    let running: Vec<&Value> = given["in_progress"].as_array().into_iter().flatten().collect();
    if let Some(first) = running.iter().filter_map(|operation| operation["at_ms"].as_i64()).min() {
        // A simulator's time does not go back.
        let earlier = base.checked_add_signed(first).context("at_ms of an operation in progress")?;
        let mut restaged = Simulator::new(simulator.state.clone());
        restaged.advance(earlier);
        simulator = restaged;
    }
    for operation in running {
        start(&mut simulator, operation, base)?;
    }
    Ok(simulator)
}

fn state(given: &Value) -> Result<State> {
    let setting = |name: &str, default: &str| given["settings"][name].as_str().unwrap_or(default).to_owned();
    // One origin, or the settings by name.
    let cors = |member: &str, variable: &str| {
        let cors = &given["settings"]["cors"];
        let origin = cors.as_str().filter(|_| member == "allow_origin");
        let named = cors[member].as_str().or(cors[variable].as_str());
        origin.or(named).unwrap_or("*").to_owned()
    };
    let mut auth: Auth = read(&given["auth"], "auth")?;
    for user in &mut auth.users {
        user.key = sent_as(&user.name);
    }
    auth.tokens = std::mem::take(&mut auth.tokens).into_iter().map(|(name, token)| (sent_as(&name), token)).collect();
    let mut state = State {
        version: read(&given["version"], "version")?,
        nodes: read(&given["nodes"], "nodes")?,
        backups_path: given["backends"]["filesystem"]["path"].as_str().map(str::to_owned),
        s3: read(&given["backends"]["s3"], "the backend s3")?,
        operational_mode: setting("operational_mode", "ReadWrite"),
        cors_allow_origin: cors("allow_origin", "CORS_ALLOW_ORIGIN"),
        cors_allow_methods: cors("allow_methods", "CORS_ALLOW_METHODS"),
        api_based_modules_disabled: given["settings"]["api_based_modules_disabled"] == true,
        auth,
        collections: read(&given["collections"], "collections")?,
        aliases: read(&given["aliases"], "aliases")?,
        ..State::default()
    };
    ensure!(!state.nodes.is_empty(), "no nodes");
    for stored in given["backups"].as_array().into_iter().flatten() {
        let mut backup: Backup = read(stored, "a backup")?;
        // What is absent could not be known; null says that there is none.
        if stored.get("completed_at").is_none() {
            backup.completed_at = backup.started_at;
        }
        if stored.get("size_gib").is_none() {
            backup.size_gib = Some(backup.contents.size_gib());
        }
        state.backups.push(backup);
    }
    Ok(state)
}

/// Recordings hold no keys: `Bearer <name>`.
fn sent_as(name: &str) -> String {
    format!("<{name}>")
}

/// An operation that runs already. What it has left in the storage is put there again by its POST.
fn start(simulator: &mut Simulator, operation: &Value, base: u64) -> Result<()> {
    let text = |member: &str| operation[member].as_str().unwrap_or_default();
    let (id, backend) = (text("id"), text("backend"));
    let at = operation["at_ms"].as_i64().and_then(|at| base.checked_add_signed(at)).context("at_ms")?;
    let node = simulator.node(text("coordinator")).unwrap_or_default();
    let body = json!({"id": id, "include": operation["classes"]});
    if text("kind") == "restore" {
        simulator.plan(Kind::Restore, work(operation));
        post(simulator, node, &format!("/v1/backups/{backend}/{id}/restore"), &body, at)
    } else {
        simulator.state.backups.retain(|backup| backup.id != id);
        simulator.plan(Kind::Create, work(operation));
        post(simulator, node, &format!("/v1/backups/{backend}"), &body, at)
    }
}

/// A POST of the recorder, which the server accepted.
pub(crate) fn post(simulator: &mut Simulator, node: usize, target: &str, body: &Value, at: u64) -> Result<()> {
    let reply = simulator.handle_on(node, &Request::new("POST", target).json(body), at).reply;
    let reply = reply.with_context(|| format!("no answer to POST {target}"))?;
    ensure!(reply.status == 200, "POST {target} was answered {}: {}", reply.status, reply.value());
    Ok(())
}

/// How long the nodes work: to the middle of the recorded range; where it is open, until somebody says so.
pub(crate) fn work(entry: &Value) -> Work {
    let middle = |range: &Value| Some(u64::midpoint(range[0].as_u64()?, range[1].as_u64()?));
    let worked = middle(&entry["worked_ms"]);
    let by_node = entry["worked_ms_by_node"].as_object().into_iter().flatten();
    Work {
        worked_millis: worked,
        abort_millis: worked,
        finalizing_millis: middle(&entry["finalizing_ms"]),
        worked_by_node: by_node.filter_map(|(node, range)| Some((node.clone(), middle(range)?))).collect(),
        ..Work::default()
    }
}
