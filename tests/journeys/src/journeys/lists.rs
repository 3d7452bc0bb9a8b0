//! The list of backups.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::Value;
use weaviate_sim::{Fault, FaultKind};

use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "list: search, filter and sort stand in the address and survive a reload", filters),
        journey!("one-node", "list: a backend that cannot be listed says so and is asked again", not_listed),
        journey!("one-node", "list: a refresh that brings the same touches nothing but clocks", quiet_refresh),
        journey!("one-node", "list: a backup is opened by its id", open_by_id),
        journey!(
            "locked",
            "list: a user with rights on some collections is told that entries may be hidden",
            partial_sight
        ),
        journey!("many", "list: rows out of sight have their names", names_out_of_sight),
        journey!("empty", "list: an empty server says that there is no backup yet", empty),
    ]
}

async fn filters(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.see("legacy-final").await?;
    browser.fill("Search id or collection", "nightly").await?;
    browser.see_no_more("legacy-final").await?;
    browser.click(Role::Button, "Failed*").await?;
    browser.see_no_more("weekly").await?;
    let url = browser.url().await?;
    ensure!(url.contains("q=nightly") && url.contains("status=failed"), "the address is {url}");
    browser.reload().await?;
    browser.see("nightly").await?;
    browser.see_not("legacy-final").await?;
    browser.fill("Search id or collection", "nothing of that name").await?;
    browser.click(Role::Button, "Clear search and filter").await?;
    browser.see("legacy-final").await?;
    ensure!(!browser.url().await?.contains("q="), "the filters stay in the address");
    Ok(())
}

async fn not_listed(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let message =
        "unmarshal descriptor \"/var/lib/weaviate/backups/x/backup_config.json\": unexpected end of JSON input";
    stage.weaviate(|weaviate| {
        let kind = FaultKind::Status { status: 500, message: message.to_owned() };
        weaviate.faults.push(Fault::new("GET", "/v1/backups/filesystem", kind));
    });
    stage.connect().await?;
    browser.see("Not listed").await?;
    browser.see("One descriptor in the storage cannot be read").await?;
    browser.see("unexpected end of JSON input").await?;
    stage.weaviate(|weaviate| weaviate.faults.clear());
    browser.click(Role::Button, "Try again*").await?;
    browser.see("legacy-final").await
}

/// Two engines of three take what `content-visibility` skips from the accessibility tree.
async fn names_out_of_sight(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.browser.see_names(Role::Link, 100).await
}

/// Counts the changes of the page that stand in no node marked as a clock.
const OBSERVE: &str = "
window.__changes = [];
const inClock = node => (node.nodeType === 1 ? node : node.parentElement)?.closest('[data-clock]');
new MutationObserver(records => {
  for (const record of records) {
    if (!inClock(record.target)) __changes.push(record.type + ' ' + (record.attributeName || '') + ' in ' + record.target.className);
  }
}).observe(document.querySelector('main .page'), {subtree: true, childList: true, characterData: true, attributes: true});";

async fn quiet_refresh(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.see("legacy-final").await?;
    // All that is asked at the start has come.
    browser.see("Signed in anonymously").await?;
    browser.see("All 12 collections are in").await?;
    let before = stage.requests("GET", "/v1/backups/filesystem");
    browser.run(OBSERVE, Vec::new()).await?;
    let pressed = Instant::now();
    browser.click(Role::Button, "Refresh").await?;
    browser
        .until("a second list", || async {
            Ok((stage.requests("GET", "/v1/backups/filesystem") > before).then_some(()))
        })
        .await?;
    browser.see_renewed("Listed", pressed).await?;
    let changes = browser.run("return window.__changes", Vec::new()).await?;
    let changes: Vec<&str> = changes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    // The button that was pressed may show that it works.
    let others: Vec<&&str> = changes.iter().filter(|change| !change.contains("in button")).collect();
    ensure!(others.is_empty(), "an unchanged list changed the page: {others:#?}");
    Ok(())
}

async fn open_by_id(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.click(Role::Button, "Open by id…").await?;
    browser.fill("Backup id", "legacy-final").await?;
    browser.click(Role::Button, "Open").await?;
    browser.find(Role::Heading, "legacy-final").await?;
    let url = browser.url().await?;
    ensure!(url.ends_with(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final")), "the address is {url}");
    Ok(())
}

async fn partial_sight(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.connect_with(Some("demo-article-key")).await?;
    stage.browser.see("may be hidden from you").await?;
    stage.browser.see("article-backup").await
}

async fn empty(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.browser.see("No backup yet").await
}
