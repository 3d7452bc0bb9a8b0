//! Something that was found, with its reason, where it was read, and the way out.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// A row of a report. Stand several in a `<ul class="findings">`.
#[component]
pub fn Finding(
    tone: Tone,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] glyph: Option<Glyph>,
    /// Why, in a sentence or two.
    #[prop(optional, into)]
    detail: Signal<Option<String>>,
    /// Where it was read: "Read from GET /v1/schema at 03:12:02".
    #[prop(optional, into)]
    source: Signal<Option<String>>,
    /// Ways out: small buttons, one below the other.
    #[prop(optional, into)]
    action: ViewFn,
    /// Rich text, below the detail.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class=format!("finding {}", tone.class())>
            <Icon glyph=glyph.unwrap_or_else(|| tone.glyph()) />
            <div class="finding-text">
                <p class="finding-title">{title}</p>
                {move || detail.get().map(|detail| view! { <p class="finding-detail">{detail}</p> })}
                {children.map(|children| view! { <div class="finding-detail">{children()}</div> })}
                {move || source.get().map(|source| view! { <p class="finding-source">{source}</p> })}
            </div>
            <div class="finding-action">{action.run()}</div>
        </li>
    }
    .into_any()
}
