//! The demo server: the console with its final headers and, on the same origin, a Weaviate, simulated or forwarded to.
//!
//! It listens on loopback only, and it answers its own page only: a forwarded server may be one that trusts whoever reaches it.

mod guard;
mod proxy;
mod report;
mod site;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    thread::JoinHandle,
};

use anyhow::{Context, Result};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CONTENT_TYPE, HeaderName},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;
use weaviate_sim::server::Shared;

use self::{guard::Guard, proxy::Upstream, report::Violations, site::Site};
use crate::bundle::policy::REPORT_PATH;

/// A failure that cuts the connection.
type Cut = Box<dyn std::error::Error + Send + Sync>;
type Body = BoxBody<Bytes, Cut>;

/// The Weaviate at `/v1` of the page's origin.
#[derive(Clone, Debug)]
pub enum Api {
    Simulated(Shared),
    /// `http://host:port` or `https://host/prefix`: what stands before `/v1`.
    Forwarded(String),
}

#[derive(Clone, Debug)]
pub struct Options {
    /// 0 takes any that is free.
    pub port: u16,
    /// A further name that the page may be reached by, at any port: that of a tunnel or a proxy in front.
    pub host: Option<String>,
    /// The folder with the bundle; read once, at the start.
    pub dist: PathBuf,
    pub api: Api,
}

/// A running server; dropping it stops it and closes its connections.
#[derive(Debug)]
pub struct Server {
    pub address: SocketAddr,
    violations: Arc<Violations>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Returns when connections are accepted. Needs no runtime: the server brings its own thread.
    ///
    /// # Errors
    /// The port is taken, the bundle cannot be read, or the address to forward to is none.
    pub fn start(options: Options) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
            .with_context(|| format!("cannot listen on port {} of 127.0.0.1", options.port))?;
        listener.set_nonblocking(true).context("cannot listen without blocking")?;
        let address = listener.local_addr().context("cannot tell the port")?;
        let violations = Arc::new(Violations::default());
        let handler = Arc::new(Handler {
            guard: Guard::new(address.port(), options.host),
            site: Site::read(&options.dist, matches!(options.api, Api::Simulated(_)))?,
            violations: Arc::clone(&violations),
            backend: match options.api {
                Api::Simulated(shared) => Backend::Simulated(shared),
                Api::Forwarded(url) => Backend::Forwarded(Upstream::new(&url)?),
            },
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the server's runtime")?;
        let listener = {
            let _in_runtime = runtime.enter();
            tokio::net::TcpListener::from_std(listener).context("cannot listen")?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                tokio::select! {
                    () = accept(listener, handler) => {}
                    // An error is a sender that was dropped, which is a stop as well.
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { address, violations, stop: Some(stop), thread: Some(thread) })
    }

    /// `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The reports of policy violations so far, as the browser sent them, oldest first.
    pub fn violations(&self) -> Vec<String> {
        self.violations.all()
    }

    /// Waits for the report after the first `known` ones.
    pub fn next_violation(&self, known: usize) -> String {
        self.violations.wait_for(known)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whether the thread still listens for it or has ended: it is over afterwards.
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

#[derive(Debug)]
enum Backend {
    Simulated(Shared),
    Forwarded(Upstream),
}

#[derive(Debug)]
struct Handler {
    guard: Guard,
    site: Site,
    violations: Arc<Violations>,
    backend: Backend,
}

async fn accept(listener: tokio::net::TcpListener, handler: Arc<Handler>) {
    loop {
        // A failed accept concerns one connection only.
        let Ok((stream, _)) = listener.accept().await else { continue };
        let handler = Arc::clone(&handler);
        tokio::spawn(async move {
            let service = service_fn(|request| handler.answer(request));
            // An error is a connection that was cut, by the browser or on purpose: nothing is left to do for it.
            // One request a connection: a browser sends a request again by itself, a POST too, when a connection it had used
            // before is cut, and then nobody could tell what a lost answer does.
            drop(http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await);
        });
    }
}

impl Handler {
    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
        let path = request.uri().path().to_owned();
        if let Some(refusal) = self.guard.refuse(request.headers(), &path) {
            return Ok(text(refusal.status(), refusal.explanation()));
        }
        if path == REPORT_PATH {
            return self.violations.take(request).await;
        }
        if path != "/v1" && !path.starts_with("/v1/") {
            return Ok(self.site.answer(request.method(), &path, request.headers()));
        }
        let mut response = match &self.backend {
            Backend::Simulated(shared) => {
                shared.serve_request(request).await?.map(|body| body.map_err(Cut::from).boxed())
            }
            Backend::Forwarded(upstream) => upstream.forward(request).await?,
        };
        remove_cors(response.headers_mut());
        Ok(response)
    }
}

/// The page is of the same origin; nobody else is to be let in by what the server behind allows.
fn remove_cors(headers: &mut HeaderMap) {
    let cors: Vec<HeaderName> =
        headers.keys().filter(|name| name.as_str().starts_with("access-control-")).cloned().collect();
    for name in cors {
        headers.remove(name);
    }
}

fn full(content: impl Into<Bytes>) -> Body {
    Full::new(content.into()).map_err(|never| match never {}).boxed()
}

fn text(status: StatusCode, explanation: &str) -> Response<Body> {
    let mut response = Response::new(full(format!("{explanation}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests;
