//! The seams that the journeys use must never reach a user.

use std::path::Path;

use anyhow::{Result, ensure};

use super::{read, size};

/// What the feature `test-seams` puts on `globalThis`.
pub const NAME: &str = "__weaviateBackupConsoleSeams";

/// # Errors
/// A file of the bundle that holds [`NAME`].
pub fn refuse(dist: &Path) -> Result<()> {
    let found = holders(dist, NAME.as_bytes())?;
    ensure!(found.is_empty(), "the seams for tests ({NAME}) are in {}", found.join(", "));
    Ok(())
}

/// The files that hold these bytes.
pub(crate) fn holders(dist: &Path, wanted: &[u8]) -> Result<Vec<String>> {
    let mut holders = Vec::new();
    for name in size::files(dist)? {
        let content = read(&dist.join(&name))?;
        if content.windows(wanted.len()).any(|window| window == wanted) {
            holders.push(name);
        }
    }
    Ok(holders)
}
