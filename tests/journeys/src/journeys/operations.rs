//! Watching operations to their end, and cancelling them.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use weaviate_sim::{Kind, Work};

use super::forms::{fill_create, restore_and_hold};
use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "operation: a running create is cancelled", cancel),
        journey!("one-node", "operation: a cancel that comes after the nodes' work says so", cancel_too_late),
        journey!("one-node", "operation: a restore is cancelled only after a look of the same action", cancel_restore),
        journey!("one-node", "operation: a restore is not cancelled while a node is missing", cancel_with_node_gone),
        journey!("one-node", "operation: a restore is not cancelled while records cannot be read", with_a_gap),
        journey!("one-node", "operation: a reload goes on watching, and the strip follows across pages", reload),
        journey!("one-node", "operation: an end elsewhere is told by the title of the tab, until it is closed", in_tab),
        journey!("one-node", "operation: an end elsewhere hides no end of the page's own from the tab", own_in_tab),
        journey!("one-node", "operation: polls that change nothing touch nothing but clocks", quiet_polls),
        journey!("one-node", "operation: a restore that failed in part says what landed and offers the rest", partial),
        journey!("one-node", "operation: a restore without a record here is said to be anybody's", somebody_elses),
        journey!("one-node", "operation: an old create without an end is possibly orphaned", orphaned),
        journey!("one-node", "operation: an unknown status is shown as it came and never an end", unknown_status),
    ]
}

pub(super) async fn start_held(stage: &Stage, id: &str) -> Result<()> {
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.connect().await?;
    fill_create(stage, id).await?;
    stage.browser.click(Role::Button, "Create backup").await?;
    stage.browser.find(Role::Heading, id).await?;
    stage.browser.see("Started").await
}

async fn cancel(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "to-cancel").await?;
    browser.click(Role::Button, "Cancel backup…").await?;
    browser.see("can never be used again").await?;
    browser.click(Role::Button, "Cancel backup").await?;
    stage.sent("DELETE", "/to-cancel", 1).await?;
    browser.see_no_more("Cancel to-cancel?").await?;
    browser.see("Canceled").await
}

async fn cancel_too_late(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "nearly-done").await?;
    browser.click(Role::Button, "Cancel backup…").await?;
    browser.see("Cancel nearly-done?").await?;
    // The nodes get done just after a round of their coordinator, which asks again in 10 s.
    let is_post = |seen: &&weaviate_sim::Seen| seen.request.method == "POST";
    let posted = stage.weaviate(|weaviate| weaviate.seen().find(is_post).map(|seen| seen.at_millis));
    let runs = stage.weaviate.clock.now_millis() - posted.context("nothing was posted")?;
    let after_round = 2_100 + 10_000;
    stage.weaviate.clock.advance(after_round - runs % 10_000);
    stage.weaviate(|weaviate| weaviate.release(Kind::Create));
    browser.click(Role::Button, "Cancel backup").await?;
    stage.sent("DELETE", "/nearly-done", 1).await?;
    stage.weaviate.clock.advance(10_000);
    browser.click(Role::Button, "Refresh").await?;
    browser.see("The cancel came too late").await?;
    browser.see("the backup is complete, and its id is used").await?;
    browser.see("Success").await
}

async fn cancel_restore(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    browser.click_when_enabled(Role::Button, "Cancel restore…").await?;
    browser.fill("Type legacy-final to confirm", "legacy-final").await?;
    let before = asked(stage).len();
    browser.click(Role::Button, "Cancel restore").await?;
    stage.sent("DELETE", "/legacy-final/restore", 1).await?;
    browser.see_no_more("Cancel legacy-final?").await?;
    browser.see("Canceled").await?;
    was_looked_up_before_its_cancel(stage, before, "/v1/backups/filesystem/legacy-final/restore")
}

/// Everything that the server was asked so far, but preflights.
pub(super) fn asked(stage: &Stage) -> Vec<String> {
    stage.weaviate(|weaviate| {
        let line = |request: &weaviate_sim::Request| format!("{} {}", request.method, request.path);
        weaviate.seen().map(|seen| line(&seen.request)).filter(|line| !line.starts_with("OPTIONS")).collect()
    })
}

