//! Names with every character: what is typed, and what a server tells, is shown as it is and never read as HTML.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use weaviate_backups::domain::status::Status;
use weaviate_sim::state::{Auth, Collection, Role as WeaviateRole, User};
use weaviate_sim::{Fault, FaultKind, Kind, Work};

use super::{Journey, journey};
use crate::Arguments;
use crate::browser::View;
use crate::layout;
use crate::locate::Role;
use crate::stage::Stage;

pub fn all() -> Vec<Journey> {
    vec![
        journey!("empty", "names: odd collections and ids are shown as they are on every page", on_every_page),
        journey!("empty", "names: an odd restore is followed to its end and told as it is", followed),
        journey!("empty", "names: an odd connection and path are shown as they are", typed),
        journey!("s3", "names: an odd bucket is shown as it is", bucket),
        journey!("empty", "names: odd roles and users are shown as they are", roles),
        journey!("one-node", "names: what a server says is never read as HTML", words_of_a_server),
    ]
}

const MARKUP: &str = "<img src=x onerror=document.title='read'><b>bold";
const QUOTES: &str = r#""it's" & `so` \ %41 ${x}"#;
const RIGHT_TO_LEFT: &str = "نسخة احتياطية ليلية";
const EMOJI: &str = "👩‍👩‍👧‍👦 📦 ✅";
const USER: &str = "<u onclick=alert(1)>o'neil & \"co\"";
/// Without a place to break it.
const LONG: [char; 200] = ['W'; 200];

fn names() -> Vec<String> {
    let long: String = LONG.iter().collect();
    [MARKUP, QUOTES, RIGHT_TO_LEFT, EMOJI, "two words", &long].map(str::to_owned).into()
}

/// A path as a link carries it.
fn segment(name: &str) -> String {
    weaviate_backups::api::request::segment(name)
}

/// Nothing was made of the names but text, each is there in full, and each stays in its place at three widths.
async fn shown_as_they_are(stage: &Stage, page: &str, names: &[String]) -> Result<()> {
    let browser = &stage.browser;
    for name in names {
        browser.see(name).await.with_context(|| page.to_owned())?;
    }
    let made = browser.run("return document.querySelectorAll('img, b').length", Vec::new()).await?;
    ensure!(made == json!(0), "{page}: a name was read as HTML");
    let widths = [(1440, 900), (1024, 768), (390, 844), (320, 256)];
    for (width, height) in widths.into_iter().filter(|(width, _)| *width >= browser.engine.narrowest()) {
        browser.look(View { width, height, ..View::default() }).await?;
        layout::everything_fits(browser).await.with_context(|| format!("{page}, {width} px"))?;
    }
    browser.look(View::default()).await
}

fn stage_names(stage: &Stage) {
    stage.weaviate(|weaviate| {
        let names = names();
        let server = &mut weaviate.state;
        server.collections = names.iter().map(|name| Collection::new(name, 1_000)).collect();
        let classes: Vec<&str> = names.iter().map(String::as_str).collect();
        for (index, name) in names.iter().enumerate() {
            let started = 1_795_000_000_000 + 1_000 * index as u64;
            server.add_backup(name, Status::Success, &classes, started);
        }
    });
}

/// Some collections are gone: they can be restored.
fn lose_some(stage: &Stage) {
    stage.weaviate(|weaviate| weaviate.state.collections.truncate(3));
}

async fn on_every_page(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let names = names();
    stage_names(stage);
    stage.connect().await?;
    let connection = crate::stage::CONNECTION;
    shown_as_they_are(stage, "the list", &names).await?;
    browser.click(Role::Button, "6 collections of two words").await?;
    shown_as_they_are(stage, "the names of a row", &names).await?;
    browser.click(Role::Button, "Close").await?;
    stage.open(&format!("#/c/{connection}/create")).await?;
    shown_as_they_are(stage, "the create form", &names).await?;
    lose_some(stage);
    for id in &names {
        let hash = format!("#/c/{connection}/backups/filesystem/{}", segment(id));
        stage.open(&hash).await?;
        browser.find(Role::Heading, id).await?;
        browser.see("Show the names").await?;
        open_all(stage).await?;
        shown_as_they_are(stage, &format!("the page of {id}"), &names).await?;
        stage.open(&format!("{hash}/restore/new")).await?;
        browser.see("already exist").await?;
        shown_as_they_are(stage, &format!("the restore form of {id}"), &names).await?;
    }
    browser.click(Role::Button, "Leave 3 out, go on with 3").await?;
    browser.click(Role::Button, "Restore 3 collections…").await?;
    browser.see("is checked once more").await?;
    shown_as_they_are(stage, "the question before a restore", &[]).await?;
    browser.click(Role::Button, "Restore 3 collections").await?;
    browser.see("Transferring").await?;
    shown_as_they_are(stage, "a restore that runs", &names[5..]).await
}

