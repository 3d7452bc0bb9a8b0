//! The diagnosis beside the form: likely cause, line to set, observed, ruled out, still possible.

use leptos::prelude::*;
use weaviate_backups::domain::server_url::ServerUrl;

use super::diagnosis::{Cause, LocalNetwork, Observed, PageFacts, is_http_from_https, ruled_out};
use crate::app::context::{Reader, copy_button};
use crate::i18n::Lang;
use crate::ui::{CodeBlock, Finding, Glyph, Panel, PanelSection, StatusMark, Tone};

/// Built anew for each failed attempt.
pub fn report(reader: Reader, url: &ServerUrl, cause: &Cause, observed: &Observed) -> AnyView {
    let lang = reader.lang;
    let words = observed
        .meta
        .as_ref()
        .and_then(|meta| meta.as_ref().err())
        .or(observed.discovery.as_ref().err())
        .and_then(|error| lang.words_of(error));
    let shown_in = NodeRef::new();
    let line = lang.cause_line(cause, observed).map(|line| {
        view! {
            <p class="connect-line">{lang.set_this_line()}</p>
            <CodeBlock label=lang.set_this_line() text=line.clone() action=move || copy_button(reader, line.clone(), shown_in) node_ref=shown_in />
            {matches!(cause, Cause::Cors { .. }).then(|| view! { <p class="quiet small">{lang.cors_hint()}</p> })}
        }
    });
    let explained = lang.cause_explained(cause);
    let observations = observations(reader, url, observed);
    let ruled_out = ruled_out(url, observed);
    let possible = possible(lang, url, cause, &observed.page);
    view! {
        <Panel title=lang.most_likely() tone=Tone::Danger flush=true>
            <div class="connect-cause">
                <p>{explained}</p>
                {line}
            </div>
            <PanelSection title=lang.what_was_observed()>
                <ul class="findings">{observations}</ul>
            </PanelSection>
            {words
                .map(|words| {
                    view! {
                        <PanelSection title=lang.server_words()>
                            <CodeBlock label=lang.server_words() text=words />
                        </PanelSection>
                    }
                })}
            {(!ruled_out.is_empty())
                .then(|| {
                    let marks = ruled_out
                        .into_iter()
                        .map(|what| view! { <li><StatusMark tone=Tone::Ok word=lang.ruled_out(what) quiet=true /></li> })
                        .collect_view();
                    view! {
                        <PanelSection title=lang.what_is_ruled_out()>
                            <ul class="connect-ruled-out">{marks}</ul>
                        </PanelSection>
                    }
                })}
            {(!possible.is_empty())
                .then(|| {
                    let rows = possible
                        .into_iter()
                        .map(|words| view! { <Finding tone=Tone::Warn glyph=Glyph::Unknown title=words /> })
                        .collect_view();
                    view! {
                        <PanelSection title=lang.still_possible()>
                            <ul class="findings">{rows}</ul>
                        </PanelSection>
                    }
                })}
        </Panel>
    }
    .into_any()
}

/// What else it could be, where a page cannot know.
fn possible(lang: Lang, url: &ServerUrl, cause: &Cause, page: &PageFacts) -> Vec<&'static str> {
    match cause {
        Cause::Cors { only_with_key: false } => vec![lang.possible_foreign(), lang.possible_methods()],
        Cause::NotReachable => {
            let mut possible = Vec::new();
            if !url.is_plain_http() {
                possible.push(lang.possible_certificate());
            }
            // A name that looks public may be one of a private address.
            if url.is_local_network() || page.local_network == LocalNetwork::Denied {
                possible.push(lang.possible_local_network());
            }
            if is_http_from_https(url, page) {
                possible.push(lang.possible_mixed_content());
            }
            possible
        }
        _ => Vec::new(),
    }
}

fn observations(reader: Reader, url: &ServerUrl, observed: &Observed) -> impl IntoView + use<> {
    let lang = reader.lang;
    let at = reader.time_of_day(observed.at);
    let asked = move |path: &str| format!("GET {} · {at}", url.join(path));
    let discovery = match &observed.discovery {
        Ok(_) => view! {
            <Finding tone=Tone::Ok title=lang.observed_discovery_ok() source=Some(asked("/v1/.well-known/openid-configuration")) />
        }
        .into_any(),
        Err(error) => view! {
            <Finding
                tone=Tone::Danger
                title=lang.observed_discovery_failed()
                detail=Some(lang.what_happened(error))
                source=Some(asked("/v1/.well-known/openid-configuration"))
            />
        }
        .into_any(),
    };
    let unreadable = observed.discovery.as_ref().is_err_and(|error| error.http_status.is_none());
    let unread = unreadable.then(|| match observed.answered_unread {
        Some(millis) => view! {
            <Finding
                tone=Tone::Ok
                title=lang.observed_unread(millis)
                detail=Some(lang.observed_unread_detail().to_owned())
            />
        }
        .into_any(),
        None => view! {
            <Finding
                tone=Tone::Danger
                title=lang.observed_nothing()
                detail=Some(lang.observed_nothing_detail().to_owned())
            />
        }
        .into_any(),
    });
    let meta = observed.meta.as_ref().and_then(|meta| meta.as_ref().err()).map(|error| {
        view! {
            <Finding tone=Tone::Danger title=lang.what_happened(error) source=Some(asked("/v1/meta")) />
        }
    });
    (discovery, unread, meta)
}
