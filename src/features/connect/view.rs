//! The connect screen. It only matches on the state and sends events.

use leptos::prelude::*;
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::secret::Secret;
use weaviate_backups::domain::server_url::ServerUrl;

use super::model::{Attempt, Connect, Event};
use super::report;
use crate::app::context::{Now, Reader};
use crate::app::pages::Page;
use crate::app::shell::colour;
use crate::connection::{Environment, KeepKey, SavedConnection, SignIn};
use crate::i18n::Lang;
use crate::ui::{
    Button, ButtonKind, EnvironmentLabel, EnvironmentSquare, Form, Panel, RadioGroup, RadioOption, SecretField, Select,
    SelectOption, Sentence, TextField, Tone,
};

type Send = Callback<Event>;

/// `secret_of` finds the key that is still known for a saved connection.
pub fn page(state: Signal<Connect>, send: Send, secret_of: Callback<ConnectionId, Option<Secret>>) -> Page {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let attempt = Memo::new(move |_| state.with(|state| state.attempt.clone()));
    let host = move || {
        state.with(|state| ServerUrl::parse(&state.form.url).map(|url| url.host().to_owned()).unwrap_or_default())
    };
    let sentence = move || {
        attempt.with(|attempt| match attempt {
            Attempt::None | Attempt::Refused(_) => {
                (lang.connect_lead().to_owned(), Some(lang.connect_lead_rest()), None)
            }
            Attempt::Checking => (lang.checking_server(&untrack(host)), None, Some(Tone::Busy)),
            Attempt::Failed { cause, .. } => (lang.cause_sentence(cause, &untrack(host)), None, Some(Tone::Danger)),
        })
    };
    let sentence = Memo::new(move |_| sentence());
    let edited = Memo::new(move |_| state.with(|state| state.edits().map(|saved| saved.name.clone())));
    let title = Signal::derive(move || {
        edited.get().map_or_else(|| lang.new_connection().to_owned(), |name| lang.edit_connection(&name))
    });
    let body = view! {
        <div role="status">
            <Sentence
                strong=Signal::derive(move || sentence.get().0)
                rest=Signal::derive(move || sentence.get().1.map(str::to_owned))
                tone=Signal::derive(move || sentence.get().2)
            />
        </div>
        <div class="columns connect-columns">
            <div class="column">
                <Panel title>{form(lang, state, send, title)}</Panel>
                <Panel title=lang.saved_connections() flush=true>{saved_list(reader, state, send, secret_of)}</Panel>
            </div>
            <div class="column">
                {move || {
                    attempt.with(|attempt| match attempt {
                        Attempt::Failed { cause, observed } => {
                            let url = untrack(|| state.with(|state| ServerUrl::parse(&state.form.url).ok()));
                            url.map(|url| report::report(reader, &url, cause, observed))
                        }
                        _ => None,
                    })
                }}
            </div>
        </div>
    }
    .into_any();
    Page::titled(lang.connections(), body)
}

fn form(lang: Lang, state: Signal<Connect>, send: Send, label: Signal<String>) -> impl IntoView {
    let field = move |read: fn(&Connect) -> String| Signal::derive(move || state.with(read));
    let sign_in = Memo::new(move |_| state.with(Connect::sign_in));
    let url_error = move || state.with(|state| state.url_error().map(|error| lang.url_error(error).to_owned()));
    let checking = Memo::new(move |_| state.with(|state| state.attempt == Attempt::Checking));
    let failed = Memo::new(move |_| state.with(|state| matches!(state.attempt, Attempt::Failed { .. })));
    let environments =
        Environment::ALL.map(|environment| SelectOption::new(index(environment), lang.environment(environment)));
    view! {
        <Form label on_submit=move |()| send.run(Event::SubmitPressed)>
            <TextField
                label=lang.server_address()
                value=field(|state| state.form.url.clone())
                on_input=move |text| send.run(Event::UrlTyped(text))
                help=Some(lang.server_address_help().to_owned())
                error=Signal::derive(url_error)
                placeholder=Some("http://localhost:8080".to_owned())
                mono=true
                inputmode="url"
                autocomplete="url"
                required=true
            />
            <Select
                label=lang.sign_in_with()
                options=SignIn::ALL.map(|sign_in| SelectOption::new(index(sign_in), lang.sign_in(sign_in))).to_vec()
                chosen=Signal::derive(move || index(sign_in.get()))
                on_choose=move |value: String| send.run(Event::SignInChosen(chosen(&SignIn::ALL, &value)))
            />
            {move || (sign_in.get() != SignIn::None).then(|| key_fields(lang, state, send))}
            <div class="field-row">
                <TextField
                    label=lang.connection_name()
                    value=field(Connect::name)
                    on_input=move |text| send.run(Event::NameTyped(text))
                />
                <Select
                    label=lang.environment_label()
                    options=environments.to_vec()
                    chosen=field(|state| index(state.environment()))
                    on_choose=move |value: String| send.run(Event::EnvironmentChosen(chosen(&Environment::ALL, &value)))
                    lead=move || {
                        let environment = Signal::derive(move || state.with(|state| colour(state.environment())));
                        view! { <EnvironmentSquare colour=environment /> }
                    }
                />
            </div>
            <div class="form-actions">
                <Button
                    label=Signal::derive(move || if failed.get() { lang.try_again() } else { lang.connect() }.to_owned())
                    kind=ButtonKind::Primary
                    working=checking
                    submit=true
                />
                {move || {
                    state
                        .with(Connect::may_open_anyway)
                        .then(|| {
                            view! {
                                <Button label=lang.open_it_anyway() on_press=move |()| send.run(Event::OpenAnywayPressed) />
                            }
                        })
                }}
                <Button label=lang.clear() on_press=move |()| send.run(Event::ClearPressed) />
            </div>
        </Form>
    }
}

