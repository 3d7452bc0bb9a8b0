//! The confirmation: names the target, says what happens, and asks for the target's name where it is production.

use leptos::prelude::*;

use super::model::{Dialog, Event, Restore};
use super::view::Send;
use crate::app::context::Reader;
use crate::app::shell::colour;
use crate::connection::{Environment, SavedConnection};
use crate::ui::{ConfirmDialog, EnvironmentLabel, TypedConfirmation};

pub fn confirmation(
    reader: Reader,
    connection: &SavedConnection,
    state: Signal<Restore>,
    send: Send,
    count: Memo<Option<usize>>,
    place: Memo<String>,
) -> AnyView {
    let lang = reader.lang;
    let environment = connection.environment;
    let name = StoredValue::new(connection.name.clone());
    let open = Memo::new(move |_| state.with(|state| matches!(state.dialog, Dialog::Open | Dialog::Confirmed)));
    let working = Signal::derive(move || state.with(|state| state.dialog == Dialog::Confirmed));
    let title = Signal::derive(move || lang.restore_into(count.get(), &name.get_value()));
    let confirm_label = Signal::derive(move || lang.restore_what(count.get()));
    let aside = move || view! { <EnvironmentLabel colour=colour(environment) name=lang.environment(environment) /> };
    let id = StoredValue::new(state.with_untracked(|state| state.backup.id.clone()));
    let effect = move || {
        state.with_untracked(|state| {
            let moves_aliases = state.overwrites_aliases().then(|| view! { <p>{lang.aliases_move()}</p> });
            view! {
                <p>{move || lang.restore_from(&id.get_value(), &place.get())}</p>
                <p>{lang.restore_effect()}</p>
                {moves_aliases}
                <p class="quiet">{lang.check_runs_again()}</p>
            }
        })
    };
    let close = move |()| send.run(Event::ConfirmClosed);
    let confirm = move |()| send.run(Event::ConfirmPressed);
    let typed = (environment == Environment::Production).then(|| TypedConfirmation {
        name: Signal::derive(move || name.get_value()),
        label: Signal::derive(move || lang.type_to_confirm(&name.get_value())),
        incomplete: Signal::derive(move || lang.name_incomplete().to_owned()),
    });
    view! {
        <ConfirmDialog title open on_close=close confirm_label back_label=lang.go_back() on_confirm=confirm working aside typed>
            {effect()}
        </ConfirmDialog>
    }
    .into_any()
}
