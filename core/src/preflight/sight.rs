//! Whether the server may hide things from this caller: it leaves out what one may not read, without a word.

use super::fact::Fact;
use super::rights::{MANAGE_BACKUPS, collections};
use crate::api::error::ErrorKind;
use crate::api::wire::{OwnInfo, Role};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Full,
    /// Lists, schema, aliases and nodes may be incomplete.
    MayBePartial,
    /// Not asked, or it could not be told.
    Unknown,
}

/// Whether a role sees all collections and all backups (behaviour notes 5.6): a built-in one, of which `viewer` and
/// `read-only` may start nothing, or one that grants both for every collection. `manage_backups` covers reading them.
fn sees_all(role: &Role) -> bool {
    let grants = |action, resource| collections(role, action, resource).into_iter().flatten().any(|of| of == "*");
    matches!(role.name.as_str(), "admin" | "root" | "viewer" | "read-only")
        || (grants(MANAGE_BACKUPS, "backups") && grants("read_collections", "collections"))
}

/// Whether one of the caller's roles does.
pub fn a_role_sees_all(own_info: &OwnInfo) -> bool {
    own_info.roles.iter().flatten().any(sees_all)
}

/// What the answer of `GET /v1/users/own-info` says about it. Source: behaviour notes 5.6.
pub fn sight(own_info: &Fact<OwnInfo>) -> Sight {
    match own_info {
        Fact::Known { value, .. } => match &value.roles {
            // Role-based access is off, or nothing is assigned: then every call is refused, and nothing is hidden.
            None => Sight::Full,
            Some(_) if a_role_sees_all(value) => Sight::Full,
            Some(_) => Sight::MayBePartial,
        },
        // An anonymous caller, who cannot be combined with roles; or a server from before there was the call.
        Fact::Failed { kind: ErrorKind::NotSignedIn | ErrorKind::NotFound, .. } => Sight::Full,
        Fact::Failed { .. } | Fact::NotAsked | Fact::NotOffered => Sight::Unknown,
    }
}

#[cfg(test)]
mod tests;
