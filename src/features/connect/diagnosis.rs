//! From what was observed to the likely cause. Pure: each rule says what a page can know, and no more.

use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::domain::server_url::ServerUrl;

use crate::server::MetaFacts;

/// What one attempt to connect observed, in the order in which it was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// `GET /v1/.well-known/openid-configuration` without a key: every Weaviate answers it, to every origin (behaviour
    /// notes 6.2). `Ok` is the scheme it tells.
    pub discovery: Result<Discovery, ApiError>,
    /// When the discovery could not be read: milliseconds after which the same address answered unread.
    pub answered_unread: Option<u32>,
    /// `GET /v1/meta` with the key, when there is one. `None` when it was not asked.
    pub meta: Option<Result<MetaFacts, ApiError>>,
    pub page: PageFacts,
    pub key_was_sent: bool,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// What `GET /v1/.well-known/openid-configuration` told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Discovery {
    Oidc { issuer: String },
    NoOidc,
}

/// What the page knows of itself: independent facts, each read from another place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    pub origin: String,
    pub is_https: bool,
    pub is_online: bool,
    pub local_network: LocalNetwork,
    /// The page's own policy stopped the request.
    pub policy_blocked: bool,
}

/// What the browser's permission for local networks says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LocalNetwork {
    /// This browser has no such permission.
    #[default]
    NotGuarded,
    /// Granted, or yet to be asked for.
    NotDenied,
    Denied,
}

impl LocalNetwork {
    /// The names of the permission that an address needs, the one that counts first. Chromium had one permission at
    /// first, and by now asks for the machine itself and for the network around it apart.
    pub fn permissions(url: &ServerUrl) -> [&'static str; 2] {
        [if url.is_loopback() { "loopback-network" } else { "local-network" }, "local-network-access"]
    }

    /// From the states of [`LocalNetwork::permissions`]; a name that the browser does not know has none.
    pub fn of_states<'a>(states: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known = Self::NotGuarded;
        for state in states {
            match state {
                "denied" => return Self::Denied,
                "granted" => return Self::NotDenied,
                // Not answered under this name, perhaps under the next.
                _ => known = Self::NotDenied,
            }
        }
        known
    }
}

/// The likely cause, worst to change first. Each has a heading, an explanation and a line to change in `i18n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The browser says that there is no network.
    Offline,
    /// The page's own Content-Security-Policy names no such address in `connect-src`.
    PagePolicy,
    /// An https page may call no http server but on loopback.
    MixedContent,
    LocalNetworkDenied,
    /// Something answers, but not to this page: `CORS_ALLOW_ORIGIN=` this origin.
    Cors {
        /// Bare requests are answered and those with a key are not: the preflight fails, as with a list of origins.
        only_with_key: bool,
    },
    /// Nothing answered: dead host, unknown name, wrong port, refused certificate. A page cannot tell these apart.
    NotReachable,
    TimedOut,
    /// A redirect: something in front of the server wants a sign-in of its own.
    RedirectToSignIn,
    /// It answers, and not like a Weaviate.
    NotWeaviate {
        http_status: Option<u16>,
        excerpt: Option<String>,
    },
    /// 401 without a key. `schemes` are the server's words for what it accepts: `API-keys`, `OIDC`.
    KeyNeeded {
        schemes: Vec<String>,
    },
    /// 401 with a key.
    WrongKey,
    /// A key was sent to a server without any scheme, which refuses that.
    KeyNotWanted,
    /// Everything is fine, but the server has no place for backups.
    NoBackupModule,
    /// Refused in words that fit none of these.
    Refused,
}

/// The result of an attempt: a server to open, or a cause.
pub fn diagnose(url: &ServerUrl, observed: &Observed) -> Result<MetaFacts, Cause> {
    match (&observed.discovery, &observed.meta) {
        (_, Some(Ok(meta))) if meta.backends.is_empty() => Err(Cause::NoBackupModule),
        (_, Some(Ok(meta))) => Ok(meta.clone()),
        (Ok(_), Some(Err(error))) => Err(match error.kind {
            // The bare discovery was read a moment ago, so the server is there: the preflight of the key failed.
            ErrorKind::Unreachable if observed.key_was_sent => Cause::Cors { only_with_key: true },
            _ => cause_of(url, observed, error),
        }),
        (Err(error), _) => Err(cause_of(url, observed, error)),
        // Not asked although the discovery was read: nothing is known to be wrong, and nothing to be right.
        (Ok(_), None) => Err(Cause::NotReachable),
    }
}

