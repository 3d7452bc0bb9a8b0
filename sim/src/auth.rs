//! Who asks, and what they may do (behaviour notes 0.4, 5.6 and 6.1).

use crate::engine::{duplicate, expand};
use crate::http::{Reply, Request};
use crate::state::{Access, Auth, Role, User};
use crate::texts;
use serde_json::{Value, json};
use weaviate_backups::domain::pattern::Pattern;

const BUILT_IN_ROLES: [&str; 4] = ["admin", "read-only", "root", "viewer"];
const BUILT_IN: &str = include_str!("data/builtin_permissions.json");

/// The user of a request; `None` on an open server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'a> {
    auth: &'a Auth,
    user: Option<&'a User>,
}

impl Auth {
    /// The schemes that are configured, as the refusal of a request without a key lists them; none: an open server.
    fn schemes(&self) -> String {
        let keys = self.users.iter().any(|user| user.kind != "oidc");
        let schemes = [(keys, "API-keys"), (self.oidc.is_some(), "OIDC")];
        let schemes: Vec<&str> = schemes.into_iter().filter_map(|(on, scheme)| on.then_some(scheme)).collect();
        schemes.join(", ")
    }

    /// Reads the key or token. `anonymous_ok`: the endpoint answers without one; a wrong key is refused all the same.
    pub(crate) fn identify(&self, request: &Request, anonymous_ok: bool) -> Result<Caller<'_>, Reply> {
        let header = request.get_header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let sent = header.unwrap_or_else(|| request.query_value("access_token")).trim();
        let unauthorized = |message: &str| Err(texts::openapi(401, 401, message));
        let schemes = self.schemes();
        match (sent.is_empty(), schemes.is_empty()) {
            (true, true) => return Ok(Caller { auth: self, user: None }),
            (false, true) => return unauthorized(texts::NO_SCHEME),
            (true, false) if anonymous_ok || self.anonymous => return Ok(Caller { auth: self, user: None }),
            (true, false) => {
                return Err(Reply::text(401, "text/plain; charset=utf-8", &texts::key_needed(&schemes)));
            }
            (false, false) => {}
        }
        let user = match (self.oidc.as_ref(), self.tokens.get(sent)) {
            (Some(oidc), Some(token)) => {
                let named = token.audience.as_ref().unwrap_or(&oidc.client_id);
                if token.expired {
                    return unauthorized(texts::TOKEN_EXPIRED);
                }
                if *named != oidc.client_id {
                    return unauthorized(&texts::wrong_audience(&oidc.client_id, named));
                }
                self.users.iter().find(|user| user.name == token.user)
            }
            _ => self.users.iter().find(|user| !user.key.is_empty() && user.key == sent),
        };
        match user {
            Some(user) => Ok(Caller { auth: self, user: Some(user) }),
            None => unauthorized(texts::INVALID_KEY),
        }
    }

    /// `GET /v1/.well-known/openid-configuration`.
    pub(crate) fn openid_configuration(&self) -> Reply {
        let Some(oidc) = &self.oidc else { return Reply::empty(404) };
        let href = format!("{}/.well-known/openid-configuration", oidc.issuer);
        let mut found = json!({"clientId": oidc.client_id, "href": href});
        if !oidc.scopes.is_empty() {
            found["scopes"] = json!(oidc.scopes);
        }
        Reply::json(200, &found)
    }

    fn dynamic_users(&self) -> Vec<String> {
        self.users.iter().filter(|user| user.kind == "db").map(|user| user.name.clone()).collect()
    }

    fn custom_roles(&self) -> Vec<String> {
        self.roles.iter().map(|role| role.name.clone()).collect()
    }

    /// The rules for `includeUsers` and `includeRoles`: patterns over the dynamic users and the custom roles.
    pub(crate) fn check_capture(&self, users: &[String], roles: &[String]) -> Result<(), String> {
        if !users.is_empty() && !self.db_users {
            return Err(texts::NO_USERS.to_owned());
        }
        check_names("user", "dynamic users", "includeUsers", &self.dynamic_users(), users)?;
        if !roles.is_empty() && !self.rbac {
            return Err(texts::NO_ROLES.to_owned());
        }
        if let Some(role) = roles.iter().find(|role| BUILT_IN_ROLES.contains(&role.as_str())) {
            return Err(format!("role \"{role}\" in 'includeRoles' is a built-in role and cannot be backed up"));
        }
        check_names("role", "roles", "includeRoles", &self.custom_roles(), roles)
    }

    /// What a backup takes along: the named users and roles, or all there are.
    pub(crate) fn capture(&self, users: &[String], roles: &[String]) -> Access {
        let named = |all: Vec<String>, names: &[String]| -> Vec<String> {
            let chosen = expand(&all, names);
            all.into_iter().filter(|name| names.is_empty() || chosen.contains(name)).collect()
        };
        let roles = named(self.custom_roles(), roles);
        let kept = |user: &User| user.roles.iter().filter(|role| roles.contains(role)).cloned().collect();
        Access {
            users: self.db_users.then(|| named(self.dynamic_users(), users)),
            assignments: self.users.iter().map(|user| (user.name.clone(), kept(user))).collect(),
            definitions: self.roles.iter().filter(|role| roles.contains(&role.name)).cloned().collect(),
            roles: self.rbac.then_some(roles),
        }
    }

    /// `usersOptions` and `rolesOptions` `all`: what the backup holds takes the place of all there is, but for the users
    /// of the settings and the built-in roles (behaviour notes 8.11).
    pub(crate) fn restore(&mut self, access: &Access, users: bool, roles: bool) {
        if let Some(kept) = access.users.as_ref().filter(|_| users && self.db_users) {
            self.users.retain(|user| user.kind != "db" || kept.contains(&user.name));
            for name in kept {
                if !self.users.iter().any(|user| user.name == *name) {
                    self.users.push(User { kind: "db".to_owned(), ..User::new(name, "", &[]) });
                }
            }
        }
        if let Some(kept) = access.roles.as_ref().filter(|_| roles && self.rbac) {
            let define = |name: &String| {
                let known = access.definitions.iter().chain(&self.roles).find(|role| role.name == *name);
                known.cloned()
            };
            self.roles = kept.iter().filter_map(define).collect();
            for user in &mut self.users {
                let assigned = access.assignments.get(&user.name).cloned().unwrap_or_default();
                user.roles.retain(|role| BUILT_IN_ROLES.contains(&role.as_str()));
                user.roles.extend(assigned.into_iter().filter(|role| kept.contains(role)));
            }
        }
    }
}

/// `noun`, `nouns` and `member` are the words of the refusals.
fn check_names(noun: &str, nouns: &str, member: &str, all: &[String], named: &[String]) -> Result<(), String> {
    if let Some(twice) = duplicate(named) {
        return Err(format!("{noun} list '{member}' contains duplicate: {twice}"));
    }
    let found = expand(all, named);
    if let Some(unknown) = found.iter().find(|name| !all.contains(name)) {
        return Err(format!("{noun} \"{unknown}\" in '{member}' does not exist"));
    }
    if !named.is_empty() && found.is_empty() {
        return Err(format!("no {nouns} match '{member}' [{}]", named.join(" ")));
    }
    Ok(())
}

impl Caller<'_> {
    pub(crate) fn name(&self) -> &str {
        self.user.map_or("anonymous", |user| &user.name)
    }

    /// Only they see on which backup another one builds.
    pub(crate) fn is_root(&self) -> bool {
        self.auth.rbac && self.user.is_some_and(|user| user.root)
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
