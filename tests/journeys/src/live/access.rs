//! What users with fewer rights are shown, where the run's own user may make users and roles.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::Live;
use super::ground::{ONE, TWO};
use crate::browser::{Browser, View};
use crate::locate::Role;

const ROLE: &str = "console-live-one";
const NARROW: &str = "console-live-narrow";
const VIEWER: &str = "console-live-viewer";

/// The keys of the users that the run made.
pub(super) struct Users {
    narrow: String,
    viewer: String,
}

impl Live<'_> {
    /// `Err` says why there can be none.
    pub(super) async fn users(&self) -> Result<Result<Users, String>> {
        if self.options.key.is_none() {
            return Ok(Err("the server is open".to_owned()));
        }
        let (status, answer) = self.call("GET", "/v1/users/db", None).await?;
        if status != 200 {
            return Ok(Err(format!("users cannot be made here: {status} {answer}")));
        }
        self.drop_users().await?;
        let permissions = json!([
            { "action": "manage_backups", "backups": { "collection": ONE } },
            { "action": "read_collections", "collections": { "collection": ONE } },
        ]);
        let role = json!({ "name": ROLE, "permissions": permissions });
        let (status, answer) = self.call("POST", "/v1/authz/roles", Some(role)).await?;
        if status != 201 {
            return Ok(Err(format!("roles cannot be made here: {status} {answer}")));
        }
        let narrow = self.user(NARROW, ROLE).await?;
        let viewer = self.user(VIEWER, "viewer").await?;
        Ok(Ok(Users { narrow, viewer }))
    }

    /// Makes a user and gives its key.
    async fn user(&self, name: &str, role: &str) -> Result<String> {
        let (status, answer) = self.call("POST", &format!("/v1/users/db/{name}"), Some(json!({}))).await?;
        ensure!(status == 201, "cannot make the user {name}: {status} {answer}");
        let key = answer["apikey"].as_str().context("a user without a key")?.to_owned();
        let assignment = json!({ "roles": [role], "userType": "db" });
        let (status, answer) = self.call("POST", &format!("/v1/authz/users/{name}/assign"), Some(assignment)).await?;
        ensure!(status == 200, "cannot give {name} the role {role}: {status} {answer}");
        Ok(key)
    }

    pub(super) async fn drop_users(&self) -> Result<()> {
        if self.options.key.is_none() {
            return Ok(());
        }
        for path in [NARROW, VIEWER].map(|name| format!("/v1/users/db/{name}")) {
            let (status, answer) = self.call("DELETE", &path, None).await?;
            // 422 where users cannot be made at all.
            ensure!(matches!(status, 204 | 404 | 422), "cannot remove {path}: {status} {answer}");
        }
        let (status, answer) = self.call("DELETE", &format!("/v1/authz/roles/{ROLE}"), None).await?;
        // Without roles this path is not there, or refused.
        ensure!(matches!(status, 204 | 403 | 404 | 422), "cannot remove the role {ROLE}: {status} {answer}");
        Ok(())
    }

    /// With a browser and a connection of the user's own, named `theirs`.
    async fn as_user<F: Future<Output = Result<()>>>(&self, key: &str, play: impl FnOnce(Browser) -> F) -> Result<()> {
        let browser = Browser::open(self.engine, View::default()).await?;
        let connected = self.connect_as(&browser, "theirs", Some(key)).await;
        let result = match connected {
            Ok(()) => play(browser.clone()).await,
            failed => failed,
        };
        let closed = browser.close().await;
        result.and(closed)
    }

    async fn open_in(&self, browser: &Browser, hash: &str) -> Result<()> {
        browser.goto(&format!("{}/{hash}", self.server.url())).await
    }

    /// `all` is of all three collections; `own` is free.
    pub(super) async fn narrow(&self, users: &Users, all: &str, own: &str) -> Result<()> {
        let (all, own) = (self.id(all), self.id(own));
        let backups = format!("/v1/backups/{}", self.backend);
        // Some versions show every backup to everyone: the server itself says what is to be seen.
        let (status, listed) = self.call_as(Some(&users.narrow), "GET", &backups, None).await?;
        ensure!(status == 200, "the user may not list: {status} {listed}");
        let is_listed =
            listed.as_array().is_some_and(|entries| entries.iter().any(|entry| entry["id"] == all.as_str()));
        let (status, _) = self.call_as(Some(&users.narrow), "GET", &format!("{backups}/{all}"), None).await?;
        let is_read = status == 200;
        self.as_user(&users.narrow, async |browser| {
            browser.see("may be hidden from you").await?;
            if is_listed {
                browser.see(&all).await?;
            } else {
                browser.see_not(&all).await?;
            }
            self.open_in(&browser, "#/c/theirs/create").await?;
            browser.fill("Backup id", &all).await?;
            browser.see(if is_read { "is taken" } else { "by a backup that you may not read" }).await?;
            browser.fill("Backup id", &own).await?;
            browser.see("Free on").await?;
            browser.see("1, every one you can see").await?;
            browser.see("Collections you may not see.").await?;
            browser.click_when_enabled(Role::Button, "Create backup").await?;
            browser.find(Role::Heading, &own).await?;
            browser.see("1 collection is backed up on").await?;
            self.open_in(&browser, "#/c/theirs/backups").await?;
            browser.find(Role::Link, &own).await?;
            // What the role does not cover is said before it is sent.
            let two = format!("#/c/theirs/backups/{}/{all}/restore/new?only={TWO}", self.backend);
            self.open_in(&browser, &two).await?;
            browser.see(&format!("Needs the permission manage_backups for {TWO}")).await?;
            if !is_read {
                browser.see(&format!("The user {NARROW} lacks the permission manage_backups on")).await?;
            }
            self.cannot_press(&browser, "Restore 1 collection…", "a restore without rights").await
        })
        .await?;
        let (_, status) = self.call("GET", &format!("{backups}/{own}"), None).await?;
        ensure!(status["status"] == "SUCCESS", "to the run's own user it says {status}");
        Ok(())
    }

    pub(super) async fn viewer(&self, users: &Users, all: &str) -> Result<()> {
        let all = self.id(all);
        self.as_user(&users.viewer, async |browser| {
            browser.find(Role::Link, &all).await?;
            self.open_in(&browser, "#/c/theirs/create").await?;
            browser.see("Needs the permission manage_backups").await?;
            browser.see("None of your roles has it").await?;
            self.cannot_press(&browser, "Create backup", "a create without rights").await?;
            self.open_in(&browser, &format!("#/c/theirs/backups/{}/{all}", self.backend)).await?;
            browser.see("backed up on").await?;
            self.open_in(&browser, &format!("#/c/theirs/backups/{}/{all}/restore/new?only={ONE}", self.backend))
                .await?;
            browser.see("Needs the permission manage_backups").await?;
            self.cannot_press(&browser, "Restore 1 collection…", "a restore without rights").await
        })
        .await
    }
}
