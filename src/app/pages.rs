//! From a route to the page that is shown.

use leptos::prelude::*;

use super::context::Reader;
use super::ledger::Ledger;
use super::navigation::Navigator;
use super::session::Session;
use super::watch::Watches;
use super::{Config, backups, connections, create, operation, restore, settings};
use crate::features;
use crate::features::connect;
use crate::i18n::Lang;
use crate::route::Route;
use crate::ui::{ButtonLink, EmptyState};

/// The parts of a page, placed by the shell.
pub struct Page {
    /// Words and hash of the places above, outermost first.
    pub crumbs: Vec<(String, String)>,
    /// The h1.
    pub title: Signal<String>,
    /// What the browser's tab is called, when that is more than the h1: the status of an operation.
    pub tab: Option<Signal<String>>,
    /// The h1 is an id.
    pub mono: bool,
    /// Buttons in the head, the primary one last.
    pub actions: AnyView,
    pub body: AnyView,
}

impl Page {
    pub fn titled(title: impl Into<Signal<String>>, body: AnyView) -> Self {
        Self { crumbs: Vec::new(), title: title.into(), tab: None, mono: false, actions: ().into_any(), body }
    }
}

/// Builds the page of a route, with a model of its own that ends when the route changes.
pub fn page(route: &Route, config: &Config) -> Page {
    let reader = Reader::of_view();
    let (session, navigator) = (Session::of_view(), Navigator::of_view());
    match route {
        Route::Connections => {
            let store = connections::store(session, navigator, config);
            let secret_of = Callback::new(move |id| session.secret(&id));
            connect::view::page(store.state(), store.sender(), secret_of)
        }
        Route::Backups { connection, view } => {
            let Some(saved) = untrack(|| session.connection(connection)) else { return nowhere(reader.lang) };
            let kept = backups::Kept::of_view();
            let ended = Watches::of_view().ended();
            let ended = Signal::derive(move || ended.with(|ended| ended.as_ref().map(|ended| ended.key.clone())));
            let search = backups::search_key();
            let store = backups::store(session, navigator, kept, connection, view, search, ended);
            features::backups::view::page(connection, saved.name, store.state(), store.sender(), search)
        }
        Route::Operation(key) => {
            let Some(saved) = untrack(|| session.connection(&key.connection)) else { return nowhere(reader.lang) };
            let scene = operation::scene(session, Ledger::of_view(), Watches::of_view(), key, saved);
            features::operation::view::page(scene)
        }
        Route::Create { connection } => match untrack(|| session.connection(connection)) {
            Some(saved) => create::page(session, navigator, saved),
            None => nowhere(reader.lang),
        },
        Route::Restore { backup, only } => match untrack(|| session.connection(&backup.connection)) {
            Some(saved) => restore::page(session, navigator, saved, backup, only),
            None => nowhere(reader.lang),
        },
        Route::Settings => settings::page(session),
        Route::Unknown(_) => nowhere(reader.lang),
    }
}

/// The page of an address that names nothing, or a connection that this browser does not know.
pub fn nowhere(lang: Lang) -> Page {
    let action = move || view! { <ButtonLink label=lang.connections() href=Route::Connections.hash() /> };
    let body = view! { <EmptyState title=lang.no_such_place() body=lang.no_such_place_body() action /> };
    Page::titled(lang.no_such_place(), body.into_any())
}
