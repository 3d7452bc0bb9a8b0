//! Saved connections: what is kept in the browser about a server, never its key unless asked.

use weaviate_backups::api::json::{json_members, json_words};
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::server_url::ServerUrl;

/// One saved server. It is stored as JSON; the key is stored elsewhere, and only when [`KeepKey::InBrowser`] was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedConnection {
    pub id: ConnectionId,
    pub name: String,
    pub url: ServerUrl,
    pub environment: Environment,
    pub sign_in: SignIn,
    pub keep_key: KeepKey,
    /// Milliseconds since 1970.
    pub last_used: i64,
    /// The version that the server had then.
    pub last_version: Option<String>,
}

json_members!(SavedConnection {
    id: required "id",
    name: required "name",
    url: required "url",
    environment: required "environment",
    sign_in: required "sign_in",
    keep_key: required "keep_key",
    last_used: defaulted "last_used",
    last_version: nullable "last_version",
});

/// How a person names the risk of a server; shown as a colour and a word so that nobody restores into production by
/// mistake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Environment {
    Production,
    Staging,
    #[default]
    Development,
}

json_words!(Environment { Production = "production", Staging = "staging", Development = "development" });

impl Environment {
    pub const ALL: [Self; 3] = [Self::Production, Self::Staging, Self::Development];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    #[default]
    None,
    ApiKey,
    /// An OIDC token, got elsewhere.
    BearerToken,
}

json_words!(SignIn { None = "none", ApiKey = "api_key", BearerToken = "bearer_token" });

impl SignIn {
    pub const ALL: [Self; 3] = [Self::None, Self::ApiKey, Self::BearerToken];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeepKey {
    /// A reload asks again.
    #[default]
    InMemory,
    /// Unencrypted, readable by every script of the page's origin.
    InBrowser,
}

json_words!(KeepKey { InMemory = "in_memory", InBrowser = "in_browser" });

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
    use weaviate_backups::api::json::Json;

    use weaviate_backups::api::json;

    use super::*;

    #[test]
    fn a_saved_connection_is_read_as_earlier_consoles_wrote_it() {
        let text = r#"{"environment":"staging","id":"prod","keep_key":"in_browser","last_used":7,"last_version":null,"name":"Prod","sign_in":"api_key","url":"https://weaviate.example"}"#;
        let connection: SavedConnection = json::read(text).unwrap();
        assert_eq!(connection.sign_in, SignIn::ApiKey);
        assert_eq!(connection.to_json().to_string(), text);
        let oldest = r#"{"id":"a","name":"A","url":"http://localhost:8080","environment":"development","sign_in":"none","keep_key":"in_memory"}"#;
        assert_eq!(json::read::<SavedConnection>(oldest).unwrap().last_used, 0);
        assert_eq!(
            json::read::<SavedConnection>(&oldest.replace("http://", "")).map(|read| read.url.to_string()),
            Ok("http://localhost:8080".to_owned())
        );
        assert!(json::read::<SavedConnection>(&oldest.replace("in_memory", "on_paper")).is_err());
    }

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
