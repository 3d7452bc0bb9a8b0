//! One row: the id stays, so that the focus on it survives; what changes stands in two groups around it.

use std::sync::Arc;

use leptos::prelude::*;
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::version::Version;

use super::model::Event;
use super::row::{Backup, Content, Row, RowKey};
use super::view::Send;
use crate::app::context::{Now, Reader, machine_time};
use crate::app::status;
use crate::i18n::{ago, duration};
use crate::route::Route;
use crate::ui::{Glyph, RelativeTime, StatusMark, Tag, Tone};

/// What every row has around it.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub reader: Reader,
    pub send: Send,
    pub now: Now,
    /// The time once a minute, in milliseconds since 1970.
    pub minute: Memo<i64>,
    pub version: Memo<Option<Version>>,
    pub connection: StoredValue<ConnectionId>,
}

/// A row as it is to be shown now.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    row: Arc<Row>,
    is_orphaned: bool,
}

impl Shown {
    /// Follows the time only for a row that has not ended.
    pub(super) fn new(row: Arc<Row>, now: Now) -> Self {
        let unfinished = row.backup().filter(|backup| !backup.status.is_terminal());
        Self { is_orphaned: unfinished.is_some_and(|backup| backup.is_possibly_orphaned(now.get())), row }
    }
}

pub(super) fn row(around: Around, key: RowKey, shown: Memo<Option<Shown>>) -> impl IntoView {
    let lang = around.reader.lang;
    let is_broken = move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.row.backup().is_none()));
    let is_orphaned = move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.is_orphaned));
    let href = shown.with_untracked(|shown| {
        let operation = around.connection.with_value(|connection| shown.as_ref()?.row.operation(connection))?;
        Some(Route::Operation(operation).hash())
    });
    let id = match href {
        Some(href) => view! { <a class="backup-id mono" href=href>{key.id.to_string()}</a> }.into_any(),
        None => view! { <span class="backup-id quiet">{lang.no_id()}</span> }.into_any(),
    };
    view! {
        <tr role="row" class:row-broken=is_broken>
            {move || shown.get().map(|shown| status_cell(around, &shown))}
            <td role="cell" class="cell-id">
                {id}
                {move || is_orphaned().then(|| view! { <Tag word=lang.possibly_orphaned() tone=Tone::Warn /> })}
            </td>
            {move || shown.get().map(|shown| other_cells(around, &shown))}
        </tr>
    }
}

fn status_cell(around: Around, shown: &Shown) -> impl IntoView + use<> {
    let lang = around.reader.lang;
    let mark = match &shown.row.content {
        Content::Unreadable { .. } => {
            view! { <StatusMark tone=Tone::Unknown glyph=Glyph::Unknown word=lang.unreadable_entry() /> }
        }
        Content::Backup(Backup { status, .. }) => {
            let (tone, glyph) = if shown.is_orphaned {
                (Tone::Warn, Glyph::Warn)
            } else {
                (status::tone(status), status::glyph(status))
            };
            view! { <StatusMark tone glyph word=lang.status_word(status) quiet={*status == Status::Success} /> }
        }
    };
    view! {
        <td role="cell" class="cell-status">
            {mark}
        </td>
    }
}

fn other_cells(around: Around, shown: &Shown) -> AnyView {
    let key = shown.row.key.clone();
    match &shown.row.content {
        Content::Unreadable { raw } => view! {
            <td role="cell" class="cell-broken">
                <span class="mono">{key.backend.to_string()}</span>
                " "
                <code class="clip" title=raw.clone() tabindex="0">
                    {raw.clone()}
                </code>
            </td>
        }
        .into_any(),
        Content::Backup(backup) => view! {
            <td role="cell" class="cell-backend mono">
                {key.backend.to_string()}
            </td>
            <td role="cell" class="cell-collections end">
                {collections(around, &key, backup)}
            </td>
            <td role="cell" class="cell-started end">
                {started(around, backup)}
            </td>
            <td role="cell" class="cell-duration end">
                {how_long(around, backup, shown.is_orphaned)}
            </td>
            <td role="cell" class="cell-size end">
                {size(around.reader, backup)}
            </td>
            <td role="cell" class="cell-base">
                {base(around.reader, backup)}
            </td>
            <td role="cell" class="cell-actions row-action">
                {restore(around, &shown.row)}
            </td>
        }
        .into_any(),
    }
}

