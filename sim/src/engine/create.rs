//! Create: POST, status, list, cancel (behaviour notes 1.1 to 1.4).

use super::{CREATE_FILE, check_id, check_lists, duplicate, expand, select, timestamp};
use crate::auth::Caller;
use crate::binding::{self, text, texts as list};
use crate::http::{Reply, Request};
use crate::state::{Backup, Descriptor, Place, State};
use crate::{Kind, Simulator, texts};
use serde_json::{Value, json};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;

impl Simulator {
    /// `POST /v1/backups/{backend}`. The order of the checks is the server's.
    pub(crate) fn post_create(&mut self, backend: &str, request: &Request) -> Result<Reply, Reply> {
        let body = binding::bind(&binding::CREATE, &request.body)?;
        let (include, exclude) = (list(&body, "include"), list(&body, "exclude"));
        let refuse = |message: String| texts::handler(422, message);
        self.caller(request)?.check_backup("create", &include)?;
        let kind = self.state.backend(422, "backend", backend)?;
        let id = text(&body, "id");
        if id == text(&body, "incremental_base_backup_id") {
            return Err(texts::handler(500, texts::same_base(id)));
        }
        check_id(id)?;
        let base = text(&body, "incremental_base_backup_id");
        if !base.is_empty() && check_id(base).is_err() {
            return Err(refuse(format!("base backup id: {}", texts::invalid_id(base))));
        }
        check_lists(&include, &exclude)?;
        let all: Vec<String> = self.state.collections.iter().map(|collection| collection.name.clone()).collect();
        if all.is_empty() {
            return Err(refuse(texts::NO_CLASSES.to_owned()));
        }
        let classes = select(&all, &include, &exclude).map_err(|unknown| {
            let unknown: Vec<String> = unknown.iter().map(|name| format!("class {name} doesn't exist")).collect();
            refuse(unknown.join("\n"))
        })?;
        if classes.is_empty() {
            return Err(refuse(format!("empty class list: please choose from : [{}]", all.join(" "))));
        }
        self.state.check_users(&list(&body, "includeUsers")).map_err(refuse)?;
        let config = &body["config"];
        let in_place = |state: &State, id: &str| state.place(kind, id, text(config, "Bucket"), text(config, "Path"));
        let place = in_place(&self.state, id);
        let home = place.home.as_str();
        let check = |problem: &str| format!("check if backup \"{id}\" exists at \"{home}\": {problem}");
        self.state.reach(&place, CREATE_FILE).map_err(|storage| storage.reply(422, &check("")))?;
        if let Some(taken) = self.backup_at(&place) {
            return Err(refuse(match (taken.descriptor, &taken.status) {
                (Descriptor::Unreadable, _) => check(texts::BROKEN_DESCRIPTOR),
                (Descriptor::Good, Status::Canceled) => check("%!w(<nil>)"),
                _ => format!("backup \"{id}\" already exists at \"{home}\""),
            }));
        }
        let compression = match text(config, "CompressionLevel") {
            "NoCompression" => "none",
            level if level.starts_with("Zstd") => "zstd",
            _ => "gzip",
        };
        self.check_base_chain(base, in_place, compression).map_err(refuse)?;
        let classes = if include.is_empty() { self.caller(request)?.permitted(classes)? } else { classes };
        self.state.check_access(&place)?;
        if let Some(running) = &self.create.running {
            return Err(refuse(format!("backup {} already in progress", running.id)));
        }
        let contents = self.state.contents(&classes);
        let mut reply = json!({"backend": backend, "classes": classes, "id": id, "path": home, "status": "STARTED"});
        if !text(config, "Bucket").is_empty() {
            reply["bucket"] = config["Bucket"].clone();
        }
        self.start(Kind::Create, id, place.clone(), contents.objects(), None);
        let started_at = timestamp(self.now_millis);
        self.state.backups.retain(|backup| backup.home != place.home);
        self.state.backups.push(Backup {
            compression: compression.to_owned(),
            base: Some(base.to_owned()).filter(|base| !base.is_empty()),
            ..Backup::begun(place.home, id, &self.state.node, started_at, contents)
        });
        Ok(Reply::json(200, &reply))
    }

