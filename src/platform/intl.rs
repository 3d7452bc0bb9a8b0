//! [`Formats`] by the browser's `Intl`.

use js_sys::{Array, Intl, Number, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::i18n::{Formats, Lang};

/// Formats of one language. Made once: an `Intl` object costs much, a use of it little.
pub struct IntlFormats {
    integer: js_sys::Function,
    date_time: js_sys::Function,
    time_of_day: js_sys::Function,
    /// By their number of decimals.
    decimals: [js_sys::Function; 4],
}

impl IntlFormats {
    /// `lang.tag()` is one of ours, so `Intl` knows it; the browser's own tag may be one that it throws at ("C").
    pub fn new(lang: Lang) -> Self {
        let locales = Array::of1(&JsValue::from_str(lang.tag()));
        let date_time = options(&[
            ("year", "numeric"),
            ("month", "2-digit"),
            ("day", "2-digit"),
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("second", "2-digit"),
            ("hourCycle", "h23"),
            ("timeZoneName", "short"),
        ]);
        let time_of_day =
            options(&[("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23")]);
        let decimals = [0, 1, 2, 3].map(|digits| {
            let options = Object::new();
            for name in ["minimumFractionDigits", "maximumFractionDigits"] {
                drop(Reflect::set(&options, &JsValue::from_str(name), &JsValue::from(digits)));
            }
            Intl::NumberFormat::new(&locales, &options).format()
        });
        Self {
            decimals,
            integer: Intl::NumberFormat::new(&locales, &Object::new()).format(),
            date_time: Intl::DateTimeFormat::new(&locales, &date_time).format(),
            time_of_day: Intl::DateTimeFormat::new(&locales, &time_of_day).format(),
        }
    }
}

fn options(members: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh plain object cannot fail.
        drop(Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)));
    }
    options
}

fn text(format: &js_sys::Function, value: f64) -> String {
    let formatted = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(value));
    let formatted = formatted.ok().and_then(|text| text.as_string());
    // As the browser writes a number: how Rust does is eleven kilobytes of the program, for something that never happens.
    formatted.unwrap_or_else(|| Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default())
}

impl Formats for IntlFormats {
    fn integer(&self, number: u64) -> String {
        text(&self.integer, number as f64)
    }

    fn decimal(&self, number: f64, digits: u8) -> String {
        let format = self.decimals.get(usize::from(digits)).unwrap_or(&self.decimals[3]);
        text(format, number)
    }

    fn date_time(&self, wall_millis: i64) -> String {
        text(&self.date_time, wall_millis as f64)
    }

    fn time_of_day(&self, wall_millis: i64) -> String {
        text(&self.time_of_day, wall_millis as f64)
    }
}
