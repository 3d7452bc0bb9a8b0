//! How far it is: nothing invented. A create says "alive" and no more; a restore shows the phases that were seen.

use leptos::prelude::*;
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;

use super::outcome::{in_place_so_far, taken};
use super::phases::{Phase, PhaseState, phases};
use super::relation::Relation;
use super::scene::Scene;
use super::side_view;
use crate::app::status::{glyph, tone};
use crate::i18n::duration;
use crate::ui::{Cells, IndeterminateBar, PhaseState as Shown, StatusMark, Stepper, Tone};

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Nothing,
    Running,
    EndedBackup,
    Phases,
    WordOnly,
}

pub(super) fn progress(scene: Scene) -> impl IntoView {
    let shape = Memo::new(move |_| {
        let is_known = scene.status.with(Option::is_some);
        let ended = scene.end.with(Option::is_some);
        match scene.kind {
            // What was asked for is shown before the first answer, when this browser asked.
            Kind::Restore if scene.relation.with(Relation::is_accepted) => Shape::Phases,
            _ if !is_known => Shape::Nothing,
            Kind::Create if ended => Shape::EndedBackup,
            Kind::Create => Shape::Running,
            // The sentence has said all of it.
            Kind::Restore if ended => Shape::Nothing,
            Kind::Restore if scene.relation.with(|relation| matches!(relation, Relation::CannotTell(_))) => {
                Shape::WordOnly
            }
            Kind::Restore => Shape::Phases,
        }
    });
    move || match shape.get() {
        Shape::Nothing => ().into_any(),
        Shape::Running => running(scene).into_any(),
        Shape::EndedBackup => side_view::ended_backup(scene).into_any(),
        Shape::Phases => restoring(scene).into_any(),
        Shape::WordOnly => {
            view! { <section class="panel progress"><p class="progress-words">{word(scene)}</p></section> }.into_any()
        }
    }
}

fn word(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    move || {
        scene.status.get().map(|status| {
            let tone = if scene.is_stale.get() { Tone::Idle } else { tone(&status) };
            view! { <StatusMark tone word=lang.status_word(&status) glyph=glyph(&status) /> }
        })
    }
}

fn running(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let started = Memo::new(move |_| scene.span.get().started);
    let since = move || started.get().map(|at| lang.since(&scene.time(at)));
    let says_started = Memo::new(move |_| scene.status.with(|status| *status == Some(Status::Started)));
    view! {
        <section class="panel progress">
            <p class="progress-words">
                {word(scene)}
                <span>{since}</span>
                {elapsed(scene, started)}
                {move || says_started.get().then(|| view! { <span>{lang.create_no_progress()}</span> })}
            </p>
            <IndeterminateBar label=lang.progress_of_backup() still=scene.is_stale />
        </section>
    }
}

fn elapsed(scene: Scene, started: Memo<Option<i64>>) -> impl IntoView {
    let lang = scene.reader.lang;
    let text = move || {
        // With contact lost nobody knows whether it still runs.
        let until = if scene.is_stale.get() {
            scene.looks.with(|looks| looks.answered.map(|at| at.0))?
        } else {
            scene.now.get()
        };
        started.get().map(|at| lang.so_far(&duration(lang, until - at)))
    };
    view! { <strong class="num" data-clock>{text}</strong> }
}

fn restoring(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let seen = Memo::new(move |_| {
        let tells_phases = supports(scene.version.get(), Feature::CancelRestore).is_ok();
        scene.known.with(|known| scene.relation.with(|relation| phases(known, relation.ours(), tells_phases)))
    });
    let shown =
        Signal::derive(move || seen.with(|phases| phases.iter().map(|phase| shown(scene, phase)).collect::<Vec<_>>()));
    view! {
        <section class="panel progress">
            <Stepper label=lang.phases_label() phases=shown />
            {cells(scene)}
        </section>
    }
}

