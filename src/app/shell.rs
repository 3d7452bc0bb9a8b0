//! The frame around every page: connection, places, head.

use leptos::{html, prelude::*};
use weaviate_backups::domain::operation::ConnectionId;

use super::context::Reader;
use super::key_prompt;
use super::navigation::Navigator;
use super::pages::{self, Page};
use super::session::Session;
use super::strip;
use super::{Config, facts};
use crate::connection::{Environment, SavedConnection};
use crate::i18n::Lang;
use crate::platform::page::set_title;
use crate::platform::storage::StorageError;
use crate::route::Route;
use crate::server::{Server, User};
use crate::ui::{Announcer, Banner, EnvironmentColour, EnvironmentLabel, Glyph, Icon, LiveRegion, StatusMark, Tone};

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
    Effect::new(move || {
        if let Some(id) = connection.get()
            && !session.lacks_key(&id)
        {
            facts::ask(session, &id);
        }
    });
    let saved = Memo::new(move |_| connection.get().and_then(|id| session.connection(&id)));
    let env = move || saved.get().map_or(EnvironmentColour::None, |saved| colour(saved.environment)).name();
    let identity = Memo::new(move |_| route.with(page_identity));
    let config = StoredValue::new(config);
    let announcer = expect_context::<Announcer>();
    view! {
        <div class="shell" data-env=env>
            <header class="rail">
                {move || rail_connection(reader, session, saved.get())}
                <nav class="rail-places" aria-label=lang.places()>{move || places(lang, &identity.get())}</nav>
                <div class="rail-foot">{move || connection.get().map(|id| signed_in_as(reader, session, &id))}</div>
            </header>
            <main class="main">
                {move || config.with_value(|config| framed(reader, session, config, &identity.get()))}
            </main>
            {strip::notices()}
            <LiveRegion announcer />
        </div>
    }
}

/// A page in its frame. Built anew for each page; what stands in it changes by signals of its own.
fn framed(reader: Reader, session: Session, config: &Config, route: &Route) -> AnyView {
    let lang = reader.lang;
    let Page { crumbs, title, tab, mono, actions, body } = pages::page(route, config);
    let heading = NodeRef::<html::H1>::new();
    let tab = tab.unwrap_or(title);
    Effect::new(move || set_title(&format!("{} – {}", tab.get(), lang.product())));
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
    let connection = route.connection().cloned();
    view! {
        <div class="top">
            {config.is_simulated.then(|| view! { <div class="ribbon">{lang.simulated()}</div> })}
            {strip::view()}
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
            {storage_trouble(lang, session)}
            {connection.map(|id| key_prompt::prompt(reader, session, id))}
            {body}
        </div>
    }
    .into_any()
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

fn storage_trouble(lang: Lang, session: Session) -> impl IntoView {
    let trouble = session.trouble();
    move || {
        trouble.get().map(|trouble| {
            let body = match trouble {
                StorageError::Full => lang.storage_full(),
                StorageError::Unavailable => lang.storage_unavailable(),
            };
            view! { <Banner tone=Tone::Warn title=lang.not_kept() body=Some(body.to_owned()) live=true /> }
        })
    }
}

fn rail_connection(reader: Reader, session: Session, saved: Option<SavedConnection>) -> AnyView {
    let lang = reader.lang;
    let Some(saved) = saved else {
        return view! { <div class="rail-connection rail-idle">{lang.not_connected()}</div> }.into_any();
    };
    let server = session.server(&saved.id);
    let version = {
        let (server, last) = (server.clone(), saved.last_version.clone());
        let version = Memo::new(move |_| {
            let told = server.with(|server| server.meta.get().map(|meta| meta.version_text.clone()));
            told.or_else(|| last.clone())
        });
        move || {
            version.get().map(|version| {
                view! { <div class="rail-version">"Weaviate "<span class="mono">{version}</span></div> }
            })
        }
    };
    let health = Memo::new(move |_| server.with(|server| health(lang, server)));
    let health = move || health.get().map(|(tone, word)| view! { <StatusMark tone word quiet=true /> });
    view! {
        <div class="rail-connection">
            <a class="rail-switch" href=Route::Connections.hash() aria-label=lang.switch_connection(&saved.name)>
                <span class="rail-name">{saved.name.clone()}</span>
                <Icon glyph=Glyph::UpDown />
            </a>
            <EnvironmentLabel colour=colour(saved.environment) name=lang.environment(saved.environment) />
            {version}
            <div class="rail-health">{health}</div>
        </div>
    }
    .into_any()
}

/// "3 of 3 nodes healthy"; a node that vanished counts as not healthy.
fn health(lang: Lang, server: &Server) -> Option<(Tone, String)> {
    let Some(nodes) = server.nodes.get() else {
        let error = server.nodes.error.as_ref()?;
        return Some((Tone::Idle, lang.nodes_not_read(error.kind).to_owned()));
    };
    let all = nodes.len() + server.missing_nodes().len();
    let healthy = nodes.iter().filter(|node| node.is_healthy()).count();
    let tone = if healthy == all { Tone::Ok } else { Tone::Danger };
    Some((tone, lang.nodes_healthy(healthy, all)))
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

fn signed_in_as(reader: Reader, session: Session, id: &ConnectionId) -> impl IntoView + use<> {
    let lang = reader.lang;
    let server = session.server(id);
    let user = Memo::new(move |_| server.with(|server| server.user.get().cloned()));
    move || match user.get()? {
        User::Named { name, .. } => {
            Some(view! { <div>{lang.signed_in_as()}" "<span class="mono">{name}</span></div> }.into_any())
        }
        User::Anonymous => Some(view! { <div>{lang.signed_in_anonymously()}</div> }.into_any()),
        User::NotTold => None,
    }
}
