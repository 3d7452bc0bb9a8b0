//! Restore: POST, status, cancel, and what happens to the schema (behaviour notes 1.5 to 1.7).

use super::{CREATE_FILE, Memory, RESTORE_FILE, check_lists, node_file, select, shown};
use crate::binding::{self, text, texts as list};
use crate::http::{Reply, Request};
use crate::state::{Backup, Descriptor, Place, State, StoredRestore, Unreachable};
use crate::{Kind, Profile, Simulator, texts};
use serde_json::{Value, json};
use std::collections::VecDeque;
use weaviate_backups::domain::status::Status;

/// Between two collections that are put into the schema, and before the first.
const COLLECTION_MILLIS: u64 = 250;
const FIRST_COLLECTION_MILLIS: u64 = 50;
/// A collection that is in the way is found at once.
const CONFLICT_MILLIS: u64 = 1;

/// What is left to put into the schema once the files are there.
#[derive(Clone, Debug)]
pub(crate) struct Applying {
    left: VecDeque<String>,
    failures: Vec<(String, String)>,
    overwrite_alias: bool,
    /// Node names in the backup, and those that take their places.
    mapping: Vec<(String, String)>,
    /// Set while FINALIZING.
    next_at: Option<u64>,
    step_millis: Option<u64>,
}

impl Applying {
    pub(super) fn next_step(&self) -> Option<u64> {
        self.next_at
    }

    /// How a restore ends that lost its storage, in the shape of other failures to read a chunk (not recorded).
    pub(super) fn storage_lost(&self, state: &State, place: &Place, nodes: &[String]) -> String {
        let name = self.left.front().map_or("", String::as_str);
        let chunk = format!("{}/{name}/chunk-1", nodes.first().map_or("", String::as_str));
        let problem = state.reach(place, &chunk).err().map(Unreachable::into_text).unwrap_or_default();
        format!("restore class {name}: write files: get files: {problem}")
    }
}

