//! Who asks, and what they may do (behaviour notes 0.4, 5.6 and 6.1).

use crate::http::{Reply, Request};
use crate::state::{Auth, Role, User};
use crate::texts;
use serde_json::{Value, json};
use weaviate_backups::domain::pattern::Pattern;

const BUILT_IN: &str = include_str!("data/builtin_permissions.json");

/// The user of a request; `None` on an open server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'a> {
    auth: &'a Auth,
    user: Option<&'a User>,
}

impl Auth {
    /// Reads the key. `anonymous_ok`: the endpoint answers without one; a wrong key is refused all the same.
    pub(crate) fn identify(&self, request: &Request, anonymous_ok: bool) -> Result<Caller<'_>, Reply> {
        let header = request.get_header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let token = header.unwrap_or_else(|| request.query_value("access_token")).trim();
        let unauthorized = |message| Err(texts::openapi(401, 401, message));
        match (token.is_empty(), self.users.is_empty()) {
            (true, true) => Ok(Caller { auth: self, user: None }),
            (false, true) => unauthorized(texts::NO_SCHEME),
            (true, false) if anonymous_ok => Ok(Caller { auth: self, user: None }),
            (true, false) => Err(Reply::text(401, "text/plain; charset=utf-8", texts::KEY_NEEDED)),
            (false, false) => match self.users.iter().find(|user| !user.key.is_empty() && user.key == token) {
                Some(user) => Ok(Caller { auth: self, user: Some(user) }),
                None => unauthorized(texts::INVALID_KEY),
            },
        }
    }
}

impl Caller<'_> {
    pub(crate) fn name(&self) -> &str {
        self.user.map_or("anonymous", |user| &user.name)
    }

    pub(crate) fn is_anonymous(&self) -> bool {
        self.user.is_none()
    }

    /// The roles of the caller, `None` when they do not matter because everything is allowed.
    fn roles(&self) -> Option<Vec<Role>> {
        let user = self.user.filter(|_| self.auth.rbac)?;
        Some(user.roles.iter().filter_map(|name| self.auth.role(name)).collect())
    }

    /// Whether an action such as `read_collections` is allowed on a resource; `domain` is the member of a permission
    /// that names it, as `collections`. A pattern asked for is compared as it is written.
    pub(crate) fn may(&self, action: &str, domain: &str, member: &str, resource: &str) -> bool {
        self.roles().is_none_or(|roles| {
            roles.iter().flat_map(|role| &role.permissions).any(|permission| {
                let allowed = permission[domain][member].as_str().unwrap_or("*");
                permission["action"] == action && Pattern::parse(allowed).is_ok_and(|pattern| pattern.matches(resource))
            })
        })
    }

    pub(crate) fn may_read_collection(&self, name: &str) -> bool {
        self.may("read_collections", "collections", "collection", name)
    }

    /// `verb` is `create`, `read` or `delete`. The built-in readers may read backups though no permission says so.
    pub(crate) fn may_backup(&self, verb: &str, collection: &str) -> bool {
        let reader =
            self.user.is_some_and(|user| user.roles.iter().any(|role| role == "viewer" || role == "read-only"));
        (verb == "read" && reader) || self.may("manage_backups", "backups", "collection", collection)
    }

    /// Refuses unless every collection is permitted, naming the first that is not.
    pub(crate) fn check_backup(&self, verb: &str, collections: &[String]) -> Result<(), Reply> {
        match collections.iter().find(|name| !self.may_backup(verb, name)) {
            None => Ok(()),
            Some(name) => {
                let what = format!("{verb}_backups [[Domain: backups,Collection: {name}]]");
                Err(texts::forbidden(self.name(), &what))
            }
        }
    }

    /// Narrows a selection that was not given by name, silently; refuses when nothing is left.
    pub(crate) fn permitted(&self, selection: Vec<String>) -> Result<Vec<String>, Reply> {
        let (kept, left_out): (Vec<_>, Vec<_>) =
            selection.into_iter().partition(|name| self.may_backup("create", name));
        if kept.is_empty() { Err(texts::all_forbidden(self.name(), &left_out)) } else { Ok(kept) }
    }

    /// `GET /v1/users/own-info`.
    pub(crate) fn own_info(&self) -> Reply {
        if self.is_anonymous() {
            return Reply::empty(401);
        }
        let roles: Vec<Value> = self
            .roles()
            .unwrap_or_default()
            .into_iter()
            .map(|role| json!({"name": role.name, "permissions": role.permissions}))
            .collect();
        let roles = if roles.is_empty() { Value::Null } else { Value::Array(roles) };
        Reply::json(200, &json!({"groups": null, "roles": roles, "username": self.name()}))
    }
}

impl Auth {
    fn role(&self, name: &str) -> Option<Role> {
        let built_in = match name {
            "root" | "admin" => "root",
            "viewer" | "read-only" => "viewer",
            _ => return self.roles.iter().find(|role| role.name == name).cloned(),
        };
        let known: Value = serde_json::from_str(BUILT_IN).unwrap_or_default();
        let permissions = known[built_in].as_array().cloned().unwrap_or_default();
        Some(Role { name: name.to_owned(), permissions })
    }
}
