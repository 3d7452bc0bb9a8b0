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

// Each builds the pages of one part, with a model of their own that ends when the route changes.

/// The connections, the settings, and what is at no address.
pub fn of_console(route: &Route, config: &Config) -> Page {
    let (session, navigator) = (Session::of_view(), Navigator::of_view());
    match route {
        Route::Connections => {
            let store = connections::store(session, navigator, config);
            let secret_of = Callback::new(move |id| session.secret(&id));
            connect::view::page(store.state(), store.sender(), secret_of)
        }
        Route::Settings => settings::page(session),
        _ => nowhere(),
    }
}

/// The list of backups.
pub fn of_list(route: &Route, _: &Config) -> Page {
    let (session, navigator) = (Session::of_view(), Navigator::of_view());
    let Route::Backups { connection, view } = route else { return nowhere() };
    let Some(saved) = untrack(|| session.connection(connection)) else { return nowhere() };
    let kept = backups::Kept::of_view();
    let ended = Watches::of_view().ended();
    let ended = Signal::derive(move || ended.with(|ended| ended.as_ref().map(|ended| ended.key.clone())));
    let search = backups::search_key();
    let store = backups::store(session, navigator, kept, connection, view, search, ended);
    features::backups::view::page(connection, saved.name, store.state(), store.sender(), search)
}

/// The forms, and an operation.
pub fn of_work(route: &Route, _: &Config) -> Page {
    let (session, navigator) = (Session::of_view(), Navigator::of_view());
    let saved = route.connection().and_then(|connection| untrack(|| session.connection(connection)));
    match (route, saved) {
        (Route::Operation(key), Some(saved)) => features::operation::view::page(operation::scene(
            session,
            Ledger::of_view(),
            Watches::of_view(),
            key,
            saved,
        )),
        (Route::Create { to, .. }, Some(saved)) => create::page(session, navigator, saved, to.clone()),
        (Route::Restore { backup, only }, Some(saved)) => restore::page(session, navigator, saved, backup, only),
        _ => nowhere(),
    }
}

/// The page of an address that names nothing, or a connection that this browser does not know.
fn nowhere() -> Page {
    let lang = Reader::of_view().lang;
    let action = move || view! { <ButtonLink label=lang.connections() href=Route::Connections.hash() /> };
    let body = view! { <EmptyState title=lang.no_such_place() body=lang.no_such_place_body() action /> };
    Page::titled(lang.no_such_place(), body.into_any())
}
