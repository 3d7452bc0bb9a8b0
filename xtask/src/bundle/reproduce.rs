//! Whether another builder makes the same bytes.

use std::{collections::BTreeSet, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};

use super::{dist, read, root};
use crate::step::{Step, said};

/// `reproduce`: builds the checkout, and a clone of it in another folder, with a cargo home and a target folder of its own, and compares
/// the two bundles file by file.
///
/// # Errors
/// Changes that are not committed, which the clone would lack; a build that fails; a file that differs.
pub fn reproduce() -> Result<()> {
    let changes = said(Command::new("git").current_dir(root()).args(["status", "--porcelain"]))?;
    ensure!(changes.is_empty(), "a clone has what is committed only; commit first:\n{changes}");
    dist()?;
    let elsewhere = std::env::temp_dir().join(format!("console-reproduced-{}", std::process::id()));
    let clone = elsewhere.join("checkout");
    let mut cloning = Command::new("git");
    cloning.args(["clone", "--quiet", "--no-hardlinks"]).arg(root()).arg(&clone);
    Step::new("cloning the checkout", "1 s").run(&mut cloning)?;
    let mut building = Command::new("cargo");
    building.current_dir(&clone).args(["run", "--quiet", "--package", "xtask", "--", "dist"]);
    building.env("CARGO_HOME", elsewhere.join("cargo")).env("CARGO_TARGET_DIR", elsewhere.join("target"));
    Step::new("building the clone", "10 min").run(&mut building)?;
    same(&root().join("dist"), &clone.join("dist"))?;
    std::fs::remove_dir_all(&elsewhere).with_context(|| format!("cannot remove {}", elsewhere.display()))?;
    println!("the two bundles are the same, byte by byte");
    Ok(())
}

/// # Errors
/// Names every file that only one folder has, or that differs.
fn same(one: &Path, other: &Path) -> Result<()> {
    let names = names(one)?.into_iter().chain(names(other)?).collect::<BTreeSet<_>>();
    ensure!(!names.is_empty(), "there is nothing to compare");
    let mut differing = Vec::new();
    for name in names {
        let (one, other) = (one.join(&name), other.join(&name));
        if !one.exists() || !other.exists() || read(&one)? != read(&other)? {
            differing.push(name);
        }
    }
    if !differing.is_empty() {
        bail!("{} and {} differ in {}", one.display(), other.display(), differing.join(", "));
    }
    Ok(())
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::path::PathBuf;

    use super::same;

    /// A folder with these files.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-reproduce-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (file, content) in files {
            std::fs::write(folder.join(file), content).unwrap();
        }
        folder
    }

    #[test]
    fn a_file_that_differs_or_is_on_one_side_only_is_named() {
        let one = folder("one", &[("a", "1"), ("b", "2")]);
        same(&one, &folder("same", &[("a", "1"), ("b", "2")])).unwrap();
        for (other, name) in
            [(folder("differs", &[("a", "1"), ("b", "3")]), "b"), (folder("lacks", &[("b", "2")]), "a")]
        {
            let refusal = same(&one, &other).unwrap_err().to_string();
            assert!(refusal.ends_with(&format!("differ in {name}")), "{refusal}");
            assert!(same(&other, &one).is_err());
        }
        assert!(same(&folder("empty", &[]), &folder("empty", &[])).is_err());
    }
}
