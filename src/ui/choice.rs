//! Checkboxes, and one choice out of a few that are all worth reading.

use leptos::{html, prelude::*};

use super::{field::Messages, unique_id};

/// A checkbox with its label beside it.
#[component]
pub fn Checkbox(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
    /// Some of what it stands for is chosen. Shown as a line instead of a check.
    #[prop(optional, into)]
    partly: Signal<bool>,
    /// A line below the label.
    #[prop(optional, into)]
    detail: Signal<Option<String>>,
    /// Why it cannot be changed now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// The label is a name in Weaviate.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    let id = unique_id("check");
    let messages = Messages { help: detail, reason, ..Messages::default() };
    let described = id.clone();
    let input = NodeRef::<html::Input>::new();
    view! {
        <div class="check" class:check-shut=move || reason.with(Option::is_some)>
            <input
                class="check-box"
                id=id.clone()
                type="checkbox"
                node_ref=input
                prop:checked=checked
                prop:indeterminate=partly
                aria-disabled=move || reason.with(Option::is_some).then_some("true")
                aria-describedby=move || messages.described_by(&described)
                on:click=move |event| {
                    if reason.with_untracked(Option::is_some) {
                        event.prevent_default();
                    }
                }
                on:change=move |event| {
                    on_change.run(event_target_checked(&event));
                    // The model may have refused: the box shows what it holds, not what was clicked.
                    if let Some(input) = input.get_untracked() {
                        input.set_checked(checked.get_untracked());
                        input.set_indeterminate(partly.get_untracked());
                    }
                }
            />
            <label class="check-label" class:mono=mono for=id.clone()>{label}</label>
            {messages.view(&id, ViewFn::default())}
        </div>
    }
    .into_any()
}

/// One of the choices of a [`RadioGroup`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RadioOption {
    /// What is handed to `on_choose`.
    pub value: String,
    pub label: String,
    /// Beside the label, in mono: a path, a version.
    pub aside: Option<String>,
    /// A line below: what the choice means, or why it cannot be made.
    pub detail: Option<String>,
    /// It cannot be chosen: `detail` says why.
    pub shut: bool,
}

/// One of a few, all of them visible. As `cards` they share a frame with hairlines between.
#[component]
pub fn RadioGroup(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<RadioOption>>,
    /// The `value` of the chosen option; one that no option has leaves all open.
    #[prop(into)]
    chosen: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
    #[prop(optional)] cards: bool,
    /// Labels are names in Weaviate.
    #[prop(optional)]
    mono: bool,
    /// Something to press, at the end of the label's line.
    #[prop(optional, into)]
    aside: ViewFn,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let group = unique_id("radio");
    let label_id = format!("{group}-label");
    let messages = Messages { error, ..Messages::default() };
    let described = group.clone();
    let rows = {
        let group = group.clone();
        move || {
            options
                .get()
                .into_iter()
                .enumerate()
                .map(|(index, option)| radio(&format!("{group}-{index}"), &group, option, chosen, on_choose, mono))
                .collect_view()
        }
    };
    view! {
        <div
            class="field"
            role="radiogroup"
            aria-labelledby=label_id.clone()
            aria-describedby=move || messages.described_by(&described)
        >
            <div class="field-head">
                <span class="field-label" id=label_id.clone()>{label}</span>
                <span class="field-aside">{aside.run()}</span>
            </div>
            <div class=if cards { "radios radios-cards" } else { "radios" }>{rows}</div>
            {messages.view(&group, ViewFn::default())}
        </div>
    }
    .into_any()
}

fn radio(
    id: &str,
    group: &str,
    option: RadioOption,
    chosen: Signal<String>,
    on_choose: Callback<String>,
    mono: bool,
) -> impl IntoView + use<> {
    let RadioOption { value, label, aside, detail, shut } = option;
    let detail_id = format!("{id}-detail");
    let described = detail.is_some().then(|| detail_id.clone());
    let is_chosen = {
        let value = value.clone();
        move || chosen.with(|chosen| *chosen == value)
    };
    let checked = is_chosen.clone();
    view! {
        <label class="radio" class:radio-chosen=is_chosen class:radio-shut=shut>
            <input
                class="radio-dot"
                type="radio"
                name=group.to_owned()
                value=value.clone()
                prop:checked=checked
                disabled=shut
                aria-describedby=described
                on:change=move |_| on_choose.run(value.clone())
            />
            <span class="radio-text">
                <span class="radio-label" class:mono=mono>{label}</span>
                {aside.map(|aside| view! { <span class="radio-aside mono">{aside}</span> })}
                {detail.map(|detail| view! { <span class="radio-detail" id=detail_id>{detail}</span> })}
            </span>
        </label>
    }
}
