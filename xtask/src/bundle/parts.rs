//! Cuts the program into the parts that are loaded when they are needed (docs/adr/0005).
//!
//! The cut is made between rustc and wasm-bindgen, so what Trunk has made of the whole is replaced.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow, ensure};

use super::{glue::LOADER, read, read_text, root};
use crate::{step::said, tools};

/// The package, and so the file that rustc writes.
const PACKAGE: &str = "weaviate-backup-console";
const TARGET: &str = "wasm32-unknown-unknown";

/// One file that is loaded later than the program.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// As the loader names it.
    pub(super) file: String,
    /// The parts that cannot do without it: one, or several that share it.
    pub(super) needed_by: BTreeSet<String>,
    pub(super) content: Vec<u8>,
}

/// What is left of the program when its parts are cut off.
#[derive(Debug)]
pub(super) struct Cut {
    /// The JavaScript of wasm-bindgen, which imports [`Cut::loader`].
    pub(super) glue: String,
    /// The JavaScript that loads the parts, which imports [`Cut::glue`].
    pub(super) loader: String,
    pub(super) program: Vec<u8>,
    pub(super) parts: Vec<Part>,
}

/// Where rustc left the program.
///
/// # Errors
/// Cargo does not say where it builds, or nothing was built.
pub(super) fn program(release: bool) -> Result<PathBuf> {
    let profile = if release { "release" } else { "debug" };
    let program = target_folder()?.join(TARGET).join(profile).join(PACKAGE).with_extension("wasm");
    ensure!(program.exists(), "{} is missing: Trunk has built somewhere else", program.display());
    Ok(program)
}

/// Where cargo builds.
///
/// # Errors
/// Cargo does not say.
pub(super) fn target_folder() -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let output = cargo.output().context("cargo does not run")?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata printed something else than JSON")?;
    let target = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    target.map(PathBuf::from).context("cargo metadata names no target folder")
}

/// Cuts `program` in `folder`, which is made for it and removed.
///
/// # Errors
/// A program that was linked without its relocations (`.cargo/config.toml` asks for them), or wasm-bindgen fails.
pub(super) fn cut(program: &Path, folder: &Path) -> Result<Cut> {
    let whole = read(program)?;
    let rest = folder.join("rest.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &rest;
    options.link_name = LOADER;
    options.main_module = "./console.js";
    let split =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot cut the program: {error:#}"))?;

    let mut bindgen = Command::new(tools::wasm_bindgen()?.join("wasm-bindgen"));
    bindgen.args([
        "--target",
        "web",
        "--keep-lld-exports",
        "--no-demangle",
        "--no-typescript",
        "--out-name",
        "console",
    ]);
    said(bindgen.arg("--out-dir").arg(folder).arg(&rest))?;

    let mut parts = Vec::new();
    for path in &split.split_modules {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let needed_by = split.prefetch_map.iter().filter(|(_, files)| files.iter().any(|file| *file == stem));
        parts.push(Part {
            file: format!("{stem}.wasm"),
            needed_by: needed_by.map(|(part, _)| part.clone()).collect(),
            content: read(path)?,
        });
    }
    let cut = Cut {
        glue: read_text(&folder.join("console.js"))?,
        loader: read_text(&folder.join(LOADER))?,
        program: read(&folder.join("console_bg.wasm"))?,
        parts,
    };
    std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    Ok(cut)
}
