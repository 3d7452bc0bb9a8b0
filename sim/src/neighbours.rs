//! The endpoints around backups that a console reads, and those that tests and `live` change the schema with
//! (behaviour notes 5 and 6).

use crate::Simulator;
use crate::auth::Caller;
use crate::http::{Reply, Request};
use crate::nodes::{Seen, address};
use crate::state::{Collection, State};
use crate::texts;
use serde_json::{Value, json};

/// The modules of a default 1.39.0 besides the backup ones, one a line.
const MODULES: &str = include_str!("data/modules.txt");

/// What each operational mode refuses outside `/v1/backups` (behaviour notes 6.4).
const MODES: [(&str, &str); 3] = [
    (
        "ReadOnly",
        "read-only mode is enabled temporally at the config level: write operations are not allowed during this time",
    ),
    (
        "WriteOnly",
        "write-only mode is enabled temporally at the config level: read operations are not allowed during this time",
    ),
    (
        "ScaleOut",
        "scale-out mode is enabled temporally at the config level: write operations (besides /replication) are not allowed during this time",
    ),
];

/// How long the schema and the aliases wait for a leader.
const NO_LEADER_MILLIS: u64 = 25_000;

impl Simulator {
    /// 503 of an operational mode; it stands before CORS, so it carries no such header.
    pub(crate) fn refused_by_mode(&self, request: &Request) -> Option<Reply> {
        let (mode, text) = MODES.into_iter().find(|(mode, _)| *mode == self.state.operational_mode)?;
        let path = request.path.as_str();
        let refused = if mode == "WriteOnly" {
            let reading = ["/v1/schema", "/v1/aliases", "/v1/users", "/v1/authz"];
            ["GET", "OPTIONS"].contains(&request.method.as_str()) && reading.iter().any(|start| path.starts_with(start))
        } else {
            !["GET", "HEAD", "OPTIONS"].contains(&request.method.as_str()) && !path.starts_with("/v1/backups")
        };
        refused.then(|| texts::handler(503, text))
    }

    pub(crate) fn meta(&self) -> Reply {
        let mut modules: serde_json::Map<String, Value> =
            self.state.modules().map(|module| (module.to_owned(), json!({"name": module}))).collect();
        if let Some(path) = &self.state.backups_path {
            modules.insert("backup-filesystem".to_owned(), json!({"backupsPath": path}));
        }
        if let Some(s3) = &self.state.s3 {
            let mut described = json!({"bucketName": s3.bucket, "endpoint": s3.endpoint, "useSSL": false});
            if !s3.root.is_empty() {
                described["rootName"] = json!(s3.root);
            }
            modules.insert("backup-s3".to_owned(), described);
        }
        Reply::json(
            200,
            &json!({
                "grpcMaxMessageSize": 104_858_000,
                "hostname": "http://[::]:8080",
                "modules": modules,
                "version": self.state.version,
            }),
        )
    }

    /// `class` as in `GET /v1/nodes/{class}`.
    pub(crate) fn nodes(&self, class: Option<&str>, request: &Request) -> Result<Reply, Reply> {
        let caller = self.caller(request)?;
        let verbose = match request.query_value("output") {
            "" | "minimal" if caller.may("read_nodes", "nodes", "", "*") => false,
            "" | "minimal" => {
                return Err(texts::forbidden(caller.name(), "read_nodes [[Domain: nodes, Verbosity: minimal]]"));
            }
            "verbose" => true,
            other => {
                let text = format!("invalid output: \"{other}\", possible values are: \"minimal\", \"verbose\"");
                return Err(texts::handler(422, text));
            }
        };
        let mut nodes = Vec::new();
        for (index, name) in self.state.nodes.iter().enumerate() {
            match self.seen_as(name) {
                Seen::Up => nodes.push(self.node_entry(index, class.filter(|_| verbose), verbose, &caller)),
                Seen::Dead => nodes.push(json!({"name": name, "shards": null, "status": "UNAVAILABLE"})),
                Seen::Gone => {}
            }
        }
        Ok(Reply::json(200, &json!({"nodes": nodes})))
    }

    fn node_entry(&self, index: usize, class: Option<&str>, verbose: bool, caller: &Caller<'_>) -> Value {
        let state = &self.state;
        let mut node = json!({
            "batchStats": {"queueLength": 0, "ratePerSecond": 0},
            "name": state.nodes[index],
            "shards": null,
            "status": if self.has_leader() { "HEALTHY" } else { "UNHEALTHY" },
            "version": state.version,
        });
        if state.profile().operational_mode {
            node["operationalMode"] = json!(state.operational_mode);
        }
        if !verbose {
            return node;
        }
        let mut shards = Vec::new();
        let detailed = caller.may("read_nodes", "nodes", "verbosity", "verbose");
        let mut collections: Vec<&Collection> = state.collections.iter().collect();
        collections.sort_by_key(|collection| &collection.name);
        for collection in collections {
            let asked = class.is_none_or(|class| class == collection.name);
            if asked && caller.may("read_nodes", "nodes", "collection", &collection.name) && detailed {
                shards.extend(state.shards_of(collection, index));
            }
        }
        let objects: u64 = shards.iter().filter_map(|shard| shard["objectCount"].as_u64()).sum();
        node["stats"] = json!({"objectCount": objects, "shardCount": shards.len()});
        if !state.collections.is_empty() {
            node["shards"] = json!(shards);
        }
        node
    }

