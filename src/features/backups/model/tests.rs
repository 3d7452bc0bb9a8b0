use weaviate_backups::api::call::Call;
use weaviate_backups::api::decode::{About, list};
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::transport::Answer;
use weaviate_backups::domain::backend::Backend;
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::version::Version;

use super::super::absence::{Absence, Hidden};
use super::super::row::tests::listed;
use super::super::shown::Body;
use super::super::summary::Lead;
use super::*;
use crate::server::User;
use weaviate_backups::preflight::rights::Rights;

fn connection() -> ConnectionId {
    ConnectionId("prod".into())
}

fn server(version: &str, backends: &[&str]) -> Server {
    let backend = |name: &&str| Backend { name: (*name).into(), place: None, error: None };
    let mut server = Server::default();
    let backends = backends.iter().map(backend).collect();
    let meta = MetaFacts { version_text: version.into(), version: Version::parse(version), backends };
    server.meta.arrived(Ok(meta), 0);
    server.user.arrived(Ok(User::Anonymous), 0);
    server
}

fn opened(backends: &[&str]) -> (Backups, Vec<Effect>) {
    let mut backups = Backups::new(connection(), ListView::default());
    let effects = backups.update(Event::ServerChanged(Box::new(server("1.39.0", backends))));
    (backups, effects)
}

fn failure(kind: ErrorKind, status: u16, words: &str) -> ApiError {
    ApiError {
        connection: connection(),
        call: Call::List,
        kind,
        messages: vec![words.to_owned()],
        http_status: Some(status),
        excerpt: None,
    }
}

fn version_of(effects: &[Effect], of: &str) -> u32 {
    let version = effects.iter().find_map(|effect| match effect {
        Effect::List { backend, version, .. } if backend == of => Some(*version),
        _ => None,
    });
    version.unwrap_or_else(|| panic!("{of} was not asked for"))
}

/// The answer to the newest request for the list of `backend`.
fn answer(backups: &mut Backups, backend: &str, result: Result<&str, ApiError>, at: i64) -> Vec<Effect> {
    let asked = backups.lists.iter().find(|list| list.backend.name == backend).map(|list| list.version);
    let result = result.map(|json| {
        let connection = connection();
        let about = About { connection: &connection, call: Call::List };
        let answer = Answer { status: 200, body: json.as_bytes().to_vec(), round_trip_millis: 40 };
        List { entries: list(about, &answer).unwrap().value, took_millis: 40 }
    });
    backups.update(Event::Listed { backend: backend.into(), version: asked.unwrap_or_default(), result, at })
}

fn two() -> String {
    listed(&[("b", "SUCCESS", "02:00", "02:10", &["Article"]), ("a", "FAILED", "01:00", "01:10", &["Article"])])
}

fn found(backups: &Backups) -> Vec<&str> {
    backups.found.iter().map(|row| &*row.key.id).collect()
}

#[test]
fn every_backend_and_the_collections_are_asked_for_at_once() {
    let (backups, effects) = opened(&["gcs", "s3"]);
    assert_eq!((version_of(&effects, "gcs"), version_of(&effects, "s3")), (1, 1));
    assert!(effects.contains(&Effect::AskCollections));
    assert_eq!(backups.body(), Body::Loading);
}

#[test]
fn one_backend_that_fails_stands_beside_the_good_ones() {
    let (mut backups, _) = opened(&["gcs", "s3"]);
    answer(&mut backups, "s3", Ok(&two()), 5);
    answer(&mut backups, "gcs", Err(failure(ErrorKind::Refused, 500, "find bucket: no")), 6);
    assert_eq!((backups.body(), found(&backups)), (Body::Rows, vec!["b", "a"]));
    assert_eq!(backups.lists[0].list.error.as_ref().map(ApiError::words).as_deref(), Some("find bucket: no"));
    let effects = backups.update(Event::TryAgainPressed { backend: "gcs".into() });
    assert!(matches!(effects.as_slice(), [Effect::List { backend, .. }, ..] if backend == "gcs"));
}

#[test]
fn a_half_written_descriptor_is_asked_for_once_more_and_then_said() {
    let half = || failure(ErrorKind::Refused, 500, "unmarshal descriptor \"/b/x\": unexpected end of JSON input");
    let (mut backups, _) = opened(&["s3"]);
    let effects = answer(&mut backups, "s3", Err(half()), 1);
    assert!(matches!(effects.as_slice(), [Effect::List { version: 2, after_millis: 1.., .. }]));
    assert!(backups.lists[0].list.error.is_none() && backups.lists[0].list.in_flight);
    assert!(answer(&mut backups, "s3", Err(half()), 2).is_empty());
    assert!(backups.lists[0].list.error.is_some());
}

