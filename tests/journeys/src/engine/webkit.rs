//! `WebKitGTK`: its `MiniBrowser`, by `WebKitWebDriver`, on a display that nobody sees.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use fantoccini::Client;
use fantoccini::wd::Capabilities;
use http::Method;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use xtask::tools;

use crate::browser::{Browser, View};
use crate::driver::{Driver, Process};

/// Reduces motion.
const SETTINGS: &str = "[Settings]\ngtk-enable-animations=0\n";

pub(super) async fn open(view: View) -> Result<(Driver, Client)> {
    let programs = tools::webkit()?;
    let settings = TempDir::with_prefix("journeys-")?;
    let folder = settings.path().join("gtk-3.0");
    std::fs::create_dir(&folder)?;
    std::fs::write(folder.join("settings.ini"), SETTINGS)?;
    // One for each browser: two on one display take the focus from each other.
    let (display, number) = display().await?;
    let mut command = Command::new(programs.driver);
    command.env("DISPLAY", format!(":{number}")).env("XDG_CONFIG_HOME", settings.path());
    // The pages are our own; the sandbox needs rights that a container does not have.
    command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    let locale = format!("{}.UTF-8", view.language.replace('-', "_"));
    if view.language != View::default().language {
        make_locale(settings.path(), &locale).await?;
        command.env("LOCPATH", settings.path());
    }
    command.env("LANG", locale).env_remove("LC_ALL");
    command.env("GTK_THEME", theme(view.dark));
    let mut capabilities = Capabilities::new();
    capabilities.insert("browserName".into(), json!("MiniBrowser"));
    // The certificate of a front is nobody's but its own.
    capabilities.insert("acceptInsecureCerts".into(), json!(true));
    // The full screen has no toolbar, whose least width would be the page's too.
    let options = json!({ "binary": programs.browser, "args": ["--automation", "--full-screen"] });
    capabilities.insert("webkitgtk:browserOptions".into(), options);
    let driver = Driver::start(command, Some(display), Some(settings)).await?;
    let client = driver.session(capabilities).await.context("no session with WebKitWebDriver")?;
    Ok((driver, client))
}

fn theme(dark: bool) -> &'static str {
    if dark { "Adwaita:dark" } else { "Adwaita" }
}

/// Its language is the system's: a locale that the machine lacks is made, for this browser alone.
async fn make_locale(folder: &Path, locale: &str) -> Result<()> {
    let (language, charset) = locale.split_once('.').context("a locale without a charset")?;
    let mut make = Command::new("localedef");
    let output = make.args(["-i", language, "-f", charset]).arg(folder.join(locale)).output().await;
    let output = output.context("localedef is missing: it is in Debian's package libc-bin, its sources in locales")?;
    ensure!(output.status.success(), "localedef: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// A display, and its number, which the server chooses.
async fn display() -> Result<(Process, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]).stdout(Stdio::piped());
    let mut display = Process::start(&mut command)?;
    let said = display.child.stdout.take().context("Xvfb has no output")?;
    let number = BufReader::new(said).lines().next_line().await?.context("Xvfb ended at once")?;
    ensure!(number.parse::<u32>().is_ok(), "Xvfb says {number:?} instead of a display");
    Ok((display, number))
}

/// The theme is that of the start.
pub(super) async fn look(browser: &Browser, view: View) -> Result<()> {
    let size = json!({ "width": view.width, "height": view.height });
    browser.raw(Method::POST, "window/rect", Some(size)).await.context("the window keeps its size")?;
    // The window says that it has its size before the page does.
    let what = format!("a page of the width and darkness of {view:?}");
    browser
        .until(&what, || async {
            let shown = "return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
            let shown = browser.run(shown, Vec::new()).await?;
            Ok((shown == json!([view.width, view.dark])).then_some(()))
        })
        .await
}

pub(super) fn set_network() -> Result<()> {
    bail!("WebKitWebDriver takes no network away")
}
