//! Programs of the system's package manager.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use super::{answer, find};
use crate::step::Step;

/// A browser and its driver.
#[derive(Debug)]
pub struct Browser {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

impl Browser {
    /// Tells a command where both are: `CHROMIUM` and, as wasm-bindgen's test runner wants it, `CHROMEDRIVER`.
    pub fn tell(&self, command: &mut Command) {
        command.env("CHROMIUM", &self.browser).env("CHROMEDRIVER", &self.driver);
    }
}

/// Chromium (or Chrome) and chromedriver.
///
/// # Errors
/// Missing where this command may not install it; the message has the line to run.
pub fn chromium() -> Result<Browser> {
    let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    Ok(Browser {
        browser: program(&browsers, "chromium chromium-driver", "30 s")?,
        driver: program(&["chromedriver"], "chromium chromium-driver", "30 s")?,
    })
}

/// Node with npm, for axe-core.
///
/// # Errors
/// As [`chromium`].
pub fn node() -> Result<()> {
    program(&["npm"], "nodejs npm", "60 s").map(drop)
}

fn program(names: &[&str], packages: &str, usual: &str) -> Result<PathBuf> {
    if let Some(found) = find(names) {
        return Ok(found);
    }
    let name = names.join(" or ");
    let by_hand = format!("apt-get install --no-install-recommends {packages}");
    let root = answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let Some(apt) = find(&["apt-get"]) else {
        bail!("{name} is missing; install it so that it is on PATH (on Debian or Ubuntu: {by_hand})");
    };
    if !root {
        bail!("{name} is missing; install it with: sudo {by_hand}");
    }
    let run = |what: &str, usual: &str, arguments: &[&str]| {
        let mut command = Command::new(&apt);
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        Step::new(what, usual).run(&mut command)
    };
    run("apt-get update", "5 s", &["update", "-q"])?;
    let install: Vec<_> =
        ["install", "-q", "-y", "--no-install-recommends"].into_iter().chain(packages.split(' ')).collect();
    run(&format!("installing {packages}"), usual, &install)
        .with_context(|| format!("{name} is missing; install it with: {by_hand}"))?;
    find(names).with_context(|| format!("{name} is still not on PATH after: {by_hand}"))
}