/// What tells of a restore from other places than its page, what asks before it is cancelled, and what lists how it ended.
async fn followed(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let names = names();
    stage_names(stage);
    stage.weaviate(|weaviate| {
        weaviate.state.add_backup("another", Status::Success, &["Other"], 1_795_000_000_000);
        weaviate.state.collections.clear();
    });
    stage.connect().await?;
    let list = format!("#/c/{}/backups", crate::stage::CONNECTION);
    for id in &names {
        let one = std::slice::from_ref(id);
        stage.weaviate(|weaviate| weaviate.plan(Kind::Restore, Work::held()));
        let page = format!("{list}/filesystem/{}/restore", segment(id));
        stage.open(&format!("{page}/new")).await?;
        send_restore(stage).await?;
        browser.see("Transferring").await?;
        stage.open(&list).await?;
        browser.find(Role::Link, &format!("Restore {id}*")).await?;
        stage.open(&format!("{list}/filesystem/{}/restore/new", segment("another"))).await?;
        browser.see("Another restore is running").await?;
        shown_as_they_are(stage, "the form beside a restore that runs", one).await?;
        stage.open(&list).await?;
        shown_as_they_are(stage, "the strip", one).await?;
        browser.click(Role::Link, &format!("Restore {id}*")).await?;
        browser.click_when_enabled(Role::Button, "Cancel restore…").await?;
        browser.see(&format!("Cancel {id}?")).await?;
        shown_as_they_are(stage, "the question before a cancel", one).await?;
        browser.paste(&format!("Type {id} to confirm"), id).await?;
        browser.click(Role::Button, "Cancel restore").await?;
        // The server takes no such id, so its refusal is shown too.
        browser.see("has characters that the server does not take").await?;
        shown_as_they_are(stage, "a cancel that was refused", one).await?;
        browser.click(Role::Button, "Go back").await?;
        stage.open(&list).await?;
        browser.find(Role::Link, &format!("Restore {id}*")).await?;
        stage.weaviate(|weaviate| weaviate.release(Kind::Restore));
        stage.weaviate.clock.advance(12_000);
        browser
            .until("the notice of its end", || async {
                let notices = browser.run("return document.querySelector('.notices').innerText", Vec::new()).await?;
                Ok(notices.as_str().is_some_and(|text| text.contains(id.as_str())).then_some(()))
            })
            .await?;
        shown_as_they_are(stage, "the notice of its end", one).await?;
        stage.open(&page).await?;
        browser.see("6 of 6").await?;
        shown_as_they_are(stage, "a restore that ended", one).await?;
        stage.weaviate(|weaviate| weaviate.state.collections.clear());
    }
    // A collection of the same name is made meanwhile: the server says so, by its name.
    stage.weaviate(|weaviate| weaviate.plan(Kind::Restore, Work::lasting(1_500)));
    stage.open(&format!("{list}/filesystem/{}/restore/new", segment(QUOTES))).await?;
    send_restore(stage).await?;
    browser.see("Transferring").await?;
    stage.weaviate(|weaviate| weaviate.state.collections.push(Collection::new(MARKUP, 1)));
    browser.see("already exists").await?;
    browser.see("1 did not land").await?;
    open_all(stage).await?;
    shown_as_they_are(stage, "how a restore ended", &names).await
}

/// Opens everything that is folded.
async fn open_all(stage: &Stage) -> Result<()> {
    let script = "document.querySelectorAll('summary').forEach(summary => summary.click())";
    stage.browser.run(script, Vec::new()).await.map(drop)
}

async fn send_restore(stage: &Stage) -> Result<()> {
    stage.browser.click_when_enabled(Role::Button, "Restore 6 collections…").await?;
    stage.browser.see("is checked once more").await?;
    stage.browser.click(Role::Button, "Restore 6 collections").await
}

async fn bucket(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.click(Role::Link, "Create backup…").await?;
    browser.see("Free on s3").await?;
    browser.click(Role::Button, "Other bucket or path…").await?;
    for name in &names() {
        browser.paste("Bucket", name).await?;
        browser.see("The bucket does not exist").await?;
        shown_as_they_are(stage, "the form with a bucket", std::slice::from_ref(name)).await?;
    }
    stage.weaviate(|weaviate| {
        let s3 = weaviate.state.s3.as_mut();
        if let Some(s3) = s3 {
            s3.other_buckets.extend(names());
        }
    });
    browser.click(Role::Button, "Discard").await?;
    for (number, name) in names().iter().enumerate() {
        stage.open(&format!("#/c/{}/create", crate::stage::CONNECTION)).await?;
        browser.fill("Backup id", &format!("odd-{number}")).await?;
        browser.see("Free on s3").await?;
        browser.click(Role::Button, "Other bucket or path…").await?;
        browser.paste("Bucket", name).await?;
        browser.see(&format!("Free on s3://{name}")).await?;
        browser.click(Role::Button, "Create backup").await?;
        browser.find(Role::Heading, &format!("odd-{number}")).await?;
        shown_as_they_are(stage, "the page of a backup in a bucket", std::slice::from_ref(name)).await?;
        stage.weaviate.clock.advance(3_600_000);
        browser.click(Role::Button, "Refresh").await?;
        browser.see("Success").await?;
    }
    Ok(())
}

