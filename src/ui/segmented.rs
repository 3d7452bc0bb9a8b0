//! One of a few short words, side by side: a filter with counts, a way to choose.

use leptos::prelude::*;

/// One word of a [`Segmented`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// What is handed to `on_choose`.
    pub value: String,
    pub label: String,
    /// How many it would show, formatted.
    pub count: Option<String>,
}

/// A row of toggle buttons of which one is pressed.
#[component]
pub fn Segmented(
    /// The group's name, not shown.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] segments: Signal<Vec<Segment>>,
    #[prop(into)] chosen: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let buttons = move || {
        segments
            .get()
            .into_iter()
            .map(|Segment { value, label, count }| {
                let own = value.clone();
                view! {
                    <button
                        type="button"
                        class="segment"
                        aria-pressed=move || if chosen.with(|chosen| *chosen == own) { "true" } else { "false" }
                        on:click=move |_| on_choose.run(value.clone())
                    >
                        {label}
                        {count.map(|count| view! { <span class="segment-count">{count}</span> })}
                    </button>
                }
            })
            .collect_view()
    };
    view! { <div class="segmented" role="group" aria-label=label>{buttons}</div> }.into_any()
}
