//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Copies a text. `false` where the browser has no clipboard for this page (plain http on a host that is not loopback)
/// or refuses: then the caller selects the text for the person to copy.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
