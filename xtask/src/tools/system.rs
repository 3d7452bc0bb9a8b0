//! Programs of the system's package manager.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use super::{answer, find};
use crate::step::Step;

/// A browser and its driver.
#[derive(Debug)]
pub struct Browser {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

impl Browser {
    /// Tells a command where both are: `CHROMIUM` and, as wasm-bindgen's test runner wants it, `CHROMEDRIVER`.
    pub fn tell(&self, command: &mut Command) {
        command.env("CHROMIUM", &self.browser).env("CHROMEDRIVER", &self.driver);
    }
}

/// Chromium (or Chrome) and chromedriver.
///
/// # Errors
/// Missing where this command may not install it; the message has the line to run.
pub fn chromium() -> Result<Browser> {
    let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    Ok(Browser {
        browser: program(&browsers, "chromium chromium-driver", "30 s")?,
        driver: program(&["chromedriver"], "chromium chromium-driver", "30 s")?,
    })
}

/// Firefox, or its long-term release, and geckodriver, which no distribution has beside it.
///
/// # Errors
/// As [`chromium`].
pub fn firefox() -> Result<Browser> {
    let browser = program(&["firefox-esr", "firefox"], "firefox-esr", "15 s")?;
    Ok(Browser { browser, driver: super::geckodriver()?.join("geckodriver") })
}

/// `WebKitGTK`'s small browser and its driver. The display they need (Xvfb) is there as well then.
///
/// # Errors
/// As [`chromium`].
pub fn webkit() -> Result<Browser> {
    const PACKAGES: &str = "webkit2gtk-driver xvfb xauth locales";
    let driver = program(&["WebKitWebDriver"], PACKAGES, "25 s")?;
    program(&["Xvfb"], PACKAGES, "25 s")?;
    let browser = mini_browser().context("WebKitGTK has no MiniBrowser in /usr/lib or /usr/libexec")?;
    Ok(Browser { browser, driver })
}

/// It is on no PATH: distributions put it into a folder of the library's version, below one of the processor's name.
fn mini_browser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let folders = ["/usr/libexec", "/usr/lib", "/usr/lib64"].map(PathBuf::from).into_iter().chain(libraries);
    let versions = ["webkit2gtk-4.1", "webkit2gtk-4.0"];
    folders
        .flat_map(|folder| versions.map(|version| folder.join(version).join("MiniBrowser")))
        .find(|file| file.is_file())
}

/// Node with npm, for axe-core.
///
/// # Errors
/// As [`chromium`].
pub fn node() -> Result<()> {
    program(&["npm"], "nodejs npm", "60 s").map(drop)
}

/// Python 3 that can make environments. Debian keeps what that needs in a package of its own.
///
/// # Errors
/// As [`chromium`].
pub(super) fn python() -> Result<PathBuf> {
    const PACKAGES: &str = "python3 python3-venv";
    let python = program(&["python3"], PACKAGES, "20 s")?;
    let complete = || answer(Command::new(&python).args(["-c", "import ensurepip, venv"])).is_some();
    if !complete() {
        install("the module venv of Python", PACKAGES, "20 s")?;
        ensure!(
            complete(),
            "{} still cannot make environments; it needs the modules venv and ensurepip",
            python.display()
        );
    }
    Ok(python)
}

/// nginx, as a host of the bundle may have it.
///
/// # Errors
/// As [`chromium`].
pub fn nginx() -> Result<PathBuf> {
    program(&["nginx"], "nginx-light", "10 s")
}

/// The fonts of the pictures: the same files wherever Debian's packages of them are.
///
/// # Errors
/// As [`chromium`].
pub fn fonts() -> Result<()> {
    const PACKAGES: &str = "fonts-dejavu-core fonts-wqy-zenhei";
    let missing = || FONTS.iter().find(|file| !Path::new(file).is_file());
    if let Some(file) = missing() {
        install(&format!("the font {file}"), PACKAGES, "10 s")?;
    }
    if let Some(file) = missing() {
        bail!("there is no {file}, with which the pictures are compared; Debian has it in {PACKAGES}");
    }
    Ok(())
}

/// `tests/journeys/src/engine/fonts.conf` names their folders.
const FONTS: [&str; 2] =
    ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"];

fn program(names: &[&str], packages: &str, usual: &str) -> Result<PathBuf> {
    if let Some(found) = find(names) {
        return Ok(found);
    }
    let name = names.join(" or ");
    let by_hand = install(&name, packages, usual)?;
    find(names).with_context(|| format!("{name} is still not on PATH after: {by_hand}"))
}

/// Installs by apt as root, or says what to run; returns the line that does it by hand. `name`: what is missing.
fn install(name: &str, packages: &str, usual: &str) -> Result<String> {
    let by_hand = format!("apt-get install --no-install-recommends {packages}");
    let root = answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let Some(apt) = find(&["apt-get"]) else {
        bail!("{name} is missing; install it so that it is on PATH (on Debian or Ubuntu: {by_hand})");
    };
    if !root {
        bail!("{name} is missing; install it with: sudo {by_hand}");
    }
    let run = |what: &str, usual: &str, arguments: &[&str]| {
        let mut command = Command::new(&apt);
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        Step::new(what, usual).run(&mut command)
    };
    run("apt-get update", "5 s", &["update", "-q"])?;
    let install: Vec<_> =
        ["install", "-q", "-y", "--no-install-recommends"].into_iter().chain(packages.split(' ')).collect();
    run(&format!("installing {packages}"), usual, &install)
        .with_context(|| format!("{name} is missing; install it with: {by_hand}"))?;
    Ok(by_hand)
}
