//! Whether the server may hide things from this caller: it leaves out what one may not read, without a word.

use super::fact::Fact;
use crate::api::error::ErrorKind;
use crate::api::wire::OwnInfo;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Full,
    /// Lists, schema, aliases and nodes may be incomplete.
    MayBePartial,
    /// Not asked, or it could not be told.
    Unknown,
}

/// Whether a role sees everything (behaviour notes 5.6). `viewer` and `read-only` read everything too, though they may
/// start nothing.
pub fn sees_all(role: &str) -> bool {
    matches!(role, "admin" | "root" | "viewer" | "read-only")
}

/// What the answer of `GET /v1/users/own-info` says about it. Source: behaviour notes 5.6.
pub fn sight(own_info: &Fact<OwnInfo>) -> Sight {
    match own_info {
        Fact::Known { value, .. } => match &value.roles {
            // Role-based access is off, or nothing is assigned: then every call is refused, and nothing is hidden.
            None => Sight::Full,
            Some(roles) if roles.iter().any(|role| sees_all(&role.name)) => Sight::Full,
            Some(_) => Sight::MayBePartial,
        },
        // An anonymous caller, who cannot be combined with roles; or a server from before there was the call.
        Fact::Failed { kind: ErrorKind::NotSignedIn | ErrorKind::NotFound, .. } => Sight::Full,
        Fact::Failed { .. } | Fact::NotAsked | Fact::NotOffered => Sight::Unknown,
    }
}

#[cfg(test)]
mod tests;
