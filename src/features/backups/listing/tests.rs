use super::super::row::tests::{listed, rows_of};
use super::*;

fn some_rows() -> Vec<Arc<Row>> {
    let s3 = r#"[
        {"id":"nightly-2","status":"SUCCESS","startedAt":"2026-11-24T02:00:00.000Z","completedAt":"2026-11-24T02:10:00.000Z","size":2.5,"classes":["Article","Author"]},
        {"id":"nightly-1","status":"FAILED","startedAt":"2026-11-23T02:00:00.000Z","completedAt":"2026-11-23T02:05:00.000Z","classes":["Article"]},
        {"id":"running","status":"STARTED","startedAt":"2026-11-24T03:00:00.000Z","completedAt":"0001-01-01T00:00:00.000Z","classes":["Article"]},
        {"id":"odd","status":"PAUSED","classes":["SupportTicket"]},
        {"id":"broken","classes":"?"}
    ]"#;
    let gcs = listed(&[("dr", "CANCELED", "01:00", "01:30", &["Author", "Article", "Product"])]);
    let mut rows = rows_of("gcs", &gcs);
    rows.extend(rows_of("s3", s3));
    rows
}

fn order(sort: SortKey, ascending: bool) -> Vec<String> {
    sorted(&some_rows(), sort, ascending).iter().map(|row| row.key.id.to_string()).collect()
}

fn found(view: &ListView) -> Vec<String> {
    let filter = Filter::of(view);
    let rows = sorted(&some_rows(), SortKey::Id, true);
    rows.iter().filter(|row| filter.shows(row)).map(|row| row.key.id.to_string()).collect()
}

fn searched(search: &str) -> Vec<String> {
    found(&ListView { search: search.into(), ..ListView::default() })
}

#[test]
fn the_newest_comes_first_and_what_has_no_start_last_either_way() {
    assert_eq!(order(SortKey::Started, false), ["broken", "running", "nightly-2", "dr", "nightly-1", "odd"]);
    assert_eq!(order(SortKey::Started, true), ["broken", "nightly-1", "dr", "nightly-2", "running", "odd"]);
}

#[test]
fn what_has_not_ended_has_no_duration_and_comes_last() {
    assert_eq!(order(SortKey::Duration, false), ["broken", "dr", "nightly-2", "nightly-1", "running", "odd"]);
}

#[test]
fn status_ascending_is_the_worst_first() {
    assert_eq!(order(SortKey::Status, true), ["broken", "nightly-1", "odd", "running", "dr", "nightly-2"]);
}

#[test]
fn sizes_and_collections_are_sorted_as_numbers() {
    assert_eq!(order(SortKey::Size, false)[1], "nightly-2");
    assert_eq!(order(SortKey::Collections, false)[..3], ["broken", "dr", "nightly-2"]);
}

#[test]
fn a_search_finds_parts_of_ids_and_of_collections_without_case() {
    assert_eq!(searched("NIGHT"), ["nightly-1", "nightly-2"]);
    assert_eq!(searched(" supportt "), ["odd"]);
    assert_eq!(searched("nothing"), Vec::<String>::new());
}

#[test]
fn a_search_does_not_run_over_the_end_of_a_name() {
    assert_eq!(searched("article\nauthor"), Vec::<String>::new());
    assert_eq!(searched("articleauthor"), Vec::<String>::new());
}

#[test]
fn each_segment_says_how_many_it_would_show() {
    assert_eq!(Filter::default().counts(&some_rows()), [6, 1, 1, 1, 2]);
    let filter = Filter::of(&ListView { search: "author".into(), status: StatusFilter::Failed, ..ListView::default() });
    assert_eq!(filter.counts(&some_rows()), [2, 1, 0, 1, 0]);
}

#[test]
fn not_finished_holds_running_ones_and_unknown_words() {
    let view = ListView { status: StatusFilter::NotFinished, ..ListView::default() };
    assert_eq!(found(&view), ["odd", "running"]);
}

#[test]
fn a_backend_is_matched_whole() {
    let view = |backend: &str| ListView { backend: Some(backend.into()), ..ListView::default() };
    assert_eq!(found(&view("gcs")), ["dr"]);
    assert_eq!(found(&view("s")), Vec::<String>::new());
}
