//! Every version that was recorded, and every server worth looking at.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use weaviate_sim::{Kind, Work};

use super::forms::last_body;
use super::{Journey, journey};
use crate::Arguments;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

/// A journey on a server of a version: its fact is `true` when the version has a list, and can cancel a restore.
macro_rules! version {
    ($version:literal, $lists:literal, $cancels:literal) => {
        journey!(
            "one-node",
            concat!("version ", $version, ": a backup is created, lost collections are restored from it and counted"),
            async |stage: &Stage, _: &Arguments| version(stage, $version, $lists, $cancels).await
        )
    };
}

pub fn all() -> Vec<Journey> {
    vec![
        version!("1.27.27", false, false),
        version!("1.30.10", false, false),
        version!("1.32.27", true, false),
        version!("1.36.18", true, true),
        version!("1.38.11", true, true),
        version!("1.39.0", true, true),
        journey!("one-node", "version 1.47.0: a newer one is said to be unknown, and nothing is off", newer),
        journey!("three-nodes", "three nodes: a node that dies is named before a backup is sent", node_dies),
        journey!("three-nodes", "three nodes: a node that was gone before is missed by a new browser", gone_before),
        journey!("three-nodes", "three nodes: without a majority nothing is sent, and its return is seen", no_leader),
        journey!("s3", "a list of half a minute is waited for, and a backup opened by its id meanwhile", slow_list),
        journey!("one-node", "mode WriteOnly: why no name can be read is said beside the form", write_only),
        journey!("busy", "busy: what others have begun is followed, and a second restore is warned of", busy),
        journey!(
            "broken-backend",
            "broken backend: one that cannot be listed says why beside the other's rows",
            broken
        ),
        journey!("many", "many: one of ten thousand backups is found and opened", many),
        journey!("rbac", "rbac: the base of a backup is shown to root", base_told),
        journey!("rbac", "rbac: who is no root is told that the base is not shown", base_untold),
        journey!("old", "old: without a list a backup is opened by its id", old),
        journey!("orphaned", "orphaned: what restarted nodes left behind is told from what runs", orphaned),
    ]
}

async fn version(stage: &Stage, version: &str, lists: bool, cancels: bool) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        version.clone_into(&mut weaviate.state.version);
        weaviate.plan(Kind::Create, Work::lasting(1_000));
        weaviate.plan(Kind::Restore, Work::held());
    });
    stage.connect().await?;
    browser.see(version).await?;
    let told = if lists { "nightly-" } else { "One can still be opened by its id" };
    browser.see(told).await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "by-version").await?;
    browser.see("Free on filesystem").await?;
    browser.see_no_more("could not be read").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "by-version").await?;
    browser.see("Success").await?;
    let body = last_body(stage, "/v1/backups/filesystem")?;
    ensure!(body["include"].as_array().is_some_and(|names| names.len() == 12), "the body is {body}");
    stage.weaviate(|weaviate| {
        for name in ["Author", "Product"] {
            weaviate.state.delete_collection(name);
        }
    });
    let restore = format!("#/c/{CONNECTION}/backups/filesystem/by-version/restore/new?only=Author&only=Product");
    stage.open(&restore).await?;
    browser.click(Role::Button, "Restore 2 collections…").await?;
    browser.click(Role::Button, "Restore 2 collections").await?;
    browser.see(if cancels { "Transferring" } else { "Started" }).await?;
    if cancels {
        browser
            .until("the cancel to be offered", || async {
                Ok((!browser.is_disabled(Role::Button, "Cancel restore…").await?).then_some(()))
            })
            .await?;
    } else {
        ensure!(browser.is_disabled(Role::Button, "Cancel restore…").await?, "a cancel is offered");
        browser.see("Needs Weaviate 1.36.0 or later").await?;
    }
    stage.weaviate(|weaviate| weaviate.release(Kind::Restore));
    browser.see("2 of 2").await?;
    browser.see("Success").await
}

async fn newer(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        "1.47.0".clone_into(&mut weaviate.state.version);
        weaviate.state.delete_collection("Author");
    });
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/support-only/restore/new")).await?;
    browser.see("1.47.0 is newer than what this console was tried with").await
}

