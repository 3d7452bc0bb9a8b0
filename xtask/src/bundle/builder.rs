//! Where the builder's files are: kept out of the bundle, so that two builders make the same bytes and no bundle tells of its builder.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use super::{parts::target_folder, root, seams::holders};
use crate::step::said;

/// What cargo appends to the `rustflags` of `.cargo/config.toml`; it splits the text at blanks.
pub(super) const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The value of [`FLAGS`]: rustc writes the builder's folders under names that are the same everywhere, in the texts of panics above all.
///
/// A folder with a blank in its name cannot be told by that variable and is left as it is; [`refuse`] then finds it.
///
/// # Errors
/// Cargo or rustc does not answer.
pub(super) fn flags() -> Result<OsString> {
    let sysroot = rustc(&["--print", "sysroot"])?;
    let version = rustc(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).context("rustc has no commit")?;
    // rustc takes the last that fits: the library's own sources, where they are installed, get the name they have where they are not.
    let names = [
        (root(), "/console".to_owned()),
        (target_folder()?, "/target".to_owned()),
        (cargo_home()?, "/cargo".to_owned()),
        (Path::new(&sysroot).join("lib/rustlib/src/rust"), format!("/rustc/{commit}")),
    ];
    let mut flags = std::env::var_os(FLAGS).unwrap_or_default();
    for (folder, name) in names {
        if !folder.to_string_lossy().contains(char::is_whitespace) {
            flags.push(" --remap-path-prefix=");
            flags.push(folder);
            flags.push(format!("={name}"));
        }
    }
    Ok(flags)
}

/// # Errors
/// A file of the bundle that holds the path of the checkout, of the user's home, of cargo's, or of the target folder.
pub(super) fn refuse(dist: &Path) -> Result<()> {
    for folder in
        [Some(root()), std::env::home_dir(), Some(cargo_home()?), Some(target_folder()?)].into_iter().flatten()
    {
        // With a slash: `/root` alone may be a word of the program.
        let path = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        let found = holders(dist, path.as_bytes())?;
        ensure!(found.is_empty(), "the builder's own path {path} is in {}", found.join(", "));
    }
    Ok(())
}

fn cargo_home() -> Result<PathBuf> {
    let told = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    told.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).context("neither CARGO_HOME nor a home is known")
}

fn rustc(arguments: &[&str]) -> Result<String> {
    said(Command::new("rustc").current_dir(root()).args(arguments))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{flags, refuse};
    use crate::bundle::root;

    #[test]
    fn the_checkout_has_the_same_name_everywhere() {
        let flags = flags().unwrap().into_string().unwrap();
        assert!(flags.contains(&format!(" --remap-path-prefix={}=/console", root().display())), "{flags}");
    }

    #[test]
    fn a_bundle_with_the_path_of_its_builder_is_refused() {
        let dist = std::env::temp_dir().join(format!("xtask-builder-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        std::fs::write(dist.join("a.wasm"), "/console/src/main.rs").unwrap();
        refuse(&dist).unwrap();
        std::fs::write(dist.join("b.wasm"), format!("\0{}/src/main.rs", root().display())).unwrap();
        let refusal = refuse(&dist).unwrap_err().to_string();
        assert!(refusal.ends_with("is in b.wasm"), "{refusal}");
    }
}
