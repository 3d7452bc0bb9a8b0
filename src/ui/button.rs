//! Buttons, and links that look like them. A control that cannot be used stays focusable and says why, next to itself.

use leptos::prelude::*;

use super::{Glyph, Icon, unique_id};

/// How a button looks. At most one primary button is on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    Primary,
    #[default]
    Quiet,
    /// Opens something dangerous.
    Danger,
    /// Does it, once confirmed.
    DangerConfirmed,
    /// Looks like a link, acts like a button.
    Link,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Quiet => "button",
            Self::Danger => "button button-danger",
            Self::DangerConfirmed => "button button-danger-confirmed",
            Self::Link => "button button-link",
        }
    }
}

fn class_of(kind: ButtonKind, small: bool) -> String {
    format!("{}{}", kind.class(), if small { " button-small" } else { "" })
}

/// The reason beside a control, found by assistive technology through `id`.
fn reason_view(id: String, reason: Signal<Option<String>>) -> impl IntoView {
    move || reason.get().map(|text| view! { <span class="reason" id=id.clone()>{text}</span> })
}

/// A button with a word on it.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    /// Not called while there is a `reason` or while `working`. Leave out with `submit`: the form's handler is called then.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] glyph: Option<Glyph>,
    /// Why the button cannot be used now. `Some` disables it and stands beside it.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// The button's work is under way: it takes no second press, and turns an icon after 300 ms.
    #[prop(optional, into)]
    working: Signal<bool>,
    #[prop(optional)] small: bool,
    /// Sends the [`Form`](super::Form) around it.
    #[prop(optional)]
    submit: bool,
    /// A name that says more than the label, where the same label stands in every row. It must begin with the label.
    #[prop(optional, into)]
    full_name: Signal<Option<String>>,
) -> impl IntoView {
    let reason_id = unique_id("reason");
    let described = reason_id.clone();
    let shut = move || working.get() || reason.with(Option::is_some);
    let press = move |event: leptos::ev::MouseEvent| {
        if working.get_untracked() || reason.with_untracked(Option::is_some) {
            // An aria-disabled submit button would still send its form.
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <span class="action">
            <button
                type=if submit { "submit" } else { "button" }
                class=class_of(kind, small)
                aria-disabled=move || shut().then_some("true")
                aria-busy=move || working.get().then_some("true")
                aria-label=full_name
                aria-describedby=move || reason.with(Option::is_some).then(|| described.clone())
                on:click=press
            >
                {move || working.get().then(|| view! { <span class="button-working"><Icon glyph=Glyph::Started /></span> })}
                {glyph.map(|glyph| view! { <Icon glyph /> })}
                <span>{label}</span>
            </button>
            {reason_view(reason_id, reason)}
        </span>
    }
    .into_any()
}

/// A button that is an icon only: for the controls everybody knows (close, again, copy). Navigation has words.
#[component]
pub fn IconButton(
    /// Its name for assistive technology, and its tooltip.
    #[prop(into)]
    label: Signal<String>,
    glyph: Glyph,
    #[prop(into)] on_press: Callback<()>,
    /// Its work is under way: the icon turns, a second press does nothing.
    #[prop(optional, into)]
    working: Signal<bool>,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=if small { "button button-icon button-small" } else { "button button-icon" }
            aria-label=label
            title=label
            aria-disabled=move || working.get().then_some("true")
            aria-busy=move || working.get().then_some("true")
            on:click=move |_| {
                if !working.get_untracked() {
                    on_press.run(());
                }
            }
        >
            <Icon glyph />
        </button>
    }
}

/// A link in the shape of a button: what it does is go somewhere.
#[component]
pub fn ButtonLink(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] glyph: Option<Glyph>,
    /// Why one cannot go there now. `Some` takes the address away, and stands beside it.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    #[prop(optional)] small: bool,
    /// A name that says more than the label, where the same label stands in every row. It must begin with the label.
    #[prop(optional, into)]
    full_name: Signal<Option<String>>,
) -> impl IntoView {
    let reason_id = unique_id("reason");
    let described = reason_id.clone();
    let shut = move || reason.with(Option::is_some);
    view! {
        <span class="action">
            <a
                class=class_of(kind, small)
                href=move || (!shut()).then(|| href.get())
                role=move || shut().then_some("link")
                tabindex=move || shut().then_some("0")
                aria-disabled=move || shut().then_some("true")
                aria-label=full_name
                aria-describedby=move || shut().then(|| described.clone())
            >
                {glyph.map(|glyph| view! { <Icon glyph /> })}
                <span>{label}</span>
            </a>
            {reason_view(reason_id, reason)}
        </span>
    }
    .into_any()
}
