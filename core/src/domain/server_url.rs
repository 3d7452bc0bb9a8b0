//! The address of a server.

use thiserror::Error;

/// `http` or `https`, host, port and a path prefix before `/v1`, in one normal form: lower-case host, no default port,
/// no `/` at the end, no `/v1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerUrl {
    origin: Origin,
    prefix: String,
}

/// Scheme, host and port: what a browser compares, and what a secret is bound to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ServerUrlError {
    #[error("the address is empty")]
    Empty,
    #[error("the address starts with neither http:// nor https://")]
    Scheme,
    #[error("the address has no host")]
    Host,
    #[error("the port is not between 1 and 65535")]
    Port,
    /// A key in an address would end in logs and histories.
    #[error("the address holds a user name or a password")]
    Credentials,
    #[error("the address has a query or a fragment")]
    QueryOrFragment,
}

impl ServerUrl {
    /// Reads an address as a person types it. An address without a scheme is taken for `http` on a loopback host and
    /// refused elsewhere: guessing there would send a key in the clear.
    pub fn parse(text: &str) -> Result<Self, ServerUrlError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ServerUrlError::Empty);
        }
        let lower = text.to_ascii_lowercase();
        let (scheme, rest) = if lower.starts_with("https://") {
            ("https", &text[8..])
        } else if lower.starts_with("http://") {
            ("http", &text[7..])
        } else if is_loopback_host(lower.split(['/', ':']).next().unwrap_or_default()) {
            ("http", text)
        } else {
            return Err(ServerUrlError::Scheme);
        };
        if rest.contains(['?', '#']) {
            return Err(ServerUrlError::QueryOrFragment);
        }
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        if authority.contains('@') {
            return Err(ServerUrlError::Credentials);
        }
        let (host, port) = split_port(authority)?;
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || "\\<>\"'%^`{|}".contains(c)) {
            return Err(ServerUrlError::Host);
        }
        let default_port = if scheme == "https" { 443 } else { 80 };
        let host = host.to_lowercase();
        let origin = match port {
            Some(port) if port != default_port => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        };
        let mut prefix = path.trim_end_matches('/');
        // Every one: an address that is written down and read again must stay the same.
        while let Some(before) = prefix.strip_suffix("/v1") {
            prefix = before.trim_end_matches('/');
        }
        if prefix.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(ServerUrlError::Host);
        }
        Ok(Self { origin: Origin(origin), prefix: prefix.to_owned() })
    }

    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether requests and the key go over the wire unencrypted.
    pub fn is_plain_http(&self) -> bool {
        self.origin.0.starts_with("http://")
    }

    /// Whether the host is the machine of the browser itself.
    pub fn is_loopback(&self) -> bool {
        is_loopback_host(self.host())
    }

    /// Whether the host is one that a browser may guard by its permission for local networks: a private address, a
    /// name without a dot, or one that ends in `.local`, `.internal`, `.lan` or `.home.arpa`.
    pub fn is_local_network(&self) -> bool {
        let host = self.host();
        let is_local_name =
            || !host.contains('.') || [".internal", ".lan", ".home.arpa"].iter().any(|suffix| host.ends_with(suffix));
        self.is_loopback() || self.is_plainly_local() || (octets(host).is_none() && is_local_name())
    }

    /// Whether the host is local whatever a name server says: a private address, or a name that ends in `.local`.
    pub fn is_plainly_local(&self) -> bool {
        let host = self.host();
        octets(host).map_or_else(
            || host.rsplit_once('.').is_some_and(|(_, last)| last == "local"),
            |octets| {
                matches!(octets, [10, ..] | [192, 168, ..] | [169, 254, ..] | [100, 64..=127, ..] | [172, 16..=31, ..])
            },
        )
    }

    /// The host without port, lower-case; an IPv6 address keeps its brackets.
    pub fn host(&self) -> &str {
        let rest = self.origin.0.split_once("://").map_or("", |(_, rest)| rest);
        match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => rest,
        }
    }

    /// The whole URL of an API path that starts with `/`.
    pub fn join(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin.0, self.prefix)
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), ServerUrlError> {
    let after_host = if authority.starts_with('[') {
        authority.find(']').ok_or(ServerUrlError::Host)? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at(after_host);
    match port.strip_prefix(':') {
        None if port.is_empty() => Ok((host, None)),
        None => Err(ServerUrlError::Host),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.parse() {
            Ok(port) if port > 0 => Ok((host, Some(port))),
            _ => Err(ServerUrlError::Port),
        },
        Some(_) => Err(ServerUrlError::Port),
    }
}

/// The numbers of an IPv4 address.
fn octets(host: &str) -> Option<[u8; 4]> {
    let octets: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    octets?.try_into().ok()
}

fn is_loopback_host(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || {
        let parts: Vec<&str> = host.split('.').collect();
        parts.len() == 4 && parts[0] == "127" && parts.iter().all(|part| part.parse::<u8>().is_ok())
    }
}

impl Origin {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ServerUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}", self.origin.0, self.prefix)
    }
}

