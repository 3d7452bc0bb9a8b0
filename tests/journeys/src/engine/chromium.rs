//! Chromium, by chromedriver and its own protocol.

use anyhow::{Context, Result};
use fantoccini::Client;
use fantoccini::wd::Capabilities;
use http::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;
use xtask::tools;

use crate::browser::{Browser, Contrast, INTERNAL_HOST, LOCAL_HOST, STILL_HOST, View};
use crate::driver::Driver;

const FONTS: &str = include_str!("fonts.conf");

/// A folder with the fonts' settings.
fn fonts() -> Result<TempDir> {
    // Lest another font be taken in silence.
    tools::fonts()?;
    let folder = TempDir::with_prefix("journeys-fonts-")?;
    let cache = folder.path().join("cache");
    std::fs::write(folder.path().join("fonts.conf"), FONTS.replace("CACHE", &cache.display().to_string()))?;
    Ok(folder)
}

pub(super) async fn open(view: View) -> Result<(Driver, Client)> {
    let programs = tools::chromium()?;
    let names = view.still.map_or_else(
        || format!("MAP {INTERNAL_HOST} 127.0.0.1,MAP {LOCAL_HOST} 127.0.0.1"),
        |port| format!("MAP {STILL_HOST}:80 127.0.0.1:{port}"),
    );
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--no-first-run".to_owned(),
        format!("--host-resolver-rules={names}"),
        format!("--lang={}", view.language),
        format!("--window-size={},{}", view.width, view.height),
    ];
    let mut driver = Command::new(programs.driver);
    let mut settings = None;
    if view.still.is_some() {
        let folder = fonts()?;
        // A browser takes on what its driver was started with.
        driver.env("FONTCONFIG_FILE", folder.path().join("fonts.conf")).env("TZ", "UTC");
        settings = Some(folder);
        let drawing =
            ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars"];
        arguments.extend(drawing.map(str::to_owned));
    }
    let mut capabilities = Capabilities::new();
    capabilities.insert("browserName".into(), json!("chrome"));
    // The certificate of a front is nobody's but its own.
    capabilities.insert("acceptInsecureCerts".into(), json!(true));
    capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
    let options = json!({
        "binary": programs.browser, "args": arguments, "prefs": { "intl.accept_languages": view.language },
    });
    capabilities.insert("goog:chromeOptions".into(), options);
    let driver = Driver::start(driver, None, settings).await?;
    let client = driver.session(capabilities).await.context("no session with chromedriver")?;
    Ok((driver, client))
}

pub(super) async fn look(browser: &Browser, view: View) -> Result<()> {
    let metrics = json!({ "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": false });
    ask(browser, "Emulation.setDeviceMetricsOverride", metrics).await?;
    let scheme = if view.dark { "dark" } else { "light" };
    let scheme = json!({ "name": "prefers-color-scheme", "value": scheme });
    let motion = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
    let more = if view.contrast == Contrast::Usual { "no-preference" } else { "more" };
    let more = json!({ "name": "prefers-contrast", "value": more });
    let forced = if view.contrast == Contrast::Forced { "active" } else { "none" };
    let forced = json!({ "name": "forced-colors", "value": forced });
    ask(browser, "Emulation.setEmulatedMedia", json!({ "features": [scheme, motion, more, forced] })).await
}

async fn ask(browser: &Browser, command: &str, parameters: Value) -> Result<()> {
    let body = json!({ "cmd": command, "params": parameters });
    browser.raw(Method::POST, "goog/cdp/execute", Some(body)).await.with_context(|| command.to_owned()).map(drop)
}

pub(super) async fn set_network(browser: &Browser, is_there: bool) -> Result<()> {
    const PATH: &str = "chromium/network_conditions";
    if is_there {
        return browser.raw(Method::DELETE, PATH, None).await.map(drop);
    }
    let conditions = json!({ "offline": true, "latency": 0, "throughput": 0 });
    browser.raw(Method::POST, PATH, Some(json!({ "network_conditions": conditions }))).await.map(drop)
}

pub(super) async fn console(browser: &Browser) -> Result<Vec<String>> {
    let log = browser.raw(Method::POST, "se/log", Some(json!({ "type": "browser" }))).await?;
    let messages = log.as_array().into_iter().flatten().filter_map(|entry| entry["message"].as_str());
    Ok(messages.map(str::to_owned).collect())
}
