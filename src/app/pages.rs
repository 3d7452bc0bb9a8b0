//! From a route to the page that is shown.

use leptos::prelude::*;

use super::context::Reader;
use super::navigation::Navigator;
use super::session::Session;
use super::{Config, connections};
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
        _ => {
            let lang = reader.lang;
            Page::titled(
                lang.no_such_place(),
                view! {
                    <EmptyState
                        title=lang.no_such_place()
                        body=lang.no_such_place_body()
                        action=move || view! { <ButtonLink label=lang.connections() href=Route::Connections.hash() /> }
                    />
                }
                .into_any(),
            )
        }
    }
}
