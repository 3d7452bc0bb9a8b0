//! Create: POST, status, list, cancel (behaviour notes 1.1 to 1.4).

use super::{CREATE_FILE, check_id, check_lists, select, timestamp};
use crate::auth::Caller;
use crate::binding::{self, text, texts as list};
use crate::http::{Reply, Request};
use crate::nodes::Seen;
use crate::state::{Backend, Backup, Contents, Descriptor, Place, State};
use crate::{Kind, Profile, Simulator, texts};
use serde_json::{Value, json};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;

/// How long a create waits for a leader.
const NO_LEADER_CREATE_MILLIS: u64 = 117_000;

impl Simulator {
    /// `POST /v1/backups/{backend}`. The order of the checks is the server's.
    pub(crate) fn post_create(&mut self, backend: &str, request: &Request) -> Result<Reply, Reply> {
        let profile = self.state.profile();
        let body = binding::bind(profile, &binding::CREATE, &request.body)?;
        let (include, exclude) = (list(&body, "include"), list(&body, "exclude"));
        let refuse = |message: String| texts::handler(422, message);
        self.caller(request)?.check_backup("create", &include)?;
        let kind = self.state.backend(422, "backend", backend)?;
        self.check_cluster(kind)?;
        let id = text(&body, "id");
        let base = text(&body, "incremental_base_backup_id");
        if profile.incremental && id == base {
            return Err(texts::handler(500, texts::same_base(id)));
        }
        check_id(id, 422)?;
        if !base.is_empty() && check_id(base, 422).is_err() {
            return Err(refuse(format!("base backup id: {}", texts::invalid_id(base))));
        }
        check_lists(&include, &exclude)?;
        let all: Vec<String> = self.state.collections.iter().map(|collection| collection.name.clone()).collect();
        if all.is_empty() {
            return Err(refuse(texts::NO_CLASSES.to_owned()));
        }
        let classes = select(profile, &all, &include, &exclude).map_err(|unknown| {
            let unknown: Vec<String> = unknown.iter().map(|name| format!("class {name} doesn't exist")).collect();
            refuse(unknown.join("\n"))
        })?;
        if classes.is_empty() {
            let choices = if profile.names_choices { all.join(" ") } else { String::new() };
            return Err(refuse(format!("empty class list: please choose from : [{choices}]")));
        }
        let (users, roles) = (list(&body, "includeUsers"), list(&body, "includeRoles"));
        self.state.auth.check_capture(&users, &roles).map_err(refuse)?;
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
        let nodes = self.participants(&classes);
        self.check_reindex(&classes)?;
        self.check_leader("create")?;
        if let Some(running) = &self.memory(Kind::Create).running {
            return Err(refuse(format!("backup {} already in progress", running.id)));
        }
        self.commit(Kind::Create, &nodes, &[], id).map_err(|why| texts::handler(profile.coordinator_refused, why))?;
        let contents = Contents { access: self.state.auth.capture(&users, &roles), ..self.state.contents(&classes) };
        let mut reply = json!({"backend": backend, "classes": classes, "id": id, "path": home, "status": "STARTED"});
        if !text(config, "Bucket").is_empty() {
            reply["bucket"] = config["Bucket"].clone();
        }
        self.start_operation(id, place.clone(), contents.objects(), nodes.clone(), None);
        let started_at = timestamp(self.now_millis);
        self.state.backups.retain(|backup| backup.home != place.home);
        self.state.backups.push(Backup {
            compression: compression.to_owned(),
            base: Some(base.to_owned()).filter(|base| !base.is_empty()),
            ..Backup::begun(place.home, id, nodes, started_at, contents)
        });
        Ok(Reply::json(200, &reply))
    }

