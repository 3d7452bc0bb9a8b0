//! Creating and restoring: from the form to the accepted request.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use weaviate_sim::state::Collection;
use weaviate_sim::{Kind, Work};

use super::operations::start_held;
use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "create: a backup of everything is created and watched to its end", create_all),
        journey!("one-node", "create: a pattern is sent as the names it matched", create_by_pattern),
        journey!("one-node", "create: a half-filled form survives a reload", draft),
        journey!("one-node", "create: a second press does not send twice", double_press),
        journey!("one-node", "create: collections out of sight have their names", names_out_of_sight),
        journey!("one-node", "restore: what is gone is restored and counted in the schema", restore_missing),
        journey!("one-node", "restore: the exact request is shown before it is sent", request_shown),
        journey!("one-node", "restore: what is in the way can be left out", leave_out),
        journey!("one-node", "restore: a backup that no list shows is restored by typed names", typed_names),
        journey!("one-node", "restore: everything in a backup that no list shows", everything),
        journey!("one-node", "restore: a backup that still runs can be restored once it has ended", still_runs),
        journey!("one-node", "restore: names of a link that the backup lacks are said", missing_names),
        journey!("one-node", "restore: another restore that runs blocks, with the way to it", other_runs),
        journey!("one-node", "restore: what came in the way meanwhile is found before it is sent", checked_again),
        journey!("one-node", "restore: a half-filled form survives a reload and can be discarded", restore_draft),
    ]
}

/// Twelve, and the tick for all. Two engines of three take what `content-visibility` skips from the accessibility tree:
/// the focus came to a checkbox that it had just brought into sight, and that had no name yet.
async fn names_out_of_sight(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    stage.browser.see_names(Role::CheckBox, 13).await
}

/// The body of the last POST to a path that ends so.
pub(super) fn last_body(stage: &Stage, path_end: &str) -> Result<Value> {
    stage.weaviate(|weaviate| {
        let posts =
            weaviate.seen().filter(|seen| seen.request.method == "POST" && seen.request.path.ends_with(path_end));
        let body = posts.last().context("no such POST was made")?.request.body.clone();
        Ok(serde_json::from_slice(&body)?)
    })
}

/// A restore of two collections that goes on for as long as the journey.
pub(super) async fn restore_and_hold(stage: &Stage) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Restore, Work::held()));
    stage.connect().await?;
    stage.open(&restore_form("legacy-final")).await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("Transferring").await
}

pub(super) async fn fill_create(stage: &Stage, id: &str) -> Result<()> {
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    stage.browser.fill("Backup id", id).await?;
    stage.browser.see("Free on filesystem").await
}

async fn still_runs(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "about-to-end").await?;
    stage.weaviate(|weaviate| weaviate.state.delete_collection("Author"));
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/about-to-end/restore/new?only=Author")).await?;
    browser.see("The backup is Started").await?;
    ensure!(browser.is_disabled(Role::Button, "Restore 1 collection…").await?, "what runs can be restored");
    stage.weaviate(|weaviate| weaviate.release(Kind::Create));
    stage.weaviate.clock.advance(10_000);
    // By itself: nobody presses "Check again".
    browser.see_no_more("The backup is Started").await?;
    browser.click_when_enabled(Role::Button, "Restore 1 collection…").await
}

async fn create_all(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::lasting(1_000)));
    stage.connect().await?;
    browser.click(Role::Link, "Create backup…").await?;
    browser.find(Role::Heading, "Create backup").await?;
    browser.fill("Backup id", "before-upgrade").await?;
    browser.see("Free on filesystem").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "before-upgrade").await?;
    browser.see("Started").await?;
    browser.see("You can close this page").await?;
    browser.see("Success").await?;
    let body = last_body(stage, "/v1/backups/filesystem")?;
    ensure!(body["id"] == "before-upgrade", "the body is {body}");
    ensure!(body["include"].as_array().is_some_and(|names| names.len() == 12), "the body is {body}");
    ensure!(browser.is_there(Role::Link, "Restore…").await?, "a successful backup cannot be restored from its page");
    Ok(())
}

