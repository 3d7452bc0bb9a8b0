//! Runs the settings.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::backups::Kept;
use super::ledger::Ledger;
use super::pages::Page;
use super::preferences::Preferences;
use super::session::Session;
use crate::features::settings::view;
use crate::platform::storage::{self, Keep, StorageError};

pub fn page(session: Session) -> Page {
    let preferences = expect_context::<RwSignal<Preferences>>();
    let ledger = Ledger::of_view();
    let kept = Kept::of_view();
    let forgotten = RwSignal::new(false);
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
