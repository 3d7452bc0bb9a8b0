//! One browser window of one journey, and what it must not have done.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::Url;

/// How long anything may take to appear: the longest wait of the product itself is for a round of the server.
pub const LIMIT: Duration = Duration::from_secs(20);
/// A name that is no loopback name and means this machine all the same: a browser's rules for loopback do not hold for it.
pub const INTERNAL_HOST: &str = "weaviate.internal";
/// As [`INTERNAL_HOST`], and of the local network by its name alone.
pub const LOCAL_HOST: &str = "weaviate.local";
const LOOK_EVERY: Duration = Duration::from_millis(40);

#[derive(Clone, Debug)]
pub struct Browser {
    pub client: Client,
    /// Texts of the browser's console that were let through by [`Browser::console_errors`] so far.
    console: Arc<Mutex<Vec<String>>>,
}

/// Collects, on every page of every journey, what a page must not do.
const WATCH: &str = r"
window.__seen = [];
addEventListener('error', e => __seen.push('error: ' + e.message));
addEventListener('unhandledrejection', e => __seen.push('unhandled rejection: ' + e.reason));
addEventListener('securitypolicyviolation', e => __seen.push('policy: ' + e.effectiveDirective + ' ' + e.blockedURI));
";

/// A command that fantoccini does not know.
#[derive(Debug)]
struct Raw {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// How a window looks at the page.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    pub language: &'static str,
}

impl Default for View {
    fn default() -> Self {
        Self { width: 1440, height: 900, dark: false, language: "en-US" }
    }
}

impl Browser {
    pub async fn open(driver: &str, view: View) -> Result<Self> {
        let binary = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--no-first-run".to_owned(),
            format!("--host-resolver-rules=MAP {INTERNAL_HOST} 127.0.0.1,MAP {LOCAL_HOST} 127.0.0.1"),
            format!("--lang={}", view.language),
            format!("--window-size={},{}", view.width, view.height),
        ];
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".into(), json!("chrome"));
        // The certificate of a front is nobody's but its own.
        capabilities.insert("acceptInsecureCerts".into(), json!(true));
        capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        let options =
            json!({ "binary": binary, "args": arguments, "prefs": { "intl.accept_languages": view.language } });
        capabilities.insert("goog:chromeOptions".into(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(driver)
            .await
            .context("no session with chromedriver")?;
        let browser = Self { client, console: Arc::default() };
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
        browser.look(view).await?;
        Ok(browser)
    }

    /// Changes size and theme.
    pub async fn look(&self, view: View) -> Result<()> {
        let metrics = json!({ "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        let scheme = if view.dark { "dark" } else { "light" };
        // Nothing moves: what is looked at in the middle of a fade has the contrast of neither end.
        let scheme = json!({ "name": "prefers-color-scheme", "value": scheme });
        let motion = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        let features = json!({ "features": [scheme, motion] });
        self.cdp("Emulation.setEmulatedMedia", features).await
    }

    async fn cdp(&self, command: &str, parameters: Value) -> Result<()> {
        let body = json!({ "cmd": command, "params": parameters });
        self.raw(Method::POST, "goog/cdp/execute", Some(body)).await.with_context(|| command.to_owned()).map(drop)
    }

    pub async fn raw(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        Ok(self.client.issue_cmd(Raw { method, path: path.to_owned(), body }).await?)
    }

    /// Takes the network from the page that is open.
    pub async fn go_offline(&self) -> Result<()> {
        let conditions = json!({ "offline": true, "latency": 0, "throughput": 0 });
        let body = json!({ "network_conditions": conditions });
        self.raw(Method::POST, "chromium/network_conditions", Some(body)).await.map(drop)
    }

    /// Gives back what [`Browser::go_offline`] took.
    pub async fn go_online(&self) -> Result<()> {
        self.raw(Method::DELETE, "chromium/network_conditions", None).await.map(drop)
    }

    /// Answers a permission prompt of the page's origin with no, before it is asked.
    pub async fn deny(&self, permission: &str) -> Result<()> {
        let body = json!({ "descriptor": { "name": permission }, "state": "denied" });
        self.raw(Method::POST, "permissions", Some(body)).await.with_context(|| permission.to_owned()).map(drop)
    }

    pub async fn goto(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("cannot open {url}"))
    }

    /// Loads the page anew; the browser keeps what it keeps.
    pub async fn reload(&self) -> Result<()> {
        self.collect_console().await?;
        self.client.refresh().await.context("cannot reload")
    }

    pub async fn url(&self) -> Result<String> {
        Ok(self.client.current_url().await?.to_string())
    }

    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client.execute(script, arguments).await.with_context(|| format!("script failed: {script}"))
    }

    /// All text a person sees, control values left out.
    pub async fn text(&self) -> Result<String> {
        let text = self.run("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until `done` is, and tells what was there when it never was.
    pub async fn until<T, F: Future<Output = Result<Option<T>>>>(&self, what: &str, done: impl Fn() -> F) -> Result<T> {
        let began = Instant::now();
        loop {
            if let Some(found) = done().await? {
                return Ok(found);
            }
            if began.elapsed() > LIMIT {
                let text = self.text().await.unwrap_or_else(|error| format!("(no page: {error})"));
                bail!("{what}: not within {} s. {} shows:\n{text}", LIMIT.as_secs(), self.url().await?);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits for a text to be seen. Blanks and line breaks count alike.
    pub async fn see(&self, text: &str) -> Result<()> {
        let wanted = folded(text);
        self.until(&format!("the text {text:?}"), || async {
            Ok(folded(&self.text().await?).contains(&wanted).then_some(()))
        })
        .await
    }

    /// Waits for a text to be gone.
    pub async fn see_no_more(&self, text: &str) -> Result<()> {
        let wanted = folded(text);
        self.until(&format!("the end of the text {text:?}"), || async {
            Ok((!folded(&self.text().await?).contains(&wanted)).then_some(()))
        })
        .await
    }

    /// A text that must not be there now.
    pub async fn see_not(&self, text: &str) -> Result<()> {
        let shown = self.text().await?;
        ensure!(!folded(&shown).contains(&folded(text)), "{text:?} is shown:\n{shown}");
        Ok(())
    }

    async fn collect_console(&self) -> Result<()> {
        let log = self.raw(Method::POST, "se/log", Some(json!({ "type": "browser" }))).await?;
        let texts =
            log.as_array().into_iter().flatten().filter_map(|entry| entry["message"].as_str()).map(str::to_owned);
        self.console.lock().unwrap_or_else(PoisonError::into_inner).extend(texts);
        Ok(())
    }

    /// Everything the browser's console was told so far.
    pub async fn console(&self) -> Result<Vec<String>> {
        self.collect_console().await?;
        Ok(self.console.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// What [`WATCH`] saw on the page that is open.
    pub async fn seen(&self) -> Result<Vec<String>> {
        let seen = self.run("return window.__seen || []", Vec::new()).await?;
        Ok(seen.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    pub async fn picture(&self, file: &Path) -> Result<()> {
        std::fs::write(file, self.client.screenshot().await?)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
