//! `/v1` of another server, passed on as it comes: no key is added, nothing of an answer is changed but what would let others in.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use http_body_util::BodyExt;
use hyper::{
    HeaderMap, Request, Response, StatusCode, Uri,
    body::Incoming,
    header::{
        CONNECTION, COOKIE, HOST, HeaderName, ORIGIN, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, REFERER, SET_COOKIE, TE,
        TRAILER, TRANSFER_ENCODING, UPGRADE,
    },
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use super::{Body, Cut, text};

/// How long a server may take to accept a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// What concerns one connection only.
const HOP_BY_HOP: [HeaderName; 7] =
    [CONNECTION, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE];

/// What a browser says about the page, which the server behind has nothing to do with. Cookies of a loopback address belong to every port.
const OF_THE_PAGE: [HeaderName; 4] = [COOKIE, HOST, ORIGIN, REFERER];

#[derive(Debug)]
pub(super) struct Upstream {
    /// Without a slash at its end.
    base: String,
    client: Sender,
}

/// Apart, so that a server of plain http does without the system's certificates.
#[derive(Debug)]
enum Sender {
    Http(Client<HttpConnector, Incoming>),
    Https(Client<HttpsConnector<HttpConnector>, Incoming>),
}

impl Upstream {
    /// `url` is what stands before `/v1`.
    pub(super) fn new(url: &str) -> Result<Self> {
        let base = url.trim_end_matches('/').trim_end_matches("/v1").to_owned();
        let uri: Uri = base.parse().with_context(|| format!("`{url}` is no address"))?;
        let scheme = uri.scheme_str().unwrap_or_default();
        ensure!(matches!(scheme, "http" | "https"), "`{url}` does not start with http:// or https://");
        ensure!(uri.query().is_none(), "`{url}` has a query");
        ensure!(
            !uri.authority().is_some_and(|authority| authority.as_str().contains('@')),
            "`{url}` holds a name or a password; the page asks for the key"
        );
        let mut http = HttpConnector::new();
        http.set_connect_timeout(Some(CONNECT_LIMIT));
        let client = if scheme == "http" {
            Sender::Http(Client::builder(TokioExecutor::new()).build(http))
        } else {
            http.enforce_http(false);
            let https = HttpsConnectorBuilder::new()
                .with_native_roots()
                .context("the system has no certificates to check a server by")?
                .https_only()
                .enable_http1()
                .wrap_connector(http);
            Sender::Https(Client::builder(TokioExecutor::new()).build(https))
        };
        Ok(Self { base, client })
    }

    /// Both bodies are passed on piece by piece. A server that cannot be reached is a 502 with the reason, as from any reverse proxy; an
    /// answer that was lost is a connection that is cut.
    pub(super) async fn forward(&self, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
        let (mut parts, body) = request.into_parts();
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        parts.uri = format!("{}{target}", self.base).parse()?;
        remove_hop_by_hop(&mut parts.headers);
        for name in OF_THE_PAGE {
            parts.headers.remove(name);
        }
        let request = Request::from_parts(parts, body);
        let answered = match &self.client {
            Sender::Http(client) => client.request(request).await,
            Sender::Https(client) => client.request(request).await,
        };
        match answered {
            Ok(response) => {
                let (mut parts, body) = response.into_parts();
                remove_hop_by_hop(&mut parts.headers);
                parts.headers.remove(SET_COOKIE);
                Ok(Response::from_parts(parts, body.map_err(Cut::from).boxed()))
            }
            Err(error) if error.is_connect() => {
                let reason = anyhow::Error::from(error);
                Ok(text(StatusCode::BAD_GATEWAY, &format!("{} cannot be reached: {reason:#}", self.base)))
            }
            // The server may have acted: the page must see a lost answer, not one that this proxy made up.
            Err(error) => Err(error.into()),
        }
    }
}

fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.into_iter().chain(HOP_BY_HOP) {
        headers.remove(name);
    }
    headers.remove("keep-alive");
}
