//! The bundle in a folder of a host, with a name that an address has to encode.

use anyhow::{Result, ensure};
use weaviate_sim::{Kind, Work};

use super::{Journey, journey};
use crate::Arguments;
use crate::front::{Front, Manner};
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![journey!("one-node", "path: list, form and a reload of a link work in a folder of the host", in_a_folder)]
}

async fn in_a_folder(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::lasting(1_000)));
    let front = Front::put_before(stage, Manner { path: "/a/b%20c", ..Manner::default() }).await?;
    let page = format!("{}/", front.url());
    browser.goto(&page).await?;
    browser.fill("Name", CONNECTION).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.see("legacy-final").await?;

    browser.click(Role::Link, "Create backup…").await?;
    browser.fill("Backup id", "from-a-folder").await?;
    browser.see("Free on filesystem").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "from-a-folder").await?;

    let link = browser.url().await?;
    ensure!(link.starts_with(&format!("{page}#/c/{CONNECTION}/")), "the address is {link}");
    browser.reload().await?;
    browser.find(Role::Heading, "from-a-folder").await?;
    browser.see("Success").await?;
    ensure!(browser.url().await? == link, "the reload went somewhere else");
    // What was not loaded at first comes from the folder as well.
    browser.goto(&format!("{page}#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.find(Role::Button, "Restore 2 collections…").await.map(drop)
}
