//! An error of the server on a screen: what it means and what to do, and the server's own words.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::i18n::catalogue::Told;
use crate::ui::{Banner, CodeBlock, Disclosure, Tone};

/// The server's own words, one press away.
pub fn behind(lang: Lang, words: String) -> AnyView {
    view! {
        <Disclosure label=lang.server_words()>
            <CodeBlock label=lang.server_words() text=words.clone() />
        </Disclosure>
    }
    .into_any()
}

/// An error in running text.
pub fn text(lang: Lang, told: Told) -> AnyView {
    view! { {told.in_one(lang)}{told.behind.map(|words| behind(lang, words))} }.into_any()
}

/// A banner that tells an error. `live`: it appeared because of something.
pub fn banner(lang: Lang, tone: Tone, told: Told, action: impl Into<ViewFn>, live: bool) -> AnyView {
    let Told { what, then, behind: words } = told;
    let action = action.into();
    view! {
        <Banner tone title=what body=then action live>
            {words.map(|words| behind(lang, words))}
        </Banner>
    }
    .into_any()
}
