//! What a server of any version gives.

use std::time::Duration;

use anyhow::{Result, ensure};
use weaviate_backups::domain::capability::Feature;

use super::Live;
use super::ground::{COLLECTIONS, OBJECTS, ONE, RESCUED, THREE, rescued};
use crate::browser::{Browser, View};
use crate::journeys::rescue::{Lost, by_keys};
use crate::locate::Role;

/// Until the third look of a server at its nodes: it looks 2, 12 and 22 s after the start.
pub(super) const ROUNDS: Duration = Duration::from_secs(30);

impl Live<'_> {
    pub(super) async fn connect(&self) -> Result<()> {
        let browser = &self.browser;
        self.connect_as(browser, "live", self.options.key.as_deref()).await?;
        if let Some(version) = self.version {
            browser.see(&format!("Weaviate {version}")).await?;
        }
        Ok(())
    }

    /// The form as it is at first, with an id and these collections.
    pub(super) async fn fill_create(&self, id: &str, names: &[&str]) -> Result<()> {
        let browser = &self.browser;
        self.open("#/c/live/create").await?;
        // What an earlier journey has left in it is kept by the page.
        browser.click(Role::Button, "Discard").await?;
        browser.fill("Backup id", id).await?;
        browser.see("Free on").await?;
        browser.click(Role::Button, "Only…").await?;
        for name in names {
            browser.click(Role::CheckBox, name).await?;
        }
        Ok(())
    }

    /// Sends the form, and waits until the backup's own page says that it is good.
    pub(super) async fn send_create(&self, id: &str, count: usize) -> Result<()> {
        let browser = &self.browser;
        browser.click_when_enabled(Role::Button, "Create backup").await?;
        browser.find(Role::Heading, id).await?;
        let told = if count == 1 { "1 collection is".to_owned() } else { format!("{count} collections are") };
        browser.see_within(ROUNDS, &format!("{told} backed up on")).await
    }

    pub(super) async fn create(&self, suffix: &str) -> Result<()> {
        self.fill_create(&self.id(suffix), &COLLECTIONS).await?;
        self.send_create(&self.id(suffix), COLLECTIONS.len()).await
    }

    pub(super) async fn listed(&self, suffix: &str) -> Result<()> {
        self.open("#/c/live/backups").await?;
        self.browser.find(Role::Link, &self.id(suffix)).await.map(drop)
    }

    pub(super) async fn taken(&self, suffix: &str) -> Result<()> {
        self.open("#/c/live/create").await?;
        self.browser.fill("Backup id", &self.id(suffix)).await?;
        self.browser.see("is taken").await?;
        ensure!(self.browser.is_disabled(Role::Button, "Create backup").await?, "a taken id can be sent");
        Ok(())
    }

    pub(super) async fn restore_missing(&self, suffix: &str) -> Result<()> {
        self.drop_collection(ONE).await?;
        self.open(&format!("{}?only={}", self.restore_form(&self.id(suffix)), ONE)).await?;
        self.send_restore_of_one().await?;
        self.come_back(ONE, OBJECTS).await
    }

    pub(super) async fn restore_in_the_way(&self, suffix: &str) -> Result<()> {
        // By name, as without a list nothing tells what is in the backup.
        let only = COLLECTIONS.map(|name| format!("only={name}")).join("&");
        self.open(&format!("{}?{only}", self.restore_form(&self.id(suffix)))).await?;
        self.browser.see("already exist").await?;
        ensure!(
            self.browser.is_disabled(Role::Button, "Restore 3 collections…").await?,
            "a restore onto existing collections can be sent"
        );
        Ok(())
    }

    pub(super) async fn cancel(&self, suffix: &str) -> Result<()> {
        self.weigh_down(THREE).await?;
        self.fill_create(&self.id(suffix), &COLLECTIONS).await?;
        // As slow as it gets: a cancel that comes after the nodes' work is taken as well, and changes nothing.
        self.browser.choose("Compression", "BestCompression").await?;
        self.browser.fill("CPU, 1–80 %", "1").await?;
        self.browser.click_when_enabled(Role::Button, "Create backup").await?;
        self.browser.click(Role::Button, "Cancel backup…").await?;
        self.browser.click(Role::Button, "Cancel backup").await?;
        self.browser.see("The backup was canceled.").await
    }

    /// As the journeys of 3 a.m., with a browser that knows nothing.
    pub(super) async fn rescue(&self, suffix: &str) -> Result<()> {
        let names: Vec<String> = (0..RESCUED).map(rescued).collect();
        for name in &names {
            self.make(name).await?;
        }
        let id = self.id(suffix);
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        self.back_up(&id, &all).await?;
        for name in &names[3..] {
            self.drop_collection(name).await?;
        }
        // One more than in the backup: whoever replaced them would be found out.
        for name in &names[..3] {
            self.fill(name, 1, None).await?;
        }
        let browser = Browser::open(self.engine, View::default()).await?;
        let untouched = [0, 1, 2].map(|index| names[index].as_str());
        let from = Lost {
            server: &self.server.url(),
            key: self.options.key.as_deref(),
            backend: &self.backend,
            id: &id,
            untouched,
            unlisted: (!self.has(Feature::List)).then_some(&all),
        };
        let result = by_keys(&browser, &from).await;
        let closed = browser.close().await;
        result.and(closed)?;
        let there = self.collections().await?;
        ensure!(names.iter().all(|name| there.contains(name)), "not all are there: {there:?}");
        for (index, name) in names.iter().enumerate() {
            let (objects, expected) = (self.objects(name).await?, OBJECTS + u64::from(index < 3));
            ensure!(objects == expected, "{name} holds {objects} objects in place of {expected}");
        }
        Ok(())
    }

    pub(super) fn restore_form(&self, id: &str) -> String {
        format!("#/c/live/backups/{}/{id}/restore/new", self.backend)
    }

    /// Sends the restore of one collection that the form is about.
    pub(super) async fn send_restore_of_one(&self) -> Result<()> {
        self.browser.click_when_enabled(Role::Button, "Restore 1 collection…").await?;
        self.browser.click(Role::Button, "Restore 1 collection").await
    }

    /// Waits until the page says that the one collection has come back, and counts what is in it.
    pub(super) async fn come_back(&self, name: &str, objects: u64) -> Result<()> {
        self.browser.see_within(ROUNDS, "Restored: 1 of 1 collection is in place.").await?;
        let counted = self.objects(name).await?;
        ensure!(counted == objects, "{name} holds {counted} objects in place of {objects}");
        Ok(())
    }
}