impl Simulator {
    /// `POST /v1/backups/{backend}/{id}/restore`. The order of the checks is the server's.
    pub(crate) fn post_restore(&mut self, backend: &str, id: &str, request: &Request) -> Result<Reply, Reply> {
        let profile = self.state.profile();
        let body = binding::bind(profile, &binding::RESTORE, &request.body)?;
        let (include, exclude) = (list(&body, "include"), list(&body, "exclude"));
        let refuse = |message: String| texts::handler(422, message);
        self.caller(request)?.check_backup("create", &include)?;
        let kind = self.state.backend(422, "backend", backend)?;
        self.check_cluster(kind)?;
        check_lists(&include, &exclude)?;
        let config = &body["config"];
        let in_place = |state: &State, id: &str| state.place(kind, id, text(config, "Bucket"), text(config, "Path"));
        let place = in_place(&self.state, id);
        let home = place.home.as_str();
        let find = format!("find backup {home}: ");
        self.state.reach(&place, CREATE_FILE).map_err(|storage| storage.reply(422, &find))?;
        let Some(backup) = self.backup_at(&place).cloned() else {
            let missing = self.state.not_found(&place, CREATE_FILE);
            return Err(texts::handler(
                404,
                format!("backup id \"{id}\" does not exist: {missing}: metadata not found"),
            ));
        };
        check_descriptor(profile, &backup, id)?;
        let base = backup.base.as_deref().unwrap_or_default();
        self.check_base_chain(base, in_place, &backup.compression).map_err(refuse)?;
        let all = &backup.classes;
        let classes = select(profile, all, &include, &exclude).map_err(|unknown| {
            let unknown = unknown.first().map_or("", String::as_str);
            refuse(format!("class {unknown} doesn't exist in the backup, but does have [{}]: ", all.join(" ")))
        })?;
        if classes.is_empty() {
            return Err(refuse(format!("nothing left to restore: please choose from : [{}]", all.join(" "))));
        }
        if mapping(&body).any(|(old, _)| !backup.nodes.iter().any(|node| node == old)) {
            // The handler panics (behaviour notes 0.2).
            return Ok(Reply::empty(200));
        }
        let classes = if include.is_empty() { self.caller(request)?.permitted(classes)? } else { classes };
        if backup.node_descriptor_missing {
            let node = backup.nodes.first().map_or("", String::as_str);
            let missing = self.state.not_found(&place, &node_file(node));
            return Err(texts::handler(404, format!("fetch meta of node \"{node}\": {missing}")));
        }
        let answer = json!({"backend": backend, "classes": classes, "id": id, "path": home, "status": "STARTED"});
        if backup.restore.as_ref().is_some_and(|stored| stored.status == Status::Cancelling) {
            // Nothing starts, but this node forgets what it coordinated.
            let memory = &mut self.nodes[self.asked].restore;
            *memory = Memory { started_at: memory.started_at, ..Memory::default() };
            return Ok(Reply::json(200, &answer));
        }
        if let Some(running) = &self.memory(Kind::Restore).running {
            return Err(refuse(format!("restoration {} already in progress", running.id)));
        }
        let mapping: Vec<(&str, &str)> = mapping(&body).collect();
        self.commit(Kind::Restore, &backup.nodes, &mapping, id)
            .map_err(|why| texts::handler(profile.coordinator_refused, why))?;
        let owned = |(old, new): (&str, &str)| (old.to_owned(), new.to_owned());
        let mapping: Vec<(String, String)> = mapping.into_iter().map(owned).collect();
        let chosen = backup.contents.collections.iter().filter(|known| classes.contains(&known.name));
        let objects = chosen.map(|collection| collection.objects).sum();
        let all = |option: &str| text(config, option) == "all";
        self.state.auth.restore(&backup.contents.access, all("usersOptions"), all("rolesOptions"));
        let nodes: Vec<String> = backup.nodes.iter().map(|node| mapped(&mapping, node).to_owned()).collect();
        let stored = StoredRestore::new(Status::Transferring, None);
        let stored = StoredRestore { classes: classes.clone(), ..stored };
        if let Some(backup) = self.state.backups.iter_mut().find(|backup| backup.home == place.home) {
            backup.restore = Some(stored);
        }
        let reads = profile.zstd || backup.compression == "gzip";
        let unread = (!reads).then(|| format!("restore class {}: {}", classes[0], texts::NO_GZIP));
        let applying = Applying {
            left: classes.into(),
            failures: Vec::new(),
            overwrite_alias: body["overwriteAlias"] == true,
            mapping,
            next_at: None,
            step_millis: None,
        };
        self.start_operation(id, place, objects, nodes, Some(applying));
        if let (Some(error), Some(running)) = (unread, &mut self.nodes[self.asked].restore.running) {
            running.work.fails = Some(error);
        }
        Ok(Reply::json(200, &answer))
    }

    /// `GET /v1/backups/{backend}/{id}/restore`: of the running one from memory, else as stored.
    pub(crate) fn get_restore(&self, backend: &str, id: &str, request: &Request) -> Result<Reply, Reply> {
        let profile = self.state.profile();
        let asked = self.asked(backend, id, request, profile.restore_no_module)?;
        self.state.reach(&asked, RESTORE_FILE).map_err(|storage| storage.reply(profile.unreadable, ""))?;
        let memory = self.memory(Kind::Restore);
        let running = memory.running(id);
        let place = running.map_or(asked, |running| running.place.clone());
        let stored = self.backup_at(&place).and_then(|backup| Some((backup.restore.as_ref()?, &backup.classes)));
        let Some((stored, all)) = stored else {
            return Err(memory.not_found(profile, &self.state.not_found(&place, RESTORE_FILE)));
        };
        if profile.checks_reads {
            let classes = if stored.classes.is_empty() { all } else { &stored.classes };
            self.caller(request)?.check_backup("read", classes)?;
        }
        let status = running.map_or(&stored.status, |running| &running.status);
        let status = shown(status, profile);
        let mut reply = json!({"backend": backend, "id": id, "path": place.home, "status": status});
        if let Some(error) = stored.error.as_ref().filter(|_| running.is_none()) {
            reply["error"] = json!(error);
        }
        Ok(Reply::json(200, &reply))
    }

