//! `test`: all that a change must pass.

mod areas;
mod deploy;
mod journeys;
mod python;
mod tally;

use std::time::Instant;

use anyhow::{Result, ensure};

pub use self::journeys::soak;
use self::{areas::AREAS, tally::Tally};
use crate::step::duration;

/// Puts the screens' pictures in the place of the accepted ones that differ.
///
/// # Errors
/// What the pictures need is missing, or a screen was not reached.
pub fn accept_pictures() -> Result<()> {
    let tally = journeys::pictures(true)?;
    ensure!(tally.failed == 0, "{} of the screens could not be pictured", tally.failed);
    println!("tests/pictures is as the screens are now: look at what changed there before you commit it");
    Ok(())
}

/// Runs the named areas (`quick`: the native tests and one journey; no name: all), a line for each, and the sum as the last line.
///
/// The sum counts tests where a runner counts them; an area that is one check (format, size and the like) counts as one.
///
/// # Errors
/// A name that is none. A failed area is no error: the answer is then `false`.
pub fn run(names: &[String]) -> Result<bool> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let known: Vec<&str> = AREAS.iter().map(|area| area.name).collect();
    for name in &names {
        ensure!(
            *name == "quick" || known.contains(name),
            "there is no area `{name}`, only quick, {}",
            known.join(", ")
        );
    }
    let quick = names.contains(&"quick");
    let chosen = AREAS.iter().filter(|area| match names.as_slice() {
        [] => area.name != areas::QUICK_JOURNEY,
        _ => names.contains(&area.name) || (quick && areas::QUICK.contains(&area.name)),
    });
    let mut lines = Vec::new();
    let mut sum = Tally::default();
    for area in chosen {
        println!("{}", area.name);
        let started = Instant::now();
        let (tally, note) = match (area.run)() {
            Ok(tally) => (tally, String::new()),
            Err(error) => (Tally { passed: 0, failed: 1 }, format!("  {error:#}")),
        };
        let verdict = if tally.failed == 0 { "ok" } else { "FAILED" };
        let counted = format!("{} passed, {} failed", tally.passed, tally.failed);
        let line = format!("{:<16}{verdict:<8}{counted:<28}{}{note}", area.name, duration(started.elapsed()));
        println!("{line}\n");
        lines.push(line);
        sum += tally;
    }
    println!("{}\n", lines.join("\n"));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(sum.failed == 0)
}
