//! The endpoint to which browsers report violations of the policy.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use http_body_util::{BodyExt, Limited};
use hyper::{Method, Request, Response, StatusCode, body::Incoming};

use super::{Body, Cut, full, text};

/// A report is a kilobyte or two.
const LARGEST_REPORT_BYTES: usize = 64 * 1024;

/// More than a person reads; a page in a loop must not fill the memory.
const KEPT_REPORTS: usize = 1_000;

#[derive(Debug, Default)]
pub(super) struct Violations {
    reports: Mutex<Vec<String>>,
    added: Condvar,
}

impl Violations {
    pub(super) async fn take(&self, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
        if request.method() != Method::POST {
            return Ok(text(StatusCode::METHOD_NOT_ALLOWED, "Reports are sent with POST."));
        }
        let body = Limited::new(request.into_body(), LARGEST_REPORT_BYTES).collect().await?.to_bytes();
        let mut reports = self.lock();
        if reports.len() < KEPT_REPORTS {
            reports.push(String::from_utf8_lossy(&body).into_owned());
            self.added.notify_all();
        }
        drop(reports);
        let mut response = Response::new(full(""));
        *response.status_mut() = StatusCode::NO_CONTENT;
        Ok(response)
    }

    pub(super) fn all(&self) -> Vec<String> {
        self.lock().clone()
    }

    pub(super) fn wait_for(&self, index: usize) -> String {
        let mut reports = self.lock();
        loop {
            if let Some(report) = reports.get(index) {
                return report.clone();
            }
            reports = self.added.wait(reports).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A list of texts is whole whatever panicked beside it.
    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
