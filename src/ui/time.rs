//! Points in time as people say them.

use leptos::prelude::*;

/// "3 h ago", with the absolute time and zone on hover and on focus. It carries `data-clock`: its text may change while nothing happened.
#[component]
pub fn RelativeTime(
    /// "3 h ago".
    #[prop(into)]
    text: Signal<String>,
    /// "2026-11-24 05:00:00 UTC".
    #[prop(into)]
    absolute: Signal<String>,
    /// For machines: RFC 3339.
    #[prop(into)]
    datetime: Signal<String>,
) -> impl IntoView {
    view! { <time class="time" datetime=datetime title=absolute tabindex="0" data-clock>{text}</time> }
}
