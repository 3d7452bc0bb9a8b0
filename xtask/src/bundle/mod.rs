//! The bundle: what Trunk leaves is made one guard, one script, one sheet and one program, each named by its content and held to its hash.

mod builder;
mod compress;
mod css;
mod glue;
pub mod hook;
mod page;
mod parts;
pub mod policy;
mod reproduce;
pub mod seams;
pub mod size;
mod wasm;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256, Sha384};

pub use self::reproduce::reproduce;
use crate::{step::Step, tools};

/// The checkout this command was built from.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// Builds the release bundle into `dist`, with `features` of the root package.
///
/// # Errors
/// A tool that cannot be had, a failed build, a bundle that does not have the expected shape.
pub fn build(dist: &Path, features: &[&str]) -> Result<()> {
    tools::wasm_target()?;
    let path = tools::path_with(&[tools::trunk()?, tools::wasm_bindgen()?])?;
    let mut trunk = Command::new("trunk");
    trunk.current_dir(root()).env("PATH", path).args(["build", "--release", "--dist"]).arg(dist);
    if !features.is_empty() {
        trunk.args(["--features", &features.join(",")]);
    }
    trunk.env(builder::FLAGS, builder::flags()?);
    // Its own backtrace, dozens of lines, says nothing about the build.
    trunk.env("RUST_BACKTRACE", "0");
    // Trunk reads NO_COLOR as its own flag and knows "true" and "false" only.
    trunk.env_remove("NO_COLOR");
    Step::new("release bundle", "3 min the first time, 30 s later").run(&mut trunk).map(drop)
}

/// `dist`: the bundle in `dist/`, its sizes, and whether they keep to the gate.
///
/// # Errors
/// Those of [`build`]; a bundle over the gate or with a seam for tests or a path of its builder in it.
pub fn dist() -> Result<()> {
    let dist = root().join("dist");
    build(&dist, &[])?;
    let rows = size::measure(&dist)?;
    print!("{}", size::table(&rows));
    seams::refuse(&dist)?;
    builder::refuse(&dist)?;
    size::gate(&rows)
}

/// The stem of the script that says which file is missing or damaged.
const GUARD: &str = "guard";

/// A file name that changes with the content: `console-0123456789abcdef.js`.
fn hashed_name(stem: &str, content: &[u8], extension: &str) -> String {
    let digest = Sha256::digest(content);
    let hash = digest.iter().take(8).fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
    format!("{stem}-{hash}.{extension}")
}

/// Whether [`hashed_name`] made `name`: such a file never changes.
pub(crate) fn is_hashed(name: &str) -> bool {
    parts_of(name).is_some()
}

/// The parts that need a file with a hash in its name; none for those that the console starts with.
fn parts_of(name: &str) -> Option<Vec<&str>> {
    let (stem, _) = name.split_once('.')?;
    let mut words = stem.split('-');
    matches!(words.next(), Some("console" | GUARD)).then_some(())?;
    let mut parts: Vec<_> = words.collect();
    let hash = parts.pop()?;
    (hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(parts)
}

/// The value of an `integrity` attribute.
fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)))
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    std::fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