    /// The first node that is up leads, if enough are.
    pub(crate) fn statistics(&self, request: &Request) -> Result<Reply, Reply> {
        let caller = self.caller(request)?;
        if !caller.may("read_cluster", "cluster", "", "*") {
            return Err(texts::forbidden(caller.name(), "read_cluster []"));
        }
        let all = &self.state.nodes;
        let raft_address = |index: usize| format!("{}:8300", address(index));
        let up: Vec<usize> = (0..all.len()).filter(|index| self.is_up(*index)).collect();
        let leader = up.first().copied().filter(|_| self.has_leader());
        let voters: Vec<Value> = all
            .iter()
            .enumerate()
            .map(|(index, name)| json!({"address": raft_address(index), "id": name, "suffrage": 0}))
            .collect();
        let entry = |index: usize| {
            let state = if leader == Some(index) { "Leader" } else { "Follower" };
            let raft = json!({
                "appliedIndex": "10", "commitIndex": "10", "fsmPending": "0", "lastContact": "0", "lastLogIndex": "10",
                "lastLogTerm": "2", "lastSnapshotIndex": "0", "lastSnapshotTerm": "0", "latestConfiguration": voters,
                "latestConfigurationIndex": "0", "numPeers": (all.len() - 1).to_string(), "protocolVersion": "3",
                "protocolVersionMax": "3", "protocolVersionMin": "0", "snapshotVersionMax": "1",
                "snapshotVersionMin": "0", "state": state, "term": "2",
            });
            json!({
                "candidates": {}, "dbLoaded": true, "isVoter": true, "leaderAddress": leader.map(raft_address).unwrap_or_default(),
                "leaderId": leader.map(|leader| all[leader].as_str()).unwrap_or_default(), "name": all[index], "open": true, "raft": raft, "ready": true,
                "status": "HEALTHY",
            })
        };
        let statistics: Vec<Value> = up.iter().map(|index| entry(*index)).collect();
        Ok(Reply::json(200, &json!({"statistics": statistics, "synchronized": true})))
    }

    pub(crate) fn schema(&self, request: &Request) -> Result<Reply, Reply> {
        let caller = self.caller(request)?;
        self.ask_leader()?;
        let visible = self.state.collections.iter().filter(|collection| caller.may_read_collection(&collection.name));
        Ok(Reply::json(200, &json!({"classes": visible.map(Collection::schema).collect::<Vec<Value>>()})))
    }

    /// What is the leader's to tell is waited for (behaviour notes 5.3).
    fn ask_leader(&self) -> Result<(), Reply> {
        if self.has_leader() {
            return Ok(());
        }
        let all = self.state.nodes.iter().enumerate();
        let missing: Vec<&str> = all.filter(|(index, _)| !self.is_up(*index)).map(|(_, name)| name.as_str()).collect();
        Err(texts::handler(500, texts::no_leader_to_ask(&missing)).after(NO_LEADER_MILLIS))
    }

    pub(crate) fn class(&self, name: &str, request: &Request) -> Result<Reply, Reply> {
        let caller = self.caller(request)?;
        if !caller.may_read_collection(name) {
            let what = format!("read_collections [[Domain: collections, Collection: {name}]]");
            return Err(texts::forbidden(caller.name(), &what));
        }
        Ok(self.state.collection(name).map_or_else(|| Reply::empty(404), |found| Reply::json(200, &found.schema())))
    }

