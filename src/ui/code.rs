//! Text as it came or as it will be sent.

use leptos::{html, prelude::*, web_sys};

/// A block of text in mono that keeps its line breaks and wraps. `lead` colours its first word: a method, a variable, a status.
#[component]
pub fn CodeBlock(
    /// What the text is, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] text: Signal<String>,
    /// The beginning of the text to set apart. Nothing is set apart where the text begins otherwise.
    #[prop(optional, into)]
    lead: Signal<Option<String>>,
    /// A copy button.
    #[prop(optional, into)]
    action: ViewFn,
    /// For selecting the text where the browser offers no clipboard ([`select_contents`]).
    #[prop(optional)]
    node_ref: NodeRef<html::Pre>,
) -> impl IntoView {
    let parts = move || {
        let text = text.get();
        match lead.get().filter(|lead| text.starts_with(lead.as_str())) {
            Some(lead) => {
                let rest = text[lead.len()..].to_owned();
                (Some(view! { <span class="code-lead">{lead}</span> }), rest)
            }
            None => (None, text),
        }
    };
    view! {
        <div class="code">
            <pre class="code-text" tabindex="0" role="group" aria-label=label node_ref=node_ref>{parts}</pre>
            <div class="code-action">{action.run()}</div>
        </div>
    }
    .into_any()
}

/// Selects all text of an element, so that the person's own copy key takes it. Returns whether the browser did.
#[expect(clippy::disallowed_methods, reason = "a selection belongs to the window, and the kit to any page")]
pub fn select_contents(element: &web_sys::Node) -> bool {
    web_sys::window()
        .and_then(|window| window.get_selection().ok().flatten())
        .is_some_and(|selection| selection.select_all_children(element).is_ok())
}
