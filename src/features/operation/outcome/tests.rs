use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::ledger::entry::{Acceptance, Before, Fact, PriorRestore, Proof};
use weaviate_backups::poll::clock::WallMillis;

use super::*;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn entry(before: Option<&[&str]>, taken: Option<&[&str]>) -> Entry {
    let key = OperationKey {
        connection: ConnectionId("local".into()),
        kind: Kind::Restore,
        backend: "s3".into(),
        location: Location::default(),
        id: "weekly".into(),
    };
    let mut entry = Entry::intended(key, WallMillis(0), "{}".into(), names(&["Article", "Author", "Product"]));
    entry.before = before.map(|before| Before { restore: PriorRestore::Never, present: Some(names(before)) });
    let acceptance = Acceptance { at: WallMillis(1), proof: Proof::Answered, classes: taken.map(names) };
    assert!(entry.record(Fact::Accepted(acceptance)));
    entry
}

fn reading(present: &[&str], aliases: &[&str]) -> Reading {
    Reading { present: names(present), aliases: Some(names(aliases)), at: 5 }
}

#[test]
fn what_is_there_and_was_not_before_is_in_place() {
    let outcome = Outcome::of(&entry(Some(&[]), None), &reading(&["Article", "Author", "Product", "Other"], &[]), None);
    assert!(outcome.is_proven());
    assert_eq!((outcome.in_place(), outcome.missing(), outcome.again.len()), (3, 0, 0));
}

#[test]
fn without_knowing_what_was_there_before_nothing_is_proven() {
    let outcome = Outcome::of(&entry(None, None), &reading(&["Article", "Author", "Product"], &[]), None);
    assert!(!outcome.is_proven());
    assert_eq!(outcome.landing.cannot_tell.len(), 3);
}

#[test]
fn only_those_with_nothing_in_their_way_are_asked_for_again() {
    let error = r#"could not restore classes: ["Article": error when trying to restore class: class name Article already exists]"#;
    let outcome = Outcome::of(&entry(Some(&["Article"]), None), &reading(&["Article", "Author"], &[]), Some(error));
    assert_eq!((outcome.in_place(), outcome.missing()), (1, 2));
    assert_eq!(outcome.again, ["Product"]);
}

#[test]
fn an_alias_and_a_name_in_another_case_are_in_the_way() {
    let outcome = Outcome::of(&entry(Some(&[]), None), &reading(&["ARTICLE"], &["product"]), None);
    assert_eq!(outcome.again, ["Author"]);
}

#[test]
fn a_server_that_took_fewer_is_measured_by_what_it_took() {
    let entry = entry(Some(&[]), Some(&["Article"]));
    assert!(Outcome::of(&entry, &reading(&["Article"], &[]), None).is_proven());
    assert_eq!(left_out(&entry).map(|narrowing| narrowing.left_out), Some(names(&["Author", "Product"])));
}

#[test]
fn while_the_schema_is_applied_only_new_ones_count() {
    let entry = entry(Some(&["Article"]), None);
    assert_eq!(in_place_so_far(&entry, &reading(&["Article", "Author"], &[])), 1);
}

#[test]
fn what_was_left_out_of_a_restore_is_what_the_backup_has_besides() {
    let mut entry = entry(None, None);
    entry.collections = vec!["Article".into(), "Author".into()];
    let in_backup = ["Article", "Author", "Product"].map(str::to_owned);
    assert_eq!(not_asked_for(&entry, &in_backup), ["Product"]);
    entry.collections.clear();
    assert!(not_asked_for(&entry, &in_backup).is_empty(), "everything was asked for");
}
