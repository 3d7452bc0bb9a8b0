use super::*;
use crate::api::json::read;
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, Kind as OperationKind};
use crate::poll::clock::WallMillis;
use crate::preflight::finding::Verdict;
use crate::preflight::rights::Lack;

fn known<T>(value: T) -> Fact<T> {
    Fact::Known { at: WallMillis(7), value }
}

fn failed<T>(kind: ErrorKind) -> Fact<T> {
    Fact::Failed { at: WallMillis(7), kind, words: "words".into() }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn own_info(json: &str) -> Fact<OwnInfo> {
    known(read(json).unwrap())
}

/// Everything was asked and nothing is in the way.
fn good() -> Facts {
    let node = read(r#"{"name":"node1","status":"HEALTHY"}"#).unwrap();
    Facts {
        backend: "filesystem".into(),
        backup: known(Some(Status::Success)),
        in_backup: known(names(&["Article", "Author", "News"])),
        in_backup_is_kept: false,
        selection: names(&["Article", "Author"]),
        everything: false,
        schema: known(names(&["Archive"])),
        aliases: known(Vec::new()),
        nodes: NodeFacts { now: known(vec![node]), ever_seen: ["node1".to_owned()].into(), ..NodeFacts::default() },
        last_restore: known(None),
        other_restores: Vec::new(),
        running_restores: Vec::new(),
        own_info: failed(ErrorKind::NotSignedIn),
        version: Some(Version::new(1, 39, 0)),
    }
}

fn found(facts: &Facts, severity: Severity) -> Vec<Kind> {
    let report = check(facts);
    report
        .findings()
        .iter()
        .filter(|finding| finding.severity == severity)
        .map(|finding| finding.kind.clone())
        .collect()
}

fn blocking(facts: &Facts) -> Vec<Kind> {
    found(facts, Severity::Blocking)
}

fn warnings(facts: &Facts) -> Vec<Kind> {
    found(facts, Severity::Warning)
}

#[test]
fn a_good_backup_with_nothing_in_the_way_is_ready() {
    let report = check(&good());
    assert_eq!(report.verdict(), Verdict::Ready, "{report:?}");
    let kinds: Vec<&Kind> = report.findings().iter().map(|finding| &finding.kind).collect();
    assert!(kinds.contains(&&Kind::BackupIsGood) && kinds.contains(&&Kind::NothingInTheWay), "{kinds:?}");
    assert!(kinds.contains(&&Kind::NoRestoreUnderWay) && kinds.contains(&&Kind::NodesHealthy { count: 1 }));
}

#[test]
fn nodes_are_said_to_be_healthy_only_when_none_is_missing_and_none_ailing() {
    let is_healthy = |status: &str, seen: &[&str]| {
        let now = known(vec![read(&format!(r#"{{"name":"node1","status":"{status}"}}"#)).unwrap()]);
        let facts = Facts {
            nodes: NodeFacts { now, ever_seen: names(seen).into_iter().collect(), ..NodeFacts::default() },
            ..good()
        };
        found(&facts, Severity::Fine).contains(&Kind::NodesHealthy { count: 1 })
    };
    assert!(is_healthy("HEALTHY", &["node1"]));
    assert!(!is_healthy("HEALTHY", &["node1", "node2"]));
    assert!(!is_healthy("TIMEOUT", &["node1"]));
}

#[test]
fn nothing_is_said_to_be_in_the_way_only_when_no_name_and_no_alias_is() {
    let alias: Alias = read(r#"{"alias":"Article","class":"Archive"}"#).unwrap();
    let exists = Facts { schema: known(names(&["Article"])), ..good() };
    let differs = Facts { schema: known(names(&["ARTICLE"])), ..good() };
    let is_alias = Facts { aliases: known(vec![alias]), ..good() };
    for facts in [exists, differs, is_alias] {
        assert!(!found(&facts, Severity::Fine).contains(&Kind::NothingInTheWay), "{:?}", check(&facts));
        assert_eq!(blocking(&facts).len(), 1);
    }
}

#[test]
fn whatever_was_not_asked_yet_is_never_ready() {
    let not_asked: [Facts; 7] = [
        Facts { backup: Fact::NotAsked, ..good() },
        Facts { in_backup: Fact::NotAsked, ..good() },
        Facts { schema: Fact::NotAsked, ..good() },
        Facts { aliases: Fact::NotAsked, ..good() },
        Facts { last_restore: Fact::NotAsked, ..good() },
        Facts { own_info: Fact::NotAsked, ..good() },
        Facts { nodes: NodeFacts::default(), ..good() },
    ];
    for facts in not_asked {
        assert_eq!(check(&facts).verdict(), Verdict::NotChecked);
        assert_eq!(blocking(&facts), [Kind::NotAsked]);
    }
    assert_eq!(check(&Facts::default()).verdict(), Verdict::NotChecked, "nothing can be chosen yet");
}

#[test]
fn a_check_that_failed_blocks_where_going_on_blindly_would_hurt() {
    let could_not = Kind::CouldNotAsk { kind: ErrorKind::Unreachable, words: "words".into() };
    for facts in [
        Facts { backup: failed(ErrorKind::Unreachable), ..good() },
        Facts { schema: failed(ErrorKind::Unreachable), ..good() },
        Facts { last_restore: failed(ErrorKind::Unreachable), ..good() },
    ] {
        assert_eq!(blocking(&facts), std::slice::from_ref(&could_not));
        assert_eq!(check(&facts).verdict(), Verdict::NotChecked);
    }
    for facts in [
        Facts { in_backup: failed(ErrorKind::Unreachable), ..good() },
        Facts { aliases: failed(ErrorKind::Unreachable), ..good() },
    ] {
        assert_eq!(warnings(&facts), std::slice::from_ref(&could_not));
        assert_eq!(check(&facts).verdict(), Verdict::ReadyWithWarnings);
    }
}

#[test]
fn only_a_backup_that_succeeded_is_restored() {
    let with = |backup| blocking(&Facts { backup: known(backup), ..good() });
    assert_eq!(with(None), [Kind::NoSuchBackup]);
    assert_eq!(with(Some(Status::Failed)), [Kind::BackupNotRestorable(Status::Failed)]);
    assert_eq!(with(Some(Status::Started)), [Kind::BackupNotRestorable(Status::Started)]);
}

#[test]
fn everything_in_the_way_is_named_with_what_was_found() {
    let facts = Facts {
        selection: names(&["Article", "Author", "News"]),
        schema: known(names(&["Article", "AUTHOR"])),
        aliases: known(vec![Alias { alias: "news".into(), class: "Article".into() }]),
        ..good()
    };
    assert_eq!(
        blocking(&facts),
        [
            Kind::CollectionsExist(names(&["Article"])),
            Kind::CollectionsDifferInCase(vec![("Author".into(), "AUTHOR".into())]),
            Kind::AliasesInTheWay(vec![AliasInTheWay {
                name: "News".into(),
                alias: "news".into(),
                of: "Article".into()
            }]),
        ]
    );
    assert_eq!(check(&facts).verdict(), Verdict::Blocked);
    let sources: Vec<Source> = check(&facts).findings()[..3].iter().map(|finding| finding.source).collect();
    let at = Some(WallMillis(7));
    assert_eq!(sources[0], Source::Call { call: Call::Schema, at });
    assert_eq!(sources[2], Source::Call { call: Call::Aliases, at });
}

#[test]
fn without_the_aliases_no_name_is_said_to_be_new() {
    let facts = Facts { aliases: failed(ErrorKind::Unreachable), schema: known(names(&["Article"])), ..good() };
    let expected = [("Article".to_owned(), CollectionState::Exists), ("Author".to_owned(), CollectionState::Unknown)];
    assert_eq!(states(&facts), expected);
    let clear = Facts { aliases: failed(ErrorKind::Unreachable), ..good() };
    assert!(!found(&clear, Severity::Fine).contains(&Kind::NothingInTheWay));
    assert_eq!(states(&Facts { schema: Fact::NotAsked, ..good() })[0].1, CollectionState::Unknown);
}

#[test]
fn a_server_from_before_there_were_aliases_has_none() {
    for aliases in [Fact::NotOffered, failed(ErrorKind::NotFound)] {
        let facts = Facts { aliases, ..good() };
        assert_eq!(check(&facts).verdict(), Verdict::Ready);
        assert_eq!(states(&facts)[0].1, CollectionState::New);
    }
}

#[test]
fn names_that_are_not_in_the_backup_and_an_empty_choice_are_refused() {
    let facts = Facts { selection: names(&["Article", "Foo"]), ..good() };
    assert_eq!(blocking(&facts), [Kind::NotInTheBackup(names(&["Foo"]))]);
    assert_eq!(blocking(&Facts { selection: Vec::new(), ..good() }), [Kind::NothingChosen]);
}

#[test]
fn all_of_a_backup_whose_names_cannot_be_read_is_a_warning_and_never_clear() {
    let facts = Facts { selection: Vec::new(), everything: true, in_backup: Fact::NotOffered, ..good() };
    assert_eq!(blocking(&facts), []);
    assert_eq!(warnings(&facts), [Kind::NamesNotKnown]);
    assert!(!found(&facts, Severity::Fine).contains(&Kind::NothingInTheWay));
}

#[test]
fn a_backup_that_the_list_cannot_show_is_no_finding() {
    assert_eq!(check(&Facts { in_backup: Fact::NotOffered, ..good() }).verdict(), Verdict::Ready);
}

#[test]
fn who_may_not_see_everything_is_warned_of_hidden_collisions() {
    let facts = Facts { own_info: own_info(r#"{"username":"bob","roles":[{"name":"editor"}]}"#), ..good() };
    assert_eq!(warnings(&facts), [Kind::HiddenCollectionsMayCollide]);
    let facts = Facts { own_info: own_info(r#"{"username":"bob","roles":[{"name":"admin"}]}"#), ..good() };
    assert_eq!(warnings(&facts), []);
    let facts = Facts { own_info: failed(ErrorKind::Unreachable), ..good() };
    assert_eq!(warnings(&facts), [Kind::HiddenCollectionsMayCollide]);
}

#[test]
fn a_404_of_the_last_restore_that_says_nothing_is_a_warning_and_any_other_failure_blocks() {
    let with = |kind| Facts { last_restore: failed(kind), ..good() };
    let could_not = |kind| vec![Kind::CouldNotAsk { kind, words: "words".into() }];
    let not_found = with(ErrorKind::NotFound);
    assert_eq!((warnings(&not_found), blocking(&not_found)), (could_not(ErrorKind::NotFound), Vec::new()));
    assert_eq!(blocking(&with(ErrorKind::Unreachable)), could_not(ErrorKind::Unreachable));
}

#[test]
fn the_last_restore_of_this_id_is_told_apart() {
    let with = |status: Status| Facts { last_restore: known(Some(status)), ..good() };
    assert_eq!(blocking(&with(Status::Cancelling)), [Kind::RestoreStuckCancelling]);
    assert_eq!(warnings(&with(Status::Transferring)), [Kind::RestoreUnderWay(Status::Transferring)]);
    let unknown = Status::Unknown("PAUSED".into());
    assert_eq!(warnings(&with(unknown.clone())), [Kind::RestoreUnderWay(unknown)]);
    for ended in [Status::Success, Status::Failed, Status::Canceled] {
        assert_eq!(check(&with(ended)).verdict(), Verdict::Ready);
    }
}

#[test]
fn other_restores_of_this_browser_and_a_newer_server_are_warnings_unless_they_surely_run() {
    let other = OperationKey {
        connection: ConnectionId("local".into()),
        kind: OperationKind::Restore,
        backend: "s3".into(),
        location: Location::default(),
        id: "big-1".into(),
    };
    let facts = Facts { other_restores: vec![other.clone()], ..good() };
    assert_eq!(warnings(&facts), [Kind::OtherRestoresRunning(vec![other])]);
    assert_eq!(check(&facts).findings()[0].source, Source::Ledger);
    let running = Facts { running_restores: facts.other_restores.clone(), ..facts.clone() };
    assert_eq!(blocking(&running), [Kind::OtherRestoresUnderWay(facts.other_restores)], "one at a time");
    assert_eq!(warnings(&running), []);
    let newer = Version::new(1, 40, 0);
    assert_eq!(warnings(&Facts { version: Some(newer), ..good() }), [Kind::VersionNotTried(newer)]);
    assert_eq!(warnings(&Facts { version: Some(Version::new(1, 39, 9)), ..good() }), []);
}

#[test]
fn a_name_that_the_kept_answer_lacks_is_said_to_be_kept_and_not_listed() {
    let facts = Facts { in_backup_is_kept: true, selection: names(&["Gone"]), ..good() };
    let report = check(&facts);
    let missing = report.findings().iter().find(|finding| finding.kind == Kind::NotInTheBackup(names(&["Gone"])));
    assert_eq!(missing.map(|finding| finding.source), Some(Source::Ledger));
}

#[test]
fn roles_that_do_not_allow_the_restore_are_found_before_the_server_refuses() {
    let with = |permissions: &str| {
        let roles = format!(r#"{{"username":"bob","roles":[{{"name":"of-bob","permissions":{permissions}}}]}}"#);
        blocking(&Facts { own_info: own_info(&roles), ..good() })
    };
    assert_eq!(with("[]"), [Kind::NotPermitted(Lack::Everything)]);
    let other = r#"[{"action":"manage_backups","backups":{"collection":"Other"}}]"#;
    assert_eq!(with(other), [Kind::NotPermitted(Lack::Of(good().selection))]);
    assert_eq!(with(r#"[{"action":"manage_backups"}]"#), []);
}

#[test]
fn what_has_not_ended_is_the_backup_or_else_the_restore_before_this_one() {
    let under_way = |backup: Option<Status>, last_restore: Option<Status>| {
        under_way(&Facts { backup: known(backup), last_restore: known(last_restore), ..good() })
    };
    assert_eq!(under_way(Some(Status::Started), Some(Status::Transferring)), Some(OperationKind::Create));
    assert_eq!(under_way(Some(Status::Success), Some(Status::Transferring)), Some(OperationKind::Restore));
    assert_eq!(under_way(Some(Status::Success), Some(Status::Failed)), None);
    assert_eq!(under_way(None, None), None);
}
