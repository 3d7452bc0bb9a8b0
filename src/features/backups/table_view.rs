//! The table: its head, the first of its rows, and the way to more of them.

use std::sync::Arc;

use leptos::prelude::*;
use weaviate_backups::domain::operation::ConnectionId;

use super::model::{Backups, Event, MORE_ROWS, Rows};
use super::row::find;
use super::row_view::{self, Around, Shown};
use super::shown::Body;
use super::view::Send;
use crate::app::context::{Now, Reader};
use crate::i18n::Lang;
use crate::route::SortKey;
use crate::ui::{Button, SkeletonRows, SortHeader, SortOrder};

pub(super) fn table(reader: Reader, connection: ConnectionId, state: Signal<Backups>, send: Send) -> AnyView {
    let lang = reader.lang;
    let is_loading = Memo::new(move |_| state.with(|state| state.body() == Body::Loading));
    view! {
        <div class="table table-sticky backups-table">
            <table role="table" aria-label=lang.backup_table()>
                {head(lang, state, send)}
                {rows(reader, connection, state, send)}
            </table>
            {move || is_loading.get().then(|| view! { <SkeletonRows label=lang.listing_backups() rows=6 columns=8 /> })}
        </div>
        {more(reader, state, send)}
    }
    .into_any()
}

fn head(lang: Lang, state: Signal<Backups>, send: Send) -> impl IntoView {
    let order = Memo::new(move |_| {
        state.with(|state| {
            (state.view.sort, if state.view.ascending { SortOrder::Ascending } else { SortOrder::Descending })
        })
    });
    let column = move |sort: SortKey, end: bool, class: &'static str| {
        let order = Signal::derive(move || Some(order.get()).filter(|(by, _)| *by == sort).map(|(_, order)| order));
        view! {
            <SortHeader label=lang.column(sort) order on_press=move |()| send.run(Event::SortPressed(sort)) end class />
        }
    };
    view! {
        <thead role="rowgroup">
            <tr role="row">
                {column(SortKey::Status, false, "cell-status")}
                {column(SortKey::Id, false, "cell-id")}
                {column(SortKey::Backend, false, "cell-backend")}
                {column(SortKey::Collections, true, "cell-collections")}
                {column(SortKey::Started, true, "cell-started")}
                {column(SortKey::Duration, true, "cell-duration")}
                {column(SortKey::Size, true, "cell-size")}
                <th role="columnheader" scope="col" class="cell-base">
                    {lang.column_base()}
                </th>
                <th role="columnheader" scope="col" class="cell-actions">
                    <span class="visually-hidden">{lang.actions()}</span>
                </th>
            </tr>
        </thead>
    }
    .into_any()
}

fn rows(reader: Reader, connection: ConnectionId, state: Signal<Backups>, send: Send) -> impl IntoView {
    let now = Now::of_view();
    let all: Memo<Rows> = Memo::new(move |_| state.with(|state| Arc::clone(&state.rows)));
    let found: Memo<Rows> = Memo::new(move |_| state.with(|state| Arc::clone(&state.found)));
    let limit = Memo::new(move |_| state.with(|state| state.limit));
    let keys = Memo::new(move |_| {
        found.with(|found| found.iter().take(limit.get()).map(|row| row.key.clone()).collect::<Vec<_>>())
    });
    let version = Memo::new(move |_| state.with(|state| state.server.version()));
    let minute = Memo::new(move |_| now.get() / 60_000 * 60_000);
    let around = Around { reader, send, now, minute, version, connection: StoredValue::new(connection) };
    view! {
        <tbody role="rowgroup">
            <For
                each=move || keys.get()
                key=Clone::clone
                children=move |key| {
                    let shown = {
                        let key = key.clone();
                        // A row that has just gone keeps its last content until it is taken away.
                        move |last: Option<&Option<Shown>>| {
                            let row = all.with(|rows| find(rows, &key).cloned());
                            row.map(|row| Shown::new(row, now)).or_else(|| last.cloned().flatten())
                        }
                    };
                    row_view::row(around, key, Memo::new(shown))
                }
            />
        </tbody>
    }
    .into_any()
}

fn more(reader: Reader, state: Signal<Backups>, send: Send) -> impl IntoView {
    let lang = reader.lang;
    let hidden = Memo::new(move |_| state.with(|state| state.found.len().saturating_sub(state.limit)));
    let is_there = Memo::new(move |_| hidden.get() > 0);
    let label = move || {
        let number = |count: usize| reader.integer(count as u64);
        lang.show_more_rows(&number(hidden.get().min(MORE_ROWS)), &number(hidden.get()))
    };
    move || {
        is_there.get().then(|| {
            view! {
                <div class="more-rows">
                    <Button label=Signal::derive(label) on_press=move |()| send.run(Event::MorePressed) />
                </div>
            }
        })
    }
}
