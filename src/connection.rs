//! Saved connections: what is kept in the browser about a server, never its key unless asked.

use serde::{Deserialize, Serialize};
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::server_url::ServerUrl;

/// One saved server. It is stored as JSON; the key is stored elsewhere, and only when [`KeepKey::InBrowser`] was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedConnection {
    pub id: ConnectionId,
    pub name: String,
    pub url: ServerUrl,
    pub environment: Environment,
    pub sign_in: SignIn,
    pub keep_key: KeepKey,
    /// Milliseconds since 1970.
    #[serde(default)]
    pub last_used: i64,
    /// The version that the server had then.
    #[serde(default)]
    pub last_version: Option<String>,
}

/// How a person names the risk of a server; shown as a colour and a word so that nobody restores into production by
/// mistake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    Production,
    Staging,
    #[default]
    Development,
}

impl Environment {
    pub const ALL: [Self; 3] = [Self::Production, Self::Staging, Self::Development];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    #[default]
    None,
    ApiKey,
    /// An OIDC token, got elsewhere.
    BearerToken,
}

impl SignIn {
    pub const ALL: [Self; 3] = [Self::None, Self::ApiKey, Self::BearerToken];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepKey {
    /// A reload asks again.
    #[default]
    InMemory,
    /// Unencrypted, readable by every script of the page's origin.
    InBrowser,
}

macro_rules! ordinals {
    ($($choice:ident),*) => {
        $(impl From<$choice> for u8 {
            /// The place among all of its kind, for the options of a control.
            fn from(choice: $choice) -> Self {
                choice as Self
            }
        })*
    };
}

ordinals!(Environment, SignIn, KeepKey);

/// An id for a new connection, made of its name and unlike every one there is.
pub fn new_id<'c>(name: &str, taken: impl Iterator<Item = &'c ConnectionId> + Clone) -> ConnectionId {
    let mut slug = String::new();
    for character in name.to_lowercase().chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    let base = if slug.is_empty() { "server" } else { slug };
    let is_free = |id: &str| taken.clone().all(|other| other.0 != id);
    let numbered = (2_u32..).map(|number| format!("{base}-{number}"));
    let free = std::iter::once(base.to_owned()).chain(numbered).find(|id| is_free(id));
    ConnectionId(free.unwrap_or_else(|| base.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_and_unlike_each_other() {
        let id = |name: &str, taken: &[&str]| {
            let taken: Vec<ConnectionId> = taken.iter().map(|id| ConnectionId((*id).to_owned())).collect();
            new_id(name, taken.iter()).0
        };
        assert_eq!(id("Prod EU (main)", &[]), "prod-eu-main");
        assert_eq!(id("prod", &["prod", "prod-2"]), "prod-3");
        assert_eq!(id("生产", &[]), "server");
    }
}
