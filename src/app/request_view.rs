//! The exact request, to read before it is sent and to copy.

use leptos::prelude::*;
use weaviate_backups::api::request::Request;

use super::context::{Reader, copy_button};
use crate::request_text;
use crate::ui::{CodeBlock, Tab, Tabs};

/// Shows the last request that could be formed; nothing before there is one. `server` is the address before `/v1`.
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
    let shown = move || {
        text.get().map(|text| {
            let copied = text.clone();
            let action = move || copy_button(reader, copied.clone());
            view! { <CodeBlock label=lang.request_title() text lead=Some("POST".to_owned()) action /> }
        })
    };
    view! {
        <Tabs
            label=lang.request_title()
            tabs=vec![Tab::new("http", "HTTP"), Tab::new("curl", "curl")]
            chosen=chosen
            on_choose=move |value| chosen.set(value)
        >
            {shown}
        </Tabs>
    }
    .into_any()
}
