//! Where the backup goes: the backend, and another bucket or path than its own.

use leptos::prelude::*;
use weaviate_backups::domain::backend::Backend;

use super::model::{Create, Event};
use super::view::Send;
use crate::app::context::Reader;
use crate::ui::{Button, ButtonKind, RadioGroup, RadioOption, TextField};

pub fn place(reader: Reader, state: Signal<Create>, send: Send) -> AnyView {
    let is_elsewhere = Memo::new(move |_| state.with(Create::is_elsewhere));
    let fields = move || is_elsewhere.get().then(|| elsewhere(reader, state, send));
    view! {
        {backends(reader, state, send, is_elsewhere)}
        {fields}
    }
    .into_any()
}

fn backends(reader: Reader, state: Signal<Create>, send: Send, is_elsewhere: Memo<bool>) -> AnyView {
    let lang = reader.lang;
    let options = Memo::new(move |_| {
        state.with(|state| {
            let backends = state.server.backends().to_vec();
            let option = |backend: Backend| {
                let refused = state.backend_refused(&backend.name).map(|count| lang.refused_on_nodes(count));
                RadioOption {
                    shut: refused.is_some(),
                    label: backend.name.clone(),
                    value: backend.name,
                    aside: backend.place,
                    detail: match (refused, backend.error) {
                        (Some(refused), Some(words)) => Some(lang.beside_module(&refused, &words)),
                        (refused, words) => refused.or_else(|| Some(lang.module_says(&words?))),
                    },
                }
            };
            backends.into_iter().map(option).collect::<Vec<_>>()
        })
    });
    let needs = move || state.with(Create::location_needs).map(|version| lang.needs_version(&version.to_string()));
    let toggle = move || {
        let label = move || if is_elsewhere.get() { lang.own_place() } else { lang.other_place() }.to_owned();
        view! {
            <Button
                label=Signal::derive(label)
                kind=ButtonKind::Link
                reason=Signal::derive(needs)
                on_press=move |()| send.run(Event::ElsewhereChosen(!is_elsewhere.get_untracked()))
            />
        }
    };
    view! {
        <RadioGroup
            label=lang.backend()
            options=options
            chosen=Signal::derive(move || state.with(|state| state.form.backend.clone()))
            on_choose=move |backend| send.run(Event::BackendChosen(backend))
            aside=toggle
            cards=true
            mono=true
        />
    }
    .into_any()
}

fn elsewhere(reader: Reader, state: Signal<Create>, send: Send) -> AnyView {
    let lang = reader.lang;
    let no_buckets = move || (!state.with(Create::has_buckets)).then(|| lang.no_buckets().to_owned());
    view! {
        <div class="field-row">
            <TextField
                label=lang.find_bucket()
                value=Signal::derive(move || state.with(|state| state.form.bucket.clone()))
                on_input=move |text| send.run(Event::BucketTyped(text))
                reason=Signal::derive(no_buckets)
                mono=true
            />
            <TextField
                label=lang.find_path()
                value=Signal::derive(move || state.with(|state| state.form.path.clone()))
                on_input=move |text| send.run(Event::PathTyped(text))
                mono=true
            />
        </div>
        <p class="quiet small">{lang.elsewhere_help()}</p>
    }
    .into_any()
}
