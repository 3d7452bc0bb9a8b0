use serde_json::json;
use weaviate_backups::api::json::{Json, read as read_json};
use weaviate_backups::api::wire::OwnInfo;
use weaviate_backups::domain::backend::Backend;
use weaviate_backups::domain::compression::CompressionLevel;
use weaviate_backups::domain::selection::SelectionError;
use weaviate_backups::domain::version::Version;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::finding::Kind;
use weaviate_backups::preflight::rights::{Lack, Rights};

use super::*;
use crate::server::{MetaFacts, NodeFacts as Seen, User};

fn known<T>(value: T) -> Fact<T> {
    Fact::Known { at: WallMillis(1), value }
}

fn server(backends: &[&str], nodes: usize) -> Box<Server> {
    let backend = |name: &&str| Backend { name: (*name).into(), place: None, error: None };
    let meta =
        MetaFacts { version_text: "1.39.0".into(), version: None, backends: backends.iter().map(backend).collect() };
    let node = |number| Seen { name: format!("node{number}"), status: "HEALTHY".into(), version: None, mode: None };
    let mut server = Server::default();
    server.meta.arrived(Ok(meta), 0);
    server.nodes.arrived(Ok((1..=nodes).map(node).collect()), 0);
    Box::new(server)
}

fn version_of(effects: &[Effect]) -> u32 {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::AskId { version, .. } => Some(*version),
        _ => None,
    });
    asked.expect("the id was not asked for")
}

/// A form that can be sent.
fn ready() -> Create {
    let mut create = Create::new(None, None, "nightly-1".into());
    let effects = create.update(Event::ServerChanged(server(&["s3"], 1)));
    let version = version_of(&effects);
    create.update(Event::NamesRead(known(vec!["Author".into(), "Article".into(), "Mailbox".into()])));
    create.update(Event::RunningRead { backend: "s3".into(), running: known(Vec::new()) });
    create.update(Event::IdAsked { version, known: known(None) });
    create
}

fn body(create: &Create) -> serde_json::Value {
    serde_json::from_str(create.request().unwrap().body.as_deref().unwrap()).unwrap()
}

#[test]
fn an_id_of_the_moment_is_proposed() {
    assert_eq!(proposed_id(1_795_509_060_000), "backup-2026-11-24-0831");
    assert!(BackupId::parse(&proposed_id(i64::MAX)).is_ok());
}

#[test]
fn everything_is_sent_by_name() {
    let create = ready();
    assert_eq!(create.why_not(), None);
    assert_eq!(body(&create), json!({"id": "nightly-1", "include": ["Article", "Author", "Mailbox"]}));
}

#[test]
fn a_pattern_is_ticked_and_sent_as_names() {
    let mut create = ready();
    create.update(Event::ModeChosen(Mode::Only));
    create.update(Event::FilterTyped("A*".into()));
    assert_eq!(create.shown(), ["Article", "Author"]);
    create.update(Event::MatchesTicked);
    assert_eq!(body(&create)["include"], json!(["Article", "Author"]));
}

#[test]
fn a_pattern_without_a_match_shows_nothing_and_nothing_chosen_is_refused() {
    let mut create = ready();
    create.update(Event::ModeChosen(Mode::Only));
    create.update(Event::FilterTyped("Z*".into()));
    assert!(create.shown().is_empty());
    create.update(Event::MatchesTicked);
    assert_eq!(create.why_not(), Some(WhyNot::Selection(SelectionError::NothingChosen)));
}

#[test]
fn leaving_out_sends_the_others_by_name_and_never_an_exclude() {
    let mut create = ready();
    create.update(Event::ModeChosen(Mode::Except));
    create.update(Event::Ticked("Mailbox".into(), false));
    assert!(!create.is_ticked("Mailbox") && create.is_ticked("Author"));
    assert_eq!(body(&create), json!({"id": "nightly-1", "include": ["Article", "Author"]}));
}

