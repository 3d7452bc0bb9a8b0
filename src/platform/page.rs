//! The page itself: where it came from and what state it is in.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, VisibilityState};

/// The element of the console's own page that it is mounted into.
pub fn own_root() -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id("console")?.dyn_into().ok()
}

/// What whoever serves the console's own page says in it; empty when nothing.
pub fn own_words() -> String {
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(r#"meta[name="weaviate-backup-console"]"#).ok().flatten())
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// `https://ops.example.com`; `null` in a sandboxed frame.
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Whether the page came over https, from where a browser lets no request go to plain http but to loopback.
pub fn is_https() -> bool {
    web_sys::window().and_then(|window| window.location().protocol().ok()).is_some_and(|protocol| protocol == "https:")
}

/// What the browser says; `true` means only that there is some network.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// The first language of the browser, such as `zh-CN`.
pub fn language() -> String {
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

pub fn is_hidden() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Calls when the page is shown or hidden, until dropped.
pub fn on_visibility(call: impl Fn() + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    Some(EventListener::new(&document, "visibilitychange", move |_| call()))
}

/// Loads the page anew, the same place of it.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Refused only while the page is being left.
        window.location().reload().ok();
    }
}

/// Calls when the browser finds a network again, until dropped.
pub fn on_online(call: impl Fn() + 'static) -> Option<EventListener> {
    web_sys::window().map(|window| EventListener::new(&window, "online", move |_| call()))
}

/// Calls when another tab changes what the browser keeps for this page, until dropped.
pub fn on_storage(call: impl Fn() + 'static) -> Option<EventListener> {
    web_sys::window().map(|window| EventListener::new(&window, "storage", move |_| call()))
}

/// Calls with the blocked address when the page's own policy stops a connection, until dropped.
pub fn on_policy_violation(call: impl Fn(String) + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    Some(EventListener::new(&document, "securitypolicyviolation", move |event| {
        let read = |name: &str| js_sys::Reflect::get(event, &JsValue::from_str(name)).ok()?.as_string();
        if read("effectiveDirective").is_some_and(|directive| directive == "connect-src") {
            call(read("blockedURI").unwrap_or_default());
        }
    }))
}

/// Calls for a key pressed anywhere on the page but in a field, until dropped.
pub fn on_key(call: impl Fn(&web_sys::KeyboardEvent) + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&document, "keydown", options, move |event| {
        let in_field = event
            .composed_path()
            .get(0)
            .dyn_into::<web_sys::Element>()
            .is_ok_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        if let (false, Some(event)) = (in_field, event.dyn_ref::<web_sys::KeyboardEvent>()) {
            call(event);
        }
    }))
}
