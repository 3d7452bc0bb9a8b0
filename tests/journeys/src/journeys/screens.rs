//! Every screen: axe finds nothing on it in any theme, or (`--compare`) it is as the accepted picture of it.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use weaviate_sim::{Entry, Fault, FaultKind, Kind, Work};

use super::forms::{fill_create, move_away, restore_and_hold};
use super::places::create_at_path;
use super::{Journey, journey};
use crate::Arguments;
use crate::audit;
use crate::browser::{Contrast, View};
use crate::driver::free_port;
use crate::layout;
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};
use crate::writing;

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "screen: connect", connect),
        journey!("locked", "screen: connect, refused", connect_refused),
        journey!("one-node", "screen: the list of backups", list),
        journey!("empty", "screen: an empty list", empty_list),
        journey!("one-node", "screen: settings and an address that names nothing", settings),
        journey!("one-node", "screen: the create form", create),
        journey!("rbac", "screen: a create that the roles do not allow", not_permitted),
        journey!("three-nodes", "screen: a node that is missing", node_missing),
        journey!("one-node", "screen: a backup at another path", another_path),
        journey!("one-node", "screen: the restore form, its check and its confirmation", restore),
        journey!("one-node", "screen: a create that runs, ended, failed, orphaned", operation_create),
        journey!("one-node", "screen: a restore that runs, and one that landed in part", operation_restore),
        Journey { language: "zh-CN", ..journey!("one-node", "screen: the main screens in Chinese", chinese) },
        Journey {
            expected_console: &["a panic that a journey asked for", "unreachable"],
            ..journey!("one-node", "screen: the page after a panic", crash)
        },
    ]
}

/// Wide, a small laptop, a phone, and 1280 px at a zoom of 400 %.
pub(super) const WINDOWS: [(u32, u32); 4] = [(1440, 900), (1024, 768), (390, 844), (320, 256)];
/// What the system may ask of colours: a name, dark or not, and the contrast.
const THEMES: [(&str, bool, Contrast); 5] = [
    ("light", false, Contrast::Usual),
    ("dark", true, Contrast::Usual),
    ("light-contrast", false, Contrast::More),
    ("dark-contrast", true, Contrast::More),
    ("forced", false, Contrast::Forced),
];
/// What moves on the page. The window asks for reduced motion.
const MOVING: &str = "
return document.getAnimations()
  .filter(animation => animation.playState === 'running' && animation.effect.getComputedTiming().duration > 0)
  .map(animation => animation.animationName || animation.transitionProperty);";
/// Those of them that axe and a person look at.
const PICTURED: [u32; 2] = [1440, 390];

/// The screens that are held to accepted pictures.
const ACCEPTED: [&str; 17] = [
    "connect",
    "connect-key-needed",
    "backups",
    "backups-empty",
    "backups-not-listed",
    "create",
    "create-not-permitted",
    "restore-check",
    "restore-confirm",
    "operation-create",
    "operation-lost",
    "operation-orphaned",
    "operation-restore",
    "operation-failed",
    "operation-node-missing",
    "zh-backups",
    "zh-restore",
];

/// The screen as it is now: looked at by axe, and kept as pictures, wide and narrow; or compared with accepted ones.
async fn look(stage: &Stage, arguments: &Arguments, name: &str) -> Result<()> {
    if let Some(album) = &arguments.album {
        return if ACCEPTED.contains(&name) { album.compare(&stage.browser, name).await } else { Ok(()) };
    }
    let axe = arguments.axe.as_ref().context("--axe FILE names axe-core's script")?;
    let engine = stage.browser.engine;
    for (theme, dark, contrast) in THEMES.into_iter().filter(|(_, dark, contrast)| engine.can_show(*dark, *contrast)) {
        for (width, height) in WINDOWS.into_iter().filter(|(width, _)| *width >= engine.narrowest()) {
            stage.browser.look(View { width, height, dark, contrast, ..View::default() }).await?;
            layout::everything_fits(&stage.browser).await.with_context(|| format!("{name}, {width} px"))?;
            let is_wide = width == PICTURED[0];
            if !PICTURED.contains(&width) || (contrast != Contrast::Usual && !is_wide) {
                continue;
            }
            let moving = stage.browser.run(MOVING, Vec::new()).await?;
            ensure!(moving == json!([]), "{name}: with reduced motion these move: {moving}");
            if let Some(folder) = &arguments.pictures {
                let file: PathBuf = folder.join(format!("{name}-{width}-{theme}.png"));
                stage.browser.picture(&file).await?;
            }
            let undecided =
                audit::axe(&stage.browser, axe).await.with_context(|| format!("{name}, {theme}, {width} px"))?;
            for finding in undecided {
                println!("axe cannot decide on {name} ({theme}, {width} px): {finding}");
            }
        }
    }
    stage.browser.look(View::default()).await
}

