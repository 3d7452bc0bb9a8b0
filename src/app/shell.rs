//! The frame around every page: connection, places, head.

use leptos::{html, prelude::*};

use super::Config;
use super::context::Reader;
use super::ledger::{Gap, Ledger};
use super::navigation::Navigator;
use super::pages::Page;
use super::parts::{Loading, Part, Parts};
use super::session::Session;
use crate::connection::Environment;
use crate::i18n::Lang;
use crate::platform::page::{reload, set_title};
use crate::platform::storage::StorageError;
use crate::route::Route;
use crate::ui::{Announcer, Banner, Button, EnvironmentColour, LiveRegion, Tone};

pub fn colour(environment: Environment) -> EnvironmentColour {
    match environment {
        Environment::Production => EnvironmentColour::Rose,
        Environment::Staging => EnvironmentColour::Olive,
        Environment::Development => EnvironmentColour::Slate,
    }
}

/// What of a route makes another page. The filters of a list do not: they change within it.
fn page_identity(route: &Route) -> Route {
    match route {
        Route::Backups { connection, .. } => Route::backups(connection.clone()),
        other => other.clone(),
    }
}

#[component]
pub fn Shell(config: Config) -> impl IntoView {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let session = Session::of_view();
    let route = Navigator::of_view().route();
    let connection = Memo::new(move |_| route.with(|route| route.connection().cloned()));
    let parts = Parts::of_view();
    let following = parts.following;
    let saved = Memo::new(move |_| connection.get().and_then(|id| session.connection(&id)));
    let env = move || saved.get().map_or(EnvironmentColour::None, |saved| colour(saved.environment)).name();
    let identity = Memo::new(move |_| route.with(page_identity));
    let config = StoredValue::new(config);
    let announcer = expect_context::<Announcer>();
    view! {
        <div class="shell" data-env=env>
            <header class="rail">
                {move || match (saved.get(), following.here()) {
                    (Some(saved), Some(following)) => (following.connection)(reader, session, saved),
                    (saved, _) => {
                        let name = saved.map_or_else(|| lang.not_connected().to_owned(), |saved| saved.name);
                        view! { <div class="rail-connection rail-idle">{name}</div> }.into_any()
                    }
                }}
                <nav class="rail-places" aria-label=lang.places()>{move || places(lang, &identity.get())}</nav>
                <div class="rail-foot">
                    {move || {
                        let (id, following) = connection.get().zip(following.here())?;
                        Some((following.signed_in_as)(reader, session, &id))
                    }}
                </div>
            </header>
            <main class="main">
                {move || page_of(reader, session, parts, config, identity.get())}
            </main>
            {move || following.here().map(|following| (following.notices)())}
            <LiveRegion announcer />
        </div>
    }
}

/// The page of a route, once its part is here.
fn page_of(
    reader: Reader,
    session: Session,
    parts: Parts,
    config: StoredValue<Config>,
    route: Route,
) -> impl Fn() -> AnyView + Send + 'static {
    let part = parts.of(&route);
    // The page of a connection comes with what follows it.
    let follows = route.connection().map(|_| parts.following);
    let ask = move || {
        part.ask();
        if let Some(following) = follows {
            following.ask();
        }
    };
    ask();
    move || {
        let page = match (part.loading(), follows.map(Part::loading)) {
            (Loading::Missing, _) | (_, Some(Loading::Missing)) => part_missing(reader.lang, ask),
            (Loading::Here(build), None | Some(Loading::Here(_))) => config.with_value(|config| build(&route, config)),
            _ => return view! { <p class="page-loading" role="status">{reader.lang.loading()}</p> }.into_any(),
        };
        framed(reader, session, config.with_value(|config| config.is_simulated), &route, page)
    }
}

