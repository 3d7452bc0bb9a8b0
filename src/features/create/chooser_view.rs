//! Which collections: all, only some, all but some; found by a part of a name or a pattern.

use leptos::prelude::*;
use weaviate_backups::preflight::fact::Fact;

use super::model::{Create, Event, Mode, WhyNot};
use super::view::Send;
use crate::app::context::Reader;
use crate::i18n::Lang;
use crate::ui::{Button, Checkbox, Note, Search, Segment, Segmented};

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
    let is_malformed = Memo::new(move |_| state.with(Create::filter_is_malformed));
    let gone = Memo::new(move |_| state.with(Create::missing));
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
            if is_malformed.get() {
                view! { <p class="field-help" role="status">{lang.malformed_pattern()}</p> }.into_any()
            } else if count == 0 {
                view! { <p class="field-help" role="status">{lang.no_match()}</p> }.into_any()
            } else {
                let take = move |()| send.run(Event::MatchesTicked);
                let label =
                    if mode.get() == Mode::Only { lang.choose_matches(count) } else { lang.leave_out_matches(count) };
                view! { <Button label small=true on_press=take /> }.into_any()
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
    let refused = Memo::new(move |_| match state.with(Create::selection) {
        Err(WhyNot::Selection(error)) => Some(lang.selection_error(&error)),
        _ => None,
    });
    let said =
        Memo::new(move |_| missing.get().or_else(|| refused.get()).unwrap_or_else(|| lang.sent_as_names(chosen.get())));
    let has_failed = Memo::new(move |_| state.with(|state| matches!(state.names, Fact::Failed { .. })));
    // A draft of earlier may hold names that are gone since: what is not shown cannot be unticked.
    let drop_gone = move || {
        let names = gone.get();
        (!names.is_empty()).then(|| {
            let take = move |()| send.run(Event::MissingDropped);
            view! {
                <Note>{lang.names_gone(&names)}</Note>
                <Button label=lang.leave_them_out() small=true on_press=take />
            }
        })
    };
    let read_again = move || {
        has_failed.get().then(|| {
            let press = move |()| send.run(Event::AskedAgain);
            view! { <Button label=lang.try_again() small=true on_press=press /> }
        })
    };
    let rows = move || shown.get().into_iter().map(|name| row(state, send, name)).collect_view();
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
            {drop_gone}
            <div class="chooser">
                {head(lang, chosen, all, send)}
                <ul class="chooser-list" role="list" aria-label=lang.collections() tabindex="0">{rows}</ul>
            </div>
            <p class="field-help">{move || said.get()}</p>
            {read_again}
        </div>
    }
    .into_any()
}

/// How many are chosen, and a tick for all of them.
fn head(lang: Lang, chosen: Memo<usize>, all: Memo<usize>, send: Send) -> AnyView {
    view! {
        <div class="chooser-head">
            <Checkbox
                label=Signal::derive(move || lang.chosen_of(chosen.get(), all.get()))
                checked=Signal::derive(move || chosen.get() > 0 && chosen.get() == all.get())
                partly=Signal::derive(move || chosen.get() > 0 && chosen.get() < all.get())
                on_change=move |ticked| send.run(Event::AllTicked(ticked))
            />
        </div>
    }
    .into_any()
}

fn row(state: Signal<Create>, send: Send, name: String) -> AnyView {
    let ticked = Memo::new({
        let name = name.clone();
        move |_| state.with(|state| state.is_ticked(&name))
    });
    let label = name.clone();
    let tick = move |ticked| send.run(Event::Ticked(name.clone(), ticked));
    view! { <li class="chooser-row"><Checkbox label checked=ticked on_change=tick mono=true /></li> }.into_any()
}
