//! Findings of a check as rows.

use leptos::prelude::*;
use weaviate_backups::preflight::finding::{Finding as Found, Kind, Severity, Source};

use super::context::Reader;
use super::server_error;
use crate::ui::{Button, Finding, Tone};

/// A question that is on its way is none of the three.
fn tone(found: &Found) -> Tone {
    match found.severity {
        _ if found.kind == Kind::NotAsked => Tone::Busy,
        Severity::Blocking => Tone::Danger,
        Severity::Warning => Tone::Warn,
        Severity::Fine => Tone::Ok,
    }
}

/// The rows of findings, in their order. The row of one that a later check finds again stays, and the focus in it: only
/// the time changes at which it was read.
pub fn list(
    reader: Reader,
    class: &'static str,
    findings: Signal<Vec<Found>>,
    ways_out: impl Fn(&Found) -> ViewFn + Copy + Send + Sync + 'static,
) -> AnyView {
    let rows = Memo::new(move |_| findings.with(|findings| findings.iter().map(Found::timeless).collect::<Vec<_>>()));
    let row = move |found: Found| {
        let action = ways_out(&found);
        row(reader, found, findings, action)
    };
    view! {
        <ul class=class>
            <For each=move || rows.get() key=Clone::clone children=row />
        </ul>
    }
    .into_any()
}

/// One finding with where it was read and its ways out.
fn row(reader: Reader, found: Found, findings: Signal<Vec<Found>>, action: ViewFn) -> AnyView {
    let lang = reader.lang;
    let title = lang.finding_title(&found.kind, found.source);
    let words = lang.finding_words(&found.kind).map(|words| server_error::behind(lang, words));
    let detail = lang.finding_detail(&found.kind);
    let tone = tone(&found);
    let source = Memo::new(move |last: Option<&Source>| {
        let now = findings.with(|all| all.iter().find(|now| now.timeless() == found).map(|now| now.source));
        // A row that has just gone keeps its last time until it is taken away.
        now.or(last.copied()).unwrap_or(found.source)
    });
    let source = Signal::derive(move || Some(lang.finding_source(source.get(), |at| reader.time_of_day(at))));
    match words {
        Some(words) => view! { <Finding tone title detail source action>{words}</Finding> }.into_any(),
        None => view! { <Finding tone title detail source action /> }.into_any(),
    }
}

/// The way out of a finding about nodes that are missing.
pub fn forget_nodes(reader: Reader, names: &[String], press: Callback<Vec<String>>) -> ViewFn {
    let (label, full_name) = (reader.lang.forget_node(), reader.lang.forget_nodes(names));
    let names = names.to_vec();
    ViewFn::from(move || {
        let names = names.clone();
        let press = move |()| press.run(names.clone());
        view! { <Button label full_name=Some(full_name.clone()) small=true on_press=press /> }
    })
}