    /// `GET /v1/backups/{backend}/{id}`.
    pub(crate) fn get_create(&self, backend: &str, id: &str, request: &Request) -> Result<Reply, Reply> {
        let profile = self.state.profile();
        let asked = self.asked(backend, id, request, 422)?;
        self.state.reach(&asked, CREATE_FILE).map_err(|storage| storage.reply(profile.unreadable, ""))?;
        let memory = self.memory(Kind::Create);
        let running = memory.running(id);
        let place = running.map_or(asked, |running| running.place.clone());
        let Some(stored) = self.backup_at(&place) else {
            return Err(memory.not_found(profile, &self.state.not_found(&place, CREATE_FILE)));
        };
        if stored.descriptor == Descriptor::Unreadable {
            return Err(memory.unreadable(profile));
        }
        let mut backup = stored.as_read();
        if let Some(running) = running {
            // From memory, whatever another node has made of the descriptor meanwhile.
            let status = running.status.clone();
            backup = Backup { status, completed_at: None, size_gib: None, error: None, base: None, ..backup };
        }
        let caller = self.caller(request)?;
        if profile.checks_reads {
            caller.check_backup("read", &backup.classes)?;
        }
        let mut reply = listed(&backup, profile, &caller);
        reply["backend"] = json!(backend);
        reply["id"] = json!(id);
        reply["path"] = json!(backup.home);
        reply["status"] = json!(backup.status.as_str());
        if let Some(members) = reply.as_object_mut() {
            let lacks = [("startedAt", profile.status_times), ("completedAt", profile.status_times)];
            for (member, _) in lacks.into_iter().chain([("size", profile.status_size)]).filter(|(_, has)| !has) {
                members.remove(member);
            }
            members.remove("classes");
            members.extend(backup.error.map(|error| ("error".to_owned(), json!(error))));
        }
        Ok(Reply::json(200, &reply))
    }

    /// `GET /v1/backups/{backend}`: the default location only (behaviour notes 3).
    pub(crate) fn list(&self, backend: &str, request: &Request) -> Result<Reply, Reply> {
        let profile = self.state.profile();
        if !profile.lists {
            return Err(texts::handler(500, texts::NOT_IMPLEMENTED));
        }
        let order = request.query_value("order");
        if !["", "asc", "desc"].contains(&order) {
            return Err(texts::openapi(422, 606, "order in query should be one of [asc desc]"));
        }
        let (status, role) = if profile.list_refuses_barely { (500, "list") } else { (422, "backend") };
        let backend = self.state.backend(status, role, backend)?;
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
        backups.retain(|backup| !profile.checks_reads || caller.check_backup("read", &backup.classes).is_ok());
        backups.sort_by_key(|backup| backup.started_at);
        if order != "asc" {
            backups.reverse();
        }
        let takes = self.state.s3.as_ref().filter(|_| backend == Backend::S3).map_or(0, |s3| s3.lists_in_millis);
        Ok(Reply::json(200, &backups.iter().map(|backup| listed(backup, profile, &caller)).collect()).after(takes))
    }

    /// `DELETE /v1/backups/{backend}/{id}`: only says so to the nodes; the status follows at the next round.
    pub(crate) fn delete_create(&mut self, backend: &str, id: &str, request: &Request) -> Result<Reply, Reply> {
        let place = self.asked(backend, id, request, 422)?;
        let backup = self.backup_at(&place).filter(|backup| backup.descriptor == Descriptor::Good);
        let (status, classes) = (backup.map(|it| it.status.clone()), backup.map(|it| it.classes.as_slice()));
        self.check_cancel(id, &place, classes, request)?;
        match status {
            Some(Status::Success) => return Err(texts::handler(422, format!("backup \"{id}\" already succeeded"))),
            Some(Status::Canceled) => return Ok(Reply::empty(204)),
            _ => self.check_abort("create")?,
        }
        let now_millis = self.now_millis;
        for running in self.nodes.iter_mut().filter_map(|node| node.create.running.as_mut()) {
            if running.id == id {
                running.cancel(now_millis, texts::CANCELED_CREATE);
            }
        }
        Ok(Reply::empty(204))
    }

    /// The place that a call without a body is about; `status` is that of the refusal of its backend.
    pub(super) fn asked(&self, backend: &str, id: &str, request: &Request, status: u16) -> Result<Place, Reply> {
        let backend = self.state.backend(status, "provider", backend)?;
        Ok(self.state.place(backend, id, request.query_value("bucket"), request.query_value("path")))
    }

