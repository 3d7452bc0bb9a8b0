//! Firefox, by geckodriver: what it keeps for itself is reached from the browser's own context.

use anyhow::{Context, Result};
use fantoccini::Client;
use fantoccini::wd::Capabilities;
use http::Method;
use serde_json::{Value, json};
use tokio::process::Command;
use xtask::tools;

use crate::browser::{Browser, Contrast, INTERNAL_HOST, LOCAL_HOST, View};
use crate::driver::{Driver, free_port};

pub(super) async fn open(view: View) -> Result<(Driver, Client)> {
    let programs = tools::firefox()?;
    let mut capabilities = Capabilities::new();
    capabilities.insert("browserName".into(), json!("firefox"));
    // The certificate of a front is nobody's but its own.
    capabilities.insert("acceptInsecureCerts".into(), json!(true));
    let preferences = json!({
        "intl.accept_languages": view.language,
        "ui.prefersReducedMotion": 1,
        // Processes for pages that no journey opens cost a small machine more than the page itself.
        "dom.ipc.processPrelaunch.enabled": false,
        LOOPBACK_NAMES: format!("{INTERNAL_HOST},{LOCAL_HOST}"),
    });
    let options = json!({ "binary": programs.browser, "args": ["-headless"], "prefs": preferences });
    capabilities.insert("moz:firefoxOptions".into(), options);
    let mut command = Command::new(programs.driver);
    // The port is for a protocol that is not used here, and is one for all drivers unless told otherwise.
    command.args(["--allow-system-access", "--websocket-port", &free_port()?.to_string()]);
    let driver = Driver::start(command, None, None).await?;
    let client = driver.session(capabilities).await.context("no session with geckodriver")?;
    Ok((driver, client))
}

/// The names that mean this machine.
const LOOPBACK_NAMES: &str = "network.dns.localDomains";

/// Without the toolbars the page has the whole window, whose least width the page does not share; and Tab, at the end of
/// the page, goes on at its beginning instead of leaving for controls from which no driver's key brings it back.
const LOOK: &str = "
const [width, dark, hasTheme, colours] = arguments;
document.getElementById('navigator-toolbox').style.display = 'none';
gBrowser.selectedBrowser.style.maxWidth = `${width}px`;
Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', dark ? 0 : 1);
Services.prefs.setIntPref('ui.useAccessibilityTheme', hasTheme);
Services.prefs.setIntPref('browser.display.document_color_use', colours);";

/// For its preferences: whether the system has a theme of high contrast, and whose colours are drawn. It tells a page of
/// high contrast where there is such a theme and the page's colours (1) are drawn all the same; the system's are 2.
fn colours(contrast: Contrast) -> (u8, u8) {
    match contrast {
        Contrast::Usual => (0, 1),
        Contrast::More => (1, 1),
        Contrast::Forced => (0, 2),
    }
}

pub(super) async fn look(browser: &Browser, view: View) -> Result<()> {
    let size = json!({ "width": view.width, "height": view.height });
    browser.raw(Method::POST, "window/rect", Some(size)).await.context("the window keeps its size")?;
    let (has_theme, colours) = colours(view.contrast);
    in_browser(browser, LOOK, vec![json!(view.width), json!(view.dark), json!(has_theme), json!(colours)]).await?;
    // The page is told some time later.
    let wanted = json!([view.width, view.contrast != Contrast::Usual, view.contrast == Contrast::Forced]);
    browser
        .until(&format!("a page that looks as {view:?}"), || async {
            let shown = "
                const is = feature => matchMedia(feature).matches;
                return [innerWidth, is('(prefers-contrast: more)'), is('(forced-colors: active)')];";
            Ok((browser.run(shown, Vec::new()).await? == wanted).then_some(()))
        })
        .await
}

/// Loopback goes on answering a browser that is offline: what is gone too are the names that mean it.
const SET_NETWORK: &str = "
const [isThere, names, value] = arguments;
Services.io.offline = !isThere;
Services.prefs.setCharPref(names, isThere ? value : '');";

pub(super) async fn set_network(browser: &Browser, is_there: bool) -> Result<()> {
    let names = format!("{INTERNAL_HOST},{LOCAL_HOST}");
    in_browser(browser, SET_NETWORK, vec![json!(is_there), json!(LOOPBACK_NAMES), json!(names)]).await
}

/// Runs a script with the rights of the browser itself.
async fn in_browser(browser: &Browser, script: &str, arguments: Vec<Value>) -> Result<()> {
    set_context(browser, "chrome").await?;
    let result = browser.run(script, arguments).await;
    set_context(browser, "content").await?;
    result.map(drop)
}

async fn set_context(browser: &Browser, context: &str) -> Result<()> {
    browser.raw(Method::POST, "moz/context", Some(json!({ "context": context }))).await.map(drop)
}
