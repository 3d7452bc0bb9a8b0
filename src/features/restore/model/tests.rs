use serde_json::json;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::api::json::{Json, read as read_json};
use weaviate_backups::api::wire::{Alias, Node, Others, OwnInfo};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind as OperationKind};
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::rights::Lack;

use super::*;

mod names;

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

fn failed<T>() -> Fact<T> {
    Fact::Failed { at: WallMillis(1), kind: ErrorKind::TimedOut { limit_millis: 1 }, words: "late".into() }
}

fn node() -> NodeFacts {
    let node: Node = read_json(r#"{"name":"node1","status":"HEALTHY"}"#).unwrap();
    NodeFacts { now: known(vec![node]), ever_seen: ["node1".to_owned()].into(), ..NodeFacts::default() }
}

/// The answers of one check.
fn answer(restore: &mut Restore, answers: Vec<Answer>) -> Vec<Effect> {
    let round = restore.round;
    let event = |answer| Event::Answered { round, answer: Box::new(answer) };
    answers.into_iter().flat_map(|answer| restore.update(event(answer))).collect()
}

/// `Article`, `Author` and `Contract` are in the backup, and this is in the target.
fn answers(schema: &[&str], aliases: &[(&str, &str)]) -> Vec<Answer> {
    let alias = |(alias, class): &(&str, &str)| Alias { alias: (*alias).into(), class: (*class).into() };
    let user = OwnInfo { username: "root".into(), groups: None, roles: None, others: Others::new() };
    vec![
        Answer::Backup(known(Some(Status::Success))),
        Answer::Names(known(names(&["Contract", "Author", "Article"]))),
        Answer::Schema(known(names(schema))),
        Answer::Aliases(known(aliases.iter().map(alias).collect())),
        Answer::LastRestore(known(None)),
        Answer::OwnInfo(known(user)),
    ]
}

/// Everything asked and answered.
fn checked_for(only: &[&str], schema: &[&str], aliases: &[(&str, &str)]) -> Restore {
    let mut restore = Restore::new(key(), names(only), None);
    restore.update(Event::ServerChanged { nodes: node(), version: None });
    restore.update(Event::CheckAgainPressed);
    answer(&mut restore, answers(schema, aliases));
    restore
}

fn checked(schema: &[&str], aliases: &[(&str, &str)]) -> Restore {
    checked_for(&[], schema, aliases)
}

/// What blocks besides names that are in the way.
fn blocking(restore: &Restore) -> Option<Kind> {
    match restore.outlook() {
        Outlook::Blocked(finding) => Some(finding.kind),
        _ => None,
    }
}

/// As for a backup at another place than the default, which no list shows.
fn checked_without_names() -> Restore {
    let mut restore = checked(&["Article"], &[]);
    answer(&mut restore, vec![Answer::Names(Fact::NotOffered)]);
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
    answer(&mut restore, vec![Answer::Schema(Fact::NotAsked)]);
    assert_eq!(restore.why_not(), Some(WhyNot::Checking));
    answer(&mut restore, vec![Answer::Schema(failed())]);
    assert_eq!(restore.why_not(), Some(WhyNot::NotChecked));
}

#[test]
fn a_question_on_its_way_is_no_blocking_finding() {
    let mut restore = Restore::new(key(), Vec::new(), None);
    restore.update(Event::CheckAgainPressed);
    assert_eq!((restore.why_not(), restore.outlook()), (Some(WhyNot::Checking), Outlook::Checking));
    answer(&mut restore, answers(&["Article"], &[]));
    assert_eq!(restore.why_not(), Some(WhyNot::Blocked(1)), "the nodes, which are not answered yet, do not count");
    let report = restore.report();
    assert!(report.findings().iter().any(|finding| Part::of(finding) == Part::Checking));
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
    let effects = restore.update(Event::LeaveAllOutPressed);
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
    answer(&mut restore, vec![Answer::Backup(known(Some(Status::Failed)))]);
    assert_eq!(restore.why_not(), Some(WhyNot::Backup(Status::Failed)));
    restore.update(Event::SubmitPressed);
    assert_eq!(restore.dialog, Dialog::Closed);
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
fn another_restore_blocks_while_it_surely_runs() {
    let mut restore = checked(&[], &[]);
    let other = OperationKey { kind: OperationKind::Restore, id: "other".into(), ..key() };
    restore.update(Event::OthersChanged { open: vec![other.clone()], running: Vec::new() });
    assert_eq!(restore.why_not(), None);
    assert!(restore.report().findings().iter().any(|found| matches!(found.kind, Kind::OtherRestoresRunning(_))));
    restore.update(Event::OthersChanged { open: vec![other.clone()], running: vec![other] });
    assert_eq!(restore.why_not(), Some(WhyNot::Blocked(1)));
}

#[test]
fn a_restore_stuck_in_its_cancelling_blocks() {
    let mut restore = checked(&[], &[]);
    answer(&mut restore, vec![Answer::LastRestore(known(Some(Status::Cancelling)))]);
    assert_eq!(restore.why_not(), Some(WhyNot::Blocked(1)));
}

/// The answers of the check before sending.
fn answers_again(schema: &[&str]) -> Vec<Answer> {
    answers(schema, &[]).into_iter().filter(|answer| AGAIN.contains(&answer.question())).collect()
}

fn confirmed() -> Restore {
    let mut restore = checked(&[], &[]);
    restore.update(Event::SubmitPressed);
    restore.update(Event::ConfirmPressed);
    restore
}

#[test]
fn what_is_confirmed_is_checked_once_more_and_then_sent_once() {
    let mut restore = checked(&[], &[]);
    assert_eq!(restore.update(Event::SubmitPressed), []);
    assert_eq!(restore.dialog, Dialog::Open);
    assert_eq!(restore.update(Event::ConfirmPressed), [Effect::Ask { round: 2, questions: AGAIN }]);
    assert_eq!(restore.update(Event::ConfirmPressed), []);
    assert_eq!(answer(&mut restore, answers_again(&[])), [Effect::Submit]);
    assert_eq!(restore.dialog, Dialog::Closed);
    assert_eq!(restore.update(Event::ConfirmPressed), []);
}

#[test]
fn the_check_before_sending_does_not_list_the_backups_again() {
    assert!(!AGAIN.contains(&Question::Names));
}

#[test]
fn what_came_in_the_way_meanwhile_is_not_sent() {
    let mut restore = confirmed();
    assert_eq!(answer(&mut restore, answers_again(&["Article"])), []);
    assert_eq!(restore.dialog, Dialog::Refused);
    assert_eq!(restore.why_not(), Some(WhyNot::Blocked(1)));
    restore.update(Event::LeaveAllOutPressed);
    restore.update(Event::SubmitPressed);
    assert_eq!(restore.dialog, Dialog::Open, "with it left out one may go on");
}

#[test]
fn a_check_before_sending_that_fails_sends_nothing() {
    let mut restore = confirmed();
    let mut answers = answers_again(&[]);
    answers.push(Answer::Schema(failed()));
    answers.retain(|answer| !matches!(answer, Answer::Schema(Fact::Known { .. })));
    assert_eq!(answer(&mut restore, answers), []);
    assert_eq!(restore.dialog, Dialog::Refused);
}

#[test]
fn a_key_that_is_gone_closes_the_confirmation_and_nothing_is_sent() {
    let mut restore = confirmed();
    assert_eq!(restore.update(Event::NotAsked { round: 2 }), []);
    assert_eq!((restore.dialog, restore.is_checking()), (Dialog::Closed, false));
}

#[test]
fn a_backup_that_ends_while_the_form_stands_open_is_checked_anew() {
    let mut restore = checked(&[], &[]);
    answer(&mut restore, vec![Answer::Backup(known(Some(Status::Started)))]);
    assert_eq!(restore.why_not(), Some(WhyNot::Backup(Status::Started)));
    assert_eq!(restore.under_way(), Some(key()));
    assert_eq!(restore.update(Event::Ended), [Effect::Ask { round: 2, questions: ALL }]);
    answer(&mut restore, answers(&[], &[]));
    assert_eq!((restore.why_not(), restore.under_way()), (None, None));
}

#[test]
fn a_restore_that_ends_while_the_next_is_confirmed_leaves_the_confirmation_open() {
    let mut restore = checked(&[], &[]);
    answer(&mut restore, vec![Answer::LastRestore(known(Some(Status::Transferring)))]);
    assert_eq!(restore.under_way().map(|key| key.kind), Some(OperationKind::Restore));
    restore.update(Event::SubmitPressed);
    assert_eq!(restore.update(Event::Ended), [Effect::Ask { round: 2, questions: AGAIN }]);
    assert_eq!(restore.dialog, Dialog::Open);
}

#[test]
fn a_new_check_of_everything_closes_the_confirmation() {
    let mut restore = confirmed();
    restore.update(Event::CheckAgainPressed);
    assert_eq!(answer(&mut restore, answers(&[], &[])), []);
    assert_eq!(restore.dialog, Dialog::Closed);
}

#[test]
fn the_answer_to_an_earlier_check_changes_nothing() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::CheckAgainPressed);
    restore.update(Event::Answered { round: 1, answer: Box::new(Answer::Backup(known(None))) });
    assert_eq!(restore.why_not(), None);
    assert!(restore.is_checking());
}