async fn create_by_pattern(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    fill_create(stage, "by-pattern").await?;
    browser.click(Role::Button, "Only…").await?;
    browser.fill("Filter, or a pattern such as Contract*", "Zzz*").await?;
    browser.see("matches nothing").await?;
    browser.fill("Filter, or a pattern such as Contract*", "Contract*").await?;
    browser.click(Role::Button, "Choose the 2 matches").await?;
    browser.see("Sent as 2 names, not as a pattern").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "by-pattern").await?;
    let body = last_body(stage, "/v1/backups/filesystem")?;
    ensure!(body["include"] == json!(["ContractClause", "ContractParty"]), "the body is {body}");
    ensure!(body.get("exclude").is_none(), "the body is {body}");
    Ok(())
}

async fn draft(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    fill_create(stage, "half-filled").await?;
    browser.fill("CPU, 1–80 %", "33").await?;
    browser.reload().await?;
    browser.see("Free on filesystem").await?;
    let read = "return [...document.querySelectorAll('input')].map(input => input.value)";
    let values = browser.run(read, Vec::new()).await?.to_string();
    ensure!(values.contains("half-filled") && values.contains("\"33\""), "the fields hold {values}");
    browser.click(Role::Button, "Discard").await?;
    browser.reload().await?;
    browser.see("Free on filesystem").await?;
    let values = browser.run(read, Vec::new()).await?.to_string();
    ensure!(!values.contains("half-filled"), "the discarded form came back: {values}");
    Ok(())
}

async fn double_press(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.connect().await?;
    fill_create(stage, "pressed-twice").await?;
    let button = browser.find(Role::Button, "Create backup").await?;
    let button = serde_json::to_value(&button)?;
    browser.run("for (let i = 0; i < 5; i++) arguments[0].click()", vec![button]).await?;
    browser.find(Role::Heading, "pressed-twice").await?;
    browser.see("Started").await?;
    let posts = stage.requests("POST", "/v1/backups/filesystem");
    ensure!(posts == 1, "{posts} POSTs were sent");
    Ok(())
}

pub(super) fn restore_form(id: &str) -> String {
    format!("#/c/{CONNECTION}/backups/filesystem/{id}/restore/new")
}

async fn restore_missing(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Restore, Work::lasting(1_000)));
    stage.connect().await?;
    stage.open(&restore_form("legacy-final")).await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.see("local").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("Transferring").await?;
    browser.see("2 of 2").await?;
    browser.see("Success").await?;
    stage.weaviate(|weaviate| {
        let is_there = |name: &str| weaviate.state.collections.iter().any(|collection| collection.name == name);
        ensure!(is_there("LegacyOrder") && is_there("LegacyCustomer"), "the collections are not there");
        Ok(())
    })
}

async fn request_shown(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&restore_form("legacy-final")).await?;
    browser.see("POST /v1/backups/filesystem/legacy-final/restore").await?;
    let shown = browser.text().await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("Transferring").await?;
    let sent = last_body(stage, "/legacy-final/restore")?;
    for name in sent["include"].as_array().context("nothing was included")? {
        ensure!(shown.contains(name.as_str().unwrap_or_default()), "{name} was sent and not shown");
    }
    ensure!(sent["include"] == json!(["LegacyCustomer", "LegacyOrder"]), "the body is {sent}");
    Ok(())
}

async fn leave_out(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&restore_form("migration-test-2")).await?;
    browser.see("already exist").await?;
    ensure!(browser.is_disabled(Role::Button, "Restore 4 collections…").await?, "what is in the way can be sent");
    // A later check that finds the same leaves the button where it is, for whoever is about to press it.
    let way_out = browser.find(Role::Button, "Leave them out:*").await?;
    let read_at = async || -> Result<String> {
        let text = browser.text().await?;
        let (_, after) = text.split_once("Read from GET /v1/schema at ").context("the finding has no time")?;
        Ok(after.chars().take("03:00:00".len()).collect())
    };
    let first = read_at().await?;
    browser
        .until("a check at another second", || async {
            browser.click_when_enabled(Role::Button, "Check again").await?;
            Ok((read_at().await? != first).then_some(()))
        })
        .await?;
    let stays = browser.run("return arguments[0].isConnected", vec![serde_json::to_value(&way_out)?]).await?;
    ensure!(stays == json!(true), "the button was built anew");
    browser.click(Role::Button, "Leave 2 out, go on with 2").await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("Transferring").await?;
    browser.see("2 of 2").await?;
    let body = last_body(stage, "/migration-test-2/restore")?;
    ensure!(body["include"] == json!(["LegacyCustomer", "LegacyOrder"]), "the body is {body}");
    Ok(())
}

