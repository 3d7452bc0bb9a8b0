//! The catalogue of server messages, held to the messages of the behaviour notes (`messages/backups-api.json`) and to
//! every message that a server was recorded with.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use weaviate_backup_console::features::backups::absence::Absence;
use weaviate_backup_console::i18n::Lang;
use weaviate_backup_console::i18n::catalogue::{self, Cause, Entry, Rank, Template, Texts};
use weaviate_backups::api::call::Call;
use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::domain::operation::ConnectionId;
use weaviate_backups::ledger::landing::{self, Complaint};
use weaviate_backups::preflight::finding::Kind as Finding;

fn tests() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A message of the tables, with example values in its places, and what the catalogue is to make of it.
struct Row {
    place: String,
    message: String,
    expected: Expected,
}

enum Expected {
    Cause(String),
    Omitted { reason: String },
}

fn rows() -> Vec<Row> {
    let rows = json(&tests().join("messages/backups-api.json"));
    let row = |row: &Value| {
        let text = |member: &str| row.get(member).map(|value| value.as_str().unwrap().to_owned());
        let expected = match (text("cause"), text("omitted")) {
            (Some(cause), None) => Expected::Cause(cause),
            (None, Some(reason)) => Expected::Omitted { reason },
            _ => panic!("neither a cause nor an omission, or both: {row}"),
        };
        let place = format!("{} {}", text("section").unwrap(), text("trigger").unwrap());
        Row { place, message: text("message").unwrap(), expected }
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

/// The errors of an answer's body, wherever they stand: `message` of an error body, `error` of a status.
fn messages_in(body: &Value, found: &mut BTreeSet<String>) {
    match body {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if (name == "message" || name == "error") && !text.is_empty() => {
                        found.insert(text.clone());
                    }
                    value => messages_in(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| messages_in(value, found)),
        // The gate for anonymous access sends its JSON as text.
        Value::String(text) if text.starts_with('{') => {
            if let Ok(inner) = serde_json::from_str(text) {
                messages_in(&inner, found);
            }
        }
        _ => {}
    }
}

/// Every message of every recording, each once.
fn recorded() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut files = 0;
    for version in std::fs::read_dir(tests().join("recordings")).unwrap() {
        let version = version.unwrap().path();
        if !version.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&version).unwrap() {
            let recording = json(&file.unwrap().path());
            for exchange in recording["exchanges"].as_array().unwrap() {
                messages_in(&exchange["response"]["body"], &mut found);
            }
            files += 1;
        }
    }
    assert!(files >= 80, "only {files} recordings were read");
    found
}

/// Recorded messages that have no entry, by their beginning, each with why.
const RECORDED_WITHOUT_ENTRY: [(&str, &str); 2] = [
    ("failed to execute query: could not get tenants", "the console asks for no tenants"),
    ("invalid output: \"full\"", "the console asks for no such output of nodes"),
];

fn name(cause: Cause) -> String {
    format!("{cause:?}")
}

