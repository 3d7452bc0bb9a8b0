//! The restore form: the check and its way out, the selection beside it, the request, the confirmation.

use leptos::prelude::*;

use super::check_view;
use super::model::{Event, Restore};
use crate::app::context::Reader;
use crate::app::pages::Page;
use crate::app::shell::colour;
use crate::app::submit::Submitting;
use crate::app::{request_view, submit_view};
use crate::connection::{Environment, SavedConnection, SignIn};
use crate::route::Route;
use crate::ui::{
    Button, ButtonKind, Checkbox, ConfirmDialog, EnvironmentLabel, Note, NumberField, Sentence, Tone, TypedConfirmation,
};

pub type Send = Callback<Event>;

/// `confirmed` submits what the check allows.
pub fn page(
    connection: &SavedConnection,
    state: Signal<Restore>,
    send: Send,
    submitting: Submitting,
    confirmed: Callback<()>,
) -> Page {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let name = StoredValue::new(connection.name.clone());
    let count = Memo::new(move |_| state.with(|state| state.selection().len()));
    let why_not = Memo::new(move |_| state.with(|state| state.why_not().map(|why| lang.restore_why_not(&why))));
    let in_the_way = Memo::new(move |_| state.with(Restore::in_the_way));
    let working = Signal::derive(move || submitting.is_under_way());
    let actions = view! {
        <Button label=lang.check_again() on_press=move |()| send.run(Event::CheckAgainPressed) />
        <Button
            label=Signal::derive(move || format!("{}…", lang.restore_count(count.get())))
            kind=ButtonKind::Primary
            on_press=move |()| send.run(Event::SubmitPressed)
            reason=why_not
            working
        />
    }
    .into_any();
    let strong = move || {
        let (blocked, free) = in_the_way.get();
        if blocked > 0 {
            lang.restore_blocked(blocked, blocked + free, &name.get_value())
        } else if let Some(why) = why_not.get() {
            why
        } else {
            lang.restore_ready(free, &name.get_value())
        }
    };
    let rest = move || {
        let (blocked, free) = in_the_way.get();
        (blocked > 0).then(|| lang.the_others_can(free))
    };
    let tone = move || {
        let blocked = in_the_way.get().0 > 0 || why_not.with(Option::is_some);
        Some(if blocked { Tone::Danger } else { Tone::Ok })
    };
    let way_out = move || {
        let leave_out = move || {
            let (blocked, free) = in_the_way.get();
            (blocked > 0 && free > 0).then(|| {
                let press = move |()| send.run(Event::LeaveOutPressed);
                view! { <Button label=lang.leave_out(blocked, free) on_press=press /> }
            })
        };
        leave_out.into_any()
    };
    let request = Memo::new(move |_| state.with(Restore::request));
    let with_key = connection.sign_in != SignIn::None;
    let body = view! {
        {submit_view::status(reader, submitting)}
        <Sentence strong=Signal::derive(strong) rest=Signal::derive(rest) tone=Signal::derive(tone) action=way_out />
        <div class="columns restore-columns">
            <div class="column">
                {check_view::report(reader, state)}
                {options(reader, state, send)}
            </div>
            <div class="column side">
                {check_view::chooser(reader, state, send)}
                {request_view::request(reader, request, connection.url.to_string(), with_key)}
            </div>
        </div>
        {confirmation(reader, connection, state, send, count, confirmed)}
    }
    .into_any();
    let backup = state.with_untracked(|state| state.backup.clone());
    let crumbs = vec![
        (connection.name.clone(), Route::backups(connection.id.clone()).hash()),
        (lang.backups().to_owned(), Route::backups(connection.id.clone()).hash()),
        (backup.id.clone(), Route::Operation(backup).hash()),
    ];
    Page { crumbs, actions, ..Page::titled(lang.restore_title(), body) }
}

fn options(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let lang = reader.lang;
    let cpu_error = move || state.with(|state| state.cpu().err().map(|error| lang.cpu_error(error).to_owned()));
    view! {
        <div class="fields">
            <NumberField
                label=lang.cpu_label()
                value=Signal::derive(move || state.with(|state| state.form.cpu.clone()))
                on_input=move |text| send.run(Event::CpuTyped(text))
                help=Some(lang.cpu_help().to_owned())
                error=Signal::derive(cpu_error)
                suffix=Some("%".to_owned())
            />
        </div>
        <Checkbox
            label=lang.overwrite_aliases()
            checked=Signal::derive(move || state.with(|state| state.form.overwrite_alias))
            on_change=move |ticked| send.run(Event::OverwriteAliasTicked(ticked))
            detail=Some(lang.overwrite_aliases_help().to_owned())
        />
        <Note>{lang.users_roles_stay()}</Note>
    }
    .into_any()
}

/// Names the target, and asks for its name where it is production.
fn confirmation(
    reader: Reader,
    connection: &SavedConnection,
    state: Signal<Restore>,
    send: Send,
    count: Memo<usize>,
    confirmed: Callback<()>,
) -> AnyView {
    let lang = reader.lang;
    let environment = connection.environment;
    let name = StoredValue::new(connection.name.clone());
    let typed = (environment == Environment::Production).then(|| TypedConfirmation {
        name: Signal::derive(move || name.get_value()),
        label: Signal::derive(move || lang.type_to_confirm(&name.get_value())),
        incomplete: Signal::derive(move || lang.name_incomplete().to_owned()),
    });
    let close = move |()| send.run(Event::ConfirmClosed);
    let confirm = move |()| {
        send.run(Event::ConfirmClosed);
        confirmed.run(());
    };
    let label = move || {
        view! { <EnvironmentLabel colour=colour(environment) name=Signal::derive(move || name.get_value()) /> }
    };
    let open = Signal::derive(move || state.with(|state| state.confirming));
    let title = Signal::derive(move || lang.restore_into(count.get(), &name.get_value()));
    let confirm_label = Signal::derive(move || lang.restore_count(count.get()));
    let effect = move || view! { <p>{lang.restore_effect()}</p> };
    match typed {
        Some(typed) => view! {
            <ConfirmDialog title open on_close=close confirm_label back_label=lang.go_back() on_confirm=confirm aside=label typed>
                {effect()}
            </ConfirmDialog>
        }
        .into_any(),
        None => view! {
            <ConfirmDialog title open on_close=close confirm_label back_label=lang.go_back() on_confirm=confirm aside=label>
                {effect()}
            </ConfirmDialog>
        }
        .into_any(),
    }
}
