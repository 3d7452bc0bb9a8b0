//! The list of one backend.

use weaviate_backups::domain::backend::Backend;

use super::model::{Effect, Rows};
use crate::loadable::Loadable;

/// The list of one backend: it comes, fails and is asked for again by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct BackendList {
    pub backend: Backend,
    pub list: Loadable<Rows>,
    /// How long the last answer took.
    pub took_millis: u32,
    /// Rises with each request, so that a late answer is known for what it is.
    pub(super) version: u32,
    pub(super) retried: bool,
}

impl BackendList {
    pub(super) fn new(backend: Backend) -> Self {
        Self { backend, list: Loadable::default(), took_millis: 0, version: 0, retried: false }
    }

    pub(super) fn ask(&mut self, after_millis: u64) -> Effect {
        self.version += 1;
        self.list.started();
        Effect::List { backend: self.backend.name.clone(), version: self.version, after_millis }
    }
}
