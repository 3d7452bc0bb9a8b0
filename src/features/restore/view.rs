//! The restore form: the check and its way out, the selection beside it, the request, the confirmation.

use leptos::prelude::*;

use super::model::{Dialog, Event, Outlook, Restore};
use super::{check_view, chooser_view, confirm_view};
use crate::app::context::Reader;
use crate::app::pages::Page;
use crate::app::submit::Submitting;
use crate::app::{cpu_view, request_view, submit_view};
use crate::connection::{SavedConnection, SignIn};
use crate::route::Route;
use crate::ui::{Banner, Button, ButtonKind, Checkbox, Note, Sentence, Tone};

pub type Send = Callback<Event>;

/// `place`: of the backup, in words.
pub fn page(
    connection: &SavedConnection,
    state: Signal<Restore>,
    send: Send,
    submitting: Submitting,
    place: Memo<String>,
) -> Page {
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
    let backup = state.with_untracked(|state| state.backup.clone());
    let elsewhere = (!backup.location.is_default()).then(|| {
        let id = backup.id.clone();
        view! { <Note>{move || lang.restore_from(&id, &place.get())}</Note> }
    });
    let body = view! {
        {submit_view::status(reader, submitting)}
        {move || not_sent.get().then(|| view! { <Banner tone=Tone::Danger title=lang.not_sent() live=true /> })}
        {verdict(reader, connection, state, send)}
        {elsewhere}
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
        {confirm_view::confirmation(reader, connection, state, send, count, place)}
    }
    .into_any();
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
    let outlook = Memo::new(move |_| state.with(Restore::outlook));
    let said = Memo::new(move |_| match outlook.get() {
        Outlook::Unusable(why) => (lang.restore_why_not(&why), None, Tone::Danger),
        Outlook::InTheWay { blocked, free } => {
            (lang.restore_blocked(blocked, blocked + free, &name), Some(lang.the_others_can(free)), Tone::Danger)
        }
        Outlook::Blocked(first) => (lang.finding_title(&first.kind, first.source), None, Tone::Danger),
        Outlook::Waits(why) => (lang.restore_why_not(&why), None, Tone::Warn),
        Outlook::Checking => (lang.checking_all().to_owned(), None, Tone::Busy),
        Outlook::Ready { count: None, .. } => (lang.restore_ready_everything(&name), None, Tone::Warn),
        Outlook::Ready { count: Some(count), warnings: 0 } => (lang.restore_ready(count, &name), None, Tone::Ok),
        Outlook::Ready { count: Some(count), .. } => (lang.restore_ready(count, &name), None, Tone::Warn),
    });
    let way_out = move || {
        let leave_out = move || match outlook.get() {
            Outlook::InTheWay { blocked, free } if free > 0 => {
                let press = move |()| send.run(Event::LeaveAllOutPressed);
                Some(view! { <Button label=lang.leave_out(blocked, free) on_press=press /> })
            }
            _ => None,
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
    let cpu = Signal::derive(move || state.with(|state| state.form.cpu.clone()));
    let cpu_error = Signal::derive(move || state.with(|state| state.cpu().err()));
    view! {
        <div class="fields">
            {cpu_view::field(reader, cpu, cpu_error, Callback::new(move |text| send.run(Event::CpuTyped(text))))}
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
