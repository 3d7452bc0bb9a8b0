//! JSON to types and back, member by member.
//!
//! Written out and not derived: a derived decoder is a walk of its own for every type, and the program in the browser
//! held a hundred kilobytes of them. Here a text becomes a [`Value`] in one place, and a type takes out of it the members
//! that it knows. What is left over then are those it does not know.

mod domain;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Map;
pub use serde_json::Value;
use thiserror::Error;

use crate::domain::order::put_in;

/// JSON of another shape than was due: a member is missing, or has another type or an unknown word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("JSON of another shape than was due")]
pub struct Shape;

/// A type with a form in JSON.
pub trait Json: Sized {
    /// Members of an object that the type does not know are no error.
    fn from_json(value: Value) -> Result<Self, Shape>;
    fn to_json(&self) -> Value;
}

/// The one place where bytes become JSON. The error tells a text that ends too early from one that is no JSON.
#[inline(never)]
pub fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// A text of JSON as a type.
pub fn read<T: Json>(text: &str) -> Result<T, Shape> {
    T::from_json(parse(text.as_bytes()).map_err(|_| Shape)?)
}

/// The members of an object: taken out one by one, or put in.
#[derive(Clone, Debug, Default)]
pub struct Members(Map<String, Value>);

impl Members {
    pub fn of(value: Value) -> Result<Self, Shape> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(Shape),
        }
    }

    /// An object to put more into; what is put in goes over what is there.
    pub fn with(members: &Map<String, Value>) -> Self {
        Self(members.clone())
    }

    /// A member that has to be there.
    pub fn required<T: Json>(&mut self, key: &str) -> Result<T, Shape> {
        T::from_json(self.take(key).ok_or(Shape)?)
    }

    /// `None` for one that is absent or `null`.
    pub fn optional<T: Json>(&mut self, key: &str) -> Result<Option<T>, Shape> {
        self.take(key).map_or(Ok(None), Option::from_json)
    }

    /// The default for one that is absent. `null` is of another shape.
    pub fn or_default<T: Json + Default>(&mut self, key: &str) -> Result<T, Shape> {
        self.take(key).map_or_else(|| Ok(T::default()), T::from_json)
    }

    /// What was not taken out.
    pub fn others(self) -> Map<String, Value> {
        self.0
    }

    #[must_use]
    pub fn put(self, key: &str, value: &impl Json) -> Self {
        self.insert(key, value.to_json())
    }

    /// Leaves the member out when there is no value.
    #[must_use]
    pub fn put_some(self, key: &str, value: Option<&impl Json>) -> Self {
        match value {
            Some(value) => self.insert(key, value.to_json()),
            None => self,
        }
    }

    /// Leaves the member out when its value is an empty text, list or object.
    #[must_use]
    pub fn put_filled(self, key: &str, value: &impl Json) -> Self {
        let value = value.to_json();
        let is_empty = match &value {
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        };
        if is_empty { self } else { self.insert(key, value) }
    }

    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    #[inline(never)]
    fn take(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key)
    }

    #[inline(never)]
    fn insert(mut self, key: &str, value: Value) -> Self {
        self.0.insert(key.to_owned(), value);
        self
    }
}

/// The name and the content of one of several variants: `"name"`, with the content `null`, or `{"name": content}`.
pub fn variant(value: Value) -> Result<(String, Value), Shape> {
    match value {
        Value::String(name) => Ok((name, Value::Null)),
        Value::Object(members) if members.len() == 1 => members.into_iter().next().ok_or(Shape),
        _ => Err(Shape),
    }
}

/// `Json` of an enum without contents, by a word for each variant: `json_words!(Colour { Red = "red", Blue = "blue" });`
#[macro_export]
macro_rules! json_words {
    ($kind:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $crate::api::json::Json for $kind {
            fn from_json(value: $crate::api::json::Value) -> Result<Self, $crate::api::json::Shape> {
                match value.as_str() {
                    $(Some($word) => Ok(Self::$variant),)*
                    _ => Err($crate::api::json::Shape),
                }
            }

            fn to_json(&self) -> $crate::api::json::Value {
                $crate::api::json::Value::from(match self {
                    $(Self::$variant => $word,)*
                })
            }
        }
    };
}

pub use json_words;