/// The press came after `before` questions: then the nodes were read, the restore's status as the last thing, and the cancel
/// was sent.
pub(super) fn was_looked_up_before_its_cancel(stage: &Stage, before: usize, restore: &str) -> Result<()> {
    let since = asked(stage).split_off(before);
    let of = |line: &str| since.iter().position(|asked| asked == line);
    let sent = of(&format!("DELETE {restore}")).context("no cancel was sent")?;
    let status = sent.checked_sub(1).context("nothing was asked between the press and the cancel")?;
    ensure!(since[status] == format!("GET {restore}"), "the status was not the last thing: {since:#?}");
    ensure!(of("GET /v1/nodes").is_some_and(|nodes| nodes < status), "the nodes were not read: {since:#?}");
    Ok(())
}

async fn in_tab(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "elsewhere").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups")).await?;
    browser.find(Role::Link, "Backup elsewhere*").await?;
    browser.until_titled("Backups – Weaviate Backup Console").await?;
    stage.weaviate(|weaviate| weaviate.release(Kind::Create));
    stage.weaviate.clock.advance(12_000);
    browser.until_titled("Success · elsewhere – Weaviate Backup Console").await?;
    stage.open("#/settings").await?;
    browser.find(Role::Heading, "Settings").await?;
    browser.until_titled("Success · elsewhere – Weaviate Backup Console").await?;
    browser.click(Role::Button, "Close").await?;
    browser.until_titled("Settings – Weaviate Backup Console").await
}

async fn own_in_tab(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    fill_create(stage, "own").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.until_titled("Started · own – Weaviate Backup Console").await?;
    stage.weaviate(|weaviate| weaviate.release(Kind::Restore));
    stage.weaviate.clock.advance(12_000);
    browser.until_titled("Success · legacy-final – Weaviate Backup Console").await?;
    stage.weaviate(|weaviate| weaviate.release(Kind::Create));
    stage.weaviate.clock.advance(12_000);
    browser.until_titled("Success · own – Weaviate Backup Console").await?;
    browser.find(Role::Button, "Close").await.map(drop)
}

async fn cancel_with_node_gone(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    browser.click_when_enabled(Role::Button, "Cancel restore…").await?;
    browser.fill("Type legacy-final to confirm", "legacy-final").await?;
    // The page does not know yet: the node went a moment ago.
    stage.weaviate(|weaviate| weaviate.state.nodes = vec!["node2".to_owned()]);
    browser.click(Role::Button, "Cancel restore").await?;
    browser.see("A node is missing (node1)").await?;
    ensure!(stage.requests("DELETE", "/restore") == 0, "a cancel was sent");
    browser.click(Role::Button, "Go back").await?;
    ensure!(browser.is_disabled(Role::Button, "Cancel restore…").await?, "a cancel is offered again");
    // Whoever takes it for gone for good cannot know: the restore began while it was there.
    browser.click(Role::Button, "Forget it: node1").await?;
    browser.see("1 of 1 node healthy").await?;
    browser.see("A node is missing (node1)").await?;
    ensure!(browser.is_disabled(Role::Button, "Cancel restore…").await?, "forgetting a node lets the cancel go");
    Ok(())
}

/// A later console may have its records in another form, or all of them in a later version of the database.
const A_LATER_RECORD: &str = "
const done = arguments[arguments.length - 1];
const open = indexedDB.open('weaviate-backup-console');
open.onsuccess = () => {
  const store = open.result.objectStoreNames[0];
  const transaction = open.result.transaction(store, 'readwrite');
  transaction.objectStore(store).put('{\"version\":99}', 'of a later console');
  transaction.oncomplete = () => { open.result.close(); done(true); };
};";

const A_LATER_DATABASE: &str = "
const done = arguments[arguments.length - 1];
const open = indexedDB.open('weaviate-backup-console', 99);
open.onsuccess = () => { open.result.close(); done(true); };";

async fn with_a_gap(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    browser.click_when_enabled(Role::Button, "Cancel restore…").await?;
    browser.click(Role::Button, "Go back").await?;
    browser.client.execute_async(A_LATER_RECORD, Vec::new()).await?;
    browser.reload().await?;
    browser.see("Some records are not readable for this version of the console").await?;
    browser.see("What was started from this browser could not be read").await?;
    ensure!(browser.is_disabled(Role::Button, "Cancel restore…").await?, "a cancel is offered");
    // What can be read is used all the same.
    browser.see("Restoring 2 collections into local").await?;
    browser.client.execute_async(A_LATER_DATABASE, Vec::new()).await?;
    browser.reload().await?;
    browser.see("The browser did not give what it keeps").await?;
    browser.see("What was started from this browser could not be read").await?;
    ensure!(browser.is_disabled(Role::Button, "Cancel restore…").await?, "a cancel is offered");
    Ok(())
}

