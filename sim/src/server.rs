//! A [`Simulator`] behind a socket: the real clock, moved on by whoever tests, real latency, really cut connections.

use crate::{Outcome, Request, Simulator};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The real time, or a moment at which it stands, and what has been added to it. Clones move together.
#[derive(Clone, Debug, Default)]
pub struct SimClock {
    standing_millis: Option<u64>,
    ahead_millis: Arc<AtomicU64>,
}

impl SimClock {
    /// A clock that only [`SimClock::advance`] moves, from this Unix time on.
    pub fn standing_at(millis: u64) -> Self {
        Self { standing_millis: Some(millis), ..Self::default() }
    }

    /// Unix time in milliseconds.
    pub fn now_millis(&self) -> u64 {
        let real = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let base = self.standing_millis.unwrap_or_else(|| u64::try_from(real()).unwrap_or(u64::MAX));
        base.saturating_add(self.ahead_millis.load(Ordering::Relaxed))
    }

    /// Lets the simulated server's time jump; latencies are still waited for in real time.
    pub fn advance(&self, millis: u64) {
        self.ahead_millis.fetch_add(millis, Ordering::Relaxed);
    }
}

/// A simulator that several hold: the server answers from it while a test stages it.
#[derive(Clone, Debug)]
pub struct Shared {
    simulator: Arc<Mutex<Simulator>>,
    pub clock: SimClock,
}

impl Shared {
    pub fn new(simulator: Simulator) -> Self {
        Self { simulator: Arc::new(Mutex::new(simulator)), clock: SimClock::default() }
    }

    /// A scenario as of now; `None`: unknown name.
    pub fn scenario(name: &str) -> Option<Self> {
        Self::scenario_at(name, SimClock::default())
    }

    /// The same by another clock.
    pub fn scenario_at(name: &str, clock: SimClock) -> Option<Self> {
        let simulator = Simulator::scenario(name, clock.now_millis())?;
        Some(Self { clock, ..Self::new(simulator) })
    }

    /// The simulator, brought up to the present. Nothing is answered while it is held.
    pub fn lock(&self) -> MutexGuard<'_, Simulator> {
        // A panic of another holder leaves a state that is as good as any.
        let mut simulator = self.simulator.lock().unwrap_or_else(PoisonError::into_inner);
        simulator.advance(self.clock.now_millis());
        simulator
    }

    /// Answers a request now, without its delay.
    pub fn handle(&self, request: &Request) -> Outcome {
        self.lock().handle(request, self.clock.now_millis())
    }

    /// Answers a request of hyper, with its delay. The error means: cut the connection. Serve it without keep-alive,
    /// or a browser sends what was cut a second time.
    pub async fn serve_request(
        &self,
        request: hyper::Request<Incoming>,
    ) -> Result<hyper::Response<Full<Bytes>>, io::Error> {
        let (parts, body) = request.into_parts();
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let mut simulated = Request::new(parts.method.as_str(), target);
        for (name, value) in &parts.headers {
            simulated.headers.push((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        }
        simulated.body = body.collect().await.map_err(io::Error::other)?.to_bytes().into();
        let Outcome { delay_millis, reply } = self.handle(&simulated);
        tokio::time::sleep(Duration::from_millis(delay_millis)).await;
        let reply = reply.ok_or_else(|| io::Error::from(io::ErrorKind::ConnectionAborted))?;
        let mut response = hyper::Response::builder().status(reply.status);
        for (name, value) in reply.headers {
            response = response.header(name, value);
        }
        response.body(Full::from(reply.body)).map_err(io::Error::other)
    }
}

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct Server {
    pub address: SocketAddr,
    pub shared: Shared,
    accepting: JoinHandle<()>,
}

impl Server {
    /// `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Listens on loopback; port 0 takes any that is free. Needs a tokio runtime.
    pub async fn start(shared: Shared, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let serving = shared.clone();
        let accepting = tokio::spawn(async move {
            // A failed accept concerns one connection only.
            loop {
                if let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve_connection(serving.clone(), stream));
                }
            }
        });
        Ok(Self { address, shared, accepting })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve_connection(shared: Shared, stream: TcpStream) {
    let answer = |request| {
        let shared = shared.clone();
        async move { shared.serve_request(request).await }
    };
    // An error is a connection that was cut, by the browser or on purpose: nothing is left to do for it.
    // A connection for each request: browsers send a request again by themselves when one they used before is cut.
    let connection = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service_fn(answer));
    drop(connection.await);
}
