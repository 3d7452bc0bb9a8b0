//! The browser engines: how each is started, shaped and asked, and what it cannot be asked.

mod chromium;
mod firefox;
mod webkit;

use anyhow::{Result, ensure};
use fantoccini::Client;

use crate::browser::{Browser, Contrast, View};
use crate::driver::Driver;
use crate::journeys::Journey;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    #[default]
    Chromium,
    Firefox,
    WebKit,
}

/// What an engine is not asked: the beginning of a journey's name, and why. No longer than it must be.
const NOT_ASKED: [(Engine, &str, &str); 5] = [
    (Engine::Firefox, "connect: a denied permission for local networks", NO_PUBLIC_PAGE),
    (Engine::WebKit, "connect: a denied permission for local networks", NO_PERMISSION),
    (Engine::WebKit, "connect: a page that came over https is told of the permission", NO_PERMISSION),
    (Engine::WebKit, "connect: a browser without a network", "its driver takes no network away"),
    (Engine::WebKit, "plain http: ", "it cannot be told where a name leads"),
];
const NO_PUBLIC_PAGE: &str = "it takes no page of this machine for one of the internet";
const NO_PERMISSION: &str = "it has no permission for local networks";

impl Engine {
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Chromium, Self::Firefox, Self::WebKit].into_iter().find(|engine| engine.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The narrowest page that its window can be made to show, in CSS pixels.
    pub fn narrowest(self) -> u32 {
        match self {
            Self::Chromium => 1,
            // Their windows are the desktop's, with a least width of their own.
            Self::Firefox | Self::WebKit => 390,
        }
    }

    /// Whether a page that is open can be made to look so.
    pub fn can_show(self, dark: bool, contrast: Contrast) -> bool {
        match self {
            Self::Chromium | Self::Firefox => true,
            // It has the theme of its start, and knows no colours of the system's.
            Self::WebKit => !dark && contrast == Contrast::Usual,
        }
    }

    /// Why this engine cannot be asked to play that journey.
    pub fn excuse(self, journey: &Journey) -> Option<&'static str> {
        let excuses = NOT_ASKED.iter().filter(|(engine, begin, _)| *engine == self && journey.name.starts_with(begin));
        excuses.map(|(_, _, reason)| *reason).next()
    }

    /// Every excuse is one for a journey that exists.
    pub fn check_excuses(all: &[Journey]) -> Result<()> {
        for (engine, begin, _) in NOT_ASKED {
            let is_known = all.iter().any(|journey| journey.name.starts_with(begin));
            ensure!(is_known, "{} is excused from {begin:?}, which no journey is named", engine.name());
        }
        Ok(())
    }

    /// Starts a driver, and with it a browser of that size, theme and language.
    pub async fn open(self, view: View) -> Result<(Driver, Client)> {
        match self {
            Self::Chromium => chromium::open(view).await,
            Self::Firefox => firefox::open(view).await,
            Self::WebKit => webkit::open(view).await,
        }
    }

    /// Changes size and theme of a page that is open. Nothing moves: what is looked at in the middle of a fade has the
    /// contrast of neither end.
    pub async fn look(self, browser: &Browser, view: View) -> Result<()> {
        match self {
            Self::Chromium => chromium::look(browser, view).await,
            Self::Firefox => firefox::look(browser, view).await,
            Self::WebKit => webkit::look(browser, view).await,
        }
    }

    /// Takes the network from the browser, or gives it back.
    pub async fn set_network(self, browser: &Browser, is_there: bool) -> Result<()> {
        match self {
            Self::Chromium => chromium::set_network(browser, is_there).await,
            Self::Firefox => firefox::set_network(browser, is_there).await,
            Self::WebKit => webkit::set_network(),
        }
    }

    /// What the browser itself wrote to the console since it was last asked; the page's own words are collected in the
    /// page. Firefox tells it over `WebDriver` `BiDi` only, `WebKit` not at all.
    pub async fn console(self, browser: &Browser) -> Result<Vec<String>> {
        match self {
            Self::Chromium => chromium::console(browser).await,
            Self::Firefox | Self::WebKit => Ok(Vec::new()),
        }
    }
}
