//! Whether two answers are equal: exactly, but for the exemptions of [`crate::rules`].

use crate::Exemptions;
use crate::endpoint::Endpoint;
use crate::rules::{How, In, MEMBERS, Part, TEXTS, TextRule};
use anyhow::{Context, Result};
use regex_lite::Regex;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use weaviate_sim::{Profile, Reply};

/// A value that is longer is cut in what is said of a difference.
const SHOWN_CHARACTERS: usize = 600;

/// What a comparison needs to know of the server besides the two answers.
pub(crate) struct Comparison<'a> {
    pub(crate) endpoint: Endpoint,
    pub(crate) version: &'a str,
    /// The multi-tenant collections: a shard of theirs is a tenant.
    pub(crate) tenanted: BTreeSet<String>,
    pub(crate) exemptions: &'a mut Exemptions,
    pub(crate) differences: Vec<String>,
}

impl Comparison<'_> {
    /// `entry` is a member of `exchanges`.
    pub(crate) fn compare(&mut self, entry: &Value, reply: &Reply) -> Result<()> {
        let recorded = &entry["response"];
        let status = recorded["status"].as_u64().context("no status")?;
        if status != u64::from(reply.status) {
            self.differ("status", &json!(status), &json!(reply.status));
        }
        self.headers(recorded["headers"].as_object().context("no headers")?, reply);
        let text = std::str::from_utf8(&reply.body).context("the simulator's body is no text")?;
        let body = match text {
            "" => json!(""),
            text => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        };
        let names_only = entry["cut"].is_string();
        let (before, after) =
            (self.endpoint.read(&recorded["body"], names_only), self.endpoint.read(&body, names_only));
        self.values("", status, &before, &after)?;
        self.order_of_times(&body);
        self.one_leader(&recorded["body"], &body);
        Ok(())
    }

    fn differ(&mut self, what: &str, recorded: &Value, answered: &Value) {
        let shown = |value: &Value| {
            let text = value.to_string();
            let cut: String = text.chars().take(SHOWN_CHARACTERS).collect();
            if cut.len() < text.len() { format!("{cut}…") } else { text }
        };
        self.differences.push(format!("{what}\n    recorded {}\n    answered {}", shown(recorded), shown(answered)));
    }

    fn excuse(&mut self, name: &'static str) {
        *self.exemptions.entry(name).or_default() += 1;
    }

    fn headers(&mut self, recorded: &Map<String, Value>, reply: &Reply) {
        let answered: BTreeMap<&str, &str> =
            reply.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut recorded: BTreeMap<&str, String> =
            recorded.iter().map(|(name, value)| (name.as_str(), text(value))).collect();
        for name in ["Date", "Content-Length", "Transfer-Encoding"] {
            if recorded.remove(name).is_some() {
                self.excuse("Date, Content-Length, Transfer-Encoding");
            }
        }
        let long = Profile::of(self.version).allowed_headers;
        let names: BTreeSet<&str> = recorded.keys().copied().chain(answered.keys().copied()).collect();
        for name in names {
            let (before, after) = (recorded.get(name).map(String::as_str), answered.get(name).copied());
            if before == after {
            } else if before == Some("(default list)") && after == Some(long) {
                self.excuse("default list of headers");
            } else if name == "Allow" && before.map(methods) == after.map(methods) {
                self.excuse("order of methods in Allow");
            } else {
                self.differ(&format!("header {name}"), &json!(before), &json!(after));
            }
        }
    }

    fn values(&mut self, path: &str, status: u64, before: &Value, after: &Value) -> Result<()> {
        if before == after {
            return Ok(());
        }
        let rule = MEMBERS.iter().find(|rule| rule.on.contains(&self.endpoint) && rule.paths.contains(&path));
        if let Some(rule) = rule
            && self.excused(rule.how, before, after)
        {
            self.excuse(rule.name);
            if !rule.how.is_order() {
                return Ok(());
            }
        }
        let sorted = rule.is_some_and(|rule| self.in_any_order(rule.how));
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => self.objects(path, status, before, after),
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
                let (mut before, mut after): (Vec<&Value>, Vec<&Value>) =
                    (before.iter().collect(), after.iter().collect());
                if sorted {
                    before.sort_by_key(|value| key(value));
                    after.sort_by_key(|value| key(value));
                }
                for (before, after) in before.into_iter().zip(after) {
                    self.values(&format!("{path}[*]"), status, before, after)?;
                }
                Ok(())
            }
            (Value::String(before), Value::String(after)) => self.texts(path, status, before, after),
            _ => {
                self.differ(if path.is_empty() { "body" } else { path }, before, after);
                Ok(())
            }
        }
    }

    fn objects(
        &mut self,
        path: &str,
        status: u64,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) -> Result<()> {
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let member = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match (before.get(name), after.get(name)) {
                (Some(_), Some(_)) if name == "name" && self.is_random_name(&member, before) => {
                    if before[name] != after[name] {
                        self.excuse("name of a shard");
                    }
                }
                (Some(before), Some(after)) => self.values(&member, status, before, after)?,
                (before, after) => {
                    let rule = MEMBERS.iter().find(|rule| {
                        rule.how == How::Presence
                            && rule.on.contains(&self.endpoint)
                            && rule.paths.contains(&member.as_str())
                    });
                    match rule {
                        Some(rule) => self.excuse(rule.name),
                        None => self.differ(&format!("presence of {member}"), &json!(before), &json!(after)),
                    }
                }
            }
        }
        Ok(())
    }

    /// The name of a shard is drawn by the server, unless it is that of a tenant.
    fn is_random_name(&self, path: &str, shard: &Map<String, Value>) -> bool {
        let rule = MEMBERS.iter().any(|rule| rule.how == How::ShardName && rule.paths.contains(&path));
        let class = shard.get("class").and_then(Value::as_str).unwrap_or_default();
        rule && self.endpoint == Endpoint::Nodes && !self.tenanted.contains(class)
    }

    fn in_any_order(&self, how: How) -> bool {
        match how {
            How::Order => true,
            How::OrderBefore138 => {
                Profile::of(self.version).since < weaviate_backups::domain::version::Version::new(1, 38, 0)
            }
            _ => false,
        }
    }

    fn excused(&self, how: How, before: &Value, after: &Value) -> bool {
        let zero = |value: &Value| value.as_str().is_none_or(|time| time.starts_with("0001-01-01T00:00:00"));
        match how {
            How::Value | How::Presence => before.is_null() == after.is_null() || how == How::Presence,
            How::Time => !zero(before) && !zero(after),
            How::Order | How::OrderBefore138 => {
                let keys = |value: &Value| -> Vec<String> { value.as_array().into_iter().flatten().map(key).collect() };
                self.in_any_order(how) && keys(before) != keys(after)
            }
            // Its place decides, which `objects` knows.
            How::ShardName => false,
            How::ANode => [before, after].iter().all(|value| value.as_str().is_some_and(|text| !text.is_empty())),
            How::RaftState => [before, after].iter().all(|state| **state == "Leader" || **state == "Follower"),
        }
    }

    /// Rules for texts that are needed, in their order, until the two are equal.
    fn texts(&mut self, path: &str, status: u64, before: &str, after: &str) -> Result<()> {
        let place = path.rsplit('.').next().unwrap_or_default();
        let applies = |rule: &&TextRule| {
            let here = match rule.within {
                In::Error(statuses) => place == "message" && statuses.contains(&status),
                In::StatusOf(endpoint) => place == "error" && endpoint == self.endpoint && status == 200,
            };
            here && before.contains(rule.about) && after.contains(rule.about)
        };
        let rules: Vec<&TextRule> = TEXTS.iter().filter(applies).collect();
        let mut used = Vec::new();
        let (mut left, mut right) = (before.to_owned(), after.to_owned());
        for rule in rules {
            let pattern = Regex::new(rule.pattern).with_context(|| format!("the pattern of `{}`", rule.name))?;
            let (next_left, next_right) = (normal(&pattern, rule.part, &left), normal(&pattern, rule.part, &right));
            if left != right && (next_left != left || next_right != right) {
                used.push(rule.name);
            }
            (left, right) = (next_left, next_right);
        }
        if left == right {
            for name in used {
                self.excuse(name);
            }
        } else {
            self.differ(if path.is_empty() { "body" } else { path }, &json!(before), &json!(after));
        }
        Ok(())
    }

    /// No operation ends before it starts.
    fn order_of_times(&mut self, body: &Value) {
        let entries = body.as_array().cloned().unwrap_or_else(|| vec![body.clone()]);
        for entry in entries {
            let (started, completed) = (entry["startedAt"].as_str(), entry["completedAt"].as_str());
            if let (Some(started), Some(completed)) = (started, completed)
                && !completed.starts_with("0001")
                && started > completed
            {
                self.differ("completedAt before startedAt", &json!(started), &json!(completed));
            }
        }
    }

    /// Which node leads may differ, not that one does, and that all say so.
    fn one_leader(&mut self, recorded: &Value, body: &Value) {
        let led = recorded["statistics"][0]["leaderId"].as_str().is_some_and(|leader| !leader.is_empty());
        if self.endpoint != Endpoint::Statistics || !led {
            return;
        }
        let nodes: Vec<&Value> = body["statistics"].as_array().into_iter().flatten().collect();
        let leads = |node: &&&Value| node["raft"]["state"] == "Leader";
        let leaders: Vec<&Value> = nodes.iter().filter(leads).map(|node| &node["name"]).collect();
        let named: BTreeSet<String> = nodes.iter().map(|node| node["leaderId"].to_string()).collect();
        let agreed = matches!(leaders.as_slice(), [leader] if named == BTreeSet::from([leader.to_string()]));
        if !agreed && !nodes.is_empty() {
            self.differ("leaders", &json!("one, whom all name"), &json!([leaders, named]));
        }
    }
}

