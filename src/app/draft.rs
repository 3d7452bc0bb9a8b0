//! Half-filled forms, kept until their tab is closed. Never a key: a draft is made of a model's own fields.

use weaviate_backups::api::json::{self, Json};

use crate::platform::storage::{self, Keep};

fn name(form: &str) -> String {
    format!("draft/{form}")
}

/// What cannot be read is as if there were none.
pub fn read<T: Json>(form: &str) -> Option<T> {
    json::read(&storage::read(Keep::Tab, &name(form))?).ok()
}

/// A draft that cannot be kept is lost with the page, and no worse: the form itself is on the screen.
pub fn write(form: &str, draft: &impl Json) {
    storage::write(Keep::Tab, &name(form), &draft.to_json().to_string()).ok();
}

pub fn remove(form: &str) {
    storage::remove(Keep::Tab, &name(form)).ok();
}
