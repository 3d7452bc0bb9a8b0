//! The composition: the only place that builds clients, owns timers and runs effects.

mod asking;
mod backups;
mod connections;
pub mod context;
pub mod cpu_view;
mod create;
mod draft;
mod facts;
pub mod findings_view;
mod key_prompt;
pub mod ledger;
mod navigation;
mod operation;
pub mod pages;
pub mod parts;
pub mod preferences;
mod rail;
pub mod request_view;
mod restore;
pub mod server_error;
mod session;
mod settings;
pub mod shell;
pub mod status;
mod store;
mod strip;
pub mod submit;
pub mod submit_view;
pub mod watch;

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::i18n::Lang;
use crate::platform;
use crate::ui::Announcer;
use navigation::Navigator;
use preferences::Preferences;
use session::Session;

/// What the place that mounts the console tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The console stands beside a simulated Weaviate: a banner says so for as long as it is open.
    pub is_simulated: bool,
    /// The page's own origin answers `/v1`, so it is offered as the first connection.
    pub same_origin_server: bool,
}

impl Config {
    /// From the words of `<meta name="weaviate-backup-console" content="simulated same-origin">`, which whoever serves
    /// the page may set.
    pub fn from_words(words: &str) -> Self {
        let has = |word: &str| words.split_whitespace().any(|given| given == word);
        Self { is_simulated: has("simulated"), same_origin_server: has("same-origin") }
    }
}

/// Mounts the console into `root`, which is its own from then on. Dropping what it returns takes all of it away:
/// listeners, timers and nodes.
///
/// The page's own start goes this way, and so does an element of somebody's portal.
pub fn mount(root: HtmlElement, config: Config) -> impl Sized {
    let preferences = Preferences::read();
    let lang = preferences.lang.unwrap_or_else(|| Lang::from_tag(&platform::page::language()));
    platform::crash::show_on_panic(
        &root,
        lang.crash_heading(),
        vec![lang.crash_server_carries_on().to_owned(), lang.crash_resume().to_owned()],
        lang.crash_reload(),
    );
    #[cfg(feature = "test-seams")]
    seams::install();
    leptos::mount::mount_to(root, move || view! { <Console config preferences /> })
}

/// Starts the console in the page that was built for it.
pub fn start() {
    let Some(root) = platform::page::own_root() else { return };
    root.replace_children_with_node_0();
    // The page is the console's for as long as it is open.
    std::mem::forget(mount(root, Config::from_words(&platform::page::own_words())));
}

#[component]
fn Console(config: Config, preferences: Preferences) -> impl IntoView {
    let preferences = RwSignal::new(preferences);
    provide_context(preferences);
    provide_context(Announcer::new());
    provide_context(Navigator::new());
    let session = Session::new();
    let ledger = ledger::Ledger::new();
    provide_context(session);
    provide_context(ledger);
    let watches = watch::Watches::new(session, ledger);
    provide_context(watches);
    let parts = parts::Parts::new();
    provide_context(parts);
    parts.load_the_rest(parts.of(&Navigator::of_view().route().get_untracked()));
    let owner = Owner::current();
    Effect::new(move || {
        if let (Some(following), Some(owner)) = (parts.following.here(), &owner) {
            owner.with(|| (following.begin)(session, ledger, watches));
        }
    });
    provide_context(backups::Kept::new());
    provide_context(settings::Forgotten::new());
    provide_context(context::Now::new());
    provide_context(StoredValue::new(shell::Seen::default()));
    let config = StoredValue::new(config);
    let theme = Memo::new(move |_| preferences.with(|preferences| preferences.theme));
    let lang = Memo::new(move |_| {
        preferences.with(|preferences| preferences.lang).unwrap_or_else(|| Lang::from_tag(&platform::page::language()))
    });
    view! {
        <div class="console" data-theme=move || theme.get().attribute() lang=move || lang.get().tag()>
            // Another language builds the page anew: texts are plain values in every view, which keeps them small.
            {move || {
                provide_context(context::Reader::new(lang.get()));
                view! { <shell::Shell config=config.get_value() /> }
            }}
        </div>
    }
}

#[cfg(feature = "test-seams")]
mod seams {
    //! What the journeys need and no product has: a panic on request.

    use wasm_bindgen::prelude::*;

    /// Puts the seams where the journeys find them.
    pub fn install() {
        let panic = Closure::<dyn Fn()>::new(|| panic!("a panic that a journey asked for"));
        let seams = js_sys::Object::new();
        let global = js_sys::global();
        let set = |object: &JsValue, name: &str, value: &JsValue| {
            js_sys::Reflect::set(object, &JsValue::from_str(name), value).is_ok()
        };
        assert!(set(&seams, "panic", panic.as_ref()) && set(&global, "__weaviateBackupConsoleSeams", &seams));
        panic.forget();
    }
}