async fn connect(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.browser.find(Role::Button, "Connect").await?;
    look(stage, arguments, "connect").await?;
    stage.connect().await?;
    stage.open("#/connections").await?;
    stage.browser.find(Role::Button, &format!("Connect to {CONNECTION}")).await?;
    look(stage, arguments, "connect-saved").await
}

async fn connect_refused(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.browser.click(Role::Button, "Connect").await?;
    stage.browser.see("wants a key").await?;
    look(stage, arguments, "connect-key-needed").await?;
    let port = free_port()?;
    stage.browser.fill("Server address", &format!("http://127.0.0.1:{port}")).await?;
    stage.browser.choose("Sign in with", "Nothing: the server allows anonymous access").await?;
    stage.browser.click(Role::Button, "Try again").await?;
    stage.browser.see("cannot be reached").await?;
    look(stage, arguments, "connect-not-reachable").await
}

async fn list(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.browser.see("legacy-final").await?;
    look(stage, arguments, "backups").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups?q=no-such-id")).await?;
    stage.browser.see("Clear search and filter").await?;
    look(stage, arguments, "backups-nothing-matches").await?;
    stage.weaviate(|weaviate| {
        let message = "open backups path: open /var/lib/weaviate/backups: no such file or directory".to_owned();
        weaviate.faults.push(Fault::new("GET", "/v1/backups/", FaultKind::Status { status: 500, message }));
    });
    stage.open(&format!("#/c/{CONNECTION}/backups")).await?;
    stage.browser.reload().await?;
    stage.browser.see("Not listed").await?;
    look(stage, arguments, "backups-not-listed").await
}

async fn empty_list(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.connect().await?;
    stage.browser.see("No backup yet").await?;
    look(stage, arguments, "backups-empty").await
}

async fn settings(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.open("#/settings").await?;
    stage.browser.find(Role::Heading, "Settings").await?;
    look(stage, arguments, "settings").await?;
    stage.browser.click(Role::Button, "Forget everything…").await?;
    look(stage, arguments, "settings-forget").await?;
    stage.open("#/no/such/place").await?;
    stage.browser.see("Nothing is at this address").await?;
    look(stage, arguments, "no-such-place").await
}

async fn crash(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.open("").await?;
    stage.browser.find(Role::Button, "Connect").await?;
    let result = stage.browser.client.execute("__weaviateBackupConsoleSeams.panic()", Vec::new()).await;
    anyhow::ensure!(result.is_err(), "the panic did not end the call");
    stage.browser.see("The console has stopped").await?;
    look(stage, arguments, "crash").await
}

async fn create(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.connect().await?;
    fill_create(stage, "before-upgrade").await?;
    look(stage, arguments, "create").await?;
    stage.browser.click(Role::Button, "Only…").await?;
    stage.browser.fill("Backup id", "Nightly.1").await?;
    stage.browser.fill("CPU, 1–80 %", "81").await?;
    stage.browser.see("At most 80").await?;
    look(stage, arguments, "create-refused").await
}

async fn another_path(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.connect().await?;
    create_at_path(stage, "for-the-audit").await?;
    browser.see("Started").await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.find(Role::Heading, "Create backup").await?;
    browser.click(Role::Button, "Other bucket or path…").await?;
    browser.fill("Path", "/mnt/extra/quarterly").await?;
    browser.see("Free on /mnt/extra/quarterly").await?;
    look(stage, arguments, "create-elsewhere").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups")).await?;
    browser.see("At another bucket or path").await?;
    look(stage, arguments, "backups-elsewhere").await?;
    browser.click(Role::Button, "Open by id…").await?;
    browser.find(Role::TextBox, "Backup id").await?;
    look(stage, arguments, "backups-open-by-id").await
}

fn restore_form(id: &str) -> String {
    format!("#/c/{CONNECTION}/backups/filesystem/{id}/restore/new")
}

