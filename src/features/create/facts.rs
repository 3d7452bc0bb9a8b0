//! What the form proposes.

use weaviate_backups::domain::timestamp::Timestamp;

/// An id of the moment: `backup-2026-11-24-0831`, in UTC.
pub fn proposed_id(wall_millis: i64) -> String {
    let text = Timestamp::from_unix_millis(wall_millis).map(String::from).unwrap_or_default();
    let digits = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    format!("backup-{}-{}{}", digits(0..10), digits(11..13), digits(14..16))
}
