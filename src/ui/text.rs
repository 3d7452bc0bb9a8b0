//! The sentence on top of a page, the note below a table, and keys.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// The first thing on a page: what its data say, worst first.
#[component]
pub fn Sentence(
    /// The part that matters, in bold. It ends with its own punctuation.
    #[prop(into)]
    strong: Signal<String>,
    /// What follows, in plain weight.
    #[prop(optional, into)]
    rest: Signal<Option<String>>,
    /// An icon before it.
    #[prop(optional, into)]
    tone: Signal<Option<Tone>>,
    /// The state's own icon; the tone's otherwise.
    #[prop(optional, into)]
    glyph: Signal<Option<Glyph>>,
    /// A link or a button that answers it.
    #[prop(optional, into)]
    action: ViewFn,
) -> impl IntoView {
    let icon = move || {
        tone.get().map(|tone| {
            let glyph = glyph.get().unwrap_or_else(|| tone.glyph());
            view! { <span class=format!("sentence-icon {}", tone.class())><Icon glyph /></span> }
        })
    };
    view! {
        <div class="sentence">
            {icon}
            <p class="sentence-text">
                <strong>{strong}</strong>
                {move || rest.get().map(|rest| view! { {strong.with(|strong| gap_after(strong))}<span>{rest}</span> })}
            </p>
            <div class="sentence-action">{action.run()}</div>
        </div>
    }
    .into_any()
}

/// A blank, not a margin: what is copied or read aloud has it too. Wide punctuation brings its own.
fn gap_after(text: &str) -> &'static str {
    if text.ends_with(['。', '；', '：', '？', '！']) { "" } else { " " }
}

/// A remark below what it is about.
#[component]
pub fn Note(children: Children) -> impl IntoView {
    view! {
        <div class="note">
            <Icon glyph=Glyph::Info />
            <p>{children()}</p>
        </div>
    }
}

/// A key, or keys with spaces between ("Ctrl K").
#[component]
pub fn KeyHint(#[prop(into)] keys: Oco<'static, str>) -> impl IntoView {
    view! { <kbd class="key">{keys}</kbd> }
}
