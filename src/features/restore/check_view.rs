//! The findings by severity, and the selection with each name's state in the target.

use leptos::prelude::*;
use weaviate_backups::preflight::collections::CollectionState;
use weaviate_backups::preflight::finding::{Report, Severity};

use super::model::{Event, Restore};
use super::view::Send;
use crate::app::context::Reader;
use crate::app::findings_view;
use crate::ui::{Checkbox, Note, PanelSection, StatusMark, Tone};

pub fn report(reader: Reader, state: Signal<Restore>) -> AnyView {
    let lang = reader.lang;
    let report = Memo::new(move |_| state.with(Restore::report));
    let sections = move || {
        report.with(|report| {
            let section = |severity| section(reader, report, severity);
            [Severity::Blocking, Severity::Warning, Severity::Fine].map(section).into_iter().collect_view()
        })
    };
    view! { <section class="panel" aria-label=lang.check_report()>{sections}</section> }.into_any()
}

fn section(reader: Reader, report: &Report, severity: Severity) -> AnyView {
    let rows: Vec<AnyView> = report
        .findings()
        .iter()
        .filter(|finding| finding.severity == severity)
        .map(|finding| findings_view::row(reader, finding))
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let title = reader.lang.severity(severity);
    let count = Some(rows.len().to_string());
    let tone = findings_view::tone(severity);
    view! {
        <PanelSection title tone count untitled=true>
            <ul class="findings">{rows}</ul>
        </PanelSection>
    }
    .into_any()
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
    let unknown = move || (all.get() == 0).then(|| view! { <Note>{lang.names_unknown()}</Note> });
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
        {unknown}
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
