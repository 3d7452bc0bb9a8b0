//! Plain http on a name that is not loopback, as Weaviate usually is inside a company: the browser gives such a page no
//! clipboard, no locks, no `crypto.subtle`. With `--internal-name` all journeys play there that choose no address.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{Journey, journey};
use crate::Arguments;
use crate::browser::INTERNAL_HOST;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![journey!("one-node", "plain http: what a browser does not give there has its substitute", substitutes)]
}

async fn substitutes(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    ensure!(browser.url().await?.contains(INTERNAL_HOST), "the page is not where it is meant to be");
    let lacks = "return [isSecureContext, 'locks' in navigator, !!crypto.subtle, 'randomUUID' in crypto, 'clipboard' in navigator]";
    let lacks = browser.run(lacks, Vec::new()).await?;
    ensure!(lacks == json!([false, false, false, false, false]), "the browser gives more than expected: {lacks}");
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.see("POST /v1/backups/filesystem/legacy-final/restore").await?;
    browser.click(Role::Button, "Copy").await?;
    browser.find(Role::Button, "Selected: press Ctrl+C or Cmd+C").await?;
    let selected = browser.run("return getSelection().toString()", Vec::new()).await?;
    let selected = selected.as_str().unwrap_or_default().to_owned();
    ensure!(selected.starts_with("POST /v1/backups/filesystem/legacy-final/restore"), "selected is {selected:?}");
    ensure!(selected.contains("LegacyOrder"), "selected is {selected:?}");
    Ok(())
}
