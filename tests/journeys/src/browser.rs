//! One browser window of one journey, and what it must not have done.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fantoccini::Client;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use http::Method;
use serde_json::{Value, json};
use url::Url;

use crate::driver::Driver;
use crate::engine::Engine;

/// How long anything may take to appear: the longest wait of the product itself is for a round of the server.
pub const LIMIT: Duration = Duration::from_secs(20);
/// A name that is no loopback name and means this machine all the same: a browser's rules for loopback do not hold for it.
pub const INTERNAL_HOST: &str = "weaviate.internal";
/// As [`INTERNAL_HOST`], and of the local network by its name alone.
pub const LOCAL_HOST: &str = "weaviate.local";
/// The one name of the pictures' page. It leads to [`View::still`].
pub const STILL_HOST: &str = "localhost";
const LOOK_EVERY: Duration = Duration::from_millis(40);

#[derive(Clone, Debug)]
pub struct Browser {
    pub client: Client,
    pub engine: Engine,
    driver: Arc<Driver>,
    /// Texts of the browser's console so far.
    console: Arc<Mutex<Vec<String>>>,
    /// What the pages so far did and must not do.
    seen: Arc<Mutex<Vec<String>>>,
}

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
    pub contrast: Contrast,
    pub language: &'static str,
    /// For pictures: fonts and time zone are the same on every machine, and [`STILL_HOST`] leads to this port. Read
    /// when the browser starts, and by Chromium only.
    pub still: Option<u16>,
}

/// What the system asks of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    #[default]
    Usual,
    /// `prefers-contrast: more`.
    More,
    /// The system's own few colours in place of the page's.
    Forced,
}

impl Default for View {
    fn default() -> Self {
        Self { width: 1440, height: 900, dark: false, contrast: Contrast::Usual, language: "en-US", still: None }
    }
}

impl Browser {
    pub async fn open(engine: Engine, view: View) -> Result<Self> {
        let (driver, client) = engine.open(view).await?;
        let browser = Self { client, engine, driver: Arc::new(driver), console: Arc::default(), seen: Arc::default() };
        browser.look(view).await?;
        Ok(browser)
    }

    /// Changes size and theme.
    pub async fn look(&self, view: View) -> Result<()> {
        self.engine.look(self, view).await
    }

    pub async fn raw(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        Ok(self.client.issue_cmd(Raw { method, path: path.to_owned(), body }).await?)
    }

    /// Takes the network from the page that is open.
    pub async fn go_offline(&self) -> Result<()> {
        self.engine.set_network(self, false).await
    }

    /// Gives back what [`Browser::go_offline`] took.
    pub async fn go_online(&self) -> Result<()> {
        self.engine.set_network(self, true).await
    }

    /// Answers a permission prompt of the page's origin with no, before it is asked.
    pub async fn deny(&self, permission: &str) -> Result<()> {
        let body = json!({ "descriptor": { "name": permission }, "state": "denied" });
        self.raw(Method::POST, "permissions", Some(body)).await.with_context(|| permission.to_owned()).map(drop)
    }

    pub async fn goto(&self, url: &str) -> Result<()> {
        self.collect().await?;
        self.client.goto(url).await.with_context(|| format!("cannot open {url}"))
    }

    /// Loads the page anew; the browser keeps what it keeps.
    pub async fn reload(&self) -> Result<()> {
        self.collect().await?;
        self.client.refresh().await.context("cannot reload")
    }

    /// Opens a second window of the same browser at an address, and is there from then on. Gives the way back.
    pub async fn second_window(&self, url: &str) -> Result<WindowHandle> {
        self.collect().await?;
        let first = self.client.window().await?;
        let second = self.client.new_window(false).await.context("no second window")?.handle;
        self.client.switch_to_window(second).await?;
        self.goto(url).await?;
        Ok(first)
    }

    /// Goes to another window, and gives the way back.
    pub async fn switch(&self, to: WindowHandle) -> Result<WindowHandle> {
        self.collect().await?;
        let from = self.client.window().await?;
        self.client.switch_to_window(to).await?;
        Ok(from)
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
        self.until_within(LIMIT, what, done).await
    }

