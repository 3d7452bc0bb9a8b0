//! The names that can be chosen, each with its state in the target; or a field for them, where none can be read.

use leptos::prelude::*;
use weaviate_backups::preflight::collections::CollectionState;

use super::model::{Event, Names, Restore};
use super::view::Send;
use crate::app::context::Reader;
use crate::ui::{Checkbox, Glyph, Note, StatusMark, TextField, Tone};

pub fn chooser(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let rows = Memo::new(move |_| state.with(Restore::rows));
    let is_awaited = Memo::new(move |_| state.with(|state| state.names() == Names::Awaited));
    let has_rows = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let content = move || {
        if is_awaited.get() {
            view! { <Note>{reader.lang.names_loading()}</Note> }.into_any()
        } else {
            has_rows.get().then(|| list(reader, rows, send)).into_any()
        }
    };
    content.into_any()
}

/// Where the names in the backup cannot be read: all of it unseen, or the names as typed. Nothing where they can.
pub fn unlisted(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let is_typed = Memo::new(move |_| state.with(|state| state.names() == Names::Typed));
    // The field comes and goes below the box: the box keeps the focus.
    let is_unlisted = Memo::new(move |_| state.with(|state| matches!(state.names(), Names::Typed | Names::Everything)));
    let content = move || {
        let lang = reader.lang;
        is_unlisted.get().then(|| {
            view! {
                <Note>{lang.names_unknown()}</Note>
                {move || is_typed.get().then(|| typed(reader, state, send))}
                <Checkbox
                    label=lang.everything_in_it()
                    checked=Signal::derive(move || !is_typed.get())
                    on_change=move |ticked| send.run(Event::EverythingTicked(ticked))
                    detail=Some(lang.everything_help().to_owned())
                />
            }
        })
    };
    content.into_any()
}

fn typed(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let lang = reader.lang;
    view! {
        <TextField
            label=lang.typed_names()
            value=Signal::derive(move || state.with(|state| state.form.typed.clone()))
            on_input=move |text| send.run(Event::NamesTyped(text))
            help=Some(lang.typed_names_help().to_owned())
            mono=true
        />
    }
    .into_any()
}

type Rows = Memo<Vec<(String, CollectionState, bool)>>;

fn list(reader: Reader, rows: Rows, send: Send) -> AnyView {
    let lang = reader.lang;
    // The rows stay while ticks come and go: only another list, or another state of a name, builds them anew.
    let listed = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|(name, state, _)| (name.clone(), state.clone())).collect::<Vec<_>>())
    });
    let counts = Memo::new(move |_| rows.with(|rows| (rows.iter().filter(|(.., chosen)| *chosen).count(), rows.len())));
    let list =
        move || listed.get().into_iter().map(|(name, state)| row(reader, rows, send, name, state)).collect_view();
    view! {
        <div class="chooser chooser-long chooser-states">
            <div class="chooser-head">
                <Checkbox
                    label=Signal::derive(move || counts.with(|(chosen, all)| lang.chosen_of(*chosen, *all)))
                    checked=Signal::derive(move || counts.with(|(chosen, all)| chosen == all))
                    partly=Signal::derive(move || counts.with(|(chosen, all)| *chosen > 0 && chosen < all))
                    on_change=move |ticked| send.run(Event::AllTicked(ticked))
                />
                <span class="chooser-value">{lang.in_target_now()}</span>
            </div>
            <ul class="chooser-list" role="list" aria-label=lang.collections()>{list}</ul>
        </div>
    }
    .into_any()
}

fn row(reader: Reader, rows: Rows, send: Send, name: String, state: CollectionState) -> AnyView {
    let checked = Memo::new({
        let name = name.clone();
        move |_| rows.with(|rows| rows.iter().any(|(row, _, chosen)| *row == name && *chosen))
    });
    let (tone, glyph) = match state {
        CollectionState::New => (Tone::Ok, Glyph::Ok),
        CollectionState::Unknown => (Tone::Idle, Glyph::Unknown),
        _ => (Tone::Danger, Glyph::Failed),
    };
    let word = reader.lang.in_target(&state);
    let quiet = state == CollectionState::New;
    let label = name.clone();
    let tick = move |ticked| send.run(Event::Ticked(name.clone(), ticked));
    view! {
        <li class="chooser-row">
            <Checkbox label checked=checked on_change=tick mono=true />
            <StatusMark tone glyph word quiet />
        </li>
    }
    .into_any()
}
