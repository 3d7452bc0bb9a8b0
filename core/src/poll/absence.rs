//! When a 404 about an operation says that there is none.

use crate::api::error::{ApiError, ErrorKind};

/// What storages say of a file that is not there, and of nothing else. S3 and filesystem as in the recordings of all
/// versions; GCS and Azure in the words of the libraries that Weaviate's modules hand on.
const OF_A_MISSING_FILE: [&str; 4] = [
    "The specified key does not exist",
    "_config.json: no such file or directory",
    "storage: object doesn't exist",
    "BlobNotFound",
];

/// Whether an error says that the storage has no file of the operation. Only the words tell: servers before v1.37.10
/// and v1.38.2 answer 404 to any error of their storage (behaviour notes 1.2), and every server to a bucket that is
/// missing, or is not there yet.
///
/// A directory that is not mounted reads like one without the file: that nobody can tell from outside.
pub fn is_proven(error: &ApiError) -> bool {
    // What follows is left over from another operation.
    let about_this_one = |message: &String| {
        let said = message.split(" store: {").next().unwrap_or_default();
        OF_A_MISSING_FILE.iter().any(|words| said.contains(words))
    };
    error.kind == ErrorKind::NotFound && error.messages.iter().any(about_this_one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::call::Call;
    use crate::domain::operation::ConnectionId;

    fn says(kind: ErrorKind, words: &str) -> bool {
        let connection = ConnectionId("local".into());
        let (messages, http_status) = (vec![words.to_owned()], Some(404));
        is_proven(&ApiError { connection, call: Call::RestoreStatus, kind, messages, http_status, excerpt: None })
    }

    /// Around what the storage said.
    fn status_error(said: &str) -> String {
        format!(
            "coordinator cannot get status: metadata not found: \"\": {said} store: {{0001-01-01 00:00:00 +0000 UTC     }}"
        )
    }

    #[test]
    fn a_missing_file_is_told_by_each_storages_own_words() {
        for said in [
            "get object contents from weaviate-backups:prod/s-1/restore_config.json not found prod/s-1/restore_config.json: The specified key does not exist.",
            "get object path could not find /backups/n-1/backup_config.json: stat /backups/n-1/backup_config.json: no such file or directory",
            "get object 'n-1/backup_config.json': storage: object doesn't exist",
            "get object 'n-1/backup_config.json': RESPONSE 404: 404 The specified blob does not exist.\nERROR CODE: BlobNotFound",
        ] {
            assert!(says(ErrorKind::NotFound, &status_error(said)), "{said}");
        }
    }

    #[test]
    fn a_storage_that_cannot_be_read_is_no_missing_file() {
        for said in [
            "get object contents from b:n-1/backup_config.json not found n-1/backup_config.json: The specified bucket does not exist",
            "get object contents from b:n-1/backup_config.json: dial tcp s3:9000: connect: connection refused",
            "get object contents from b:n-1/backup_config.json: open credentials: no such file or directory",
            "get object 'n-1/backup_config.json': storage: bucket doesn't exist",
            "marshal meta file \"backup_config.json\": unexpected end of JSON input",
            "Key not found",
            "",
        ] {
            assert!(!says(ErrorKind::NotFound, &status_error(said)), "{said}");
        }
    }

    #[test]
    fn what_is_left_over_of_another_operation_is_not_read() {
        let left =
            "connection refused store: {0001-01-01 00:00:00 +0000 UTC x STARTED /The specified key does not exist}";
        assert!(!says(ErrorKind::NotFound, left));
    }

    #[test]
    fn the_same_words_in_another_error_are_no_absence() {
        assert!(!says(ErrorKind::Refused, &status_error("The specified key does not exist.")));
    }
}