#[test]
fn another_failure_is_not_asked_again_by_itself() {
    let (mut backups, _) = opened(&["s3"]);
    assert!(answer(&mut backups, "s3", Err(failure(ErrorKind::Refused, 500, "no such bucket")), 1).is_empty());
    assert_eq!(backups.body(), Body::Absent(Absence::NotListed));
}

#[test]
fn a_failing_refresh_keeps_the_rows_and_their_age() {
    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok(&two()), 5);
    backups.update(Event::RefreshPressed);
    assert!(backups.refreshing);
    answer(&mut backups, "s3", Err(failure(ErrorKind::Refused, 500, "gone")), 9);
    assert_eq!(found(&backups), ["b", "a"]);
    assert_eq!(backups.lists[0].list.value.as_ref().map(|(_, at)| *at), Some(5));
}

#[test]
fn an_unchanged_refresh_changes_no_row() {
    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok(&two()), 5);
    let before = backups.clone();
    backups.update(Event::RefreshPressed);
    answer(&mut backups, "s3", Ok(&two()), 6);
    assert!(Arc::ptr_eq(&before.rows, &backups.rows) && Arc::ptr_eq(&before.found, &backups.found));
}

#[test]
fn a_late_answer_to_an_older_request_is_ignored() {
    let (mut backups, effects) = opened(&["s3"]);
    let first = version_of(&effects, "s3");
    backups.update(Event::OperationEnded);
    let late = List { entries: Vec::new(), took_millis: 1 };
    backups.update(Event::Listed { backend: "s3".into(), version: first, result: Ok(late), at: 1 });
    assert_eq!(backups.body(), Body::Loading);
    answer(&mut backups, "s3", Ok(&two()), 2);
    assert_eq!(found(&backups), ["b", "a"]);
}

#[test]
fn a_second_press_while_refreshing_asks_for_no_list() {
    let (mut backups, _) = opened(&["s3"]);
    let effects = backups.update(Event::RefreshPressed);
    assert_eq!(effects, [Effect::AskServer]);
}

#[test]
fn a_page_that_is_seen_again_asks_after_a_minute_only() {
    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok(&two()), 1_000);
    assert!(backups.update(Event::PageShown { now: 61_000 }).is_empty());
    assert!(!backups.update(Event::PageShown { now: 61_001 }).is_empty());
}

#[test]
fn without_the_key_nothing_is_asked_for_and_with_it_everything() {
    let mut backups = Backups::new(connection(), ListView::default());
    backups.update(Event::KeyChanged { lacks: true });
    assert!(backups.update(Event::ServerChanged(Box::new(server("1.39.0", &["s3"])))).is_empty());
    assert!(backups.update(Event::RefreshPressed).is_empty());
    assert_eq!(backups.body(), Body::KeyNeeded);
    let effects = backups.update(Event::KeyChanged { lacks: false });
    assert_eq!(version_of(&effects, "s3"), 1);
}

#[test]
fn a_backend_that_went_away_takes_its_rows_along_and_a_new_one_is_listed() {
    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok(&two()), 5);
    let effects = backups.update(Event::ServerChanged(Box::new(server("1.39.0", &["gcs"]))));
    assert_eq!(version_of(&effects, "gcs"), 1);
    assert!(backups.rows.is_empty());
}

#[test]
fn a_server_that_cannot_list_is_not_asked_to() {
    let mut backups = Backups::new(connection(), ListView::default());
    let effects = backups.update(Event::ServerChanged(Box::new(server("1.30.10", &["s3"]))));
    assert!(effects.is_empty());
    assert_eq!(backups.body(), Body::Absent(Absence::CannotList { needs: Version::new(1, 30, 12) }));
}

#[test]
fn each_cause_of_an_empty_list_is_its_own() {
    let (backups, _) = opened(&[]);
    assert_eq!(backups.body(), Body::Absent(Absence::NoBackupModule));

    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok("[]"), 1);
    assert_eq!(backups.body(), Body::Absent(Absence::NothingYet { backends: vec!["s3".into()], hidden: None }));

    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Err(failure(ErrorKind::NotPermitted, 403, "adminlist: forbidden")), 1);
    assert_eq!(backups.body(), Body::Absent(Absence::NotPermitted { words: "adminlist: forbidden".into() }));

    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok(&two()), 1);
    backups.update(Event::SearchTyped("nigtly ".into()));
    backups.update(Event::StatusChosen(StatusFilter::Failed));
    let nothing = Absence::NothingMatches { search: "nigtly".into(), hidden_rows: 2, filters_beside: 1 };
    assert_eq!(backups.body(), Body::Absent(nothing));
}