/// How long a dead node stays listed: until the clock is moved on, as a busy machine may need longer for a page than a
/// cluster to drop a node.
const LISTED_MILLIS: u64 = 600_000;

async fn node_dies(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.see("3 of 3 nodes healthy").await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.see("3 nodes healthy").await?;
    stage.weaviate(|weaviate| weaviate.kill(1, Some(LISTED_MILLIS)));
    form_anew(stage).await?;
    browser.see("node2: Unavailable").await?;
    // The other two list it no more; the console remembers it, also when it is opened anew.
    stage.weaviate.clock.advance(LISTED_MILLIS);
    browser
        .until("the node to be missed", || async {
            form_anew(stage).await?;
            Ok(browser.text().await?.contains("Missing: node2").then_some(()))
        })
        .await?;
    browser.reload().await?;
    browser.see("Missing: node2").await?;
    // Until all is answered, rows above it come and go, and it moves.
    browser.see("Ready, 1 warning").await?;
    browser.click(Role::Button, "Forget it: node2").await?;
    browser.see("2 nodes healthy").await?;
    browser.reload().await?;
    browser.see("2 nodes healthy").await
}

/// Leaves the create form and opens it again. Without a look at what lies between, a browser may tell the page of both
/// ways at once, whose end is where it is already: then nothing is opened, and nothing asked.
async fn form_anew(stage: &Stage) -> Result<()> {
    stage.open(&format!("#/c/{CONNECTION}/backups/s3/quarter-end")).await?;
    stage.browser.find(Role::Heading, "quarter-end").await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    stage.browser.find(Role::Heading, "Create backup").await.map(drop)
}

async fn gone_before(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    // So long ago that the others list it no more.
    stage.weaviate(|weaviate| weaviate.kill(2, Some(0)));
    stage.connect().await?;
    browser.see("2 of 3 nodes healthy").await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.see("Missing: node3").await?;
    // Until all is answered, rows above it come and go, and it moves.
    browser.see("Ready, 1 warning").await?;
    browser.click(Role::Button, "Forget it: node3").await?;
    browser.see("2 of 2 nodes healthy").await?;
    browser.reload().await?;
    browser.see("2 of 2 nodes healthy").await?;
    browser.see("2 nodes healthy").await
}

async fn no_leader(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "by-majority").await?;
    browser.see("3 nodes healthy").await?;
    stage.weaviate(|weaviate| [1, 2].map(|node| weaviate.kill(node, None)));
    browser.click_when_enabled(Role::Button, "Check again").await?;
    browser.see("The cluster has no leader").await?;
    browser.see("misleading message").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "it can be sent without a leader");
    stage.weaviate(|weaviate| [1, 2].map(|node| weaviate.start(node)));
    browser.click_when_enabled(Role::Button, "Check again").await?;
    browser.see_no_more("The cluster has no leader").await?;
    browser.see("3 nodes healthy").await?;
    browser.click_when_enabled(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "by-majority").await.map(drop)
}

/// As long as a list of some thousand backups may take on S3 (behaviour notes 3).
const SLOW_LIST: Duration = Duration::from_secs(30);

async fn slow_list(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        if let Some(s3) = &mut weaviate.state.s3 {
            s3.lists_in_millis = u64::try_from(SLOW_LIST.as_millis()).unwrap_or(u64::MAX);
        }
    });
    stage.connect().await?;
    let began = Instant::now();
    browser.see("Listing…").await?;
    let newest = stage.weaviate(|weaviate| {
        let ids = weaviate.state.backups.iter().map(|backup| backup.id.clone());
        // The other one lies in another bucket.
        ids.filter(|id| id.starts_with("nightly-")).max()
    });
    let newest = newest.context("there is no backup")?;
    browser.click(Role::Button, "Open by id…").await?;
    browser.fill("Backup id", &newest).await?;
    browser.click(Role::Button, "Open").await?;
    browser.find(Role::Heading, &newest).await?;
    browser.see("Success").await?;
    ensure!(began.elapsed() < SLOW_LIST, "the list was waited for");
    stage.open(&format!("#/c/{CONNECTION}/backups")).await?;
    browser.see("Listing…").await?;
    browser.see_within(2 * SLOW_LIST, &newest).await?;
    browser.see_no_more("Listing…").await
}

