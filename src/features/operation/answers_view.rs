//! The log of answers: when, what was asked, what came, how long it took, and all of it as it came.

use leptos::prelude::*;
use weaviate_backups::poll::log::{Line, Log};

use super::answers::{self, Answer, PostAnswer, Remark, answer, posted, remark, serials, short_path};
use super::asked::readable_body;
use super::model::Event;
use super::scene::Scene;
use super::view::left;
use crate::app::status::{glyph, tone};
use crate::i18n::{ago, duration};
use crate::ui::{CodeBlock, Glyph, Icon, IconButton, Note, StatusMark, Tone};

pub(super) fn answers(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let is_there = Memo::new(move |_| {
        scene.log.with(|log| !log.is_empty()) || scene.relation.with(|relation| relation.entry().is_some())
    });
    let dropped = Memo::new(move |_| scene.log.with(Log::dropped));
    move || {
        is_there.get().then(|| {
            view! {
                <div class="section-head">
                    <h2>{lang.answers()}</h2>
                    {clock(scene)}
                    <div class="panel-action">
                        <IconButton label=lang.refresh() glyph=Glyph::Again on_press=move |()| scene.send.run(Event::AgainPressed) />
                    </div>
                </div>
                {table(scene)}
                <Note>{move || lang.log_notes(scene.kind, scene.end.with(Option::is_none), dropped.get())}</Note>
            }
        })
    }
}

/// "Asked 4 s ago, next look in 6 s".
fn clock(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let text = move || {
        let now = scene.now.get();
        scene.looks.with(|looks| {
            let last = looks.last.map(|at| lang.looked_ago(&ago(lang, now - at.0)));
            let next = match looks.next {
                Some(at) => Some(lang.next_look_in(&duration(lang, left(at.0, now)))),
                None if looks.under_way => Some(lang.looking_now().to_owned()),
                None => None,
            };
            [last, next].into_iter().flatten().collect::<Vec<_>>().join(lang.comma())
        })
    };
    view! { <span class="quiet num" data-clock>{text}</span> }
}

