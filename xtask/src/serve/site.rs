//! The bundle as a static host should serve it.

use std::{collections::HashMap, path::Path};

use anyhow::Result;
use hyper::{
    HeaderMap, Method, Response, StatusCode,
    body::Bytes,
    header::{
        ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue,
        REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
    },
};

use super::{Body, full, text};
use crate::bundle::{is_hashed, policy, read, size};

#[derive(Debug)]
struct File {
    content_type: &'static str,
    cache: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

#[derive(Debug)]
pub(super) struct Site {
    files: HashMap<String, File>,
    policy: HeaderValue,
}

impl Site {
    /// Reads the bundle, and tells the page where it is by a `meta` element, which a plain static host does not add.
    pub(super) fn read(dist: &Path, simulated: bool) -> Result<Self> {
        let mut files = HashMap::new();
        for name in size::files(dist)? {
            let compressed = |suffix: &str| {
                let path = dist.join(format!("{name}.{suffix}"));
                path.exists().then(|| read(&path).map(Bytes::from)).transpose()
            };
            let file = File {
                content_type: content_type(&name),
                // The page names the others by their content: only it must be asked for again.
                cache: if is_hashed(&name) { "public, max-age=31536000, immutable" } else { "no-cache" },
                plain: read(&dist.join(&name))?.into(),
                brotli: compressed("br")?,
                gzip: compressed("gz")?,
            };
            files.insert(name, file);
        }
        if let Some(page) = files.get_mut("index.html") {
            let words = if simulated { "simulated same-origin" } else { "same-origin" };
            let meta = format!("<head>\n<meta name=\"weaviate-backup-console\" content=\"{words}\">");
            page.plain = String::from_utf8_lossy(&page.plain).replacen("<head>", &meta, 1).into();
            // Made of the page as it is in the bundle; it is a few hundred bytes.
            page.brotli = None;
            page.gzip = None;
        }
        Ok(Self { files, policy: HeaderValue::from_str(&policy::header())? })
    }

    /// Answers with the final headers, whatever the answer is.
    pub(super) fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Body> {
        let mut response = self.find(method, path, headers);
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        response
    }

    fn find(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Body> {
        let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
        let Some(file) = self.files.get(name) else {
            return text(StatusCode::NOT_FOUND, "There is no such file.");
        };
        if method != Method::GET && method != Method::HEAD {
            let mut refused = text(StatusCode::METHOD_NOT_ALLOWED, "A file can be fetched, nothing else.");
            refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refused;
        }
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let encoded = [("br", &file.brotli), ("gzip", &file.gzip)]
            .into_iter()
            .find_map(|(coding, content)| Some((coding, content.as_ref().filter(|_| accepts(accepted, coding))?)));
        let mut response = Response::new(full(encoded.map_or(&file.plain, |(_, content)| content).clone()));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(file.cache));
        if file.brotli.is_some() || file.gzip.is_some() {
            headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        if let Some((coding, _)) = encoded {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }
}

/// Whether an `Accept-Encoding` names `coding` and does not weigh it 0.
fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let refused = weight
            .trim()
            .strip_prefix("q=")
            .and_then(|weight| weight.parse::<f32>().ok())
            .is_some_and(|weight| weight <= 0.0);
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn a_coding_is_accepted_when_named_and_not_weighed_to_nothing() {
        assert!(accepts("gzip, deflate, br, zstd", "br"));
        assert!(accepts("gzip;q=0.5", "gzip"));
        assert!(!accepts("gzip, deflate", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "gzip"));
    }
}