impl How {
    fn is_order(self) -> bool {
        matches!(self, Self::Order | Self::OrderBefore138)
    }
}

/// By what the elements of a set are told apart.
fn key(value: &Value) -> String {
    let names = ["class", "alias", "name", "id"].map(|member| value[member].as_str().unwrap_or_default());
    if names.iter().all(|name| name.is_empty()) { value.to_string() } else { names.join(" ") }
}

fn methods(list: &str) -> BTreeSet<&str> {
    list.split(',').map(str::trim).collect()
}

/// The text with the first group of each match in one form for all that it may be.
fn normal(pattern: &Regex, part: Part, text: &str) -> String {
    let mut normal = String::new();
    let mut end = 0;
    for found in pattern.captures_iter(text).filter_map(|found| found.get(1)) {
        normal.push_str(&text[end..found.start()]);
        let words = found.as_str().trim_matches(['[', ']']);
        let mut parts = match part {
            Part::Any => vec!["…"],
            Part::Words(separator) => words.split(separator).collect(),
            Part::Failures => failures(words),
        };
        parts.sort_unstable();
        normal.push_str(&parts.join(" "));
        end = found.end();
    }
    normal.push_str(&text[end..]);
    normal
}

/// `"Name": text "Name": text`, where a text may hold quotes as well.
fn failures(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text
        .match_indices("\": ")
        .filter_map(|(end, _)| text[..end].rfind('"'))
        .filter(|start| *start == 0 || text[..*start].ends_with(' '))
        .collect();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| text[start..end].trim_end()).collect()
}
