//! What some versions have and others lack. Each journey is asked of every server that can give it.

use anyhow::{Result, ensure};
use serde_json::json;
use weaviate_backups::domain::capability::{Feature, supports};

use super::Live;
use super::ground::{ALIAS, OBJECTS, ONE, THREE, TWO};
use super::usual::ROUNDS;
use crate::locate::Role;

impl Live<'_> {
    pub(super) async fn opened_by_id(&self, suffix: &str) -> Result<()> {
        let browser = &self.browser;
        self.open("#/c/live/backups").await?;
        browser.see("One can still be opened by its id").await?;
        browser.click(Role::Button, "Open by id…").await?;
        browser.fill("Backup id", &self.id(suffix)).await?;
        browser.click(Role::Button, "Open").await?;
        browser.find(Role::Heading, &self.id(suffix)).await?;
        browser.find(Role::Link, "Restore…").await.map(drop)
    }

    /// On both forms, and nothing is said of what it has.
    pub(super) async fn lacks(&self, suffix: &str) -> Result<()> {
        let browser = &self.browser;
        let told = |feature, words: &'static str| (supports(self.version, feature).err(), words);
        let is_told = async |(needs, words): (Option<_>, &'static str)| match needs {
            Some(version) => browser.see(&words.replace("{}", &format!("{version}"))).await,
            None => browser.see_not(&words[..words.find("{}").unwrap_or(words.len())]).await,
        };
        self.open("#/c/live/create").await?;
        browser.see("Free on").await?;
        is_told(told(Feature::ZstdCompression, "zstd and NoCompression need Weaviate {} or later")).await?;
        is_told(told(Feature::InactiveTenants, "Data of inactive tenants, which Weaviate includes from {} on."))
            .await?;
        self.open(&format!("{}?only={ONE}", self.restore_form(&self.id(suffix)))).await?;
        browser.see("already exists").await?;
        let overwriting = supports(self.version, Feature::OverwriteAlias).err();
        let disabled = browser.is_disabled(Role::CheckBox, "Overwrite aliases").await?;
        ensure!(disabled == overwriting.is_some(), "overwriting aliases: {overwriting:?}, disabled: {disabled}");
        Ok(())
    }

    pub(super) async fn compressed(&self, suffix: &str) -> Result<()> {
        let browser = &self.browser;
        let id = self.id(suffix);
        let level = if self.has(Feature::ZstdCompression) { "ZstdBestCompression" } else { "BestCompression" };
        self.fill_create(&id, &[TWO]).await?;
        browser.choose("Compression", level).await?;
        browser.fill("CPU, 1–80 %", "80").await?;
        self.send_create(&id, 1).await?;
        self.drop_collection(TWO).await?;
        self.open(&format!("{}?only={TWO}", self.restore_form(&id))).await?;
        self.send_restore_of_one().await?;
        self.come_back(TWO, OBJECTS).await
    }

    pub(super) async fn at_another_path(&self, suffix: &str) -> Result<()> {
        let browser = &self.browser;
        let id = self.id(suffix);
        self.fill_create(&id, &[TWO]).await?;
        browser.click(Role::Button, "Other bucket or path…").await?;
        browser.fill("Path", &self.elsewhere).await?;
        browser.see(&format!("{}/{id}", self.elsewhere)).await?;
        self.send_create(&id, 1).await?;
        // The server lists it nowhere: this browser does.
        self.open("#/c/live/backups").await?;
        browser.see("At another bucket or path, made from this browser").await?;
        browser.click(Role::Link, &id).await?;
        self.drop_collection(TWO).await?;
        browser.click(Role::Link, "Restore…").await?;
        self.send_restore_of_one().await?;
        self.come_back(TWO, OBJECTS).await
    }

    /// The backup has it on one collection; meanwhile it was moved to another, and the first was lost.
    pub(super) async fn alias(&self, suffix: &str) -> Result<()> {
        let path = format!("/v1/aliases/{ALIAS}");
        self.drop_alias().await?;
        let (status, answer) = self.call("POST", "/v1/aliases", Some(json!({ "alias": ALIAS, "class": ONE }))).await?;
        ensure!(status == 200, "no alias was made: {status} {answer}");
        let id = self.id(suffix);
        self.back_up(&id, &[ONE]).await?;
        let (status, answer) = self.call("PUT", &path, Some(json!({ "class": TWO }))).await?;
        ensure!(status == 200, "the alias was not moved: {status} {answer}");
        self.drop_collection(ONE).await?;
        self.open(&format!("{}?only={ONE}", self.restore_form(&id))).await?;
        self.browser.click(Role::CheckBox, "Overwrite aliases").await?;
        self.send_restore_of_one().await?;
        self.come_back(ONE, OBJECTS).await?;
        let (_, answer) = self.call("GET", &path, None).await?;
        ensure!(answer["class"] == ONE, "the alias was not pointed back: {answer}");
        self.drop_alias().await
    }

    /// Begins a restore of the collection that the journey of the cancelled create has weighed down: it takes a while.
    async fn restore_large(&self, id: &str) -> Result<u64> {
        let objects = self.objects(THREE).await?;
        self.back_up(id, &[THREE]).await?;
        self.drop_collection(THREE).await?;
        self.open(&format!("{}?only={THREE}", self.restore_form(id))).await?;
        // As slow as the form allows: on a busy machine it has ended before a press otherwise.
        self.browser.fill("CPU, 1–80 %", "1").await?;
        self.send_restore_of_one().await?;
        self.browser.see("Restoring 1 collection into live").await?;
        Ok(objects)
    }

    pub(super) async fn cancel_restore(&self, suffix: &str) -> Result<()> {
        let browser = &self.browser;
        let id = self.id(suffix);
        let objects = self.restore_large(&id).await?;
        browser.click_when_enabled(Role::Button, "Cancel restore…").await?;
        browser.fill(&format!("Type {id} to confirm"), &id).await?;
        browser.click(Role::Button, "Cancel restore").await?;
        browser.see_no_more(&format!("Cancel {id}?")).await?;
        browser.see("The restore was canceled.").await?;
        let there = self.collections().await?;
        ensure!(!there.iter().any(|name| name == THREE), "a cancelled restore has made its collection: {there:?}");
        // The node that was asked is at it until its next round, and refuses another one for so long: it is sent again.
        self.open(&format!("{}?only={THREE}", self.restore_form(&id))).await?;
        browser.until_within(ROUNDS, "a restore that is taken", || self.is_taken()).await?;
        self.come_back(THREE, objects).await
    }

    /// Sends the restore of the form that is open; `None` when the server refused it.
    async fn is_taken(&self) -> Result<Option<()>> {
        // What an earlier one was told goes with the page.
        self.reload().await?;
        self.send_restore_of_one().await?;
        let answered = || async {
            let text = self.browser.text().await?;
            let is_taken =
                ["Restoring 1 collection into live", "Restored: 1 of 1"].iter().any(|told| text.contains(told));
            let is_refused = text.contains("The server did not accept it.");
            Ok((is_taken || is_refused).then_some(is_taken))
        };
        Ok(self.browser.until("an answer to the restore", answered).await?.then_some(()))
    }

    pub(super) async fn uncancelled(&self, suffix: &str) -> Result<()> {
        let objects = self.restore_large(&self.id(suffix)).await?;
        self.browser.see("Needs Weaviate 1.36.0 or later").await?;
        self.cannot_press(&self.browser, "Cancel restore…", "a cancel that the version lacks").await?;
        self.come_back(THREE, objects).await
    }
}