    /// `GET /v1/backups/{backend}/{id}`.
    pub(crate) fn get_create(&mut self, backend: &str, id: &str, request: &Request) -> Result<Reply, Reply> {
        let asked = self.asked(backend, id, request, 422)?;
        self.state.reach(&asked, CREATE_FILE).map_err(|storage| storage.reply(500, ""))?;
        let place = match &self.create.running {
            Some(running) if running.id == id => running.place.clone(),
            _ => asked,
        };
        let Some(backup) = self.backup_at(&place).map(|backup| backup.as_read()) else {
            return Err(self.create.not_found(&self.state.not_found(&place, CREATE_FILE)));
        };
        if backup.descriptor == Descriptor::Unreadable {
            return Err(self.create.unreadable());
        }
        self.caller(request)?.check_backup("read", &backup.classes)?;
        let mut reply = listed(&backup);
        reply["backend"] = json!(backend);
        reply["id"] = json!(id);
        reply["path"] = json!(backup.home);
        reply["status"] = json!(backup.status.as_str());
        if let Some(members) = reply.as_object_mut() {
            members.remove("classes");
            members.extend(backup.error.map(|error| ("error".to_owned(), json!(error))));
        }
        Ok(Reply::json(200, &reply))
    }

    /// `GET /v1/backups/{backend}`: the default location only (behaviour notes 3).
    pub(crate) fn list(&mut self, backend: &str, request: &Request) -> Result<Reply, Reply> {
        let order = request.query_value("order");
        if !["", "asc", "desc"].contains(&order) {
            return Err(texts::openapi(422, 606, "order in query should be one of [asc desc]"));
        }
        let backend = self.state.backend(422, "backend", backend)?;
        self.state.check_listing(backend)?;
        let caller = self.caller(request)?;
        let mut backups: Vec<Backup> = Vec::new();
        for backup in &self.state.backups {
            let here = backup.backend() == backend && self.state.is_in_default_location(backup);
            match backup.descriptor {
                Descriptor::Unreadable if here => {
                    let file = self.state.place(backend, backup.directory(), "", "").file(CREATE_FILE);
                    let text = format!("unmarshal descriptor \"{file}\": unexpected end of JSON input");
                    return Err(texts::handler(500, text));
                }
                Descriptor::Good | Descriptor::EmptyObject if here => backups.push(backup.as_read()),
                _ => {}
            }
        }
        backups.retain(|backup| caller.check_backup("read", &backup.classes).is_ok());
        backups.sort_by_key(|backup| backup.started_at);
        if order != "asc" {
            backups.reverse();
        }
        Ok(Reply::json(200, &backups.iter().map(listed).collect()))
    }

    /// `DELETE /v1/backups/{backend}/{id}`: only says so to the nodes; the status follows at the next round.
    pub(crate) fn delete_create(&mut self, backend: &str, id: &str, request: &Request) -> Result<Reply, Reply> {
        let place = self.asked(backend, id, request, 422)?;
        let status = self.check_cancel(id, &place, request)?;
        if status == Some(Status::Success) {
            return Err(texts::handler(422, format!("backup \"{id}\" already succeeded")));
        }
        let now_millis = self.now_millis;
        if let Some(running) = self.create.running.as_mut().filter(|running| running.id == id) {
            running.cancel(now_millis, texts::CANCELED_CREATE);
        }
        Ok(Reply::empty(204))
    }

    /// The place that a call without a body is about; `status` is that of the refusal of its backend.
    pub(super) fn asked(&self, backend: &str, id: &str, request: &Request, status: u16) -> Result<Place, Reply> {
        let backend = self.state.backend(status, "provider", backend)?;
        Ok(self.state.place(backend, id, request.query_value("bucket"), request.query_value("path")))
    }