#[test]
fn every_row_of_the_tables_has_its_cause_or_a_named_omission() {
    let rows = rows();
    assert!(rows.len() > 100, "only {} rows were read", rows.len());
    let (mut wrong, mut omitted) = (Vec::new(), 0);
    for Row { place, message, expected } in &rows {
        let found = catalogue::entry_of(message).map(|entry| name(entry.cause));
        match expected {
            Expected::Cause(cause) if found.as_ref() == Some(cause) => {}
            Expected::Cause(cause) => wrong.push(format!("{place}: {message}: {found:?} and not {cause}")),
            Expected::Omitted { reason } => {
                omitted += 1;
                assert!(reason.len() > 10, "{place}: an omission says why");
                assert!(found.is_none(), "{place} is said to be omitted, and is {found:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    assert!(omitted * 10 <= rows.len(), "{omitted} of {} rows are omitted", rows.len());
}

#[test]
fn every_recorded_message_has_an_entry_or_is_named_here_and_shown_whole() {
    let recorded = recorded();
    assert!(recorded.len() > 200, "only {} messages were read", recorded.len());
    let (mut unknown, mut without_entry) = (Vec::new(), 0);
    let mut used = BTreeSet::new();
    for message in &recorded {
        if catalogue::entry_of(message).is_some() {
            continue;
        }
        match RECORDED_WITHOUT_ENTRY.iter().find(|(start, _)| message.starts_with(start)) {
            Some((start, _)) => {
                used.insert(*start);
                without_entry += 1;
                assert_eq!(Lang::En.explanation(message), None);
            }
            None => unknown.push(message.as_str()),
        }
    }
    eprintln!("{} of {} recorded messages have an entry", recorded.len() - without_entry, recorded.len());
    assert!(unknown.is_empty(), "{} of {}:\n{}", unknown.len(), recorded.len(), unknown.join("\n"));
    let named: BTreeSet<&str> = RECORDED_WITHOUT_ENTRY.iter().map(|(start, _)| *start).collect();
    assert_eq!(used, named, "a message that is named without need");
}

#[test]
fn no_two_causes_claim_the_same_message_unless_it_lists_a_reason_for_each_collection() {
    let all: BTreeSet<String> = recorded().into_iter().chain(rows().into_iter().map(|row| row.message)).collect();
    for message in all {
        let claims: Vec<String> = catalogue::claims(&message).iter().map(|entry| name(entry.cause)).collect();
        let is_list = message.starts_with("could not restore classes: [") && message.matches("\": ").count() > 1;
        assert!(claims.len() <= 1 || is_list, "{message}: {claims:?}");
        let different = is_list && claims.len() > 1;
        let entry = catalogue::entry_of(&message).map(|entry| entry.cause);
        assert!(!different || entry == Some(Cause::RestoredInPart), "{message}: {claims:?}, told as {entry:?}");
    }
}

#[test]
fn every_template_fits_a_message_that_a_server_sends() {
    let all: BTreeSet<String> = recorded().into_iter().chain(rows().into_iter().map(|row| row.message)).collect();
    let is_used = |template: &Template, entry: &Entry| {
        all.iter().any(|message| {
            template.fits(message) && catalogue::entry_of(message).is_some_and(|found| found.cause == entry.cause)
        })
    };
    let mut unused = Vec::new();
    for entry in catalogue::entries() {
        for template in entry.templates.iter().filter(|template| !is_used(template, entry)) {
            unused.push(format!("{:?}: {}", entry.cause, template.words));
        }
    }
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}

#[test]
fn every_cause_has_one_entry_whose_texts_are_its_own_in_both_languages() {
    let mut texts = BTreeMap::new();
    for cause in Cause::ALL {
        let entries: Vec<&Entry> = catalogue::entries().filter(|entry| entry.cause == *cause).collect();
        assert_eq!(entries.len(), 1, "{cause:?}");
        let Entry { en, zh, .. } = entries[0];
        assert!(en.cause != zh.cause && en.next != zh.next, "{cause:?}");
        for Texts { cause: text, next } in [en, zh] {
            assert!(!text.is_empty() && !next.is_empty(), "{cause:?}");
            if let Some(other) = texts.insert(*text, cause) {
                panic!("{cause:?} and {other:?} say the same: {text}");
            }
        }
    }
    assert_eq!(catalogue::entries().count(), Cause::ALL.len());
}

/// The names of the holes of a text or template.
fn holes(text: &str) -> BTreeSet<&str> {
    let names = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().trim_start_matches('*'));
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn a_text_names_only_what_each_of_its_templates_takes_and_the_languages_name_the_same() {
    for entry in catalogue::entries() {
        let said =
            |texts: &'static Texts| holes(texts.cause).into_iter().chain(holes(texts.next)).collect::<BTreeSet<&str>>();
        let (en, zh) = (said(&entry.en), said(&entry.zh));
        assert_eq!(en, zh, "{:?}", entry.cause);
        for template in entry.templates {
            let taken = holes(template.words);
            assert!(en.is_subset(&taken), "{:?}: {en:?} of {taken:?}", entry.cause);
        }
    }
}

#[test]
fn a_template_begins_with_words_and_never_has_two_holes_side_by_side() {
    for template in catalogue::entries().flat_map(|entry| entry.templates) {
        let words = template.words;
        assert!(!words.starts_with('{') && !words.contains("}{") && !words.contains('\n'), "{words}");
        assert_eq!(words.matches('{').count(), words.matches('}').count(), "{words}");
    }
}

#[test]
fn what_a_message_names_stands_in_the_texts() {
    let told = |lang: Lang, message: &str| lang.explanation(message).unwrap().in_one(lang);
    let unknown = "class Nope doesn't exist\nclass Nada doesn't exist";
    assert!(told(Lang::En, unknown).contains("of this name: Nope, Nada."));
    assert!(told(Lang::Zh, unknown).contains("：Nope、Nada。"));
    let refused = "rbac: authorization, forbidden action: user 'bob' has insufficient permissions to create_backups [[Domain: backups,Collection: Author]]";
    assert!(told(Lang::En, refused).starts_with("The user bob lacks the permission manage_backups on Author."));
    let down =
        r#"node "node2" might be down: status request: make request: Post "http://10.0.0.2:7947/backups/status""#;
    assert!(told(Lang::En, down).starts_with("The node node2 went down"));
    for message in recorded().iter().chain(rows().iter().map(|row| &row.message)) {
        for lang in [Lang::En, Lang::Zh] {
            let text = lang.explanation(message).map(|explanation| explanation.in_one(lang)).unwrap_or_default();
            assert!(!text.contains(['{', '}']), "{message}: {text}");
            let empty = ["  ", " .", ": .", " ,", "：。", "“”"].iter().find(|gap| text.contains(**gap));
            assert_eq!(empty, None, "{message}: {text}");
        }
    }
}

#[test]
fn words_that_are_not_known_have_no_explanation() {
    for words in ["", "something quite new", "the bucket list is full", "Backup Nightly Already in Progress"] {
        assert_eq!(Lang::En.explanation(words), None, "{words}");
        assert!(catalogue::claims(words).is_empty());
    }
}

fn error(kind: ErrorKind, http_status: Option<u16>, messages: &[&str]) -> ApiError {
    let connection = ConnectionId("local".into());
    let messages = messages.iter().map(ToString::to_string).collect();
    ApiError { connection, call: Call::Create, kind, messages, http_status, excerpt: None }
}

#[test]
fn the_status_of_the_answer_decides_nothing() {
    let told = |kind, http_status| {
        let message = r#"node "node2": cannot commit : backup other-id already in progress"#;
        Lang::En.told(None, &error(kind, http_status, &[message]))
    };
    let expected = told(ErrorKind::Refused, Some(422));
    assert!(expected.what.contains("other-id") && expected.behind.is_some());
    assert_eq!(told(ErrorKind::Refused, Some(500)), expected);
    assert_eq!(told(ErrorKind::NotFound, Some(404)), expected);
}

#[test]
fn known_words_stand_behind_a_press_and_unknown_ones_are_told_whole_at_once() {
    let known = error(ErrorKind::Refused, Some(422), &["backup \"n-1\" already exists at \"/backups/n-1\""]);
    let told = Lang::En.told(Some("It was not taken."), &known);
    assert_eq!(told.what, "There is a backup n-1 already, and no id can be used twice.");
    assert!(told.then.unwrap().starts_with("It was not taken. Choose another id."));
    assert_eq!(told.behind, Some(known.words()));

    let unknown = error(ErrorKind::Refused, Some(500), &["something", "new"]);
    let told = Lang::En.told(Some("It was not taken."), &unknown);
    assert_eq!(told.what, "It was not taken.");
    assert_eq!(told.then.as_deref(), Some("The server refused (500). Its words: “something\nnew”"));
    assert_eq!(told.behind, None);
    let told = Lang::Zh.told(None, &unknown);
    assert_eq!(told.in_one(Lang::Zh), "服务器拒绝了请求（500）。服务器原文：“something\nnew”");

    let silent = Lang::En.told(None, &error(ErrorKind::Unreachable, None, &[]));
    assert_eq!((silent.then, silent.behind), (None, None));
}

#[test]
fn a_lower_rank_is_asked_only_where_no_higher_one_fits() {
    assert_eq!(Rank::ALL, [Rank::Certain, Rank::Quoted, Rank::Stated, Rank::Attempt]);
    let cause = |words: &str| catalogue::entry_of(words).map(|entry| entry.cause);
    let asked = "check if backup \"x\" exists at \"s3://b/x\"";
    assert_eq!(cause(&format!("{asked}: out of luck")), Some(Cause::IdNotChecked));
    assert_eq!(cause(&format!("{asked}: marshal meta file \"x.json\": EOF")), Some(Cause::DescriptorBroken));
    assert_eq!(cause(&format!("{asked}: connection refused")), Some(Cause::StorageUnreachable));
    assert_eq!(cause(&format!("{asked}: %!w(<nil>)")), Some(Cause::IdOfCanceled));
}

#[test]
fn a_question_of_a_check_that_failed_tells_the_cause_with_the_words_behind_a_press() {
    let could_not_ask = |words: &str| Finding::CouldNotAsk { kind: ErrorKind::NotPermitted, words: words.into() };
    let words = "rbac: authorization, forbidden action: user 'bob' has insufficient permissions to read_nodes [[Domain: nodes, Verbosity: minimal]]";
    let known = could_not_ask(words);
    assert!(Lang::En.finding_detail(&known).unwrap().starts_with("The user bob lacks the permission read_nodes."));
    assert_eq!(Lang::En.finding_words(&known).as_deref(), Some(words));
    let unknown = could_not_ask("something new");
    assert_eq!(Lang::En.finding_detail(&unknown).as_deref(), Some("something new"));
    assert_eq!(Lang::En.finding_words(&unknown), None);
    assert_eq!(Lang::En.finding_detail(&could_not_ask("")), None);
}

#[test]
fn a_complaint_about_a_collection_that_the_rules_do_not_know_is_looked_up_and_else_left_to_the_words() {
    let complaint = |words: &str| Complaint { words: words.into(), cause: landing::Cause::Other };
    let cut_off = "updating db: init segment: runtime error: slice bounds out of range [:9] with capacity 8";
    let (means, way_out) = Lang::En.complaint(Some(&complaint(cut_off)), false);
    assert!(means.starts_with("A data file is cut off."), "{means}");
    assert!(way_out.starts_with("Delete the collection"), "{way_out}");
    let (means, _) = Lang::En.complaint(Some(&complaint("something new")), false);
    assert_eq!(means, "The server’s words are all there is.");
    let exists = Complaint { words: "class name A already exists".into(), cause: landing::Cause::AlreadyExists };
    assert_eq!(Lang::En.complaint(Some(&exists), true).0, "It was there before the restore.");
}

#[test]
fn a_refused_list_is_told_by_its_cause_before_the_words() {
    let absence = |words: &str| Lang::En.absence(&Absence::NotPermitted { words: words.into() }, "1.39.0").1;
    let words = "adminlist: authorization, forbidden action: user 'bob'";
    let told = absence(words);
    assert!(told.starts_with("The server’s admin list does not let this user do that."), "{told}");
    assert!(told.ends_with(&format!("The server said: {words}")), "{told}");
    assert_eq!(absence("no"), "The server said: no");
}

#[test]
fn of_a_page_of_words_the_beginning_is_looked_at() {
    let told = |padding: String| Lang::En.explanation(&format!("{padding} connection refused")).is_some();
    assert!(told("中".repeat(2_000)));
    assert!(!told("中".repeat(400_000)));
}

/// As 1.30.10 writes it, seen on a server whose own port for data was another than it told.
#[test]
fn a_node_that_is_written_with_its_address_is_not_taken_for_the_storage() {
    let words = r#"node {"node1" "127.0.0.1:7947"}: can-commit request: make request: Post "http://127.0.0.1:7947/backups/can-commit": dial tcp 127.0.0.1:7947: connect: connection refused"#;
    let told = Lang::En.explanation(words).unwrap();
    assert_eq!(told.cause, "The node node1 did not answer when it was asked to take part.");
    let words = r#"node {"node2" "10.0.0.2:7947"}: cannot commit : no backup backend "s3": not found, did you enable the right module?"#;
    let told = Lang::En.explanation(words).unwrap();
    assert_eq!(told.cause, "The node node2 does not have the backup module of s3.");
}

#[test]
fn beside_a_field_stands_the_cause_and_unknown_words_whole() {
    let words = "get object contents from b:n/backup_config.json not found n/backup_config.json: The specified bucket does not exist";
    assert_eq!(Lang::En.cause_of(words), "The bucket does not exist.");
    assert_eq!(Lang::En.cause_of("something new"), "something new");
}
