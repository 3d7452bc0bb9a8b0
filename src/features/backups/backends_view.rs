//! One line for each backend: how its list went, beside the others.

use leptos::prelude::*;
use weaviate_backups::api::error::ApiError;

use super::model::{Backups, Event};
use super::shown::Body;
use super::view::Send;
use crate::app::context::{Now, Reader};
use crate::i18n::ago;
use crate::ui::{Button, StatusMark, Tone};

/// What the line of a backend says.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    place: Option<String>,
    module_error: Option<String>,
    /// How many entries the last good list had, how long it took in milliseconds, and when it came.
    listed: Option<(usize, u32, i64)>,
    error: Option<ApiError>,
    /// A list that failed is asked for again.
    is_retried: bool,
    is_refused_anyway: bool,
}

pub(super) fn backends(reader: Reader, state: Signal<Backups>, send: Send) -> impl IntoView {
    let lang = reader.lang;
    let names = Memo::new(move |_| {
        state.with(|state| state.lists.iter().map(|list| list.backend.name.clone()).collect::<Vec<_>>())
    });
    let label = move || lang.backends_of(names.with(Vec::len));
    let is_awaited = Memo::new(move |_| state.with(|state| state.lists.is_empty() && state.body() == Body::Loading));
    let has_some = Memo::new(move |_| !names.with(Vec::is_empty));
    move || {
        if is_awaited.get() {
            // Its place, so that nothing jumps.
            return Some(view! { <div class="backends backends-awaited"></div> }.into_any());
        }
        has_some.get().then(|| {
            view! {
                <ul class="backends" role="list" aria-label=label>
                    <For each=move || names.get() key=Clone::clone children=move |name| backend(reader, state, send, name) />
                </ul>
            }
            .into_any()
        })
    }
}

fn line(state: &Backups, name: &str) -> Option<Line> {
    let list = state.lists.iter().find(|list| list.backend.name == name)?;
    Some(Line {
        place: list.backend.place.clone(),
        module_error: list.backend.error.clone(),
        listed: list.list.value.as_ref().map(|(rows, at)| (rows.len(), list.took_millis, *at)),
        error: list.list.error.clone(),
        is_retried: list.list.error.is_some() && list.list.in_flight,
        is_refused_anyway: state.is_refused_anyway(name),
    })
}

fn backend(reader: Reader, state: Signal<Backups>, send: Send, name: String) -> impl IntoView {
    let lang = reader.lang;
    let line = {
        let name = name.clone();
        Memo::new(move |_| state.with(|state| line(state, &name)))
    };
    let error = Memo::new(move |_| line.with(|line| line.as_ref()?.error.clone()));
    let place = Memo::new(move |_| line.with(|line| line.as_ref()?.place.clone()));
    let path = move || place.get().map(|place| view! { <span class="backend-path mono">{place}</span> });
    let not_listed = move || {
        error.get().map(|error| {
            let words = lang.words_of(&error).map(|words| {
                let status = error.http_status.map(|status| format!("{status} ")).unwrap_or_default();
                view! { <code class="backend-words" tabindex="0">{status}{words}</code> }
            });
            view! {
                <StatusMark tone=Tone::Danger word=lang.not_listed() />
                {words}
            }
        })
    };
    let again = {
        let name = name.clone();
        move || {
            error.with(Option::is_some).then(|| {
                let (backend, full_name) = (name.clone(), lang.try_again_listing(&name));
                view! {
                    <Button
                        label=lang.try_again()
                        full_name=Some(full_name)
                        small=true
                        working=Signal::derive(move || line.with(|line| line.as_ref().is_some_and(|line| line.is_retried)))
                        on_press=move |()| send.run(Event::TryAgainPressed { backend: backend.clone() })
                    />
                }
            })
        }
    };
    view! {
        <li class="backend" class:backend-failed=move || error.with(Option::is_some)>
            <div class="backend-text">
                <p class="backend-head">
                    <span class="backend-name mono">{name}</span>
                    {path}
                    {not_listed}
                </p>
                // How long a list took differs each time while nothing else does.
                <p class="backend-detail" data-clock>{detail(reader, line)}</p>
            </div>
            {again}
        </li>
    }
}

fn detail(reader: Reader, line: Memo<Option<Line>>) -> impl IntoView {
    let lang = reader.lang;
    let now = Now::of_view();
    move || {
        line.with(|line| {
            let line = line.as_ref()?;
            let said = match (&line.error, line.listed) {
                (Some(error), Some((_, _, at))) => {
                    lang.backend_kept(&lang.told_beside_words(error), &ago(lang, now.get() - at))
                }
                (Some(_), None) if line.is_refused_anyway => lang.refused_on_cluster().to_owned(),
                (Some(error), None) => lang.told_beside_words(error),
                (None, Some((count, took_millis, _))) => {
                    let seconds = reader.decimal(f64::from(took_millis) / 1000.0, 1);
                    lang.backend_listed(&reader.integer(count as u64), count == 1, &seconds)
                }
                (None, None) => lang.listing().to_owned(),
            };
            Some(match &line.module_error {
                Some(words) => lang.beside_module(&said, words),
                None => said,
            })
        })
    }
}
