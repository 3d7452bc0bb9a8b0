use weaviate_backups::api::call::Call;
use weaviate_backups::api::request::Method;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, OperationKey};
use weaviate_backups::ledger::entry::{Acceptance, Fact};
use weaviate_backups::poll::log::LINES;

use super::*;

fn exchange(at: i64, word: &str) -> Exchange {
    Exchange {
        at: WallMillis(at),
        call: Call::CreateStatus,
        method: Method::Get,
        path: "/v1/backups/s3/nightly-1".into(),
        http_status: Some(200),
        status: Some(Status::parse(word)),
        failure: None,
        words: None,
        round_trip: None,
        raw: None,
    }
}

fn remarks(log: &Log) -> Vec<Remark> {
    let serials = serials(log);
    let older = |serial: u64| serial.checked_sub(1).and_then(|serial| line(log, serial));
    serials.iter().map(|&serial| remark(line(log, serial).unwrap(), older(serial))).collect()
}

#[test]
fn equal_answers_are_one_row_and_a_change_is_said() {
    let mut log = Log::default();
    for (at, word) in [(1, "TRANSFERRING"), (2, "TRANSFERRING"), (3, "FINALIZING"), (4, "SUCCESS"), (5, "SUCCESS")] {
        log.push(exchange(at, word));
    }
    assert_eq!(
        remarks(&log),
        [
            Remark::Equal { count: 2, since: WallMillis(4) },
            Remark::Changed,
            Remark::Equal { count: 2, since: WallMillis(1) }
        ]
    );
}

#[test]
fn a_row_keeps_its_number_when_older_ones_are_dropped() {
    let mut log = Log::default();
    for at in 0..=i64::try_from(LINES).unwrap() {
        log.push(exchange(at, if at % 2 == 0 { "STARTED" } else { "TRANSFERRING" }));
    }
    assert_eq!(serials(&log).last(), Some(&1));
    assert_eq!(line(&log, 1).map(|line| line.first), Some(WallMillis(1)));
    assert_eq!(line(&log, 0), None);
}

#[test]
fn an_exchange_without_a_status_is_a_cancel_or_a_failure() {
    let cancel = Exchange { status: None, method: Method::Delete, http_status: Some(204), ..exchange(1, "") };
    assert_eq!(answer(&cancel), Answer::CancelTaken);
    let failed = Exchange { failure: Some(ErrorKind::Unreachable), http_status: None, ..cancel };
    assert_eq!(answer(&failed), Answer::Nothing { why: ErrorKind::Unreachable, http_status: None });
}

#[test]
fn paths_lose_only_what_all_of_them_begin_with() {
    assert_eq!(short_path("/v1/backups/s3/x/restore?path=a"), "…/s3/x/restore?path=a");
    assert_eq!(short_path("/v1/schema"), "/v1/schema");
}

#[test]
fn the_request_that_began_it_is_told_from_the_ledger() {
    let key = OperationKey {
        connection: ConnectionId("local".into()),
        kind: Kind::Restore,
        backend: "s3".into(),
        location: Location::default(),
        id: "weekly".into(),
    };
    let names = vec!["Article".to_owned(), "Author".to_owned()];
    let mut entry = Entry::intended(key, WallMillis(5), r#"{"include":["Article","Author"]}"#.into(), names);
    assert_eq!(posted(&entry).outcome, PostAnswer::Awaited);
    let classes = Some(vec!["Article".to_owned()]);
    entry.record(Fact::Accepted(Acceptance { at: WallMillis(9), proof: Proof::Answered, classes }));
    let posted = posted(&entry);
    assert_eq!((posted.at, posted.path.as_str()), (WallMillis(9), "/v1/backups/s3/weekly/restore"));
    assert_eq!(posted.outcome, PostAnswer::Taken { collections: 1, as_asked: false });
}