    /// What both cancels check first. `classes`: those of the operation; `None`: it is not known.
    pub(super) fn check_cancel(
        &self,
        id: &str,
        place: &Place,
        classes: Option<&[String]>,
        request: &Request,
    ) -> Result<(), Reply> {
        let known = check_id(id, self.state.profile().cancel_bad_id);
        let unknown = ["*".to_owned()];
        let classes = classes.filter(|_| known.is_ok()).unwrap_or(&unknown);
        self.caller(request)?.check_backup("delete", classes)?;
        known?;
        self.state.check_access(place)
    }

    /// Without a leader nobody says whether a collection is being indexed anew: the server waits for the answer, and then
    /// takes it for a yes (behaviour notes 5.3).
    fn check_reindex(&self, classes: &[String]) -> Result<(), Reply> {
        match classes.first() {
            Some(class) if self.state.profile().asks_for_reindex && !self.has_leader() => {
                Err(texts::handler(422, texts::reindex(class)).after(NO_LEADER_CREATE_MILLIS))
            }
            _ => Ok(()),
        }
    }

    /// Most of the nodes must be up, or none of them leads. `operation` is `create` or `restore`.
    pub(super) fn check_leader(&self, operation: &str) -> Result<(), Reply> {
        if self.has_leader() { Ok(()) } else { Err(texts::handler(500, texts::no_leader(operation))) }
    }

    /// An abort goes to all nodes that hold any collection, or to none.
    pub(super) fn check_abort(&self, operation: &str) -> Result<(), Reply> {
        self.check_leader(operation)?;
        let all: Vec<String> = self.state.collections.iter().map(|collection| collection.name.clone()).collect();
        let nodes = self.participants(&all);
        let nodes: Vec<&str> = nodes.iter().map(String::as_str).collect();
        let missing = self.unresolved(&nodes);
        missing.map_or(Ok(()), |missing| Err(texts::handler(500, texts::unresolved(missing))))
    }

    /// Several nodes have no disk in common.
    pub(super) fn check_cluster(&self, backend: Backend) -> Result<(), Reply> {
        let members = self.state.nodes.iter().filter(|node| self.seen_as(node) != Seen::Gone);
        if backend == Backend::Filesystem && members.count() > 1 {
            return Err(texts::handler(422, texts::CLUSTER_ON_FILESYSTEM));
        }
        Ok(())
    }

    /// The round at which the coordinator finds its nodes at rest, or gives one up.
    pub(super) fn end_create(&mut self, node: usize, at_millis: u64) {
        let Some(ended) = self.nodes[node].create.running.take() else { return };
        let Some(backup) = self.state.backups.iter_mut().find(|backup| backup.home == ended.place.home) else { return };
        backup.completed_at = timestamp(at_millis);
        (backup.status, backup.error) = match (&ended.lost, &ended.canceled, &ended.work.fails) {
            (Some(lost), ..) => (Status::Failed, lost.error.clone()),
            (None, Some(cancel), _) => (Status::Canceled, Some(cancel.error.to_owned())),
            (None, None, Some(error)) => (Status::Failed, Some(error.clone()).filter(|error| !error.is_empty())),
            (None, None, None) => (Status::Success, None),
        };
        let sized = backup.status == Status::Success || ended.lost.is_some_and(|lost| lost.late);
        backup.size_gib = sized.then(|| backup.contents.size_gib());
    }

    /// The chain of bases must exist in the same place, with the same kind of compression, all SUCCESS.
    pub(super) fn check_base_chain(
        &self,
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

/// An entry of the list.
fn listed(backup: &Backup, profile: &Profile, caller: &Caller<'_>) -> Value {
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
    if let Some(base) = backup.base.as_ref().filter(|_| profile.shows_base && caller.is_root()) {
        entry["incremental_base_backup_id"] = json!(base);
    }
    entry
}
