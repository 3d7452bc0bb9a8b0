//! The form as it is filled in.

use std::collections::BTreeSet;

use weaviate_backups::api::json::{json_members, json_words};
use weaviate_backups::domain::timestamp::Timestamp;

/// What a half-filled form is kept as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub id: String,
    pub backend: String,
    /// Whether another bucket or path than the backend's own is asked for, in these fields.
    pub elsewhere: bool,
    pub bucket: String,
    pub path: String,
    pub mode: Mode,
    /// The names that are ticked: those to take, or those to leave out.
    pub ticked: BTreeSet<String>,
    pub cpu: String,
    /// A level's own word; empty for the server's default.
    pub compression: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    All,
    Only,
    Except,
}

// What is missing in a kept form is as in an empty one.
json_members!(Form {
    id: defaulted "id",
    backend: defaulted "backend",
    elsewhere: defaulted "elsewhere",
    bucket: defaulted "bucket",
    path: defaulted "path",
    mode: defaulted "mode",
    ticked: defaulted "ticked",
    cpu: defaulted "cpu",
    compression: defaulted "compression",
});

json_words!(Mode { All = "All", Only = "Only", Except = "Except" });

/// An id of the moment: `backup-2026-11-24-0831`, in UTC.
pub fn proposed_id(wall_millis: i64) -> String {
    let text = Timestamp::from_unix_millis(wall_millis).map(String::from).unwrap_or_default();
    let digits = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    format!("backup-{}-{}{}", digits(0..10), digits(11..13), digits(14..16))
}
