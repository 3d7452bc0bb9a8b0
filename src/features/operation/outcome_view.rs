//! What a restore left behind: what did not land and why, what is in place, and the server's own words.

use leptos::prelude::*;
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::State;
use weaviate_backups::ledger::landing::DidNotLand;

use super::model::Event;
use super::scene::Scene;
use crate::app::server_error;
use crate::i18n::catalogue::Told;
use crate::ui::{Button, CodeBlock, Disclosure, Glyph, Icon, StatusMark, Tone};

/// The collections that did not land, each with its reason and the way out.
pub(super) fn missing(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let missing = Memo::new(move |_| {
        scene.outcome.with(|outcome| {
            let Some(outcome) = outcome else { return Vec::new() };
            let of = |list: &[DidNotLand], was_there: bool| {
                list.iter().cloned().map(|missing| (missing, was_there)).collect::<Vec<_>>()
            };
            let mut all = of(&outcome.landing.was_there_before, true);
            all.extend(of(&outcome.landing.did_not_land, false));
            all
        })
    });
    let canceled = Memo::new(move |_| scene.status.with(|status| *status == Some(Status::Canceled)));
    let not_read = Memo::new(move |_| {
        let failed = scene.state.with(|state| state.reading.error.clone());
        failed.filter(|_| scene.end.with(Option::is_some))
    });
    let schema_trouble = move || {
        not_read.get().map(|error| {
            let again = move || view! { <Button label=lang.try_again() small=true on_press=move |()| scene.send.run(Event::AgainPressed) /> };
            server_error::banner(lang, Tone::Warn, lang.told(Some(lang.schema_not_read()), &error), again, false)
        })
    };
    let table = move || {
        let missing = missing.get();
        // Of a canceled one nothing was to land.
        (!missing.is_empty() && !canceled.get()).then(|| {
            let rows = missing.into_iter().map(|(missing, was_there)| row(scene, missing, was_there)).collect_view();
            view! {
                <div class="section-head"><h2>{lang.did_not_land()}</h2></div>
                <div class="table outcomes">
                    <table role="table" aria-label=lang.did_not_land()>
                        <thead role="rowgroup">
                            <tr role="row">
                                <th role="columnheader" scope="col">{lang.collections()}</th>
                                <th role="columnheader" scope="col">{lang.what_server_said()}</th>
                                <th role="columnheader" scope="col">{lang.way_out()}</th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{rows}</tbody>
                    </table>
                </div>
            }
        })
    };
    (schema_trouble, table)
}

fn row(scene: Scene, missing: DidNotLand, was_there: bool) -> impl IntoView {
    let lang = scene.reader.lang;
    let (means, way_out) = lang.complaint(missing.reason.as_ref(), was_there);
    let words = missing.reason.as_ref().map(|reason| reason.words.clone());
    view! {
        <tr role="row">
            <td role="cell">
                <span class="outcome-name tone-danger"><Icon glyph=Glyph::Failed /><bdi class="mono">{missing.name.clone()}</bdi></span>
            </td>
            <td role="cell">
                {words.map(|words| view! { <p class="words mono">{words}</p> })}
                <p class="quiet">{means}</p>
            </td>
            <td role="cell">{way_out}</td>
        </tr>
    }
}

/// What the server said about the operation: what it means, or the words whole.
pub(super) fn words(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let words = Memo::new(move |_| {
        let of_refusal = scene.relation.with(|relation| match &relation.entry()?.state {
            State::Refused { words, .. } => Some(words.clone()),
            _ => None,
        });
        let has_failed = scene.status.with(|status| *status == Some(Status::Failed));
        scene.known.with(|known| {
            let of_failure = match known.words() {
                Some(words) => Some(words.to_owned()),
                None if has_failed => Some(String::new()),
                None => None,
            };
            of_refusal.filter(|_| known.answer.is_none()).or(of_failure)
        })
    });
    move || {
        words.get().map(|words| {
            if words.is_empty() {
                // A failed operation may come without any (behaviour notes 1.2).
                let of_create = if scene.kind == Kind::Create { lang.said_nothing_of_create() } else { "" };
                return view! { <p class="quiet">{lang.run_on(&[lang.said_nothing(), of_create])}</p> }.into_any();
            }
            let explanation = lang.explanation(&words);
            let lead = scene.status.with_untracked(|status| status.as_ref().map(|status| status.as_str().to_owned()));
            let text = match &lead {
                Some(lead) => format!("{lead} {words}"),
                None => words,
            };
            if let Some(explanation) = explanation {
                let told = Told { what: explanation.cause, then: Some(explanation.next), behind: Some(text) };
                return server_error::banner(lang, Tone::Danger, told, ViewFn::default(), false);
            }
            view! {
                <div class="section-head"><h2>{lang.server_words()}</h2></div>
                <div class="tone-danger"><CodeBlock label=lang.server_words() text lead=lead /></div>
            }
            .into_any()
        })
    }
}

/// What is in place, and what speaks for it.
pub(super) fn names(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let outcome = scene.outcome;
    let in_place = Memo::new(move |_| {
        outcome.with(|outcome| outcome.as_ref().map(|outcome| outcome.landing.in_place.clone()).unwrap_or_default())
    });
    let counts = Memo::new(move |_| {
        outcome.with(|outcome| outcome.as_ref().map(|outcome| (outcome.in_place(), outcome.asked, outcome.read_at)))
    });
    let untouched = move || {
        let names = scene.not_asked_for.get();
        (!names.is_empty()).then(|| {
            view! { <p class="names">{lang.untouched(names.len())}{lang.gap()}<span class="mono">{names.join(lang.list_comma())}</span></p> }
        })
    };
    move || {
        let (count, asked, read_at) = counts.get().filter(|(count, ..)| *count > 0)?;
        let names = in_place.get().join(lang.list_comma());
        let (tone, glyph) = if count == asked { (Tone::Ok, Glyph::Ok) } else { (Tone::Warn, Glyph::Warn) };
        Some(view! {
            <div class="section-head"><h2>{lang.in_place()}</h2></div>
            <ul class="proofs">
                <li class="proof">
                    <StatusMark tone glyph word=lang.proof_collections() quiet=true />
                    <strong>{lang.count_of(count, asked)}</strong>
                    <span class="small quiet">{lang.compared_at(&scene.time(read_at))}</span>
                </li>
                <li class="proof">
                    <StatusMark tone=Tone::Idle glyph=Glyph::Waiting word=lang.proof_objects() quiet=true />
                    <strong>{lang.proof_objects_open()}</strong>
                    <span class="small quiet">{lang.proof_objects_detail()}</span>
                </li>
            </ul>
            <Disclosure label=lang.show_all(count)>
                <p class="names mono">{names.clone()}</p>
            </Disclosure>
            {untouched}
        })
    }
}
