//! Sends the requests of a recording at their times, does in between what was done, and compares the answers.

use crate::compare::Comparison;
use crate::endpoint::Endpoint;
use crate::{Exemptions, FileReport, events, stage};
use anyhow::{Context, Result};
use serde_json::Value;
use weaviate_sim::{Kind, Request, Simulator};

pub(crate) fn replay(recording: &Value, report: &mut FileReport, exemptions: &mut Exemptions) -> Result<()> {
    let entries = recording["exchanges"].as_array().context("no exchanges")?;
    let stageable = match (recording["stageable_before"].as_u64(), recording["stageable"] == true) {
        (Some(before), _) => usize::try_from(before)?,
        (None, true) => entries.len(),
        (None, false) => 0,
    };
    report.not_stageable = entries.iter().skip(stageable).filter(|entry| entry["request"].is_object()).count();
    if stageable == 0 {
        return Ok(());
    }
    let given = &recording["given"];
    let base = stage::base_millis(given);
    let mut simulator = stage::stage(given, base)?;
    // When the last entry was sent, and when its answer was there: what is done next comes after that.
    let (mut last, mut ended) = (base, base);
    for (index, entry) in entries.iter().enumerate().take(stageable) {
        let now = base + entry["at_ms"].as_u64().with_context(|| format!("#{index} has no at_ms"))?;
        let actions: Vec<&Value> = entry["do"].as_array().into_iter().flatten().collect();
        for (place, action) in actions.iter().enumerate() {
            // An event is stamped when its last action was done; the others came right after the entry before it.
            let early = last.max(ended) + 1;
            let is_last = place + 1 == actions.len();
            let at = if is_last { early.max(now.saturating_sub(events::takes_millis(action))) } else { early };
            last = events::act(&mut simulator, action, at).with_context(|| format!("#{index} {action}"))?;
        }
        last = now.max(last);
        if entry["request"].is_object() {
            send(&mut simulator, index, entry, last, report, exemptions).with_context(|| format!("#{index}"))?;
        }
        ended = last + entry["took_ms"].as_u64().unwrap_or_default();
    }
    Ok(())
}

fn send(
    simulator: &mut Simulator,
    index: usize,
    entry: &Value,
    now: u64,
    report: &mut FileReport,
    exemptions: &mut Exemptions,
) -> Result<()> {
    let request = request(&entry["request"])?;
    if entry["worked_ms"].is_array() {
        let kind = if request.path.ends_with("/restore") { Kind::Restore } else { Kind::Create };
        simulator.plan(kind, stage::work(entry));
    }
    let node = match entry["node"].as_str() {
        Some(node) => simulator.node(node).with_context(|| format!("there is no node {node}"))?,
        None => 0,
    };
    let reply = simulator.handle_on(node, &request, now).reply;
    if entry["skip"].is_string() {
        report.skipped += 1;
        return Ok(());
    }
    let target = entry["request"]["path"].as_str().unwrap_or_default();
    let Some(endpoint) = Endpoint::of(&request.method, target) else {
        report.carried_out += 1;
        return Ok(());
    };
    report.compared += 1;
    let what = format!("#{index} {} {target}", request.method);
    let recorded_none = entry["response"]["status"] == 0;
    let reply = match reply {
        Some(reply) if !recorded_none => reply,
        None if recorded_none => return Ok(()),
        Some(reply) => {
            report.differences.push(format!("{what}: answered {}, and no answer was recorded", reply.status));
            return Ok(());
        }
        None => {
            report.differences.push(format!("{what}: no answer"));
            return Ok(());
        }
    };
    let collections = simulator.state.collections.iter().filter(|collection| collection.multi_tenant);
    let tenanted = collections.map(|collection| collection.name.clone()).collect();
    let version = simulator.state.version.clone();
    let mut comparison = Comparison { endpoint, version: &version, tenanted, exemptions, differences: Vec::new() };
    comparison.compare(entry, &reply)?;
    report.differences.extend(comparison.differences.into_iter().map(|difference| format!("{what}: {difference}")));
    Ok(())
}

fn request(recorded: &Value) -> Result<Request> {
    let text = |member: &str| recorded[member].as_str().with_context(|| format!("a request without {member}"));
    let mut request = Request::new(text("method")?, text("path")?);
    for (name, value) in recorded["headers"].as_object().into_iter().flatten() {
        request = request.header(name, value.as_str().unwrap_or_default());
    }
    request.body = match &recorded["body"] {
        Value::Null => Vec::new(),
        Value::String(raw) => raw.clone().into_bytes(),
        body => body.to_string().into_bytes(),
    };
    Ok(request)
}
