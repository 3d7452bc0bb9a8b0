//! The page's own policy: no violation anywhere, and a deliberate one that both ways of noticing see.

use anyhow::{Result, ensure};

use super::Journey;
use crate::Arguments;
use crate::stage::Stage;

pub fn all() -> Vec<Journey> {
    vec![Journey {
        name: "policy: a deliberate violation is seen by the page's listener and by the report endpoint",
        scenario: "one-node",
        language: "en-US",
        expected_console: &["Content Security Policy", "Content-Security-Policy"],
        violates: true,
        play: |stage, arguments| Box::pin(async move { deliberate(&stage, &arguments).await }),
    }]
}

async fn deliberate(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.open("").await?;
    let script =
        "const s = document.createElement('style'); s.textContent = 'body { color: red }'; document.head.append(s);";
    stage.browser.run(script, Vec::new()).await?;
    stage
        .browser
        .until("a violation on the page", || async {
            Ok(stage.browser.seen().await?.iter().any(|seen| seen.contains("policy: style-src")).then_some(()))
        })
        .await?;
    stage
        .browser
        .until("a report of the violation", || async {
            Ok(stage.server.violations().iter().any(|report| report.contains("style-src")).then_some(()))
        })
        .await?;
    ensure!(stage.server.violations().len() == 1, "more than the one deliberate violation was reported");
    Ok(())
}
