//! Bad days: each with a clear error, and nothing lost.

use anyhow::{Result, ensure};
use weaviate_sim::{Fault, FaultKind, Kind, Work};

use super::forms::{fill_create, restore_and_hold};
use super::operations::start_held;
use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    let panics: &[&str] = &["a panic that a journey asked for", "unreachable"];
    let mut all = vec![
        journey!("one-node", "bad day: an id with capitals is refused, and the nearest one offered", capitals),
        journey!("one-node", "bad day: a taken id and that of a canceled backup are told apart", taken),
        journey!("one-node", "bad day: 0 and 81 percent of the processors are refused", cpu),
        journey!("one-node", "bad day: a failed backup cannot be restored", failed_backup),
        journey!("one-node", "bad day: the server goes while it is watched, and comes back", server_gone),
        journey!("one-node", "bad day: the answer to a create is lost, and the backup is found", lost_create),
        journey!("one-node", "bad day: a reload before the answer to a create finds the backup", reload_before_answer),
        journey!(
            "one-node",
            "bad day: leaving the form before the answer to a create loses nothing",
            leave_before_answer
        ),
        journey!("one-node", "bad day: a create that was never received is said not to be known", lost_before),
        journey!("one-node", "bad day: the answer to a restore is lost, and is never taken for success", lost_restore),
        journey!("one-node", "bad day: truncated JSON, HTML and an empty 200 keep the last known state", garbage),
        journey!("one-node", "bad day: a server's refusal keeps the form", refusal),
        journey!("one-node", "bad day: a full storage of the browser is said, and all goes on", full_storage),
    ];
    all.push(Journey {
        expected_console: panics,
        ..journey!(
            "one-node",
            "bad day: a panic during a restore says so, and a reload goes on watching",
            panic_during_restore
        )
    });
    all
}

const FILL_STORAGE: &str = "
Storage.prototype.setItem = () => { throw new DOMException('the quota has been exceeded', 'QuotaExceededError'); };
";

async fn full_storage(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    // So that the names of the nodes are no later text that finds no room: the connection itself must say it.
    let forbidden = FaultKind::Status { status: 403, message: "forbidden".to_owned() };
    stage.weaviate(|weaviate| weaviate.faults.push(Fault::new("GET", "/v1/nodes", forbidden)));
    stage.open("").await?;
    browser.find(Role::TextBox, "Server address").await?;
    browser.run(FILL_STORAGE, Vec::new()).await?;
    stage.connect_with(None).await?;
    browser.see("storage for this page is full").await?;
    browser.see("legacy-final").await
}

async fn capitals(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "Nightly.1").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "an id with capitals can be sent");
    browser.click(Role::Button, "Use nightly-1 instead").await?;
    browser.see("Free on filesystem").await
}

async fn taken(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "legacy-final").await?;
    browser.see("is taken").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "a taken id can be sent");
    let canceled = stage.weaviate(|weaviate| {
        let canceled = |backup: &&weaviate_sim::state::Backup| backup.status.as_str() == "CANCELED";
        weaviate.state.backups.iter().find(canceled).map(|backup| backup.id.clone())
    });
    browser.fill("Backup id", &canceled.unwrap_or_default()).await?;
    browser.see("can never be used again").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "the id of a canceled backup can be sent");
    Ok(())
}

async fn cpu(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    fill_create(stage, "percent").await?;
    for refused in ["0", "81"] {
        browser.fill("CPU, 1–80 %", refused).await?;
        browser
            .until("the button to be disabled", || async {
                Ok(browser.is_disabled(Role::Button, "Create backup").await?.then_some(()))
            })
            .await?;
    }
    browser.fill("CPU, 1–80 %", "80").await?;
    browser
        .until("the button to be enabled", || async {
            Ok((!browser.is_disabled(Role::Button, "Create backup").await?).then_some(()))
        })
        .await
}

async fn failed_backup(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let failed = stage.weaviate(|weaviate| {
        let failed = |backup: &&weaviate_sim::state::Backup| backup.status.as_str() == "FAILED";
        weaviate.state.backups.iter().find(failed).map(|backup| backup.id.clone())
    });
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/{}/restore/new", failed.unwrap_or_default())).await?;
    browser.see("only a successful").await?;
    ensure!(browser.is_disabled(Role::Button, "Restore 12 collections…").await?, "a failed backup can be restored");
    Ok(())
}

async fn server_gone(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "outlives-it").await?;
    stage.weaviate(|weaviate| weaviate.down = true);
    browser.click(Role::Button, "Refresh").await?;
    browser.see("Contact with the server is lost").await?;
    // The last known state stays, and is no end.
    browser.see("Started").await?;
    stage.weaviate(|weaviate| {
        weaviate.down = false;
        weaviate.release(Kind::Create);
    });
    stage.weaviate.clock.advance(10_000);
    browser.click(Role::Button, "Refresh").await?;
    browser.see("Success").await?;
    browser.see_no_more("Contact with the server is lost").await
}

