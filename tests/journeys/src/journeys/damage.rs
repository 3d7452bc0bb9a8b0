//! A file that the console starts with is lost, or is not the one with its hash: one message, and no half-started console.

use anyhow::{Result, ensure};
use serde_json::json;

use super::Journey;
use crate::front::{Front, Manner};
use crate::locate::Role;
use crate::stage::Stage;

/// What a browser says of a file that is not the one with the hash.
const REFUSED: &[&str] =
    &["integrity", "TypeError: Failed to fetch", "TypeError: Load failed", "TypeError: NetworkError"];

const ENGLISH: &str = "The console did not start";
const CHINESE: &str = "控制台未能启动";

macro_rules! damage {
    ($name:literal, $language:literal, $play:expr) => {
        Journey {
            name: concat!("damage: ", $name),
            scenario: "one-node",
            language: $language,
            expected_console: REFUSED,
            violates: false,
            play: |stage, _| Box::pin(async move { $play(&stage).await }),
        }
    };
}

/// One file, harmed in one way, stops the start.
macro_rules! harm {
    ($name:literal, $harm:path, $file:ident) => {
        damage!($name, "en-US", async |stage| harmed(stage, $harm, $file).await)
    };
}

pub fn all() -> Vec<Journey> {
    vec![
        harm!("a guard that is damaged stops the start", Front::damage, GUARD),
        harm!("a guard that is lost stops the start", Front::lose, GUARD),
        harm!("a script that is damaged stops the start", Front::damage, SCRIPT),
        harm!("a script that is lost stops the start", Front::lose, SCRIPT),
        harm!("a sheet that is damaged stops the start", Front::damage, SHEET),
        harm!("a sheet that is lost stops the start", Front::lose, SHEET),
        harm!("a program that is damaged stops the start", Front::damage, PROGRAM),
        harm!("a program that is lost stops the start", Front::lose, PROGRAM),
        damage!("guard and script that are both gone stop the start", "en-US", two_at_once),
        damage!("it is told in the language of the browser", "zh-CN", in_chinese),
    ]
}

// As a front names them.
const GUARD: &str = "guard.js";
const SCRIPT: &str = "console.js";
const SHEET: &str = "console.css";
const PROGRAM: &str = "console.wasm";

/// A file is harmed, and whole again when the page is loaded again.
async fn harmed(stage: &Stage, harm: fn(&Front, Option<&'static str>), file: &'static str) -> Result<()> {
    let front = Front::put_before(stage, Manner::default()).await?;
    harm(&front, Some(file));
    stage.browser.goto(front.url()).await?;
    told(stage, &front, ENGLISH, file).await?;
    harm(&front, None);
    starts(stage).await
}

async fn two_at_once(stage: &Stage) -> Result<()> {
    let front = Front::put_before(stage, Manner::default()).await?;
    front.lose(Some(GUARD));
    front.damage(Some(SCRIPT));
    stage.browser.goto(front.url()).await?;
    told(stage, &front, ENGLISH, GUARD).await
}

async fn in_chinese(stage: &Stage) -> Result<()> {
    let front = Front::put_before(stage, Manner::default()).await?;
    front.damage(Some(SCRIPT));
    stage.browser.goto(front.url()).await?;
    told(stage, &front, CHINESE, SCRIPT).await?;
    stage.browser.see_not(ENGLISH).await
}

/// The message is seen with the name of the file, and nothing of the console. Without the guard both languages are.
async fn told(stage: &Stage, front: &Front, heading: &str, file: &str) -> Result<()> {
    let browser = &stage.browser;
    browser.see(heading).await?;
    let (name, extension) = file.split_once('.').unwrap_or((file, ""));
    let is_named = |word: &str| word.contains(&format!("{name}-")) && word.ends_with(&format!(".{extension}"));
    browser
        .until(&format!("the name of {file}"), || async {
            Ok(browser.text().await?.split_whitespace().any(is_named).then_some(()))
        })
        .await?;
    // All scripts of the page have run by now: nobody will ask any more.
    ensure!(file == PROGRAM || front.asked(PROGRAM) == 0, "the program was asked for in spite of it");
    let built = browser.run("return document.getElementById('console').childNodes.length", Vec::new()).await?;
    let shown = browser.text().await?;
    ensure!(built == json!(0), "the console has started:\n{shown}");
    ensure!(file == GUARD || !(shown.contains(ENGLISH) && shown.contains(CHINESE)), "two languages:\n{shown}");
    Ok(())
}

/// As the message says: the page is loaded again.
async fn starts(stage: &Stage) -> Result<()> {
    stage.browser.reload().await?;
    stage.browser.find(Role::Button, "Connect").await?;
    stage.browser.see_not(ENGLISH).await
}
