//! Damaged texts, made of good ones.

use serde_json::Value;

use crate::dice::Dice;

/// Longer damaged texts are cut: what grows with the length is seen below this as well.
const LONGEST: usize = 64 * 1024;

/// Texts that decoders are known to stumble over.
const TOKENS: [&str; 34] = [
    "null",
    "true",
    "-0",
    "-1",
    "1e308",
    "1e999",
    "-1e-400",
    "0.1e-7",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "0.012345678901234567",
    "{}",
    "[]",
    "[{}]",
    "\"\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\u0000\"",
    "\"SUCCESS\"",
    "\"CANCELLING\"",
    "\"0001-01-01T00:00:00.000Z\"",
    "\"0000-01-01T00:00:00+23:59\"",
    "\"9999-12-31T23:59:59.999999999-23:59\"",
    "\"2026-06-30T23:59:60Z\"",
    "\"status\":\"FAILED\",",
    "\"id\":7,",
    "\"error\":[{\"message\":\"no\"}],",
    "\"error\":{},",
    "\"classes\":null,",
    "%",
    "%F0%9F",
    "../",
];

const NOT_UTF8: [&[u8]; 5] = [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"];

/// An input made of `good`, with parts of `other`.
pub fn damaged(dice: &mut Dice, good: &[u8], other: &[u8]) -> Vec<u8> {
    if dice.one_in(64) {
        return from_nothing(dice);
    }
    let mut text = good.to_vec();
    if dice.one_in(2) {
        text = reshaped(dice, &text, other);
    }
    for _ in 0..dice.below(4) {
        strike(dice, &mut text, other);
    }
    text.truncate(LONGEST);
    text
}

/// One harm to the bytes.
fn strike(dice: &mut Dice, text: &mut Vec<u8>, other: &[u8]) {
    let at = dice.below(text.len() + 1);
    let until = (at + 1 + dice.below(24)).min(text.len());
    match dice.below(10) {
        0 if at < text.len() => text[at] ^= 1 << dice.below(8),
        1 => text.truncate(at),
        2 => drop(text.drain(at..until)),
        3 => insert(text, at, dice.pick::<&[u8]>(&NOT_UTF8)),
        4 => {
            let from = dice.below(other.len() + 1);
            let to = (from + dice.below(64)).min(other.len());
            insert(text, at, &other[from..to]);
        }
        5 => {
            text.truncate(at);
            text.extend_from_slice(&other[dice.below(other.len() + 1)..]);
        }
        6 => {
            let again = text[at..until].to_vec();
            let times = if dice.one_in(50) { 400 } else { 1 + dice.below(8) };
            insert(text, at, &again.repeat(times));
        }
        // Where a member begins, so that a member more, or one twice, is well formed.
        7 => {
            let braces: Vec<usize> =
                text.iter().enumerate().filter(|(_, byte)| **byte == b'{').map(|at| at.0).collect();
            if !braces.is_empty() {
                insert(text, dice.pick(&braces) + 1, dice.pick::<&str>(&TOKENS).as_bytes());
            }
        }
        8 => {
            if let Some(digit) = text.iter().position(u8::is_ascii_digit) {
                insert(text, digit, &b"1234567890".repeat(1 + dice.below(40)));
            }
        }
        _ => insert(text, at, dice.pick::<&str>(&TOKENS).as_bytes()),
    }
}

fn insert(text: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(text.splice(at..at, piece.iter().copied()));
}

/// The same JSON with one of its values in another shape; the text as it is when it is no JSON.
fn reshaped(dice: &mut Dice, text: &[u8], other: &[u8]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(text) else { return text.to_vec() };
    let place = descend(dice, &mut value);
    match dice.below(6) {
        0 => *place = serde_json::from_slice(other).unwrap_or_default(),
        1 => {
            let most = if dice.one_in(40) { 300 } else { 4 };
            *place = Value::Array(vec![place.take(); 1 + dice.below(most)]);
        }
        2 => *place = (0..dice.below(100)).fold(place.take(), |inner, _| Value::Array(vec![inner])),
        3 => {
            if let Some(members) = place.as_object_mut() {
                let names: Vec<String> = members.keys().cloned().collect();
                if !names.is_empty() {
                    members.remove(dice.pick(&names).as_str());
                }
            }
        }
        _ => *place = serde_json::from_str(dice.pick::<&str>(&TOKENS)).unwrap_or_default(),
    }
    value.to_string().into_bytes()
}

/// A value somewhere inside.
fn descend<'v>(dice: &mut Dice, value: &'v mut Value) -> &'v mut Value {
    let inner = match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if inner == 0 || dice.one_in(5) {
        return value;
    }
    let chosen = dice.below(inner);
    let next = match value {
        Value::Array(items) => items.get_mut(chosen),
        Value::Object(members) => members.values_mut().nth(chosen),
        _ => None,
    };
    descend(dice, next.expect("it was counted"))
}

/// Texts that are small for what they make a decoder build, or deeper than any stack.
fn from_nothing(dice: &mut Dice) -> Vec<u8> {
    let times = if dice.one_in(20) { 1 + dice.below(16_000) } else { 1 + dice.below(300) };
    let (before, part, after) = *dice.pick(&[
        ("", "[", ""),
        ("", "{\"a\":", ""),
        ("[", "{\"\":0},", "0]"),
        ("[", "[0],", "0]"),
        ("[", "{},", "{}]"),
        ("{\"classes\":[", "{\"class\":\"\"},", "{\"class\":\"\"}]}"),
        ("{\"nodes\":[", "{\"name\":\"\"},", "{\"name\":\"\"}]}"),
        ("{\"error\":[", "{\"message\":\"\"},", "{\"message\":\"\"}]}"),
        ("{\"roles\":[", "{\"name\":\"\"},", "{\"name\":\"\"}],\"username\":\"\"}"),
        ("\"", "\\u0000", "\""),
        ("", "%2F", ""),
        ("#/", "a/", ""),
        ("#/c/a/backups?", "q=1&", ""),
        ("*", "*?", "a"),
        ("[", "a-z", "]"),
    ]);
    format!("{before}{}{after}", part.repeat(times)).into_bytes()
}

#[test]
fn the_same_seed_and_number_make_the_same_input() {
    let make = |seed, number| damaged(&mut Dice::new(seed, number), br#"{"status":"SUCCESS"}"#, br#"[{"id":"a"}]"#);
    let first: Vec<_> = (0..100).map(|number| make(1, number)).collect();
    let second: Vec<_> = (0..100).map(|number| make(1, number)).collect();
    assert_eq!(first, second);
    let different = (0..100).filter(|&number| make(1, number) != make(2, number)).count();
    assert!(different > 50, "{different}");
}
