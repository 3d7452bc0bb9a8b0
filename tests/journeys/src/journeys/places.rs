//! Backups at another bucket or path than the backend's own: no list of the server shows them.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use weaviate_sim::{Kind, Work};

use super::forms::{fill_create, last_body};
use super::operations::{asked, was_looked_up_before_its_cancel};
use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!(
            "one-node",
            "another path: the filesystem has no bucket, and a path goes along to the end",
            filesystem
        ),
        journey!("one-node", "another path: a cancel names it", cancel_names_it),
        journey!("one-node", "another path: an id is looked for where it would go", id_is_asked_there),
        journey!("s3", "another bucket: a restore from it is cancelled there, and nowhere else", from_bucket),
        journey!("s3", "another bucket: a backup made in it is told of with its place", to_bucket),
        journey!("s3", "another bucket: one that is missing is named before anything is sent", missing_bucket),
    ]
}

/// Creates a backup of two collections at `/mnt/extra`, and arrives at its page.
pub(super) async fn create_at_path(stage: &Stage, id: &str) -> Result<()> {
    let browser = &stage.browser;
    fill_create(stage, id).await?;
    browser.click(Role::Button, "Other bucket or path…").await?;
    browser.fill("Path", "/mnt/extra").await?;
    browser.see("Free on /mnt/extra").await?;
    browser.click(Role::Button, "Only…").await?;
    browser.click(Role::CheckBox, "Article").await?;
    browser.click(Role::CheckBox, "Author").await?;
    browser.see("2 collections to /mnt/extra").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, id).await.map(drop)
}

async fn filesystem(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::lasting(1_000)));
    stage.connect().await?;
    create_at_path(stage, "elsewhere-1").await?;
    browser.see("Success").await?;
    let body = last_body(stage, "/v1/backups/filesystem")?;
    ensure!(body["config"] == json!({"Path": "/mnt/extra"}), "the body is {body}");

    // The server does not list it: this browser does.
    stage.open(&format!("#/c/{CONNECTION}/backups")).await?;
    browser.see("At another bucket or path, made from this browser").await?;
    browser.see("2 collections").await?;
    browser.click(Role::Link, "elsewhere-1").await?;
    browser.see("/mnt/extra/elsewhere-1").await?;

    stage.weaviate(|weaviate| {
        weaviate.state.delete_collection("Article");
        weaviate.plan(Kind::Restore, Work::lasting(1_000));
    });
    browser.click(Role::Link, "Restore…").await?;
    browser.see("Author already exists").await?;
    browser.click(Role::Button, "Leave it out: Author").await?;
    browser.click(Role::Button, "Restore 1 collection…").await?;
    browser.click(Role::Button, "Restore 1 collection").await?;
    browser.see("Transferring").await?;
    browser.see("1 of 1").await?;
    let body = last_body(stage, "/elsewhere-1/restore")?;
    ensure!(body == json!({"include": ["Article"], "config": {"Path": "/mnt/extra"}}), "the body is {body}");
    every_call_names(stage, "elsewhere-1", &[("path", "/mnt/extra")])
}

async fn cancel_names_it(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.connect().await?;
    create_at_path(stage, "elsewhere-2").await?;
    browser.see("Started").await?;
    browser.click(Role::Button, "Cancel backup…").await?;
    browser.click(Role::Button, "Cancel backup").await?;
    stage.sent("DELETE", "/elsewhere-2", 1).await?;
    browser.see_no_more("Cancel elsewhere-2?").await?;
    browser.see("Canceled").await?;
    every_call_names(stage, "elsewhere-2", &[("path", "/mnt/extra")])
}

async fn id_is_asked_there(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "legacy-final").await?;
    browser.see("This id is taken on filesystem").await?;
    browser.click(Role::Button, "Other bucket or path…").await?;
    ensure!(is_read_only(stage, "Bucket").await?, "a bucket can be typed");
    browser.see("has no buckets").await?;
    browser.fill("Path", "/mnt/extra").await?;
    browser.see("Free on /mnt/extra").await?;
    browser.click(Role::Button, "Use the backend’s own place").await?;
    browser.see("This id is taken on filesystem").await
}