async fn lost_create(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        weaviate.plan(Kind::Create, Work::held());
        weaviate.faults.push(Fault::new("POST", "/v1/backups/filesystem", FaultKind::LoseAnswer).once());
    });
    stage.connect().await?;
    fill_create(stage, "answer-lost").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "answer-lost").await?;
    browser.see("Started").await?;
    ensure!(stage.requests("POST", "/v1/backups/filesystem") == 1, "the POST was sent again");
    Ok(())
}

/// Presses "Create backup" and waits until the server has the request, whose answer is held back.
async fn press_and_hold(stage: &Stage, id: &str) -> Result<()> {
    stage.weaviate(|weaviate| {
        weaviate.plan(Kind::Create, Work::held());
        weaviate.faults.push(Fault::new("POST", "/v1/backups/filesystem", FaultKind::Latency { millis: 3_000 }).once());
    });
    stage.connect().await?;
    fill_create(stage, id).await?;
    stage.browser.click(Role::Button, "Create backup").await?;
    stage.browser.see("Sending the request").await?;
    // What the page says may be ahead of the network, and a page that is left takes along what did not leave it.
    let has_arrived = || async { Ok((stage.requests("POST", "/v1/backups/filesystem") == 1).then_some(())) };
    stage.browser.until("the POST to arrive", has_arrived).await
}

async fn reload_before_answer(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    press_and_hold(stage, "reloaded").await?;
    browser.reload().await?;
    // The strip watches what the ledger knows to be taken.
    browser.see("1 running").await?;
    let posts = stage.requests("POST", "/v1/backups/filesystem");
    ensure!(posts == 1, "{posts} POSTs were sent");
    Ok(())
}

async fn leave_before_answer(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    press_and_hold(stage, "left").await?;
    stage.open("#/settings").await?;
    browser.see("1 running").await?;
    browser.find(Role::Heading, "Settings").await?;
    let posts = stage.requests("POST", "/v1/backups/filesystem");
    ensure!(posts == 1, "{posts} POSTs were sent");
    Ok(())
}

async fn lost_before(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        weaviate.faults.push(Fault::new("POST", "/v1/backups/filesystem", FaultKind::DropBefore).once());
    });
    stage.connect().await?;
    fill_create(stage, "never-received").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.see("The server does not know").await?;
    ensure!(stage.requests("POST", "/v1/backups/filesystem") == 1, "the POST was sent again");
    Ok(())
}

async fn lost_restore(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    // The id was restored before with SUCCESS, so the status alone proves nothing.
    stage.weaviate(|weaviate| {
        weaviate.faults.push(Fault::new("POST", "/legacy-final/restore", FaultKind::DropBefore).once());
    });
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("cannot tell").await?;
    ensure!(stage.requests("POST", "/legacy-final/restore") == 1, "the POST was sent again");
    Ok(())
}

async fn garbage(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "garbled").await?;
    for kind in [FaultKind::Truncated, FaultKind::Html { status: 200 }, FaultKind::EmptyOk] {
        stage.weaviate(|weaviate| weaviate.faults.push(Fault::new("GET", "/garbled", kind)));
        browser.click(Role::Button, "Refresh").await?;
        browser.see("Contact with the server is lost").await?;
        browser.see("Started").await?;
        stage.weaviate(|weaviate| weaviate.faults.clear());
        browser.click(Role::Button, "Refresh").await?;
        browser.see_no_more("Contact with the server is lost").await?;
    }
    Ok(())
}

async fn refusal(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        let message = "backup other-id already in progress".to_owned();
        let kind = FaultKind::Status { status: 422, message };
        weaviate.faults.push(Fault::new("POST", "/v1/backups/filesystem", kind).once());
    });
    stage.connect().await?;
    fill_create(stage, "refused-once").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.see("Another backup is running: other-id.").await?;
    browser.see("Wait for its end or cancel it, then send this one again.").await?;
    browser.see_not("backup other-id already in progress").await?;
    browser
        .run("[...document.querySelectorAll('.banner summary')].forEach(summary => summary.click())", Vec::new())
        .await?;
    browser.see("backup other-id already in progress").await?;
    // The form is as it was, and the same press goes through.
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "refused-once").await.map(drop)
}

async fn panic_during_restore(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    let result = browser.client.execute("__weaviateBackupConsoleSeams.panic()", Vec::new()).await;
    ensure!(result.is_err(), "the panic did not end the call");
    browser.see("The console has stopped").await?;
    browser.see("carried on by the server").await?;
    browser.click(Role::Link, "Load the page again").await?;
    browser.see("Transferring").await?;
    stage.weaviate(|weaviate| weaviate.release(Kind::Restore));
    stage.weaviate.clock.advance(10_000);
    browser.see("Success").await
}
