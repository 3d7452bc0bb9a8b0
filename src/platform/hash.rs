//! The hash of the address.

use gloo_events::EventListener;

/// With its `#`; empty when there is none.
pub fn current() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Goes to a hash as a link would: a new entry of the history.
pub fn go(hash: &str) {
    if let Some(window) = web_sys::window() {
        // Refused only for a document that is being torn down.
        drop(window.location().set_hash(hash));
    }
}

/// Goes to a hash in place of the current entry of the history: for filters that change with each key.
pub fn replace(hash: &str) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // Browsers refuse more than some hundred calls in a few seconds; the next one gets through.
        drop(history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(hash)));
    }
}

/// Calls when the hash changes, until dropped.
pub fn on_change(call: impl Fn() + 'static) -> Option<EventListener> {
    web_sys::window().map(|window| EventListener::new(&window, "hashchange", move |_| call()))
}