async fn is_read_only(stage: &Stage, field: &str) -> Result<bool> {
    let field = serde_json::to_value(&stage.browser.find(Role::TextBox, field).await?)?;
    Ok(stage.browser.run("return arguments[0].readOnly", vec![field]).await? == Value::Bool(true))
}

/// Every call about the operation says where it is, but the POSTs, which say so in their body.
pub(super) fn every_call_names(stage: &Stage, id: &str, place: &[(&str, &str)]) -> Result<()> {
    stage.weaviate(|weaviate| {
        let about = weaviate.seen().filter(|seen| seen.request.method != "POST" && seen.request.method != "OPTIONS");
        let about: Vec<_> = about.filter(|seen| seen.request.path.split('/').any(|part| part == id)).collect();
        let names_it =
            |request: &weaviate_sim::Request| place.iter().all(|(name, value)| request.query_value(name) == *value);
        // The first looks at the id come before the place is typed to its end.
        let since = about.iter().position(|seen| names_it(&seen.request)).context("no call named the place")?;
        for seen in &about[since..] {
            let request = &seen.request;
            ensure!(names_it(request), "{} {} does not name the place", request.method, request.path);
        }
        Ok(())
    })
}

const PLACE: [(&str, &str); 2] = [("bucket", "dr-backups"), ("path", "weaviate/quarterly")];

async fn from_bucket(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        weaviate.state.delete_collection("Article");
        weaviate.state.delete_collection("Author");
        weaviate.plan(Kind::Restore, Work::held());
    });
    stage.connect().await?;
    browser.click(Role::Button, "Open by id…").await?;
    browser.fill("Backup id", "quarter-end").await?;
    browser.fill("Bucket", "dr-backups").await?;
    browser.fill("Path", "weaviate/quarterly").await?;
    browser.click(Role::Button, "Open").await?;
    browser.find(Role::Heading, "quarter-end").await?;
    browser.see("s3://dr-backups/weaviate/quarterly/quarter-end").await?;
    browser.see("no list shows a backup at another place").await?;
    browser.click(Role::Link, "Restore…").await?;
    browser.see("From backup quarter-end on s3://dr-backups/weaviate/quarterly.").await?;
    browser.fill("Collections to restore", "Article Author").await?;
    browser.click_when_enabled(Role::Button, "Restore 2 collections…").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see("Transferring").await?;
    let body = last_body(stage, "/quarter-end/restore")?;
    let config = json!({"Bucket": "dr-backups", "Path": "weaviate/quarterly"});
    ensure!(body["config"] == config, "the body is {body}");
    // The address alone tells the place from here on.
    browser.reload().await?;
    browser.click_when_enabled(Role::Button, "Cancel restore…").await?;
    browser.fill("Type quarter-end to confirm", "quarter-end").await?;
    let before = asked(stage).len();
    browser.click(Role::Button, "Cancel restore").await?;
    stage.sent("DELETE", "/quarter-end/restore", 1).await?;
    browser.see_no_more("Cancel quarter-end?").await?;
    browser.see("Canceled").await?;
    was_looked_up_before_its_cancel(stage, before, "/v1/backups/s3/quarter-end/restore")?;
    every_call_names(stage, "quarter-end", &PLACE)
}

async fn to_bucket(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "moved").await?;
    browser.see("Free on s3").await?;
    browser.click(Role::Button, "Other bucket or path…").await?;
    browser.fill("Bucket", "dr-backups").await?;
    browser.fill("Path", "weaviate/quarterly").await?;
    browser.see("Free on s3://dr-backups/weaviate/quarterly").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "moved").await?;
    browser.see("to s3://dr-backups/weaviate/quarterly.").await?;
    browser.click(Role::Button, "Cancel backup…").await?;
    browser.click(Role::Button, "Cancel backup").await?;
    stage.sent("DELETE", "/moved", 1).await?;
    browser.see("Canceled").await?;
    browser.click(Role::Link, "Create backup…").await?;
    browser.see("to s3://dr-backups/weaviate/quarterly.").await?;
    every_call_names(stage, "moved", &PLACE)
}

async fn missing_bucket(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.see("Free on s3").await?;
    browser.click(Role::Button, "Other bucket or path…").await?;
    browser.fill("Bucket", "no-such-bucket").await?;
    browser.see("Whether it is free is not known. The bucket does not exist.").await?;
    browser.see_not("Free on").await
}