async fn restore(stage: &Stage, arguments: &Arguments) -> Result<()> {
    move_away(stage, "legacy-final");
    stage.connect().await?;
    let late = Fault::new("GET", "/v1/schema", FaultKind::Latency { millis: 8_000 });
    stage.weaviate(|weaviate| weaviate.faults.push(late));
    stage.open(&restore_form("support-only")).await?;
    stage.browser.see("Checking the backup and the target").await?;
    look(stage, arguments, "restore-checking").await?;
    stage.weaviate(|weaviate| weaviate.faults.clear());
    stage.open(&restore_form("migration-test-2")).await?;
    stage.browser.see("already exist").await?;
    look(stage, arguments, "restore-check").await?;
    stage.browser.click(Role::Button, "Leave 2 out, go on with 2").await?;
    stage.browser.click(Role::Button, "Restore 2 collections…").await?;
    stage.browser.find(Role::Button, "Restore 2 collections").await?;
    look(stage, arguments, "restore-confirm").await?;
    stage.weaviate(|weaviate| weaviate.state.collections.push(weaviate_sim::state::Collection::new("LegacyOrder", 1)));
    stage.browser.click(Role::Button, "Restore 2 collections").await?;
    stage.browser.see("Nothing was sent").await?;
    look(stage, arguments, "restore-not-sent").await?;
    // What no list shows: the names are typed.
    stage.open(&format!("{}?path=%2Farchive", restore_form("legacy-final"))).await?;
    stage.browser.fill("Collections to restore", "LegacyCustomer, Article").await?;
    stage.browser.see("1 of the 2 collections").await?;
    look(stage, arguments, "restore-typed").await
}

async fn operation_create(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.connect().await?;
    for (id, name) in [("legacy-final", "operation-ended"), ("migration-test-3", "operation-orphaned")] {
        stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/{id}")).await?;
        browser.find(Role::Heading, id).await?;
        browser.see("Answers").await?;
        look(stage, arguments, name).await?;
    }
    fill_create(stage, "before-upgrade").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "before-upgrade").await?;
    browser.see("Started").await?;
    stage.pass(252_000, "/before-upgrade").await?;
    look(stage, arguments, "operation-create").await?;
    stage.weaviate(|weaviate| weaviate.down = true);
    stage.pass(30_000, "/before-upgrade").await?;
    browser.see("Contact with the server is lost").await?;
    look(stage, arguments, "operation-lost").await
}

async fn operation_restore(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    restore_and_hold(stage).await?;
    stage.pass(78_000, "/legacy-final/restore").await?;
    look(stage, arguments, "operation-restore").await?;
    stage.open(&restore_form("migration-test-2")).await?;
    browser.see("Another restore is running").await?;
    look(stage, arguments, "restore-other-runs").await?;
    browser.click(Role::Link, "Follow legacy-final").await?;
    browser.see("Transferring").await?;
    stage.weaviate(|weaviate| {
        weaviate.state.collections.push(weaviate_sim::state::Collection::new("LegacyOrder", 1));
        weaviate.release(Kind::Restore);
    });
    stage.pass(10_000, "/legacy-final/restore").await?;
    browser.see("1 of 2 collections").await?;
    look(stage, arguments, "operation-failed").await
}

async fn not_permitted(stage: &Stage, arguments: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.connect_with(Some("demo-shop-key")).await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    stage.browser.see("Needs the permission manage_backups").await?;
    stage.browser.see("Free on filesystem").await?;
    look(stage, arguments, "create-not-permitted").await
}

async fn node_missing(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| {
        weaviate.entry = Entry::Node(0);
        weaviate.plan(Kind::Create, Work::held());
    });
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.fill("Backup id", "before-upgrade").await?;
    browser.see("Free on s3").await?;
    browser.click(Role::Button, "Create backup").await?;
    browser.find(Role::Heading, "before-upgrade").await?;
    stage.pass(5_000, "/before-upgrade").await?;
    stage.weaviate(|weaviate| weaviate.kill(2, None));
    // After some seconds the others list it no more.
    stage.pass(12_000, "/before-upgrade").await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.see("Missing: node3").await?;
    look(stage, arguments, "create-node-missing").await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/s3/before-upgrade")).await?;
    browser.find(Role::Button, "Forget it: node3").await?;
    look(stage, arguments, "operation-node-missing").await
}

/// The screens that an operator sees most, in the other language: nothing clipped, nothing untranslated that axe or an
/// eye would find, and written as Chinese is. `chinese.rs` reads others, without axe.
async fn chinese(stage: &Stage, arguments: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let look = async |name: &str| {
        look(stage, arguments, name).await?;
        writing::is_chinese(browser).await.with_context(|| name.to_owned())
    };
    stage.open("").await?;
    browser.fill("名称", CONNECTION).await?;
    browser.click(Role::Button, "连接").await?;
    browser.see("legacy-final").await?;
    look("zh-backups").await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.see("可用").await?;
    look("zh-create").await?;
    stage.open(&restore_form("migration-test-2")).await?;
    browser.see("已存在").await?;
    look("zh-restore").await
}
