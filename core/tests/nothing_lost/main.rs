//! Whatever happens to answers, storage and page: no end is invented, no operation is lost, no POST is sent twice.
//!
//! The same properties are run against pages that are built wrong, and are seen to fail there.

#![expect(clippy::expect_used, reason = "what a test stands on fails like the test")]

mod page;
mod world;

use page::{Build, Fault, Happening, Page};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Entry, PriorRestore, State};
use world::Server;

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::RequestLost),
        2 => Just(Fault::AnswerLost),
        1 => Just(Fault::ServerFails),
        1 => Just(Fault::NotFound),
        1 => Just(Fault::KeyGone),
        1 => Just(Fault::Twice),
    ]
}

fn end() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::Success), Just(Status::Failed), Just(Status::Canceled)]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        2 => Just(Happening::Press),
        1 => Just(Happening::Consent),
        1 => Just(Happening::WriteAgain),
        1 => Just(Happening::LookAgain),
        1 => Just(Happening::SignIn),
        10 => fault().prop_map(Happening::Exchange),
        1 => any::<u32>().prop_map(Happening::StaleAnswer),
        1 => (0..100_000_u64).prop_map(Happening::Elapses),
        1 => end().prop_map(Happening::ServerEnds),
        2 => Just(Happening::Reload),
        1 => any::<bool>().prop_map(Happening::Hidden),
    ]
}

fn prior() -> impl Strategy<Value = PriorRestore> {
    let was = |status, error: Option<&str>| Just(PriorRestore::Was { status, error: error.map(str::to_owned) });
    prop_oneof![
        Just(PriorRestore::Never),
        was(Status::Success, None),
        was(Status::Failed, Some("before")),
        was(Status::Canceled, None),
        was(Status::Transferring, None),
    ]
}

type Story = (Kind, PriorRestore, Vec<Happening>);

/// Every story begins with a press and has at least 20 answers and faults in it.
fn story() -> impl Strategy<Value = Story> {
    let kind = prop_oneof![Just(Kind::Create), Just(Kind::Restore)];
    let exchanges = prop::collection::vec(fault().prop_map(Happening::Exchange), 20);
    let others = prop::collection::vec(happening(), 0..40);
    let happenings = (exchanges, others).prop_flat_map(|(exchanges, others)| {
        let all: Vec<Happening> = exchanges.into_iter().chain(others).collect();
        Just(all).prop_shuffle()
    });
    (kind, prior(), happenings).prop_map(|(kind, prior, mut happenings)| {
        happenings.insert(0, Happening::Press);
        (kind, prior, happenings)
    })
}

fn violated(what: &str, page: &Page) -> TestCaseError {
    TestCaseError::fail(format!("{what}: {:?}, {:?}, shown {:?}", page.entries(), page.server, page.ends_shown()))
}

/// What must hold at every moment.
fn check(page: &Page) -> Result<(), TestCaseError> {
    if page.posts > page.presses {
        return Err(violated("a POST was sent twice", page));
    }
    let (entries, server) = (page.entries(), &page.server);
    for name in server.accepted.iter().filter(|name| !page.unkept.contains(*name)) {
        // One that is kept as refused or not taken is as good as lost: nobody looks at it again.
        let is_known = |entry: &Entry| entry.name() == *name && entry.state.may_exist();
        if !entries.iter().any(is_known) {
            return Err(violated("an operation was lost", page));
        }
    }
    // That of a restore is known only as far as its status is another than before: then any that was taken may be it.
    let was_taken = |entry: &Entry| match entry.key.kind {
        Kind::Create => server.accepted.contains(&entry.name()),
        Kind::Restore => !server.accepted.is_empty(),
    };
    if entries.iter().any(|entry| entry.state.acceptance().is_some() && !was_taken(entry)) {
        return Err(violated("an acceptance was invented", page));
    }
    let ends = entries.iter().filter_map(|entry| match &entry.state {
        State::Ended { status, .. } => Some(status),
        _ => None,
    });
    if ends.chain(&page.ends_shown()).any(|status| !server.ends.contains(status)) {
        return Err(violated("an end was invented", page));
    }
    Ok(())
}

/// What must hold when nothing goes wrong any more.
fn check_calm(page: &Page) -> Result<(), TestCaseError> {
    let Some(name) = page.server.accepted.last().filter(|name| !page.unkept.contains(*name)) else { return Ok(()) };
    let is_known = |entry: &Entry| {
        entry.name() == *name
            && match &entry.state {
                State::Ended { status, .. } => page.server.status() == Some(status),
                // The status is that of before, or it could have come from what ran before.
                State::CannotTell { .. } => page.kind() == Kind::Restore,
                _ => false,
            }
    };
    if page.entries().iter().any(is_known) {
        Ok(())
    } else {
        Err(violated("an accepted operation was never learned to have ended", page))
    }
}

fn tell(build: Build, (kind, prior, happenings): Story) -> Result<(), TestCaseError> {
    let mut page = Page::new(build, kind, Server::new(kind, prior));
    for happening in &happenings {
        page.happens(happening);
        check(&page)?;
    }
    page.calm_down();
    check(&page)?;
    check_calm(&page)
}

fn run(build: Build) -> Result<(), TestError<Story>> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config { cases: 3000, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    TestRunner::new_with_rng(config, rng).run(&story(), |story| tell(build, story))
}

fn violation(build: Build) -> String {
    match run(build) {
        Err(TestError::Fail(reason, _)) => reason.message().to_owned(),
        other => panic!("the properties did not see what is wrong with {build:?}: {other:?}"),
    }
}

#[test]
fn no_end_is_invented_no_operation_lost_and_no_post_sent_twice() {
    if let Err(error) = run(Build::Honest) {
        panic!("{error}");
    }
}

#[test]
fn without_the_write_before_the_post_an_operation_is_lost() {
    let violation = violation(Build::SkipsTheWriteBeforeThePost);
    assert!(violation.starts_with("an operation was lost"), "{violation}");
}

#[test]
fn sending_a_lost_post_again_is_seen() {
    let violation = violation(Build::SendsALostPostAgain);
    assert!(violation.starts_with("a POST was sent twice"), "{violation}");
}

#[test]
fn taking_a_missing_status_for_an_end_is_seen() {
    let violation = violation(Build::TakesNotFoundForFailed);
    assert!(violation.starts_with("an end was invented"), "{violation}");
}
