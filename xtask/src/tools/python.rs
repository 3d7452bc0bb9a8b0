//! Weaviate's official Python client, in an environment of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use super::{cache, system};
use crate::step::Step;

/// The `python` of an environment that holds exactly what `requirements` pins.
///
/// # Errors
/// Python is missing and cannot be installed, or pip fails.
pub fn python_client(requirements: &Path) -> Result<PathBuf> {
    let home = cache()?.join("python-client");
    let python = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = fs::read(requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    // Written last: what was cut off in the middle is made again, and so is what was made of other pins.
    let stamp = home.join("installed-requirements.txt");
    if python.exists() && fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let mut venv = Command::new(system::python()?);
    Step::new("making a Python environment", "5 s").run(venv.args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(&python);
    // Wheels only: nothing of a package runs before it is imported.
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--only-binary", ":all:", "--no-deps"]);
    Step::new("installing Weaviate's Python client", "20 s").run(pip.arg("--requirement").arg(requirements))?;
    ensure!(python.exists(), "pip ended well, but {} is missing", python.display());
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}
