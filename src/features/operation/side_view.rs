//! Beside the progress: what was asked, the nodes, what next. And what became of a backup that ended.

use leptos::prelude::*;
use weaviate_backups::domain::backend::{home, place_in_words};
use weaviate_backups::domain::operation::{Kind, Reason};
use weaviate_backups::domain::status::Status;

use super::asked::{Asked, asked, readable_body, replaces};
use super::cancel::Obstacle;
use super::nodes_view;
use super::outcome::Outcome;
use super::relation::Relation;
use super::scene::Scene;
use super::view::moment;
use crate::app::server_error;
use crate::i18n::catalogue::Told;
use crate::i18n::duration;
use crate::ui::{CodeBlock, Disclosure, Fact, Facts, Panel, StatusMark};

pub(super) fn side(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let next = move || {
        let in_place = scene.outcome.with(|outcome| {
            outcome.as_ref().filter(|outcome| outcome.missing() > 0).map(Outcome::in_place).filter(|count| *count > 0)
        });
        in_place.map(
            |count| view! { <Panel title=lang.what_next()><p class="quiet">{lang.in_place_stay(count)}</p></Panel> },
        )
    };
    // A failed restore looks as if it could be canceled still: why not is worth a panel.
    let overwrites = Memo::new(move |_| scene.may_cancel.get() == Err(Obstacle::NotNow(Reason::WouldOverwriteFailed)));
    let no_cancel = move || {
        overwrites.get().then(|| {
            let why = lang.sentence(lang.why_not_cancel(&Obstacle::NotNow(Reason::WouldOverwriteFailed)));
            view! { <Panel title=lang.cancel_not_offered()><p class="quiet">{why}</p></Panel> }
        })
    };
    (was_asked(scene), nodes_view::nodes(scene), next, no_cancel)
}

fn was_asked(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let relation = scene.relation;
    let place = Memo::new(move |_| place(scene));
    let content = move || {
        let Some(entry) = relation.with(|relation| relation.entry().cloned()) else {
            return view! { <p class="quiet">{lang.not_asked_here()}</p> }.into_any();
        };
        let sent = match entry.collections.len() {
            0 => lang.sent_without_names().to_owned(),
            count => lang.sent_by_name(&scene.reader.integer(count as u64)),
        };
        let by = lang.asked_by_browser(&scene.time(entry.asked_at.0));
        let (place_label, into) = match scene.kind {
            Kind::Create => (lang.fact_to(), None),
            Kind::Restore => (lang.fact_from(), Some(scene.connection().name)),
        };
        let body = readable_body(&entry.body);
        view! {
            <Facts>
                <Fact label=place_label mono=true>{move || place.get()}</Fact>
                {into.map(|name| view! { <Fact label=lang.fact_into()>{name}</Fact> })}
                <Fact label=lang.collections()>{sent}</Fact>
                {options(scene, &asked(&entry))}
                <Fact label=lang.fact_asked_by()>{by}</Fact>
            </Facts>
            <Disclosure label=lang.show_request()>
                <CodeBlock label=lang.show_request() text=body.clone() />
            </Disclosure>
        }
        .into_any()
    };
    view! { <Panel title=lang.what_was_asked()>{content}</Panel> }
}

/// The path that the server tells, else what can be said of the place.
fn place(scene: Scene) -> String {
    let told = scene.known.with(|known| known.answer.as_ref().and_then(|answer| answer.path.clone()));
    if let Some(path) = told.filter(|path| !path.is_empty()) {
        return path;
    }
    let key = scene.key();
    let place = scene.server.with(|server| place_in_words(server.backends(), &key.backend, &key.location));
    home(&place, &key.id)
}

fn options(scene: Scene, asked: &Asked) -> AnyView {
    let lang = scene.reader.lang;
    let cpu = match asked {
        Asked::Create(body) => body.config.cpu_percentage,
        Asked::Restore(body) => body.config.cpu_percentage,
        Asked::Unreadable => None,
    };
    let cpu = cpu.map_or_else(|| lang.server_default().to_owned(), |cpu| lang.percent(cpu.get()));
    match asked {
        Asked::Unreadable => ().into_any(),
        Asked::Create(body) => {
            let base = body.incremental_base_backup_id.clone();
            let is_full = base.is_none();
            let is_chosen = body.config.compression_level.is_some();
            let compression = body.config.compression_level.map_or(lang.server_default(), |level| level.as_str());
            let chosen: Vec<String> = body.include_users.iter().chain(&body.include_roles).cloned().collect();
            let users =
                if chosen.is_empty() { lang.all_users_roles().to_owned() } else { chosen.join(lang.list_comma()) };
            view! {
                <Fact label=lang.fact_base() mono=!is_full>{base.unwrap_or_else(|| lang.base_full().to_owned())}</Fact>
                <Fact label=lang.fact_compression() mono=is_chosen>{compression}</Fact>
                <Fact label=lang.fact_cpu()>{cpu}</Fact>
                <Fact label=lang.fact_users_roles()>{users}</Fact>
            }
            .into_any()
        }
        Asked::Restore(body) => {
            let mapping: Vec<String> = body.node_mapping.iter().map(|(from, to)| format!("{from} → {to}")).collect();
            let nodes =
                if mapping.is_empty() { lang.nodes_as_they_are().to_owned() } else { mapping.join(lang.list_comma()) };
            let replaced = replaces(body.config.users_options) || replaces(body.config.roles_options);
            let users = if replaced { lang.all_users_roles() } else { lang.not_restored() };
            let aliases =
                if body.overwrite_alias == Some(true) { lang.aliases_replaced() } else { lang.aliases_stay() };
            view! {
                <Fact label=lang.fact_nodes()>{nodes}</Fact>
                <Fact label=lang.fact_users_roles()>{users}</Fact>
                <Fact label=lang.fact_aliases()>{aliases}</Fact>
                <Fact label=lang.fact_cpu()>{cpu}</Fact>
            }
            .into_any()
        }
    }
}

