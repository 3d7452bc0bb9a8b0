//! The create form: fields left, what is true of them right.

use leptos::prelude::*;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::domain::backup_id::{BackupId, BackupIdError};
use weaviate_backups::domain::compression::CompressionLevel;
use weaviate_backups::domain::status::Status;
use weaviate_backups::preflight::fact::Fact;

use super::model::{Create, Event, WhyNot};
use super::{chooser_view, place_view, side_view};
use crate::app::context::{Now, Reader};
use crate::app::pages::Page;
use crate::app::submit::Submitting;
use crate::app::{cpu_view, submit_view};
use crate::connection::SavedConnection;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, Form, Select, SelectOption, Sentence, TextField, Tone};

pub type Send = Callback<Event>;

/// How the form is sent.
#[derive(Clone, Copy)]
pub struct Sending {
    pub submitting: Submitting,
    /// It is being sent, or about to be.
    pub working: Signal<bool>,
    /// Submits what the model allows.
    pub press: Callback<()>,
    /// Empties the form.
    pub discard: Callback<()>,
}

pub fn page(connection: &SavedConnection, state: Signal<Create>, send: Send, sending: Sending) -> Page {
    let Sending { submitting, working, press, discard } = sending;
    let reader = Reader::of_view();
    let lang = reader.lang;
    let why_not = Memo::new(move |_| state.with(|state| state.why_not().map(|why| lang.create_why_not(&why))));
    let ready = Memo::new(move |_| state.with(Create::ready).map(|warnings| lang.ready(warnings)));
    let actions = view! {
        {move || ready.get().map(|ready| view! { <span class="head-note">{ready}</span> })}
        <Button label=lang.discard() on_press=discard />
        <Button label=lang.create_title() kind=ButtonKind::Primary on_press=press reason=why_not working />
    }
    .into_any();
    let refused = Memo::new(move |_| {
        state.with(|state| {
            state.why_not().filter(WhyNot::is_refusal).map(|why| lang.sentence(lang.create_why_not(&why)))
        })
    });
    let plan = Memo::new(move |_| {
        state.with(|state| {
            state.selection().map_or_else(
                |why| lang.create_why_not(&why),
                |names| lang.create_sentence(names.names().len(), names.is_everything(), &state.place_word()),
            )
        })
    });
    let body = view! {
        {submit_view::status(reader, submitting)}
        <Sentence
            strong=Signal::derive(move || refused.get().unwrap_or_else(|| plan.get()))
            rest=Signal::derive(move || refused.with(Option::is_some).then(|| plan.get()))
            tone=Signal::derive(move || refused.with(Option::is_some).then_some(Tone::Danger))
        />
        <div class="columns create-columns">
            <div class="column">
                <Form label=lang.create_title() on_submit=press>
                    {id_field(reader, state, send)}
                    {place_view::place(reader, state, send)}
                    {chooser_view::chooser(reader, state, send)}
                    {options(reader, state, send)}
                </Form>
            </div>
            <div class="column">{side_view::side(reader, state, send, connection)}</div>
        </div>
    }
    .into_any();
    let crumbs = vec![
        (connection.name.clone(), Route::backups(connection.id.clone()).hash()),
        (lang.backups().to_owned(), Route::backups(connection.id.clone()).hash()),
    ];
    Page { crumbs, actions, ..Page::titled(lang.create_title(), body) }
}

fn id_field(reader: Reader, state: Signal<Create>, send: Send) -> AnyView {
    let lang = reader.lang;
    let now = Now::of_view();
    let id = Memo::new(move |_| state.with(|state| state.form.id.clone()));
    let parsed = Memo::new(move |_| state.with(Create::id));
    let known = Memo::new(move |_| state.with(|state| (state.id_known.clone(), state.place_word())));
    let error = move || match parsed.get() {
        Err(error) => Some(lang.id_error(&error).to_owned()),
        Ok(_) => known.with(|(known, backend)| match known {
            Fact::Known { value: Some(Status::Canceled), .. } => Some(lang.canceled_on(backend)),
            Fact::Known { value: Some(status), .. } => Some(lang.taken_on(backend, &lang.status_word(status))),
            Fact::Failed { kind: ErrorKind::NotPermitted, .. } => Some(lang.taken_unseen(backend)),
            _ => None,
        }),
    };
    let good = move || {
        known.with(|(known, backend)| match known {
            Fact::Known { value: None, .. } if parsed.with(Result::is_ok) => Some(lang.free_on(backend)),
            _ => None,
        })
    };
    let help = move || {
        known.with(|(known, backend)| match known {
            Fact::NotAsked if !backend.is_empty() => lang.asking_id(backend),
            Fact::Failed { words, .. } => lang.id_not_known(&lang.cause_of(words)),
            _ => lang.id_rule().to_owned(),
        })
    };
    let asked = move || {
        known.with(|(known, _)| known.at()).map(|at| {
            let ago = reader.ago(now, at.0);
            view! { <span class="quiet small" data-clock>{move || lang.asked_ago(&ago())}</span> }
        })
    };
    let suggestion = move || match parsed.get() {
        Err(BackupIdError::Characters { suggestion: Some(id), .. }) => Some(way_out(reader, id, send)),
        _ => None,
    };
    view! {
        <TextField
            label=lang.backup_id()
            value=id
            on_input=move |text| send.run(Event::IdTyped(text))
            error=Signal::derive(error)
            ok=Signal::derive(good)
            help=Signal::derive(move || Some(help()))
            suffix=Signal::derive(move || Some(lang.characters(id.with(|id| id.chars().count()))))
            aside=move || asked.into_any()
            way_out=move || suggestion.into_any()
            mono=true
            required=true
        />
    }
    .into_any()
}

fn way_out(reader: Reader, id: BackupId, send: Send) -> AnyView {
    let label = reader.lang.use_instead(id.as_str());
    let take = move |()| send.run(Event::SuggestionTaken(id.clone()));
    view! { <Button label kind=ButtonKind::Link on_press=take /> }.into_any()
}

fn options(reader: Reader, state: Signal<Create>, send: Send) -> AnyView {
    let lang = reader.lang;
    let zstd_needs = Memo::new(move |_| state.with(Create::zstd_needs));
    let levels = Memo::new(move |_| {
        let mut levels = vec![SelectOption::new("", lang.server_default_compression())];
        levels.extend(CompressionLevel::ALL.into_iter().map(|level| SelectOption {
            disabled: !state.with(|state| state.offers(level)),
            ..SelectOption::new(level.as_str(), level.as_str())
        }));
        levels
    });
    let cpu = Signal::derive(move || state.with(|state| state.form.cpu.clone()));
    let cpu_error = Signal::derive(move || state.with(|state| state.cpu().err()));
    view! {
        <div class="fields">
            <Select
                label=lang.compression()
                options=levels
                chosen=Signal::derive(move || {
                    state.with(Create::compression).map_or("", CompressionLevel::as_str).to_owned()
                })
                on_choose=move |level| send.run(Event::CompressionChosen(level))
                help=Signal::derive(move || zstd_needs.get().map(|needed| lang.zstd_needs(&needed.to_string())))
                mono=true
            />
            {cpu_view::field(reader, cpu, cpu_error, Callback::new(move |text| send.run(Event::CpuTyped(text))))}
        </div>
    }
    .into_any()
}
