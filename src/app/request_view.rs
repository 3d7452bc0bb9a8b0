//! The exact request, to read before it is sent and to copy.

use leptos::prelude::*;
use weaviate_backups::api::request::Request;

use super::context::{Reader, copy_button};
use crate::request_text;
use crate::ui::{CodeBlock, Tab, Tabs};

/// Shows the request as the form stands, and says so while none can be formed. `server` is the address before `/v1`.
pub fn request(reader: Reader, request: Memo<Option<Request>>, server: String, with_key: bool) -> AnyView {
    let lang = reader.lang;
    let chosen = RwSignal::new("http".to_owned());
    let text = Memo::new(move |_| {
        request.with(|request| {
            let request = request.as_ref()?;
            Some(if chosen.with(|chosen| chosen == "curl") {
                request_text::curl(request, &server, with_key)
            } else {
                request_text::http(request, with_key)
            })
        })
    });
    let shown_in = NodeRef::new();
    let copy = move || move || text.get().map(|text| copy_button(reader, text, shown_in));
    let is_formed = Memo::new(move |_| text.with(Option::is_some));
    let shown = move || {
        if is_formed.get() {
            let text = Signal::derive(move || text.get().unwrap_or_default());
            let lead = Signal::derive(move || {
                Some(if chosen.with(|chosen| chosen == "curl") { "curl" } else { "POST" }.to_owned())
            });
            view! { <CodeBlock label=lang.request_title() text lead node_ref=shown_in /> }.into_any()
        } else {
            view! { <p class="quiet tabs-note">{lang.request_not_yet()}</p> }.into_any()
        }
    };
    view! {
        <Tabs
            label=lang.request_title()
            tabs=vec![Tab::new("http", "HTTP"), Tab::new("curl", "curl")]
            chosen=chosen
            on_choose=move |value| chosen.set(value)
            action=copy
        >
            {shown}
        </Tabs>
    }
    .into_any()
}