    /// `POST /v1/schema`: what tests and `live` need of it.
    pub(crate) fn post_class(&mut self, request: &Request) -> Result<Reply, Reply> {
        let schema: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let mut letters = schema["class"].as_str().unwrap_or_default().chars();
        let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let name = name.as_str();
        self.check_change("create_collections", name, request)?;
        if !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            return Err(texts::handler(422, format!("'{name}' is not a valid class name")));
        }
        if let Some(why) = self.state.in_the_way(name, true) {
            return Err(texts::handler(422, why));
        }
        // One shard for each node that is listed now; one that is gone gets none, also when it is back.
        let listed = self.listed();
        let wanted = schema["shardingConfig"]["desiredCount"].as_u64().and_then(|count| usize::try_from(count).ok());
        let mut collection = Collection::from_schema(name, &schema);
        collection.shards = wanted.unwrap_or(listed.len());
        collection.made_on = Some(listed);
        let reply = Reply::json(200, &collection.schema());
        self.state.collections.push(collection);
        Ok(reply)
    }

    pub(crate) fn delete_class(&mut self, name: &str, request: &Request) -> Result<Reply, Reply> {
        self.check_change("delete_collections", name, request)?;
        self.state.delete_collection(name);
        Ok(Reply::empty(200))
    }

    fn check_change(&self, action: &str, name: &str, request: &Request) -> Result<(), Reply> {
        let caller = self.caller(request)?;
        if caller.may(action, "collections", "collection", name) {
            return Ok(());
        }
        Err(texts::forbidden(caller.name(), &format!("{action} [[Domain: collections, Collection: {name}]]")))
    }

    pub(crate) fn tenants(&self, class: &str) -> Result<Reply, Reply> {
        let Some(collection) = self.state.collection(class) else { return Err(Reply::empty(404)) };
        if !collection.multi_tenant {
            let text = format!("could not get tenants: multi-tenancy is not enabled for class \"{class}\"");
            return Err(texts::handler(422, format!("failed to execute query: could not get tenants: {text}")));
        }
        let tenants = collection.tenants.iter();
        let tenants = tenants.map(|(name, tenant)| json!({"activityStatus": tenant.status, "name": name}));
        Ok(Reply::json(200, &tenants.collect()))
    }

    pub(crate) fn aliases(&self, request: &Request) -> Result<Reply, Reply> {
        let caller = self.caller(request)?;
        self.ask_leader()?;
        let class = request.query_value("class");
        let aliases: Vec<Value> = self
            .state
            .aliases
            .iter()
            .filter(|alias| class.is_empty() || alias.class == class)
            .filter(|alias| caller.may("read_aliases", "aliases", "alias", &alias.alias))
            .map(|alias| json!({"alias": alias.alias, "class": alias.class}))
            .collect();
        Ok(Reply::json(200, &json!({"aliases": aliases})))
    }

    /// What tests and `live` need of it, as the two below: whoever has a key may.
    pub(crate) fn post_alias(&mut self, request: &Request) -> Result<Reply, Reply> {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let member = |name: &str| body[name].as_str().unwrap_or_default();
        let (alias, class) = (member("alias"), member("class"));
        if self.state.collection(class).is_none() {
            return Err(texts::handler(422, format!("create alias: class {class} does not exist")));
        }
        if let Some(why) = self.state.in_the_way(alias, true) {
            return Err(texts::handler(422, format!("create alias: {why}")));
        }
        self.state.point_alias(alias, class);
        Ok(Reply::json(200, &json!({"alias": alias, "class": class})))
    }

    pub(crate) fn delete_alias(&mut self, alias: &str) -> Reply {
        let before = self.state.aliases.len();
        self.state.aliases.retain(|known| known.alias != alias);
        Reply::empty(if self.state.aliases.len() < before { 204 } else { 404 })
    }

    /// `POST /v1/batch/objects`: the objects are counted, not kept.
    pub(crate) fn post_objects(&mut self, request: &Request) -> Reply {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let mut results = Vec::new();
        for object in body["objects"].as_array().into_iter().flatten() {
            let class = object["class"].as_str().unwrap_or_default();
            if let Some(collection) = self.state.collections.iter_mut().find(|known| known.name == class) {
                collection.objects += 1;
                if let Some(tenant) = object["tenant"].as_str().and_then(|name| collection.tenants.get_mut(name)) {
                    tenant.objects += 1;
                    tenant.unloaded = false;
                }
            }
            let mut result = object.clone();
            result["result"] = json!({"status": "SUCCESS"});
            results.push(result);
        }
        Reply::json(200, &json!(results))
    }
}

impl State {
    /// The modules besides the backup ones.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &'static str> {
        let all = if self.api_based_modules_disabled { "" } else { MODULES };
        all.lines()
    }

    /// The shards of a collection on one node: a share of them, or one for each active tenant that lies there.
    fn shards_of(&self, collection: &Collection, node: usize) -> Vec<Value> {
        let (nodes, replicas) = (&self.nodes, collection.replicas.max(1));
        let shard = |name: &str, objects: u64, loaded: bool| {
            let status = if loaded { "READY" } else { "LAZY_LOADING" };
            let mut shard = json!({
                "class": collection.name, "compressed": false, "loaded": loaded, "name": name,
                "objectCount": if loaded { objects } else { 0 }, "vectorIndexingStatus": status, "vectorQueueLength": 0,
            });
            if self.profile().shard_replicas {
                shard["asyncReplicationStatus"] = if loaded { json!([]) } else { Value::Null };
                shard["numberOfReplicas"] = json!(replicas);
                shard["replicationFactor"] = json!(replicas);
            }
            shard
        };
        if collection.multi_tenant {
            let here = collection.tenants.iter().enumerate().filter(|(index, (_, tenant))| {
                tenant.status == "HOT" && nodes.get(node).is_some_and(|name| tenant.lies_on(*index, nodes) == name)
            });
            return here.map(|(_, (name, tenant))| shard(name, tenant.objects, !tenant.unloaded)).collect();
        }
        let count = collection.shards.max(1);
        let here = (0..count).filter(|index| collection.lies_on(*index, node, nodes.len()));
        // Twelve digits as the server draws letters, but the same ones each time.
        let seed = collection.name.bytes().fold(5_381_u64, |hash, byte| hash.wrapping_mul(33) ^ u64::from(byte));
        here.map(|index| {
            let seed = seed.wrapping_add(index as u64) & 0xffff_ffff_ffff;
            shard(&format!("{seed:012x}"), collection.objects / count as u64, true)
        })
        .collect()
    }
}
