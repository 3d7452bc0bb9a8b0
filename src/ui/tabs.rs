//! Tabs: arrows move and choose, Tab leaves for the panel.

use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::unique_id;

/// One tab of [`Tabs`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// What is handed to `on_choose`.
    pub value: String,
    pub label: String,
}

impl Tab {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// Where an arrow, Home or End leads from `index`.
fn led_to(key: &str, index: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((index + 1) % count),
        "ArrowLeft" => Some((index + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

/// A row of tabs and the panel of the chosen one. The panel's content is the caller's to change with `chosen`.
#[component]
pub fn Tabs(
    /// The row's name, not shown.
    #[prop(into)]
    label: Signal<String>,
    tabs: Vec<Tab>,
    #[prop(into)] chosen: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
    /// At the end of the row: a copy button.
    #[prop(optional, into)]
    action: ViewFn,
    children: Children,
) -> impl IntoView {
    let id = unique_id("tabs");
    let panel_id = format!("{id}-panel");
    let list = NodeRef::<html::Div>::new();
    let values: Vec<String> = tabs.iter().map(|tab| tab.value.clone()).collect();
    let chosen_index = {
        let values = values.clone();
        Memo::new(move |_| chosen.with(|chosen| values.iter().position(|value| value == chosen).unwrap_or(0)))
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let Some(next) = led_to(&event.key(), chosen_index.get_untracked(), values.len()) else { return };
        event.prevent_default();
        on_choose.run(values[next].clone());
        let tab = list.get_untracked().and_then(|list| list.children().item(u32::try_from(next).unwrap_or(0)));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Refused only for an element that is in no document any more.
            drop(tab.focus());
        }
    };
    let labelled = id.clone();
    let controls = panel_id.clone();
    let buttons = tabs
        .into_iter()
        .enumerate()
        .map(|(index, Tab { value, label })| {
            let is_chosen = move || chosen_index.get() == index;
            view! {
                <button
                    type="button"
                    class="tab"
                    role="tab"
                    id=format!("{id}-{index}")
                    aria-controls=controls.clone()
                    aria-selected=move || if is_chosen() { "true" } else { "false" }
                    tabindex=move || if is_chosen() { "0" } else { "-1" }
                    on:click=move |_| on_choose.run(value.clone())
                >
                    {label}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs">
            <div class="tabs-head">
                <div class="tabs-list" role="tablist" aria-label=label node_ref=list on:keydown=key>{buttons}</div>
                <div class="panel-action">{action.run()}</div>
            </div>
            <div
                class="tabs-panel"
                role="tabpanel"
                id=panel_id
                aria-labelledby=move || format!("{labelled}-{}", chosen_index.get())
            >
                {children()}
            </div>
        </div>
    }
    .into_any()
}
