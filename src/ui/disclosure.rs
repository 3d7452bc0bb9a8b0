//! More, on demand.

use leptos::{html, prelude::*};

use super::{Glyph, Icon};

/// A native `<details>`. What is inside is built when it is first opened.
#[component]
pub fn Disclosure(
    #[prop(into)] label: Signal<String>,
    /// At the end of the line.
    #[prop(optional, into)]
    aside: Signal<Option<String>>,
    /// Whether it starts open.
    #[prop(optional)]
    open: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let opened = RwSignal::new(open);
    view! {
        <details
            class="disclosure"
            open=open
            node_ref=node
            on:toggle=move |_| {
                if node.get_untracked().is_some_and(|details| details.open()) && !opened.get_untracked() {
                    opened.set(true);
                }
            }
        >
            <summary class="disclosure-head">
                <Icon glyph=Glyph::Right />
                <span>{label}</span>
                {move || aside.get().map(|aside| view! { <span class="disclosure-aside">{aside}</span> })}
            </summary>
            <div class="disclosure-body">{move || opened.get().then(|| children())}</div>
        </details>
    }
    .into_any()
}
