//! What happened while somebody looked elsewhere: said once to assistive technology, and shown until closed, in the page
//! and in the title of its tab.

use leptos::prelude::*;

use super::{Glyph, IconButton};

/// Says things through the [`LiveRegion`] it is given to, and keeps what the title of the tab tells in place of the page's
/// own. A copyable handle: provide it as a context.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    said: RwSignal<(bool, String)>,
    in_tab: RwSignal<Option<String>>,
}

impl Announcer {
    pub fn new() -> Self {
        Self { said: RwSignal::new((false, String::new())), in_tab: RwSignal::new(None) }
    }

    /// Says `text` once, politely. The same text again is said again.
    pub fn say(self, text: impl Into<String>) {
        let text = text.into();
        self.said.update(|(second, said)| {
            *second = !*second;
            *said = text;
        });
    }

    /// Whoever looks at another tab sees the title alone.
    pub fn tell_in_tab(self, text: Option<String>) {
        self.in_tab.set(text);
    }

    /// Tracks it.
    pub fn told_in_tab(self) -> Option<String> {
        self.in_tab.get()
    }
}

impl Default for Announcer {
    fn default() -> Self {
        Self::new()
    }
}

/// The place where an [`Announcer`] speaks: once per console, never removed. Two regions take turns, because a region whose text is
/// replaced by the same text is not heard.
#[component]
pub fn LiveRegion(announcer: Announcer) -> impl IntoView {
    let said = announcer.said;
    let text_of =
        move |region: bool| said.with(|(second, text)| if *second == region { text.clone() } else { String::new() });
    view! {
        <div class="visually-hidden">
            <div role="status">{move || text_of(false)}</div>
            <div role="status">{move || text_of(true)}</div>
        </div>
    }
}

/// A card over the page that stays until closed. Stand several in a `<div class="notices">`.
#[component]
pub fn Notice(
    /// The name of the button that closes it.
    #[prop(into)]
    close_label: Signal<String>,
    #[prop(into)] on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice">
            <div class="notice-text">{children()}</div>
            <IconButton label=close_label glyph=Glyph::Close on_press=on_close />
        </div>
    }
    .into_any()
}
