//! Which collections: all, only some, all but some; found by a part of a name or a pattern.

use leptos::prelude::*;
use weaviate_backups::preflight::fact::Fact;

use super::model::{Create, Event, Mode};
use super::view::Send;
use crate::app::context::Reader;
use crate::ui::{Button, Checkbox, Search, Segment, Segmented};

const MODES: [Mode; 3] = [Mode::All, Mode::Only, Mode::Except];

fn value(mode: Mode) -> &'static str {
    match mode {
        Mode::All => "all",
        Mode::Only => "only",
        Mode::Except => "except",
    }
}

pub fn chooser(reader: Reader, state: Signal<Create>, send: Send) -> AnyView {
    let lang = reader.lang;
    let all = Memo::new(move |_| state.with(|state| state.names.value().map_or(0, Vec::len)));
    let mode = Memo::new(move |_| state.with(|state| state.form.mode));
    let shown = Memo::new(move |_| state.with(Create::shown));
    let is_filtered = Memo::new(move |_| state.with(|state| !state.filter.trim().is_empty()));
    let chosen = Memo::new(move |_| state.with(|state| state.selection().map_or(0, |names| names.names().len())));
    let segments = move || {
        let segment = |mode| Segment {
            value: value(mode).to_owned(),
            label: lang.mode(mode).to_owned(),
            count: (mode == Mode::All).then(|| all.get().to_string()),
        };
        MODES.map(segment).to_vec()
    };
    let choose_mode = move |chosen: String| {
        let mode = MODES.into_iter().find(|&mode| value(mode) == chosen).unwrap_or_default();
        send.run(Event::ModeChosen(mode));
    };
    let matches = move || {
        (is_filtered.get() && mode.get() != Mode::All).then(|| {
            let count = shown.with(Vec::len);
            if count == 0 {
                view! { <p class="field-help" role="status">{lang.no_match()}</p> }.into_any()
            } else {
                let take = move |()| send.run(Event::MatchesTicked);
                view! { <Button label=lang.choose_matches(count) small=true on_press=take /> }.into_any()
            }
        })
    };
    let missing = move || {
        state.with(|state| match &state.names {
            Fact::NotAsked => Some(lang.reading_names().to_owned()),
            Fact::Failed { words, .. } => Some(lang.not_asked_names(words)),
            Fact::Known { .. } | Fact::NotOffered => None,
        })
    };
    let missing = Memo::new(move |_| missing());
    let rows = move || shown.get().into_iter().map(|name| row(state, send, mode.get(), name)).collect_view();
    view! {
        <div class="collections">
            <div class="field-head"><span class="field-label">{lang.collections()}</span></div>
            <div class="filters">
                <Segmented
                    label=lang.collections()
                    segments=Signal::derive(segments)
                    chosen=Signal::derive(move || value(mode.get()).to_owned())
                    on_choose=choose_mode
                />
                <Search
                    label=lang.filter_label()
                    value=Signal::derive(move || state.with(|state| state.filter.clone()))
                    on_input=move |text| send.run(Event::FilterTyped(text))
                />
            </div>
            {matches}
            <div class="chooser">
                <div class="chooser-head"><span>{move || lang.chosen_of(chosen.get(), all.get())}</span></div>
                <ul class="chooser-list" aria-label=lang.collections() tabindex="0">{rows}</ul>
            </div>
            <p class="field-help">{move || missing.get().unwrap_or_else(|| lang.sent_as_names(chosen.get()))}</p>
        </div>
    }
    .into_any()
}

fn row(state: Signal<Create>, send: Send, mode: Mode, name: String) -> AnyView {
    let ticked = Memo::new({
        let name = name.clone();
        move |_| state.with(|state| state.is_ticked(&name))
    });
    if mode == Mode::All {
        return view! { <li class="chooser-row"><code>{name}</code></li> }.into_any();
    }
    let label = name.clone();
    let tick = move |ticked| send.run(Event::Ticked(name.clone(), ticked));
    view! { <li class="chooser-row"><Checkbox label checked=ticked on_change=tick mono=true /></li> }.into_any()
}
