//! After a reload the key is gone: what needs it is paused, and says so with the field beside it.

use leptos::prelude::*;
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::secret::Secret;

use super::context::Reader;
use super::session::Session;
use crate::ui::{Banner, Button, ButtonKind, Form, SecretField, Tone};

/// Stands at the head of every page of a connection whose key is not known; nothing otherwise.
pub fn prompt(reader: Reader, session: Session, id: ConnectionId) -> AnyView {
    let lang = reader.lang;
    let lacks = Memo::new({
        let id = id.clone();
        move |_| session.lacks_key(&id)
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
        lacks.get().then(|| {
            let name = session.connection(&id.get_value()).map(|connection| connection.name).unwrap_or_default();
            view! {
                <Banner tone=Tone::Warn title=lang.paused_for_key(&name) body=Some(lang.key_kept_in_memory().to_owned())>
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
