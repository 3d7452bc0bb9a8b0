//! The words and rules of Weaviate's backups: readable alone, tested in milliseconds.
//!
//! Nothing here knows a wire format, a clock or a browser.

pub mod backend;
pub mod backup_id;
pub mod capability;
pub mod collection;
pub mod compression;
pub mod cpu_percentage;
pub mod location;
pub mod operation;
pub mod order;
pub mod pattern;
pub mod secret;
pub mod selection;
pub mod server_url;
pub mod status;
pub mod timestamp;
pub mod version;
