//! The parts that the program is loaded in: what a first visit shows comes first, the rest while it is looked at
//! (docs/adr/0005).
//!
//! The code of a part, and what only parts need, lies in files of their own. A build without the feature `parts` is one
//! file, and loads nothing.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::domain::operation::ConnectionId;

use super::context::Reader;
use super::ledger::Ledger;
use super::navigation::Navigator;
use super::pages::{self, Page};
use super::session::Session;
use super::watch::Watches;
use super::{Config, facts, key_prompt, rail, strip, submit};
use crate::connection::SavedConnection;
use crate::route::Route;

/// Builds the page of a route.
pub type Build = fn(&Route, &Config) -> Page;

/// What follows a connection and its operations on every page.
#[derive(Clone, Copy)]
pub struct Following {
    /// Reads the ledger, watches what runs and asks the open connection's server, for as long as the owner lives.
    pub begin: fn(Session, Ledger, Watches),
    pub connection: fn(Reader, Session, SavedConnection) -> AnyView,
    pub signed_in_as: fn(Reader, Session, &ConnectionId) -> AnyView,
    pub key_prompt: fn(Reader, Session, ConnectionId) -> AnyView,
    pub strip: fn() -> AnyView,
    pub notices: fn() -> AnyView,
}

/// The file of a part could not be loaded: the host is not reached, or has another version of the console by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "parts")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// A function that loads the part `$part` before it gives `$entrance`, the way into that part's code.
macro_rules! entrance {
    ($part:ident, $name:ident -> $type:ty = $entrance:expr) => {
        #[cfg(feature = "parts")]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        fn $name() -> Result<$type, Missing> {
            Ok($entrance)
        }

        #[cfg(not(feature = "parts"))]
        #[allow(clippy::unused_async, reason = "as the one that loads")]
        async fn $name() -> Result<$type, Missing> {
            Ok($entrance)
        }
    };
}

entrance!(start, start -> Build = pages::of_console);
entrance!(list, list -> Build = pages::of_list);
entrance!(work, work -> Build = pages::of_work);
entrance!(following, following -> Following = Following {
    begin: |session, ledger, watches| {
        ledger.start();
        watches.start();
        submit::resume_unanswered(session, ledger, watches);
        facts::follow(session, Navigator::of_view());
    },
    connection: rail::connection,
    signed_in_as: rail::signed_in_as,
    key_prompt: key_prompt::prompt,
    strip: strip::view,
    notices: strip::notices,
});

/// How far a part is.
#[derive(Clone, Copy, Debug)]
pub enum Loading<T> {
    NotAsked,
    Asked,
    Here(T),
    Missing,
}

type Load<T> = fn() -> Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A handle; a plain copy. `T` is the way into the part's code.
#[derive(Clone, Copy)]
pub struct Part<T: Copy + Send + Sync + 'static> {
    loading: RwSignal<Loading<T>>,
    load: Load<T>,
}

impl<T: Copy + Send + Sync + 'static> Part<T> {
    fn new(load: Load<T>) -> Self {
        Self { loading: RwSignal::new(Loading::NotAsked), load }
    }

    pub fn loading(self) -> Loading<T> {
        self.loading.get()
    }

    pub fn here(self) -> Option<T> {
        match self.loading.get() {
            Loading::Here(part) => Some(part),
            _ => None,
        }
    }

    /// Here, or missing.
    fn is_settled(self) -> bool {
        matches!(self.loading.get(), Loading::Here(_) | Loading::Missing)
    }

    /// Loads it, unless it is here or on its way. One that was missing is tried again.
    pub fn ask(self) {
        if matches!(self.loading.get_untracked(), Loading::Asked | Loading::Here(_)) {
            return;
        }
        self.loading.set(Loading::Asked);
        spawn_local(async move {
            let loaded = (self.load)().await;
            self.loading.try_set(loaded.map_or(Loading::Missing, Loading::Here));
        });
    }
}

/// All parts. A plain copy.
#[derive(Clone, Copy)]
pub struct Parts {
    start: Part<Build>,
    list: Part<Build>,
    work: Part<Build>,
    pub following: Part<Following>,
}

impl Parts {
    pub fn new() -> Self {
        Self {
            start: Part::new(|| Box::pin(start())),
            list: Part::new(|| Box::pin(list())),
            work: Part::new(|| Box::pin(work())),
            following: Part::new(|| Box::pin(following())),
        }
    }

    pub fn of_view() -> Self {
        expect_context()
    }

    /// The part with the page of a route.
    pub fn of(self, route: &Route) -> Part<Build> {
        match route {
            Route::Connections | Route::Settings | Route::Unknown(_) => self.start,
            Route::Backups { .. } => self.list,
            Route::Operation(_) | Route::Create { .. } | Route::Restore { .. } => self.work,
        }
    }

    /// Loads what is not here, one after the other, once `first` is: a host that is gone later is then not missed.
    /// One that could not be loaded is asked for again when its page is.
    pub fn load_the_rest(self, first: Part<Build>) {
        Effect::new(move || {
            if first.here().is_none() {
                return;
            }
            if !self.following.is_settled() {
                return self.following.ask();
            }
            if let Some(next) = [self.list, self.work, self.start].into_iter().find(|part| !part.is_settled()) {
                next.ask();
            }
        });
    }
}

impl Default for Parts {
    fn default() -> Self {
        Self::new()
    }
}
