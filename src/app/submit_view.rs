//! What became of a submission, on the form it came from: each state with the next step.

use leptos::prelude::*;
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::ledger::evidence::Settlement;
use weaviate_backups::ledger::submission::Step;

use super::context::Reader;
use super::server_error;
use super::submit::Submitting;
use crate::i18n::catalogue::Told;
use crate::route::Route;
use crate::ui::{Banner, Button, ButtonKind, ButtonLink, Tone};

/// Nothing while there is nothing to say.
pub fn status(reader: Reader, submitting: Submitting) -> AnyView {
    let lang = reader.lang;
    let shown = move || {
        let (tone, title, body) = match submitting.step().get() {
            Step::Ready | Step::Settled(Settlement::Accepted { .. }) => return None,
            Step::ReadingBefore | Step::Writing | Step::Posting => (Tone::Busy, lang.submitting(), None),
            Step::LookingUp { last } => (Tone::Warn, lang.answer_lost(), Some(lang.looking_up(last).to_owned())),
            Step::Stopped(stop) => (Tone::Danger, lang.nothing_was_sent(), Some(lang.stopped(stop).to_owned())),
            Step::NotWritten(why) => (Tone::Warn, lang.not_remembered(), Some(lang.not_written(why).to_owned())),
            Step::Paused(pause) => (Tone::Warn, lang.answer_lost(), Some(lang.look_up_paused(pause).to_owned())),
            Step::Settled(Settlement::Refused) => {
                let headline = lang.not_accepted();
                let told = submitting.error().with(|error| {
                    error.as_ref().map_or_else(|| Told::plain(headline), |error| lang.told(Some(headline), error))
                });
                return Some(server_error::banner(lang, Tone::Danger, told, ViewFn::default(), true));
            }
            Step::Settled(Settlement::NotTaken) => {
                (Tone::Warn, lang.answer_lost(), Some(lang.server_does_not_know().to_owned()))
            }
            Step::Settled(Settlement::IdTaken) => {
                (Tone::Danger, lang.answer_lost(), Some(lang.id_is_older().to_owned()))
            }
            Step::Settled(Settlement::CannotTell { landed }) => {
                let is_create = submitting.key().with(|key| key.as_ref().is_some_and(|key| key.kind == Kind::Create));
                let why = if is_create { lang.cannot_tell_create() } else { lang.cannot_tell_why(landed) };
                (Tone::Warn, lang.cannot_tell(), Some(why.to_owned()))
            }
        };
        let action = move || actions(reader, submitting);
        Some(view! { <Banner tone title body action live=true /> }.into_any())
    };
    shown.into_any()
}

fn actions(reader: Reader, submitting: Submitting) -> AnyView {
    let lang = reader.lang;
    match submitting.step().get_untracked() {
        Step::NotWritten(_) => view! {
            <Button label=lang.try_again() small=true on_press=move |()| submitting.write_again() />
            <Button
                label=lang.go_on_unremembered()
                small=true
                kind=ButtonKind::Danger
                on_press=move |()| submitting.go_on_without_ledger()
            />
        }
        .into_any(),
        Step::Settled(Settlement::NotTaken) => look_again(reader, submitting),
        // It may take minutes, and nothing has to wait for it.
        Step::LookingUp { last: Some(_) } => view! {
            {operation(reader, submitting)}
            <Button label=lang.start_over() small=true on_press=move |()| submitting.start_over() />
        }
        .into_any(),
        // It may be under way: whoever sends it again has to want it.
        Step::Paused(_) | Step::Settled(Settlement::CannotTell { .. }) => view! {
            {look_again(reader, submitting)}
            {operation(reader, submitting)}
            <Button label=lang.start_over() small=true on_press=move |()| submitting.start_over() />
        }
        .into_any(),
        Step::Settled(Settlement::IdTaken) => operation(reader, submitting),
        _ => ().into_any(),
    }
}

fn look_again(reader: Reader, submitting: Submitting) -> AnyView {
    view! { <Button label=reader.lang.look_again() small=true on_press=move |()| submitting.look_again() /> }.into_any()
}

/// The page of what may be under way.
fn operation(reader: Reader, submitting: Submitting) -> AnyView {
    let key = submitting.key().get_untracked();
    key.map(
        |key| view! { <ButtonLink label=reader.lang.see_operation() href=Route::Operation(key).hash() small=true /> },
    )
    .into_any()
}
