//! The bundle as the journeys serve it: as it is shipped, with one script in front that watches.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

const WATCH: &str = include_str!("watch.js");
const STILL: &str = include_str!("still.js");

/// A copy of the bundle whose page loads [`WATCH`] before all else.
///
/// `moment`: where the page's clock stands, in ms since 1970; none: it goes on.
pub fn bundle(dist: &Path, moment: Option<u64>) -> Result<TempDir> {
    let folder = TempDir::with_prefix("journeys-")?;
    let files = std::fs::read_dir(dist).with_context(|| format!("no bundle at {}", dist.display()))?;
    for file in files {
        let file = file?.path();
        let name = file.file_name().context("a file without a name")?;
        // The compressed forms of the page are those of another page.
        if name.to_string_lossy().starts_with("index.html.") {
            continue;
        }
        std::fs::copy(&file, folder.path().join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    let page = folder.path().join("index.html");
    let plain = std::fs::read_to_string(&page).context("the bundle has no page")?;
    let watched = plain.replacen("<head>", "<head>\n<script src=\"./watch.js\"></script>", 1);
    ensure!(watched != plain, "the page has no head to watch from");
    std::fs::write(page, watched)?;
    let still = moment.map(|moment| STILL.replace("MOMENT", &moment.to_string())).unwrap_or_default();
    std::fs::write(folder.path().join("watch.js"), [WATCH, &still].concat())?;
    Ok(folder)
}