/// What became of a backup, as far as the server tells.
pub(super) fn ended_backup(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let span = scene.span;
    let time = move |at: Option<i64>| match at {
        Some(at) => moment(scene, at).into_any(),
        None => view! { <span class="quiet">{lang.time_not_told()}</span> }.into_any(),
    };
    let size = Memo::new(move |_| scene.known.with(|known| known.answer.as_ref().and_then(|answer| answer.size_gib)));
    let size_words = move || match size.get() {
        Some(gib) => lang.size_before_compression(&scene.reader.decimal(gib, if gib < 0.1 { 3 } else { 1 })),
        None => lang.size_not_told().to_owned(),
    };
    let base = Memo::new(move |_| {
        let told = scene
            .known
            .with(|known| known.answer.as_ref().and_then(|answer| answer.incremental_base_backup_id.clone()));
        if let Some(base) = told {
            return (base, true);
        }
        // What this browser asked for is known without being told.
        scene.relation.with(|relation| match relation.ours().map(asked) {
            Some(Asked::Create(body)) => match body.incremental_base_backup_id {
                Some(base) => (base, true),
                None => (lang.base_full().to_owned(), false),
            },
            _ => (lang.base_not_told().to_owned(), false),
        })
    });
    let is_good = Memo::new(move |_| scene.status.with(|status| *status == Some(Status::Success)));
    let took = move || span.get().took().map(|took| lang.took_rounds(&duration(lang, took)));
    let status = move || {
        scene.status.get().map(|status| {
            view! { <StatusMark tone=crate::app::status::tone(&status) glyph=crate::app::status::glyph(&status) word=lang.status_word(&status) /> }
        })
    };
    view! {
        <Panel title=lang.what_came_of_it()>
            <Facts>
                <Fact label=lang.status()>{status}</Fact>
                <Fact label=lang.collections()>{collections(scene)}</Fact>
                <Fact label=lang.fact_started()>{move || time(span.get().started)}</Fact>
                <Fact label=lang.fact_completed()>{move || time(span.get().ended)}</Fact>
                {move || took().map(|took| view! { <Fact label=lang.fact_took()>{took}</Fact> })}
                {move || is_good.get().then(|| view! { <Fact label=lang.fact_size()>{size_words}</Fact> })}
                <Fact label=lang.fact_path() mono=true>{move || place(scene)}</Fact>
                <Fact label=lang.fact_base()>
                    {move || {
                        let (words, is_id) = base.get();
                        view! { <span class:mono=is_id class:quiet=!is_id>{words}</span> }
                    }}
                </Fact>
            </Facts>
        </Panel>
    }
}

fn collections(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let is_listed = scene.key().location.is_default();
    let is_reading = Memo::new(move |_| scene.state.with(|state| state.listed.in_flight));
    let asked_elsewhere = Memo::new(move |_| scene.relation.with(|relation| matches!(relation, Relation::None)));
    let why_not =
        Memo::new(move |_| scene.state.with(|state| state.listed.error.as_ref().map(|error| lang.told(None, error))));
    move || {
        if let Some(names) = scene.collections.get() {
            let count = scene.reader.integer(names.len() as u64);
            let names = names.join(lang.list_comma());
            return view! {
                <span>{count}</span>
                <Disclosure label=lang.show_names()><p class="names mono">{names.clone()}</p></Disclosure>
            }
            .into_any();
        }
        let told = if is_reading.get() {
            Told::plain(lang.collections_reading())
        } else if asked_elsewhere.get() {
            let not_told = if is_listed { lang.collections_not_told() } else { lang.collections_not_listed() };
            why_not.get().unwrap_or_else(|| Told::plain(not_told))
        } else {
            Told::plain(lang.time_not_told())
        };
        view! { <div class="quiet">{server_error::text(lang, told)}</div> }.into_any()
    }
}