fn key_fields(lang: Lang, state: Signal<Connect>, send: Send) -> impl IntoView {
    let label = move || state.with(|state| lang.sign_in(state.sign_in()).to_owned());
    let error = move || {
        state.with(|state| match &state.attempt {
            Attempt::Refused(error) => lang.key_error(error).map(str::to_owned),
            _ => None,
        })
    };
    let origin = crate::app::context::page_origin();
    let options = [KeepKey::InMemory, KeepKey::InBrowser].map(|keep| RadioOption {
        value: index(keep),
        label: lang.keep_key(keep).to_owned(),
        detail: (keep == KeepKey::InBrowser).then(|| lang.saved_key_warning(&origin)),
        ..RadioOption::default()
    });
    view! {
        <SecretField
            label=Signal::derive(label)
            value=Signal::derive(move || state.with(|state| state.key.clone()))
            on_input=move |text| send.run(Event::KeyTyped(text))
            show_label=lang.show()
            hide_label=lang.hide()
            error=Signal::derive(error)
        />
        <RadioGroup
            label=lang.keep_the_key()
            options=options.to_vec()
            chosen=Signal::derive(move || state.with(|state| index(state.keep_key())))
            on_choose=move |value: String| {
                send.run(Event::KeepKeyChosen(chosen(&[KeepKey::InMemory, KeepKey::InBrowser], &value)));
            }
        />
    }
}

fn saved_list(
    reader: Reader,
    state: Signal<Connect>,
    send: Send,
    secret_of: Callback<ConnectionId, Option<Secret>>,
) -> impl IntoView {
    let saved = Memo::new(move |_| state.with(|state| state.saved.clone()));
    move || {
        let saved = saved.get();
        if saved.is_empty() {
            return view! { <p class="connect-none quiet">{reader.lang.no_saved_connections()}</p> }.into_any();
        }
        let rows = saved.into_iter().map(|saved| saved_row(reader, saved, send, secret_of)).collect_view();
        view! { <ul class="connect-saved">{rows}</ul> }.into_any()
    }
}

fn saved_row(
    reader: Reader,
    saved: SavedConnection,
    send: Send,
    secret_of: Callback<ConnectionId, Option<Secret>>,
) -> impl IntoView {
    let lang = reader.lang;
    let SavedConnection { id, name, url, environment, last_used, last_version, .. } = saved;
    let ago = reader.ago(Now::of_view(), last_used);
    let used = move || lang.used_ago(last_version.as_deref(), &ago());
    let (edit, forget) = (id.clone(), id.clone());
    let connect = move |()| send.run(Event::SavedPressed(id.clone(), secret_of.run(id.clone())));
    view! {
        <li class="connect-row">
            <div class="connect-row-text">
                <div class="connect-row-name">
                    <strong>{name.clone()}</strong>
                    <EnvironmentLabel colour=colour(environment) name=lang.environment(environment) />
                    <span class="quiet" data-clock>{used}</span>
                </div>
                <div class="mono quiet">{url.to_string()}</div>
            </div>
            <div class="connect-row-actions">
                <Button label=lang.edit() full_name=lang.edit_connection(&name) small=true on_press=move |()| send.run(Event::EditPressed(edit.clone())) />
                <Button
                    label=lang.forget()
                    full_name=lang.forget_connection(&name)
                    small=true
                    on_press=move |()| send.run(Event::ForgetPressed(forget.clone()))
                />
                <Button label=lang.connect() full_name=lang.connect_to(&name) small=true on_press=connect />
            </div>
        </li>
    }
}

/// A choice as the value of an option: its place among all of them.
fn index<T: Copy + Into<u8>>(choice: T) -> String {
    choice.into().to_string()
}

/// The choice of an option's value; the first when the value is none of ours.
fn chosen<T: Copy + Default + Into<u8>>(all: &[T], value: &str) -> T {
    all.iter().copied().find(|&choice| index(choice) == value).unwrap_or_default()
}
