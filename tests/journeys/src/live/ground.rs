//! What the run does to the server by itself: before the journeys, beside them, and after.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use weaviate_backups::domain::version::Version;

use super::Live;

/// How many collections the journey of 3 a.m. loses and brings back, but for the first three.
pub(super) const RESCUED: usize = 40;

pub(super) fn rescued(index: usize) -> String {
    format!("ConsoleRescue{index:02}")
}

/// The collections that a run makes. A name of their own, so that none of the user's is meant.
pub(super) const ONE: &str = "ConsoleLiveOne";
pub(super) const TWO: &str = "ConsoleLiveTwo";
pub(super) const THREE: &str = "ConsoleLiveThree";
pub(super) const COLLECTIONS: [&str; 3] = [ONE, TWO, THREE];
pub(super) const ALIAS: &str = "ConsoleLiveAlias";
/// How many objects each collection holds at first.
pub(super) const OBJECTS: u64 = 200;

/// For each node, as they work side by side: 256 MB of ballast. A restore of half of it was over at the first look of the
/// server, 2 s after its start.
const BATCHES: usize = 40;
const IN_A_BATCH: u64 = 100;
const BALLAST: usize = 64_000;

/// Base64 of nothing, as hard to compress as any. One text serves all objects: it is longer than what gzip looks back.
fn ballast() -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // Xorshift, which must not begin at 0.
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut digit = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(DIGITS[usize::from(state.to_le_bytes()[7] & 63)])
    };
    (0..BALLAST).map(|_| digit()).collect()
}