#[test]
fn a_draft_brings_ticks_and_options_back() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::Ticked("Author".into(), false));
    let effects = restore.update(Event::CpuTyped("30".into()));
    let [Effect::KeepDraft(form)] = effects.as_slice() else { panic!("no draft was kept") };
    let text = form.to_json().to_string();
    let mut again = Restore::new(key(), Vec::new(), read_json(&text).ok());
    answer(&mut again, answers(&[], &[]));
    assert_eq!((again.selection(), again.form.cpu.as_str()), (names(&["Article", "Contract"]), "30"));
}

#[test]
fn a_discarded_form_is_as_it_began_and_its_draft_is_dropped() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::Ticked("Author".into(), false));
    restore.update(Event::OverwriteAliasTicked(true));
    assert_eq!(restore.update(Event::DiscardPressed), [Effect::DropDraft]);
    assert_eq!(body(&restore), json!({"include": ["Article", "Author", "Contract"]}));
}

#[test]
fn a_backup_that_is_not_there_is_said_before_that_nothing_is_chosen() {
    let mut restore = checked_without_names();
    answer(&mut restore, vec![Answer::Backup(known(None))]);
    assert_eq!(restore.why_not(), Some(WhyNot::Blocked(2)));
    assert_eq!(blocking(&restore), Some(Kind::NoSuchBackup));
}

