//! What the browser keeps for this page: small texts by name.

use thiserror::Error;
use web_sys::Storage;

/// How long a text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Until the user clears the browser's data.
    Browser,
    /// Until this tab is closed.
    Tab,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StorageError {
    #[error("this browser keeps nothing for this page")]
    Unavailable,
    #[error("the browser's storage for this page is full")]
    Full,
}

/// Every name that this console writes starts so, to live beside others on a shared origin.
const PREFIX: &str = "weaviate-backup-console/";

fn storage(keep: Keep) -> Result<Storage, StorageError> {
    let window = web_sys::window().ok_or(StorageError::Unavailable)?;
    let storage = match keep {
        Keep::Browser => window.local_storage(),
        Keep::Tab => window.session_storage(),
    };
    storage.ok().flatten().ok_or(StorageError::Unavailable)
}

pub fn read(keep: Keep, name: &str) -> Option<String> {
    storage(keep).ok()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

pub fn write(keep: Keep, name: &str, text: &str) -> Result<(), StorageError> {
    storage(keep)?.set_item(&format!("{PREFIX}{name}"), text).map_err(|_| StorageError::Full)
}

pub fn remove(keep: Keep, name: &str) -> Result<(), StorageError> {
    storage(keep)?.remove_item(&format!("{PREFIX}{name}")).map_err(|_| StorageError::Unavailable)
}

/// Removes all that this console wrote.
pub fn remove_all(keep: Keep) -> Result<(), StorageError> {
    let storage = storage(keep)?;
    let count = storage.length().map_err(|_| StorageError::Unavailable)?;
    let names: Vec<String> = (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        storage.remove_item(name).map_err(|_| StorageError::Unavailable)?;
    }
    Ok(())
}
