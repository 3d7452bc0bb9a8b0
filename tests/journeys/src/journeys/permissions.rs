//! What a user may not do is said before it is tried, with the permission to ask for.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("locked", "permissions: a viewer is told what a backup, a restore and a cancel need", viewer),
        journey!("locked", "permissions: collections that the roles do not cover are left out of a backup", uncovered),
        journey!(
            "locked",
            "permissions: a role that was taken away since is found by the refusal, and named",
            taken_away
        ),
    ]
}

async fn viewer(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    stage.connect_with(Some("demo-viewer-key")).await?;
    browser.see("nightly-").await?;
    browser.click(Role::Link, "Create backup…").await?;
    browser.see("Needs the permission manage_backups").await?;
    browser.see("None of your roles has it").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "a viewer can send a create");
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.see("Needs the permission manage_backups").await?;
    ensure!(browser.is_disabled(Role::Button, "Restore 2 collections…").await?, "a viewer can send a restore");
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/migration-test-3")).await?;
    browser.see("Needs the permission manage_backups").await?;
    ensure!(browser.is_disabled(Role::Button, "Cancel backup…").await?, "a viewer can send a cancel");
    let sent = stage.requests("POST", "") + stage.requests("DELETE", "");
    ensure!(sent == 0, "{sent} requests were sent that change something");
    Ok(())
}

async fn uncovered(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    grant(stage, &[reading(), json!({"action": "manage_backups", "backups": {"collection": "Article*"}})]);
    stage.open("").await?;
    stage.connect_with(Some("demo-article-key")).await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "mine-only").await?;
    browser.see("Needs the permission manage_backups for Author, ContractClause").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "what the server refuses can be sent");
    browser.click(Role::Button, "Leave them out").await?;
    // The button goes away: whoever pressed it goes on from there, not from the top of the page.
    browser.focus_comes_to("group", "In the way").await?;
    browser.see("Free on filesystem").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "mine-only").await?;
    let body = super::forms::last_body(stage, "/v1/backups/filesystem")?;
    ensure!(body["include"] == json!(["Article", "ArticleDraft"]), "the body is {body}");
    Ok(())
}

/// A page that read the roles before they were changed learns of it by the server's refusal, and then says what is lacking
/// as if it had read them now.
async fn taken_away(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let managing = json!({"action": "manage_backups", "backups": {"collection": "*"}});
    grant(stage, &[reading(), managing.clone()]);
    stage.open("").await?;
    stage.connect_with(Some("demo-article-key")).await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "too-late").await?;
    browser.see("Free on filesystem").await?;
    grant(stage, &[reading()]);
    browser.click(Role::Button, "Create backup").await?;
    browser.see("Needs the permission manage_backups").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "what the server refused can be sent again");

    grant(stage, &[reading(), managing]);
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.click_when_enabled(Role::Button, "Restore 2 collections…").await?;
    grant(stage, &[reading()]);
    browser.click(Role::Button, "Restore 2 collections").await?;
    // Here the check before the POST finds it.
    browser.see("Nothing was sent").await?;
    browser.see("lacks the permission manage_backups").await?;
    let posts = stage.requests("POST", "/legacy-final/restore");
    ensure!(posts == 0, "{posts} restores were sent");
    Ok(())
}

fn reading() -> Value {
    json!({"action": "read_collections", "collections": {"collection": "*"}})
}

/// Gives these permissions to every role, in place of what it had.
fn grant(stage: &Stage, permissions: &[Value]) {
    stage.weaviate(|weaviate| {
        for role in &mut weaviate.state.auth.roles {
            role.permissions = permissions.to_vec();
        }
    });
}
