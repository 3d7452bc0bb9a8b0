//! Programs that cargo can install, pinned.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::{answer, cache, find};
use crate::{
    bundle::root,
    step::{Step, as_line},
};

pub(super) struct CargoTool<'a> {
    /// The crate.
    pub(super) name: &'a str,
    /// The program that is asked for its version.
    pub(super) binary: &'a str,
    pub(super) version: &'a str,
    pub(super) flags: &'a [&'a str],
    /// Such a program mostly starts others: what is quick to build is quick enough to run.
    pub(super) opt_level: &'a str,
    /// How long the installation takes on two cores.
    pub(super) usual: &'a str,
}

impl CargoTool<'_> {
    /// The folder that holds the program.
    pub(super) fn folder(&self) -> Result<PathBuf> {
        if let Some(found) = find(&[self.binary])
            && self.fits(&found)
        {
            return found.parent().map(PathBuf::from).context("a program without a folder");
        }
        let home = cache()?.join(format!("{}-{}", self.name, self.version));
        let folder = home.join("bin");
        if !self.fits(&folder.join(self.binary)) {
            self.install(home)?;
        }
        Ok(folder)
    }

    fn fits(&self, binary: &PathBuf) -> bool {
        let asked_itself = || answer(Command::new(binary).arg("--version"));
        // cargo-mutants answers only when it is called as cargo calls it.
        let asked_by_cargo = || {
            let command = self.binary.strip_prefix("cargo-")?;
            answer(Command::new(binary).args([command, "--version"]))
        };
        // `trunk 0.21.14`, and for one that prints its version only, that.
        asked_itself()
            .or_else(asked_by_cargo)
            .is_some_and(|version| version.split_whitespace().any(|word| word == self.version))
    }

    fn install(&self, home: PathBuf) -> Result<()> {
        // Not the checkout's target folder: the tool is no part of it, and its lock would be held by this very command.
        let build = home.join("build");
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root()).args(["install", self.name, "--version", self.version]).args(self.flags);
        cargo.arg("--root").arg(&home);
        let by_hand = as_line(&cargo);
        cargo.arg("--target-dir").arg(&build);
        cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256");
        cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level);
        Step::new(&format!("installing {} {}", self.name, self.version), self.usual)
            .run(&mut cargo)
            .with_context(|| format!("{} is missing; install it with: {by_hand}", self.name))?;
        std::fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
    }
}