#[test]
fn an_empty_list_of_a_user_without_roles_may_be_hidden() {
    let mut server = server("1.39.0", &["s3"]);
    server.user.arrived(
        Ok(User::Named { name: "nobody".into(), roles: Vec::new(), rights: Rights::default(), sees_all: false }),
        0,
    );
    let mut backups = Backups::new(connection(), ListView::default());
    backups.update(Event::ServerChanged(Box::new(server)));
    answer(&mut backups, "s3", Ok("[]"), 1);
    let hidden = Some(Hidden::FromNoRole);
    assert_eq!(backups.body(), Body::Absent(Absence::NothingYet { backends: vec!["s3".into()], hidden }));
}

#[test]
fn how_the_list_is_looked_at_goes_into_the_route() {
    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok(&two()), 1);
    let effects = backups.update(Event::SortPressed(SortKey::Id));
    let by_id = ListView { sort: SortKey::Id, ascending: true, ..ListView::default() };
    assert_eq!((effects, found(&backups)), (vec![Effect::Show(by_id)], vec!["a", "b"]));
    backups.update(Event::SortPressed(SortKey::Id));
    assert_eq!(found(&backups), ["b", "a"]);
    backups.update(Event::StatusChosen(StatusFilter::Failed));
    assert_eq!((found(&backups), backups.counts), (vec!["a"], [2, 1, 1, 0, 0]));
    backups.update(Event::ClearPressed);
    assert_eq!((found(&backups), backups.view.sort), (vec!["b", "a"], SortKey::Id));
}

#[test]
fn another_way_to_look_starts_with_the_first_rows_again() {
    let (mut backups, _) = opened(&["s3"]);
    backups.update(Event::MorePressed);
    assert_eq!(backups.limit, FIRST_ROWS + MORE_ROWS);
    backups.update(Event::ViewChanged(ListView { search: "a".into(), ..ListView::default() }));
    assert_eq!(backups.limit, FIRST_ROWS);
}

#[test]
fn the_sentence_waits_for_every_backend_and_the_collections() {
    let (mut backups, _) = opened(&["gcs", "s3"]);
    answer(&mut backups, "s3", Ok(&two()), 1);
    backups.update(Event::CollectionsArrived { result: Ok(vec!["Author".into(), "Article".into()]), at: 1 });
    let lead = |backups: &Backups| backups.sentence(2).map(|summary| summary.lead);
    assert_eq!(lead(&backups), Some(Lead::Awaiting { backends: vec!["gcs".into()] }));
    answer(&mut backups, "gcs", Ok("[]"), 1);
    assert!(matches!(lead(&backups), Some(Lead::Uncovered { names, of: 2, .. }) if names == ["Author"]));
}

#[test]
fn nothing_is_said_twice() {
    assert_eq!(opened(&[]).0.sentence(0), None);
    let (mut backups, _) = opened(&["s3"]);
    assert!(backups.sentence(0).is_some());
    answer(&mut backups, "s3", Err(failure(ErrorKind::Refused, 500, "no")), 1);
    assert_eq!(backups.sentence(0), None);
}

#[test]
fn an_id_is_opened_with_its_place_and_an_empty_one_is_asked_for() {
    let (mut backups, _) = opened(&["s3"]);
    backups.update(Event::FindPressed);
    assert!(backups.update(Event::FindSubmitted).is_empty());
    backups.update(Event::Finder(FinderEvent::IdTyped("nightly-1".into())));
    backups.update(Event::Finder(FinderEvent::KindChosen(Kind::Restore)));
    let effects = backups.update(Event::FindSubmitted);
    assert!(matches!(effects.as_slice(), [Effect::Go(Route::Operation(key))] if key.id == "nightly-1"));
    assert!(backups.dialog.is_none());
}

#[test]
fn a_list_that_is_opened_again_shows_what_was_known() {
    let (mut backups, _) = opened(&["s3"]);
    answer(&mut backups, "s3", Ok(&two()), 1);
    backups.update(Event::RefreshPressed);
    let failed = ListView { status: StatusFilter::Failed, ..ListView::default() };
    let mut backups = backups.reopened(failed);
    assert_eq!(found(&backups), ["a"]);
    assert!(backups.update(Event::RefreshPressed).iter().any(|effect| matches!(effect, Effect::List { .. })));
}

#[test]
fn the_filesystem_of_a_cluster_misses_nothing() {
    let (mut backups, _) = opened(&["filesystem"]);
    assert!(!backups.is_refused_anyway("filesystem"));
    backups.server.known_nodes.seen = vec!["node1".into(), "node2".into()];
    assert!(backups.is_refused_anyway("filesystem") && !backups.is_refused_anyway("s3"));
}
