//! The official Python client against the simulated Weaviate: a witness that was not written by who wrote the simulator.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use weaviate_sim::{
    server::{Server, Shared},
    state::Collection,
};

use super::{areas::tested, tally::Tally};
use crate::{bundle::root, tools};

/// A collection whose backup takes a minute, so that there is something to cancel.
const LONG: (&str, u64) = ("Archive", 60_000_000);

/// Runs each file of tests in front of a server of its own, so that none meets what another left.
pub(super) fn run() -> Result<Tally> {
    let folder = root().join("tests/python");
    let python = tools::python_client(&folder.join("requirements.txt"))?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server's runtime")?;
    let mut tally = Tally::default();
    for file in files(&folder)? {
        let server = runtime.block_on(Server::start(stage()?, 0)).context("the simulated server did not start")?;
        let mut tests = Command::new(&python);
        // No .pyc files in the checkout.
        tests.arg("-B").arg(folder.join("run.py")).arg(&file);
        tests.env("SIMULATED_PORT", server.address.port().to_string());
        tally += tested(&format!("python client, {file}"), "6 s", &mut tests)?;
    }
    Ok(tally)
}

fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.strip_suffix(".py").is_some_and(|name| name.starts_with("test_")) {
            found.push(name);
        }
    }
    ensure!(!found.is_empty(), "{} holds no tests", folder.display());
    found.sort();
    Ok(found)
}

fn stage() -> Result<Shared> {
    let shared = Shared::scenario("rescue").context("the simulator has lost its scenario")?;
    {
        let state = &mut shared.lock().state;
        state.collections.push(Collection::new(LONG.0, LONG.1));
        state.s3.as_mut().context("the scenario has lost its S3")?.other_buckets.push("dr-backups".to_owned());
    }
    Ok(shared)
}
