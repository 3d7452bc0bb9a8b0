//! `mutants`: whether the unit tests of core notice when a rule is changed.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};

use crate::{bundle::root, step::Step, tools};

/// The survivors that are known, each with its reason.
const LIST: &str = "docs/mutation.md";

const CORE: &str = "core/src";

/// Longer than all unit tests of core take on a busy machine: what runs longer has lost its end, which is noticed too.
const TIME_LIMIT_SECONDS: &str = "20";

/// Changes core in one place after another and runs its unit tests each time; `places` are files or folders below core/src, none means all.
///
/// # Errors
/// A change that no test notices and that the list does not have; an entry of the list that is noticed by now; or it could not be tried.
pub fn run(places: &[String]) -> Result<()> {
    // A mistake is found before anything is installed.
    let patterns = places.iter().map(|place| pattern(&root(), place)).collect::<Result<Vec<_>>>()?;
    let path = tools::path_with(&[tools::cargo_mutants()?])?;
    let mut mutants = Command::new("cargo");
    mutants.current_dir(root()).env("PATH", path).env("CARGO_PROFILE_DEV_DEBUG", "0");
    // Each change is built in a copy of the tree: in a folder of another tree it could be taken for built.
    mutants.env_remove("CARGO_TARGET_DIR");
    mutants.args(["mutants", "--package", "weaviate-backups", "--output", "target", "--colors", "never"]);
    mutants.args(["--timeout", TIME_LIMIT_SECONDS, "--cargo-arg=--lib"]);
    for pattern in &patterns {
        mutants.args(["--file", pattern]);
    }
    let (_, output) = Step::new("mutants of core", "1 h, 2 min for one file").run_for_output(&mut mutants)?;
    // Its exit code is that of a failure for every survivor, listed or not.
    let Some(summary) = output.lines().find(|line| line.contains(" tested in ")) else {
        bail!("nothing was tried:\n{output}");
    };
    println!("  {}", summary.trim());
    let read = |file: &str| std::fs::read_to_string(root().join(file)).with_context(|| format!("cannot read {file}"));
    let survivors = survivors(&read("target/mutants.out/missed.txt")?)?;
    let differences = differences(&survivors, &listed(&read(LIST)?), places);
    ensure!(differences.is_empty(), "{}", differences.join("\n"));
    Ok(())
}

/// The glob of a file, or of all in a folder.
fn pattern(root: &Path, place: &str) -> Result<String> {
    ensure!(place.starts_with(CORE), "{place} is not below {CORE}: name it from the top, as {CORE}/poll");
    let path = root.join(place);
    ensure!(path.exists(), "there is no {place}");
    Ok(if path.is_dir() { format!("{}/**", place.trim_end_matches('/')) } else { place.to_owned() })
}

/// `FILE: CHANGE` of each line `FILE:LINE:COLUMN: CHANGE`: lines move with every other change.
fn survivors(missed: &str) -> Result<Vec<String>> {
    let without_position = |line: &str| {
        let (place, change) = line.split_once(": ")?;
        Some(format!("{}: {change}", place.split(':').next()?))
    };
    let lines = missed.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| without_position(line).with_context(|| format!("not a survivor: {line}"))).collect()
}

/// What the items of the list begin with, in backticks.
fn listed(list: &str) -> Vec<String> {
    let items = list.lines().filter_map(|line| line.strip_prefix("- `")?.split_once('`'));
    items.map(|(mutant, _)| mutant.to_owned()).filter(|mutant| mutant.starts_with(CORE)).collect()
}

/// A line for each mutant that survived more or less often than the list says; of what was not tried, nothing is said.
fn differences(survivors: &[String], listed: &[String], places: &[String]) -> Vec<String> {
    let was_tried = |mutant: &str| places.is_empty() || places.iter().any(|place| mutant.starts_with(place.as_str()));
    let mut excess: BTreeMap<&str, i32> = BTreeMap::new();
    for survivor in survivors {
        *excess.entry(survivor).or_default() += 1;
    }
    for mutant in listed.iter().filter(|mutant| was_tried(mutant)) {
        *excess.entry(mutant).or_default() -= 1;
    }
    let told = excess.into_iter().filter_map(|(mutant, excess)| match excess {
        0 => None,
        1.. => Some(format!("no test notices, and {LIST} does not list: {mutant}")),
        _ => Some(format!("{LIST} lists what does not survive: {mutant}")),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{differences, listed, pattern, survivors};
    use crate::bundle::root;

    const PLUS: &str = "core/src/poll/clock.rs: replace + with - in Instant::add";

    fn owned(mutants: &[&str]) -> Vec<String> {
        mutants.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_survivor_is_known_wherever_its_line_has_moved() {
        let missed = "core/src/poll/clock.rs:7:9: replace + with - in Instant::add\n\n";
        assert_eq!(survivors(missed).unwrap(), [PLUS]);
        assert!(survivors("something else").is_err());
        let list = format!("# Title\n\n- `{PLUS}`: because `x` is 0.\n- `something else`\n");
        assert_eq!(listed(&list), [PLUS]);
    }

    #[test]
    fn each_survivor_is_listed_and_each_listed_one_survives() {
        assert!(differences(&owned(&[PLUS]), &owned(&[PLUS]), &[]).is_empty());
        assert_eq!(differences(&owned(&[PLUS, PLUS]), &owned(&[PLUS]), &[]).len(), 1);
        assert_eq!(differences(&[], &owned(&[PLUS]), &[]).len(), 1);
        assert_eq!(differences(&[], &owned(&[PLUS]), &owned(&["core/src/poll"])).len(), 1);
        assert!(differences(&[], &owned(&[PLUS]), &owned(&["core/src/domain"])).is_empty());
    }

    #[test]
    fn a_place_is_a_file_or_a_folder_of_core() {
        let root = root();
        assert_eq!(pattern(&root, "core/src/poll/clock.rs").unwrap(), "core/src/poll/clock.rs");
        assert_eq!(pattern(&root, "core/src/poll/").unwrap(), "core/src/poll/**");
        for none in ["core/src/poll/clocks.rs", "xtask/src/main.rs"] {
            assert!(pattern(&root, none).is_err(), "{none}");
        }
    }
}
