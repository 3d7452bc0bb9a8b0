//! The confirmation: names the target, says what happens, and asks for the target's name where it is production.

use leptos::prelude::*;

use super::model::{Dialog, Event, Restore};
use super::view::Send;
use crate::app::context::Reader;
use crate::app::shell::colour;
use crate::connection::{Environment, SavedConnection};
use crate::ui::{ConfirmDialog, EnvironmentLabel, TypedConfirmation};

/// `count` is `None` for everything.
pub fn confirmation(
    reader: Reader,
    connection: &SavedConnection,
    state: Signal<Restore>,
    send: Send,
    count: Memo<Option<usize>>,
) -> AnyView {
    let lang = reader.lang;
    let environment = connection.environment;
    let name = StoredValue::new(connection.name.clone());
    let dialog = Memo::new(move |_| state.with(|state| state.dialog));
    let moves_aliases = Memo::new(move |_| state.with(|state| state.form.overwrite_alias));
    let open = Signal::derive(move || dialog.get() != Dialog::Closed);
    let working = Signal::derive(move || dialog.get() == Dialog::Confirmed);
    let title = Signal::derive(move || lang.restore_into(count.get(), &name.get_value()));
    let confirm_label = Signal::derive(move || lang.restore_what(count.get()));
    let aside = move || view! { <EnvironmentLabel colour=colour(environment) name=lang.environment(environment) /> };
    let effect = move || {
        view! {
            <p>{lang.restore_effect()}</p>
            {move || moves_aliases.get().then(|| view! { <p>{lang.aliases_move()}</p> })}
            <p>{lang.restore_not_undone()}" "{lang.check_runs_again()}</p>
        }
    };
    let close = move |()| send.run(Event::ConfirmClosed);
    let confirm = move |()| send.run(Event::ConfirmPressed);
    if environment == Environment::Production {
        let typed = TypedConfirmation {
            name: Signal::derive(move || name.get_value()),
            label: Signal::derive(move || lang.type_to_confirm(&name.get_value())),
            incomplete: Signal::derive(move || lang.name_incomplete().to_owned()),
        };
        view! {
            <ConfirmDialog title open on_close=close confirm_label back_label=lang.go_back() on_confirm=confirm working aside typed>
                {effect()}
            </ConfirmDialog>
        }
        .into_any()
    } else {
        view! {
            <ConfirmDialog title open on_close=close confirm_label back_label=lang.go_back() on_confirm=confirm working aside>
                {effect()}
            </ConfirmDialog>
        }
        .into_any()
    }
}
