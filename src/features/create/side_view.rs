//! What is true of the form as it stands: what is saved, what is not, what is in the way, and the request.

use leptos::prelude::*;
use weaviate_backups::domain::backend::home;
use weaviate_backups::preflight::finding::{Finding as Found, Kind, Verdict};
use weaviate_backups::preflight::rights::Lack;

use super::model::{Create, Event};
use super::view::Send;
use crate::app::context::Reader;
use crate::app::findings_view;
use crate::app::request_view;
use crate::connection::{SavedConnection, SignIn};
use crate::ui::{Button, Fact, Facts, Finding, FindingGroup, Glyph, Panel, PanelSection, Tone};

pub fn side(reader: Reader, state: Signal<Create>, send: Send, connection: &SavedConnection) -> AnyView {
    let lang = reader.lang;
    let facts = Memo::new(move |_| {
        state.with(|state| {
            let selection = state.selection().ok();
            let count = selection.as_ref().map_or(0, |selection| selection.names().len());
            let all = selection.is_some_and(|selection| selection.is_everything());
            (home(&state.place(), &state.form.id), count, all)
        })
    });
    let partial = Memo::new(move |_| state.with(Create::may_be_partial));
    let tenants = Memo::new(move |_| state.with(Create::inactive_tenants_since));
    let report = Memo::new(move |_| state.with(Create::report));
    let findings = Signal::derive(move || report.with(|report| report.findings().to_vec()));
    let ways_out = move |found: &Found| way_out(reader, found, send);
    let in_the_way = move || {
        let is_clear = report.with(|report| report.verdict() == Verdict::Ready);
        if is_clear { lang.nothing_in_the_way() } else { lang.in_the_way() }.to_owned()
    };
    let checking = Signal::derive(move || state.with(Create::is_checking));
    let again = move || {
        let press = move |()| send.run(Event::AskedAgain);
        view! { <Button label=lang.check_again() small=true working=checking on_press=press /> }
    };
    let request = Memo::new(move |_| state.with(|state| state.request().ok()));
    let with_key = connection.sign_in != SignIn::None;
    let server = connection.url.to_string();
    view! {
        <Panel title=lang.what_this_saves() flush=true>
            <div class="panel-part">
                <Facts>
                    <Fact label=lang.goes_to() mono=true>{move || facts.get().0}</Fact>
                    <Fact label=lang.collections()>
                        {move || {
                            let (_, count, all) = facts.get();
                            match (all, partial.get()) {
                                (true, true) => lang.every_seen(count),
                                (true, false) => lang.every_one(count),
                                (false, _) => count.to_string(),
                            }
                        }}
                    </Fact>
                </Facts>
            </div>
            <PanelSection title=lang.not_in_it()>
                <ul class="findings findings-run">
                    <Finding tone=Tone::Idle glyph=Glyph::Info title=lang.later_collections() />
                    {move || {
                        partial
                            .get()
                            .then(|| view! { <Finding tone=Tone::Unknown title=lang.unseen_collections() /> })
                    }}
                    {move || {
                        tenants.get().map(|since| {
                            let title = lang.inactive_tenants(&since.to_string());
                            view! { <Finding tone=Tone::Unknown title /> }
                        })
                    }}
                </ul>
            </PanelSection>
            <PanelSection title=Signal::derive(in_the_way) action=again>
                <FindingGroup label=lang.in_the_way()>
                    {findings_view::list(reader, "findings findings-run", findings, ways_out)}
                </FindingGroup>
            </PanelSection>
        </Panel>
        {request_view::request(reader, request, server, with_key)}
    }
    .into_any()
}

/// Leaving out the names that a finding is about, or forgetting nodes.
fn way_out(reader: Reader, found: &Found, send: Send) -> ViewFn {
    match &found.kind {
        Kind::NotPermitted(Lack::Of(names)) => {
            let (names, label) = (names.clone(), reader.lang.leave_them_out());
            let press = Callback::new(move |()| send.run(Event::LeaveOutPressed(names.clone())));
            ViewFn::from(move || view! { <Button label small=true on_press=press /> })
        }
        Kind::NodesMissing(names) => {
            let press = Callback::new(move |names| send.run(Event::ForgetNodesPressed(names)));
            findings_view::forget_nodes(reader, names, press)
        }
        _ => ViewFn::default(),
    }
}
