use weaviate_backups::api::call::Call;
use weaviate_backups::api::decode::{About, list};
use weaviate_backups::api::transport::Answer;

use super::*;

/// The rows of a list that a server would answer so.
pub(in crate::features::backups) fn rows_of(backend: &str, json: &str) -> Vec<Arc<Row>> {
    let connection = ConnectionId("c".into());
    let about = About { connection: &connection, call: Call::List };
    let answer = Answer { status: 200, body: json.as_bytes().to_vec(), round_trip_millis: 1 };
    rows(backend, list(about, &answer).unwrap().value)
}

/// Entries as a server writes them: id, status, start and end (hours and minutes of one day, empty for year 1), names.
pub(in crate::features::backups) fn listed(entries: &[(&str, &str, &str, &str, &[&str])]) -> String {
    let time = |time: &str| match time {
        "" => "0001-01-01T00:00:00.000Z".to_owned(),
        time => format!("2026-11-24T{time}:00.000Z"),
    };
    let entries: Vec<_> = entries
        .iter()
        .map(|(id, status, start, end, names)| {
            serde_json::json!({
                "id": id, "status": status, "startedAt": time(start), "completedAt": time(end), "classes": names,
            })
        })
        .collect();
    serde_json::Value::from(entries).to_string()
}

#[test]
fn names_are_sorted_and_shared_by_backups_of_the_same_collections() {
    let json =
        listed(&[("a", "SUCCESS", "01:00", "01:10", &["B", "A"]), ("b", "SUCCESS", "02:00", "02:10", &["A", "B"])]);
    let rows = rows_of("s3", &json);
    let (a, b) = (rows[0].backup().unwrap(), rows[1].backup().unwrap());
    assert_eq!(a.collections.names, ["A", "B"]);
    assert!(Arc::ptr_eq(&a.collections, &b.collections));
}

#[test]
fn year_one_is_no_end_and_no_duration() {
    let rows = rows_of("s3", &listed(&[("a", "STARTED", "01:00", "", &[])]));
    let backup = rows[0].backup().unwrap();
    assert_eq!((backup.ended, backup.duration()), (None, None));
    assert!(backup.started.is_some());
}

#[test]
fn one_unreadable_entry_is_a_row_beside_the_others() {
    let rows = rows_of("s3", r#"[{"id":"good","status":"SUCCESS"},{"id":"bad","classes":7},3]"#);
    let broken: Vec<_> = rows.iter().filter(|row| row.backup().is_none()).map(|row| &*row.key.id).collect();
    assert_eq!((rows.len(), broken), (3, vec!["", "bad"]));
}

#[test]
fn an_id_that_is_there_twice_makes_two_rows() {
    let rows = rows_of("s3", &listed(&[("a", "SUCCESS", "01:00", "", &[]), ("a", "SUCCESS", "02:00", "", &[])]));
    let places: Vec<_> = rows.iter().map(|row| row.key.nth).collect();
    assert_eq!(places, [0, 1]);
}

#[test]
fn the_same_answer_in_another_order_makes_equal_rows() {
    let one = listed(&[("a", "SUCCESS", "01:00", "01:05", &["X", "Y"]), ("b", "FAILED", "02:00", "02:05", &["X"])]);
    let two = listed(&[("b", "FAILED", "02:00", "02:05", &["X"]), ("a", "SUCCESS", "01:00", "01:05", &["Y", "X"])]);
    assert_eq!(rows_of("s3", &one), rows_of("s3", &two));
}

#[test]
fn only_a_backup_with_an_id_leads_to_a_page() {
    let rows = rows_of("s3", r#"[{"status":""},{"id":"a","status":"SUCCESS"}]"#);
    let connection = ConnectionId("prod".into());
    assert!(rows[0].operation(&connection).is_none());
    assert_eq!(rows[1].operation(&connection).map(|key| (key.backend, key.id)), Some(("s3".into(), "a".into())));
}

#[test]
fn sizes_keep_the_decimals_that_tell_something() {
    let written = |gib: f64| (Size(gib).decimals(), Size(gib).is_below_shown());
    assert_eq!(written(84.63), (1, false));
    assert_eq!(written(0.0123), (2, false));
    assert_eq!(written(0.004), (3, false));
    assert_eq!(written(6.05e-8), (3, true));
}
