//! Answers, read without trust: no body of any bytes makes this panic.

use serde_json::Value;

use super::call::Call;
use super::error::{ApiError, ErrorKind, excerpt, messages};
use super::json::{Json, Shape, parse};
use super::transport::Answer;
use super::wire::ListedBackup;
use crate::domain::operation::ConnectionId;

/// A decoded answer beside its raw text, which is always one click away.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered<T> {
    pub value: T,
    pub http_status: u16,
    /// As it came; what is no UTF-8 is replaced.
    pub raw: String,
    pub round_trip_millis: u32,
}

/// An entry of a list: one that cannot be read becomes a visible broken row and never loses the others.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry<T> {
    Read(T),
    /// The raw JSON of the entry, shortened, and its `id` when that much could be read.
    Unreadable {
        id: Option<String>,
        raw: String,
    },
}

/// Whose answer is decoded: for the errors.
#[derive(Clone, Copy, Debug)]
pub struct About<'c> {
    pub connection: &'c ConnectionId,
    pub call: Call,
}

impl About<'_> {
    #[inline(never)]
    fn error(self, answer: &Answer, kind: ErrorKind) -> ApiError {
        ApiError {
            connection: self.connection.clone(),
            call: self.call,
            kind,
            messages: Vec::new(),
            http_status: Some(answer.status),
            excerpt: excerpt(&answer.body),
        }
    }
}

/// A JSON answer to a call that gives one.
///
/// Not inlined: it would be copied into the states of every future that decodes.
#[inline(never)]
pub fn json<T: Json>(about: About<'_>, answer: &Answer) -> Result<Answered<T>, ApiError> {
    let value = success_body(about, answer)?;
    match T::from_json(value) {
        Ok(value) => Ok(answered(answer, value)),
        Err(Shape) => Err(about.error(answer, ErrorKind::OtherShape)),
    }
}

/// The list of backups: a bare array.
#[inline(never)]
pub fn list(about: About<'_>, answer: &Answer) -> Result<Answered<Vec<Entry<ListedBackup>>>, ApiError> {
    let Value::Array(items) = success_body(about, answer)? else {
        return Err(about.error(answer, ErrorKind::OtherShape));
    };
    let mut entries = Vec::with_capacity(items.len());
    for item in items {
        entries.push(entry(item));
    }
    Ok(answered(answer, entries))
}

fn entry(item: Value) -> Entry<ListedBackup> {
    let id = item.get("id").and_then(Value::as_str).map(str::to_owned);
    let raw = excerpt(item.to_string().as_bytes()).unwrap_or_default();
    match ListedBackup::from_json(item) {
        Ok(read) => Entry::Read(read),
        Err(Shape) => Entry::Unreadable { id, raw },
    }
}

/// A call whose success has no body: a cancel.
pub fn no_content(about: About<'_>, answer: &Answer) -> Result<Answered<()>, ApiError> {
    match answer.status {
        204 => Ok(answered(answer, ())),
        // Another success is somebody else's answer: a page, or nothing at all.
        200..300 => {
            let kind = if answer.body.is_empty() { ErrorKind::EmptyAnswer } else { ErrorKind::NotJson };
            Err(about.error(answer, kind))
        }
        _ => Err(failure(about, answer)),
    }
}

#[inline(never)]
fn success_body(about: About<'_>, answer: &Answer) -> Result<Value, ApiError> {
    if !(200..300).contains(&answer.status) {
        return Err(failure(about, answer));
    }
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return Err(about.error(answer, ErrorKind::EmptyAnswer));
    }
    parse(&answer.body)
        .map_err(|error| about.error(answer, if error.is_eof() { ErrorKind::Truncated } else { ErrorKind::NotJson }))
}

fn failure(about: About<'_>, answer: &Answer) -> ApiError {
    let words = messages(&answer.body);
    let kind = match (answer.status, &words) {
        (300..=399, _) => ErrorKind::Redirected,
        (401, _) => ErrorKind::NotSignedIn,
        (403, Some(_)) => ErrorKind::NotPermitted,
        // The OIDC discovery of a server without OIDC is an empty 404.
        (404, Some(_)) => ErrorKind::NotFound,
        (404, None) if answer.body.is_empty() => ErrorKind::NotFound,
        (_, Some(_)) => ErrorKind::Refused,
        (_, None) => ErrorKind::ForeignError,
    };
    let excerpt = if words.is_none() { excerpt(&answer.body) } else { None };
    ApiError { messages: words.unwrap_or_default(), excerpt, ..about.error(answer, kind) }
}

#[inline(never)]
fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

fn answered<T>(answer: &Answer, value: T) -> Answered<T> {
    Answered { value, http_status: answer.status, raw: text(&answer.body), round_trip_millis: answer.round_trip_millis }
}

#[cfg(test)]
mod tests;
