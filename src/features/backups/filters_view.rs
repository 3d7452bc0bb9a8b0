//! Search, filters and the age of the list.

use leptos::{html, prelude::*};

use super::model::{Backups, Event};
use super::shown::Body;
use super::view::Send;
use crate::app::context::{Now, Reader, machine_time};
use crate::i18n::ago;
use crate::route::{SortKey, StatusFilter};
use crate::ui::{Glyph, IconButton, RelativeTime, Search, Segment, Segmented, Select, SelectOption};

/// Nothing where there is nothing to filter, and nothing to wait for.
pub(super) fn filters(
    reader: Reader,
    state: Signal<Backups>,
    send: Send,
    search: NodeRef<html::Input>,
) -> impl IntoView {
    let is_there = Memo::new(move |_| state.with(|state| !state.rows.is_empty() || state.body() == Body::Loading));
    move || is_there.get().then(|| bar(reader, state, send, search))
}

fn bar(reader: Reader, state: Signal<Backups>, send: Send, search: NodeRef<html::Input>) -> impl IntoView {
    let lang = reader.lang;
    let counts = Memo::new(move |_| state.with(|state| (!state.rows.is_empty()).then_some(state.counts)));
    let segments = move || {
        let counts = counts.get();
        let segment = |(index, filter): (usize, StatusFilter)| Segment {
            value: filter.word().to_owned(),
            label: lang.status_filter(filter).to_owned(),
            count: counts.map(|counts| reader.integer(counts[index] as u64)),
        };
        StatusFilter::ALL.into_iter().enumerate().map(segment).collect::<Vec<_>>()
    };
    let choose = move |word: String| {
        let chosen = StatusFilter::ALL.into_iter().find(|filter| filter.word() == word);
        send.run(Event::StatusChosen(chosen.unwrap_or_default()));
    };
    let sorts = SortKey::ALL.map(|sort| SelectOption::new(sort.word(), lang.column(sort)));
    let sort = move |word: String| {
        if let Some(sort) = SortKey::ALL.into_iter().find(|sort| sort.word() == word) {
            send.run(Event::SortChosen(sort));
        }
    };
    view! {
        <div class="filters">
            <Search
                label=lang.search_backups()
                value=Signal::derive(move || state.with(|state| state.view.search.clone()))
                on_input=move |text| send.run(Event::SearchTyped(text))
                key_hint="/"
                node_ref=search
            />
            <Segmented
                label=lang.filter_by_status()
                segments=Signal::derive(segments)
                chosen=Signal::derive(move || state.with(|state| state.view.status.word().to_owned()))
                on_choose=choose
            />
            {backend_filter(reader, state, send)}
            <div class="narrow-only">
                <Select
                    label=lang.sort_by()
                    inline=true
                    options=sorts.to_vec()
                    chosen=Signal::derive(move || state.with(|state| state.view.sort.word().to_owned()))
                    on_choose=sort
                />
            </div>
            <div class="filters-end">{freshness(reader, state)} {again(reader, state, send)}</div>
        </div>
    }
    .into_any()
}

/// With one backend there is nothing to choose, unless a link chose another.
fn backend_filter(reader: Reader, state: Signal<Backups>, send: Send) -> impl IntoView {
    let lang = reader.lang;
    let options = Memo::new(move |_| {
        state.with(|state| {
            let mut names: Vec<String> = state.lists.iter().map(|list| list.backend.name.clone()).collect();
            names.extend(state.view.backend.clone().filter(|chosen| !names.contains(chosen)));
            names
        })
    });
    let is_there = Memo::new(move |_| options.with(|names| names.len() > 1));
    let all = move || {
        let any = SelectOption::new("", lang.any_backend());
        let named = options.get().into_iter().map(|name| SelectOption::new(name.clone(), name));
        std::iter::once(any).chain(named).collect::<Vec<_>>()
    };
    move || {
        is_there.get().then(|| {
            view! {
                <Select
                    label=lang.backend_is()
                    inline=true
                    options=Signal::derive(all)
                    chosen=Signal::derive(move || state.with(|state| state.view.backend.clone().unwrap_or_default()))
                    on_choose=move |name: String| send.run(Event::BackendChosen(Some(name).filter(|name| !name.is_empty())))
                />
            }
        })
    }
}

fn freshness(reader: Reader, state: Signal<Backups>) -> impl IntoView {
    let lang = reader.lang;
    let now = Now::of_view();
    let at = Memo::new(move |_| state.with(Backups::listed_at));
    let is_there = Memo::new(move |_| at.with(Option::is_some));
    let at = move || at.get().unwrap_or_default();
    move || {
        is_there.get().then(|| {
            view! {
                <RelativeTime
                    text=Signal::derive(move || lang.listed_ago(&ago(lang, now.get() - at())))
                    absolute=Signal::derive(move || reader.date_time(at()))
                    datetime=Signal::derive(move || machine_time(at()))
                />
            }
        })
    }
}

fn again(reader: Reader, state: Signal<Backups>, send: Send) -> impl IntoView {
    let refreshing = Memo::new(move |_| state.with(|state| state.refreshing));
    view! {
        <IconButton
            label=reader.lang.refresh()
            glyph=Glyph::Again
            working=refreshing
            on_press=move |()| send.run(Event::RefreshPressed)
        />
    }
}
