//! One of many, with the browser's own list.

use leptos::prelude::*;

use super::{
    Glyph, Icon,
    field::{Messages, field_head},
    unique_id,
};

/// One line of a [`Select`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// What is handed to `on_choose`.
    pub value: String,
    pub label: String,
    /// It cannot be chosen now; the help says why.
    pub disabled: bool,
}

impl SelectOption {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), disabled: false }
    }
}

/// A native select. `inline` puts the label into the box ("Backend: any"), for a row of filters.
#[component]
pub fn Select(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<SelectOption>>,
    /// The `value` of the chosen option.
    #[prop(into)]
    chosen: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
    #[prop(optional)] inline: bool,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Why it cannot be changed now. Stands below.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// The values are names in Weaviate.
    #[prop(optional)]
    mono: bool,
    /// Before the chosen word: an environment's square, say.
    #[prop(optional, into)]
    lead: ViewFn,
) -> impl IntoView {
    let id = unique_id("select");
    let messages = Messages { help, error, reason, ok: Signal::default() };
    let described = id.clone();
    let list = move || {
        options
            .get()
            .into_iter()
            .map(|SelectOption { value, label, disabled }| {
                let own = value.clone();
                view! { <option value=value disabled=disabled prop:selected=move || chosen.with(|chosen| *chosen == own)>{label}</option> }
            })
            .collect_view()
    };
    let control = view! {
        <select
            class="select-input"
            id=id.clone()
            disabled=move || reason.with(Option::is_some)
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || messages.described_by(&described)
            on:change=move |event| on_choose.run(event_target_value(&event))
        >
            {list}
        </select>
    };
    if inline {
        view! {
            <div class="select select-inline" class:mono=mono>
                <label class="select-label" for=id.clone()>{label}</label>
                {lead.run()}
                {control}
                <Icon glyph=Glyph::Down />
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="field">
                {field_head(id.clone(), label, Signal::default(), ViewFn::default())}
                <div class="field-box select" class:mono=mono class:select-shut=move || reason.with(Option::is_some)>
                    {lead.run()}
                    {control}
                    <Icon glyph=Glyph::Down />
                </div>
                {messages.view(&id, ViewFn::default())}
            </div>
        }
        .into_any()
    }
}
