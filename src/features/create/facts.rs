//! What was read, as the form and its checks want it.

use weaviate_backups::api::error::ApiError;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;
use weaviate_backups::ledger::absence;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::fact::Fact;

/// An id of the moment: `backup-2026-11-24-0831`, in UTC.
pub fn proposed_id(wall_millis: i64) -> String {
    let text = Timestamp::from_unix_millis(wall_millis).map(String::from).unwrap_or_default();
    let digits = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    format!("backup-{}-{}{}", digits(0..10), digits(11..13), digits(14..16))
}

/// What a status call says about an id. A 404 means that it is free only in the words of a storage that has no such file.
pub fn id_fact(at: WallMillis, outcome: Result<Status, &ApiError>) -> Fact<Option<Status>> {
    match outcome {
        Ok(status) => Fact::Known { at, value: Some(status) },
        Err(error) if absence::is_proven(error) => Fact::Known { at, value: None },
        Err(error) => Fact::of(at, Err(error)),
    }
}

#[cfg(test)]
mod tests {
    use weaviate_backups::api::call::Call;
    use weaviate_backups::api::error::ErrorKind;
    use weaviate_backups::domain::operation::ConnectionId;

    use super::*;

    #[test]
    fn an_id_is_free_only_by_the_words_of_a_storage_that_has_no_such_file() {
        let said = |words: &str| {
            let error = ApiError {
                connection: ConnectionId("local".into()),
                call: Call::CreateStatus,
                kind: ErrorKind::NotFound,
                messages: vec![words.to_owned()],
                http_status: Some(404),
                excerpt: None,
            };
            id_fact(WallMillis(7), Err(&error))
        };
        let free = Fact::Known { at: WallMillis(7), value: None };
        assert_eq!(said("o-4/backup_config.json: The specified key does not exist."), free);
        let no_bucket = "The specified bucket does not exist";
        let words = no_bucket.to_owned();
        assert_eq!(said(no_bucket), Fact::Failed { at: WallMillis(7), kind: ErrorKind::NotFound, words });
    }
}
