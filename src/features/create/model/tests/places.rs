use super::*;

/// An S3 backend that tells its place, and a filesystem.
fn with_places() -> Create {
    let place = |name: &str, place: &str| Backend { name: name.into(), place: Some(place.into()), error: None };
    let mut server = server(&[], 1);
    let backends = vec![place("s3", "s3://weaviate-backups/prod"), place("filesystem", "/var/backups")];
    server
        .meta
        .arrived(Ok(MetaFacts { version_text: "1.39.0".into(), version: Version::parse("1.39.0"), backends }), 0);
    let mut create = Create::new(None, None, "nightly-1".into());
    create.update(Event::ServerChanged(server));
    create.update(Event::NamesRead(known(vec!["Article".into()])));
    create
}

fn asked_at(effects: &[Effect]) -> Option<Location> {
    effects.iter().find_map(|effect| match effect {
        Effect::AskId { location, .. } => Some(location.clone()),
        _ => None,
    })
}

#[test]
fn another_bucket_and_path_are_sent_and_the_id_is_asked_for_there() {
    let mut create = with_places();
    assert_eq!(asked_at(&create.update(Event::ElsewhereChosen(true))), None);
    assert_eq!(asked_at(&create.update(Event::BucketTyped("second".into()))), Some(Location::new("second", "")));
    assert_eq!(
        asked_at(&create.update(Event::PathTyped(" teams/a ".into()))),
        Some(Location::new("second", "teams/a"))
    );
    assert_eq!(body(&create)["config"], json!({"Bucket": "second", "Path": "teams/a"}));
    assert_eq!(create.place(), "s3://second/teams/a");
    // An answer about the place before says nothing about this one.
    assert_eq!(create.why_not(), Some(WhyNot::IdNotAsked));
}

#[test]
fn a_filesystem_is_sent_no_bucket() {
    let mut create = with_places();
    create.update(Event::ElsewhereChosen(true));
    create.update(Event::BucketTyped("second".into()));
    create.update(Event::BackendChosen("filesystem".into()));
    create.update(Event::PathTyped("/mnt/extra".into()));
    assert_eq!(body(&create)["config"], json!({"Path": "/mnt/extra"}));
    assert_eq!(create.place(), "/mnt/extra");
}

#[test]
fn the_own_place_is_back_with_one_press_and_what_was_typed_stays() {
    let mut create = with_places();
    create.update(Event::ElsewhereChosen(true));
    create.update(Event::BucketTyped("second".into()));
    assert_eq!(asked_at(&create.update(Event::ElsewhereChosen(false))), Some(Location::default()));
    assert_eq!(body(&create), json!({"id": "nightly-1", "include": ["Article"]}));
    assert_eq!(asked_at(&create.update(Event::ElsewhereChosen(true))), Some(Location::new("second", "")));
}

#[test]
fn a_server_that_takes_no_place_is_sent_none() {
    let mut create = with_places();
    create.update(Event::ElsewhereChosen(true));
    create.update(Event::BucketTyped("second".into()));
    let mut old = create.server.clone();
    let meta = old.meta.get().cloned().unwrap();
    old.meta.arrived(Ok(MetaFacts { version: Version::parse("1.27.1"), ..meta }), 1);
    create.update(Event::ServerChanged(Box::new(old)));
    assert_eq!(create.location_needs(), Version::parse("1.27.2"));
    assert_eq!(create.location(), Location::default());
}
