//! The seams that the journeys use must never reach a user.

use std::path::Path;

use anyhow::{Result, ensure};

use super::{read, size};

/// What the feature `test-seams` puts on `globalThis`.
pub const NAME: &str = "__weaviateBackupConsoleSeams";

/// # Errors
/// A file of the bundle that holds [`NAME`].
pub fn refuse(dist: &Path) -> Result<()> {
    let found = holders(dist)?;
    ensure!(found.is_empty(), "the seams for tests ({NAME}) are in {}", found.join(", "));
    Ok(())
}

/// The files that hold [`NAME`].
pub(crate) fn holders(dist: &Path) -> Result<Vec<String>> {
    let mut holders = Vec::new();
    for name in size::files(dist)? {
        let content = read(&dist.join(&name))?;
        if content.windows(NAME.len()).any(|window| window == NAME.as_bytes()) {
            holders.push(name);
        }
    }
    Ok(holders)
}
