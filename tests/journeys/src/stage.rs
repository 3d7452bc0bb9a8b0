//! Where a journey plays: a server with the console and a Weaviate of its own, and a browser of its own.

use std::net::Ipv4Addr;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use weaviate_sim::Simulator;
use weaviate_sim::server::Shared;
use xtask::serve::{Api, Options, Server};

use crate::browser::{Browser, INTERNAL_HOST, View};
use crate::engine::Engine;
use crate::journeys::Journey;
use crate::locate::Role;

pub struct Stage {
    pub browser: Browser,
    pub weaviate: Shared,
    pub server: Server,
    internal: bool,
}

/// The name the journeys give their connection.
pub const CONNECTION: &str = "local";

impl Stage {
    /// A scenario of the simulator, at the page's own origin.
    ///
    /// `internal`: the page is opened by a name that is not loopback, over plain http.
    pub async fn set(engine: Engine, dist: &Path, scenario: &str, view: View, internal: bool) -> Result<Self> {
        let weaviate = Shared::scenario(scenario).with_context(|| format!("no scenario {scenario}"))?;
        let api = Api::Simulated(weaviate.clone());
        // At any port, so that a journey can put a front before it.
        let host = if internal { INTERNAL_HOST.to_owned() } else { Ipv4Addr::LOCALHOST.to_string() };
        let server = Server::start(Options { port: 0, host: Some(host), dist: dist.to_owned(), api })?;
        Ok(Self { browser: Browser::open(engine, view).await?, weaviate, server, internal })
    }

    /// Where the page is, and what is typed for the server: they are at one origin.
    pub fn url(&self) -> String {
        let url = self.server.url();
        if self.internal { url.replacen(&Ipv4Addr::LOCALHOST.to_string(), INTERNAL_HOST, 1) } else { url }
    }

    /// Changes the simulated server.
    pub fn weaviate<T>(&self, change: impl FnOnce(&mut Simulator) -> T) -> T {
        change(&mut self.weaviate.lock())
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