/// A value that the server does not give, or that there is none of yet.
fn none(reader: Reader) -> AnyView {
    view! { <span class="none">{reader.lang.none_dash()}</span> }.into_any()
}

fn collections(around: Around, key: &RowKey, backup: &Backup) -> AnyView {
    let Around { reader, send, .. } = around;
    if backup.collections.names.is_empty() {
        return none(reader);
    }
    let count = reader.integer(backup.collections.names.len() as u64);
    let full_name = reader.lang.collections_of_count(&count, &key.id);
    let key = key.clone();
    view! {
        <button
            type="button"
            class="cell-names"
            aria-label=full_name
            on:click=move |_| send.run(Event::CollectionsPressed(key.clone()))
        >
            {count}
            <span class="card-word">" "{reader.lang.collections_word()}</span>
        </button>
    }
    .into_any()
}

fn started(around: Around, backup: &Backup) -> AnyView {
    let Around { reader, now, minute, .. } = around;
    let Some(at) = backup.started else { return none(reader) };
    // An age in hours or days is not looked at each second: there may be thousands of them.
    let ago = move || {
        let is_old = now.get_untracked() - at > 3_600_000;
        ago(reader.lang, if is_old { minute.get() } else { now.get() } - at)
    };
    view! {
        <RelativeTime
            text=Signal::derive(ago)
            absolute=reader.date_time(at)
            datetime=machine_time(at)
        />
    }
    .into_any()
}

fn how_long(around: Around, backup: &Backup, is_orphaned: bool) -> AnyView {
    let Around { reader, now, .. } = around;
    let lang = reader.lang;
    match (backup.duration(), backup.started) {
        (Some(millis), _) => duration(lang, millis).into_any(),
        (None, Some(started)) if !backup.status.is_terminal() => {
            let words = move || {
                let so_far = duration(lang, now.get() - started);
                if is_orphaned { lang.no_end_for(&so_far) } else { lang.duration_so_far(&so_far) }
            };
            let tone = if is_orphaned { "tone-warn" } else { "tone-busy" };
            view! { <span class=tone data-clock>{words}</span> }.into_any()
        }
        _ => none(reader),
    }
}

fn size(reader: Reader, backup: &Backup) -> AnyView {
    let Some(size) = backup.size else { return none(reader) };
    let number = reader.with_formats(|formats| reader.lang.size_gib(size, formats));
    view! { {number}" "<span class="unit">"GiB"</span> }.into_any()
}

fn base(reader: Reader, backup: &Backup) -> AnyView {
    match (&backup.base, &backup.status) {
        (Some(base), _) => view! {
            <span class="card-word">{reader.lang.base_word()}</span>
            <span class="mono">{base.clone()}</span>
        }
        .into_any(),
        (None, Status::Success | Status::Failed) => {
            view! { <span class="base-unknown">{reader.lang.base_unknown()}</span> }.into_any()
        }
        (None, _) => none(reader),
    }
}

fn restore(around: Around, row: &Row) -> Option<AnyView> {
    let version = around.version.get_untracked();
    row.backup()?.may_be_restored(version).ok()?;
    let backup = around.connection.with_value(|connection| row.operation(connection))?;
    let lang = around.reader.lang;
    let full_name = lang.restore_of(&backup.id, &backup.backend);
    let href = Route::Restore { backup, only: Vec::new() }.hash();
    // Plain, because there are many: it is left out where it cannot be used.
    Some(
        view! {
            <a class="button button-small" href=href aria-label=full_name>
                {lang.row_restore()}
            </a>
        }
        .into_any(),
    )
}
