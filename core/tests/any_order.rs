//! The two machines under events in any order, with any numbers and at any times, even ones that run backwards.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Before, LostPost, PriorRestore};
use weaviate_backups::ledger::evidence::{Found, PostOutcome};
use weaviate_backups::ledger::submission::{self, Ask, Stop, Submission, WriteFailure};
use weaviate_backups::poll::clock::{Instant, WallMillis};
use weaviate_backups::poll::look::{Look, Lost, Pause};
use weaviate_backups::poll::machine::{self, Machine, Phase, Watch};

fn run<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
    let config = Config { cases: 4000, failure_persistence: None, ..Config::default() };
    if let Err(error) = TestRunner::new_with_rng(config, rng).run(&strategy, test) {
        panic!("{error}");
    }
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![
        3 => prop::sample::select(Status::KNOWN.to_vec()),
        1 => Just(Status::Unknown("PAUSED".into())),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Create), Just(Kind::Restore)]
}

fn lost() -> impl Strategy<Value = Lost> {
    prop_oneof![
        Just(Lost::Unreachable),
        Just(Lost::Absent),
        Just(Lost::NotFound),
        Just(Lost::ServerFailed),
        Just(Lost::Unreadable)
    ]
}

fn pause() -> impl Strategy<Value = Pause> {
    prop_oneof![Just(Pause::KeyNeeded), Just(Pause::NotPermitted), Just(Pause::Refused)]
}

