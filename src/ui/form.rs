//! A form that never leaves the page, and the search field.

use leptos::{html, prelude::*};

use super::{Glyph, Icon, KeyHint, unique_id};

/// Fields that are sent together: Enter in any of them, or a submit button. What is sent and where is the handler's business.
#[component]
pub fn Form(
    /// Its name for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] on_submit: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class="form"
            novalidate
            aria-label=label
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            {children()}
        </form>
    }
    .into_any()
}

/// A search field. Escape empties it. The key that leads here is the shell's: it needs the `node_ref`.
#[component]
pub fn Search(
    /// Its name, shown as the placeholder: the magnifier and the place say the rest.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    /// The key that leads here, shown while the field is empty.
    #[prop(optional, into)]
    key_hint: Option<String>,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = unique_id("search");
    view! {
        <div class="field-box search">
            <Icon glyph=Glyph::Search />
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <input
                class="field-input"
                id=id
                type="search"
                enterkeyhint="search"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                placeholder=label
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" && value.with_untracked(|value| !value.is_empty()) {
                        event.prevent_default();
                        event.stop_propagation();
                        on_input.run(String::new());
                    }
                }
                node_ref=node_ref
            />
            {key_hint.map(|key| view! { <KeyHint keys=key /> })}
        </div>
    }
    .into_any()
}
