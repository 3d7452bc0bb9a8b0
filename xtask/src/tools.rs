//! What the commands need and a machine may lack: taken from PATH when it fits, else from the user's cache folder, else installed there.

mod cargo_tool;
mod python;
mod system;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use self::cargo_tool::CargoTool;
pub use self::{
    python::python_client,
    system::{Browser, chromium, firefox, fonts, nginx, node, webkit},
};
use crate::{
    bundle::root,
    step::{Step, as_line},
};

const AXE_VERSION: &str = "4.14.1";

/// The folder with `trunk`. 0.22 wants a newer Rust than the one pinned here.
///
/// # Errors
/// It cannot be installed; the message has the line to run.
pub fn trunk() -> Result<PathBuf> {
    let flags = ["--locked", "--no-default-features", "--features", "rustls"];
    CargoTool { name: "trunk", binary: "trunk", version: "0.21.14", flags: &flags, opt_level: "0", usual: "4 min" }
        .folder()
}

/// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner`, of exactly the version in Cargo.lock. Not `--locked`: its lock file names a
/// crate that is too new for the Rust pinned here. Optimised a little, because it runs at every build.
///
/// # Errors
/// As [`trunk`].
pub fn wasm_bindgen() -> Result<PathBuf> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    CargoTool { name: "wasm-bindgen-cli", binary: "wasm-bindgen", version, flags: &[], opt_level: "1", usual: "2 min" }
        .folder()
}

/// The folder with `cargo-deny`.
///
/// # Errors
/// As [`trunk`].
pub fn cargo_deny() -> Result<PathBuf> {
    let flags = ["--locked", "--no-default-features"];
    CargoTool {
        name: "cargo-deny",
        binary: "cargo-deny",
        version: "0.20.2",
        flags: &flags,
        opt_level: "0",
        usual: "1 min",
    }
    .folder()
}

/// The folder with `cargo-machete`.
///
/// # Errors
/// As [`trunk`].
pub fn cargo_machete() -> Result<PathBuf> {
    let tool = CargoTool {
        name: "cargo-machete",
        binary: "cargo-machete",
        version: "0.9.2",
        flags: &["--locked"],
        opt_level: "0",
        usual: "30 s",
    };
    tool.folder()
}

/// The folder with `geckodriver`.
///
/// # Errors
/// As [`trunk`].
pub fn geckodriver() -> Result<PathBuf> {
    let tool = CargoTool {
        name: "geckodriver",
        binary: "geckodriver",
        version: "0.37.1",
        flags: &["--locked"],
        opt_level: "0",
        usual: "3 min",
    };
    tool.folder()
}

/// The folder with `cargo-mutants`.
///
/// # Errors
/// As [`trunk`].
pub fn cargo_mutants() -> Result<PathBuf> {
    let tool = CargoTool {
        name: "cargo-mutants",
        binary: "cargo-mutants",
        version: "27.1.0",
        flags: &["--locked"],
        opt_level: "0",
        usual: "2 min",
    };
    tool.folder()
}

/// The file `axe.min.js`.
///
/// # Errors
/// Node is missing and cannot be installed, or npm fails.
pub fn axe() -> Result<PathBuf> {
    let folder = cache()?.join(format!("axe-core-{AXE_VERSION}"));
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.exists() {
        node()?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix"]).arg(&folder);
        Step::new("installing axe-core", "5 s").run(npm.arg(format!("axe-core@{AXE_VERSION}")))?;
        ensure!(file.exists(), "npm ended well, but {} is missing", file.display());
    }
    Ok(file)
}

/// The target `wasm32-unknown-unknown` of the pinned Rust.
///
/// # Errors
/// It is missing and rustup is not there, or fails.
pub fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let libraries =
        answer(Command::new("rustc").current_dir(root()).args(["--print", "target-libdir", "--target", TARGET]))
            .context("rustc does not run")?;
    if Path::new(libraries.trim()).exists() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.current_dir(root()).args(["target", "add", TARGET]);
    Step::new("installing the wasm target", "5 s")
        .run(&mut rustup)
        .map(drop)
        .with_context(|| format!("the wasm target of Rust is missing; install it with: {}", as_line(&rustup)))
}

/// `PATH` with these folders before all others.
///
/// # Errors
/// A folder whose name cannot stand in PATH.
pub fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&inherited));
    std::env::join_paths(all).context("a folder cannot be put into PATH")
}

/// The user's cache folder for this project, where the next clone finds what this one installed.
fn cache() -> Result<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| Some(variable("HOME")?.join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set, so there is no cache folder")?;
    Ok(base.join("weaviate-backup-console"))
}

/// What a program prints to standard output; `None` when it cannot be run or fails.
fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The version of `package` in the text of a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let entry = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?.1;
    entry.split_once('"').map(|(version, _)| version)
}

/// The first of these programs that is on PATH.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.map(|file| file.with_extension(std::env::consts::EXE_EXTENSION)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_version_of_a_package_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\n\
                    version = \"0.2.130\"\nsource = \"registry\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "absent"), None);
    }
}
