//! Requests over the browser's `fetch`.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Method as HttpMethod, RequestBuilder};
use weaviate_backups::api::request::{Method, Request};
use weaviate_backups::api::transport::{Answer, NoAnswer, Transport};
use weaviate_backups::domain::secret::Secret;
use weaviate_backups::domain::server_url::ServerUrl;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect, ResponseType};

use super::clock::{Timer, monotonic_now};

/// Sends to one server, with its key if there is one.
#[derive(Clone)]
pub struct FetchTransport {
    url: ServerUrl,
    secret: Option<Secret>,
    on_answer_to_key: Option<Rc<dyn Fn(u16)>>,
}

impl FetchTransport {
    pub fn new(url: ServerUrl, secret: Option<Secret>) -> Self {
        Self { url, secret, on_answer_to_key: None }
    }

    /// Calls with the status of each answer to a request that carried the key.
    #[must_use]
    pub fn on_answer_to_key(self, call: impl Fn(u16) + 'static) -> Self {
        Self { on_answer_to_key: Some(Rc::new(call)), ..self }
    }
}

/// Aborts the request when the wait for it is given up, and takes the time limit back.
struct Limit {
    controller: AbortController,
    passed: Rc<Cell<bool>>,
    _timer: Timer,
}

impl Limit {
    fn new(millis: u32) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let passed = Rc::new(Cell::new(false));
        let timer = Timer::after(u64::from(millis), {
            let (controller, passed) = (controller.clone(), Rc::clone(&passed));
            move || {
                passed.set(true);
                controller.abort();
            }
        });
        Some(Self { controller, passed, _timer: timer })
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        // Does nothing to a request that has been answered.
        self.controller.abort();
    }
}

impl Transport for FetchTransport {
    async fn send(&self, request: &Request) -> Result<Answer, NoAnswer> {
        let limit_millis = request.call.time_limit_millis();
        let limit = Limit::new(limit_millis).ok_or(NoAnswer::Unreachable)?;
        let no_answer = |aborted: bool| match (limit.passed.get(), aborted) {
            (true, _) => NoAnswer::TimedOut { limit_millis },
            (false, true) => NoAnswer::Aborted,
            (false, false) => NoAnswer::Unreachable,
        };
        let sent_at = monotonic_now();
        let built = self.build(request, &limit.controller).map_err(|_| NoAnswer::Unreachable)?;
        let response = built.send().await.map_err(|error| no_answer(is_abort(&error)))?;
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(NoAnswer::Redirected);
        }
        if let (true, Some(call)) = (request.with_key && self.secret.is_some(), &self.on_answer_to_key) {
            call(response.status());
        }
        let body = response.binary().await.map_err(|error| no_answer(is_abort(&error)))?;
        let round_trip = monotonic_now().saturating_sub(sent_at);
        Ok(Answer { status: response.status(), body, round_trip_millis: u32::try_from(round_trip).unwrap_or(u32::MAX) })
    }
}

impl FetchTransport {
    /// `credentials: same-origin` lets a portal's cookie pass its own proxy and never go elsewhere. Only the headers
    /// that every version of the server allows across origins are set (behaviour notes 6.3).
    fn build(
        &self,
        request: &Request,
        controller: &AbortController,
    ) -> Result<gloo_net::http::Request, gloo_net::Error> {
        let method = match request.method {
            Method::Get => HttpMethod::GET,
            Method::Post => HttpMethod::POST,
            Method::Delete => HttpMethod::DELETE,
        };
        let mut builder = RequestBuilder::new(&self.url.join(&request.path))
            .method(method)
            .header("Accept", "application/json")
            .credentials(RequestCredentials::SameOrigin)
            .redirect(RequestRedirect::Manual)
            .cache(RequestCache::NoStore)
            .referrer_policy(ReferrerPolicy::NoReferrer)
            .abort_signal(Some(&controller.signal()));
        let authorization = self.secret.as_ref().and_then(|secret| secret.authorization_for(self.url.origin()));
        if let (true, Some(authorization)) = (request.with_key, authorization) {
            builder = builder.header("Authorization", &authorization);
        }
        match &request.body {
            Some(body) => builder.header("Content-Type", "application/json").body(body.as_str()),
            None => builder.build(),
        }
    }
}

fn is_abort(error: &gloo_net::Error) -> bool {
    matches!(error, gloo_net::Error::JsError(error) if error.name == "AbortError")
}
