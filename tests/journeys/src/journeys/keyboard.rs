//! The keyboard alone: every way of the console without a pointer, and the focus never lost.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use weaviate_sim::{Kind, Work};

use super::{Journey, journey};
use crate::Arguments;
use crate::engine::Engine;
use crate::keyboard::{Way, told};
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "keyboard: connect, create a backup and watch it without a pointer", from_connect_to_end),
        journey!("one-node", "keyboard: the stops of the connect form are in the order that is seen", connect_stops),
        journey!("one-node", "keyboard: the stops of the create form are in the order that is seen", create_stops),
        journey!("one-node", "keyboard: a confirmation takes the focus, keeps it and gives it back", confirmation),
        journey!("one-node", "keyboard: a link leads to the heading of its page, after the rail", headings),
    ]
}

async fn from_connect_to_end(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.weaviate(|weaviate| weaviate.plan(Kind::Create, Work::held()));
    stage.open("").await?;
    browser.see("New connection").await?;
    browser.tab_to(Way::Onwards, "textbox", "Server address").await?;
    browser.type_over(&stage.url()).await?;
    browser.tab_to(Way::Onwards, "textbox", "Name").await?;
    browser.type_over(CONNECTION).await?;
    browser.press(Key::Enter).await?;
    browser.focus_comes_to("heading", "Backups").await?;
    browser.see("legacy-final").await?;
    browser.tab_to(Way::Onwards, "link", "Create backup…").await?;
    browser.press(Key::Enter).await?;
    browser.focus_comes_to("heading", "Create backup").await?;
    // Until the server has told where backups can go, the form is not what it will be.
    browser.see("Free on filesystem").await?;
    browser.tab_to(Way::Onwards, "textbox", "Backup id").await?;
    browser.type_over("by-keys").await?;
    browser.see("backups/by-keys").await?;
    browser.see("Free on filesystem").await?;
    browser.tab_to(Way::Onwards, "combobox", "Compression").await?;
    browser.press(Key::Down).await?;
    browser.see("\"CompressionLevel\"").await?;
    browser.tab_to(Way::Back, "button", "Create backup").await?;
    browser.press(Key::Space).await?;
    browser.focus_comes_to("heading", "by-keys").await?;
    browser.see("Started").await?;
    stage.weaviate(|weaviate| weaviate.release(Kind::Create));
    stage.weaviate.clock.advance(10_000);
    browser.tab_to(Way::Onwards, "button", "Refresh").await?;
    browser.press(Key::Enter).await?;
    browser.see("Success").await?;
    let posts = stage.requests("POST", "/v1/backups/filesystem");
    ensure!(posts == 1, "{posts} POSTs were sent");
    Ok(())
}

/// Compares the stops in both directions.
async fn stops_are(stage: &Stage, wanted: &[&str]) -> Result<()> {
    let browser = &stage.browser;
    let stops = told(&browser.stops(Way::Onwards).await?);
    ensure!(stops == wanted, "the stops are {stops:#?}");
    // Firefox, when it turns round outside the page, leaves out the stop it came from: it turns round on the first one.
    if browser.engine == Engine::Firefox {
        browser.tab(Way::Onwards).await?;
        browser.tab(Way::Back).await?;
    }
    let mut back = told(&browser.stops(Way::Back).await?);
    back.reverse();
    ensure!(back == wanted, "backwards the stops are, read from the first, {back:#?}");
    Ok(())
}

async fn connect_stops(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    browser.see("New connection").await?;
    let focused = browser.focused().await?.map(|stop| stop.told());
    ensure!(focused.is_none(), "the first page put the focus on {focused:?}");
    let form = [
        "rail: link \"Connections\"",
        "rail: link \"Settings\"",
        "main: textbox \"Server address\"",
        "main: combobox \"Sign in with\"",
        "main: textbox \"Name\"",
        "main: combobox \"Environment\"",
        "main: button \"Connect\"",
        "main: button \"Clear\"",
    ];
    stops_are(stage, &form).await?;
    stage.connect().await?;
    stage.open("#/connections").await?;
    // The first page of a visit leaves the focus at its beginning.
    browser.reload().await?;
    browser.see("Saved connections").await?;
    browser.tab_to(Way::Onwards, "combobox", "Sign in with").await?;
    browser.press(Key::Down).await?;
    browser.see("Keep the key").await?;
    browser.tab_to(Way::Onwards, "textbox", "API key").await?;
    browser.tab_to(Way::Onwards, "radio", "Until this page is closed or loaded again").await?;
    // Arrows move within the group, which is one stop.
    browser.press(Key::Down).await?;
    browser.focus_comes_to("radio", "In this browser*").await?;
    let mut rest = browser.stops(Way::Onwards).await?;
    // WebKit goes on at the beginning of the page without leaving it.
    rest.truncate(rest.iter().take_while(|stop| stop.area == "main").count());
    let rest = told(&rest);
    let wanted = [
        "main: textbox \"Name\"",
        "main: combobox \"Environment\"",
        "main: button \"Connect\"",
        "main: button \"Clear\"",
        "main: button \"Edit local\"",
        "main: button \"Forget local\"",
        "main: button \"Connect to local\"",
    ];
    ensure!(rest == wanted, "the stops are {rest:#?}");
    Ok(())
}

