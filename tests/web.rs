//! What needs a browser and no journey: storage, formats, dialogs, and that a console leaves nothing behind.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "these tests are about the browser")]
#![cfg(target_arch = "wasm32")]

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use weaviate_backup_console::app::{self, Config};
use weaviate_backup_console::i18n::{Formats, Lang};
use weaviate_backup_console::platform::intl::IntlFormats;
use weaviate_backup_console::platform::ledger_store::LedgerStore;
use weaviate_backup_console::platform::storage::{self, Keep};
use weaviate_backup_console::ui::Dialog;

wasm_bindgen_test_configure!(run_in_browser);

/// What `look` finds, once it finds something. The runner's own time limit ends a wait for what never comes.
async fn until<T>(look: impl Fn() -> Option<T>) -> T {
    loop {
        if let Some(found) = look() {
            return found;
        }
        let turn = js_sys::Promise::new(&mut |resolve, _| {
            web_sys::window().unwrap().set_timeout_with_callback(&resolve).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(turn).await.unwrap();
    }
}

fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

#[wasm_bindgen_test]
fn forgetting_removes_what_the_console_wrote_and_nothing_else() {
    let local = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    local.set_item("of-somebody-else", "stays").unwrap();
    storage::write(Keep::Browser, "note", "ours").unwrap();
    assert_eq!(storage::read(Keep::Browser, "note").as_deref(), Some("ours"));
    storage::remove_all(Keep::Browser).unwrap();
    assert_eq!(storage::read(Keep::Browser, "note"), None);
    assert_eq!(local.get_item("of-somebody-else").unwrap().as_deref(), Some("stays"));
    local.remove_item("of-somebody-else").unwrap();
}

#[wasm_bindgen_test]
fn a_full_storage_is_an_error_and_not_a_panic() {
    let large = "x".repeat(20 * 1024 * 1024);
    assert_eq!(storage::write(Keep::Tab, "large", &large), Err(storage::StorageError::Full));
}

#[wasm_bindgen_test]
async fn the_ledger_store_keeps_texts_by_name() {
    let store = LedgerStore::open().await.unwrap();
    store.clear().await.unwrap();
    store.put("a", |_| "one".to_owned()).await.unwrap();
    store.put("b", |before| format!("{before:?}")).await.unwrap();
    store.put("a", |before| format!("{}, then two", before.unwrap_or_default())).await.unwrap();
    let mut all = store.all().await.unwrap();
    all.sort();
    let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(all, [("a", "one, then two"), ("b", "None")]);
    store.delete(&["a".to_owned()]).await.unwrap();
    assert_eq!(store.all().await.unwrap().len(), 1);
    store.clear().await.unwrap();
    assert!(store.all().await.unwrap().is_empty());
}

#[wasm_bindgen_test]
fn numbers_and_times_are_written_as_the_language_does() {
    let (en, zh) = (IntlFormats::new(Lang::En), IntlFormats::new(Lang::Zh));
    assert_eq!(en.integer(412_806), "412,806");
    assert_eq!(en.decimal(84.6, 1), "84.6");
    assert_eq!(zh.decimal(0.0, 2), "0.00");
    assert!(en.date_time(1_787_246_714_123).contains("2026"));
    assert_eq!(en.time_of_day(0).len(), "00:00:00".len());
}

#[wasm_bindgen_test]
async fn a_console_mounts_into_a_shadow_root_and_leaves_nothing_behind() {
    // The runner's own page has a hash, which would be a place that does not exist.
    web_sys::window().unwrap().location().set_hash("").unwrap();
    let host = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let shadow = host.attach_shadow(&web_sys::ShadowRootInit::new(web_sys::ShadowRootMode::Open)).unwrap();
    for _ in 0..3 {
        let root: web_sys::HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        shadow.append_child(&root).unwrap();
        let console = app::mount(root.clone(), Config::from_words("simulated"));
        let heading = until(|| root.query_selector("h1").unwrap()).await;
        assert!(!heading.text_content().unwrap_or_default().is_empty());
        assert!(root.text_content().unwrap_or_default().contains("Simulated Weaviate"));
        drop(console);
        assert_eq!(root.child_element_count(), 0, "{}", root.inner_html());
        root.remove();
    }
    host.remove();
}

/// Chromium tells of a close with the next frame, and on a busy machine that is late.
#[wasm_bindgen_test]
async fn a_dialog_that_was_opened_anew_stays_when_its_earlier_close_is_told() {
    let host: web_sys::HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let (open, set_open) = signal(true);
    let dialog = mount_to(host.clone(), move || {
        view! { <Dialog title="Sure?" open on_close=move |()| set_open.set(false)>"Really."</Dialog> }
    });
    let element = || host.query_selector("dialog").unwrap().and_then(|element| element.dyn_into().ok());
    let shown = |element: &web_sys::HtmlDialogElement| element.open();
    let element: web_sys::HtmlDialogElement = until(|| element().filter(shown)).await;
    element.dispatch_event(&web_sys::Event::new("close").unwrap()).unwrap();
    assert!(open.get_untracked() && element.open());
    // One that the browser itself has closed is told to its owner.
    element.close();
    until(|| (!open.get_untracked()).then_some(())).await;
    drop(dialog);
    host.remove();
}
