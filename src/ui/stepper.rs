//! Phases of an operation as they were seen, and steps of a form with their values.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// Where a phase stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhaseState {
    /// Seen, and over.
    Done,
    /// Over, but nobody saw it.
    Unseen,
    /// Now.
    Current,
    /// The last state known, with contact lost.
    Stale,
    #[default]
    ToCome,
    Failed,
    Canceled,
}

impl PhaseState {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unseen => "unseen",
            Self::Current => "current",
            Self::Stale => "stale",
            Self::ToCome => "to-come",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Done => Tone::Ok,
            Self::Current => Tone::Busy,
            Self::Failed => Tone::Danger,
            Self::Unseen | Self::Stale | Self::ToCome | Self::Canceled => Tone::Idle,
        }
    }

    fn glyph(self, own: Glyph) -> Glyph {
        match self {
            Self::Done | Self::Unseen => Glyph::Ok,
            Self::Current | Self::Stale => own,
            Self::ToCome => Glyph::Waiting,
            Self::Failed => Glyph::Failed,
            Self::Canceled => Glyph::Canceled,
        }
    }
}

/// One phase of a [`Stepper`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    pub state: PhaseState,
    /// The icon while it is the current one.
    pub glyph: Glyph,
    pub word: String,
    /// "08:07:21 – 08:12:33", "since 08:12:33", "not seen".
    pub when: String,
    /// "5 min 12 s", "POST answered 200". Marked as a clock (`data-clock`) while the phase is the current one.
    pub detail: String,
}

/// The phases of an operation, in order: side by side, one below the other where it is narrow.
#[component]
pub fn Stepper(#[prop(into)] label: Signal<String>, #[prop(into)] phases: Signal<Vec<Phase>>) -> impl IntoView {
    // Details count on: they change in their own nodes, and nothing else is built anew for them.
    let still = Memo::new(move |_| {
        phases.with(|phases| {
            phases.iter().map(|phase| Phase { detail: String::new(), ..phase.clone() }).collect::<Vec<_>>()
        })
    });
    let detail = move |index: usize| {
        move || phases.with(|phases| phases.get(index).map(|phase| phase.detail.clone()).unwrap_or_default())
    };
    let rows = move || {
        still
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, Phase { state, glyph, word, when, .. })| {
                let current = matches!(state, PhaseState::Current | PhaseState::Stale);
                view! {
                    <li
                        class=format!("phase {}", state.tone().class())
                        data-state=state.name()
                        aria-current=current.then_some("step")
                    >
                        <span class="phase-word"><Icon glyph=state.glyph(glyph) /><span>{word}</span></span>
                        <span class="phase-when">{when}</span>
                        <span class="phase-detail" data-clock=current>{detail(index)}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ol class="stepper" aria-label=label>{rows}</ol> }.into_any()
}

/// One step of [`Steps`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Its icon; the step's number stands there otherwise.
    pub tone: Option<Tone>,
    pub word: String,
    /// What was chosen in it.
    pub value: String,
    /// Where it is; `None` while it cannot be reached.
    pub href: Option<String>,
    pub current: bool,
}

/// The steps of a form, each with its value.
#[component]
pub fn Steps(#[prop(into)] label: Signal<String>, #[prop(into)] steps: Signal<Vec<Step>>) -> impl IntoView {
    let rows = move || {
        steps
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, Step { tone, word, value, href, current })| {
                let mark = match tone {
                    Some(tone) => view! { <span class=tone.class()><Icon glyph=tone.glyph() /></span> }.into_any(),
                    None => view! { <span class="step-number" aria-hidden="true">{index + 1}</span> }.into_any(),
                };
                let shut = href.is_none();
                view! {
                    <li class="step">
                        <a
                            class="step-link"
                            href=href
                            role=shut.then_some("link")
                            aria-disabled=shut.then_some("true")
                            aria-current=current.then_some("step")
                        >
                            {mark}
                            <span class="step-text">
                                <span class="step-word">{word}</span>
                                <span class="step-value">{value}</span>
                            </span>
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <nav aria-label=label><ol class="steps">{rows}</ol></nav> }.into_any()
}