async fn reload(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "kept-in-mind").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups")).await?;
    browser.reload().await?;
    browser.click(Role::Link, "Backup kept-in-mind*").await?;
    browser.find(Role::Heading, "kept-in-mind").await?;
    stage.weaviate(|weaviate| weaviate.release(Kind::Create));
    stage.weaviate.clock.advance(10_000);
    browser.see("Success").await?;
    // Nothing runs any more, so the strip is gone.
    browser
        .until("the end of the strip", || async {
            Ok((!browser.is_there(Role::Link, "Backup kept-in-mind*").await?).then_some(()))
        })
        .await
}

const OBSERVE: &str = "
window.__changes = [];
const inClock = node => (node.nodeType === 1 ? node : node.parentElement)?.closest('[data-clock]');
new MutationObserver(records => {
  for (const record of records) {
    if (!inClock(record.target)) __changes.push(record.type + ' ' + (record.attributeName || '') + ' in ' + record.target.outerHTML?.slice(0, 120));
  }
}).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});";

async fn quiet_polls(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "quiet").await?;
    // Two equal answers: the log has its counter. Then two more may change the counter and the clocks only.
    let polls = || stage.requests("GET", "/quiet");
    let at_least =
        |count: usize| browser.until("a further poll", move || async move { Ok((polls() >= count).then_some(())) });
    let first = polls();
    at_least(first + 2).await?;
    browser.see("equal").await?;
    browser.run(OBSERVE, Vec::new()).await?;
    let asked = polls();
    browser.click(Role::Button, "Refresh").await?;
    at_least(asked + 1).await?;
    let pressed = Instant::now();
    browser.click(Role::Button, "Refresh").await?;
    at_least(asked + 2).await?;
    browser.see_renewed("Asked", pressed).await?;
    let changes = browser.run("return window.__changes", Vec::new()).await?;
    let changes: Vec<&str> = changes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let others: Vec<&&str> = changes.iter().filter(|change| !change.contains("in <button")).collect();
    ensure!(others.is_empty(), "an unchanged answer changed the page: {others:#?}");
    Ok(())
}

async fn partial(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    // Between the check and the end somebody makes a collection of the same name.
    stage.weaviate(|weaviate| weaviate.plan(Kind::Restore, Work::lasting(1_500)));
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("Transferring").await?;
    stage.weaviate(|weaviate| {
        weaviate.state.collections.push(weaviate_sim::state::Collection::new("LegacyOrder", 1));
    });
    browser.see("1 of 2 collections").await?;
    browser.see("class name LegacyOrder already exists").await?;
    browser.see("Failed").await?;
    stage.weaviate(|weaviate| weaviate.state.delete_collection("LegacyOrder"));
    browser.reload().await?;
    browser.click(Role::Link, "Restore the one that did not land…").await?;
    browser.find(Role::Heading, "Restore").await?;
    browser.find(Role::Button, "Restore 1 collection…").await.map(drop)
}

async fn somebody_elses(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore")).await?;
    stage.browser.see("last restore of this id").await?;
    stage.browser.see("by any cluster using this storage").await?;
    stage.browser.see("time unknown").await
}

async fn orphaned(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/migration-test-3")).await?;
    stage.browser.see("possibly orphaned").await
}

async fn unknown_status(stage: &Stage, _: &Arguments) -> Result<()> {
    use weaviate_backups::domain::status::Status;
    stage.weaviate(|weaviate| {
        if let Some(backup) = weaviate.state.backup_mut("support-only") {
            backup.status = Status::Unknown("PAUSED".to_owned());
        }
    });
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/support-only")).await?;
    stage.browser.see("PAUSED").await?;
    stage.browser.see_not("Success").await?;
    ensure!(!stage.browser.is_there(Role::Link, "Restore…").await?, "an unknown status can be restored");
    Ok(())
}
