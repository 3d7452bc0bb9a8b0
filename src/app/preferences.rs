//! Language and theme, kept in the browser.

use serde::{Deserialize, Serialize};

use crate::i18n::Lang;
use crate::platform::storage::{self, Keep, StorageError};
use crate::theme::Theme;

const NAME: &str = "preferences";

/// `None` for a language means: the browser's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub lang: Option<Lang>,
    pub theme: Theme,
}

impl Preferences {
    /// What cannot be read is as if nothing had been kept.
    pub fn read() -> Self {
        storage::read(Keep::Browser, NAME).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub fn write(self) -> Result<(), StorageError> {
        let text = serde_json::to_string(&self).map_err(|_| StorageError::Unavailable)?;
        storage::write(Keep::Browser, NAME, &text)
    }
}