/// `Json` of a struct, by the key and the kind of each member; with others, what the type does not know is kept in its
/// field `others`.
///
/// | kind | absent | `null` | encoded |
/// |---|---|---|---|
/// | `required` | of another shape | for the type to say | always |
/// | `defaulted` | the default | of another shape | always |
/// | `filled` | the default | of another shape | unless it is empty |
/// | `optional` | `None` | `None` | unless it is `None` |
/// | `nullable` | `None` | `None` | always, `None` as `null` |
#[macro_export]
macro_rules! json_members {
    ($kind:ident { $($field:ident: $how:ident $key:literal),* $(,)? }) => {
        impl $crate::api::json::Json for $kind {
            fn from_json(value: $crate::api::json::Value) -> Result<Self, $crate::api::json::Shape> {
                let mut members = $crate::api::json::Members::of(value)?;
                Ok(Self { $($field: $crate::api::json::json_members!(take $how members $key),)* })
            }

            fn to_json(&self) -> $crate::api::json::Value {
                let members = $crate::api::json::Members::default();
                $(let members = $crate::api::json::json_members!(put $how members $key self.$field);)*
                members.into_value()
            }
        }
    };
    ($kind:ident with others { $($field:ident: $how:ident $key:literal),* $(,)? }) => {
        impl $crate::api::json::Json for $kind {
            fn from_json(value: $crate::api::json::Value) -> Result<Self, $crate::api::json::Shape> {
                let mut members = $crate::api::json::Members::of(value)?;
                Ok(Self { $($field: $crate::api::json::json_members!(take $how members $key),)* others: members.others() })
            }

            fn to_json(&self) -> $crate::api::json::Value {
                let members = $crate::api::json::Members::with(&self.others);
                $(let members = $crate::api::json::json_members!(put $how members $key self.$field);)*
                members.into_value()
            }
        }
    };
    (take required $members:ident $key:literal) => { $members.required($key)? };
    (take defaulted $members:ident $key:literal) => { $members.or_default($key)? };
    (take filled $members:ident $key:literal) => { $members.or_default($key)? };
    (take optional $members:ident $key:literal) => { $members.optional($key)? };
    (take nullable $members:ident $key:literal) => { $members.optional($key)? };
    (put required $members:ident $key:literal $value:expr) => { $members.put($key, &$value) };
    (put defaulted $members:ident $key:literal $value:expr) => { $members.put($key, &$value) };
    (put filled $members:ident $key:literal $value:expr) => { $members.put_filled($key, &$value) };
    (put optional $members:ident $key:literal $value:expr) => { $members.put_some($key, $value.as_ref()) };
    (put nullable $members:ident $key:literal $value:expr) => { $members.put($key, &$value) };
}

pub use json_members;

impl Json for Value {
    fn from_json(value: Value) -> Result<Self, Shape> {
        Ok(value)
    }

    fn to_json(&self) -> Value {
        self.clone()
    }
}

impl Json for Map<String, Value> {
    fn from_json(value: Value) -> Result<Self, Shape> {
        Members::of(value).map(Members::others)
    }

    fn to_json(&self) -> Value {
        Value::Object(self.clone())
    }
}

impl Json for String {
    fn from_json(value: Value) -> Result<Self, Shape> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(Shape),
        }
    }

    fn to_json(&self) -> Value {
        Value::String(self.clone())
    }
}

impl Json for bool {
    fn from_json(value: Value) -> Result<Self, Shape> {
        value.as_bool().ok_or(Shape)
    }

    fn to_json(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Json for i64 {
    fn from_json(value: Value) -> Result<Self, Shape> {
        value.as_i64().ok_or(Shape)
    }

    fn to_json(&self) -> Value {
        Value::from(*self)
    }
}

impl Json for u64 {
    fn from_json(value: Value) -> Result<Self, Shape> {
        value.as_u64().ok_or(Shape)
    }

    fn to_json(&self) -> Value {
        Value::from(*self)
    }
}

impl Json for u32 {
    fn from_json(value: Value) -> Result<Self, Shape> {
        u64::from_json(value)?.try_into().map_err(|_| Shape)
    }

    fn to_json(&self) -> Value {
        Value::from(*self)
    }
}

impl Json for f64 {
    fn from_json(value: Value) -> Result<Self, Shape> {
        value.as_f64().ok_or(Shape)
    }

    fn to_json(&self) -> Value {
        Value::from(*self)
    }
}

impl<T: Json> Json for Option<T> {
    fn from_json(value: Value) -> Result<Self, Shape> {
        if value.is_null() { Ok(None) } else { T::from_json(value).map(Some) }
    }

    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_json)
    }
}

impl<T: Json> Json for Vec<T> {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let Value::Array(items) = value else { return Err(Shape) };
        let mut read = Vec::with_capacity(items.len());
        for item in items {
            read.push(T::from_json(item)?);
        }
        Ok(read)
    }

    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(T::to_json).collect())
    }
}

impl Json for BTreeSet<String> {
    fn from_json(value: Value) -> Result<Self, Shape> {
        Vec::from_json(value).map(put_in)
    }

    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(String::to_json).collect())
    }
}

impl Json for BTreeMap<String, String> {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut read = Self::new();
        for (key, value) in Map::from_json(value)? {
            read.insert(key, String::from_json(value)?);
        }
        Ok(read)
    }

    fn to_json(&self) -> Value {
        Value::Object(put_in(self.iter().map(|(key, value)| (key.clone(), value.to_json()))))
    }
}

#[cfg(test)]
mod tests;