async fn create_stops(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/create")).await?;
    browser.reload().await?;
    browser.see("Free on filesystem").await?;
    browser.see("Signed in anonymously").await?;
    browser.see("Ready, 1 warning").await?;
    let stops = [
        "rail: link \"local, switch connection\"",
        "rail: link \"Backups\"",
        "rail: link \"Connections\"",
        "rail: link \"Settings\"",
        "main: link \"local\"",
        "main: link \"Backups\"",
        "main: button \"Discard\"",
        "main: button \"Create backup\"",
        "main: textbox \"Backup id\"",
        "main: button \"Other bucket or path…\"",
        "main: radio \"filesystem /var/lib/weaviate/backups\"",
        "main: button \"All 12\"",
        "main: button \"Only…\"",
        "main: button \"All except…\"",
        "main: searchbox \"Filter, or a pattern such as Contract*\"",
        "main: checkbox \"12 of 12 chosen\"",
        "main: list \"Collections\"",
        "main: checkbox \"Article\"",
        "main: checkbox \"ArticleDraft\"",
        "main: checkbox \"Author\"",
        "main: checkbox \"ContractClause\"",
        "main: checkbox \"ContractParty\"",
        "main: checkbox \"EmailThread\"",
        "main: checkbox \"InvoiceLine\"",
        "main: checkbox \"KbChunk\"",
        "main: checkbox \"Mailbox\"",
        "main: checkbox \"Product\"",
        "main: checkbox \"ProductReview\"",
        "main: checkbox \"SupportTicket\"",
        "main: combobox \"Compression\"",
        "main: textbox \"CPU, 1–80 %\"",
        "main: button \"Check again\"",
        "main: tab \"HTTP\"",
        "main: button \"Copy\"",
        "main: group \"The exact request\"",
    ];
    stops_are(stage, &stops).await?;
    // The other tab is an arrow away.
    browser.tab_to(Way::Back, "tab", "HTTP").await?;
    browser.press(Key::Right).await?;
    browser.focus_comes_to("tab", "curl").await?;
    browser.see("curl -X POST").await
}

async fn confirmation(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open(&format!("#/c/{CONNECTION}/backups/filesystem/legacy-final/restore/new")).await?;
    browser.focus_comes_to("heading", "Restore").await?;
    browser.see("Ready").await?;
    browser.tab_to(Way::Onwards, "button", "Restore 2 collections…").await?;
    browser.press(Key::Enter).await?;
    browser.focus_comes_to("button", "Go back").await?;
    let (back, act) = ("dialog: button \"Go back\"", "dialog: button \"Restore 2 collections\"");
    let whole = "dialog: dialog \"Restore 2 collections into local?\"";
    // Between the last stop and the first may be the browser's own controls or the dialog as a whole, never the page behind.
    for way in [Way::Onwards, Way::Back] {
        let mut stops = Vec::new();
        for _ in 0..6 {
            stops.push(browser.tab(way).await?.map(|stop| stop.told()).unwrap_or_default());
        }
        let stays = stops.iter().all(|stop| [back, act, whole, ""].contains(&stop.as_str()));
        let moves = stops.windows(2).all(|pair| pair[0] != pair[1]);
        let meets_both = [back, act].iter().all(|wanted| stops.iter().any(|stop| stop == wanted));
        ensure!(stays && moves && meets_both, "{way:?} in the dialog the stops are {stops:#?}");
    }
    browser.press(Key::Escape).await?;
    browser.focus_comes_to("button", "Restore 2 collections…").await?;
    browser.see_not("From backup legacy-final").await?;
    browser.press(Key::Space).await?;
    browser.focus_comes_to("button", "Go back").await?;
    browser.press(Key::Space).await?;
    browser.focus_comes_to("button", "Restore 2 collections…").await?;
    let posts = stage.requests("POST", "/legacy-final/restore");
    ensure!(posts == 0, "{posts} POSTs were sent");
    browser.press(Key::Enter).await?;
    browser.focus_comes_to("button", "Go back").await?;
    browser.tab(Way::Onwards).await?;
    browser.press(Key::Enter).await?;
    browser.focus_comes_to("heading", "Restore of *").await?;
    browser.see("Transferring").await
}

async fn headings(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    browser.reload().await?;
    browser.see("legacy-final").await?;
    browser.see("All 12 collections are in").await?;
    browser.see("Signed in anonymously").await?;
    let stops = browser.stops(Way::Onwards).await?;
    let rail = stops.iter().take_while(|stop| stop.area == "rail").count();
    let main = stops.iter().skip(rail).take_while(|stop| stop.area == "main").count();
    ensure!(rail == 4 && rail + main == stops.len(), "the stops are {:#?}", told(&stops));
    for place in ["Settings", "Connections"] {
        browser.tab_to(Way::Back, "link", place).await?;
        browser.press(Key::Enter).await?;
        let heading = browser.focus_comes_to("heading", place).await?;
        ensure!(heading.area == "main", "the focus is in {}", heading.told());
        // From there the keyboard goes on in the page, and back to where it came from.
        let first = browser.tab(Way::Onwards).await?.context("the page has no stop")?;
        ensure!(first.area == "main", "after the heading comes {}", first.told());
    }
    stage.open(&format!("#/c/{CONNECTION}/backups")).await?;
    browser.focus_comes_to("heading", "Backups").await?;
    browser.see("legacy-final").await?;
    browser.tab_to(Way::Onwards, "link", "legacy-final").await?;
    browser.press(Key::Enter).await?;
    browser.focus_comes_to("heading", "legacy-final").await?;
    browser.client.back().await?;
    browser.focus_comes_to("heading", "Backups").await.map(drop)
}