fn cause_of(url: &ServerUrl, observed: &Observed, error: &ApiError) -> Cause {
    match error.kind {
        ErrorKind::Unreachable | ErrorKind::Aborted => unreachable_cause(url, observed),
        ErrorKind::TimedOut { .. } => Cause::TimedOut,
        ErrorKind::Redirected => Cause::RedirectToSignIn,
        ErrorKind::NotSignedIn => sign_in_cause(observed, error),
        ErrorKind::NotJson
        | ErrorKind::Truncated
        | ErrorKind::OtherShape
        | ErrorKind::EmptyAnswer
        | ErrorKind::ForeignError
        | ErrorKind::NotFound => Cause::NotWeaviate { http_status: error.http_status, excerpt: error.excerpt.clone() },
        ErrorKind::NotPermitted | ErrorKind::Refused => Cause::Refused,
    }
}

/// A page is told one thing only, "failed to fetch": what it knows of itself goes first, then whether anything answered.
fn unreachable_cause(url: &ServerUrl, observed: &Observed) -> Cause {
    let page = &observed.page;
    if page.policy_blocked {
        Cause::PagePolicy
    } else if !page.is_online && !url.is_loopback() {
        Cause::Offline
    } else if is_mixed_content(url, page) {
        Cause::MixedContent
    } else if page.local_network == LocalNetwork::Denied && url.is_local_network() {
        Cause::LocalNetworkDenied
    } else if observed.answered_unread.is_some() {
        Cause::Cors { only_with_key: false }
    } else {
        Cause::NotReachable
    }
}

/// An https page, and an http server: what a browser stops, with exceptions that it makes.
pub fn is_http_from_https(url: &ServerUrl, page: &PageFacts) -> bool {
    page.is_https && url.is_plain_http()
}

/// Whether every browser stops the request for the page's https alone. Chromium, which guards local networks by a
/// permission, leaves what is plainly local to that; with Firefox it excepts the machine itself, which `WebKit` does not.
fn is_mixed_content(url: &ServerUrl, page: &PageFacts) -> bool {
    let is_left_to_permission = page.local_network != LocalNetwork::NotGuarded && url.is_plainly_local();
    is_http_from_https(url, page) && !url.is_loopback() && !is_left_to_permission
}

/// A 401 tells in its words which of three it is (behaviour notes 6.1).
fn sign_in_cause(observed: &Observed, error: &ApiError) -> Cause {
    let words = error.words();
    if words.contains("no authentication scheme is configured") {
        return Cause::KeyNotWanted;
    }
    if !observed.key_was_sent || words.contains("anonymous access not enabled") {
        let schemes = words
            .rsplit_once('[')
            .and_then(|(_, rest)| rest.split_once(']'))
            .map(|(list, _)| list.split(',').map(|scheme| scheme.trim().to_owned()).collect())
            .unwrap_or_default();
        return Cause::KeyNeeded { schemes };
    }
    Cause::WrongKey
}

/// What an unreadable answer rules out, so that nobody looks there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuledOut {
    NameAndPort,
    Certificate,
    Offline,
    MixedContent,
    LocalNetwork,
    KeyNotSent,
}

/// Empty when a server answered in words: then there is nothing to guess.
pub fn ruled_out(url: &ServerUrl, observed: &Observed) -> Vec<RuledOut> {
    let unreadable = matches!(&observed.discovery, Err(error) if error.kind == ErrorKind::Unreachable);
    if !unreadable {
        return Vec::new();
    }
    let page = &observed.page;
    let answered = observed.answered_unread.is_some();
    [
        (answered, RuledOut::NameAndPort),
        (answered && !url.is_plain_http(), RuledOut::Certificate),
        (page.is_online, RuledOut::Offline),
        (!is_http_from_https(url, page), RuledOut::MixedContent),
        (page.local_network != LocalNetwork::Denied, RuledOut::LocalNetwork),
        (!observed.key_was_sent || observed.meta.is_none(), RuledOut::KeyNotSent),
    ]
    .into_iter()
    .filter_map(|(holds, what)| holds.then_some(what))
    .collect()
}

#[cfg(test)]
mod tests;
