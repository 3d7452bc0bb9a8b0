//! Whose server it is, how it does, and who is signed in.

use leptos::prelude::*;
use weaviate_backups::domain::operation::ConnectionId;

use super::context::Reader;
use super::session::Session;
use super::shell::colour;
use crate::connection::SavedConnection;
use crate::i18n::Lang;
use crate::route::Route;
use crate::server::{Server, User};
use crate::ui::{EnvironmentLabel, Glyph, Icon, StatusMark, Tone};

pub fn connection(reader: Reader, session: Session, saved: SavedConnection) -> AnyView {
    let lang = reader.lang;
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
    // What was read before says nothing of now.
    if let Some(error) = &server.nodes.error {
        return Some((Tone::Idle, lang.nodes_not_read(error.kind).to_owned()));
    }
    let nodes = server.nodes.get()?;
    let all = nodes.len() + server.missing_nodes().len();
    let healthy = nodes.iter().filter(|node| node.is_healthy()).count();
    let tone = if healthy == all { Tone::Ok } else { Tone::Danger };
    Some((tone, lang.nodes_healthy(healthy, all)))
}

pub fn signed_in_as(reader: Reader, session: Session, id: &ConnectionId) -> AnyView {
    let lang = reader.lang;
    let server = session.server(id);
    let user = Memo::new(move |_| server.with(|server| server.user.get().cloned()));
    let told = move || match user.get()? {
        User::Named { name, .. } => {
            Some(view! { <div>{lang.signed_in_as()}" "<span class="mono">{name}</span></div> }.into_any())
        }
        User::Anonymous => Some(view! { <div>{lang.signed_in_anonymously()}</div> }.into_any()),
        User::BeforeRoles | User::NotTold => None,
    };
    told.into_any()
}
