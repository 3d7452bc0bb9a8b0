//! The journeys against a real server: with collections and ids of their own, which are cleaned up as far as the API can.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::version::Version;
use xtask::serve::{Api, Options as Serving, Server};

use crate::browser::{Browser, View};
use crate::engine::Engine;
use crate::journeys::rescue::by_keys;
use crate::locate::Role;

#[derive(Debug, Default)]
pub struct Options {
    pub url: String,
    pub key: Option<String>,
    /// The server may hold other collections; they are not touched.
    pub on_used_server: bool,
}

/// How many collections the journey of 3 a.m. loses and brings back, but for the first three.
const RESCUED: usize = 40;

fn rescued(index: usize) -> String {
    format!("ConsoleRescue{index:02}")
}

/// The collections that a run makes. A name of their own, so that none of the user's is meant.
const COLLECTIONS: [&str; 3] = ["ConsoleLiveOne", "ConsoleLiveTwo", "ConsoleLiveThree"];

struct Live<'o> {
    engine: Engine,
    options: &'o Options,
    server: Server,
    browser: Browser,
    version: Option<Version>,
    /// Of ids; unlike those of an earlier run, because an id can be used once.
    run: String,
    backend: String,
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
        run: format!("console-live-{seconds}"),
        backend: String::new(),
    };
    live.prepare().await?;
    println!(
        "Weaviate {} at {}",
        live.version.map_or("unknown".to_owned(), |version| version.to_string()),
        options.url
    );
    let result = live.play().await;
    let cleaned = live.clean().await;
    live.browser.clone().close().await?;
    let (passed, failed) = result?;
    cleaned?;
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}

