//! Findings of a check as rows.

use leptos::prelude::*;
use weaviate_backups::preflight::finding::{Finding as Found, Kind, Severity};

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

/// One finding, with where it was read.
pub fn row(reader: Reader, found: &Found) -> AnyView {
    row_with(reader, found, ViewFn::default())
}

/// One finding with its ways out.
pub fn row_with(reader: Reader, found: &Found, action: ViewFn) -> AnyView {
    let lang = reader.lang;
    let title = lang.finding_title(&found.kind, found.source);
    let source = lang.finding_source(found.source, |at| reader.time_of_day(at));
    let words = lang.finding_words(&found.kind).map(|words| server_error::behind(lang, words));
    let detail = lang.finding_detail(&found.kind);
    match words {
        Some(words) => {
            view! { <Finding tone=tone(found) title detail source=Some(source) action>{words}</Finding> }.into_any()
        }
        None => view! { <Finding tone=tone(found) title detail source=Some(source) action /> }.into_any(),
    }
}

/// Findings in their order, worst first.
pub fn plain(reader: Reader, findings: &[Found]) -> AnyView {
    let rows = findings.iter().map(|found| row(reader, found)).collect_view();
    view! { <ul class="findings findings-run">{rows}</ul> }.into_any()
}

/// The way out of a finding about nodes that are missing.
pub fn forget_nodes(reader: Reader, names: &[String], press: impl Fn() + std::marker::Send + Sync + 'static) -> ViewFn {
    let (label, full_name) = (reader.lang.forget_node(), reader.lang.forget_nodes(names));
    let press = Callback::new(move |()| press());
    ViewFn::from(move || view! { <Button label full_name=Some(full_name.clone()) small=true on_press=press /> })
}
