//! A line for each backup of another bucket or path that this browser made.

use leptos::prelude::*;

use super::elsewhere::Elsewhere;
use super::model::Backups;
use crate::app::context::Reader;
use crate::app::status::{glyph, tone};
use crate::route::Route;
use crate::ui::{Panel, StatusMark, Tone};

/// Nothing where there is none.
pub(super) fn elsewhere(reader: Reader, state: Signal<Backups>) -> impl IntoView {
    let kept = Memo::new(move |_| state.with(Backups::elsewhere_and_places));
    let is_there = Memo::new(move |_| kept.with(|kept| !kept.is_empty()));
    let rows = move || kept.get().into_iter().map(|(one, place)| row(reader, one, place)).collect_view();
    move || {
        is_there.get().then(|| {
            view! {
                <Panel title=reader.lang.elsewhere_title() flush=true>
                    <ul class="list">{rows}</ul>
                </Panel>
            }
        })
    }
}

fn row(reader: Reader, one: Elsewhere, place: String) -> AnyView {
    let lang = reader.lang;
    let mark = match &one.ended {
        Some(status) => {
            view! { <StatusMark tone=tone(status) glyph=glyph(status) word=lang.status_word(status) /> }
        }
        None => view! { <StatusMark tone=Tone::Unknown word=lang.end_not_seen() /> },
    };
    let when = lang.asked_here(&reader.date_time(one.asked_at));
    let href = Route::Operation(one.key.clone()).hash();
    let count = lang.collections_count(one.collections);
    view! {
        <li class="list-row elsewhere">
            {mark}
            <a class="mono" href=href>{one.key.id}</a>
            <span class="mono quiet elsewhere-place">{place}</span>
            <span class="quiet">{count}</span>
            <span class="quiet">{when}</span>
        </li>
    }
    .into_any()
}
