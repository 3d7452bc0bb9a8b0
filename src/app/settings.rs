//! Runs the settings.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::backups::Kept;
use super::ledger::Ledger;
use super::navigation::Navigator;
use super::pages::Page;
use super::preferences::Preferences;
use super::session::Session;
use crate::features::settings::view;
use crate::platform::storage::{self, Keep, StorageError};
use crate::route::Route;

/// That everything was forgotten, to be said until the settings are left: forgetting may bring another language, which
/// builds the page anew.
#[derive(Clone, Copy)]
pub struct Forgotten(RwSignal<bool>);

impl Forgotten {
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }
}

pub fn page(session: Session) -> Page {
    let preferences = expect_context::<RwSignal<Preferences>>();
    let ledger = Ledger::of_view();
    let kept = Kept::of_view();
    let Forgotten(forgotten) = expect_context();
    let route = Navigator::of_view().route();
    on_cleanup(move || {
        if route.with_untracked(|route| *route != Route::Settings) {
            forgotten.try_set(false);
        }
    });
    let choose = Callback::new(move |chosen: Preferences| {
        session.note(chosen.write());
        preferences.set(chosen);
    });
    let forget = Callback::new(move |()| {
        session.forget_all();
        kept.forget_all();
        let removed = storage::remove_all(Keep::Browser).and(storage::remove_all(Keep::Tab));
        preferences.set(Preferences::default());
        spawn_local(async move {
            let cleared = ledger.clear().await.map_err(|_| StorageError::Unavailable);
            let result = removed.and(cleared);
            session.note(result);
            forgotten.try_set(result.is_ok());
        });
    });
    view::page(preferences.into(), choose, forget, forgotten.into())
}
