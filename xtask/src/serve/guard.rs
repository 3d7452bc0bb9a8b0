//! Who may ask: the page that this server sent, under a name that can only mean this machine.

use hyper::{
    HeaderMap, StatusCode,
    header::{HOST, ORIGIN},
};

use crate::bundle::policy::REPORT_PATH;

#[derive(Debug)]
pub(super) struct Guard {
    /// `localhost:port` and the like.
    local: [String; 3],
    host: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A name that somebody else may have pointed at this machine: DNS rebinding.
    ForeignHost,
    /// Another site's script.
    ForeignOrigin,
}

impl Refusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::ForeignHost => StatusCode::MISDIRECTED_REQUEST,
            Self::ForeignOrigin => StatusCode::FORBIDDEN,
        }
    }

    pub(super) fn explanation(self) -> &'static str {
        match self {
            Self::ForeignHost => {
                "This demo server answers to localhost, 127.0.0.1, [::1] and the name given with --host only."
            }
            Self::ForeignOrigin => "This demo server answers to its own page only.",
        }
    }
}

impl Guard {
    pub(super) fn new(port: u16, host: Option<String>) -> Self {
        let local = ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}"));
        Self { local, host: host.map(|host| host.to_ascii_lowercase()) }
    }

    /// Why a request is refused; `None`: it may pass.
    pub(super) fn refuse(&self, headers: &HeaderMap, path: &str) -> Option<Refusal> {
        let value = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default().to_ascii_lowercase());
        if !value(HOST).is_some_and(|host| self.is_ours(&host)) {
            return Some(Refusal::ForeignHost);
        }
        // A browser may send a report with the origin `null`. Nothing can be read or done with one.
        if path == REPORT_PATH {
            return None;
        }
        let foreign_origin = value(ORIGIN).is_some_and(|origin| {
            let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            !authority.is_some_and(|authority| self.is_ours(authority))
        });
        // What another site embeds comes without Origin. A link to the page is fine, one to the API is not.
        let foreign_site = headers
            .get("sec-fetch-site")
            .is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none") && path.starts_with("/v1"));
        (foreign_origin || foreign_site).then_some(Refusal::ForeignOrigin)
    }

    fn is_ours(&self, authority: &str) -> bool {
        let of_the_host = || {
            let host = self.host.as_deref()?;
            let rest = authority.strip_prefix(host)?;
            let port = rest
                .strip_prefix(':')
                .is_some_and(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
            Some(rest.is_empty() || port)
        };
        self.local.iter().any(|local| local == authority) || of_the_host() == Some(true)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use hyper::HeaderMap;

    use super::{Guard, Refusal};

    fn refuse(headers: &[(&'static str, &str)], path: &str) -> Option<Refusal> {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        Guard::new(7070, Some("Console.Internal".into())).refuse(&headers, path)
    }

    #[test]
    fn only_names_of_this_machine_with_its_port_and_the_given_name_are_answered() {
        for host in [
            "localhost:7070",
            "127.0.0.1:7070",
            "[::1]:7070",
            "LOCALHOST:7070",
            "console.internal",
            "console.internal:8443",
        ] {
            assert_eq!(refuse(&[("host", host)], "/"), None, "{host}");
        }
        for host in [
            "evil.example:7070",
            "localhost",
            "localhost:7071",
            "127.0.0.1.evil.example:7070",
            "console.internal.evil",
            "console.internal:x",
            "",
        ] {
            assert_eq!(refuse(&[("host", host)], "/"), Some(Refusal::ForeignHost), "{host}");
        }
        assert_eq!(refuse(&[], "/"), Some(Refusal::ForeignHost));
    }

    #[test]
    fn another_origin_is_refused_even_on_this_machine() {
        let host = ("host", "127.0.0.1:7070");
        for origin in ["http://127.0.0.1:7070", "http://localhost:7070", "https://console.internal"] {
            assert_eq!(refuse(&[host, ("origin", origin)], "/v1/meta"), None, "{origin}");
        }
        for origin in ["http://evil.example", "http://localhost:3000", "null", "file://", "ftp://127.0.0.1:7070"] {
            assert_eq!(refuse(&[host, ("origin", origin)], "/v1/meta"), Some(Refusal::ForeignOrigin), "{origin}");
        }
    }

    #[test]
    fn another_site_may_link_to_the_page_but_not_embed_the_api() {
        let host = ("host", "127.0.0.1:7070");
        assert_eq!(refuse(&[host, ("sec-fetch-site", "cross-site")], "/"), None);
        assert_eq!(refuse(&[host, ("sec-fetch-site", "cross-site")], "/v1/meta"), Some(Refusal::ForeignOrigin));
        assert_eq!(refuse(&[host, ("sec-fetch-site", "same-site")], "/v1/meta"), Some(Refusal::ForeignOrigin));
        assert_eq!(refuse(&[host, ("sec-fetch-site", "same-origin")], "/v1/meta"), None);
    }

    #[test]
    fn a_report_may_come_without_a_proper_origin() {
        assert_eq!(refuse(&[("host", "127.0.0.1:7070"), ("origin", "null")], "/csp-report"), None);
    }
}