    /// `DELETE /v1/backups/{backend}/{id}/restore`. Cancels whatever restore this node coordinates, without comparing
    /// ids (behaviour notes 1.7); another node hears of it when the id is that of its own.
    pub(crate) fn delete_restore(&mut self, backend: &str, id: &str, request: &Request) -> Result<Reply, Reply> {
        let place = self.asked(backend, id, request, 422)?;
        let home = place.home.as_str();
        let backup = self.backup_at(&place);
        let stored = backup.and_then(|backup| backup.restore.clone());
        let selected = stored.as_ref().map(|stored| stored.classes.as_slice()).filter(|classes| !classes.is_empty());
        let readable = backup.filter(|backup| backup.descriptor == Descriptor::Good);
        let classes = selected.or(readable.map(|backup| backup.classes.as_slice()));
        self.check_cancel(id, &place, classes, request)?;
        match stored.as_ref().map(|stored| &stored.status) {
            Some(Status::Success) => {
                return Err(texts::handler(422, format!("restore \"{id}\" already succeeded")));
            }
            Some(Status::Finalizing) => {
                let text = format!("restore \"{id}\" is applying schema changes and cannot be cancelled");
                return Err(texts::handler(422, text));
            }
            Some(Status::Cancelling | Status::Canceled) => return Ok(Reply::empty(204)),
            Some(_) => {
                // Stored before the nodes are told, so that it stays when one cannot be.
                let error = stored.as_ref().and_then(|stored| stored.error.clone());
                self.store_restore(home, Status::Cancelling, error);
                if let Err(refused) = self.check_abort("restore") {
                    if let Some(running) = &mut self.nodes[self.asked].restore.running {
                        running.status = Status::Cancelling;
                    }
                    return Err(refused);
                }
                self.store_restore(home, Status::Canceled, Some(texts::CANCELED_RESTORE.to_owned()));
            }
            None => self.check_abort("restore")?,
        }
        let now_millis = self.now_millis;
        for (index, node) in self.nodes.iter_mut().enumerate() {
            match &mut node.restore.running {
                Some(running) if running.status == Status::Transferring => {
                    let (own, coordinated_here) = (running.place.home == home, index == self.asked);
                    let error = if own { texts::CANCELED_RESTORE } else { texts::CANCELED_BY_ANOTHER_CALL };
                    let canceled = (own || coordinated_here) && running.cancel(now_millis, error);
                    if canceled && coordinated_here {
                        running.status = Status::Canceled;
                    }
                }
                None if index == self.asked => node.restore.left_canceled = true,
                _ => {}
            }
        }
        Ok(Reply::empty(204))
    }

    /// The end of the transfer at a round, or one more collection put in place.
    pub(super) fn step_restore(&mut self, node: usize, at_millis: u64) {
        let Some(mut running) = self.nodes[node].restore.running.take() else { return };
        let home = running.place.home.clone();
        let Some(applying) = &mut running.restore else { return };
        let stored = self.state.backups.iter().find(|backup| backup.home == home).and_then(|it| it.restore.as_ref());
        if stored.is_some_and(|stored| matches!(stored.status, Status::Cancelling | Status::Canceled)) {
            return; // What a cancel has stored stays, also when it did not come to its end.
        }
        if let Some(lost) = running.lost {
            return self.store_restore(&home, Status::Failed, lost.error);
        }
        if let Some(cancel) = &running.canceled {
            return self.store_restore(&home, Status::Canceled, Some(cancel.error.to_owned()));
        }
        if let Some(error) = &running.work.fails {
            return self.store_restore(&home, Status::Failed, Some(error.clone()));
        }
        let first = applying.next_at.is_none();
        if first {
            let count = u64::try_from(applying.left.len()).unwrap_or(u64::MAX);
            applying.step_millis = running.work.finalizing_millis.map(|millis| millis / count.max(1));
            running.status = Status::Finalizing;
            self.store_restore(&home, Status::Finalizing, None);
        } else if let Some(name) = applying.left.pop_front()
            && let Err(why) = self.apply(&home, &name, applying)
        {
            let tells = self.state.profile().tells_what_failed;
            applying.failures.push((name, if tells { texts::not_restored(&why) } else { why }));
        }
        let pause = if first { FIRST_COLLECTION_MILLIS } else { COLLECTION_MILLIS };
        match applying.left.front() {
            Some(next) => {
                let in_the_way = self.state.in_the_way(next, true).is_some();
                let pause = applying.step_millis.unwrap_or(if in_the_way { CONFLICT_MILLIS } else { pause });
                applying.next_at = Some(at_millis + pause);
                self.nodes[node].restore.running = Some(running);
            }
            None if applying.failures.is_empty() => self.store_restore(&home, Status::Success, None),
            None => {
                let error = texts::restore_failures(&applying.failures);
                self.store_restore(&home, Status::Failed, Some(error));
            }
        }
    }

