//! The restore form: the check and its way out, the selection beside it, the request, the confirmation.

use leptos::prelude::*;

use super::model::{Dialog, Event, Names, Restore, WhyNot};
use super::{check_view, chooser_view, confirm_view};
use crate::app::context::Reader;
use crate::app::pages::Page;
use crate::app::submit::Submitting;
use crate::app::{request_view, submit_view};
use crate::connection::{SavedConnection, SignIn};
use crate::route::Route;
use crate::ui::{Banner, Button, ButtonKind, Checkbox, Note, NumberField, Sentence, Tone};

pub type Send = Callback<Event>;

pub fn page(connection: &SavedConnection, state: Signal<Restore>, send: Send, submitting: Submitting) -> Page {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let count = Memo::new(move |_| state.with(Restore::count));
    let why_not = Memo::new(move |_| state.with(|state| state.why_not().map(|why| lang.restore_why_not(&why))));
    let checking = Signal::derive(move || state.with(Restore::is_checking));
    let working = Signal::derive(move || submitting.is_under_way());
    let actions = view! {
        {move || {
            let ready = state.with(Restore::ready).map(|warnings| lang.ready(warnings));
            ready.map(|ready| view! { <span class="head-note">{ready}</span> })
        }}
        <Button label=lang.check_again() working=checking on_press=move |()| send.run(Event::CheckAgainPressed) />
        <Button label=lang.discard() on_press=move |()| send.run(Event::DiscardPressed) />
        <Button
            label=Signal::derive(move || format!("{}…", lang.restore_what(count.get())))
            kind=ButtonKind::Primary
            on_press=move |()| send.run(Event::SubmitPressed)
            reason=why_not
            working
        />
    }
    .into_any();
    let request = Memo::new(move |_| state.with(Restore::request));
    let not_sent = Memo::new(move |_| state.with(|state| state.dialog == Dialog::Refused));
    let with_key = connection.sign_in != SignIn::None;
    let body = view! {
        {submit_view::status(reader, submitting)}
        {move || not_sent.get().then(|| view! { <Banner tone=Tone::Danger title=lang.not_sent() live=true /> })}
        {verdict(reader, connection, state, send)}
        <div class="columns restore-columns">
            <div class="column">
                {chooser_view::unlisted(reader, state, send)}
                {check_view::report(reader, state, send)}
                {options(reader, state, send)}
            </div>
            <div class="column side">
                {chooser_view::chooser(reader, state, send)}
                {request_view::request(reader, request, connection.url.to_string(), with_key)}
            </div>
        </div>
        {confirm_view::confirmation(reader, connection, state, send, count)}
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

/// What the check comes to, worst first, with the way out.
fn verdict(reader: Reader, connection: &SavedConnection, state: Signal<Restore>, send: Send) -> AnyView {
    let lang = reader.lang;
    let name = connection.name.clone();
    let in_the_way = Memo::new(move |_| state.with(Restore::in_the_way));
    let said = Memo::new(move |_| {
        state.with(|state| {
            let (blocked, free) = state.in_the_way();
            let why = state.why_not();
            if let Some(why @ WhyNot::Backup(_)) = &why {
                return (lang.restore_why_not(why), None, Tone::Danger);
            }
            if blocked > 0 {
                let strong = lang.restore_blocked(blocked, blocked + free, &name);
                return (strong, Some(lang.the_others_can(free)), Tone::Danger);
            }
            match why {
                None if state.names() == Names::Everything => (lang.restore_ready_everything(&name), None, Tone::Warn),
                None if state.ready() == Some(0) => (lang.restore_ready(free, &name), None, Tone::Ok),
                None => (lang.restore_ready(free, &name), None, Tone::Warn),
                Some(WhyNot::Checking) => (lang.checking_all().to_owned(), None, Tone::Busy),
                Some(why @ (WhyNot::NotChecked | WhyNot::Blocked(_))) => match state.first_blocking() {
                    Some(first) => (lang.finding_title(&first.kind, first.source), None, Tone::Danger),
                    None => (lang.restore_why_not(&why), None, Tone::Warn),
                },
                Some(why) => (lang.restore_why_not(&why), None, Tone::Warn),
            }
        })
    });
    let way_out = move || {
        let leave_out = move || {
            let (blocked, free) = in_the_way.get();
            (blocked > 0 && free > 0).then(|| {
                let press = move |()| send.run(Event::LeaveAllOutPressed);
                view! { <Button label=lang.leave_out(blocked, free) on_press=press /> }
            })
        };
        leave_out.into_any()
    };
    view! {
        <div role="status">
            <Sentence
                strong=Signal::derive(move || said.get().0)
                rest=Signal::derive(move || said.get().1)
                tone=Signal::derive(move || Some(said.get().2))
                action=way_out
            />
        </div>
    }
    .into_any()
}

fn options(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let lang = reader.lang;
    let overwriting_needs =
        move || state.with(Restore::overwriting_needs).map(|version| lang.needs_version(&version.to_string()));
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
            checked=Signal::derive(move || state.with(Restore::overwrites_aliases))
            on_change=move |ticked| send.run(Event::OverwriteAliasTicked(ticked))
            detail=Some(lang.overwrite_aliases_help().to_owned())
            reason=Signal::derive(overwriting_needs)
        />
        <Note>{lang.users_roles_stay()}</Note>
    }
    .into_any()
}