fn look() -> impl Strategy<Value = Look> {
    prop_oneof![
        4 => (status(), any::<bool>())
            .prop_map(|(status, end_is_zero)| Look::Status { status, end_is_zero, running_for: None }),
        1 => lost().prop_map(Look::Lost),
        1 => pause().prop_map(Look::Paused),
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Event(machine::Event),
    Answer(Look),
    Timeout,
    Poll,
}

fn step() -> impl Strategy<Value = Step> {
    let event = prop_oneof![
        (0..30_u64, look()).prop_map(|(version, look)| machine::Event::Looked { version, look }),
        Just(machine::Event::OtherLooks),
        look().prop_map(machine::Event::OtherLooked),
        Just(machine::Event::Hidden),
        Just(machine::Event::Shown),
        Just(machine::Event::AskedNow),
        Just(machine::Event::SignedIn),
        Just(machine::Event::KeyMissing),
    ];
    prop_oneof![
        2 => event.prop_map(Step::Event),
        2 => look().prop_map(Step::Answer),
        2 => Just(Step::Timeout),
        2 => Just(Step::Poll),
    ]
}

#[test]
fn a_watch_has_one_look_in_flight_and_ends_only_as_its_answer_says() {
    let watch =
        (kind(), any::<Option<i32>>(), any::<bool>(), any::<u64>()).prop_map(|(kind, posted, accepted, seed)| Watch {
            kind,
            posted: posted.map(|posted| Instant::from_millis(posted.into())),
            accepted,
            seed,
        });
    let steps = prop::collection::vec((-5_000_i64..90_000, step()), 20..120);
    run((watch, steps), |(watch, steps)| {
        let mut now = 0;
        let mut machine = Machine::new(Instant::from_millis(now), watch);
        let mut waiting: Option<u64> = None;
        let mut ended: Option<Status> = None;
        for (elapses, step) in steps {
            now += elapses;
            let at = Instant::from_millis(now);
            let answered = match step {
                Step::Poll => {
                    if let Some(machine::Action::Look { version }) = machine.poll_action() {
                        prop_assert!(waiting.is_none_or(|old| version > old), "versions only rise");
                        prop_assert!(ended.is_none(), "a look after the end");
                        waiting = Some(version);
                    }
                    None
                }
                Step::Timeout => {
                    machine.handle_timeout(at);
                    None
                }
                Step::Answer(look) => waiting.map(|version| (version, look)),
                Step::Event(machine::Event::Looked { version, look }) => Some((version, look)),
                Step::Event(event) => {
                    let told = if let machine::Event::OtherLooked(look) = &event { Some(look.clone()) } else { None };
                    machine.handle_event(at, event);
                    if let (Phase::Ended(status), None) = (machine.phase(), &ended) {
                        let says_so = matches!(&told, Some(Look::Status { status: said, .. }) if said == status);
                        prop_assert!(says_so, "{told:?} made {status:?}");
                        ended = Some(status.clone());
                    }
                    None
                }
            };
            if let Some((version, look)) = answered {
                let before = machine.phase().clone();
                machine.handle_event(at, machine::Event::Looked { version, look: look.clone() });
                if let (Phase::Ended(status), false) = (machine.phase(), matches!(before, Phase::Ended(_))) {
                    let says_so = matches!(&look, Look::Status { status: said, .. } if said == status);
                    prop_assert!(says_so && waiting == Some(version), "{look:?} made {status:?}");
                    ended = Some(status.clone());
                }
            }
            let phase = machine.phase().clone();
            prop_assert_eq!(matches!(phase, Phase::Ended(_)), ended.is_some());
            if let (Phase::Ended(status), Some(ended)) = (&phase, &ended) {
                prop_assert!(status.is_terminal() && status == ended, "the end changed");
            }
            let rests = matches!(phase, Phase::Ended(_) | Phase::Paused(_));
            prop_assert_eq!(machine.poll_timeout().is_none(), rests, "{:?}", machine);
        }
        Ok(())
    });
}

fn found() -> impl Strategy<Value = Found> {
    prop_oneof![
        3 => (status(), any::<Option<i32>>()).prop_map(|(status, started)| Found::Status {
            status,
            error: None,
            started_at: started.map(|started| WallMillis(started.into())),
        }),
        2 => Just(Found::None),
        1 => Just(Found::Unclear),
        1 => lost().prop_map(Found::Lost),
        1 => pause().prop_map(Found::Paused),
    ]
}

fn submission_event() -> impl Strategy<Value = submission::Event> {
    use submission::Event;
    let turn = || 0..12_u32;
    let before = prop_oneof![
        Just(Err(Stop::Lost(Lost::Unreachable))),
        Just(Ok(Before { restore: PriorRestore::Unclear, present: None })),
        (prop::option::of(status())).prop_map(|status| {
            let restore = status.map_or(PriorRestore::Never, |status| PriorRestore::Was { status, error: None });
            Ok(Before { restore, present: None })
        }),
    ];
    let outcome = prop_oneof![
        Just(PostOutcome::Accepted { classes: Vec::new() }),
        Just(PostOutcome::Refused { words: String::new() }),
        Just(PostOutcome::AnswerLost { why: LostPost::TimedOut }),
    ];
    prop_oneof![
        2 => Just(Event::SubmitPressed),
        2 => (turn(), before).prop_map(|(turn, before)| Event::BeforeRead { turn, before }),
        3 => turn().prop_map(|turn| Event::Written { turn }),
        2 => turn().prop_map(|turn| Event::WriteFailed { turn, why: WriteFailure::Other }),
        1 => Just(Event::WriteAgainPressed),
        1 => Just(Event::GoOnWithoutLedgerPressed),
        3 => (turn(), outcome).prop_map(|(turn, outcome)| Event::Posted { turn, outcome }),
        3 => (turn(), found(), any::<bool>())
            .prop_map(|(turn, found, is_last)| Event::LookedUp { turn, found, is_last }),
        1 => turn().prop_map(|turn| Event::SchemaRead { turn, present: None }),
        1 => Just(Event::LookAgainPressed),
    ]
}

#[test]
fn a_submission_posts_at_most_once_and_only_after_its_entry_is_kept_or_consent() {
    use submission::{Action, Event};
    let events = prop::collection::vec(submission_event(), 20..120);
    run((kind(), any::<bool>(), events), |(kind, id_seen_free, events)| {
        let connection = ConnectionId("local".into());
        let key =
            OperationKey { connection, kind, backend: "s3".into(), location: Location::default(), id: "x".into() };
        let mut submission =
            Submission::new(Ask { key, body: "{}".into(), collections: Vec::new(), id_seen_free, seed: 1 }, None);
        let (mut writes, mut posts, mut kept, mut consented, mut was_accepted) = (Vec::new(), 0, false, false, false);
        for (step, event) in events.into_iter().enumerate() {
            let may_consent = matches!(submission.step(), submission::Step::NotWritten(_));
            consented |= may_consent && event == Event::GoOnWithoutLedgerPressed;
            kept |= matches!(&event, Event::Written { turn } if writes.contains(turn));
            submission.handle_event(WallMillis(i64::try_from(step).unwrap_or(0)), event);
            while let Some(action) = submission.poll_action() {
                match action {
                    Action::Write { turn, .. } => writes.push(turn),
                    Action::Post { .. } => {
                        posts += 1;
                        prop_assert!(kept || consented, "a POST before its entry");
                    }
                    _ => {}
                }
            }
            prop_assert!(posts <= 1, "a second POST");
            prop_assert_eq!(posts == 1, submission.was_posted());
            let is_accepted = submission.entry().is_some_and(|entry| entry.state.acceptance().is_some());
            prop_assert!(is_accepted || !was_accepted, "an acceptance was taken back");
            was_accepted = is_accepted;
        }
        Ok(())
    });
}
