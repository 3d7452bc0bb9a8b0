//! The page of an operation: the sentence, what is wrong with watching it, how far it is, what was answered.

use leptos::prelude::*;
use weaviate_backups::api::error::ApiError;
use weaviate_backups::domain::backend::backend_in_words;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::poll::look::{Lost, Pause};
use weaviate_backups::poll::machine::Phase;

use super::model::Event;
use super::scene::Scene;
use super::story::Story;
use super::{answers_view, head_view, outcome_view, progress_view, side_view};
use crate::app::context::machine_time;
use crate::app::pages::Page;
use crate::app::server_error;
use crate::app::status::{glyph, tone};
use crate::i18n::catalogue::Told;
use crate::i18n::{About, Lang, ago, duration};
use crate::route::Route;
use crate::ui::{Banner, Button, ButtonLink, Sentence, Tone};

pub fn page(scene: Scene) -> Page {
    let lang = scene.reader.lang;
    let key = scene.key();
    let connection = scene.connection();
    let id = key.id.clone();
    let title = Memo::new(move |_| match scene.kind {
        Kind::Create => scene.id(),
        Kind::Restore => {
            let asked = scene.relation.with(|relation| relation.entry().map(|entry| entry.asked_at.0));
            asked.map_or_else(|| lang.last_restore_title().to_owned(), |at| lang.restore_at(&scene.time(at)))
        }
    });
    let tab = Memo::new(move |_| {
        scene.status.with(|status| match status {
            Some(status) => lang.tab_of(&lang.status_word(status), &id),
            None => id.clone(),
        })
    });
    let mut crumbs = vec![
        (connection.name.clone(), Route::Connections.hash()),
        (lang.backups().to_owned(), Route::backups(key.connection.clone()).hash()),
    ];
    if key.kind == Kind::Restore {
        let backup = OperationKey { kind: Kind::Create, ..key.clone() };
        crumbs.push((key.id.clone(), Route::Operation(backup).hash()));
    }
    let body = view! {
        {sentence(scene)}
        {contact(scene)}
        {head_view::remarks(scene)}
        <div class="columns operation-columns" class:operation-lost=scene.is_stale>
            <div class="column">
                {progress_view::progress(scene)}
                {outcome_view::missing(scene)}
                {outcome_view::names(scene)}
                {outcome_view::words(scene)}
                {answers_view::answers(scene)}
            </div>
            <div class="column side">{side_view::side(scene)}</div>
        </div>
        {head_view::cancel_dialog(scene)}
    };
    Page {
        crumbs,
        tab: Some(tab.into()),
        mono: key.kind == Kind::Create,
        actions: head_view::actions(scene),
        ..Page::titled(title, body.into_any())
    }
}

fn sentence(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let key = StoredValue::new(scene.key());
    let connection = scene.connection().name;
    let place = Memo::new(move |_| {
        key.with_value(|key| {
            scene.server.with(|server| backend_in_words(server.backends(), &key.backend, &key.location))
        })
    });
    let told = Memo::new(move |_| {
        let place = place.get();
        key.with_value(|key| {
            let is_elsewhere = !key.location.is_default();
            let about = About { kind: key.kind, id: &key.id, place: &place, is_elsewhere, connection: &connection };
            scene.story.with(|story| lang.story(story, about))
        })
    });
    let look = Memo::new(move |_| {
        let is_stale = scene.is_stale.get() && scene.end.with(Option::is_none);
        scene.story.with(|story| {
            scene.status.with(|status| {
                let tone = tone_of(story, status.as_ref());
                // With contact lost nobody knows whether it still runs.
                (
                    if is_stale && tone == Some(Tone::Busy) { Some(Tone::Idle) } else { tone },
                    glyph_of(story, status.as_ref()),
                )
            })
        })
    });
    view! {
        <Sentence
            strong=Signal::derive(move || told.get().0)
            rest=Signal::derive(move || told.get().1)
            tone=Signal::derive(move || look.get().0)
            glyph=Signal::derive(move || look.get().1)
        />
    }
}

fn tone_of(story: &Story, status: Option<&Status>) -> Option<Tone> {
    match story {
        Story::Asking => None,
        Story::NeverReached
        | Story::NeverTold
        | Story::Paused(_)
        | Story::NotTaken
        | Story::Unclear
        | Story::IdTaken
        | Story::PossiblyOrphaned { .. }
        | Story::SuccessWithout { .. }
        | Story::CannotTell { .. } => Some(Tone::Warn),
        Story::Refused => Some(Tone::Danger),
        // The server's word alone is no proof yet.
        Story::Unsettled | Story::Confirming(_) | Story::SaysSuccess => Some(Tone::Busy),
        // Whose it was is not known, so its end is no news, good or bad.
        Story::SomeClusters(_) | Story::Present { .. } => Some(Tone::Idle),
        _ => status.map(tone),
    }
}

