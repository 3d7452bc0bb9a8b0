//! The findings by severity, each with its way out.

use leptos::prelude::*;
use weaviate_backups::domain::operation::{Kind as OperationKind, OperationKey};
use weaviate_backups::preflight::finding::{Kind, Report};

use super::model::{Event, Part, Restore, names_of};
use super::view::Send;
use crate::app::context::Reader;
use crate::app::findings_view;
use crate::route::Route;
use crate::ui::{Button, ButtonLink, PanelSection, Tone};

pub fn report(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let report = Memo::new(move |_| state.with(Restore::report));
    let restore = state.with_untracked(|state| OperationKey { kind: OperationKind::Restore, ..state.backup.clone() });
    let sections = move || {
        report.with(|report| {
            // The time of the check stands once, in the first band. It changes with the times of the findings.
            let mut time =
                state.with_untracked(Restore::checked_at).map(|at| reader.lang.checked_at(&reader.time_of_day(at)));
            let section = |part| section(reader, report, part, &mut time, &restore, send);
            Part::ALL.map(section).into_iter().collect_view()
        })
    };
    view! { <section class="panel" aria-label=reader.lang.check_report()>{sections}</section> }.into_any()
}

fn section(
    reader: Reader,
    report: &Report,
    part: Part,
    time: &mut Option<String>,
    restore: &OperationKey,
    send: Send,
) -> AnyView {
    let rows: Vec<AnyView> = report
        .findings()
        .iter()
        .filter(|finding| Part::of(finding) == part)
        .map(|finding| findings_view::row_with(reader, finding, ways_out(reader, &finding.kind, restore, send)))
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let lang = reader.lang;
    let (title, tone, class) = match part {
        Part::Blocking => (lang.blocking(), Tone::Danger, "findings"),
        Part::Warning => (lang.warning(), Tone::Warn, "findings"),
        Part::Checking => (lang.checking(), Tone::Busy, "findings findings-plain"),
        Part::Fine => (lang.fine(), Tone::Ok, "findings findings-plain"),
    };
    let count = Some(rows.len().to_string());
    let time = time.take();
    view! {
        <PanelSection title tone count untitled=true action=move || time.clone()>
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
    if let Kind::NodesMissing(names) = kind {
        let names = names.clone();
        return findings_view::forget_nodes(reader, &names.clone(), move || {
            send.run(Event::ForgetNodesPressed(names.clone()));
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
