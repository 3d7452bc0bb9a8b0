//! What holds on every page: accessibility by axe, and the key in no place but its header.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::stage::Stage;

/// Runs axe with all its rules over the page, those of level AAA and the experimental ones too. What it cannot decide is returned, for the list that a person reads.
pub async fn axe(browser: &Browser, script: &Path) -> Result<Vec<String>> {
    let source = std::fs::read_to_string(script).with_context(|| format!("no axe at {}", script.display()))?;
    browser.run(&format!("{source}\nreturn true"), Vec::new()).await?;
    let run = "
        const done = arguments[arguments.length - 1];
        const current = axe.getRules().filter(rule => !rule.tags.includes('deprecated'));
        const rules = Object.fromEntries(current.map(rule => [rule.ruleId, {enabled: true}]));
        axe.run(document, {rules, resultTypes: ['violations', 'incomplete']}).then(
          results => done({violations: results.violations, incomplete: results.incomplete}),
          error => done({failed: String(error)}));";
    let results = browser.client.execute_async(run, Vec::new()).await.context("axe did not run")?;
    ensure!(results.get("failed").is_none(), "axe failed: {results}");
    let list = |kind: &str| -> Vec<String> {
        let findings = results[kind].as_array().into_iter().flatten();
        findings
            .map(|finding| {
                let nodes = finding["nodes"].as_array().into_iter().flatten();
                let targets: Vec<String> = nodes.map(|node| node["target"].to_string()).collect();
                format!("{}: {} ({})", text(&finding["id"]), text(&finding["help"]), targets.join(", "))
            })
            .collect()
    };
    let violations = list("violations");
    ensure!(violations.is_empty(), "axe: {violations:#?}");
    Ok(list("incomplete"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('?').to_ascii_uppercase()
}

/// The forms in which a key could leak.
fn forms(key: &str) -> Vec<String> {
    let percent = key.bytes().flat_map(|byte| ['%', hex(byte >> 4), hex(byte & 0xf)]).collect();
    let base64 = base64::engine::general_purpose::STANDARD;
    let mut forms = vec![key.to_owned(), percent, base64.encode(key), base64.encode(format!("Bearer {key}"))];
    // A text that starts elsewhere in a base64 stream looks different: the whole groups inside are searched.
    for skip in 1..3 {
        let shifted = base64.encode(format!("{}{key}", "x".repeat(skip)));
        forms.push(shifted[4..shifted.len() - 4].to_owned());
    }
    forms
}

/// Collects all places of the page in which a key must not be.
const PLACES: &str = "
const attributes = [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => e.tagName + ' ' + a.name + '=' + a.value));
const store = s => Object.entries(s).map(e => e.join('=')).join('\\n');
const done = arguments[arguments.length - 1];
const ledger = new Promise(resolve => {
  const open = indexedDB.open('weaviate-backup-console');
  open.onerror = () => resolve('');
  open.onsuccess = () => {
    const names = [...open.result.objectStoreNames];
    if (!names.length) return resolve('');
    const all = names.map(name => new Promise(found => {
      const request = open.result.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => found(JSON.stringify(request.result));
      request.onerror = () => found('');
    }));
    Promise.all(all).then(texts => { open.result.close(); resolve(texts.join('\\n')); });
  };
});
ledger.then(ledger => done({
  html: document.documentElement.outerHTML, attributes: attributes.join('\\n'), address: location.href,
  history: JSON.stringify(history.state), local: store(localStorage), session: store(sessionStorage),
  cookies: document.cookie, title: document.title, ledger}));";

/// The key appears nowhere but in the `Authorization` header to its own origin. `in_browser`: the user asked to keep it,
/// so it may be in the local storage.
pub async fn key_is_hidden(stage: &Stage, key: &str, in_browser: bool) -> Result<()> {
    let places = stage.browser.client.execute_async(PLACES, vec![json!(null)]).await?;
    let console = stage.browser.console().await?.join("\n");
    let reports = stage.server.violations().join("\n");
    for form in forms(key) {
        for (place, held) in places.as_object().into_iter().flatten() {
            let allowed = in_browser && place == "local";
            ensure!(allowed || !text(held).contains(&form), "the key is in {place}, as {form:?}");
        }
        ensure!(!console.contains(&form), "the key is in the console");
        ensure!(!reports.contains(&form), "the key is in a policy report");
        stage.weaviate(|simulator| {
            for seen in simulator.seen() {
                let request = &seen.request;
                ensure!(!request.path.contains(&form), "the key is in the path {}", request.path);
                let query = format!("{:?}", request.query);
                ensure!(!query.contains(&form), "the key is in the query {query}");
                ensure!(!String::from_utf8_lossy(&request.body).contains(&form), "the key is in a body");
                for (name, value) in &request.headers {
                    let is_authorization = name.eq_ignore_ascii_case("authorization");
                    ensure!(is_authorization || !value.contains(&form), "the key is in the header {name}");
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}
