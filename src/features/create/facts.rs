//! What was read, as the form and its checks want it.

use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;

/// An id of the moment: `backup-2026-11-24-0831`, in UTC.
pub fn proposed_id(wall_millis: i64) -> String {
    let text = Timestamp::from_unix_millis(wall_millis).map(String::from).unwrap_or_default();
    let digits = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    format!("backup-{}-{}{}", digits(0..10), digits(11..13), digits(14..16))
}

/// What a status call says about an id: a 404 means that it is free.
pub fn id_fact(at: WallMillis, outcome: Result<Status, &ApiError>) -> Fact<Option<Status>> {
    match outcome {
        Ok(status) => Fact::Known { at, value: Some(status) },
        Err(error) if error.kind == ErrorKind::NotFound => Fact::Known { at, value: None },
        Err(error) => Fact::of(at, Err(error)),
    }
}
