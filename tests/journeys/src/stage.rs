//! Where a journey plays: a server with the console and a Weaviate of its own, and a browser of its own.

use std::net::Ipv4Addr;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use weaviate_sim::Simulator;
use weaviate_sim::server::{Shared, SimClock};
use xtask::serve::{Api, Options, Server};

use crate::browser::{Browser, INTERNAL_HOST, STILL_HOST, View};
use crate::engine::Engine;
use crate::journeys::Journey;
use crate::locate::Role;
use crate::picture::MOMENT;

pub struct Stage {
    pub browser: Browser,
    pub weaviate: Shared,
    pub server: Server,
    world: World,
}

/// By what name the page is opened, and how time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// By the server's address.
    Usual,
    /// By a name that is not loopback, over plain http.
    Internal,
    /// By a name without a port, at [`MOMENT`], until [`Stage::pass`].
    Still,
}

/// The name the journeys give their connection.
pub const CONNECTION: &str = "local";

impl Stage {
    /// A scenario of the simulator, at the page's own origin.
    pub async fn set(engine: Engine, dist: &Path, scenario: &str, view: View, world: World) -> Result<Self> {
        let clock = if world == World::Still { SimClock::standing_at(MOMENT) } else { SimClock::default() };
        let weaviate = Shared::scenario_at(scenario, clock).with_context(|| format!("no scenario {scenario}"))?;
        let api = Api::Simulated(weaviate.clone());
        // At any port, so that a journey can put a front before it.
        let host = match world {
            World::Usual => Ipv4Addr::LOCALHOST.to_string(),
            World::Internal => INTERNAL_HOST.to_owned(),
            World::Still => STILL_HOST.to_owned(),
        };
        let server = Server::start(Options { port: 0, host: Some(host), dist: dist.to_owned(), api })?;
        let still = (world == World::Still).then(|| server.address.port());
        Ok(Self { browser: Browser::open(engine, View { still, ..view }).await?, weaviate, server, world })
    }

    /// Where the page is, and what is typed for the server: they are at one origin.
    pub fn url(&self) -> String {
        let url = self.server.url();
        match self.world {
            World::Usual => url,
            World::Internal => url.replacen(&Ipv4Addr::LOCALHOST.to_string(), INTERNAL_HOST, 1),
            World::Still => format!("http://{STILL_HOST}"),
        }
    }

    /// Changes the simulated server.
    pub fn weaviate<T>(&self, change: impl FnOnce(&mut Simulator) -> T) -> T {
        change(&mut self.weaviate.lock())
    }

    /// Lets time pass for the server, and for the page where it stands still otherwise, and waits for the page's next look
    /// at the path that ends so.
    pub async fn pass(&self, millis: u64, path_end: &str) -> Result<()> {
        let before = self.requests("GET", path_end);
        self.weaviate.clock.advance(millis);
        if self.world == World::Still {
            self.browser.run("__still.pass(arguments[0])", vec![json!(millis)]).await?;
        }
        let what = format!("a further GET of …{path_end}");
        self.browser.until(&what, || async { Ok((self.requests("GET", path_end) > before).then_some(())) }).await
    }

    /// How often a request of that method was made to a path that ends so.
    pub fn requests(&self, method: &str, path_end: &str) -> usize {
        let is_one = |request: &weaviate_sim::Request| request.method == method && request.path.ends_with(path_end);
        self.weaviate(|simulator| simulator.seen().filter(|seen| is_one(&seen.request)).count())
    }

    /// Waits for so many requests of that method to a path that ends so.
    pub async fn sent(&self, method: &str, path_end: &str, count: usize) -> Result<()> {
        let what = format!("{count} {method} to …{path_end}");
        self.browser.until(&what, || async { Ok((self.requests(method, path_end) == count).then_some(())) }).await
    }

    pub async fn open(&self, hash: &str) -> Result<()> {
        self.browser.goto(&format!("{}/{hash}", self.url())).await
    }

    /// Connects as a new user does, to the server that the page offers, and arrives at its backups.
    pub async fn connect(&self) -> Result<()> {
        self.open("").await?;
        self.connect_with(None).await
    }

    /// Fills the connect screen, with a key where one is needed.
    pub async fn connect_with(&self, key: Option<&str>) -> Result<()> {
        let browser = &self.browser;
        browser.fill("Server address", &self.url()).await?;
        browser.fill("Name", CONNECTION).await?;
        if let Some(key) = key {
            browser.choose("Sign in with", "API key").await?;
            browser.fill("API key", key).await?;
        }
        browser.click(Role::Button, "Connect").await?;
        browser.find(Role::Heading, "Backups").await.map(drop)
    }

    /// What every journey ends with: the page did nothing it must not do.
    pub async fn audit(&self, journey: &Journey) -> Result<()> {
        if !journey.violates {
            let seen = self.browser.seen().await?;
            ensure!(seen.is_empty(), "the page saw: {seen:?}");
            let reports = self.server.violations();
            ensure!(reports.is_empty(), "policy reports: {reports:?}");
        }
        let unexpected: Vec<String> = self
            .browser
            .console()
            .await?
            .into_iter()
            // A browser logs every answer from 400 on by itself. The journeys meet many on purpose, and look at the page.
            .filter(|text| {
                !text.contains("Failed to load resource") && !text.contains("has been blocked by CORS policy")
            })
            .filter(|text| !journey.expected_console.iter().any(|expected| text.contains(expected)))
            .collect();
        ensure!(unexpected.is_empty(), "the browser's console says: {unexpected:?}");
        Ok(())
    }
}
