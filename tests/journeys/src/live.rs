//! The journeys against a real server: with collections, ids and users of their own, which are cleaned up as far as the API can.
//!
//! Every journey that a server of this version, with these rights and nodes, can give is played; one that it cannot is said.

mod access;
mod ground;
mod nodes;
mod usual;
mod versions;

use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Result, ensure};
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::version::Version;
use xtask::serve::{Api, Options as Serving, Server};

use crate::browser::{Browser, View};
use crate::engine::Engine;
use crate::locate::Role;
use crate::tally::Tally;

#[derive(Debug, Default)]
pub struct Options {
    pub url: String,
    pub key: Option<String>,
    /// The server may hold other collections; they are not touched.
    pub on_used_server: bool,
    /// A command that ends one node of the cluster for good, and no other than the one that is asked.
    pub end_node: Option<String>,
}

struct Live<'o> {
    engine: Engine,
    options: &'o Options,
    server: Server,
    browser: Browser,
    version: Option<Version>,
    /// How many the server has.
    nodes: usize,
    /// Of ids; unlike those of an earlier run, because an id can be used once.
    run: String,
    backend: String,
    /// Another path than the backend's own, where it may write.
    elsewhere: String,
}

/// Whether all passed. Prints a line for each journey, and what is left behind.
pub async fn run(engine: Engine, dist: &Path, options: &Options) -> Result<bool> {
    let api = Api::Forwarded(options.url.clone());
    let server = Server::start(Serving { port: 0, host: None, dist: dist.to_owned(), api })?;
    let browser = Browser::open(engine, View::default()).await?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let mut live = Live {
        engine,
        options,
        server,
        browser,
        version: None,
        nodes: 0,
        run: format!("console-live-{seconds}"),
        backend: String::new(),
        elsewhere: String::new(),
    };
    live.prepare().await?;
    println!(
        "Weaviate {} at {}, {} node(s), backend {}",
        live.version.map_or("unknown".to_owned(), |version| version.to_string()),
        options.url,
        live.nodes,
        live.backend
    );
    let result = live.play().await;
    let cleaned = live.clean().await;
    live.browser.clone().close().await?;
    let tally = result?;
    cleaned?;
    Ok(tally.close())
}

impl Live<'_> {
    fn has(&self, feature: Feature) -> bool {
        supports(self.version, feature).is_ok()
    }

    async fn play(&self) -> Result<Tally> {
        let mut tally = Tally::default();
        macro_rules! journey {
            ($name:literal, $play:expr) => {
                let began = Instant::now();
                let result = $play.await;
                tally.count($name, began.elapsed(), result);
            };
        }
        journey!("live: connect", self.connect());
        journey!("live: create a backup of three collections and watch it to its end", self.create("a"));
        if self.has(Feature::List) {
            journey!("live: the backup is in the list", self.listed("a"));
        } else {
            journey!("live: without a list the backup is opened by its id", self.opened_by_id("a"));
        }
        journey!("live: what this version lacks is said before it is tried", self.lacks("a"));
        journey!("live: a used id is refused before it is sent", self.taken("a"));
        journey!("live: restore what is gone, beside what is there", self.restore_missing("a"));
        journey!(
            "live: a restore onto existing collections is stopped before it is sent",
            self.restore_in_the_way("a")
        );
        journey!("live: the smallest compression that this version has, and back", self.compressed("d"));
        if self.has(Feature::Location) {
            journey!("live: a backup at another path, and back", self.at_another_path("e"));
        }
        if self.has(Feature::OverwriteAlias) {
            journey!("live: an alias that was moved is pointed back by a restore", self.alias("f"));
        }
        journey!("live: cancel a create while it runs", self.cancel("b"));
        if self.has(Feature::CancelRestore) {
            journey!("live: cancel a restore while it runs", self.cancel_restore("g"));
        } else {
            journey!("live: a restore that this version cannot cancel is watched to its end", self.uncancelled("g"));
        }
        journey!("live: 37 of 40 collections come back in a new browser, by keys alone", self.rescue("c"));
        match self.users().await? {
            Ok(users) => {
                journey!(
                    "live: a user with rights on one collection backs that up, and is told of what is hidden",
                    self.narrow(&users, "a", "h")
                );
                journey!("live: a viewer reads, and is told what more would need", self.viewer(&users, "a"));
            }
            Err(why) => println!("-              no users with fewer rights: {why}"),
        }
        if self.nodes > 1 {
            journey!("live: all nodes are counted", self.nodes_counted());
            // The last one: the cluster is not whole again.
            if let Some(command) = &self.options.end_node {
                journey!("live: a node that ends is named before a backup is sent", self.node_ends(command));
            }
        }
        Ok(tally)
    }

    fn id(&self, suffix: &str) -> String {
        format!("{}-{suffix}", self.run)
    }

    async fn open(&self, hash: &str) -> Result<()> {
        self.browser.goto(&format!("{}/{hash}", self.server.url())).await?;
        if self.browser.is_there(Role::TextBox, "Key of live").await? {
            self.give_key().await?;
        }
        Ok(())
    }

    /// Loads the page anew, which forgets the key.
    async fn reload(&self) -> Result<()> {
        self.browser.reload().await?;
        self.give_key().await
    }

    /// Gives the page the key that it asks for, where there is one.
    async fn give_key(&self) -> Result<()> {
        if let Some(key) = &self.options.key {
            self.browser.fill("Key of live", key).await?;
            self.browser.click(Role::Button, "Go on").await?;
        }
        Ok(())
    }

    /// As a new user does, under a name for the connection.
    async fn connect_as(&self, browser: &Browser, name: &str, key: Option<&str>) -> Result<()> {
        browser.goto(&self.server.url()).await?;
        browser.fill("Server address", &self.server.url()).await?;
        browser.fill("Name", name).await?;
        if let Some(key) = key {
            browser.choose("Sign in with", "API key").await?;
            browser.fill("API key", key).await?;
        }
        browser.click(Role::Button, "Connect").await?;
        browser.find(Role::Heading, "Backups").await.map(drop)
    }

    /// Whether a control that would send something the server refuses can be pressed.
    async fn cannot_press(&self, browser: &Browser, button: &str, what: &str) -> Result<()> {
        ensure!(browser.is_disabled(Role::Button, button).await?, "{what} can be sent");
        Ok(())
    }
}