async fn write_only(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| "WriteOnly".clone_into(&mut weaviate.state.operational_mode));
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.see("In the mode WriteOnly: node1").await?;
    browser.see("Set OPERATIONAL_MODE back to ReadWrite").await?;
    ensure!(browser.is_disabled(Role::Button, "Create backup").await?, "it can be sent without a name");
    stage.weaviate(|weaviate| "ReadWrite".clone_into(&mut weaviate.state.operational_mode));
    browser.click_when_enabled(Role::Button, "Check again").await?;
    browser.see_no_more("In the mode WriteOnly").await?;
    browser.see("12 of 12 chosen").await
}

async fn busy(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.see("before-upgrade").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/before-upgrade")).await?;
    browser.see("Started").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.see("A restore of this id says Transferring").await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.see("before-upgrade has not ended").await
}

async fn broken(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.see("nightly-").await?;
    browser.see("connection refused").await?;
    // The server answers, so neither contact nor the backup is said to be lost.
    stage.open(&format!("#/c/{CONNECTION}/backups/s3/nightly-1")).await?;
    browser.see("answers, but cannot tell about nightly-1").await?;
    browser.see("The storage does not answer the server").await?;
    browser.see_no_more("Contact with the server is lost").await?;
    stage.weaviate(|weaviate| "1.36.18".clone_into(&mut weaviate.state.version));
    stage.open(&format!("#/c/{CONNECTION}/backups/s3/nightly-2")).await?;
    browser.see("answers, but cannot tell about nightly-2").await?;
    browser.see("The storage does not answer the server").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/s3/nightly-2/restore/new?only=Author")).await?;
    browser.see("could not be read").await?;
    browser.see("The storage does not answer the server").await?;
    browser.see_no_more("knows no backup of this id").await
}

async fn many(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let id = stage.weaviate(|weaviate| weaviate.state.backups.get(4_321).map(|backup| backup.id.clone()));
    let id = id.context("there are not that many backups")?;
    stage.connect().await?;
    browser.see("10,000").await?;
    browser.fill("Search id or collection", &id).await?;
    browser.click(Role::Link, &id).await?;
    browser.find(Role::Heading, &id).await?;
    browser.see("Success").await
}

/// How often the base of some backup is on the page, which has rows for the bases themselves.
async fn count_base(stage: &Stage) -> Result<usize> {
    let base = stage.weaviate(|weaviate| weaviate.state.backups.iter().find_map(|backup| backup.base.clone()));
    let base = base.context("there is no base")?;
    Ok(stage.browser.text().await?.matches(&base).count())
}

async fn base_untold(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    stage.connect_with(Some("demo-operator-key")).await?;
    browser.see("A base is told to root users only.").await?;
    browser.see("chain-").await?;
    let count = count_base(stage).await?;
    ensure!(count == 1, "its id is there {count} times");
    Ok(())
}

async fn base_told(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.connect_with(Some("demo-root-key")).await?;
    stage.browser.see("chain-").await?;
    stage
        .browser
        .until("the base beside its backup", || async { Ok((count_base(stage).await? == 2).then_some(())) })
        .await
}

async fn old(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.see("Weaviate 1.27.27 has no list of backups; 1.30.12 and later have.").await?;
    browser.click(Role::Button, "Open by id…").await?;
    browser.fill("Backup id", "legacy-final").await?;
    browser.click(Role::Button, "Open").await?;
    browser.find(Role::Heading, "legacy-final").await?;
    browser.see("Success").await
}

async fn orphaned(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/migration-test-3")).await?;
    browser.see("ossibly orphaned").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/half-restored/restore/new")).await?;
    browser.see("A restore of this id says Transferring").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/never-canceled/restore/new")).await?;
    browser.see("is being canceled, or stuck in it").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/half-restored/restore")).await?;
    browser.see("If its node was restarted, the server says so for ever").await
}
