//! The areas of `test`, in the order in which they run: what fails quickly first.

use std::process::Command;

use anyhow::Result;

use super::{deploy, journeys, python, tally::Tally};
use crate::{
    bundle::{self, root},
    step::Step,
    tools,
};

pub(super) struct Area {
    pub(super) name: &'static str,
    pub(super) run: fn() -> Result<Tally>,
}

/// Runs only when asked for or as part of `quick`: it is one of `journeys`.
pub(super) const QUICK_JOURNEY: &str = "journey";

/// What `quick` is made of.
pub(super) const QUICK: [&str; 2] = ["native", QUICK_JOURNEY];

pub(super) const AREAS: [Area; 14] = [
    Area { name: "format", run: format },
    Area { name: "lints", run: lints },
    Area { name: "native", run: native },
    Area { name: "properties", run: properties },
    Area { name: "python", run: python::run },
    Area { name: "wasm", run: wasm },
    Area { name: "size", run: size },
    Area { name: "deploy", run: deploy::run },
    Area { name: "journeys", run: journeys::in_all_engines },
    Area { name: QUICK_JOURNEY, run: journeys::quick },
    Area { name: "accessibility", run: journeys::accessibility },
    Area { name: "pictures", run: || journeys::pictures(false) },
    Area { name: "licences", run: licences },
    Area { name: "unused", run: unused },
];

pub(super) fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(arguments);
    cargo
}

/// One check that is a program's exit code.
fn checked(what: &str, usual: &str, command: &mut Command) -> Result<Tally> {
    Step::new(what, usual).run(command).map(|_| Tally::ONE)
}

/// A test runner: its own counts, and its whole output when it failed.
pub(super) fn tested(what: &str, usual: &str, command: &mut Command) -> Result<Tally> {
    let (success, output) = Step::new(what, usual).run_for_output(command)?;
    let tally = Tally::of(&output, success);
    if tally.failed > 0 {
        println!("{output}");
    }
    Ok(tally)
}

fn format() -> Result<Tally> {
    checked("cargo fmt", "3 s", &mut cargo(&["fmt", "--all", "--check", "--", "--color", "never"]))
}

/// The console's own lints forbid what only `platform` may use; they are read from a folder of their own, because they name web crates that
/// the native crates do not have.
fn lints() -> Result<Tally> {
    tools::wasm_target()?;
    let mut tally = checked(
        "clippy, native",
        "2 min the first time, 10 s later",
        &mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    let mut wasm = cargo(&[
        "clippy",
        "--quiet",
        "--target",
        "wasm32-unknown-unknown",
        "--all-features",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    wasm.env("CLIPPY_CONF_DIR", root().join("xtask/lints"));
    tally += checked("clippy, wasm", "2 min the first time, 10 s later", &mut wasm)?;
    Ok(tally)
}

fn native() -> Result<Tally> {
    let arguments = ["test", "--workspace", "--no-fail-fast"];
    tested("native tests", "4 min the first time, 40 s later", &mut cargo(&arguments))
}

/// What is played too often for a debug build: every decoder and damaged texts, every rule and faults. The tables of what was played are shown.
fn properties() -> Result<Tally> {
    let arguments = [
        "test",
        "--profile",
        "property",
        "--package",
        "weaviate-backup-console",
        "--test",
        "decoders",
        "--test",
        "cells",
        "--",
        "--nocapture",
    ];
    let step = Step::new("properties", "5 min the first time, 2 min later");
    let (success, output) = step.run_for_output(&mut cargo(&arguments))?;
    let tally = Tally::of(&output, success);
    for line in output.lines().filter(|line| tally.failed > 0 || line.starts_with('|')) {
        println!("  {line}");
    }
    Ok(tally)
}

fn wasm() -> Result<Tally> {
    tools::wasm_target()?;
    let browser = tools::chromium()?;
    let mut tests = cargo(&[
        "test",
        "--target",
        "wasm32-unknown-unknown",
        "--package",
        "weaviate-backup-console",
        // One file: the runner cuts no parts.
        "--no-default-features",
        "--test",
        "web",
    ]);
    tests.env("PATH", tools::path_with(&[tools::wasm_bindgen()?])?);
    browser.tell(&mut tests);
    tested("wasm tests", "3 min the first time, 20 s later", &mut tests)
}

fn size() -> Result<Tally> {
    bundle::dist().map(|()| Tally::ONE)
}

/// Licences, bans and sources always; known holes where their list can be had, which is a download of its own.
fn licences() -> Result<Tally> {
    let path = tools::path_with(&[tools::cargo_deny()?])?;
    let deny = |what: &[&str]| {
        let mut deny = cargo(&["deny", "--workspace", "check"]);
        deny.args(what).env("PATH", &path);
        deny
    };
    let mut tally = checked("licences, bans, sources", "5 s", &mut deny(&["licenses", "bans", "sources"]))?;
    let (success, output) = Step::new("known holes", "10 s").run_for_output(&mut deny(&["advisories"]))?;
    if success {
        tally += Tally::ONE;
    } else if output.contains("failed to fetch advisory database") {
        println!("  the advisory database cannot be reached from here: known holes were not looked for");
    } else {
        println!("{output}");
        tally.failed += 1;
    }
    Ok(tally)
}

fn unused() -> Result<Tally> {
    let machete = tools::cargo_machete()?.join("cargo-machete");
    checked("unused dependencies", "2 s", Command::new(machete).current_dir(root()))
}
