//! The screen of the list: the sentence, the backends, the filters, the rows, what may be missing.

use leptos::{html, prelude::*};
use weaviate_backups::domain::operation::ConnectionId;

use super::absence::{Absence, Hidden};
use super::model::{Backups, Event};
use super::shown::Body;
use super::summary::{Lead, Problem};
use super::{backends_view, dialogs_view, elsewhere_view, filters_view, table_view};
use crate::app::context::{Now, Reader};
use crate::app::pages::Page;
use crate::app::server_error;
use crate::i18n::Lang;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState, Note, Sentence, Tone};

pub(super) type Send = Callback<Event>;

/// `name` is the connection's. `search` is the field that a key leads to.
pub fn page(
    connection: &ConnectionId,
    name: String,
    state: Signal<Backups>,
    send: Send,
    search: NodeRef<html::Input>,
) -> Page {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let body = Memo::new(move |_| state.with(Backups::body));
    let no_module =
        move || (body.get() == Body::Absent(Absence::NoBackupModule)).then(|| lang.no_module_reason().to_owned());
    let create = Route::Create { connection: connection.clone(), to: None }.hash();
    // Where nothing can be listed it stands in place of the rows, with the reason: once is enough.
    let stands_below = Memo::new(move |_| body.with(|body| matches!(body, Body::Absent(Absence::CannotList { .. }))));
    let open = move || {
        let press = move |()| send.run(Event::FindPressed);
        (!stands_below.get()).then(|| view! { <Button label=lang.head_open() on_press=press /> })
    };
    let actions = view! {
        {open}
        <ButtonLink label=lang.head_create() href=create.clone() kind=ButtonKind::Primary reason=Signal::derive(no_module) />
    }
    .into_any();
    let connection = StoredValue::new(connection.clone());
    let content = move || {
        body.with(|body| match body {
            Body::Loading | Body::Rows => table_view::table(reader, connection.get_value(), state, send),
            Body::Absent(absence) => absent(lang, state, send, absence, create.clone()),
            Body::ServerNotRead(error) => {
                let again = move || view! { <Button label=lang.try_again() on_press=move |()| send.run(Event::RefreshPressed) /> };
                server_error::banner(lang, Tone::Danger, lang.told(Some(lang.server_not_read()), error), again, true)
            }
            Body::KeyNeeded => ().into_any(),
        })
    };
    let body = view! {
        {sentence(reader, state, send)}
        {backends_view::backends(reader, state, send)}
        {filters_view::filters(reader, state, send, search)}
        {content}
        {elsewhere_view::elsewhere(reader, state)}
        {note(lang, state)}
        {dialogs_view::dialogs(lang, state, send)}
    };
    Page { crumbs: vec![(name, Route::Connections.hash())], actions, ..Page::titled(lang.backups(), body.into_any()) }
}

fn sentence(reader: Reader, state: Signal<Backups>, send: Send) -> impl IntoView {
    let lang = reader.lang;
    let now = Now::of_view();
    // What the list says changes with the time of day only where something is found to have no end.
    let minute = Memo::new(move |_| now.get() / 60_000);
    let summary = Memo::new(move |_| state.with(|state| state.sentence(minute.get() * 60_000)));
    let words = Memo::new(move |_| summary.with(|summary| Some(lang.summary(summary.as_ref()?, now.get()))));
    let tone = move || {
        summary.with(|summary| match summary.as_ref()?.lead {
            Lead::AwaitingServer | Lead::Awaiting { .. } | Lead::NoBackup => None,
            Lead::Uncovered { .. } | Lead::Problem(Problem::Orphaned { .. } | Problem::Unreadable { .. }) => {
                Some(Tone::Warn)
            }
            Lead::NoneGood { .. } | Lead::Problem(Problem::LastFailed(_)) => Some(Tone::Danger),
            Lead::AllCovered { .. } | Lead::LastGood(_) => Some(Tone::Ok),
        })
    };
    let uncovered = Memo::new(move |_| {
        summary.with(|summary| match summary.as_ref()?.lead {
            Lead::Uncovered { ref names, of, .. } if names.len() < of => Some(names.clone()),
            _ => None,
        })
    });
    let action = move || {
        move || {
            uncovered.get().map(|names| {
                let label = lang.show_the(names.len());
                let press = move |()| send.run(Event::UncoveredPressed(names.clone()));
                view! { <Button label kind=ButtonKind::Link on_press=press /> }
            })
        }
    };
    let is_there = Memo::new(move |_| summary.with(Option::is_some));
    move || {
        is_there.get().then(|| {
            let part = |part: fn((String, Option<String>)) -> Option<String>| {
                Signal::derive(move || words.get().and_then(part))
            };
            let strong = part(|(strong, _)| Some(strong));
            view! {
                // It names ages, which go on while nothing happens.
                <div data-clock>
                    <Sentence
                        strong=Signal::derive(move || strong.get().unwrap_or_default())
                        rest=part(|(_, rest)| rest)
                        tone=Signal::derive(tone)
                        action=action
                    />
                </div>
            }
        })
    }
}

/// What stands in place of the rows: the cause, and the next step.
fn absent(lang: Lang, state: Signal<Backups>, send: Send, absence: &Absence, create: String) -> AnyView {
    let version = state.with_untracked(|state| state.server_version().to_owned());
    let (title, body) = lang.absence(absence, &version);
    let action: ViewFn = match absence {
        Absence::NothingMatches { .. } => {
            (move || view! { <Button label=lang.clear_filters() on_press=move |()| send.run(Event::ClearPressed) /> })
                .into()
        }
        Absence::CannotList { .. } => {
            (move || view! { <Button label=lang.head_open() on_press=move |()| send.run(Event::FindPressed) /> }).into()
        }
        Absence::NothingYet { .. } => {
            (move || view! { <ButtonLink label=lang.head_create() href=create.clone() /> }).into()
        }
        Absence::NoBackupModule | Absence::NotListed => {
            (move || view! { <Button label=lang.refresh() on_press=move |()| send.run(Event::RefreshPressed) /> })
                .into()
        }
        Absence::NotPermitted { .. } => ViewFn::default(),
    };
    view! { <EmptyState title body action /> }.into_any()
}

/// What the list cannot show, below it.
fn note(lang: Lang, state: Signal<Backups>) -> impl IntoView {
    let hidden = Memo::new(move |_| state.with(Backups::hidden));
    let is_listed = Memo::new(move |_| state.with(|state| !state.lists.is_empty()));
    let has_rows = Memo::new(move |_| state.with(|state| !state.rows.is_empty()));
    move || {
        is_listed.get().then(|| {
            let hidden = hidden.get().map(|hidden| hidden_from(lang, &hidden));
            let base = has_rows.get().then(|| lang.base_told_to_root());
            view! {
                <Note>
                    {hidden}
                    {lang.run_on(&[lang.elsewhere_never_listed(), base.unwrap_or_default()])}
                </Note>
            }
        })
    }
}

fn hidden_from(lang: Lang, hidden: &Hidden) -> AnyView {
    let (before, after) = lang.hidden_from(hidden);
    let roles = match hidden {
        Hidden::FromRoles(roles) => {
            let names = roles.iter().enumerate().map(|(index, role)| {
                view! { {(index > 0).then(|| lang.list_comma())}<span class="mono">{role.clone()}</span> }
            });
            Some(view! { {lang.role_word(roles.len())}{names.collect_view()} })
        }
        Hidden::FromNoRole | Hidden::FromUnknown => None,
    };
    view! { {before}{roles}{after}{lang.gap()} }.into_any()
}
