//! Frames around content, and what stands where there is none.

use leptos::prelude::*;

use super::{Icon, Tone, unique_id};

/// A framed region with a head. `flush` lets rows reach the frame.
#[component]
pub fn Panel(
    #[prop(into)] title: Signal<String>,
    /// Beside the title, at the end: a link, a button, "asked 8 s ago".
    #[prop(optional, into)]
    action: ViewFn,
    /// An icon before the title.
    #[prop(optional, into)]
    tone: Option<Tone>,
    #[prop(optional)] flush: bool,
    children: Children,
) -> impl IntoView {
    let id = unique_id("panel");
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <div class="panel-head">
                {tone.map(|tone| view! { <span class=tone.class()><Icon glyph=tone.glyph() /></span> })}
                <h2 class="panel-title" id=id.clone()>{title}</h2>
                <div class="panel-action">{action.run()}</div>
            </div>
            <div class=if flush { "panel-body panel-flush" } else { "panel-body" }>{children()}</div>
        </section>
    }
    .into_any()
}

/// A part of a panel, under a band with its name.
#[component]
pub fn PanelSection(
    #[prop(into)] title: Signal<String>,
    /// Colours the name and puts an icon before it: a severity.
    #[prop(optional, into)]
    tone: Option<Tone>,
    /// Beside the name: a count.
    #[prop(optional, into)]
    count: Signal<Option<String>>,
    /// At the end of the band.
    #[prop(optional, into)]
    action: ViewFn,
    /// The frame around it has no title of its own: the name is a heading of the page, not of a panel.
    #[prop(optional)]
    untitled: bool,
    children: Children,
) -> impl IntoView {
    let class = tone.map_or_else(|| "band-title".to_owned(), |tone| format!("band-title {}", tone.class()));
    let name = view! {
        {tone.map(|tone| view! { <Icon glyph=tone.glyph() /> })}
        <span>{title}</span>
        {move || count.get().map(|count| view! { <span class="band-count">{count}</span> })}
    };
    let heading = if untitled {
        view! { <h2 class=class>{name}</h2> }.into_any()
    } else {
        view! { <h3 class=class>{name}</h3> }.into_any()
    };
    view! {
        <div class="band">
            {heading}
            <div class="panel-action">{action.run()}</div>
        </div>
        {children()}
    }
    .into_any()
}

/// Names and values in two columns. Children are [`Fact`]s.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One name and its value.
#[component]
pub fn Fact(#[prop(into)] label: Signal<String>, #[prop(optional)] mono: bool, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd class:mono=mono>{children()}</dd>
        </div>
    }
}

/// What stands where nothing is: the cause, what the server said, and the next step. A different one for each cause.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] body: Signal<String>,
    /// The next step.
    #[prop(optional, into)]
    action: ViewFn,
) -> impl IntoView {
    view! {
        <section class="empty">
            <h2 class="empty-title">{title}</h2>
            <p class="empty-body">{body}</p>
            <div class="empty-action">{action.run()}</div>
        </section>
    }
    .into_any()
}
