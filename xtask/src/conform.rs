//! `conform`: recordings of real servers against the types of the core and the simulated server.

use std::{
    path::absolute,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::bundle::root;

/// Hands over to the package `conform`, which says what it found. `false`: something differs.
///
/// # Errors
/// The package cannot be started, or there is nothing to check.
pub fn run(folder: &str) -> Result<bool> {
    // As the caller means it: cargo is started elsewhere.
    let folder = absolute(folder).with_context(|| format!("no path: {folder}"))?;
    let mut conform = Command::new("cargo");
    conform.current_dir(root()).args(["run", "--quiet", "--package", "conform", "--"]).arg(folder);
    let status = conform.stdin(Stdio::null()).status().context("cannot start cargo")?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => bail!("the recordings were not checked"),
    }
}
