//! What a cluster of several nodes gives.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Live;

impl Live<'_> {
    pub(super) async fn nodes_counted(&self) -> Result<()> {
        let (browser, count) = (&self.browser, self.nodes);
        self.open("#/c/live/backups").await?;
        browser.see(&format!("{count} of {count} nodes healthy")).await?;
        self.open("#/c/live/create").await?;
        browser.see(&format!("{count} nodes healthy")).await
    }

    /// For some seconds the others list it as ill, then no more at all.
    pub(super) async fn node_ends(&self, command: &str) -> Result<()> {
        let browser = &self.browser;
        let names = || async {
            let (_, nodes) = self.call("GET", "/v1/nodes", None).await?;
            let nodes = nodes["nodes"].as_array().cloned().unwrap_or_default();
            let healthy = nodes.iter().filter(|node| node["status"] == "HEALTHY");
            Ok::<_, anyhow::Error>(
                healthy.filter_map(|node| node["name"].as_str().map(str::to_owned)).collect::<Vec<_>>(),
            )
        };
        let before = names().await?;
        let status = Command::new("sh").args(["-c", command]).status().context("cannot run the command")?;
        ensure!(status.success(), "the command that ends a node: {status}");
        let gone = browser
            .until("a node to be missed by the others", || async {
                let now = names().await?;
                Ok(before.iter().find(|name| !now.contains(name)).cloned())
            })
            .await?;
        // Read anew until it has vanished from the server's list; the page remembers that it was there.
        browser
            .until("the node to be named", || async {
                self.open("#/c/live/backups").await?;
                self.open("#/c/live/create").await?;
                let text = browser.text().await?;
                Ok(text.contains(&format!("Missing: {gone}")).then_some(()))
            })
            .await?;
        println!("        the node {gone} has ended; the others go on without it");
        Ok(())
    }
}
