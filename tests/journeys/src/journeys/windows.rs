//! Two windows of one browser: one of them asks, and both know.

use anyhow::{Context, Result, ensure};
use weaviate_sim::Kind;

use super::forms::{restore_and_hold, restore_form};
use super::operations::start_held;
use super::{Journey, journey};
use crate::Arguments;
use crate::browser::Browser;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "windows: two that watch the same backup know what either was told", both_know),
        journey!(
            "one-node",
            "windows: a node that only another one saw stops a cancel when it is gone",
            node_of_another
        ),
        journey!("one-node", "windows: what another one saves closes no confirmation", dialog_stays),
    ]
}

/// How many answers that say STARTED the log of the open page has: one line, with their count from two on.
async fn answers(browser: &Browser) -> Result<usize> {
    let text = browser.text().await?;
    let Some((before, _)) = text.split_once(" equal") else { return Ok(usize::from(text.contains("GET …"))) };
    let count = before.split_whitespace().last().context("nothing before the count")?;
    count.parse().with_context(|| format!("{count:?} equal answers"))
}

async fn dialog_stays(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&restore_form("legacy-final")).await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.find(Role::Button, "Restore 2 collections").await?;
    let checked = stage.requests("GET", "/v1/schema");
    let first = browser.second_window(&format!("{}/#/connections", stage.url())).await?;
    browser.fill("Server address", &stage.url()).await?;
    browser.fill("Name", "another").await?;
    browser.click(Role::Button, "Connect").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.see("15 backups").await?;
    browser.switch(first).await?;
    browser.find(Role::Button, "Restore 2 collections").await?;
    // One is the other window's, for its list.
    ensure!(stage.requests("GET", "/v1/schema") == checked + 1, "the check was made anew");
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("2 of 2").await
}

async fn node_of_another(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    browser.see("1 of 1 node healthy").await?;
    browser.click_when_enabled(Role::Button, "Cancel restore…").await?;
    browser.fill("Type legacy-final to confirm", "legacy-final").await?;
    let nodes = |names: &[&str]| {
        let names = names.iter().map(ToString::to_string).collect();
        stage.weaviate(|weaviate| weaviate.state.nodes = names);
    };
    nodes(&["node1", "node2"]);
    let first = browser.second_window(&format!("{}/#/c/{CONNECTION}/backups", stage.url())).await?;
    browser.see("2 of 2 nodes healthy").await?;
    nodes(&["node1"]);
    browser.switch(first).await?;
    browser.see_not("node2").await?;
    browser.click(Role::Button, "Cancel restore").await?;
    browser.see("A node is missing (node2)").await?;
    ensure!(stage.requests("DELETE", "/restore") == 0, "a cancel was sent");
    Ok(())
}

async fn both_know(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    start_held(stage, "shared").await?;
    let address = browser.url().await?;
    let (asked, known) = (stage.requests("GET", "/shared"), answers(browser).await?);
    let first = browser.second_window(&address).await?;
    browser.find(Role::Heading, "shared").await?;
    let polls = || stage.requests("GET", "/shared");
    // The second window asks again and again, the first in its rounds, if it has to.
    for _ in 0..5 {
        let before = polls();
        browser.click(Role::Button, "Refresh").await?;
        browser.until("a further look", || async { Ok((polls() > before).then_some(())) }).await?;
    }
    // One may be under way.
    let knows_all = |known: usize| async move {
        let heard = answers(browser).await? - known;
        Ok((heard + 1 >= polls() - asked).then_some(()))
    };
    browser.until("all answers, in the second window", || knows_all(0)).await?;
    let second = browser.switch(first).await?;
    browser.until("all answers, in the first window", || knows_all(known)).await?;
    stage.weaviate(|weaviate| weaviate.release(Kind::Create));
    stage.weaviate.clock.advance(10_000);
    browser.see("Success").await?;
    browser.switch(second).await?;
    browser.see("Success").await
}
