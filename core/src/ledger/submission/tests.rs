use super::*;
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, OperationKey};
use crate::ledger::evidence::Narrowing;
use crate::poll::look::Pause;

const NOW: WallMillis = WallMillis(1_000_000_000);

fn ask(kind: Kind) -> Ask {
    let connection = ConnectionId("local".into());
    let key = OperationKey { connection, kind, backend: "s3".into(), location: Location::default(), id: "n-1".into() };
    let collections = vec!["Article".into(), "Author".into()];
    Ask { key, body: r#"{"include":["Article","Author"]}"#.into(), collections, id_seen_free: true, seed: 1 }
}

fn pressed(kind: Kind) -> Submission {
    let mut submission = Submission::new(ask(kind), None);
    submission.handle_event(NOW, Event::SubmitPressed);
    submission
}

fn turn(action: Option<Action>) -> Turn {
    match action {
        Some(
            Action::ReadBefore { turn }
            | Action::Write { turn, .. }
            | Action::Post { turn, .. }
            | Action::LookUp { turn, .. }
            | Action::ReadSchema { turn },
        ) => turn,
        None => panic!("nothing to do"),
    }
}

fn before_read(submission: &mut Submission, restore: PriorRestore, present: &[&str]) {
    let turn = turn(submission.poll_action());
    let present = Some(present.iter().map(ToString::to_string).collect());
    submission.handle_event(NOW, Event::BeforeRead { turn, before: Ok(Before { restore, present }) });
}

fn written(submission: &mut Submission) {
    let action = submission.poll_action();
    assert!(matches!(action, Some(Action::Write { .. })), "{action:?}");
    submission.handle_event(NOW, Event::Written { turn: turn(action) });
}

fn posted(submission: &mut Submission, outcome: PostOutcome) {
    let action = submission.poll_action();
    assert!(matches!(action, Some(Action::Post { .. })), "{action:?}");
    submission.handle_event(NOW, Event::Posted { turn: turn(action), outcome });
}

fn looked_up(submission: &mut Submission, found: Found) -> Millis {
    match submission.poll_action() {
        Some(Action::LookUp { turn, after }) => {
            submission.handle_event(NOW, Event::LookedUp { turn, found, is_last: true });
            after
        }
        other => panic!("{other:?}"),
    }
}

fn accepted(classes: &[&str]) -> PostOutcome {
    PostOutcome::Accepted { classes: classes.iter().map(ToString::to_string).collect() }
}

fn lost() -> PostOutcome {
    PostOutcome::AnswerLost { why: LostPost::Unreachable }
}

fn lost_create() -> Submission {
    let mut submission = pressed(Kind::Create);
    written(&mut submission);
    posted(&mut submission, lost());
    written(&mut submission);
    submission
}

fn lost_restore(prior: PriorRestore, present: &[&str]) -> Submission {
    let mut submission = pressed(Kind::Restore);
    before_read(&mut submission, prior, present);
    written(&mut submission);
    posted(&mut submission, lost());
    written(&mut submission);
    submission
}

fn success() -> PriorRestore {
    PriorRestore::Was { status: Status::Success, error: None }
}

/// Answers every look-up alike until none is asked for. How long was waited in all.
fn looked_up_to_the_end(submission: &mut Submission, found: &Found) -> Millis {
    let mut waited = Millis(0);
    while let Some(action) = submission.poll_action() {
        match action {
            Action::LookUp { turn, after } => {
                waited = waited + after;
                submission.handle_event(NOW, Event::LookedUp { turn, found: found.clone(), is_last: true });
            }
            Action::Write { turn, .. } => submission.handle_event(NOW, Event::Written { turn }),
            Action::ReadSchema { turn } => submission.handle_event(NOW, Event::SchemaRead { turn, present: None }),
            other => panic!("{other:?}"),
        }
    }
    waited
}

fn found(status: Status) -> Found {
    Found::Status { status, error: None, started_at: None }
}

#[test]
fn a_create_is_written_before_it_is_posted_and_its_acceptance_after() {
    let mut submission = pressed(Kind::Create);
    let Some(Action::Write { turn, entry }) = submission.poll_action() else { panic!() };
    assert_eq!((entry.state.clone(), entry.asked_at), (State::Intended, NOW));
    assert_eq!(submission.poll_action(), None, "no POST before the entry is kept");
    assert!(!submission.was_posted());
    submission.handle_event(NOW, Event::Written { turn });
    assert_eq!(*submission.step(), Step::Posting);
    posted(&mut submission, accepted(&["Author", "Article"]));
    assert_eq!(*submission.step(), Step::Settled(Settlement::Accepted { narrowing: None }));
    assert!(!submission.is_kept());
    written(&mut submission);
    assert!(submission.is_kept());
    assert!(matches!(submission.entry().unwrap().state, State::Accepted(_)));
    assert_eq!(submission.poll_action(), None);
}

#[test]
fn a_restore_first_reads_what_there_was() {
    let mut submission = pressed(Kind::Restore);
    before_read(&mut submission, success(), &["Author"]);
    let before = submission.entry().unwrap().before.clone().unwrap();
    assert_eq!(before, Before { restore: success(), present: Some(vec!["Author".into()]) });
    written(&mut submission);
    posted(&mut submission, accepted(&["Article", "Author"]));
    assert!(matches!(submission.step(), Step::Settled(Settlement::Accepted { .. })));
}

#[test]
fn a_second_press_does_nothing_at_any_step() {
    let mut submission = Submission::new(ask(Kind::Create), None);
    let mut posts = 0;
    for _ in 0..3 {
        submission.handle_event(NOW, Event::SubmitPressed);
    }
    while let Some(action) = submission.poll_action() {
        submission.handle_event(NOW, Event::SubmitPressed);
        match action {
            Action::Write { turn, .. } => submission.handle_event(NOW, Event::Written { turn }),
            Action::Post { turn, .. } => {
                posts += 1;
                submission.handle_event(NOW, Event::Posted { turn, outcome: lost() });
            }
            Action::LookUp { turn, .. } => {
                submission.handle_event(NOW, Event::LookedUp { turn, found: Found::None, is_last: true });
            }
            other => panic!("{other:?}"),
        }
        submission.handle_event(NOW, Event::SubmitPressed);
    }
    assert_eq!((posts, submission.step()), (1, &Step::Settled(Settlement::NotTaken)));
}

#[test]
fn without_a_ledger_nothing_is_sent_until_the_person_says_so() {
    let mut submission = pressed(Kind::Create);
    let write = turn(submission.poll_action());
    submission.handle_event(NOW, Event::WriteFailed { turn: write, why: WriteFailure::Full });
    assert_eq!(*submission.step(), Step::NotWritten(WriteFailure::Full));
    submission.handle_event(NOW, Event::SubmitPressed);
    submission.handle_event(NOW, Event::Written { turn: write });
    assert_eq!(submission.poll_action(), None);
    submission.handle_event(NOW, Event::GoOnWithoutLedgerPressed);
    submission.handle_event(NOW, Event::GoOnWithoutLedgerPressed);
    posted(&mut submission, accepted(&["Article"]));
    assert!(!submission.is_kept());
    assert!(submission.entry().is_some());
}

#[test]
fn the_ledger_can_be_tried_again() {
    let mut submission = pressed(Kind::Create);
    let write = turn(submission.poll_action());
    submission.handle_event(NOW, Event::WriteFailed { turn: write, why: WriteFailure::Unavailable });
    submission.handle_event(NOW, Event::WriteAgainPressed);
    written(&mut submission);
    assert_eq!(*submission.step(), Step::Posting);
}

#[test]
fn consent_without_a_failed_write_means_nothing() {
    let mut submission = pressed(Kind::Create);
    submission.handle_event(NOW, Event::GoOnWithoutLedgerPressed);
    assert!(matches!(submission.poll_action(), Some(Action::Write { .. })));
    submission.handle_event(NOW, Event::GoOnWithoutLedgerPressed);
    assert_eq!(submission.poll_action(), None);
}

#[test]
fn a_restore_whose_past_cannot_be_read_is_not_sent_and_can_be_tried_again() {
    for stop in [Stop::Lost(Lost::Unreachable), Stop::Paused(Pause::KeyNeeded)] {
        let mut submission = pressed(Kind::Restore);
        let turn = turn(submission.poll_action());
        submission.handle_event(NOW, Event::BeforeRead { turn, before: Err(stop) });
        assert_eq!((submission.poll_action(), submission.step()), (None, &Step::Stopped(stop)));
        submission.handle_event(NOW, Event::SubmitPressed);
        assert!(matches!(submission.poll_action(), Some(Action::ReadBefore { .. })));
    }
}

#[test]
fn a_restore_stuck_in_cancelling_is_not_sent_as_the_server_would_do_nothing() {
    let mut submission = pressed(Kind::Restore);
    before_read(&mut submission, PriorRestore::Was { status: Status::Cancelling, error: None }, &[]);
    assert_eq!((submission.poll_action(), submission.step()), (None, &Step::Stopped(Stop::StuckCancelling)));
}

#[test]
fn a_refusal_keeps_the_servers_words() {
    let mut submission = pressed(Kind::Create);
    written(&mut submission);
    posted(&mut submission, PostOutcome::Refused { words: "backup x already in progress".into() });
    assert_eq!(*submission.step(), Step::Settled(Settlement::Refused));
    let words = "backup x already in progress".to_owned();
    assert_eq!(submission.entry().unwrap().state, State::Refused { at: NOW, words });
}

#[test]
fn what_the_server_left_out_is_said() {
    let mut submission = pressed(Kind::Create);
    written(&mut submission);
    posted(&mut submission, accepted(&["Author"]));
    let narrowing = Narrowing { left_out: vec!["Article".into()], taken_unasked: Vec::new() };
    assert_eq!(*submission.step(), Step::Settled(Settlement::Accepted { narrowing: Some(narrowing) }));
}

#[test]
fn a_lost_create_is_found_by_its_id() {
    let mut submission = lost_create();
    assert_eq!(*submission.step(), Step::LookingUp { last: None });
    assert_eq!(looked_up(&mut submission, found(Status::Started)), FIRST_LOOK);
    assert_eq!(*submission.step(), Step::Settled(Settlement::Accepted { narrowing: None }));
    let acceptance = Acceptance { at: NOW, proof: Proof::FoundById, classes: None };
    assert_eq!(submission.entry().unwrap().state, State::Accepted(acceptance));
}

#[test]
fn a_lost_create_that_the_server_does_not_know_is_looked_up_for_as_long_as_a_server_may_be_at_it() {
    let mut submission = lost_create();
    looked_up(&mut submission, Found::None);
    assert_eq!(*submission.step(), Step::LookingUp { last: Some(Lost::NotFound) });
    assert_eq!(looked_up(&mut submission, Found::None), SECOND_LOOK);
    assert_eq!(*submission.step(), Step::LookingUp { last: Some(Lost::NotFound) });
    assert!(looked_up_to_the_end(&mut submission, &Found::None) >= Millis::from_secs(115));
    assert_eq!(*submission.step(), Step::Settled(Settlement::NotTaken));
    // It may turn out otherwise, and asking again never sends again.
    submission.handle_event(NOW, Event::LookAgainPressed);
    looked_up(&mut submission, found(Status::Success));
    assert!(matches!(submission.step(), Step::Settled(Settlement::Accepted { .. })));
}

#[test]
fn hurrying_does_not_settle_it_sooner() {
    let mut submission = lost_create();
    looked_up(&mut submission, Found::None);
    for _ in 0..20 {
        submission.handle_event(NOW, Event::LookAgainPressed);
        // The look that was to come is out of date, and its wait did not come to its end.
        let old = turn(submission.poll_action());
        submission.handle_event(NOW, Event::LookedUp { turn: old, found: Found::None, is_last: true });
        looked_up(&mut submission, Found::None);
        assert_eq!(*submission.step(), Step::LookingUp { last: Some(Lost::NotFound) });
    }
    assert!(looked_up_to_the_end(&mut submission, &Found::None) >= Millis::from_secs(129));
    assert_eq!(*submission.step(), Step::Settled(Settlement::NotTaken));
}

#[test]
fn a_request_after_another_is_kept_beside_it_whatever_the_clock_says() {
    let mut first = pressed(Kind::Create);
    let Some(Action::Write { entry: first, .. }) = first.poll_action() else { panic!() };
    for now in [NOW, WallMillis(0)] {
        let mut again = Submission::new(ask(Kind::Create), Some(&first));
        again.handle_event(now, Event::SubmitPressed);
        let Some(Action::Write { entry: second, .. }) = again.poll_action() else { panic!() };
        assert!(second.order() > first.order());
        assert_ne!(second.name(), first.name());
        let mut third = Submission::new(ask(Kind::Create), Some(&second));
        third.handle_event(now, Event::SubmitPressed);
        let Some(Action::Write { entry: third, .. }) = third.poll_action() else { panic!() };
        assert!(third.order() > second.order());
    }
}

#[test]
fn an_earlier_request_takes_nothing_that_may_be_a_later_ones() {
    for mut submission in [lost_create(), lost_restore(PriorRestore::Never, &[])] {
        while let Some(action) = submission.poll_action() {
            match action {
                Action::LookUp { turn, .. } => {
                    let found = found(Status::Started);
                    submission.handle_event(NOW, Event::LookedUp { turn, found, is_last: false });
                }
                Action::ReadSchema { turn } => submission.handle_event(NOW, Event::SchemaRead { turn, present: None }),
                Action::Write { turn, .. } => submission.handle_event(NOW, Event::Written { turn }),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(*submission.step(), Step::Settled(Settlement::CannotTell { landed: None }));
    }
}

#[test]
fn a_reloaded_page_gives_a_slow_server_the_time_that_the_page_before_would_have_given_it() {
    for kind in [Kind::Create, Kind::Restore] {
        let mut submission = pressed(kind);
        if kind == Kind::Restore {
            before_read(&mut submission, PriorRestore::Never, &[]);
        }
        let Some(Action::Write { entry, .. }) = submission.poll_action() else { panic!() };
        let mut resumed = Submission::resume(*entry, 1, NOW);
        // However far the wall clock has moved since.
        resumed.handle_event(WallMillis(i64::MAX), Event::SubmitPressed);
        let waited = looked_up_to_the_end(&mut resumed, &Found::None);
        assert!((Millis::from_secs(130)..=Millis::from_secs(160)).contains(&waited), "{waited:?}");
        assert_eq!(*resumed.step(), Step::Settled(Settlement::NotTaken));
        // Once that is known, two more looks say so again.
        resumed.handle_event(NOW, Event::LookAgainPressed);
        assert_eq!(looked_up_to_the_end(&mut resumed, &Found::None), SECOND_LOOK);
        let mut again = Submission::resume(resumed.entry().unwrap().clone(), 1, NOW);
        assert_eq!(looked_up_to_the_end(&mut again, &Found::None), SECOND_LOOK);
    }
}

#[test]
fn a_server_that_had_all_its_time_is_looked_up_twice() {
    let mut submission = pressed(Kind::Create);
    written(&mut submission);
    posted(&mut submission, PostOutcome::AnswerLost { why: LostPost::TimedOut });
    let entry = submission.entry().unwrap().clone();
    assert_eq!(looked_up_to_the_end(&mut submission, &Found::None), FIRST_LOOK + SECOND_LOOK);
    assert_eq!(*submission.step(), Step::Settled(Settlement::NotTaken));
    let mut resumed = Submission::resume(entry, 1, NOW);
    assert_eq!(looked_up_to_the_end(&mut resumed, &Found::None), SECOND_LOOK);
    assert_eq!(*resumed.step(), Step::Settled(Settlement::NotTaken));
}

#[test]
fn a_404_in_other_words_than_those_of_a_missing_file_never_means_not_taken() {
    for (mut submission, settled) in [
        (lost_create(), Settlement::CannotTell { landed: None }),
        (lost_restore(PriorRestore::Never, &[]), Settlement::CannotTell { landed: None }),
    ] {
        assert!(looked_up_to_the_end(&mut submission, &Found::Unclear) >= Millis::from_secs(130));
        assert_eq!(*submission.step(), Step::Settled(settled));
        // The storage is back.
        submission.handle_event(NOW, Event::LookAgainPressed);
        looked_up(&mut submission, found(Status::Started));
        assert!(matches!(submission.step(), Step::Settled(Settlement::Accepted { .. })));
    }
}

#[test]
fn what_there_was_before_a_restore_is_as_clear_as_the_answer() {
    assert_eq!(Found::None.prior_restore(), Ok(PriorRestore::Never));
    assert_eq!(Found::Unclear.prior_restore(), Ok(PriorRestore::Unclear));
    assert_eq!(found(Status::Success).prior_restore(), Ok(success()));
    assert_eq!(Found::Lost(Lost::Unreachable).prior_restore(), Err(Stop::Lost(Lost::Unreachable)));
    assert_eq!(Found::Paused(Pause::KeyNeeded).prior_restore(), Err(Stop::Paused(Pause::KeyNeeded)));
}

#[test]
fn while_the_server_is_away_a_lost_create_is_looked_up_again_and_again() {
    let mut submission = lost_create();
    let waits: Vec<u64> = (0..8).map(|_| looked_up(&mut submission, Found::Lost(Lost::Unreachable)).0).collect();
    assert_eq!(*submission.step(), Step::LookingUp { last: Some(Lost::Unreachable) });
    assert!(waits.iter().skip(1).all(|wait| (1500..=37_500).contains(wait)), "{waits:?}");
    looked_up(&mut submission, found(Status::Success));
    assert!(matches!(submission.step(), Step::Settled(Settlement::Accepted { .. })));
}

#[test]
fn a_look_up_without_a_key_waits_for_one() {
    let mut submission = lost_create();
    looked_up(&mut submission, Found::Paused(Pause::KeyNeeded));
    assert_eq!((submission.poll_action(), submission.step()), (None, &Step::Paused(Pause::KeyNeeded)));
    submission.handle_event(NOW, Event::LookAgainPressed);
    assert_eq!(looked_up(&mut submission, found(Status::Started)), Millis(0));
}

#[test]
fn a_lost_restore_with_another_status_was_probably_accepted() {
    let mut submission = lost_restore(success(), &[]);
    looked_up(&mut submission, found(Status::Transferring));
    let acceptance = submission.entry().unwrap().state.acceptance().unwrap().clone();
    assert_eq!(acceptance.proof, Proof::StatusChanged);
}

#[test]
fn a_lost_restore_with_the_same_status_is_decided_from_the_schema_and_never_a_success() {
    for (present, landed) in [
        (Some(vec!["Article".to_owned(), "Author".to_owned()]), Some(true)),
        (Some(vec!["Author".to_owned()]), Some(false)),
        (None, None),
    ] {
        let mut submission = lost_restore(success(), &["Author"]);
        looked_up(&mut submission, found(Status::Success));
        looked_up(&mut submission, found(Status::Success));
        let Some(Action::ReadSchema { turn }) = submission.poll_action() else { panic!() };
        submission.handle_event(NOW, Event::SchemaRead { turn, present });
        assert_eq!(*submission.step(), Step::Settled(Settlement::CannotTell { landed }));
        assert_eq!(submission.entry().unwrap().state, State::CannotTell { at: NOW, landed });
    }
}

#[test]
fn a_restore_that_the_server_never_heard_of_was_not_taken() {
    let mut submission = lost_restore(PriorRestore::Never, &[]);
    looked_up_to_the_end(&mut submission, &Found::None);
    assert_eq!(*submission.step(), Step::Settled(Settlement::NotTaken));
}

#[test]
fn an_intended_entry_found_after_a_reload_is_looked_up_and_not_sent() {
    let mut submission = pressed(Kind::Create);
    let Some(Action::Write { entry, .. }) = submission.poll_action() else { panic!() };
    let mut resumed = Submission::resume(*entry, 1, NOW);
    assert_eq!(resumed.entry().unwrap().state, State::AnswerLost { at: NOW, why: LostPost::PageGone });
    written(&mut resumed);
    resumed.handle_event(NOW, Event::SubmitPressed);
    assert!(resumed.was_posted());
    assert_eq!(looked_up(&mut resumed, found(Status::Started)), Millis(0));
    assert!(matches!(resumed.step(), Step::Settled(Settlement::Accepted { .. })));
}

#[test]
fn an_accepted_entry_needs_no_look_up_after_a_reload() {
    let mut entry = Entry::intended(ask(Kind::Create).key, NOW, String::new(), Vec::new());
    entry.record(Fact::Accepted(Acceptance { at: NOW, proof: Proof::Answered, classes: None }));
    let mut resumed = Submission::resume(entry, 1, NOW);
    assert_eq!(*resumed.step(), Step::Settled(Settlement::Accepted { narrowing: None }));
    assert_eq!(resumed.poll_action(), None);
    // It was read from where it is kept.
    assert!(resumed.is_kept() && resumed.was_posted());
}

#[test]
fn a_look_is_taken_again_only_when_it_may_tell_more() {
    let mut submission = pressed(Kind::Create);
    written(&mut submission);
    // The POST is under way: its answer stays the one that is waited for.
    submission.handle_event(NOW, Event::LookAgainPressed);
    posted(&mut submission, accepted(&["Article", "Author"]));
    written(&mut submission);
    submission.handle_event(NOW, Event::LookAgainPressed);
    assert_eq!(submission.poll_action(), None);
    assert_eq!(*submission.step(), Step::Settled(Settlement::Accepted { narrowing: None }));
}

#[test]
fn a_lost_create_of_unknown_age_cannot_be_told_from_an_older_one() {
    let mut submission = Submission::new(Ask { id_seen_free: false, ..ask(Kind::Create) }, None);
    submission.handle_event(NOW, Event::SubmitPressed);
    written(&mut submission);
    posted(&mut submission, lost());
    written(&mut submission);
    looked_up(&mut submission, found(Status::Success));
    looked_up(&mut submission, found(Status::Success));
    assert_eq!(*submission.step(), Step::Settled(Settlement::CannotTell { landed: None }));
}

#[test]
fn a_write_that_fails_after_the_post_is_said_and_stops_nothing() {
    let mut submission = pressed(Kind::Create);
    written(&mut submission);
    posted(&mut submission, accepted(&["Article", "Author"]));
    let turn = turn(submission.poll_action());
    submission.handle_event(NOW, Event::WriteFailed { turn, why: WriteFailure::Full });
    assert!(matches!(submission.step(), Step::Settled(Settlement::Accepted { .. })));
    assert!(!submission.is_kept());
}