/// A page in its frame. Built anew for each page; what stands in it changes by signals of its own.
fn framed(reader: Reader, session: Session, is_simulated: bool, route: &Route, page: Page) -> AnyView {
    let lang = reader.lang;
    let following = Parts::of_view().following;
    let announcer = expect_context::<Announcer>();
    let Page { crumbs, title, tab, mono, actions, body } = page;
    let heading = NodeRef::<html::H1>::new();
    let tab = tab.unwrap_or(title);
    Effect::new(move || {
        let tab = announcer.told_in_tab().unwrap_or_else(|| tab.get());
        set_title(&format!("{tab} – {}", lang.product()));
    });
    // Whoever moved by a link or the keyboard starts at the new page's heading. The first page leaves the focus alone.
    if Arrival::note() {
        Effect::new(move || {
            if let Some(heading) = heading.get() {
                // Refused only for an element that is in no document any more.
                drop(heading.focus());
            }
        });
    }
    let crumbs = crumbs.into_iter().map(|(word, href)| view! { <li><a href=href>{word}</a></li> }).collect_view();
    // Looked at once: what loads later must not build this page anew, with what was typed into it.
    let prompt = route.connection().cloned().zip(untrack(|| following.here()));
    view! {
        <div class="top">
            {is_simulated.then(|| view! { <div class="ribbon">{lang.simulated()}</div> })}
            {move || following.here().map(|following| (following.strip)())}
            <div class="head">
                <nav class="breadcrumb" aria-label=lang.breadcrumb()>
                    <ol>
                        {crumbs}
                        <li><h1 class:mono=mono tabindex="-1" node_ref=heading>{title}</h1></li>
                    </ol>
                </nav>
                <div class="head-actions">{actions}</div>
            </div>
        </div>
        <div class="page">
            {warnings(lang, session)}
            {prompt.map(|(id, following)| (following.key_prompt)(reader, session, id))}
            {body}
        </div>
    }
    .into_any()
}

/// What stands in the place of a page whose part did not come.
fn part_missing(lang: Lang, ask: impl Fn() + Copy + Send + Sync + 'static) -> Page {
    let action = move || {
        view! {
            <Button label=lang.try_again() small=true on_press=move |()| ask() />
            <Button label=lang.crash_reload() small=true on_press=move |()| reload() />
        }
    };
    let body = view! { <Banner tone=Tone::Warn title=lang.part_missing_title() body=Some(lang.part_missing_body().to_owned()) action live=true /> };
    Page::titled(lang.part_missing(), body.into_any())
}

/// Whether a page was shown before in this console.
struct Arrival;

impl Arrival {
    fn note() -> bool {
        let seen = use_context::<StoredValue<Seen>>();
        seen.and_then(|seen| seen.try_update_value(|seen| std::mem::replace(&mut seen.0, true))).unwrap_or_default()
    }
}

/// See [`Arrival`].
#[derive(Clone, Copy, Default)]
pub struct Seen(bool);

/// What the browser does not keep for this page, or does not give.
fn warnings(lang: Lang, session: Session) -> impl IntoView {
    let warning = |title: &'static str, body: &'static str| {
        view! { <Banner tone=Tone::Warn title body=Some(body.to_owned()) live=true /> }
    };
    let (trouble, gap) = (session.trouble(), Ledger::of_view().gap());
    let not_kept = move || {
        let body = trouble.get().map(|trouble| match trouble {
            StorageError::Full => lang.storage_full(),
            StorageError::Unavailable => lang.storage_unavailable(),
        });
        body.map(|body| warning(lang.not_kept(), body))
    };
    let not_known = move || {
        let body = gap.get().map(|gap| match gap {
            Gap::NotRead => lang.ledger_not_read(),
            Gap::Unreadable => lang.ledger_unreadable(),
        });
        body.map(|body| warning(lang.ledger_gap(), body))
    };
    (not_kept, not_known)
}

fn places(lang: Lang, route: &Route) -> AnyView {
    let backups = route.connection().map(|id| {
        let href = Route::backups(id.clone()).hash();
        view! { <a class="place" href=href aria-current="page">{lang.backups()}</a> }
    });
    let place = |to: Route, word: &'static str| {
        let current = (*route == to).then_some("page");
        view! { <a class="place" href=to.hash() aria-current=current>{word}</a> }
    };
    view! {
        {backups}
        {place(Route::Connections, lang.connections())}
        {place(Route::Settings, lang.settings())}
    }
    .into_any()
}
