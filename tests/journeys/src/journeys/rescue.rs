//! Three in the morning: a node was lost, there is a new server and a browser that knows nothing, and no pointer.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use serde_json::Value;
use weaviate_sim::{Kind, Work};

use super::forms::last_body;
use super::{Journey, journey};
use crate::Arguments;
use crate::browser::Browser;
use crate::keyboard::Way;
use crate::stage::Stage;

pub fn all() -> Vec<Journey> {
    vec![
        journey!(
            "rescue",
            "3 a.m.: 37 of 40 collections come back from the filesystem, by keys alone",
            from_filesystem
        ),
        journey!("rescue", "3 a.m.: 37 of 40 collections come back from S3, by keys alone", from_s3),
    ]
}

/// A real server looks at its nodes 2, 12 and 22 s after the start, and applies a collection in a quarter of a second.
const RESTORE_LIMIT: Duration = Duration::from_secs(40);

/// In the backup and on the new server already.
const UNTOUCHED: [&str; 3] = ["Article", "Category", "Product"];

/// What was lost, and where it comes back from.
pub(crate) struct Lost<'l> {
    /// The page's address too.
    pub server: &'l str,
    /// Typed where the page asks for one.
    pub key: Option<&'l str>,
    pub backend: &'l str,
    pub id: &'l str,
    /// Those of the 40 that are there already, sorted.
    pub untouched: [&'l str; 3],
    /// All 40, for a server that cannot list its backups: the id and the names are typed.
    pub unlisted: Option<&'l [&'l str]>,
}

/// From opening the page to the proof, by keys alone: what is in the way is found before anything is sent, left out with one
/// press, and named at the end.
pub(crate) async fn by_keys(browser: &Browser, lost: &Lost<'_>) -> Result<()> {
    let Lost { server, key, backend, id, untouched, unlisted } = *lost;
    browser.goto(server).await?;
    browser.see("New connection").await?;
    browser.tab_to(Way::Onwards, "textbox", "Server address").await?;
    browser.type_over(server).await?;
    if let Some(key) = key {
        browser.tab_to(Way::Onwards, "combobox", "Sign in with").await?;
        // The first letter chooses in a native select.
        browser.press_with(&[], 'a').await?;
        browser.tab_to(Way::Onwards, "textbox", "API key").await?;
        browser.type_over(key).await?;
    }
    browser.tab_to(Way::Onwards, "textbox", "Name").await?;
    browser.type_over("new").await?;
    browser.press(Key::Enter).await?;
    browser.focus_comes_to("heading", "Backups").await?;
    if let Some(names) = unlisted {
        browser.tab_to(Way::Onwards, "button", "Open by id…").await?;
        browser.press(Key::Enter).await?;
        browser.focus_comes_to("textbox", "Backup id").await?;
        browser.type_over(id).await?;
        browser.press(Key::Enter).await?;
        browser.focus_comes_to("heading", id).await?;
        browser.tab_to(Way::Onwards, "link", "Restore…").await?;
        browser.press(Key::Enter).await?;
        browser.focus_comes_to("heading", "Restore").await?;
        browser.tab_to(Way::Onwards, "textbox", "Collections to restore").await?;
        browser.type_over(&names.join(" ")).await?;
    } else {
        browser.see(id).await?;
        browser.tab_to(Way::Onwards, "link", &format!("Restore… {id} from {backend}")).await?;
        browser.press(Key::Enter).await?;
        browser.focus_comes_to("heading", "Restore").await?;
    }
    browser.see("3 of the 40 collections cannot be restored into new; the other 37 can.").await?;
    for name in untouched {
        browser.see(name).await?;
    }
    // It stands at the head of the page: before the field that was typed into.
    let way = if unlisted.is_some() { Way::Back } else { Way::Onwards };
    browser.tab_to(way, "button", "Leave 3 out, go on with 37").await?;
    browser.press(Key::Enter).await?;
    browser.see("37 collections can be restored into new.").await?;
    browser.tab_to(Way::Back, "button", "Restore 37 collections…").await?;
    browser.press(Key::Enter).await?;
    browser.see("Restore 37 collections into new?").await?;
    // The dialog has taken the focus; its own button is a few stops on.
    browser.tab_to(Way::Onwards, "button", "Restore 37 collections").await?;
    browser.press(Key::Enter).await?;
    browser.see_within(RESTORE_LIMIT, "37 of 37").await?;
    // Without a list nothing tells what else is in the backup.
    if unlisted.is_none() {
        let untouched = untouched.join(", ");
        browser.see(&format!("3 collections of the backup were not asked for and are untouched: {untouched}")).await?;
    }
    browser.see("Success").await
}

async fn rescue(stage: &Stage, backend: &str) -> Result<()> {
    let counts = |stage: &Stage| {
        stage.weaviate(|weaviate| {
            let counted = |name| weaviate.state.collection(name).map(|collection| collection.objects);
            UNTOUCHED.map(counted)
        })
    };
    let before = counts(stage);
    ensure!(before.iter().all(Option::is_some), "the three are not there: {before:?}");
    stage.weaviate(|weaviate| weaviate.plan(Kind::Restore, Work::lasting(1_500)));
    let url = stage.url();
    let lost = Lost { server: &url, key: None, backend, id: "nightly", untouched: UNTOUCHED, unlisted: None };
    by_keys(&stage.browser, &lost).await?;
    let body = last_body(stage, "/nightly/restore")?;
    let sent = body["include"].as_array().context("no names were sent")?;
    ensure!(sent.len() == 37, "{} names were sent", sent.len());
    ensure!(sent.iter().filter_map(Value::as_str).all(|name| !UNTOUCHED.contains(&name)), "one in the way was sent");
    let posts = stage.requests("POST", &format!("/v1/backups/{backend}/nightly/restore"));
    ensure!(posts == 1, "{posts} POSTs were sent");
    ensure!(counts(stage) == before, "what was there before was changed");
    let there = stage.weaviate(|weaviate| weaviate.state.collections.len());
    ensure!(there == 40, "{there} collections are there");
    Ok(())
}

async fn from_filesystem(stage: &Stage, _: &Arguments) -> Result<()> {
    rescue(stage, "filesystem").await
}

async fn from_s3(stage: &Stage, _: &Arguments) -> Result<()> {
    rescue(stage, "s3").await
}
