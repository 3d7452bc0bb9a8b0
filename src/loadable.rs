//! A value that is fetched again and again.

use weaviate_backups::api::error::ApiError;

/// The last good value, its age, the newest error and whether a fetch is in flight: a first failure and a later one
/// look different, and a lost connection keeps the last known state.
#[derive(Clone, Debug, PartialEq)]
pub struct Loadable<T> {
    /// With the wall time of its arrival, milliseconds since 1970.
    pub value: Option<(T, i64)>,
    /// Newer than the value, when there is one.
    pub error: Option<ApiError>,
    pub in_flight: bool,
}

impl<T> Default for Loadable<T> {
    fn default() -> Self {
        Self { value: None, error: None, in_flight: false }
    }
}

impl<T> Loadable<T> {
    pub fn started(&mut self) {
        self.in_flight = true;
    }

    /// `now` in milliseconds since 1970.
    pub fn arrived(&mut self, result: Result<T, ApiError>, now: i64) {
        self.in_flight = false;
        match result {
            Ok(value) => {
                self.value = Some((value, now));
                self.error = None;
            }
            Err(error) => self.error = Some(error),
        }
    }

    pub fn get(&self) -> Option<&T> {
        self.value.as_ref().map(|(value, _)| value)
    }

    /// Whether anything has come at all.
    pub fn is_settled(&self) -> bool {
        self.value.is_some() || self.error.is_some()
    }
}
