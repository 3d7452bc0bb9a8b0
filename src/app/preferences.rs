//! Language and theme, kept in the browser.

use weaviate_backups::api::json::{self, Json, json_members};

use crate::i18n::Lang;
use crate::platform::storage::{self, Keep, StorageError};
use crate::theme::Theme;

const NAME: &str = "preferences";

/// `None` for a language means: the browser's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    pub lang: Option<Lang>,
    pub theme: Theme,
}

json_members!(Preferences {
    lang: nullable "lang",
    theme: defaulted "theme",
});

impl Preferences {
    /// What cannot be read is as if nothing had been kept.
    pub fn read() -> Self {
        storage::read(Keep::Browser, NAME).and_then(|text| json::read(&text).ok()).unwrap_or_default()
    }

    pub fn write(self) -> Result<(), StorageError> {
        storage::write(Keep::Browser, NAME, &self.to_json().to_string())
    }
}
