use proptest::prelude::*;

use super::*;
use crate::api::json::Json;
use crate::domain::location::Location;
use crate::domain::operation::ConnectionId;

fn key(kind: Kind) -> OperationKey {
    let location = Location::new("bucket/b", "");
    OperationKey {
        connection: ConnectionId("prod".into()),
        kind,
        backend: "s3".into(),
        location,
        id: "nightly-1".into(),
    }
}

fn entry(kind: Kind) -> Entry {
    Entry::intended(key(kind), WallMillis(1000), r#"{"id":"nightly-1"}"#.into(), vec!["Article".into()])
}

fn acceptance() -> Acceptance {
    Acceptance { at: WallMillis(1100), proof: Proof::Answered, classes: Some(vec!["Article".into()]) }
}

fn facts() -> Vec<Fact> {
    let at = WallMillis(2000);
    vec![
        Fact::Accepted(acceptance()),
        Fact::Refused { at, words: "no".into() },
        Fact::AnswerLost { at, why: LostPost::Unreachable },
        Fact::NotTaken { at },
        Fact::IdTaken { at },
        Fact::CannotTell { at, landed: Some(true) },
        Fact::Ended { at, status: Status::Success, error: None },
        Fact::Ended { at, status: Status::Finalizing, error: None },
    ]
}

#[test]
fn an_entry_goes_through_json_unchanged() {
    let mut kept = entry(Kind::Restore);
    let restore = PriorRestore::Was { status: Status::Failed, error: Some("x".into()) };
    kept.before = Some(Before { restore, present: Some(vec!["Author".into()]) });
    let mut states = vec![kept.clone()];
    for fact in facts() {
        let mut entry = kept.clone();
        entry.record(fact);
        states.push(entry.clone());
        entry.record(Fact::Ended { at: WallMillis(3000), status: Status::Failed, error: Some("e".into()) });
        states.push(entry);
    }
    for entry in states {
        assert_eq!(Entry::from_text(&entry.to_text()), Ok(entry));
    }
}

/// What the console wrote when it derived its form, with every state and word.
#[test]
fn what_an_earlier_console_kept_is_read_and_written_again_alike() {
    let key = r#"{"connection":"prod","kind":"restore","backend":"s3","bucket":"bucket/b","id":"nightly-1"}"#;
    let befores = [
        r#"{"restore":"never"}"#,
        r#"{"restore":{"was":{"status":"FAILED"}},"present":[]}"#,
        r#"{"restore":{"was":{"status":"FAILED","error":"x"}},"present":["Author"]}"#,
    ];
    let mut states = [
        r#""intended""#,
        r#"{"refused":{"at":2000,"words":"no"}}"#,
        r#"{"not_taken":{"at":2000}}"#,
        r#"{"id_taken":{"at":2000}}"#,
        r#"{"cannot_tell":{"at":2000}}"#,
        r#"{"cannot_tell":{"at":2000,"landed":true}}"#,
        r#"{"accepted":{"at":1100,"proof":"answered","classes":["Article"]}}"#,
        r#"{"accepted":{"at":1100,"proof":"found_by_id"}}"#,
        r#"{"ended":{"at":3000,"status":"FAILED","error":"e","acceptance":{"at":1100,"proof":"status_changed"}}}"#,
    ]
    .map(str::to_owned)
    .to_vec();
    for why in ["unreachable", "timed_out", "aborted", "unreadable", "page_gone"] {
        states.push(format!(r#"{{"answer_lost":{{"at":2000,"why":"{why}"}}}}"#));
    }
    for before in befores {
        for state in &states {
            let text = format!(
                r#"{{"version":1,"key":{key},"asked_at":1000,"body":"{{}}","collections":["Article"],"before":{before},"id_seen_free":false,"state":{state}}}"#
            );
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(Entry::from_text(&text).map(|entry| entry.to_json()), Ok(value));
        }
    }
    let bare = format!(r#"{{"version":1,"key":{key},"asked_at":1,"body":"","collections":[],"state":"intended"}}"#);
    let entry = Entry::from_text(&bare).unwrap();
    assert_eq!((entry.before, entry.id_seen_free, entry.state), (None, false, State::Intended));
}

#[test]
fn an_unclear_past_is_kept_as_such() {
    let mut kept = entry(Kind::Restore);
    kept.before = Some(Before { restore: PriorRestore::Unclear, present: None });
    assert_eq!(Entry::from_text(&kept.to_text()), Ok(kept));
    assert!(PriorRestore::from_json(serde_json::json!({"unclear": 1})).is_err());
}

proptest! {
    #[test]
    fn no_cut_or_flipped_entry_makes_the_decoder_panic(cut in 0usize..400, at in 0usize..400, with: u8) {
        let mut bytes = entry(Kind::Restore).to_text().into_bytes();
        let at = at % bytes.len();
        bytes[at] = with;
        bytes.truncate(cut);
        if let Ok(entry) = Entry::from_text(&String::from_utf8_lossy(&bytes)) {
            prop_assert_eq!(Entry::from_text(&entry.to_text()), Ok(entry));
        }
    }
}

#[test]
fn members_of_a_later_console_are_kept() {
    let mut value: serde_json::Value = serde_json::from_str(&entry(Kind::Create).to_text()).unwrap();
    value["note"] = "before the upgrade".into();
    value["version"] = (VERSION + 1).into();
    let entry = Entry::from_text(&value.to_string()).unwrap();
    let again: serde_json::Value = serde_json::from_str(&entry.to_text()).unwrap();
    assert_eq!(again, value);
}

#[test]
fn what_cannot_be_read_still_says_which_operation_it_is() {
    let mut value: serde_json::Value = serde_json::from_str(&entry(Kind::Create).to_text()).unwrap();
    value["version"] = (VERSION + 1).into();
    value["state"] = serde_json::json!({"is": "handed_over"});
    let unreadable = Unreadable { key: Some(Box::new(key(Kind::Create))), is_newer: true };
    assert_eq!(Entry::from_text(&value.to_string()), Err(unreadable));
    value["version"] = VERSION.into();
    let unreadable = Unreadable { key: Some(Box::new(key(Kind::Create))), is_newer: false };
    assert_eq!(Entry::from_text(&value.to_string()), Err(unreadable));
    for text in ["", "{", "[]", "null", "{}"] {
        assert_eq!(Entry::from_text(text), Err(Unreadable { key: None, is_newer: false }), "{text}");
    }
}

#[test]
fn a_word_that_says_all_has_no_content() {
    assert_eq!(PriorRestore::from_json(serde_json::json!("never")), Ok(PriorRestore::Never));
    assert!(PriorRestore::from_json(serde_json::json!({"never": 1})).is_err());
    assert!(State::from_json(serde_json::json!({"intended": 1})).is_err());
}

#[test]
fn names_are_distinct_by_everything_that_is_the_operation() {
    let mut names = std::collections::BTreeSet::new();
    for kind in [Kind::Create, Kind::Restore] {
        for location in [Location::default(), Location::new("a", ""), Location::new("", "a"), Location::new("a/b", "")]
        {
            for asked_at in [1, 2] {
                let entry = Entry::intended(
                    OperationKey { location: location.clone(), ..key(kind) },
                    WallMillis(asked_at),
                    String::new(),
                    Vec::new(),
                );
                names.insert(entry.name());
            }
        }
    }
    assert_eq!(names.len(), 16);
    let again = Entry { number: Some(1), ..entry(Kind::Create) };
    assert_ne!(again.name(), entry(Kind::Create).name());
    assert_eq!(Entry::from_text(&again.to_text()), Ok(again));
}

#[test]
fn an_end_needs_an_acceptance_and_a_word_that_ends() {
    for fact in facts() {
        let mut entry = entry(Kind::Create);
        entry.record(fact.clone());
        let is_accepted = entry.state.acceptance().is_some();
        for status in Status::KNOWN.into_iter().chain([Status::Unknown(String::new())]) {
            let mut entry = entry.clone();
            let changed = entry.record(Fact::Ended { at: WallMillis(9), status: status.clone(), error: None });
            assert_eq!(changed, is_accepted && status.is_terminal(), "{fact:?} then {status:?}");
            assert_eq!(matches!(entry.state, State::Ended { .. }), changed);
        }
    }
}

#[test]
fn what_was_accepted_is_never_taken_back() {
    for kind in [Kind::Create, Kind::Restore] {
        for first in facts() {
            for second in facts() {
                let mut entry = entry(kind);
                entry.record(Fact::Accepted(acceptance()));
                entry.record(first.clone());
                entry.record(second);
                assert_eq!(entry.state.acceptance(), Some(&acceptance()), "{first:?}");
            }
        }
    }
}

#[test]
fn a_refusal_is_the_servers_last_word() {
    for fact in facts() {
        let mut entry = entry(Kind::Create);
        entry.record(Fact::Refused { at: WallMillis(1), words: "no".into() });
        assert!(!entry.record(fact.clone()), "{fact:?}");
    }
}

#[test]
fn what_a_look_up_says_of_a_lost_answer_is_kept() {
    let at = WallMillis(9);
    for (fact, state) in [
        (Fact::NotTaken { at }, State::NotTaken { at }),
        (Fact::IdTaken { at }, State::IdTaken { at }),
        (Fact::CannotTell { at, landed: Some(false) }, State::CannotTell { at, landed: Some(false) }),
    ] {
        let mut entry = entry(Kind::Create);
        entry.record(Fact::AnswerLost { at: WallMillis(1), why: LostPost::TimedOut });
        assert!(entry.record(fact.clone()));
        assert_eq!(entry.state, state);
        assert!(!entry.record(fact), "the same again changes nothing");
    }
}

#[test]
fn what_was_thought_not_taken_can_still_turn_out_to_be() {
    for fact in [Fact::NotTaken { at: WallMillis(1) }, Fact::CannotTell { at: WallMillis(1), landed: None }] {
        let mut entry = entry(Kind::Create);
        entry.record(Fact::AnswerLost { at: WallMillis(1), why: LostPost::TimedOut });
        entry.record(fact);
        assert!(entry.record(Fact::Accepted(acceptance())));
    }
}

#[test]
fn a_rewritten_end_is_taken_for_a_create_and_not_for_a_restore() {
    let ended = |kind| {
        let mut entry = entry(kind);
        entry.record(Fact::Accepted(acceptance()));
        entry.record(Fact::Ended { at: WallMillis(5), status: Status::Canceled, error: None });
        entry.record(Fact::Ended { at: WallMillis(9), status: Status::Success, error: None });
        match entry.state {
            State::Ended { status, .. } => status,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ended(Kind::Create), Status::Success);
    assert_eq!(ended(Kind::Restore), Status::Canceled);
}

#[test]
fn of_two_pages_the_one_that_knows_more_wins() {
    let lost = {
        let mut entry = entry(Kind::Create);
        entry.record(Fact::NotTaken { at: WallMillis(9) });
        entry
    };
    let accepted = {
        let mut entry = entry(Kind::Create);
        entry.record(Fact::Accepted(acceptance()));
        entry
    };
    assert_eq!(lost.clone().over(accepted.clone()), accepted);
    assert_eq!(accepted.clone().over(lost), accepted);
}

#[test]
fn a_kept_acceptance_aligns_the_watch_after_a_reload() {
    let now = Instant::from_millis(40);
    let mut entry = entry(Kind::Create);
    assert_eq!(entry.watch(now, WallMillis(1000), 1), Watch::opened(Kind::Create, 1));
    entry.record(Fact::Accepted(acceptance()));
    let posted = Watch::posted(Kind::Create, Instant::from_millis(40 - 60_000), 1);
    assert_eq!(entry.watch(now, WallMillis(61_100), 1), posted);
    // The clock was set back since.
    assert_eq!(entry.watch(now, WallMillis(0), 1), Watch::accepted(Kind::Create, 1));
}

#[test]
fn an_acceptance_that_was_only_found_says_nothing_about_the_rounds() {
    let mut entry = entry(Kind::Restore);
    entry.record(Fact::Accepted(Acceptance { proof: Proof::StatusChanged, ..acceptance() }));
    assert_eq!(entry.watch(Instant::from_millis(0), WallMillis(9000), 1), Watch::accepted(Kind::Restore, 1));
}