    /// What both cancels check first; the status of the backup, if there is a readable one.
    pub(super) fn check_cancel(&mut self, id: &str, place: &Place, request: &Request) -> Result<Option<Status>, Reply> {
        check_id(id)?;
        let found = self.backup_at(place).filter(|backup| backup.descriptor == Descriptor::Good);
        let (classes, status) = found
            .map_or_else(|| (vec!["*".to_owned()], None), |found| (found.classes.clone(), Some(found.status.clone())));
        self.caller(request)?.check_backup("delete", &classes)?;
        self.state.check_access(place)?;
        Ok(status)
    }

    /// The round at which the coordinator finds its nodes at rest.
    pub(super) fn end_create(&mut self, at_millis: u64) {
        let Some(ended) = self.create.running.take() else { return };
        let Some(backup) = self.state.backups.iter_mut().find(|backup| backup.home == ended.place.home) else { return };
        backup.completed_at = timestamp(at_millis);
        (backup.status, backup.error) = match (&ended.canceled, &ended.work.fails) {
            (Some(cancel), _) => (Status::Canceled, Some(cancel.error.to_owned())),
            (None, Some(error)) => (Status::Failed, Some(error.clone()).filter(|error| !error.is_empty())),
            (None, None) => (Status::Success, None),
        };
        backup.size_gib = (backup.status == Status::Success).then(|| backup.contents.size_gib());
    }

    /// The chain of bases must exist in the same place, with the same kind of compression, all SUCCESS.
    pub(super) fn check_base_chain(
        &mut self,
        base: &str,
        in_place: impl Fn(&State, &str) -> Place,
        compression: &str,
    ) -> Result<(), String> {
        let mut next = Some(base.to_owned()).filter(|base| !base.is_empty());
        while let Some(id) = next.take() {
            let place = in_place(&self.state, &id);
            let missing = self.state.not_found(&place, CREATE_FILE);
            let chain = |problem: String| Err(format!("resolve base backup chain: {problem}"));
            let Some(base) = self.backup_at(&place) else {
                return chain(format!("could not fetch base backup: {missing}"));
            };
            let (found, status) = (&base.compression, base.status.as_str());
            if found != compression {
                return chain(format!("backup \"{id}\" has compression type \"{found}\", expected \"{compression}\""));
            }
            if status != "SUCCESS" {
                return chain(format!("backup \"{id}\" has status \"{status}\", expected \"SUCCESS\""));
            }
            next.clone_from(&base.base);
        }
        Ok(())
    }

    pub(crate) fn caller(&self, request: &Request) -> Result<Caller<'_>, Reply> {
        self.state.auth.identify(request, false)
    }
}

impl State {
    /// The rules for `includeUsers`: patterns over the dynamic users.
    fn check_users(&self, include: &[String]) -> Result<(), String> {
        if !include.is_empty() && !self.auth.db_users {
            return Err(texts::NO_USERS.to_owned());
        }
        if let Some(twice) = duplicate(include) {
            return Err(format!("user list 'includeUsers' contains duplicate: {twice}"));
        }
        let dynamic = self.auth.users.iter().filter(|user| user.kind == "db");
        let dynamic: Vec<String> = dynamic.map(|user| user.name.clone()).collect();
        let unknown = expand(&dynamic, include).into_iter().find(|name| !dynamic.contains(name));
        if let Some(unknown) = unknown {
            return Err(format!("user \"{unknown}\" in 'includeUsers' does not exist"));
        }
        if !include.is_empty() && expand(&dynamic, include).is_empty() {
            return Err(format!("no dynamic users match 'includeUsers' [{}]", include.join(" ")));
        }
        Ok(())
    }
}

/// An entry of the list.
fn listed(backup: &Backup) -> Value {
    let time = |at: Option<Timestamp>| at.map_or_else(|| texts::ZERO_TIME.to_owned(), String::from);
    let mut entry = json!({
        "classes": backup.classes, "completedAt": time(backup.completed_at), "startedAt": time(backup.started_at)
    });
    for (member, value) in [("id", backup.id.as_str()), ("status", backup.status.as_str())] {
        if !value.is_empty() {
            entry[member] = json!(value);
        }
    }
    if let Some(size) = backup.size_gib.filter(|size| *size > 0.0) {
        entry["size"] = json!(size);
    }
    entry
}
