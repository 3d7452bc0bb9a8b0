//! Who sends a request.

use super::request::Request;

/// An HTTP answer that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 100 to 599.
    pub status: u16,
    pub body: Vec<u8>,
    /// From sending to the last byte.
    pub round_trip_millis: u32,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The request or the answer did not get through. A page cannot tell CORS from a dead host, an unknown name, a
    /// refused certificate or a denied permission.
    Unreachable,
    /// The time limit passed. Whether the server acted is unknown.
    TimedOut { limit_millis: u32 },
    /// Whoever asked does not want the answer any more.
    Aborted,
    /// The server sent the browser elsewhere, which it was told not to follow: a sign-in page in front of the API.
    Redirected,
}

/// Sends requests to one connection. Implemented over `fetch` in a browser and over the simulator in tests.
///
/// An implementation sends each request exactly once, adds the key only when [`Request::with_key`] says so, and keeps
/// the time limit of [`super::call::Call::time_limit_millis`].
pub trait Transport {
    fn send(&self, request: &Request) -> impl Future<Output = Result<Answer, NoAnswer>>;
}
