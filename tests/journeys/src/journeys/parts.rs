//! A part of the program that did not come, or came damaged.

use anyhow::{Context, Result, ensure};

use super::{Journey, journey};
use crate::Arguments;
use crate::front::{Front, Manner};
use crate::locate::Role;
use crate::stage::Stage;

pub fn all() -> Vec<Journey> {
    // What a browser says of a file that is not the one with the hash: the answer 404 is none.
    let expected_console = &[
        "integrity",
        "TypeError: Failed to fetch",
        "TypeError: NetworkError when attempting to fetch resource",
        "TypeError: Load failed",
    ];
    vec![
        Journey {
            expected_console,
            ..journey!(
                "one-node",
                "parts: a page whose part did not come says so, and comes when asked again",
                asked_again
            )
        },
        Journey {
            expected_console,
            ..journey!("one-node", "parts: a page whose part did not come is there after it is loaded again", reloaded)
        },
        Journey {
            expected_console,
            ..journey!("one-node", "parts: a page whose part is damaged says so, and comes when it is whole", damaged)
        },
        journey!("one-node", "parts: what loads later takes nothing from the page that stands", undisturbed),
    ]
}

/// The file of the list, without its hash.
const OF_THE_LIST: &str = "console-list.wasm";

/// Connects before a host that lost the list.
async fn without_list(stage: &Stage) -> Result<Front> {
    let browser = &stage.browser;
    let front = Front::put_before(stage, Manner::default()).await?;
    front.lose(Some(OF_THE_LIST));
    browser.goto(front.url()).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.find(Role::Heading, "This page did not load").await?;
    browser.see("A file of the console did not come").await?;
    Ok(front)
}

async fn asked_again(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let front = without_list(stage).await?;
    let asked = front.asked(OF_THE_LIST);
    browser.click(Role::Button, "Try again").await?;
    browser
        .until("a second request for the file", || async { Ok((front.asked(OF_THE_LIST) > asked).then_some(())) })
        .await?;
    browser.find(Role::Heading, "This page did not load").await?;
    // What is here already works meanwhile.
    browser.click(Role::Link, "Settings").await?;
    browser.find(Role::Heading, "Settings").await?;
    browser.client.back().await?;
    browser.find(Role::Heading, "This page did not load").await?;
    front.lose(None);
    browser.click(Role::Button, "Try again").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.see("legacy-final").await?;
    browser.see_not("A file of the console did not come").await
}

async fn damaged(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let front = Front::put_before(stage, Manner::default()).await?;
    front.damage(Some(OF_THE_LIST));
    browser.goto(front.url()).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.find(Role::Heading, "This page did not load").await?;
    browser.see("is damaged").await?;
    front.damage(None);
    browser.click(Role::Button, "Try again").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.see("legacy-final").await
}

async fn reloaded(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let front = without_list(stage).await?;
    front.lose(None);
    browser.click(Role::Button, "Load the page again").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.see("legacy-final").await?;
    ensure!(browser.url().await?.starts_with(front.url()), "the page is another");
    Ok(())
}

async fn undisturbed(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let front = Front::put_before(stage, Manner::default()).await?;
    front.hold(Some("console-following.wasm"));
    browser.goto(front.url()).await?;
    browser.fill("Name", "typed early").await?;
    front.hold(None);
    // The list is asked for once what comes before it is here.
    browser
        .until("the request for the next part", || async { Ok((front.asked(OF_THE_LIST) > 0).then_some(())) })
        .await?;
    let focused = browser.focused().await?.context("the focus was lost")?;
    ensure!(focused.is("textbox", "Name"), "the focus went to {}", focused.told());
    browser.click(Role::Button, "Connect").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.find(Role::Link, "typed early, switch connection").await.map(drop)
}
