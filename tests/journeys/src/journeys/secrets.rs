//! The key: where it goes, and where it never is.

use anyhow::Result;

use super::forms::fill_create;
use super::{Journey, journey};
use crate::Arguments;
use crate::audit::key_is_hidden;
use crate::locate::Role;
use crate::stage::Stage;

/// Long and unlike anything else, so that a search for it finds it only.
const KEY: &str = "demo-admin-key";

pub fn all() -> Vec<Journey> {
    vec![
        journey!(
            "locked",
            "secrets: a key kept in memory is in no place of the page, and is asked for after a reload",
            in_memory
        ),
        journey!(
            "locked",
            "secrets: a key is stored only when that was chosen, and forgotten with everything",
            in_browser
        ),
        journey!(
            "locked",
            "secrets: a key that is revoked while a form is filled is asked for anew, and the form stays",
            revoked
        ),
    ]
}

async fn in_memory(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    stage.connect_with(Some(KEY)).await?;
    browser.see("Signed in as admin").await?;
    key_is_hidden(stage, KEY, false).await?;
    browser.reload().await?;
    browser.see("Watching is paused: the key of local is needed").await?;
    browser.fill("Key of local", KEY).await?;
    browser.click(Role::Button, "Go on").await?;
    browser.see("Signed in as admin").await?;
    key_is_hidden(stage, KEY, false).await
}

async fn in_browser(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    browser.choose("Sign in with", "API key").await?;
    browser.click(Role::Radio, "In this browser*").await?;
    stage.connect_with(Some(KEY)).await?;
    key_is_hidden(stage, KEY, true).await?;
    browser.reload().await?;
    browser.see("Signed in as admin").await?;
    key_is_hidden(stage, KEY, true).await?;
    stage.open("#/settings").await?;
    browser.click(Role::Button, "Forget everything…").await?;
    browser.click(Role::Button, "Forget everything").await?;
    browser.click(Role::Link, "Connections").await?;
    browser.see("None yet").await?;
    key_is_hidden(stage, KEY, false).await
}

async fn revoked(stage: &Stage, _: &Arguments) -> Result<()> {
    const NEXT_KEY: &str = "the-key-of-next-month";
    let browser = &stage.browser;
    stage.open("").await?;
    stage.connect_with(Some(KEY)).await?;
    browser.see("Signed in as admin").await?;
    fill_create(stage, "after-rotation").await?;
    stage.weaviate(|weaviate| {
        for user in weaviate.state.auth.users.iter_mut().filter(|user| user.key == KEY) {
            user.key = NEXT_KEY.to_owned();
        }
    });
    browser.click(Role::Button, "Create backup").await?;
    browser.see("The server does not accept the key of local").await?;
    browser.fill("Key of local", NEXT_KEY).await?;
    browser.click(Role::Button, "Go on").await?;
    browser.see("Free on filesystem").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "after-rotation").await?;
    key_is_hidden(stage, NEXT_KEY, false).await
}
