//! What every view may ask of the app: the language with its formats, and the time.

use std::rc::Rc;

use leptos::{html, prelude::*};

use crate::i18n::{self, Formats, Lang};
use crate::platform::clock::{Timer, wall_now};
use crate::platform::intl::IntlFormats;
use crate::ui::{Announcer, Button, Glyph, select_contents};
use weaviate_backups::domain::timestamp::Timestamp;

/// The reader's language and its formats. A plain copy: another language builds the views anew.
#[derive(Clone, Copy)]
pub struct Reader {
    pub lang: Lang,
    formats: StoredValue<Rc<dyn Formats>, LocalStorage>,
}

impl Reader {
    pub fn new(lang: Lang) -> Self {
        Self { lang, formats: StoredValue::new_local(Rc::new(IntlFormats::new(lang))) }
    }

    /// The reader of the view that asks.
    pub fn of_view() -> Self {
        expect_context()
    }

    pub fn integer(self, number: u64) -> String {
        self.formats.with_value(|formats| formats.integer(number))
    }

    pub fn decimal(self, number: f64, digits: u8) -> String {
        self.formats.with_value(|formats| formats.decimal(number, digits))
    }

    pub fn date_time(self, wall_millis: i64) -> String {
        self.formats.with_value(|formats| formats.date_time(wall_millis))
    }

    pub fn time_of_day(self, wall_millis: i64) -> String {
        self.formats.with_value(|formats| formats.time_of_day(wall_millis))
    }

    /// Runs with the formats, for sentences that take them.
    pub fn with_formats<R>(self, run: impl FnOnce(&dyn Formats) -> R) -> R {
        self.formats.with_value(|formats| run(formats.as_ref()))
    }

    /// `20 s ago`, counting on.
    pub fn ago(self, now: Now, wall_millis: i64) -> impl Fn() -> String + Copy + Send + Sync {
        move || i18n::ago(self.lang, now.get() - wall_millis)
    }
}

/// The origin of this page, for sentences that name it.
pub fn page_origin() -> String {
    crate::platform::page::origin()
}

/// A button that copies `text`, which stands in `shown`. Where the browser offers no clipboard, it selects the text there
/// and says which keys copy it.
pub fn copy_button(reader: Reader, text: String, shown: NodeRef<html::Pre>) -> impl IntoView {
    let lang = reader.lang;
    let announcer = expect_context::<Announcer>();
    let text = StoredValue::new(text);
    let label = RwSignal::new(lang.copy());
    let copy = move |()| {
        leptos::task::spawn_local(async move {
            let Some(text) = text.try_get_value() else { return };
            let said = if crate::platform::clipboard::copy(&text).await {
                lang.copied()
            } else {
                let is_selected = shown.get_untracked().is_some_and(|shown| select_contents(&shown));
                if is_selected { lang.selected_to_copy() } else { lang.copy_by_hand() }
            };
            announcer.say(said);
            label.try_set(said);
        });
    };
    view! { <Button label=Signal::derive(move || label.get().to_owned()) glyph=Glyph::Copy small=true on_press=copy /> }
}

/// RFC 3339, for `datetime` attributes; empty when the number is no time.
pub fn machine_time(wall_millis: i64) -> String {
    Timestamp::from_unix_millis(wall_millis).map(String::from).unwrap_or_default()
}

/// The wall clock, once a second, for the marked nodes that count on. Nothing else may read it: a poll that changes
/// nothing touches nothing.
#[derive(Clone, Copy)]
pub struct Now(RwSignal<i64>);

impl Now {
    pub fn new() -> Self {
        let now = Self(RwSignal::new(wall_now()));
        let timer = StoredValue::new_local(None);
        now.tick(timer);
        now
    }

    fn tick(self, timer: StoredValue<Option<Timer>, LocalStorage>) {
        // Ages come from the clock and never from counting ticks: a hidden page ticks once a minute at most.
        let next = Timer::after(1000, move || {
            if self.0.try_set(wall_now()).is_none() {
                self.tick(timer);
            }
        });
        // The timer goes with the owner: a console that was taken away ticks no more.
        timer.try_set_value(Some(next));
    }

    /// Milliseconds since 1970.
    pub fn get(self) -> i64 {
        self.0.get()
    }

    pub fn get_untracked(self) -> i64 {
        wall_now()
    }

    pub fn of_view() -> Self {
        expect_context()
    }
}

impl Default for Now {
    fn default() -> Self {
        Self::new()
    }
}
