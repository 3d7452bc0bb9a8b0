//! A remark across the page: what happened, what was said, what to do.

use leptos::prelude::*;

use super::{Glyph, Icon, IconButton, Tone};

/// A banner. Rich text goes in as children, after `body`.
#[component]
pub fn Banner(
    tone: Tone,
    /// One sentence, in bold.
    #[prop(into)]
    title: Signal<String>,
    /// What follows it. The server's own words may be long: they wrap.
    #[prop(optional, into)]
    body: Signal<Option<String>>,
    #[prop(optional, into)] glyph: Option<Glyph>,
    /// Buttons, at the end.
    #[prop(optional, into)]
    action: ViewFn,
    /// It appeared because of something: say it to assistive technology at once.
    #[prop(optional)]
    live: bool,
    /// Shows a button that closes it, with this word as its name.
    #[prop(optional, into)]
    close_label: Option<Signal<String>>,
    #[prop(optional, into)] on_close: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    // A turning icon belongs to an operation; a banner that only informs does not move.
    let glyph = glyph.unwrap_or_else(|| if tone == Tone::Busy { Glyph::Info } else { tone.glyph() });
    view! {
        <div class=format!("banner {}", tone.class()) role=live.then_some("status")>
            <Icon glyph />
            <div class="banner-text">
                <strong>{title}</strong>
                {move || body.get().map(|body| view! { <span class="banner-body">{body}</span> })}
                {children.map(|children| children())}
            </div>
            <div class="banner-action">
                {action.run()}
                {close_label
                    .zip(on_close)
                    .map(|(label, on_press)| view! { <IconButton label glyph=Glyph::Close on_press small=true /> })}
            </div>
        </div>
    }
    .into_any()
}