impl Live<'_> {
    /// A request of the run itself, through the demo server: it speaks https where the server does.
    pub(super) async fn call(&self, method: &'static str, path: &str, body: Option<Value>) -> Result<(u16, Value)> {
        self.call_as(self.options.key.as_deref(), method, path, body).await
    }

    /// The same with another key.
    pub(super) async fn call_as(
        &self,
        key: Option<&str>,
        method: &'static str,
        path: &str,
        body: Option<Value>,
    ) -> Result<(u16, Value)> {
        let url = format!("{}{path}", self.server.url());
        let key = key.map(str::to_owned);
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

    pub(super) async fn prepare(&mut self) -> Result<()> {
        let (status, meta) = self.call("GET", "/v1/meta", None).await?;
        ensure!(status == 200, "{} answers {status} to GET /v1/meta: {meta}", self.options.url);
        self.version = meta["version"].as_str().and_then(Version::parse);
        let (status, nodes) = self.call("GET", "/v1/nodes", None).await?;
        ensure!(status == 200, "the key may not read the nodes: {status} {nodes}");
        self.nodes = nodes["nodes"].as_array().map_or(0, Vec::len);
        let modules = meta["modules"].as_object();
        let backends = modules.into_iter().flatten().filter_map(|(name, _)| name.strip_prefix("backup-"));
        // Several nodes cannot use it: each would write to its own disk.
        let usable = |backend: &&str| self.nodes == 1 || *backend != "filesystem";
        self.backend = backends.clone().find(usable).context("the server has no backup module it can use")?.to_owned();
        // A path in a bucket is no more than the begin of names; that of the filesystem is a folder of the server's.
        let own = meta["modules"][format!("backup-{}", self.backend)]["backupsPath"].as_str();
        self.elsewhere = own.map_or("console-live".to_owned(), |own| format!("{own}/console-live"));
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

    pub(super) async fn collections(&self) -> Result<Vec<String>> {
        let (_, schema) = self.call("GET", "/v1/schema", None).await?;
        let classes = schema["classes"].as_array().cloned().unwrap_or_default();
        Ok(classes.iter().filter_map(|class| class["class"].as_str()).map(str::to_owned).collect())
    }

    pub(super) async fn make(&self, name: &str) -> Result<()> {
        self.drop_collection(name).await?;
        let class = json!({ "class": name, "vectorizer": "none", "properties": [
            { "name": "title", "dataType": ["text"] },
            { "name": "ballast", "dataType": ["blob"] },
        ] });
        let (status, answer) = self.call("POST", "/v1/schema", Some(class)).await?;
        ensure!(status == 200, "cannot make {name}: {status} {answer}");
        self.fill(name, OBJECTS, None).await
    }

    /// Adds objects, each with ballast where there is any.
    pub(super) async fn fill(&self, name: &str, count: u64, ballast: Option<&str>) -> Result<()> {
        let object = |index: u64| {
            let mut properties = json!({ "title": format!("{name} {index}") });
            if let Some(ballast) = ballast {
                properties["ballast"] = Value::from(ballast);
            }
            json!({ "class": name, "properties": properties })
        };
        let objects: Vec<Value> = (0..count).map(object).collect();
        let (status, answer) = self.call("POST", "/v1/batch/objects", Some(json!({ "objects": objects }))).await?;
        ensure!(status == 200, "cannot fill {name}: {status} {answer}");
        let refused = answer.as_array().into_iter().flatten().find(|object| object["result"]["status"] == "FAILED");
        ensure!(refused.is_none(), "cannot fill {name}: {refused:?}");
        Ok(())
    }

    /// Makes a collection so large that a backup and a restore of it last some seconds.
    pub(super) async fn weigh_down(&self, name: &str) -> Result<()> {
        let ballast = ballast();
        for _ in 0..BATCHES * self.nodes {
            self.fill(name, IN_A_BATCH, Some(&ballast)).await?;
        }
        Ok(())
    }

    pub(super) async fn drop_collection(&self, name: &str) -> Result<()> {
        let (status, answer) = self.call("DELETE", &format!("/v1/schema/{name}"), None).await?;
        // 400 is the answer for one that is not there, in some versions.
        ensure!(matches!(status, 200 | 400 | 404), "cannot drop {name}: {status} {answer}");
        Ok(())
    }

    /// How many objects a collection holds, counted by the server now.
    pub(super) async fn objects(&self, name: &str) -> Result<u64> {
        let query = json!({ "query": format!("{{ Aggregate {{ {name} {{ meta {{ count }} }} }} }}") });
        let (status, answer) = self.call("POST", "/v1/graphql", Some(query)).await?;
        let count = &answer["data"]["Aggregate"][name][0]["meta"]["count"];
        count.as_u64().with_context(|| format!("cannot count {name}: {status} {answer}"))
    }

    /// A backup made by the run itself, and waited for.
    pub(super) async fn back_up(&self, id: &str, names: &[&str]) -> Result<()> {
        let body = json!({ "id": id, "include": names });
        let (status, answer) = self.call("POST", &format!("/v1/backups/{}", self.backend), Some(body)).await?;
        ensure!(status == 200, "the backup is refused: {status} {answer}");
        let backup = format!("/v1/backups/{}/{id}", self.backend);
        let status_of = || async {
            let (_, answer) = self.call("GET", &backup, None).await?;
            ensure!(answer["status"] != "FAILED", "the backup failed: {answer}");
            Ok((answer["status"] == "SUCCESS").then_some(()))
        };
        self.browser.until_within(Duration::from_mins(1), "the end of the backup", status_of).await
    }

    pub(super) async fn drop_alias(&self) -> Result<()> {
        let (status, answer) = self.call("DELETE", &format!("/v1/aliases/{ALIAS}"), None).await?;
        // 404 where there is none, and where the version knows no aliases.
        ensure!(matches!(status, 204 | 404), "cannot drop {ALIAS}: {status} {answer}");
        Ok(())
    }

    /// Removes the collections; names the backups, which the API cannot remove.
    pub(super) async fn clean(&self) -> Result<()> {
        for name in COLLECTIONS {
            self.drop_collection(name).await?;
        }
        for index in 0..RESCUED {
            self.drop_collection(&rescued(index)).await?;
        }
        self.drop_alias().await?;
        self.drop_users().await?;
        let ids = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|suffix| self.id(suffix)).join(", ");
        println!("left behind on the backend {}, because the API cannot delete backups: {ids}", self.backend);
        Ok(())
    }
}
