use serde_json::json;
use weaviate_backups::api::wire::{Node, Others};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind as OperationKind};
use weaviate_backups::poll::clock::WallMillis;

use super::*;

fn known<T>(value: T) -> Fact<T> {
    Fact::Known { at: WallMillis(1), value }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn key() -> OperationKey {
    OperationKey {
        connection: ConnectionId("local".into()),
        kind: OperationKind::Create,
        backend: "s3".into(),
        location: Location::default(),
        id: "nightly-1".into(),
    }
}

fn node() -> NodeFacts {
    let node =
        Node { name: "node1".into(), status: "HEALTHY".into(), version: None, shards: None, others: Others::new() };
    NodeFacts { now: known(vec![node]), ever_seen: ["node1".to_owned()].into() }
}

/// Everything asked; `Article`, `Author` and `Contract` are in the backup, and this is in the target.
fn checked(schema: &[&str], aliases: &[(&str, &str)]) -> Restore {
    let mut restore = Restore::new(key(), Vec::new(), None);
    let alias = |(alias, class): &(&str, &str)| Alias { alias: (*alias).into(), class: (*class).into() };
    for event in [
        Event::BackupRead(known(Some(Status::Success))),
        Event::NamesRead(known(names(&["Contract", "Author", "Article"]))),
        Event::SchemaRead(known(names(schema))),
        Event::AliasesRead(known(aliases.iter().map(alias).collect())),
        Event::LastRestoreRead(known(None)),
        Event::OwnInfoRead(known(OwnInfo {
            username: "root".into(),
            groups: None,
            roles: None,
            others: Others::new(),
        })),
        Event::NodesChanged(node()),
    ] {
        restore.update(event);
    }
    restore
}

fn body(restore: &Restore) -> serde_json::Value {
    serde_json::from_str(restore.request().unwrap().body.as_deref().unwrap()).unwrap()
}

#[test]
fn what_is_clear_is_sent_by_name() {
    let restore = checked(&["Other"], &[]);
    assert_eq!(restore.why_not(), None);
    assert_eq!(body(&restore), json!({"include": ["Article", "Author", "Contract"]}));
}

#[test]
fn it_is_never_ready_while_something_was_not_asked() {
    let restore = Restore::new(key(), names(&["Article"]), None);
    assert_eq!(restore.why_not(), Some(WhyNot::NotChecked));
    let mut restore = checked(&[], &[]);
    restore.update(Event::SchemaRead(Fact::NotAsked));
    assert_eq!(restore.why_not(), Some(WhyNot::NotChecked));
}

#[test]
fn what_is_in_the_way_blocks_by_name_by_case_and_as_an_alias() {
    let restore = checked(&["Article", "AUTHOR"], &[("contract", "ContractV2")]);
    let states: Vec<CollectionState> = restore.rows().into_iter().map(|(_, state, _)| state).collect();
    assert_eq!(
        states,
        [
            CollectionState::Exists,
            CollectionState::DiffersInCase { found: "AUTHOR".into() },
            CollectionState::Alias { alias: "contract".into(), of: "ContractV2".into() },
        ]
    );
    assert_eq!(restore.why_not(), Some(WhyNot::Blocked(3)));
    assert_eq!(restore.in_the_way(), (3, 0));
}

#[test]
fn what_is_in_the_way_can_be_left_out() {
    let mut restore = checked(&["Article"], &[]);
    assert_eq!(restore.in_the_way(), (1, 2));
    let effects = restore.update(Event::LeaveOutPressed);
    assert!(matches!(effects.as_slice(), [Effect::KeepDraft(_)]));
    assert_eq!(restore.why_not(), None);
    assert_eq!(body(&restore)["include"], json!(["Author", "Contract"]));
}

#[test]
fn nothing_chosen_cannot_be_sent() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::AllTicked(false));
    assert_eq!(restore.request(), None);
    assert_eq!(restore.why_not(), Some(WhyNot::NothingChosen));
}

#[test]
fn a_failed_backup_cannot_be_restored() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::BackupRead(known(Some(Status::Failed))));
    assert_eq!(restore.why_not(), Some(WhyNot::Backup(Status::Failed)));
    restore.update(Event::SubmitPressed);
    assert!(!restore.confirming);
}

#[test]
fn a_link_may_ask_for_some_names_only() {
    let mut restore = Restore::new(key(), names(&["Author", "Gone"]), None);
    restore.update(Event::NamesRead(known(names(&["Article", "Author"]))));
    assert_eq!(restore.selection(), ["Author"]);
}

#[test]
fn options_are_sent_when_set_only() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::CpuTyped("33".into()));
    restore.update(Event::OverwriteAliasTicked(true));
    let body = body(&restore);
    assert_eq!((&body["config"], &body["overwriteAlias"]), (&json!({"CPUPercentage": 33}), &json!(true)));
    restore.update(Event::CpuTyped("81".into()));
    assert_eq!(restore.why_not(), Some(WhyNot::Cpu(CpuPercentageError::TooHigh)));
}

#[test]
fn another_restore_without_a_known_end_blocks() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::OthersChanged(vec![OperationKey {
        kind: OperationKind::Restore,
        id: "other".into(),
        ..key()
    }]));
    assert!(restore.why_not().is_some() || restore.report().verdict() == Verdict::ReadyWithWarnings);
    assert!(restore.report().findings().iter().any(|found| matches!(found.kind, Kind::OtherRestoresRunning(_))));
}