/// Moves a backup to another place than the default, where no list looks.
pub(super) fn move_away(stage: &Stage, id: &str) {
    stage.weaviate(|weaviate| {
        if let Some(backup) = weaviate.state.backup_mut(id) {
            backup.home = format!("/archive/{id}");
        }
    });
}

fn moved_form(id: &str) -> String {
    format!("{}?path=%2Farchive", restore_form(id))
}

async fn typed_names(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    move_away(stage, "legacy-final");
    stage.connect().await?;
    stage.open(&moved_form("legacy-final")).await?;
    browser.see("names in this backup cannot be read").await?;
    browser.fill("Collections to restore", "Legacy*").await?;
    browser.see("Legacy* is a pattern").await?;
    browser.fill("Collections to restore", "LegacyOrder, Article").await?;
    browser.see("Article already exists").await?;
    browser.click(Role::Button, "Leave it out: Article").await?;
    browser.click(Role::Button, "Restore 1 collection…").await?;
    browser.see("From backup legacy-final on /archive").await?;
    browser.click(Role::Button, "Restore 1 collection").await?;
    browser.see("Transferring").await?;
    browser.see("1 of 1").await?;
    let body = last_body(stage, "/legacy-final/restore")?;
    let wanted = json!({"include": ["LegacyOrder"], "config": {"Path": "/archive"}});
    ensure!(body == wanted, "the body is {body}");
    Ok(())
}

async fn everything(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    move_away(stage, "legacy-final");
    stage.connect().await?;
    stage.open(&moved_form("legacy-final")).await?;
    browser.click(Role::CheckBox, "Everything in the backup").await?;
    browser.see("What is in the backup cannot be read here").await?;
    browser.click(Role::Button, "Restore everything…").await?;
    browser.click(Role::Button, "Restore everything").await?;
    browser.see("everything in the backup, without names").await?;
    browser.see("2 of 2").await?;
    let body = last_body(stage, "/legacy-final/restore")?;
    ensure!(body == json!({"config": {"Path": "/archive"}}), "the body is {body}");
    Ok(())
}

async fn missing_names(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("{}?only=LegacyOrder&only=Gone", restore_form("legacy-final"))).await?;
    browser.see("Not in the backup: Gone").await?;
    ensure!(browser.is_disabled(Role::Button, "Restore 2 collections…").await?, "what is missing can be sent");
    browser.click(Role::Button, "Leave it out: Gone").await?;
    browser.find(Role::Button, "Restore 1 collection…").await?;
    // The link takes nothing away: what it did not ask for can be added.
    browser.click(Role::CheckBox, "LegacyCustomer").await?;
    browser.find(Role::Button, "Restore 2 collections…").await.map(drop)
}

async fn other_runs(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    stage.open(&format!("{}?only=LegacyOrder", restore_form("migration-test-2"))).await?;
    browser.see("Another restore is running: legacy-final").await?;
    ensure!(browser.is_disabled(Role::Button, "Restore 1 collection…").await?, "a second restore can be sent");
    browser.click(Role::Link, "Follow legacy-final").await?;
    browser.see("Restoring 2 collections into local").await
}

async fn checked_again(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&restore_form("legacy-final")).await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.find(Role::Button, "Restore 2 collections").await?;
    stage.weaviate(|weaviate| weaviate.state.collections.push(Collection::new("LegacyOrder", 1)));
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("Nothing was sent").await?;
    browser.see("LegacyOrder already exists").await?;
    let posts = stage.requests("POST", "/legacy-final/restore");
    ensure!(posts == 0, "{posts} POSTs were sent");
    Ok(())
}

async fn restore_draft(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&restore_form("legacy-final")).await?;
    browser.click(Role::CheckBox, "LegacyOrder").await?;
    browser.find(Role::Button, "Restore 1 collection…").await?;
    browser.reload().await?;
    browser.find(Role::Button, "Restore 1 collection…").await?;
    browser.click(Role::Button, "Discard").await?;
    browser.find(Role::Button, "Restore 2 collections…").await?;
    browser.reload().await?;
    browser.find(Role::Button, "Restore 2 collections…").await.map(drop)
}
