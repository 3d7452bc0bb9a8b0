use serde_json::json;
use weaviate_backups::domain::backend::Backend;

use super::*;
use crate::server::{MetaFacts, NodeFacts as Seen};

fn known<T>(value: T) -> Fact<T> {
    Fact::Known { at: WallMillis(1), value }
}

fn server(backends: &[&str], nodes: usize) -> Box<Server> {
    let backend = |name: &&str| Backend { name: (*name).into(), place: None, error: None };
    let meta =
        MetaFacts { version_text: "1.39.0".into(), version: None, backends: backends.iter().map(backend).collect() };
    let node = |number| Seen { name: format!("node{number}"), status: "HEALTHY".into(), version: None };
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
    let mut create = Create::new(None, "nightly-1".into());
    let effects = create.update(Event::ServerChanged(server(&["s3"], 1)));
    let version = version_of(&effects);
    create.update(Event::NamesRead(known(vec!["Author".into(), "Article".into(), "Mailbox".into()])));
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
    let mut create = Create::new(None, "n".into());
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
    assert_eq!(Create::new(Some(draft.clone()), "other".into()).form.cpu, "33");
    let effects = create.update(Event::DiscardPressed { proposed_id: "fresh".into() });
    assert!(effects.contains(&Effect::DropDraft));
    assert_eq!((create.form.id.as_str(), create.form.cpu.as_str()), ("fresh", ""));
}
