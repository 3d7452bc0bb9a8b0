//! The adapter between [`Route`] and the hash of the address.

use leptos::prelude::*;

use crate::platform::hash;
use crate::route::Route;

/// Where one is, and the way elsewhere.
#[derive(Clone, Copy)]
pub struct Navigator {
    route: RwSignal<Route>,
}

impl Navigator {
    /// Follows the hash for as long as the current owner lives.
    pub fn new() -> Self {
        let route = RwSignal::new(Route::parse(&hash::current()));
        let listener = hash::on_change(move || {
            let to = Route::parse(&hash::current());
            if route.with_untracked(|route| *route != to) {
                route.set(to);
            }
        });
        // Its drop, with the owner's, takes the listener away.
        StoredValue::new_local(listener);
        Self { route }
    }

    pub fn of_view() -> Self {
        expect_context()
    }

    pub fn route(self) -> Signal<Route> {
        self.route.into()
    }

    /// A new entry of the history.
    #[expect(clippy::unused_self, reason = "whoever goes somewhere has been given the way")]
    pub fn go(self, to: &Route) {
        hash::go(&to.hash());
    }

    /// In place of the current entry: for filters that change with each key.
    pub fn replace(self, to: Route) {
        hash::replace(&to.hash());
        if self.route.with_untracked(|route| *route != to) {
            self.route.set(to);
        }
    }
}
