use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::domain::backend::Backend;

use super::*;
use crate::features::connect::diagnosis::{Discovery, PageFacts};
use weaviate_backups::api::call::Call;

fn good() -> Box<Observed> {
    let backend = Backend { name: "s3".into(), place: None, error: None };
    Box::new(Observed {
        discovery: Ok(Discovery::NoOidc),
        answered_unread: None,
        meta: Some(Ok(MetaFacts { version_text: "1.39.0".into(), version: None, backends: vec![backend] })),
        page: PageFacts::default(),
        key_was_sent: false,
        at: 0,
    })
}

fn needs_key() -> Box<Observed> {
    let error = ApiError {
        connection: ConnectionId("c".into()),
        call: Call::Meta,
        kind: ErrorKind::NotSignedIn,
        messages: vec!["anonymous access not enabled ... [API-keys]".into()],
        http_status: Some(401),
        excerpt: None,
    };
    Box::new(Observed { meta: Some(Err(error)), ..*good() })
}

fn typed(url: &str) -> Connect {
    let mut connect = Connect::new(Vec::new(), None);
    connect.update(Event::UrlTyped(url.into()));
    connect
}

fn opened(effects: Vec<Effect>) -> SavedConnection {
    match effects.into_iter().next() {
        Some(Effect::Open { connection, .. }) => connection,
        _ => panic!("nothing was opened"),
    }
}

#[test]
fn a_good_server_is_saved_and_opened() {
    let mut connect = typed("http://localhost:8080/");
    let effects = connect.update(Event::SubmitPressed);
    assert!(matches!(effects.as_slice(), [Effect::Observe { version: 1, secret: None, .. }]));
    let connection = opened(connect.update(Event::Observed { version: 1, observed: good() }));
    assert_eq!((connection.id.0.as_str(), connection.name.as_str()), ("localhost", "localhost"));
    assert_eq!(connection.last_version.as_deref(), Some("1.39.0"));
}

#[test]
fn a_second_press_while_checking_does_nothing() {
    let mut connect = typed("http://localhost:8080");
    assert_eq!(connect.update(Event::SubmitPressed).len(), 1);
    assert!(connect.update(Event::SubmitPressed).is_empty());
}

#[test]
fn the_answer_to_an_abandoned_attempt_is_ignored() {
    let mut connect = typed("http://localhost:8080");
    connect.update(Event::SubmitPressed);
    connect.update(Event::UrlTyped("http://other:8080".into()));
    assert!(connect.update(Event::Observed { version: 1, observed: good() }).is_empty());
    assert!(connect.attempt == Attempt::None);
}

#[test]
fn a_failure_keeps_what_was_typed_and_asks_for_the_key() {
    let mut connect = typed("http://localhost:8080");
    connect.update(Event::NameTyped("laptop".into()));
    connect.update(Event::SubmitPressed);
    connect.update(Event::Observed { version: 1, observed: needs_key() });
    assert_eq!(connect.sign_in(), SignIn::ApiKey);
    assert_eq!((connect.name().as_str(), connect.form.url.as_str()), ("laptop", "http://localhost:8080"));
    connect.update(Event::SubmitPressed);
    assert!(connect.attempt == Attempt::Refused(FormError::KeyMissing));
}

#[test]
fn a_key_with_a_blank_inside_is_refused_before_it_is_sent() {
    let mut connect = typed("http://localhost:8080");
    connect.update(Event::SignInChosen(SignIn::ApiKey));
    connect.update(Event::KeyTyped("two words".into()));
    assert!(connect.update(Event::SubmitPressed).is_empty());
    assert!(connect.attempt == Attempt::Refused(FormError::KeyCharacters));
}

#[test]
fn a_saved_connection_whose_key_is_gone_fills_the_form() {
    let mut connect = typed("http://localhost:8080");
    connect.update(Event::SignInChosen(SignIn::ApiKey));
    connect.update(Event::KeyTyped("k".into()));
    connect.update(Event::SubmitPressed);
    let saved = opened(connect.update(Event::Observed { version: 1, observed: good() }));
    let mut again = Connect::new(vec![saved.clone()], None);
    assert!(again.update(Event::SavedPressed(saved.id.clone(), None)).is_empty());
    assert_eq!(again.editing, Some(saved.id.clone()));
    assert_eq!(again.form.url, "http://localhost:8080");
    let secret = Secret::new("k", saved.url.origin());
    assert_eq!(again.update(Event::SavedPressed(saved.id, secret)).len(), 1);
}

#[test]
fn the_same_server_typed_again_is_the_same_connection() {
    let mut connect = typed("http://localhost:8080");
    connect.update(Event::SubmitPressed);
    let saved = opened(connect.update(Event::Observed { version: 1, observed: good() }));
    let mut again = Connect::new(vec![saved.clone()], Some("http://LOCALHOST:8080/v1".into()));
    again.update(Event::SubmitPressed);
    assert_eq!(opened(again.update(Event::Observed { version: 1, observed: good() })).id, saved.id);
}

fn production() -> SavedConnection {
    let mut connect = typed("https://prod.example");
    connect.update(Event::SignInChosen(SignIn::ApiKey));
    connect.update(Event::KeyTyped("k".into()));
    connect.update(Event::NameTyped("prod".into()));
    connect.update(Event::EnvironmentChosen(Environment::Production));
    connect.update(Event::KeepKeyChosen(KeepKey::InBrowser));
    connect.update(Event::SubmitPressed);
    opened(connect.update(Event::Observed { version: 1, observed: good() }))
}

#[test]
fn the_same_server_typed_again_keeps_all_that_was_saved_of_it() {
    let mut again = Connect::new(vec![production()], None);
    again.update(Event::UrlTyped("https://prod.example".into()));
    assert_eq!(again.environment(), Environment::Production, "it is shown before it is saved");
    again.update(Event::SubmitPressed);
    assert!(again.attempt == Attempt::Refused(FormError::KeyMissing), "it is not saved without its key");
    again.update(Event::KeyTyped("k".into()));
    again.update(Event::SubmitPressed);
    let opened = opened(again.update(Event::Observed { version: 1, observed: good() }));
    let kept = (opened.name.as_str(), opened.environment, opened.keep_key);
    assert_eq!(kept, ("prod", Environment::Production, KeepKey::InBrowser));
}

#[test]
fn what_was_chosen_for_a_server_outlives_its_address() {
    let mut again = Connect::new(vec![production()], None);
    again.update(Event::EnvironmentChosen(Environment::Staging));
    again.update(Event::UrlTyped("https://prod.example".into()));
    assert_eq!((again.environment(), again.name().as_str()), (Environment::Staging, "prod"));
    again.update(Event::UrlTyped("https://prod.example.org".into()));
    assert_eq!(
        (again.environment(), again.name().as_str(), again.keep_key()),
        (Environment::Staging, "prod.example.org", KeepKey::default())
    );
}

#[test]
fn another_address_is_another_connection_also_when_a_saved_one_is_edited() {
    let prod = production();
    let mut connect = Connect::new(vec![prod.clone()], None);
    connect.update(Event::EditPressed(prod.id.clone()));
    assert_eq!(connect.edits(), Some(&prod));
    connect.update(Event::UrlTyped("https://new.example".into()));
    assert_eq!(connect.edits(), None);
    connect.update(Event::KeyTyped("k".into()));
    connect.update(Event::SubmitPressed);
    let opened = opened(connect.update(Event::Observed { version: 1, observed: good() }));
    assert_ne!(opened.id, prod.id);
    assert_eq!(opened.environment, Environment::Production, "what the form was filled with stays");
}