impl From<ServerUrl> for String {
    fn from(url: ServerUrl) -> Self {
        url.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn normal(text: &str) -> Result<String, ServerUrlError> {
        ServerUrl::parse(text).map(String::from)
    }

    #[test]
    fn an_address_is_brought_to_one_form() {
        for (typed, expected) in [
            (" http://Localhost:8080/ ", "http://localhost:8080"),
            ("https://weaviate.example.com:443/v1/", "https://weaviate.example.com"),
            ("http://proxy/weaviate/v1", "http://proxy/weaviate"),
            ("http://proxy/weaviate/v1//v1/", "http://proxy/weaviate"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("localhost:8080", "http://localhost:8080"),
            ("127.0.0.1", "http://127.0.0.1"),
        ] {
            assert_eq!(normal(typed).as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_an_address_says_why() {
        for (typed, expected) in [
            ("", ServerUrlError::Empty),
            ("weaviate.example.com", ServerUrlError::Scheme),
            ("ftp://x", ServerUrlError::Scheme),
            ("http://", ServerUrlError::Host),
            ("http://a b", ServerUrlError::Host),
            ("http://x:0", ServerUrlError::Port),
            ("http://x:99999", ServerUrlError::Port),
            ("http://x:", ServerUrlError::Port),
            ("http://x:+80", ServerUrlError::Port),
            ("http://[::1]8080", ServerUrlError::Host),
            ("http://x/a b", ServerUrlError::Host),
            ("http://x/a\u{7f}b", ServerUrlError::Host),
            ("http://x/a\\b", ServerUrlError::Host),
            ("http://me:key@x", ServerUrlError::Credentials),
            ("http://x/?key=1", ServerUrlError::QueryOrFragment),
        ] {
            assert_eq!(normal(typed), Err(expected), "{typed}");
        }
    }

    #[test]
    fn the_host_is_told_from_the_port_even_in_brackets() {
        let host = |text: &str| ServerUrl::parse(text).unwrap().host().to_owned();
        assert_eq!(host("http://Weaviate.example.com:8080/v1"), "weaviate.example.com");
        assert_eq!((host("http://[::1]").as_str(), host("http://[::1]:8080").as_str()), ("[::1]", "[::1]"));
    }

    #[test]
    fn only_the_machine_of_the_browser_is_loopback() {
        let is_loopback = |text: &str| ServerUrl::parse(text).unwrap().is_loopback();
        for own in ["http://localhost", "http://db.localhost:8080", "http://[::1]", "http://127.8.0.1"] {
            assert!(is_loopback(own), "{own}");
        }
        for other in ["http://8.8.8.8", "http://127.0.0.1.example.com", "http://127.a.b.c", "http://127.0.1"] {
            assert!(!is_loopback(other), "{other}");
        }
    }

    #[test]
    fn a_key_goes_unencrypted_by_http_only() {
        let is_plain = |text: &str| ServerUrl::parse(text).unwrap().is_plain_http();
        assert!(is_plain("http://weaviate") && !is_plain("https://weaviate"));
    }

    #[test]
    fn local_networks_are_told_from_public_hosts() {
        let local = |text: &str| ServerUrl::parse(text).unwrap().is_local_network();
        assert!(local("http://10.0.0.7:8080") && local("http://weaviate:8080") && local("http://nas.local"));
        assert!(local("http://172.20.1.1") && local("http://127.0.0.1") && local("http://[::1]:8080"));
        assert!(!local("https://weaviate.example.com") && !local("http://8.8.8.8"));
    }

    #[test]
    fn what_is_local_whatever_a_name_server_says_is_told_from_what_may_be() {
        let plainly = |text: &str| ServerUrl::parse(text).unwrap().is_plainly_local();
        assert!(plainly("http://10.0.0.7:8080") && plainly("http://172.16.1.1") && plainly("http://nas.local"));
        assert!(!plainly("http://weaviate:8080") && !plainly("http://weaviate.internal") && !plainly("http://8.8.8.8"));
    }

    #[test]
    fn the_api_path_comes_after_the_prefix() {
        let url = ServerUrl::parse("https://gate.example.com/a/b/v1").unwrap();
        assert_eq!(url.join("/v1/meta"), "https://gate.example.com/a/b/v1/meta");
        assert_eq!(url.origin().as_str(), "https://gate.example.com");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_a_normal_form_stays(text in "(https?://)?\\PC{0,40}") {
            if let Ok(normal) = normal(&text) {
                prop_assert_eq!(super::tests::normal(&normal), Ok(normal.clone()));
            }
        }
    }
}