fn glyph_of(story: &Story, status: Option<&Status>) -> Option<crate::ui::Glyph> {
    match tone_of(story, status) {
        Some(Tone::Warn | Tone::Danger) => None,
        _ if matches!(story, Story::SaysSuccess | Story::Unsettled | Story::Confirming(_)) => None,
        _ => status.map(glyph),
    }
}

/// Lost contact, and pauses: what stands below is the last that was known.
fn contact(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let phase = Memo::new(move |_| scene.known.with(|known| known.phase.clone()));
    let again = move || again(scene);
    move || match phase.get() {
        Phase::LostContact { reason, .. } => {
            let title = if reason.is_answered() { lang.status_not_told() } else { lang.contact_lost() };
            let (failure, was_known) =
                scene.known.with_untracked(|known| (known.failure.clone(), known.answer.is_some()));
            let told = failure.map(|error| why_not_answered(lang, reason == Lost::Absent, &error));
            let last_known = was_known.then(|| lang.contact_lost_body());
            let why = told.as_ref().map(|told| told.in_one(lang));
            let words = told.and_then(|told| told.behind).map(|words| server_error::behind(lang, words));
            view! {
                <Banner tone=Tone::Warn title action=again live=true>
                    <span class="banner-body">{why}{lang.gap()}{clock_of_loss(scene, reason)}{lang.gap()}{last_known}</span>
                    {words}
                </Banner>
            }
            .into_any()
        }
        // Without a failure there is no key at all, and the field for it stands above.
        Phase::Paused(reason) => scene
            .known
            .with_untracked(|known| known.failure.clone())
            .map(|error| paused(scene, reason, &error))
            .into_any(),
        _ => ().into_any(),
    }
}

/// What happened, and why as far as the server's words tell. `is_absent`: there is none, which the story says clearer.
fn why_not_answered(lang: Lang, is_absent: bool, error: &ApiError) -> Told {
    if is_absent {
        Told { behind: lang.words_of(error), ..Told::plain(lang.what_happened(error)) }
    } else {
        lang.told(None, error)
    }
}

/// A pause, why, and the way to go on.
fn paused(scene: Scene, reason: Pause, error: &ApiError) -> impl IntoView + use<> {
    let lang = scene.reader.lang;
    let told = match (reason, why_not_answered(lang, reason == Pause::NotKnown, error)) {
        (Pause::KeyNeeded, Told { what, behind: None, .. }) => {
            Told { then: Some(lang.give_key_again().to_owned()), ..Told::plain(what) }
        }
        (_, told) => told,
    };
    let action = move || match reason {
        Pause::KeyNeeded => {
            view! { <ButtonLink label=lang.connections() href=Route::Connections.hash() small=true /> }.into_any()
        }
        _ => again(scene).into_any(),
    };
    server_error::banner(lang, Tone::Warn, told, action, false)
}

fn again(scene: Scene) -> impl IntoView {
    let label = scene.reader.lang.try_again();
    view! { <Button label small=true on_press=move |()| scene.send.run(Event::AgainPressed) /> }
}

/// The time left to a look; the last second counts as one.
pub(super) fn left(at: i64, now: i64) -> i64 {
    (at - now).max(1000)
}

fn clock_of_loss(scene: Scene, reason: Lost) -> impl IntoView {
    let lang = scene.reader.lang;
    let text = move || {
        let (since, known_at) = scene.known.with(|known| (known.lost_since, known.answer.is_some()));
        let now = scene.now.get();
        scene.looks.with(|looks| {
            let lost = since.map(|since| {
                let (time, age) = (scene.time(since.0), ago(lang, now - since.0));
                match known_at {
                    _ if reason.is_answered() => lang.not_told_since(&time, &age),
                    true => lang.contact_lost_since(&time, &age),
                    false => lang.contact_never(&time, &age),
                }
            });
            let read = looks.answered.map(|at| lang.last_read_at(&scene.time(at.0)));
            let next = looks
                .next
                .map_or_else(|| lang.trying_now().to_owned(), |at| lang.next_try_in(&duration(lang, left(at.0, now))));
            [lost, read, Some(next)].into_iter().flatten().collect::<Vec<_>>().join(lang.gap())
        })
    };
    view! { <span data-clock>{text}</span> }
}

/// A point in time of the reader's zone, whole on hover.
pub(super) fn moment(scene: Scene, wall_millis: i64) -> impl IntoView {
    view! {
        <time datetime=machine_time(wall_millis) title=scene.reader.date_time(wall_millis)>
            {scene.reader.date_time(wall_millis)}
        </time>
    }
}
