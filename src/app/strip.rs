//! What follows the reader across pages and connections: the operations that run, and the news of those that ended.

use leptos::prelude::*;
use weaviate_backups::domain::operation::{ConnectionId, OperationKey};

use super::context::{Now, Reader};
use super::ledger::Ledger;
use super::navigation::Navigator;
use super::session::Session;
use super::shell::colour;
use super::status::{glyph, tone};
use super::watch::{Ended, Watches};
use crate::connection::SavedConnection;
use crate::features::operation::known::Span;
use crate::i18n::duration;
use crate::route::Route;
use crate::ui::{Announcer, EnvironmentSquare, Glyph, Notice, StatusMark, Tone};

/// The operation whose own page is open says all this itself.
fn open_operation() -> Memo<Option<OperationKey>> {
    let route = Navigator::of_view().route();
    Memo::new(move |_| {
        route.with(|route| match route {
            Route::Operation(key) => Some(key.clone()),
            _ => None,
        })
    })
}

fn saved(session: Session, id: &ConnectionId) -> Option<SavedConnection> {
    session.connection(id)
}

/// The running operations; nothing at all when there are none.
pub fn view() -> AnyView {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let watches = Watches::of_view();
    let running = watches.running();
    let open = open_operation();
    let others = Memo::new(move |_| {
        let open = open.get();
        running.with(|keys| keys.iter().filter(|key| Some(*key) != open.as_ref()).cloned().collect::<Vec<_>>())
    });
    let elsewhere = Memo::new(move |_| running.with(Vec::len) > others.with(Vec::len));
    let count = move || lang.running_count(others.with(Vec::len), elsewhere.get());
    let is_there = Memo::new(move |_| others.with(|others| !others.is_empty()));
    let more = move || {
        let hidden = others.with(|others| others.len() - 1);
        let first = others.with(|others| others.get(1).cloned());
        first.map(|key| view! { <a class="strip-more" href=Route::Operation(key).hash()>{format!("+{hidden}")}</a> })
    };
    let strip = move || {
        is_there.get().then(|| {
            view! {
                <section class="strip" aria-label=lang.running_operations()>
                    <div class="strip-count">{count}</div>
                    <For each=move || others.get() key=Clone::clone children=move |key| item(reader, key) />
                    {more}
                </section>
            }
        })
    };
    strip.into_any()
}

fn item(reader: Reader, key: OperationKey) -> AnyView {
    let lang = reader.lang;
    let (session, ledger, now) = (Session::of_view(), Ledger::of_view(), Now::of_view());
    let Some(watched) = Watches::of_view().watched(&key) else { return ().into_any() };
    let known = watched.known.clone();
    let status = Memo::new(move |_| known.with(|known| (known.status().cloned(), known.is_lost())));
    let mark = move || match status.get() {
        (Some(status), is_lost) => {
            let tone = if is_lost { Tone::Idle } else { tone(&status) };
            view! { <StatusMark tone glyph=glyph(&status) word=lang.status_word(&status) /> }.into_any()
        }
        (None, is_lost) => {
            let tone = if is_lost { Tone::Warn } else { Tone::Idle };
            view! { <StatusMark tone glyph=Glyph::Waiting word=lang.not_looked_yet() /> }.into_any()
        }
    };
    let started = Memo::new({
        let key = key.clone();
        move |_| {
            let entry = ledger.entry(&key);
            watched.known.with(|known| Span::of(known.answer.as_ref(), entry.as_ref()).started)
        }
    });
    let since = move || started.get().map(|at| duration(lang, now.get() - at));
    let connection = saved(session, &key.connection);
    let name = connection.as_ref().map(|connection| connection.name.clone()).unwrap_or_default();
    let square = connection.map(|connection| view! { <EnvironmentSquare colour=colour(connection.environment) /> });
    view! {
        <a class="strip-item" href=Route::Operation(key.clone()).hash()>
            {square}
            <span class="strip-kind">{lang.kind_word(key.kind)}</span>
            <span class="strip-id mono">{key.id.clone()}</span>
            <span class="strip-where">{lang.on_connection(&name)}</span>
            {mark}
            <span class="strip-since num" data-clock>{since}</span>
        </a>
    }
    .into_any()
}

/// Says each end aloud once, and shows it until it is closed, in the title of the tab too, but on its own page.
pub fn notices() -> AnyView {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let announcer = expect_context::<Announcer>();
    let open = open_operation();
    let ended = Watches::of_view().ended();
    let shown = RwSignal::new(Vec::<Ended>::new());
    Effect::new(move |first: Option<Option<Ended>>| {
        let newest = ended.get();
        // What ended before the language was changed was said already.
        if let (Some(before), Some(news)) = (first, &newest)
            && before.as_ref() != Some(news)
        {
            announcer.say(lang.ended_said(&news.key.id, &lang.status_word(&news.status)));
            if open.get_untracked().as_ref() == Some(&news.key) {
                // The page has it in its own title, which what ended elsewhere must not hide.
                announcer.tell_in_tab(None);
            } else {
                shown.update(|shown| {
                    shown.retain(|shown| shown.key != news.key);
                    shown.push(news.clone());
                });
            }
        }
        newest
    });
    // Whoever goes there has seen it.
    Effect::new(move || {
        if let Some(key) = open.get() {
            shown.update(|shown| shown.retain(|shown| shown.key != key));
        }
    });
    Effect::new(move || {
        let tab = |Ended { key, status, .. }: &Ended| lang.tab_of(&lang.status_word(status), &key.id);
        announcer.tell_in_tab(shown.with(|shown| shown.last().map(tab)));
    });
    view! {
        <div class="notices">
            <For
                each=move || shown.get()
                key=|ended| (ended.key.clone(), ended.took)
                children=move |Ended { key, status, took }| {
                    let close = {
                        let key = key.clone();
                        move |()| shown.update(|shown| shown.retain(|shown| shown.key != key))
                    };
                    let tone = tone(&status);
                    let took = took.map(|took| lang.ended_in(&duration(lang, took)));
                    view! {
                        <Notice close_label=lang.close() on_close=close>
                            <StatusMark tone glyph=glyph(&status) word=lang.status_word(&status) />
                            <span>{lang.kind_word(key.kind)}" "<bdi class="mono">{key.id.clone()}</bdi>" "{took}</span>
                            <a href=Route::Operation(key.clone()).hash()>{lang.open_word()}</a>
                        </Notice>
                    }
                }
            />
        </div>
    }
    .into_any()
}
