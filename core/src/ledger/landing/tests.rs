use super::*;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn complaint(error: &str, name: &str) -> Option<Complaint> {
    complaints(error, &names(&["Article", "Author", "Vectorized", "Archive"]))?.remove(name)
}

#[test]
fn every_recorded_complaint_has_its_cause() {
    // The texts of `restore-onto-existing`, `alias` and of servers before v1.32.
    for (error, name, cause) in [
        (
            r#"could not restore classes: ["Article": error when trying to restore class: class name Article already exists]"#,
            "Article",
            Cause::AlreadyExists,
        ),
        (
            r#"could not restore classes: ["Article": class name Article already exists]"#,
            "Article",
            Cause::AlreadyExists,
        ),
        (
            r#"could not restore classes: ["Article": error when trying to restore class: alias name Article already exists]"#,
            "Article",
            Cause::AliasInTheWay,
        ),
        (
            r#"could not restore classes: ["Article": error when trying to restore class: class already exists: found similar class "ARTICLE"]"#,
            "Article",
            Cause::DiffersInCase { found: "ARTICLE".into() },
        ),
        (
            r#"could not restore classes: ["Vectorized": vectorizer: no module with name "text2vec-openai" present]"#,
            "Vectorized",
            Cause::ModuleMissing { name: "text2vec-openai".into() },
        ),
        (
            r#"could not restore classes: ["Archive": error when trying to restore class: updating db: init shard "archive_Pd": runtime error: slice bounds out of range [:131600064] with capacity 89669632]"#,
            "Archive",
            Cause::Other,
        ),
        (r#"could not restore classes: ["Article": alias name Article is too long]"#, "Article", Cause::Other),
        (r#"could not restore classes: ["Article": class name Article is too long]"#, "Article", Cause::Other),
        (r#"could not restore classes: ["Article": shard Article already exists]"#, "Article", Cause::Other),
    ] {
        let complaint = complaint(error, name).expect(error);
        assert_eq!(complaint.cause, cause, "{error}");
        assert!(error.contains(&complaint.words) && !complaint.words.is_empty());
    }
}

#[test]
fn only_a_complaint_about_collections_says_that_the_schema_was_applied() {
    let in_part = r#"could not restore classes: ["Article": class name Article already exists]"#;
    assert!(was_applied(in_part));
    let staged = "restore class Article: write files: get files: gzip.NewReader: gzip: invalid header";
    assert!(!was_applied(staged));
}

#[test]
fn several_complaints_are_told_apart_though_nothing_but_a_space_is_between() {
    let error = r#"could not restore classes: ["Article": error when trying to restore class: class name Article already exists "Vectorized": vectorizer: no module with name "text2vec-openai" present "Author": error when trying to restore class: class name Author already exists]"#;
    let found = complaints(error, &names(&["Article", "Author", "Vectorized"])).unwrap();
    assert_eq!(found["Author"].cause, Cause::AlreadyExists);
    assert_eq!(found["Article"].words, "error when trying to restore class: class name Article already exists");
    assert_eq!(found["Vectorized"].cause, Cause::ModuleMissing { name: "text2vec-openai".into() });
}

#[test]
fn a_text_that_is_no_such_list_gives_none() {
    for error in ["", "restore class Author: write files: gzip.NewReader: EOF", "could not restore classes", "[]"] {
        assert_eq!(complaints(error, &names(&["Author"])), None, "{error}");
    }
}

#[test]
fn a_failed_restore_is_sorted_into_what_landed_and_what_did_not() {
    let error = r#"could not restore classes: ["Article": error when trying to restore class: class name Article already exists]"#;
    let asked = names(&["Article", "Author", "Gone"]);
    let landing = landing(&asked, Some(&names(&["Article"])), &names(&["Article", "Author"]), Some(error));
    assert_eq!(landing.in_place, ["Author"]);
    assert_eq!(landing.was_there_before[0].name, "Article");
    assert_eq!(landing.was_there_before[0].reason.as_ref().unwrap().cause, Cause::AlreadyExists);
    assert_eq!(landing.did_not_land, [DidNotLand { name: "Gone".into(), reason: None }]);
    assert_eq!(landing.to_ask_again(), ["Gone", "Article"]);
}

#[test]
fn what_came_or_is_not_complained_of_is_in_place() {
    let asked = names(&["Article", "Author"]);
    // It failed before anything was complained of.
    let absent_before = landing(&asked, Some(&[]), &names(&["Article"]), Some("unzip chunk: EOF"));
    assert_eq!(absent_before.in_place, ["Article"]);
    // What there was is not known, but the server names all that it could not restore.
    let error = r#"could not restore classes: ["Author": class name Author already exists]"#;
    let not_complained_of = landing(&asked, None, &asked, Some(error));
    assert_eq!((not_complained_of.in_place, not_complained_of.cannot_tell), (names(&["Article"]), Vec::new()));
}

#[test]
fn one_that_was_made_meanwhile_did_not_land_though_it_is_there() {
    let error = r#"could not restore classes: ["Article": class name Article already exists]"#;
    let landing = landing(&names(&["Article"]), Some(&[]), &names(&["Article"]), Some(error));
    assert_eq!(landing.did_not_land.len(), 1);
    assert!(landing.in_place.is_empty());
}

#[test]
fn without_a_list_of_complaints_and_a_before_nothing_is_claimed() {
    let landing = landing(&names(&["Article", "Author"]), None, &names(&["Article"]), Some("unzip chunk: EOF"));
    assert_eq!(landing.cannot_tell, ["Article"]);
    assert_eq!(landing.did_not_land[0].name, "Author");
    assert!(landing.in_place.is_empty());
}

proptest::proptest! {
    #[test]
    fn any_text_is_taken_apart_without_panic_and_every_name_is_sorted_once(
        error in "(could not restore classes: \\[)?[\"A-C: \\]\\[备a-z]{0,80}",
        asked in proptest::collection::btree_set("[A-C]{1,2}", 0..6),
        before in proptest::option::of(proptest::collection::vec("[A-C]{1,2}", 0..4)),
        now in proptest::collection::vec("[A-C]{1,2}", 0..4),
    ) {
        let asked: Vec<String> = asked.into_iter().collect();
        let landing = landing(&asked, before.as_deref(), &now, Some(&error));
        let mut sorted: Vec<&String> = landing.in_place.iter().chain(&landing.cannot_tell)
            .chain(landing.did_not_land.iter().chain(&landing.was_there_before).map(|missing| &missing.name)).collect();
        sorted.sort();
        proptest::prop_assert_eq!(sorted, asked.iter().collect::<Vec<_>>());
        proptest::prop_assert!(landing.in_place.iter().all(|name| now.contains(name)));
    }
}
