//! The findings by severity, and the selection with each name's state in the target.

use leptos::prelude::*;
use weaviate_backups::domain::operation::{Kind as OperationKind, OperationKey};
use weaviate_backups::preflight::collections::CollectionState;
use weaviate_backups::preflight::finding::{Kind, Report, Severity};

use super::model::{Event, Restore, names_of};
use super::view::Send;
use crate::app::context::Reader;
use crate::app::findings_view;
use crate::route::Route;
use crate::ui::{Button, ButtonLink, Checkbox, Note, PanelSection, StatusMark, TextField, Tone};

pub fn report(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let lang = reader.lang;
    let report = Memo::new(move |_| state.with(Restore::report));
    let checked_at = Memo::new(move |_| state.with(Restore::checked_at));
    let restore = state.with_untracked(|state| OperationKey { kind: OperationKind::Restore, ..state.backup.clone() });
    let sections = move || {
        report.with(|report| {
            let section = |severity| section(reader, report, severity, &restore, send);
            [Severity::Blocking, Severity::Warning, Severity::Fine].map(section).into_iter().collect_view()
        })
    };
    let time = move || {
        let time = checked_at.get().map(|at| lang.checked_at(&reader.time_of_day(at)));
        time.map(|time| view! { <Note>{time}</Note> })
    };
    view! {
        <section class="panel" aria-label=lang.check_report()>{sections}</section>
        {time}
    }
    .into_any()
}

fn section(reader: Reader, report: &Report, severity: Severity, restore: &OperationKey, send: Send) -> AnyView {
    let rows: Vec<AnyView> = report
        .findings()
        .iter()
        .filter(|finding| finding.severity == severity)
        .map(|finding| findings_view::row_with(reader, finding, ways_out(reader, &finding.kind, restore, send)))
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let title = reader.lang.severity(severity);
    let count = Some(rows.len().to_string());
    let tone = findings_view::tone(severity);
    let class = if severity == Severity::Fine { "findings findings-plain" } else { "findings" };
    view! {
        <PanelSection title tone count untitled=true>
            <ul class=class>{rows}</ul>
        </PanelSection>
    }
    .into_any()
}

/// Leaving out the names that a finding is about, or following the restore that it is about.
fn ways_out(reader: Reader, kind: &Kind, restore: &OperationKey, send: Send) -> ViewFn {
    let lang = reader.lang;
    let names = names_of(kind);
    if !names.is_empty() {
        let label = if names.len() == 1 { lang.leave_it_out() } else { lang.leave_these_out() };
        let full_name = format!("{label}: {}", names.join(", "));
        return ViewFn::from(move || {
            let names = names.clone();
            let press = move |()| send.run(Event::LeaveOutPressed(names.clone()));
            view! { <Button label full_name=Some(full_name.clone()) small=true on_press=press /> }
        });
    }
    let followed = match kind {
        Kind::OtherRestoresRunning(keys) | Kind::OtherRestoresUnderWay(keys) => keys.clone(),
        Kind::RestoreUnderWay(_) | Kind::RestoreStuckCancelling => vec![restore.clone()],
        _ => return ViewFn::default(),
    };
    ViewFn::from(move || {
        let link = |key: &OperationKey| {
            let href = Route::Operation(key.clone()).hash();
            view! { <ButtonLink label=lang.follow(&key.id) href small=true /> }
        };
        followed.iter().map(link).collect_view()
    })
}

pub fn chooser(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let lang = reader.lang;
    let rows = Memo::new(move |_| state.with(Restore::rows));
    // The rows stay while ticks come and go: only another list, or another state of a name, builds them anew.
    let listed = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|(name, state, _)| (name.clone(), state.clone())).collect::<Vec<_>>())
    });
    let chosen = Memo::new(move |_| rows.with(|rows| rows.iter().filter(|(.., chosen)| *chosen).count()));
    let all = Memo::new(move |_| rows.with(Vec::len));
    let list =
        move || listed.get().into_iter().map(|(name, state)| row(reader, rows, send, name, state)).collect_view();
    let are_unknown = Memo::new(move |_| state.with(Restore::are_names_unknown));
    let takes_everything = Memo::new(move |_| state.with(Restore::takes_everything));
    let are_awaited = Memo::new(move |_| state.with(Restore::are_names_awaited));
    let typed = move || are_unknown.get().then(|| typed_names(reader, state, send, takes_everything));
    let awaited = move || are_awaited.get().then(|| view! { <Note>{lang.names_loading()}</Note> });
    let chooser = move || {
        (!takes_everything.get()).then(|| {
            view! {
                <div class="chooser chooser-long chooser-states">
                    <div class="chooser-head">
                        <Checkbox
                            label=Signal::derive(move || lang.chosen_of(chosen.get(), all.get()))
                            checked=Signal::derive(move || chosen.get() > 0 && chosen.get() == all.get())
                            partly=Signal::derive(move || chosen.get() > 0 && chosen.get() < all.get())
                            on_change=move |ticked| send.run(Event::AllTicked(ticked))
                        />
                        <span class="chooser-value">{lang.in_target_now()}</span>
                    </div>
                    <ul class="chooser-list" aria-label=lang.collections()>{list}</ul>
                </div>
            }
        })
    };
    view! {
        {typed}
        {chooser}
        {awaited}
    }
    .into_any()
}

/// Where the names in the backup cannot be read: a field for them, or all of it unseen.
fn typed_names(reader: Reader, state: Signal<Restore>, send: Send, takes_everything: Memo<bool>) -> AnyView {
    let lang = reader.lang;
    let field = move || {
        (!takes_everything.get()).then(|| {
            view! {
                <TextField
                    label=lang.typed_names()
                    value=Signal::derive(move || state.with(|state| state.form.typed.clone()))
                    on_input=move |text| send.run(Event::NamesTyped(text))
                    help=Some(lang.typed_names_help().to_owned())
                    mono=true
                />
            }
        })
    };
    view! {
        <Note>{lang.names_unknown()}</Note>
        <Checkbox
            label=lang.everything_in_it()
            checked=takes_everything
            on_change=move |ticked| send.run(Event::EverythingTicked(ticked))
            detail=Some(lang.everything_help().to_owned())
        />
        {field}
    }
    .into_any()
}

type Rows = Memo<Vec<(String, CollectionState, bool)>>;

fn row(reader: Reader, rows: Rows, send: Send, name: String, state: CollectionState) -> AnyView {
    let checked = Memo::new({
        let name = name.clone();
        move |_| rows.with(|rows| rows.iter().any(|(row, _, chosen)| *row == name && *chosen))
    });
    let tone = match state {
        CollectionState::New => Tone::Ok,
        CollectionState::Unknown => Tone::Unknown,
        _ => Tone::Danger,
    };
    let word = reader.lang.in_target(&state);
    let quiet = state == CollectionState::New;
    let label = name.clone();
    let tick = move |ticked| send.run(Event::Ticked(name.clone(), ticked));
    view! {
        <li class="chooser-row">
            <Checkbox label checked=checked on_change=tick mono=true />
            <StatusMark tone word quiet />
        </li>
    }
    .into_any()
}