#[test]
fn aliases_are_overwritten_only_where_the_server_can() {
    let mut restore = checked(&[], &[]);
    restore.update(Event::OverwriteAliasTicked(true));
    restore.update(Event::ServerChanged { nodes: node(), version: Some(Version::new(1, 32, 4)) });
    assert_eq!(restore.overwriting_needs(), Some(Version::new(1, 32, 5)));
    assert_eq!(body(&restore).get("overwriteAlias"), None);
    restore.update(Event::ServerChanged { nodes: node(), version: Some(Version::new(1, 32, 5)) });
    assert_eq!(body(&restore)["overwriteAlias"], json!(true));
}

#[test]
fn a_version_that_was_not_tried_is_said() {
    let mut restore = checked(&[], &[]);
    let version = Version::new(1, 40, 0);
    restore.update(Event::ServerChanged { nodes: node(), version: Some(version) });
    assert!(restore.report().findings().iter().any(|finding| finding.kind == Kind::VersionNotTried(version)));
    assert_eq!((restore.why_not(), restore.ready()), (None, Some(1)));
}

#[test]
fn the_outlook_says_the_worst_first() {
    let ready = checked(&["Other"], &[]);
    assert_eq!(ready.outlook(), Outlook::Ready { count: Some(3), warnings: 0 });
    let mut unseen = checked_without_names();
    assert_eq!(unseen.outlook(), Outlook::Waits(WhyNot::NothingChosen));
    unseen.update(Event::EverythingTicked(true));
    assert!(matches!(unseen.outlook(), Outlook::Ready { count: None, warnings: 1.. }), "{:?}", unseen.outlook());

    let mut worse = checked(&["Article"], &[]);
    worse.update(Event::OthersChanged { open: vec![key()], running: vec![key()] });
    assert_eq!(worse.outlook(), Outlook::InTheWay { blocked: 1, free: 2 });
    worse.update(Event::LeaveAllOutPressed);
    assert_eq!(blocking(&worse), Some(Kind::OtherRestoresUnderWay(vec![key()])));
    worse.update(Event::CpuTyped("81".into()));
    assert!(matches!(worse.outlook(), Outlook::Waits(WhyNot::Cpu(_))));
    answer(&mut worse, vec![Answer::Backup(known(Some(Status::Failed)))]);
    assert_eq!(worse.outlook(), Outlook::Unusable(WhyNot::Backup(Status::Failed)));
}

#[test]
fn a_restore_that_the_roles_do_not_allow_names_the_permission() {
    let mut restore = checked(&[], &[]);
    let article = r#"{"username":"bob","roles":[{"name":"a","permissions":[{"action":"manage_backups","backups":{"collection":"Article"}}]}]}"#;
    answer(&mut restore, vec![Answer::OwnInfo(known(read_json(article).unwrap()))]);
    let lack = Lack::Of(names(&["Author", "Contract"]));
    assert_eq!(restore.why_not(), Some(WhyNot::NotPermitted(lack.clone())));
    restore.update(Event::LeaveOutPressed(names_of(&Kind::NotPermitted(lack))));
    assert_eq!((restore.why_not(), restore.selection()), (None, names(&["Article"])));
}
