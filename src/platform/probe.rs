//! What a page can find out about a server whose answers it may not read.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use weaviate_backups::domain::server_url::ServerUrl;
use web_sys::{Request, RequestCredentials, RequestInit, RequestMode};

use super::clock::{Timer, monotonic_now};

/// Asks the server without being allowed to read the answer. `Some` holds the milliseconds after which *something*
/// answered; then only the permission to read was lacking (CORS). `None` when nothing did.
///
/// gloo-net carries every request of the API; this is none, and gloo-net cannot build it: its answer is opaque.
pub async fn answers_unread(url: &ServerUrl) -> Option<u32> {
    const LIMIT_MILLIS: u64 = 10_000;
    let window = web_sys::window()?;
    let controller = web_sys::AbortController::new().ok()?;
    let init = RequestInit::new();
    init.set_method("GET");
    init.set_mode(RequestMode::NoCors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_signal(Some(&controller.signal()));
    let request = Request::new_with_str_and_init(&url.join("/v1/.well-known/openid-configuration"), &init).ok()?;
    let sent_at = monotonic_now();
    let _limit = Timer::after(LIMIT_MILLIS, move || controller.abort());
    JsFuture::from(window.fetch_with_request(&request)).await.ok()?;
    u32::try_from(monotonic_now().saturating_sub(sent_at)).ok()
}

/// `granted`, `denied` or `prompt`; `None` where the browser knows no permission of that name:
/// `navigator.permissions.query`, by reflection: the descriptor's names are newer than the typed bindings.
pub async fn permission(name: &str) -> Option<String> {
    let get = |object: &JsValue, key: &str| js_sys::Reflect::get(object, &JsValue::from_str(key)).ok();
    let permissions = get(&web_sys::window()?.navigator(), "permissions").filter(JsValue::is_object)?;
    let query: js_sys::Function = get(&permissions, "query")?.dyn_into().ok()?;
    let descriptor = js_sys::Object::new();
    js_sys::Reflect::set(&descriptor, &"name".into(), &name.into()).ok()?;
    let promise: js_sys::Promise = query.call1(&permissions, &descriptor).ok()?.dyn_into().ok()?;
    let status = JsFuture::from(promise).await.ok()?;
    get(&status, "state")?.as_string()
}