    /// The same where more than one round of the server may lie before it.
    pub async fn until_within<T, F: Future<Output = Result<Option<T>>>>(
        &self,
        limit: Duration,
        what: &str,
        done: impl Fn() -> F,
    ) -> Result<T> {
        let began = Instant::now();
        loop {
            if let Some(found) = done().await? {
                return Ok(found);
            }
            if began.elapsed() > limit {
                let text = self.text().await.unwrap_or_else(|error| format!("(no page: {error})"));
                bail!("{what}: not within {} s. {} shows:\n{text}", limit.as_secs(), self.url().await?);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits for a text to be seen. Blanks and line breaks count alike.
    pub async fn see(&self, text: &str) -> Result<()> {
        self.see_within(LIMIT, text).await
    }

    pub async fn see_within(&self, limit: Duration, text: &str) -> Result<()> {
        let wanted = folded(text);
        self.until_within(limit, &format!("the text {text:?}"), || async {
            Ok(folded(&self.text().await?).contains(&wanted).then_some(()))
        })
        .await
    }

    /// Waits until what stands as "`said` N s ago" is no older than `since`, and then for two more ticks of the page's
    /// clock: what came with it has been shown by then. No single number is waited for, as a busy machine skips some.
    pub async fn see_renewed(&self, said: &str, since: Instant) -> Result<()> {
        let age = || async { Ok::<_, anyhow::Error>(seconds_ago(&folded(&self.text().await?), said)) };
        let is_new = |age: &u64| *age <= since.elapsed().as_secs();
        let new = self.until(&format!("{said:?} a moment ago"), || async { Ok(age().await?.filter(is_new)) }).await?;
        let ticks = format!("{said:?} {} s ago", new + 2);
        self.until(&ticks, || async { Ok(age().await?.filter(|age| *age >= new + 2)) }).await.map(drop)
    }

    /// Waits for a text to be gone.
    pub async fn see_no_more(&self, text: &str) -> Result<()> {
        let wanted = folded(text);
        self.until(&format!("the end of the text {text:?}"), || async {
            Ok((!folded(&self.text().await?).contains(&wanted)).then_some(()))
        })
        .await
    }

    /// Waits for the title of the window or tab.
    pub async fn until_titled(&self, title: &str) -> Result<()> {
        self.until(&format!("the title {title:?}"), || async {
            let shown = self.client.title().await?;
            Ok((shown == title).then_some(()))
        })
        .await
    }

    /// A text that must not be there now.
    pub async fn see_not(&self, text: &str) -> Result<()> {
        let shown = self.text().await?;
        ensure!(!folded(&shown).contains(&folded(text)), "{text:?} is shown:\n{shown}");
        Ok(())
    }

    /// Takes along what the page that is open saw and said: the next one begins anew.
    async fn collect(&self) -> Result<()> {
        let script = "return window.__watch && [__watch.seen.splice(0), __watch.said.splice(0)]";
        let watched = self.run(script, Vec::new()).await?;
        let list = |at: usize| texts(&watched[at]);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).extend(list(0));
        let mut said = self.engine.console(self).await?;
        // What the page says goes both ways where the browser tells its console.
        if self.engine != Engine::Chromium {
            said.extend(list(1));
        }
        self.console.lock().unwrap_or_else(PoisonError::into_inner).extend(said);
        Ok(())
    }

    /// Everything the browser's console was told so far.
    pub async fn console(&self) -> Result<Vec<String>> {
        self.collect().await?;
        Ok(self.console.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// What `watch.js` saw so far on the page that is open and those that a journey left.
    pub async fn seen(&self) -> Result<Vec<String>> {
        self.collect().await?;
        Ok(self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    pub async fn picture(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(file, self.client.screenshot().await?)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    pub async fn close(self) -> Result<()> {
        self.driver.close(self.client).await
    }
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// N of "`said` N s ago".
fn seconds_ago(text: &str, said: &str) -> Option<u64> {
    text.match_indices(said).find_map(|(at, _)| {
        let (number, _) = text[at + said.len()..].split_once(" s ago")?;
        number.trim().parse().ok()
    })
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::seconds_ago;

    #[test]
    fn an_age_is_read_behind_its_own_words_only() {
        let text = "Nodes asked 3 s ago Answers Asked 12 s ago, next look in 2 s";
        assert_eq!(seconds_ago(text, "Asked"), Some(12));
        assert_eq!(seconds_ago(text, "Listed"), None);
        assert_eq!(seconds_ago("Asked 2 min ago", "Asked"), None);
    }
}