impl Live<'_> {
    /// A request of the run itself, through the demo server: it speaks https where the server does.
    async fn call(&self, method: &'static str, path: &str, body: Option<Value>) -> Result<(u16, Value)> {
        let url = format!("{}{path}", self.server.url());
        let key = self.options.key.clone();
        let what = format!("{method} {path}");
        let answer = tokio::task::spawn_blocking(move || -> Result<(u16, String)> {
            let agent = ureq::Agent::new_with_config(
                ureq::Agent::config_builder()
                    .http_status_as_error(false)
                    .timeout_global(Some(Duration::from_mins(1)))
                    .build(),
            );
            let mut request = ureq::http::Request::builder().method(method).uri(url);
            if let Some(key) = key {
                request = request.header("authorization", format!("Bearer {key}"));
            }
            let body = body.map(|body| body.to_string()).unwrap_or_default();
            let request = request.header("content-type", "application/json").body(body)?;
            let mut response = agent.run(request)?;
            Ok((response.status().as_u16(), response.body_mut().read_to_string()?))
        });
        let (status, text) = answer.await?.with_context(|| what)?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    async fn prepare(&mut self) -> Result<()> {
        let (status, meta) = self.call("GET", "/v1/meta", None).await?;
        ensure!(status == 200, "{} answers {status} to GET /v1/meta: {meta}", self.options.url);
        self.version = meta["version"].as_str().and_then(Version::parse);
        let modules = meta["modules"].as_object();
        let mut backends = modules.into_iter().flatten().filter_map(|(name, _)| name.strip_prefix("backup-"));
        self.backend = backends.next().context("the server has no backup module")?.to_owned();
        let others: Vec<String> =
            self.collections().await?.into_iter().filter(|name| !COLLECTIONS.contains(&name.as_str())).collect();
        let others: Vec<String> =
            others.into_iter().filter(|name| !(0..RESCUED).any(|index| rescued(index) == *name)).collect();
        if !others.is_empty() && !self.options.on_used_server {
            bail!("the server holds other collections ({}): --on-used-server allows that", others.join(", "));
        }
        for name in COLLECTIONS {
            self.make(name).await?;
        }
        Ok(())
    }

    async fn collections(&self) -> Result<Vec<String>> {
        let (_, schema) = self.call("GET", "/v1/schema", None).await?;
        let classes = schema["classes"].as_array().cloned().unwrap_or_default();
        Ok(classes.iter().filter_map(|class| class["class"].as_str()).map(str::to_owned).collect())
    }

    async fn make(&self, name: &str) -> Result<()> {
        self.drop_collection(name).await?;
        let class =
            json!({ "class": name, "vectorizer": "none", "properties": [{ "name": "title", "dataType": ["text"] }] });
        let (status, answer) = self.call("POST", "/v1/schema", Some(class)).await?;
        ensure!(status == 200, "cannot make {name}: {status} {answer}");
        self.fill(name, 200, 1).await
    }

    /// Adds objects; each text is so many times as long as one that says what it is.
    async fn fill(&self, name: &str, count: u32, times: usize) -> Result<()> {
        let object = |index: u32| {
            let title = format!("{name} {index} ").repeat(times);
            json!({ "class": name, "properties": { "title": title }, "vector": [0.1, 0.2, 0.3] })
        };
        let objects: Vec<Value> = (0..count).map(object).collect();
        let (status, answer) = self.call("POST", "/v1/batch/objects", Some(json!({ "objects": objects }))).await?;
        ensure!(status == 200, "cannot fill {name}: {status} {answer}");
        Ok(())
    }

    async fn drop_collection(&self, name: &str) -> Result<()> {
        let (status, answer) = self.call("DELETE", &format!("/v1/schema/{name}"), None).await?;
        // 400 is the answer for one that is not there, in some versions.
        ensure!(matches!(status, 200 | 400 | 404), "cannot drop {name}: {status} {answer}");
        Ok(())
    }

    async fn play(&self) -> Result<(usize, usize)> {
        let (mut passed, mut failed) = (0, 0);
        let mut count = |name: &str, began: Instant, result: Result<()>| {
            let seconds = began.elapsed().as_secs_f32();
            match result {
                Ok(()) => {
                    passed += 1;
                    println!("ok    {seconds:5.1} s  {name}");
                }
                Err(error) => {
                    failed += 1;
                    println!("FAIL  {seconds:5.1} s  {name}\n{error:#}");
                }
            }
        };
        macro_rules! journey {
            ($name:literal, $play:expr) => {
                let began = Instant::now();
                count($name, began, $play.await);
            };
        }
        journey!("live: connect", self.connect());
        journey!("live: create a backup of three collections and watch it to its end", self.create("a"));
        // A feature that this version has and that was not tried would be a gap that nobody sees.
        let lists = supports(self.version, Feature::List).is_ok();
        if lists {
            journey!("live: the backup is in the list", self.listed("a"));
        }
        journey!("live: a used id is refused before it is sent", self.taken("a"));
        journey!("live: restore what is gone, beside what is there", self.restore_missing("a"));
        journey!(
            "live: a restore onto existing collections is stopped before it is sent",
            self.restore_in_the_way("a")
        );
        journey!("live: cancel a create while it runs", self.cancel("b"));
        if self.options.key.is_none() {
            journey!("live: 37 of 40 collections come back in a new browser, by keys alone", self.rescue("c"));
        }
        Ok((passed, failed))
    }

    fn id(&self, suffix: &str) -> String {
        format!("{}-{suffix}", self.run)
    }

    async fn open(&self, hash: &str) -> Result<()> {
        self.browser.goto(&format!("{}/{hash}", self.server.url())).await?;
        if let Some(key) = &self.options.key
            && self.browser.is_there(Role::TextBox, "Key of live").await?
        {
            self.browser.fill("Key of live", key).await?;
            self.browser.click(Role::Button, "Go on").await?;
        }
        Ok(())
    }

    async fn connect(&self) -> Result<()> {
        let browser = &self.browser;
        self.open("").await?;
        browser.fill("Server address", &self.server.url()).await?;
        browser.fill("Name", "live").await?;
        if let Some(key) = &self.options.key {
            browser.choose("Sign in with", "API key").await?;
            browser.fill("API key", key).await?;
        }
        browser.click(Role::Button, "Connect").await?;
        browser.find(Role::Heading, "Backups").await?;
        if let Some(version) = self.version {
            browser.see(&format!("Weaviate {version}")).await?;
        }
        Ok(())
    }

    async fn submit_create(&self, id: &str) -> Result<()> {
        let browser = &self.browser;
        self.open("#/c/live/create").await?;
        browser.fill("Backup id", id).await?;
        browser.see("Free on").await?;
        browser.click(Role::Button, "Only…").await?;
        for name in COLLECTIONS {
            browser.click(Role::CheckBox, name).await?;
        }
        browser.click(Role::Button, "Create backup").await
    }

    async fn create(&self, suffix: &str) -> Result<()> {
        self.submit_create(&self.id(suffix)).await?;
        self.browser.find(Role::Heading, &self.id(suffix)).await?;
        self.browser.see("Success").await
    }

    async fn listed(&self, suffix: &str) -> Result<()> {
        self.open("#/c/live/backups").await?;
        self.browser.find(Role::Link, &self.id(suffix)).await.map(drop)
    }

    async fn taken(&self, suffix: &str) -> Result<()> {
        self.open("#/c/live/create").await?;
        self.browser.fill("Backup id", &self.id(suffix)).await?;
        self.browser.see("is taken").await?;
        ensure!(self.browser.is_disabled(Role::Button, "Create backup").await?, "a taken id can be sent");
        Ok(())
    }

    async fn restore_missing(&self, suffix: &str) -> Result<()> {
        self.drop_collection(COLLECTIONS[0]).await?;
        let hash = format!("#/c/live/backups/{}/{}/restore/new?only={}", self.backend, self.id(suffix), COLLECTIONS[0]);
        self.open(&hash).await?;
        self.browser.click(Role::Button, "Restore 1 collection…").await?;
        self.browser.click(Role::Button, "Restore 1 collection").await?;
        self.browser.see("1 of 1 collection").await?;
        self.browser
            .until("the collection to be there again", || async {
                Ok(self.collections().await?.iter().any(|name| name == COLLECTIONS[0]).then_some(()))
            })
            .await
    }

    async fn restore_in_the_way(&self, suffix: &str) -> Result<()> {
        self.open(&format!("#/c/live/backups/{}/{}/restore/new", self.backend, self.id(suffix))).await?;
        self.browser.see("already exist").await?;
        ensure!(
            self.browser.is_disabled(Role::Button, "Restore 3 collections…").await?,
            "a restore onto existing collections can be sent"
        );
        Ok(())
    }

    async fn cancel(&self, suffix: &str) -> Result<()> {
        // So much that it is not ready before the cancel comes.
        for _ in 0..20 {
            self.fill(COLLECTIONS[2], 2_000, 100).await?;
        }
        self.submit_create(&self.id(suffix)).await?;
        self.browser.click(Role::Button, "Cancel backup…").await?;
        self.browser.click(Role::Button, "Cancel backup").await?;
        self.browser.see("Canceled").await
    }

    /// As the journeys of 3 a.m., with a browser that knows nothing.
    async fn rescue(&self, suffix: &str) -> Result<()> {
        let names: Vec<String> = (0..RESCUED).map(rescued).collect();
        for name in &names {
            self.make(name).await?;
        }
        let id = self.id(suffix);
        let body = json!({ "id": id, "include": names });
        let (status, answer) = self.call("POST", &format!("/v1/backups/{}", self.backend), Some(body)).await?;
        ensure!(status == 200, "the backup is refused: {status} {answer}");
        let backup = format!("/v1/backups/{}/{id}", self.backend);
        let status_of = || async {
            let (_, answer) = self.call("GET", &backup, None).await?;
            Ok((answer["status"] == "SUCCESS").then_some(()))
        };
        self.browser.until("the end of the backup", status_of).await?;
        for name in &names[3..] {
            self.drop_collection(name).await?;
        }
        let browser = Browser::open(self.engine, View::default()).await?;
        let untouched = [0, 1, 2].map(|index| names[index].as_str());
        let result = by_keys(&browser, &self.server.url(), &self.backend, &id, untouched).await;
        let closed = browser.close().await;
        result.and(closed)?;
        let there = self.collections().await?;
        ensure!(names.iter().all(|name| there.contains(name)), "not all are there: {there:?}");
        for name in &names {
            let (_, found) = self.call("GET", &format!("/v1/objects?class={name}&limit=1"), None).await?;
            ensure!(found["totalResults"] != 0 && found["objects"][0].is_object(), "{name} is empty: {found}");
        }
        Ok(())
    }

    /// Removes the collections; names the backups, which the API cannot remove.
    async fn clean(&self) -> Result<()> {
        for name in COLLECTIONS {
            self.drop_collection(name).await?;
        }
        for index in 0..RESCUED {
            self.drop_collection(&rescued(index)).await?;
        }
        let ids = ["a", "b", "c"].map(|suffix| self.id(suffix)).join(", ");
        println!("left behind on the backend {}, because the API cannot delete backups: {ids}", self.backend);
        Ok(())
    }
}
