//! The dialogs: open by id, and the names that a number stands for.

use leptos::prelude::*;
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::operation::Kind;

use super::finder::{Finder, FinderEvent, Missing};
use super::model::{Backups, Dialog as Open, Event};
use super::row::find;
use super::view::Send;
use crate::i18n::Lang;
use crate::ui::{Button, ButtonKind, Dialog, RadioGroup, RadioOption, Select, SelectOption, TextField};

pub(super) fn dialogs(lang: Lang, state: Signal<Backups>, send: Send) -> impl IntoView {
    view! {
        {finder(lang, state, send)}
        {names(lang, state, send)}
    }
}

fn finder(lang: Lang, state: Signal<Backups>, send: Send) -> impl IntoView {
    let form = Memo::new(move |_| {
        state.with(|state| match &state.dialog {
            Some(Open::Find(finder)) => Some(finder.clone()),
            _ => None,
        })
    });
    let footer = move || {
        view! {
            <Button label=lang.find_open() kind=ButtonKind::Primary submit=true />
            <Button label=lang.go_back() on_press=move |()| send.run(Event::DialogClosed) />
        }
    };
    view! {
        <Dialog
            title=lang.find_title()
            open=Signal::derive(move || form.with(Option::is_some))
            on_close=move |()| send.run(Event::DialogClosed)
            on_submit=Callback::new(move |()| send.run(Event::FindSubmitted))
            footer
        >
            {fields(lang, state, form, send)}
        </Dialog>
    }
}

fn fields(lang: Lang, state: Signal<Backups>, form: Memo<Option<Finder>>, send: Send) -> AnyView {
    let field = move |read: fn(&Finder) -> &str| {
        Signal::derive(move || form.with(|form| form.as_ref().map(|form| read(form).to_owned()).unwrap_or_default()))
    };
    let typed =
        move |event: fn(String) -> FinderEvent| Callback::new(move |text: String| send.run(Event::Finder(event(text))));
    let missing = move |what: Missing| {
        Signal::derive(move || {
            let is_missing = form.with(|form| form.as_ref().is_some_and(|form| form.missing == Some(what)));
            is_missing.then(|| lang.find_missing(what).to_owned())
        })
    };
    let backends = state.with_untracked(|state| {
        let meta = state.server.meta.get();
        meta.map(|meta| meta.backends.iter().map(|backend| backend.name.clone()).collect::<Vec<_>>())
    });
    let backends = backends.unwrap_or_default();
    let backend = if backends.is_empty() {
        view! {
            <TextField
                label=lang.backend()
                value=field(|form| &form.backend)
                on_input=typed(FinderEvent::BackendChosen)
                error=missing(Missing::Backend)
                mono=true
            />
        }
        .into_any()
    } else {
        let options: Vec<_> = backends.into_iter().map(|name| SelectOption::new(name.clone(), name)).collect();
        view! {
            <Select
                label=lang.backend()
                options
                chosen=field(|form| &form.backend)
                on_choose=typed(FinderEvent::BackendChosen)
                mono=true
            />
        }
        .into_any()
    };
    let no_places = state
        .with_untracked(|state| supports(state.server.version(), Feature::Location))
        .err()
        .map(|version| lang.needs_version(&version.to_string()));
    let no_bucket = {
        let no_places = no_places.clone();
        move || {
            let has_none = form.with(|form| form.as_ref().is_some_and(|form| !form.has_buckets()));
            no_places.clone().or_else(|| has_none.then(|| lang.no_buckets().to_owned()))
        }
    };
    let kinds = [Kind::Create, Kind::Restore].map(|kind| RadioOption {
        value: kind_word(kind).to_owned(),
        label: lang.operation_kind(kind).to_owned(),
        ..RadioOption::default()
    });
    let choose_kind = move |word: String| {
        let kind = if word == kind_word(Kind::Restore) { Kind::Restore } else { Kind::Create };
        send.run(Event::Finder(FinderEvent::KindChosen(kind)));
    };
    view! {
        <TextField
            label=lang.backup_id()
            value=field(|form| &form.id)
            on_input=typed(FinderEvent::IdTyped)
            error=missing(Missing::Id)
            mono=true
            required=true
            autofocus=true
        />
        {backend}
        <RadioGroup
            label=lang.find_what()
            options=kinds.to_vec()
            chosen=field(|form| kind_word(form.kind))
            on_choose=choose_kind
        />
        <div class="field-row">
            <TextField
                label=lang.find_bucket()
                value=field(|form| &form.bucket)
                on_input=typed(FinderEvent::BucketTyped)
                reason=Signal::derive(no_bucket)
                mono=true
            />
            <TextField
                label=lang.find_path()
                value=field(|form| &form.path)
                on_input=typed(FinderEvent::PathTyped)
                reason=no_places
                mono=true
            />
        </div>
        <p class="quiet small">{lang.find_place_help()}</p>
    }
    .into_any()
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Create => "create",
        Kind::Restore => "restore",
    }
}

fn names(lang: Lang, state: Signal<Backups>, send: Send) -> impl IntoView {
    let shown = Memo::new(move |_| {
        state.with(|state| match &state.dialog {
            Some(Open::CollectionsOf(key)) => {
                let names =
                    find(&state.rows, key).and_then(|row| row.backup()).map(|backup| backup.collections.names.clone());
                Some((lang.collections_of(&key.id), names.unwrap_or_default()))
            }
            Some(Open::Uncovered(names)) => Some((lang.uncovered_title().to_owned(), names.clone())),
            Some(Open::Find(_)) | None => None,
        })
    });
    let title = move || shown.with(|shown| shown.as_ref().map(|(title, _)| title.clone()).unwrap_or_default());
    let list = move || {
        let names = shown.with(|shown| shown.as_ref().map(|(_, names)| names.clone()).unwrap_or_default());
        names.into_iter().map(|name| view! { <li class="mono">{name}</li> }).collect_view()
    };
    let footer = move || view! { <Button label=lang.close() on_press=move |()| send.run(Event::DialogClosed) /> };
    view! {
        <Dialog
            title=Signal::derive(title)
            open=Signal::derive(move || shown.with(Option::is_some))
            on_close=move |()| send.run(Event::DialogClosed)
            footer
        >
            <ul class="name-list">{list}</ul>
        </Dialog>
    }
}
