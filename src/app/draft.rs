//! Half-filled forms, kept until their tab is closed. Never a key: a draft is made of a model's own fields.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::platform::storage::{self, Keep};

fn name(form: &str) -> String {
    format!("draft/{form}")
}

/// What cannot be read is as if there were none.
pub fn read<T: DeserializeOwned>(form: &str) -> Option<T> {
    let value: serde_json::Value = serde_json::from_str(&storage::read(Keep::Tab, &name(form))?).ok()?;
    serde_json::from_value(value).ok()
}

/// A draft that cannot be kept is lost with the page, and no worse: the form itself is on the screen.
pub fn write<T: Serialize>(form: &str, draft: &T) {
    if let Ok(value) = serde_json::to_value(draft) {
        storage::write(Keep::Tab, &name(form), &value.to_string()).ok();
    }
}

pub fn remove(form: &str) {
    storage::remove(Keep::Tab, &name(form)).ok();
}