fn shown(scene: Scene, phase: &Phase) -> crate::ui::Phase {
    let lang = scene.reader.lang;
    let Phase { status, state, from, to } = phase;
    let time = |at: i64| scene.time(at);
    let when = match (state, from, to) {
        (PhaseState::Unseen, ..) => lang.phase_not_seen().to_owned(),
        (PhaseState::Current | PhaseState::Stale, Some(from), _) => lang.since(&time(*from)),
        (_, Some(from), Some(to)) if from != to => lang.since_until(&time(*from), &time(*to)),
        (_, Some(from), _) => time(*from),
        _ => String::new(),
    };
    let detail = match (state, from, to) {
        (PhaseState::Unseen, ..) if *status == Status::Transferred => lang.phase_passes().to_owned(),
        (PhaseState::Done, Some(_), _)
            if *status == Status::Started && scene.relation.with(|relation| relation.ours().is_some()) =>
        {
            lang.phase_post_answered().to_owned()
        }
        (PhaseState::Done, Some(from), Some(to)) => duration(lang, to - from),
        (PhaseState::Current, Some(from), _) => lang.so_far(&duration(lang, scene.now.get() - from)),
        (PhaseState::ToCome, ..) if *status == Status::Success => lang.phase_then_proof().to_owned(),
        (PhaseState::Done | PhaseState::Failed, ..) if status.is_terminal() => {
            let landed = scene
                .outcome
                .with(|outcome| outcome.as_ref().map(|outcome| (outcome.in_place(), outcome.missing(), outcome.asked)));
            match landed {
                Some((in_place, 0, asked)) => lang.in_place_of(in_place, asked),
                Some((in_place, missing, _)) => lang.landed_phase(in_place, missing),
                None => String::new(),
            }
        }
        _ => String::new(),
    };
    let state = match state {
        PhaseState::Done => Shown::Done,
        PhaseState::Unseen => Shown::Unseen,
        PhaseState::Current => Shown::Current,
        PhaseState::Stale => Shown::Stale,
        PhaseState::ToCome => Shown::ToCome,
        PhaseState::Failed => Shown::Failed,
        PhaseState::Canceled => Shown::Canceled,
    };
    crate::ui::Phase { state, glyph: glyph(status), word: lang.status_word(status), when, detail }
}

#[derive(Clone, PartialEq)]
struct Count {
    all: usize,
    in_place: usize,
    missing: usize,
    /// Milliseconds since 1970; `None` while the schema is being applied.
    ended: Option<i64>,
}

/// A cell for each collection, counted in the schema: a fact, so it may be drawn.
fn cells(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let count = Memo::new(move |_| {
        // Of a canceled one nothing was to land.
        if scene.status.with(|status| *status == Some(Status::Canceled)) {
            return None;
        }
        if let Some(outcome) = scene.outcome.get() {
            let (in_place, missing) = (outcome.in_place(), outcome.missing());
            return Some(Count { all: outcome.asked, in_place, missing, ended: Some(outcome.read_at) });
        }
        let is_applying = scene.status.with(|status| *status == Some(Status::Finalizing));
        let reading = scene.reading.get().filter(|_| is_applying)?;
        scene.relation.with(|relation| {
            let entry = relation.ours()?;
            Some(Count { all: taken(entry).len(), in_place: in_place_so_far(entry, &reading), missing: 0, ended: None })
        })
    });
    let is_there = Memo::new(move |_| count.with(|count| count.as_ref().is_some_and(|count| count.all > 0)));
    let part = move |part: fn(&Count) -> usize| {
        Signal::derive(move || {
            count.with(|count| count.as_ref().map_or(0, |count| u32::try_from(part(count)).unwrap_or(u32::MAX)))
        })
    };
    let label = Signal::derive(move || {
        count.with(|count| {
            count.as_ref().map(|count| lang.in_place_picture(count.in_place, count.all)).unwrap_or_default()
        })
    });
    let foot = move || {
        count.get().map(|Count { all, in_place, missing, ended }| match ended {
            None => view! {
                <span><strong>{lang.in_place_of(in_place, all)}</strong>{lang.comma()}{lang.counted_in_schema()}</span>
            }
            .into_any(),
            Some(at) => view! {
                <span class="progress-marks">
                    <StatusMark tone=Tone::Ok word=lang.in_place_of(in_place, all) />
                    {(missing > 0).then(|| view! { <StatusMark tone=Tone::Danger word=lang.missing_count(missing) /> })}
                </span>
                <span>{lang.compared_at(&scene.time(at))}</span>
            }
            .into_any(),
        })
    };
    move || {
        is_there.get().then(|| {
            view! {
                <hr />
                <Cells
                    label
                    total=part(|count| count.all)
                    done=part(|count| count.in_place)
                    failed=part(|count| count.missing)
                    ended=Signal::derive(move || count.with(|count| count.as_ref().is_some_and(|count| count.ended.is_some())))
                />
                <div class="progress-foot">{foot}</div>
            }
        })
    }
}
