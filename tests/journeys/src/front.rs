//! A host before the page's own, as whoever runs the console may have one: over TLS, with a policy of its own, at
//! a path, or without some of the files, or with damaged ones.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::stage::Stage;

type Cut = Box<dyn std::error::Error + Send + Sync>;

/// How a front serves the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// Over TLS, with a certificate that it signed itself.
    pub tls: bool,
    /// A second Content-Security-Policy: a browser holds a page to both.
    pub policy: Option<&'static str>,
    /// The path that the page is at, as an address has it, without a slash at its end. The API stays at the origin's own.
    pub path: &'static str,
}

/// A running front; dropping it stops it.
#[derive(Debug)]
pub struct Front {
    url: String,
    host: Arc<Host>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Host {
    /// The stage's server.
    behind: String,
    path: &'static str,
    policy: Option<HeaderValue>,
    client: Client<HttpConnector, Incoming>,
    /// The file that is not there, by its name without its hash: `console-list.wasm`.
    lost: watch::Sender<Option<&'static str>>,
    /// The file with a bit that is another.
    damaged: watch::Sender<Option<&'static str>>,
    /// The file whose answer waits.
    held: watch::Sender<Option<&'static str>>,
    /// The names of the files that were asked for, without their hashes.
    asked: Mutex<Vec<String>>,
}

impl Front {
    /// Puts a front before the server of a stage.
    pub async fn put_before(stage: &Stage, manner: Manner) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("a front cannot listen")?;
        let scheme = if manner.tls { "https" } else { "http" };
        let url = format!("{scheme}://{}{}", listener.local_addr()?, manner.path);
        let host = Arc::new(Host {
            behind: stage.server.url(),
            path: manner.path,
            policy: manner.policy.map(HeaderValue::from_static),
            client: Client::builder(TokioExecutor::new()).build(HttpConnector::new()),
            lost: watch::Sender::default(),
            damaged: watch::Sender::default(),
            held: watch::Sender::default(),
            asked: Mutex::default(),
        });
        let tls = manner.tls.then(acceptor).transpose()?;
        let accepting = tokio::spawn(accept(listener, tls, Arc::clone(&host)));
        Ok(Self { url, host, accepting })
    }

    /// `https://127.0.0.1:port`, and the path if there is one.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on there is no such file, whatever its hash; with `None` it is back.
    pub fn lose(&self, name: Option<&'static str>) {
        self.host.lost.send_replace(name);
    }

    /// From now on that file comes with one bit in its middle turned; with `None` it is whole again.
    pub fn damage(&self, name: Option<&'static str>) {
        self.host.damaged.send_replace(name);
    }

    /// From now on the answer with that file waits; with `None` it goes on.
    pub fn hold(&self, name: Option<&'static str>) {
        self.host.held.send_replace(name);
    }

    /// How often a file was asked for.
    pub fn asked(&self, name: &str) -> usize {
        self.host.asked().iter().filter(|asked| *asked == name).count()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn acceptor() -> Result<TlsAcceptor> {
    let made = rcgen::generate_simple_self_signed([Ipv4Addr::LOCALHOST.to_string()])?;
    let key: PrivateKeyDer = made.signing_key.into();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, host: Arc<Host>) {
    loop {
        // A failed accept concerns one connection only.
        let Ok((stream, _)) = listener.accept().await else { continue };
        let (tls, host) = (tls.clone(), Arc::clone(&host));
        tokio::spawn(async move {
            match tls {
                None => serve(stream, host).await,
                Some(tls) => {
                    // An error is a browser that went away.
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, host).await;
                    }
                }
            }
        });
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, host: Arc<Host>) {
    let service = service_fn(|request| host.answer(request));
    // An error is a connection that was cut. One request a connection, as the server behind.
    drop(http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await);
}

/// `console-list.wasm` of `/console-list-0123456789abcdef.wasm`; `None` for a path without a hash.
fn without_hash(path: &str) -> Option<String> {
    let (_, file) = path.rsplit_once('/')?;
    let (stem, extension) = file.rsplit_once('.')?;
    let (name, _) = stem.rsplit_once('-')?;
    Some(format!("{name}.{extension}"))
}

fn not_found() -> Result<Response<BoxBody<Bytes, Cut>>, Cut> {
    let nothing = Full::new(Bytes::new()).map_err(|never| match never {}).boxed();
    Ok(Response::builder().status(StatusCode::NOT_FOUND).body(nothing)?)
}

impl Host {
    fn asked(&self) -> MutexGuard<'_, Vec<String>> {
        // A list of texts is whole whatever panicked beside it.
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<BoxBody<Bytes, Cut>>, Cut> {
        let (mut parts, body) = request.into_parts();
        let file = without_hash(parts.uri.path());
        if let Some(name) = file.as_deref() {
            self.asked().push(name.to_owned());
            self.held.subscribe().wait_for(|held| *held != Some(name)).await?;
            if *self.lost.borrow() == Some(name) {
                return not_found();
            }
        }
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let target = match target.strip_prefix(self.path) {
            Some(within) => within,
            None if target.starts_with("/v1/") => target,
            None => return not_found(),
        };
        parts.uri = format!("{}{target}", self.behind).parse()?;
        let damaged = file.is_some() && *self.damaged.borrow() == file.as_deref();
        if damaged {
            // The bytes of the file itself, not of its compressed form: that would be refused before its hash is looked at.
            parts.headers.remove(ACCEPT_ENCODING);
        }
        let response = self.client.request(Request::from_parts(parts, body)).await?;
        let mut response = if damaged {
            let (mut parts, body) = response.into_parts();
            let mut content = body.collect().await?.to_bytes().to_vec();
            let middle = content.len() / 2;
            *content.get_mut(middle).ok_or("an empty file cannot be damaged")? ^= 1;
            // So that a journey can repair it without the browser's cache.
            parts.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Response::from_parts(parts, Full::from(content).map_err(|never| match never {}).boxed())
        } else {
            response.map(|body| body.map_err(Cut::from).boxed())
        };
        if let Some(policy) = &self.policy {
            response.headers_mut().append(CONTENT_SECURITY_POLICY, policy.clone());
        }
        Ok(response)
    }
}
