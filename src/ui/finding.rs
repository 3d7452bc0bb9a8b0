//! Something that was found, with its reason, where it was read, and the way out.

use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys};

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

/// Around findings. What is pressed in it may go away with its finding: the focus stays in the group then.
#[component]
pub fn FindingGroup(
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let around = NodeRef::<html::Div>::new();
    let keep_focus = move |click: leptos::ev::MouseEvent| {
        let pressed = click.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let (Some(pressed), Some(around)) = (pressed, around.get_untracked()) else { return };
        // By the next frame the page has been built anew.
        request_animation_frame(move || {
            if !pressed.is_connected() {
                // Refused only for an element that is in no document any more.
                drop(around.focus());
            }
        });
    };
    view! {
        <div class=class role="group" aria-label=label tabindex="-1" node_ref=around on:click=keep_focus>
            {children()}
        </div>
    }
    .into_any()
}
