//! `live`: the journeys against a real server.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::{
    bundle::{self, root},
    tools,
};

/// Builds the console that is shipped and hands over to the package `journeys`, with the user's `arguments` as they are.
///
/// # Errors
/// The build fails, a browser is missing, or a journey failed.
pub fn run(arguments: &[String]) -> Result<()> {
    tools::chromium()?;
    let dist = root().join("dist");
    bundle::build(&dist, &[])?;
    let mut journeys = Command::new("cargo");
    journeys.current_dir(root()).args(["run", "--quiet", "--package", "journeys", "--", "live", "--dist"]).arg(&dist);
    // Not a step: what is left behind on somebody's server must be seen as it is said.
    let status = journeys.args(arguments).stdin(Stdio::null()).status().context("cannot start the journeys")?;
    ensure!(status.success(), "a journey failed");
    Ok(())
}