    /// Puts one collection of a backup, and its aliases, into the schema.
    fn apply(&mut self, home: &str, name: &str, applying: &Applying) -> Result<(), String> {
        if let Some(why) = self.state.in_the_way(name, self.state.profile().refuses_similar) {
            return Err(why);
        }
        let Some(backup) = self.state.backups.iter().find(|backup| backup.home == home) else { return Ok(()) };
        let Some(collection) = backup.contents.collections.iter().find(|known| known.name == name) else {
            return Ok(());
        };
        let aliases: Vec<_> = backup.contents.aliases.iter().filter(|alias| alias.class == name).cloned().collect();
        let module = collection.vectorizer.as_str();
        if module != "none" && !self.state.modules().any(|known| known == module) {
            return Err(format!("vectorizer: no module with name \"{module}\" present"));
        }
        let mut collection = collection.clone();
        for tenant in collection.tenants.values_mut() {
            tenant.node = tenant.node.take().map(|node| mapped(&applying.mapping, &node).to_owned());
            tenant.unloaded = true;
        }
        self.state.collections.push(collection);
        for alias in aliases {
            let exists = self.state.aliases.iter().any(|known| known.alias == alias.alias);
            if !exists || applying.overwrite_alias {
                self.state.point_alias(&alias.alias, &alias.class);
            }
        }
        Ok(())
    }

    fn store_restore(&mut self, home: &str, status: Status, error: Option<String>) {
        let backup = self.state.backups.iter_mut().find(|backup| backup.home == home);
        if let Some(stored) = backup.and_then(|backup| backup.restore.as_mut()) {
            (stored.status, stored.error) = (status, error);
        }
    }
}

impl State {
    /// Why a collection of this name cannot be created (behaviour notes 1.5). `similar`: other names that are alike count.
    pub(crate) fn in_the_way(&self, name: &str, similar: bool) -> Option<String> {
        if self.collection(name).is_some() {
            return Some(format!("class name {name} already exists"));
        }
        if !similar {
            return None;
        }
        if let Some(similar) = self.collections.iter().find(|known| known.name.eq_ignore_ascii_case(name)) {
            return Some(format!("class already exists: found similar class \"{}\"", similar.name));
        }
        let alias = self.aliases.iter().any(|known| known.alias == name);
        alias.then(|| format!("alias name {name} already exists"))
    }
}

/// The pairs of `node_mapping`: a node of the backup, and the one that takes its place.
fn mapping(body: &Value) -> impl Iterator<Item = (&str, &str)> {
    let pairs = body["node_mapping"].as_object().into_iter().flatten();
    pairs.map(|(old, new)| (old.as_str(), new.as_str().unwrap_or_default()))
}

/// The node that takes the place of one of the backup.
fn mapped<'a>(mapping: &'a [(String, String)], node: &'a str) -> &'a str {
    mapping.iter().find(|(old, _)| old == node).map_or(node, |(_, new)| new)
}

/// What the server makes of the stored backup before it looks at the selection.
fn check_descriptor(profile: &Profile, backup: &Backup, id: &str) -> Result<(), Reply> {
    let home = &backup.home;
    let found = if backup.descriptor == Descriptor::EmptyObject { "" } else { &backup.id };
    let message = if backup.descriptor == Descriptor::Unreadable {
        format!("find backup {home}: {}", texts::BROKEN_DESCRIPTOR)
    } else if found != id {
        texts::wrong_descriptor(profile.explains_wrong_descriptor, id, home, found)
    } else if backup.status != Status::Success {
        format!("invalid backup in scheduler {home} status: {}", backup.status.as_str())
    } else if backup.format_version.as_str() > "2.1" {
        let version = &backup.format_version;
        format!("unable to restore backup as it was produced by a higher version: {version} > 2.1")
    } else {
        return Ok(());
    };
    Err(texts::handler(422, message))
}