#[test]
fn an_id_with_capitals_is_refused_with_the_nearest_one() {
    let mut create = ready();
    assert_eq!(create.update(Event::IdTyped("Nightly.1".into())).len(), 1, "only the draft is kept");
    match create.why_not() {
        Some(WhyNot::Id(BackupIdError::Characters { suggestion: Some(id), .. })) => {
            assert_eq!(id.as_str(), "nightly-1");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_taken_id_and_that_of_a_canceled_backup_are_told_apart() {
    let mut create = ready();
    let version = version_of(&create.update(Event::IdTyped("taken".into())));
    assert_eq!(create.why_not(), Some(WhyNot::IdNotAsked));
    create.update(Event::IdAsked { version, known: known(Some(Status::Success)) });
    assert_eq!(create.why_not(), Some(WhyNot::IdTaken(Status::Success)));
    create.update(Event::IdAsked { version, known: known(Some(Status::Canceled)) });
    assert_eq!(create.why_not(), Some(WhyNot::IdOfCanceled));
}

#[test]
fn the_answer_about_an_id_typed_earlier_is_ignored() {
    let mut create = ready();
    let version = version_of(&create.update(Event::IdTyped("first".into())));
    create.update(Event::IdTyped("second".into()));
    create.update(Event::IdAsked { version, known: known(None) });
    assert_eq!(create.why_not(), Some(WhyNot::IdNotAsked));
}

#[test]
fn the_processors_share_is_one_to_eighty() {
    let mut create = ready();
    for (typed, expected) in [("0", CpuPercentageError::TooLow), ("81", CpuPercentageError::TooHigh)] {
        create.update(Event::CpuTyped(typed.into()));
        assert_eq!(create.why_not(), Some(WhyNot::Cpu(expected)));
    }
    create.update(Event::CpuTyped("80".into()));
    create.update(Event::CompressionChosen("ZstdBestSpeed".into()));
    assert_eq!(body(&create)["config"], json!({"CPUPercentage": 80, "CompressionLevel": "ZstdBestSpeed"}));
}

#[test]
fn the_filesystem_of_a_cluster_is_not_chosen_and_refused() {
    let mut create = Create::new(None, None, "n".into());
    create.update(Event::ServerChanged(server(&["filesystem", "s3"], 3)));
    assert_eq!(create.form.backend, "s3");
    assert_eq!(create.backend_refused("filesystem"), Some(3));
    assert_eq!(create.backend_refused("s3"), None);
}

#[test]
fn a_half_filled_form_is_kept_and_a_discarded_one_is_not() {
    let mut create = ready();
    let effects = create.update(Event::CpuTyped("33".into()));
    let Some(Effect::KeepDraft(draft)) = effects.last() else { panic!("no draft") };
    let kept = read_json(&draft.to_json().to_string()).ok();
    assert_eq!(Create::new(kept, None, "other".into()).form.cpu, "33");
    let effects = create.update(Event::DiscardPressed { proposed_id: "fresh".into() });
    assert!(effects.contains(&Effect::DropDraft));
    assert_eq!((create.form.id.as_str(), create.form.cpu.as_str()), ("fresh", ""));
}

#[test]
fn while_a_check_is_not_answered_it_is_not_ready() {
    let mut create = ready();
    let version = version_of(&create.update(Event::BackendChosen("s3".into())));
    create.update(Event::IdAsked { version, known: known(None) });
    assert_eq!(create.why_not(), Some(WhyNot::NotChecked));
    create.update(Event::RunningRead { backend: "gcs".into(), running: known(Vec::new()) });
    assert_eq!(create.why_not(), Some(WhyNot::NotChecked), "the answer about another backend is none about this one");
    create.update(Event::RunningRead { backend: "s3".into(), running: known(vec!["other".into()]) });
    assert_eq!(create.why_not(), None, "another create is a warning");
}

#[test]
fn an_id_that_this_key_may_not_read_is_taken() {
    let mut create = ready();
    let version = version_of(&create.update(Event::IdTyped("hidden".into())));
    let refused = Fact::Failed { at: WallMillis(1), kind: ErrorKind::NotPermitted, words: "forbidden".into() };
    create.update(Event::IdAsked { version, known: refused });
    assert_eq!(create.why_not(), Some(WhyNot::IdTakenUnseen));
    assert!(!create.id_seen_free());
}

#[test]
fn an_id_that_could_not_be_asked_about_is_not_said_to_be_free() {
    let mut create = ready();
    let version = version_of(&create.update(Event::IdTyped("unknown".into())));
    let lost = Fact::Failed { at: WallMillis(1), kind: ErrorKind::Unreachable, words: String::new() };
    create.update(Event::IdAsked { version, known: lost });
    assert_eq!(create.why_not(), None, "the server checks it before it begins");
    assert!(!create.id_seen_free());
}

#[test]
fn another_backend_is_chosen_once_the_nodes_rule_the_filesystem_out() {
    let mut create = Create::new(None, None, "n".into());
    let mut before_nodes = server(&["filesystem", "s3"], 3);
    before_nodes.nodes = crate::loadable::Loadable::default();
    create.update(Event::ServerChanged(before_nodes));
    assert_eq!(create.form.backend, "filesystem");
    create.update(Event::ServerChanged(server(&["filesystem", "s3"], 3)));
    assert_eq!(create.form.backend, "s3");
}

#[test]
fn unticking_one_of_all_leaves_it_out() {
    let mut create = ready();
    create.update(Event::Ticked("Mailbox".into(), false));
    assert_eq!(create.form.mode, Mode::Except);
    assert_eq!(body(&create)["include"], json!(["Article", "Author"]));
    create.update(Event::AllTicked(true));
    assert_eq!(create.selection().unwrap().names().len(), 3);
    create.update(Event::AllTicked(false));
    assert_eq!(create.why_not(), Some(WhyNot::Selection(SelectionError::NothingChosen)));
}

#[test]
fn a_name_of_a_draft_that_is_gone_is_said_and_can_be_left_out() {
    let mut create = ready();
    create.form.mode = Mode::Only;
    create.form.ticked = ["Author".to_owned(), "Gone".to_owned()].into();
    assert_eq!(create.why_not(), Some(WhyNot::Selection(SelectionError::UnknownName("Gone".into()))));
    assert_eq!(create.missing(), ["Gone"]);
    create.update(Event::MissingDropped);
    assert_eq!(body(&create)["include"], json!(["Author"]));
}

#[test]
fn what_is_asked_again_is_the_server_the_names_the_id_and_what_runs() {
    let mut create = ready();
    assert!(!create.is_checking());
    let effects = create.update(Event::AskedAgain);
    assert_eq!(effects[..2], [Effect::AskServer, Effect::AskNames]);
    assert!(matches!(effects[2..], [Effect::AskId { .. }, Effect::AskRunning { .. }]), "{effects:?}");
    assert!(create.is_checking());
}

#[test]
fn a_server_without_a_backend_is_not_checked_for_ever() {
    let mut create = Create::new(None, None, "nightly-1".into());
    create.update(Event::ServerChanged(server(&[], 1)));
    assert!(create.is_checking(), "the names are not read yet");
    create.update(Event::NamesRead(known(Vec::new())));
    assert!(!create.is_checking());
}

#[test]
fn what_the_server_would_refuse_is_told_from_what_is_not_known_yet() {
    let lack = Lack::Of(vec!["Author".into()]);
    let refused = [
        WhyNot::IdTaken(Status::Success),
        WhyNot::IdTakenUnseen,
        WhyNot::IdOfCanceled,
        WhyNot::FilesystemOnSeveralNodes(3),
        WhyNot::NotPermitted(lack),
        WhyNot::InTheWay,
    ];
    assert!(refused.iter().all(WhyNot::is_refusal));
    let open = [WhyNot::IdNotAsked, WhyNot::NoBackend, WhyNot::NamesNotRead, WhyNot::NotChecked];
    assert!(!open.iter().any(WhyNot::is_refusal));
}

#[test]
fn names_that_could_not_be_read_are_asked_for_again_on_request() {
    let mut create = ready();
    create.update(Event::NamesRead(Fact::Failed {
        at: WallMillis(1),
        kind: ErrorKind::TimedOut { limit_millis: 1 },
        words: "late".into(),
    }));
    assert_eq!(create.why_not(), Some(WhyNot::NamesFailed("late".into())));
    assert!(create.update(Event::AskedAgain).contains(&Effect::AskNames));
    assert_eq!(create.why_not(), Some(WhyNot::NamesNotRead));
}

#[test]
fn a_pattern_that_cannot_be_read_is_told_from_one_without_a_match() {
    let mut create = ready();
    create.update(Event::FilterTyped("Z*".into()));
    assert!(!create.filter_is_malformed());
    create.update(Event::FilterTyped("A[".into()));
    assert!(create.filter_is_malformed() && create.shown().is_empty());
}

fn of_version(create: &mut Create, version: &str) {
    let mut server = server(&["s3"], 1);
    let meta = MetaFacts { version: Version::parse(version), ..server.meta.get().unwrap().clone() };
    server.meta.arrived(Ok(meta), 0);
    create.update(Event::ServerChanged(server));
}

#[test]
fn a_level_that_the_server_lacks_is_neither_offered_nor_sent() {
    let mut create = ready();
    create.update(Event::CompressionChosen("ZstdBestSpeed".into()));
    assert_eq!(body(&create)["config"], json!({"CompressionLevel": "ZstdBestSpeed"}));
    of_version(&mut create, "1.32.17");
    assert_eq!(create.zstd_needs(), Version::parse("1.32.18"));
    assert!(create.offers(CompressionLevel::BestSpeed) && !create.offers(CompressionLevel::NoCompression));
    assert_eq!((create.compression(), body(&create).get("config")), (None, None));
    of_version(&mut create, "1.32.18");
    assert_eq!(create.compression(), Some(CompressionLevel::ZstdBestSpeed));
}

#[test]
fn inactive_tenants_are_left_out_by_old_servers_only() {
    let mut create = ready();
    of_version(&mut create, "1.35.16");
    assert_eq!(create.inactive_tenants_since(), Version::parse("1.35.17"));
    of_version(&mut create, "1.39.0");
    assert_eq!(create.inactive_tenants_since(), None);
}

#[test]
fn a_form_is_ready_with_its_warnings_and_never_while_it_cannot_be_sent() {
    let mut create = ready();
    assert_eq!(create.ready(), Some(0));
    create.update(Event::RunningRead { backend: "s3".into(), running: known(vec!["weekly".into()]) });
    assert_eq!(create.ready(), Some(1));
    create.update(Event::CpuTyped("81".into()));
    assert_eq!(create.ready(), None);
}

#[test]
fn names_may_be_hidden_from_a_user_with_some_roles_and_from_one_without_any_who_sees_none() {
    let seen_by = |roles: &[&str], names: Vec<String>| {
        let mut create = ready();
        let sees_all = roles.contains(&"admin");
        let roles = roles.iter().map(ToString::to_string).collect();
        create
            .server
            .user
            .arrived(Ok(User::Named { name: "bob".into(), roles, rights: Rights::default(), sees_all }), 0);
        create.update(Event::NamesRead(known(names)));
        create.may_be_partial()
    };
    assert!(seen_by(&["operator"], vec!["Author".into()]));
    assert!(!seen_by(&["admin"], vec!["Author".into()]));
    assert!(!seen_by(&[], vec!["Author".into()]));
    assert!(seen_by(&[], Vec::new()));
}

#[test]
fn nothing_is_awaited_about_a_text_that_is_no_id() {
    let mut create = ready();
    create.update(Event::IdTyped("Not An Id".into()));
    assert_eq!(create.id_known, Fact::NotOffered);
    assert!(create.report().findings().iter().all(|finding| finding.kind != Kind::NotAsked));
}

#[test]
fn nothing_is_sent_while_the_server_does_not_accept_the_key() {
    let mut create = ready();
    let version = create.version();
    let refused = Fact::Failed { at: WallMillis(1), kind: ErrorKind::NotSignedIn, words: "invalid api key".into() };
    create.update(Event::IdAsked { version, known: refused });
    assert_eq!(create.why_not(), Some(WhyNot::IdNotAsked));
}

mod places;
mod rights;

#[test]
fn a_link_says_where_to_and_the_draft_the_rest() {
    let draft = Form { id: "weekly".into(), backend: "filesystem".into(), path: "/old".into(), ..Form::default() };
    let to = |bucket, path| Some(Target { backend: "s3".into(), location: Location::new(bucket, path) });
    let create = Create::new(Some(draft.clone()), to("dr", ""), "n".into());
    assert_eq!(create.location(), Location::new("dr", ""));
    assert_eq!((create.form.id.as_str(), create.form.backend.as_str()), ("weekly", "s3"));
    let create = Create::new(Some(draft), to("", ""), "n".into());
    assert!(create.location().is_default() && !create.form.elsewhere);
}
