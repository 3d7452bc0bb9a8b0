//! In Chinese: what an operator meets when something runs, fails or is asked back fits, and is written as Chinese is.

use anyhow::{Context, Result};
use url::Url;
use weaviate_sim::state::Collection;
use weaviate_sim::{Kind, Work};

use super::forms::restore_form;
use super::screens::WINDOWS;
use super::{Journey, journey};
use crate::Arguments;
use crate::browser::View;
use crate::driver::free_port;
use crate::layout;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};
use crate::writing;

pub fn all() -> Vec<Journey> {
    let chinese = |journey| Journey { language: "zh-CN", ..journey };
    vec![
        chinese(journey!("one-node", "Chinese: a server that is not reached, a failed backup", refused_and_failed)),
        chinese(journey!("one-node", "Chinese: a backup that runs, and the question before it is canceled", backup)),
        chinese(journey!("one-node", "Chinese: a restore from its question to its end in part", restore)),
    ]
}

/// The screen as it is now, in every window.
async fn read(stage: &Stage, name: &str) -> Result<()> {
    let browser = &stage.browser;
    for (width, height) in WINDOWS.into_iter().filter(|(width, _)| *width >= browser.engine.narrowest()) {
        browser.look(View { width, height, ..View::default() }).await?;
        layout::everything_fits(browser).await.with_context(|| format!("{name}, {width} px"))?;
        writing::is_chinese(browser).await.with_context(|| format!("{name}, {width} px"))?;
    }
    browser.look(View::default()).await
}

async fn connect(stage: &Stage) -> Result<()> {
    stage.open("").await?;
    stage.browser.fill("名称", CONNECTION).await?;
    stage.browser.click(Role::Button, "连接").await?;
    stage.browser.see("legacy-final").await
}

async fn refused_and_failed(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    let mut nobody = Url::parse(&stage.url())?;
    nobody.set_port(Some(free_port()?)).ok().context("an address without a port")?;
    // With a Chinese keyboard WebKit's driver types a semicolon for a colon.
    browser.paste("服务器地址", nobody.as_str()).await?;
    browser.fill("名称", CONNECTION).await?;
    browser.click(Role::Button, "连接").await?;
    browser.see("无法连接到").await?;
    read(stage, "not reached").await?;
    browser.paste("服务器地址", &stage.url()).await?;
    browser.click(Role::Button, "重试").await?;
    browser.see("legacy-final").await?;
    read(stage, "the list").await?;
    let failed = stage.weaviate(|weaviate| {
        let failed = weaviate.state.backups.iter().find(|backup| backup.status.as_str() == "FAILED");
        failed.map(|backup| backup.id.clone())
    });
    let failed = failed.context("no backup has failed")?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/{failed}")).await?;
    browser.see("备份失败。").await?;
    browser.see("no space left on device").await?;
    read(stage, "failed").await
}

async fn backup(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    connect(stage).await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("备份 ID", "before-upgrade").await?;
    browser.fill("CPU，1–80%", "40").await?;
    browser.see("在 filesystem 上可用").await?;
    browser.click(Role::Button, "创建备份").await?;
    browser.find(Role::Heading, "before-upgrade").await?;
    stage.pass(120_000, "/before-upgrade").await?;
    browser.see("进行中").await?;
    browser.see("40%").await?;
    read(stage, "a backup that runs").await?;
    browser.click(Role::Button, "取消备份…").await?;
    browser.see("任何版本的 API 都不能删除备份").await?;
    read(stage, "cancel a backup").await
}

async fn restore(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Restore, Work::held()));
    connect(stage).await?;
    stage.open(&restore_form("migration-test-2")).await?;
    browser.see("已存在").await?;
    read(stage, "the check").await?;
    browser.click(Role::Button, "排除 2 个，继续恢复 2 个").await?;
    browser.click(Role::Button, "恢复 2 个集合…").await?;
    browser.find(Role::Button, "恢复 2 个集合").await?;
    read(stage, "confirm").await?;
    browser.click(Role::Button, "恢复 2 个集合").await?;
    browser.see("传输中").await?;
    stage.pass(30_000, "/migration-test-2/restore").await?;
    read(stage, "a restore that runs").await?;
    browser.click(Role::Button, "取消恢复…").await?;
    browser.see("服务器不核对 ID").await?;
    read(stage, "cancel a restore").await?;
    browser.click(Role::Button, "返回").await?;
    stage.weaviate(|weaviate| {
        weaviate.state.collections.push(Collection::new("LegacyOrder", 1));
        weaviate.release(Kind::Restore);
    });
    stage.pass(10_000, "/migration-test-2/restore").await?;
    browser.see("请求恢复的 2 个集合中，1 个已在").await?;
    read(stage, "landed in part").await
}
