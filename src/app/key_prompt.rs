//! After a reload the key is gone, and a server may stop accepting one: what needs it is paused, and says so with the
//! field beside it.

use leptos::prelude::*;
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::secret::Secret;

use super::context::Reader;
use super::session::Session;
use crate::ui::{Banner, Button, ButtonKind, Form, SecretField, Tone};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    TheKey,
    AnotherKey,
}

/// Stands at the head of every page of a connection whose key is not known or not accepted; nothing otherwise.
pub fn prompt(reader: Reader, session: Session, id: ConnectionId) -> AnyView {
    let lang = reader.lang;
    let want = Memo::new({
        let id = id.clone();
        move |_| match (session.lacks_key(&id), session.key_is_refused(&id)) {
            (true, _) => Some(Want::TheKey),
            (false, true) => Some(Want::AnotherKey),
            (false, false) => None,
        }
    });
    let key = RwSignal::new(String::new());
    let refused = RwSignal::new(false);
    let id = StoredValue::new(id);
    let submit = Callback::new(move |()| {
        let Some(connection) = untrack(|| session.connection(&id.get_value())) else { return };
        match Secret::new(&key.get_untracked(), connection.url.origin()) {
            Some(secret) => {
                key.set(String::new());
                session.give_key(&connection, Some(secret));
            }
            None => refused.set(true),
        }
    });
    let error = move || refused.get().then(|| lang.key_not_usable().to_owned());
    let field = move || {
        want.get().map(|want| {
            let name =
                untrack(|| session.connection(&id.get_value())).map(|connection| connection.name).unwrap_or_default();
            let (title, body) = match want {
                Want::TheKey => (lang.paused_for_key(&name), lang.key_kept_in_memory()),
                Want::AnotherKey => (lang.key_is_refused(&name), lang.key_is_refused_body()),
            };
            view! {
                <Banner tone=Tone::Warn title body=Some(body.to_owned())>
                    <Form label=lang.key_of(&name) on_submit=submit>
                        <SecretField
                            label=lang.key_of(&name)
                            value=key
                            on_input=move |text| {
                                refused.set(false);
                                key.set(text);
                            }
                            show_label=lang.show()
                            hide_label=lang.hide()
                            error=Signal::derive(error)
                        />
                        <Button label=lang.go_on() kind=ButtonKind::Primary submit=true />
                    </Form>
                </Banner>
            }
        })
    };
    field.into_any()
}