async fn typed(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage_names(stage);
    lose_some(stage);
    let names = names();
    for (number, name) in names.iter().enumerate() {
        stage.open("#/connections").await?;
        browser.fill("Server address", &stage.url()).await?;
        // Keys cannot type all of these: the text is put in, as pasting does.
        browser.paste("Name", name).await?;
        browser.click(Role::Button, "Connect").await?;
        browser.find(Role::Heading, "Backups").await?;
        shown_as_they_are(stage, "the rail", std::slice::from_ref(name)).await?;
        browser.click(Role::Link, "Create backup…").await?;
        browser.find(Role::Heading, "Create backup").await?;
        let url = browser.url().await?;
        let place = &url[url.find('#').context("no place in the address")?..];
        browser.see("Free on filesystem").await?;
        browser.click(Role::Button, "Other bucket or path…").await?;
        browser.paste("Path", name).await?;
        browser.see("Free on").await?;
        shown_as_they_are(stage, "the form with a path", std::slice::from_ref(name)).await?;
        let id = format!("elsewhere-{number}");
        browser.fill("Backup id", &id).await?;
        browser.see("Free on").await?;
        browser.click(Role::Button, "Create backup").await?;
        browser.find(Role::Heading, &id).await?;
        shown_as_they_are(stage, "the page of a backup elsewhere", std::slice::from_ref(name)).await?;
        stage.weaviate.clock.advance(60_000);
        browser.see("Success").await?;
        stage.open(&place.replace("/create", "/backups")).await?;
        browser.see("At another bucket or path").await?;
        shown_as_they_are(stage, "the list with a backup elsewhere", std::slice::from_ref(name)).await?;
        let there = stage.weaviate(|weaviate| std::mem::take(&mut weaviate.state.collections));
        browser.click(Role::Link, &id).await?;
        browser.click(Role::Link, "Restore…").await?;
        browser.click_when_enabled(Role::Button, "Restore 3 collections…").await?;
        browser.see("is checked once more").await?;
        shown_as_they_are(stage, "the question before a restore from elsewhere", std::slice::from_ref(name)).await?;
        browser.click(Role::Button, "Go back").await?;
        shown_as_they_are(stage, "the form of a backup elsewhere", std::slice::from_ref(name)).await?;
        stage.weaviate(|weaviate| weaviate.state.collections = there);
        stage.open("#/connections").await?;
        browser.see("Saved connections").await?;
        shown_as_they_are(stage, "the connections", std::slice::from_ref(name)).await?;
    }
    Ok(())
}

async fn roles(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage_names(stage);
    let names = names();
    stage.weaviate(|weaviate| {
        let roles: Vec<&str> = names.iter().map(String::as_str).collect();
        let permissions = vec![json!({"action": "manage_backups", "backups": {"collection": "two*"}})];
        let role = |name: &String| WeaviateRole { name: name.clone(), permissions: permissions.clone() };
        weaviate.state.auth = Auth {
            users: vec![User::new(USER, "odd-key-1234", &roles)],
            rbac: true,
            db_users: false,
            roles: names.iter().map(role).collect(),
            ..Auth::default()
        };
    });
    stage.open("").await?;
    browser.fill("Server address", &stage.url()).await?;
    browser.choose("Sign in with", "API key").await?;
    browser.fill("API key", "odd-key-1234").await?;
    browser.paste("Name", QUOTES).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("hidden from you").await?;
    shown_as_they_are(stage, "the list of a user with odd roles", &names).await?;
    shown_as_they_are(stage, "the rail of a user", &[USER.to_owned()]).await?;
    browser.reload().await?;
    browser.see(&format!("Key of {QUOTES}")).await?;
    shown_as_they_are(stage, "the question for a key", &[QUOTES.to_owned()]).await
}

async fn words_of_a_server(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.weaviate(|weaviate| {
        for path in ["/v1/backups/filesystem", "/v1/backups/filesystem/legacy-final"] {
            let kind = FaultKind::Status { status: 500, message: format!("{MARKUP} {}", names()[5]) };
            weaviate.faults.push(Fault::new("GET", path, kind));
        }
    });
    browser.click(Role::Button, "Refresh").await?;
    shown_as_they_are(stage, "a list that failed", &[MARKUP.to_owned()]).await?;
    stage.open(&format!("#/c/{}/backups/filesystem/legacy-final", crate::stage::CONNECTION)).await?;
    shown_as_they_are(stage, "a page of a backup whose status failed", &[MARKUP.to_owned()]).await
}
