//! States: colour, icon and word together, the same everywhere.

use leptos::prelude::*;

use super::{EnvironmentColour, Glyph, Icon, Tone};

/// A state in a row or a sentence: icon and word. `quiet` leaves the word grey, for the states that need nobody (success in a list).
#[component]
pub fn StatusMark(
    tone: Tone,
    #[prop(into)] word: Oco<'static, str>,
    /// The state's own icon; the tone's otherwise.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    #[prop(optional)] quiet: bool,
) -> impl IntoView {
    let class = format!("mark {}{}", tone.class(), if quiet { " mark-quiet" } else { "" });
    view! {
        <span class=class>
            <Icon glyph=glyph.unwrap_or_else(|| tone.glyph()) />
            <span class="mark-word">{word}</span>
        </span>
    }
}

/// A state as a label on its own soft ground.
#[component]
pub fn Chip(
    tone: Tone,
    #[prop(into)] word: Oco<'static, str>,
    /// The state's own icon; the tone's otherwise.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    view! {
        <span class=format!("chip {}", tone.class())>
            <Icon glyph=glyph.unwrap_or_else(|| tone.glyph()) />
            {word}
        </span>
    }
}

/// A remark on a row, outlined: "base of 1", "possibly orphaned".
#[component]
pub fn Tag(#[prop(into)] word: Oco<'static, str>, #[prop(optional)] tone: Tone) -> impl IntoView {
    view! { <span class=format!("tag {}", tone.class())>{word}</span> }
}

/// The name of an environment as a solid label in its colour.
#[component]
pub fn EnvironmentLabel(
    #[prop(into)] colour: Signal<EnvironmentColour>,
    #[prop(into)] name: Signal<String>,
) -> impl IntoView {
    view! { <span class="env-label" data-env=move || colour.get().name()>{name}</span> }
}

/// A small square in an environment's colour. It says nothing by itself: the connection's name stands beside it.
#[component]
pub fn EnvironmentSquare(#[prop(into)] colour: Signal<EnvironmentColour>) -> impl IntoView {
    view! { <span class="env-square" data-env=move || colour.get().name() aria-hidden="true"></span> }
}