fn table(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let rows = Memo::new(move |_| scene.log.with(serials));
    view! {
        <div class="table table-low log">
            <table role="table" aria-label=lang.answers()>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{lang.log_time()}</th>
                        <th role="columnheader" scope="col">{lang.log_asked()}</th>
                        <th role="columnheader" scope="col">{lang.log_answer()}</th>
                        <th role="columnheader" scope="col" class="end">{lang.log_round_trip()}</th>
                        <th role="columnheader" scope="col"><span class="visually-hidden">{lang.log_raw()}</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || rows.get() key=|serial| *serial children=move |serial| row(scene, serial, rows) />
                    {move || posted_row(scene)}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(scene: Scene, serial: u64, rows: Memo<Vec<u64>>) -> AnyView {
    let lang = scene.reader.lang;
    let line = move |serial: Option<u64>| scene.log.with(|log| answers::line(log, serial?).cloned());
    // A row that has just gone keeps its last content until it is taken away.
    let shown = Memo::new(move |last: Option<&Option<Line>>| line(Some(serial)).or_else(|| last.cloned().flatten()));
    let of_line =
        move |read: fn(&Line) -> String| move || shown.with(|line| line.as_ref().map(read).unwrap_or_default());
    let beside = Memo::new(move |_| {
        let older = line(serial.checked_sub(1));
        shown.with(|line| line.as_ref().map_or(Remark::None, |line| remark(line, older.as_ref())))
    });
    let time = move || shown.with(|line| line.as_ref().map(|line| line.exchange.at.0).unwrap_or_default());
    let answered = Memo::new(move |_| shown.with(|line| line.as_ref().map(|line| answer(&line.exchange))));
    let answered = move || match answered.get() {
        None => ().into_any(),
        Some(Answer::Status(status)) => {
            let word = status.as_str().to_owned();
            view! { <StatusMark tone=tone(&status) glyph=glyph(&status) word /> }.into_any()
        }
        Some(Answer::CancelTaken) => view! { <span>{lang.cancel_answer()}</span> }.into_any(),
        Some(Answer::Nothing { why, http_status }) => {
            view! { <StatusMark tone=Tone::Warn word=lang.no_answer(why, http_status) /> }.into_any()
        }
    };
    let more = move || match beside.get() {
        Remark::None => String::new(),
        Remark::Changed => lang.remark_changed().to_owned(),
        Remark::Equal { count, since } => lang.remark_equal(&scene.reader.integer(count), &scene.time(since.0)),
    };
    let raw = Memo::new(move |_| {
        shown.with(|line| {
            let exchange = &line.as_ref()?.exchange;
            exchange.raw.clone().or_else(|| exchange.words.clone())
        })
    });
    let (asked, path) = shown.with_untracked(|line| {
        let asked = |line: &Line| {
            let path = line.exchange.path.clone();
            (format!("{} {}", line.exchange.method.as_str(), short_path(&path)), path)
        };
        line.as_ref().map(asked).unwrap_or_default()
    });
    let trip = of_line(|line| line.exchange.round_trip.map(|trip| format!("{} ms", trip.0)).unwrap_or_default());
    let newest = Memo::new(move |_| rows.with(|rows| rows.first() == Some(&serial)));
    let open = RwSignal::new(false);
    view! {
        <tr role="row" class:log-newest=newest>
            <td role="cell" class="mono" data-clock>{time_cell(scene, time)}</td>
            <td role="cell" class="mono log-asked" title=path>{asked}</td>
            <td role="cell" class="log-answer">{answered}<span class="log-more num" data-clock>{more}</span></td>
            <td role="cell" class="mono end" data-clock>{trip}</td>
            <td role="cell" class="row-toggle">{move || raw.with(Option::is_some).then(|| toggle(scene, open))}</td>
        </tr>
        {move || {
            open.get().then(|| {
                view! {
                    <tr role="row" class="log-raw">
                        <td role="cell" class="row-wide">
                            <CodeBlock label=lang.log_raw() text=Signal::derive(move || raw.get().unwrap_or_default()) />
                        </td>
                    </tr>
                }
            })
        }}
    }
    .into_any()
}

/// With the milliseconds where there is room for them.
fn time_cell(scene: Scene, wall_millis: impl Fn() -> i64 + Copy + Send + Sync + 'static) -> impl IntoView {
    let time = move || scene.reader.time_of_day(wall_millis());
    let millis = move || format!(".{:03}", wall_millis().rem_euclid(1000));
    view! { <span title=move || scene.reader.date_time(wall_millis())>{time}<span class="wide-only">{millis}</span></span> }
}

fn toggle(scene: Scene, open: RwSignal<bool>) -> impl IntoView {
    let label = scene.reader.lang.log_open_row();
    view! {
        <button
            type="button"
            class="log-toggle"
            aria-label=label
            title=label
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon glyph=Glyph::Right />
        </button>
    }
}

/// The request that began it, from the ledger: another page sent it.
fn posted_row(scene: Scene) -> Option<AnyView> {
    let lang = scene.reader.lang;
    let posted = scene.relation.with(|relation| relation.entry().map(posted))?;
    let open = RwSignal::new(false);
    let at = posted.at.0;
    let body = readable_body(&posted.body);
    let is_taken = matches!(posted.outcome, PostAnswer::Taken { .. });
    let words = lang.post_answer(&posted.outcome);
    let answer = if is_taken {
        view! {
            <StatusMark tone=Tone::Busy glyph=Glyph::Started word="200 STARTED" />
            <span class="log-more">{words}</span>
        }
        .into_any()
    } else {
        view! { <span class="log-more">{words}</span> }.into_any()
    };
    Some(
        view! {
            <tr role="row">
                <td role="cell" class="mono">{time_cell(scene, move || at)}</td>
                <td role="cell" class="mono log-asked">{format!("POST {}", short_path(&posted.path))}</td>
                <td role="cell" class="log-answer">{answer}</td>
                <td role="cell" class="mono end"></td>
                <td role="cell" class="row-toggle">{toggle(scene, open)}</td>
            </tr>
            {move || {
                let body = body.clone();
                open.get().then(|| {
                    view! {
                        <tr role="row" class="log-raw">
                            <td role="cell" class="row-wide"><CodeBlock label=lang.log_body_sent() text=body /></td>
                        </tr>
                    }
                })
            }}
        }
        .into_any(),
    )
}
