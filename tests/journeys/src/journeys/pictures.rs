//! The screens that are held to accepted pictures. Only with `--compare`: there the clocks stand still until a journey moves them.

use anyhow::{Context, Result};
use weaviate_sim::state::Collection;
use weaviate_sim::{Fault, FaultKind, Kind, Work};

use super::forms::{fill_create, restore_and_hold};
use super::screens::restore_form;
use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "picture: connect", connect),
        journey!("locked", "picture: a server that wants a key", key_needed),
        journey!("one-node", "picture: the backups", backups),
        journey!("empty", "picture: no backup yet", no_backup),
        journey!("one-node", "picture: a storage that cannot be listed", not_listed),
        journey!("one-node", "picture: the create form", create),
        journey!("one-node", "picture: what a restore would meet, and its confirmation", restore),
        journey!("one-node", "picture: a create that runs, and one without contact", running),
        journey!("one-node", "picture: an orphaned create", orphaned),
        journey!("one-node", "picture: a restore that runs, and one that landed in part", restored),
        Journey { language: "zh-CN", ..journey!("one-node", "picture: the backups and a restore in Chinese", chinese) },
    ]
}

async fn compare(stage: &Stage, arguments: &Arguments, name: &str) -> Result<()> {
    arguments.album.as_ref().context("--compare DIR names the accepted pictures")?.compare(&stage.browser, name).await
}

async fn connect(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.browser.find(Role::Button, "Connect").await?;
    compare(stage, arguments, "connect").await
}

async fn key_needed(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.browser.click(Role::Button, "Connect").await?;
    stage.browser.see("wants a key").await?;
    compare(stage, arguments, "connect-key-needed").await
}

async fn backups(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.browser.see("legacy-final").await?;
    compare(stage, arguments, "backups").await
}

async fn no_backup(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.browser.see("No backup yet").await?;
    compare(stage, arguments, "backups-empty").await
}

async fn not_listed(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let message = "open backups path: open /var/lib/weaviate/backups: no such file or directory".to_owned();
    stage.weaviate(|weaviate| {
        weaviate.faults.push(Fault::new("GET", "/v1/backups/", FaultKind::Status { status: 500, message }));
    });
    stage.connect().await?;
    stage.browser.see("Not listed").await?;
    compare(stage, arguments, "backups-not-listed").await
}

async fn create(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.connect().await?;
    fill_create(stage, "before-upgrade").await?;
    compare(stage, arguments, "create").await
}

async fn restore(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&restore_form("migration-test-2")).await?;
    browser.see("already exist").await?;
    compare(stage, arguments, "restore-check").await?;
    browser.click(Role::Button, "Leave 2 out, go on with 2").await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.find(Role::Button, "Restore 2 collections").await?;
    compare(stage, arguments, "restore-confirm").await
}

async fn running(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.connect().await?;
    fill_create(stage, "before-upgrade").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "before-upgrade").await?;
    browser.see("Started").await?;
    stage.pass(252_000).await?;
    browser.see("4 min 12 s so far").await?;
    // The look that had become due.
    browser.see("03:04:12").await?;
    browser.see("Nodes asked 0 s ago").await?;
    compare(stage, arguments, "operation-create").await?;
    stage.weaviate(|weaviate| weaviate.down = true);
    stage.pass(30_000).await?;
    browser.see("Contact with the server is lost").await?;
    compare(stage, arguments, "operation-lost").await
}

async fn orphaned(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/migration-test-3")).await?;
    stage.browser.see("Answers").await?;
    compare(stage, arguments, "operation-orphaned").await
}

async fn restored(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    stage.pass(78_000).await?;
    browser.see("1 min 18 s so far").await?;
    browser.see("03:01:18").await?;
    compare(stage, arguments, "operation-restore").await?;
    stage.weaviate(|weaviate| {
        weaviate.state.collections.push(Collection::new("LegacyOrder", 1));
        weaviate.release(Kind::Restore);
    });
    stage.pass(10_000).await?;
    browser.see("1 of 2 collections").await?;
    compare(stage, arguments, "operation-failed").await
}

async fn chinese(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    browser.fill("名称", CONNECTION).await?;
    browser.click(Role::Button, "连接").await?;
    browser.see("legacy-final").await?;
    compare(stage, arguments, "zh-backups").await?;
    stage.open(&restore_form("migration-test-2")).await?;
    browser.see("已存在").await?;
    compare(stage, arguments, "zh-restore-check").await
}
