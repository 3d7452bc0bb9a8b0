//! The findings by severity, each with its way out.

use leptos::prelude::*;
use weaviate_backups::domain::operation::{Kind as OperationKind, OperationKey};
use weaviate_backups::preflight::finding::{Finding, Kind, Report};

use super::model::{Event, Part, Restore, names_of};
use super::view::Send;
use crate::app::context::Reader;
use crate::app::findings_view;
use crate::route::Route;
use crate::ui::{Button, ButtonLink, FindingGroup, PanelSection, Tone};

pub fn report(reader: Reader, state: Signal<Restore>, send: Send) -> AnyView {
    let report = Memo::new(move |_| state.with(Restore::report));
    let first = Memo::new(move |_| {
        let parts = report.with(|report| report.findings().iter().map(Part::of).collect::<Vec<_>>());
        Part::ALL.into_iter().find(|part| parts.contains(part))
    });
    // The time of the check stands once, in the first band. It changes with the times of the findings.
    let time = move |part| {
        let at = (first.get() == Some(part)).then(|| state.with(Restore::checked_at)).flatten();
        at.map(|at| reader.lang.checked_at(&reader.time_of_day(at)))
    };
    let restore = state.with_untracked(|state| OperationKey { kind: OperationKind::Restore, ..state.backup.clone() });
    let restore = StoredValue::new(restore);
    let ways_out = move |found: &Finding| restore.with_value(|restore| ways_out(reader, &found.kind, restore, send));
    let sections =
        Part::ALL.map(|part| section(reader, report, part, move || time(part), ways_out)).into_iter().collect_view();
    view! { <FindingGroup label=reader.lang.check_report() class="panel">{sections}</FindingGroup> }.into_any()
}

fn section(
    reader: Reader,
    report: Memo<Report>,
    part: Part,
    time: impl Fn() -> Option<String> + Copy + std::marker::Send + Sync + 'static,
    ways_out: impl Fn(&Finding) -> ViewFn + Copy + std::marker::Send + Sync + 'static,
) -> impl IntoView {
    let lang = reader.lang;
    let findings = Memo::new(move |_| {
        let of_part = |finding: &&Finding| Part::of(finding) == part;
        report.with(|report| report.findings().iter().filter(of_part).cloned().collect::<Vec<_>>())
    });
    let (title, tone, class) = match part {
        Part::Blocking => (lang.blocking(), Tone::Danger, "findings"),
        Part::Warning => (lang.warning(), Tone::Warn, "findings"),
        Part::Checking => (lang.checking(), Tone::Busy, "findings findings-plain"),
        Part::Fine => (lang.fine(), Tone::Ok, "findings findings-plain"),
    };
    let count = move || Some(findings.with(Vec::len).to_string());
    let is_there = Memo::new(move |_| findings.with(|findings| !findings.is_empty()));
    move || {
        is_there.get().then(|| {
            view! {
                <PanelSection title tone count=Signal::derive(count) untitled=true action=move || time>
                    {findings_view::list(reader, class, findings.into(), ways_out)}
                </PanelSection>
            }
        })
    }
}

/// Leaving out the names that a finding is about, or following the restore that it is about.
fn ways_out(reader: Reader, kind: &Kind, restore: &OperationKey, send: Send) -> ViewFn {
    let lang = reader.lang;
    let names = names_of(kind);
    if !names.is_empty() {
        let label = if names.len() == 1 { lang.leave_it_out() } else { lang.leave_them_out() };
        let full_name = lang.leave_out_named(label, &names);
        return ViewFn::from(move || {
            let names = names.clone();
            let press = move |()| send.run(Event::LeaveOutPressed(names.clone()));
            view! { <Button label full_name=Some(full_name.clone()) small=true on_press=press /> }
        });
    }
    if let Kind::NodesMissing(names) = kind {
        let press = Callback::new(move |names| send.run(Event::ForgetNodesPressed(names)));
        return findings_view::forget_nodes(reader, names, press);
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
