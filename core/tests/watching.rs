//! How soon an end is known and how many requests it takes, against a server that looks at its nodes in rounds: the
//! gates of a watch, in simulated time.

#![expect(clippy::expect_used, reason = "what a test stands on fails like the test")]

use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::poll::clock::{Instant, Millis};
use weaviate_backups::poll::look::{Look, Lost};
use weaviate_backups::poll::machine::{Action, Event, Machine, Phase, Watch};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const ROUND_TRIP: i64 = 60;

/// An operation whose nodes work until `worked`, counted from the POST, whose answer came at 0.
#[derive(Clone, Copy)]
struct Server {
    kind: Kind,
    worked: i64,
    /// From the round that notices to the end, in FINALIZING.
    finalizing: i64,
    /// By how much each round comes later than 10 s after the last one.
    drift: i64,
}

impl Server {
    /// When the round comes that notices the end of the work.
    fn noticed(self) -> i64 {
        let period = 10 * SECOND + self.drift;
        let rounds = (self.worked - 2 * SECOND).max(0).div_euclid(period);
        let round = 2 * SECOND + rounds * period;
        if round < self.worked { round + period } else { round }
    }

    fn shows_end(self) -> i64 {
        self.noticed() + self.finalizing
    }

    fn status(self, at: i64) -> Status {
        match (self.kind, at) {
            (_, at) if at >= self.shows_end() => Status::Success,
            (Kind::Create, _) => Status::Started,
            (Kind::Restore, at) if at >= self.noticed() => Status::Finalizing,
            (Kind::Restore, _) => Status::Transferring,
        }
    }
}

/// Runs a watch until it knows the end or `until` has come. Gives when it knew, and how many requests it sent.
fn watch(server: Server, mut machine: Machine, from: i64, until: i64) -> (Option<i64>, u64) {
    let mut now = from;
    let mut requests = 0;
    loop {
        machine.handle_timeout(Instant::from_millis(now));
        if let Some(Action::Look { version }) = machine.poll_action() {
            requests += 1;
            let status = server.status(now + ROUND_TRIP / 2);
            now += ROUND_TRIP;
            let look = Look::Status { status, end_is_zero: false, running_for: None };
            machine.handle_event(Instant::from_millis(now), Event::Looked { version, look });
        }
        if let Phase::Ended(_) = machine.phase() {
            return (Some(now), requests);
        }
        match machine.poll_timeout() {
            Some(next) if next.as_millis() < until => now = now.max(next.as_millis()),
            _ => return (None, requests),
        }
    }
}

fn posted(kind: Kind) -> Machine {
    Machine::new(Instant::from_millis(0), Watch::posted(kind, Instant::from_millis(0), 1))
}

fn delays(kind: Kind, worked: impl Iterator<Item = i64>, finalizing: i64, drift: i64) -> Vec<(i64, i64)> {
    worked
        .map(|worked| {
            let server = Server { kind, worked, finalizing, drift };
            let (known, _) = watch(server, posted(kind), 0, i64::MAX);
            (server.shows_end(), known.expect("the end is always learned") - server.shows_end())
        })
        .collect()
}

fn median(delays: &[(i64, i64)]) -> i64 {
    let mut delays: Vec<i64> = delays.iter().map(|&(_, delay)| delay).collect();
    delays.sort_unstable();
    delays[delays.len() / 2]
}

#[test]
fn the_end_of_up_to_two_minutes_is_known_within_half_a_second_in_the_middle() {
    for (kind, finalizing) in [(Kind::Create, 0), (Kind::Restore, 0), (Kind::Restore, 250)] {
        let delays = delays(kind, (0..2 * MINUTE).step_by(777), finalizing, 2);
        assert!(median(&delays) <= 500, "{kind:?} {finalizing}: {}", median(&delays));
    }
    // While a restore applies its schema for longer, the looks are up to two seconds apart.
    let applying = (0..15 * SECOND).step_by(330);
    let delays: Vec<_> =
        applying.flat_map(|finalizing| delays(Kind::Restore, (0..2 * MINUTE).step_by(7777), finalizing, 2)).collect();
    assert!(median(&delays) <= 1000, "{}", median(&delays));
}

#[test]
fn the_end_of_up_to_ten_minutes_is_known_within_two_and_a_half_seconds() {
    for (kind, finalizing) in [(Kind::Create, 0), (Kind::Restore, 0), (Kind::Restore, 250), (Kind::Restore, 15_000)] {
        for drift in [0, 2, 5, 10] {
            let delays = delays(kind, (0..10 * MINUTE).step_by(777), finalizing, drift);
            let worst = delays.iter().max_by_key(|&&(_, delay)| delay).unwrap();
            assert!(worst.1 <= 2500, "{kind:?}, drift {drift}, finalizing {finalizing}: {worst:?}");
        }
    }
}

#[test]
fn a_longer_one_is_known_within_one_percent_of_its_time() {
    for drift in [0, 2, 5] {
        let worked = (10 * MINUTE..8 * HOUR).step_by(77_777);
        for (ended, delay) in delays(Kind::Create, worked, 0, drift) {
            assert!(delay * 100 <= ended, "drift {drift}: {delay} after {ended}");
        }
    }
}

#[test]
fn requests_are_a_tenth_of_a_one_second_loop_and_fewer_over_an_hour() {
    let never = Server { kind: Kind::Create, worked: i64::MAX / 2, finalizing: 0, drift: 2 };
    for kind in [Kind::Create, Kind::Restore] {
        let server = Server { kind, ..never };
        let (_, ten_minutes) = watch(server, posted(kind), 0, 10 * MINUTE);
        let (_, hour) = watch(server, posted(kind), 0, HOUR);
        // The gates are a fifth (120) and a tenth (360) of the loop.
        assert!(ten_minutes <= 61, "{ten_minutes}");
        assert!(hour <= 290, "{hour}");
    }
}

#[test]
fn a_watch_that_begins_in_the_middle_keeps_the_gates_too() {
    let never = Server { kind: Kind::Restore, worked: i64::MAX / 2, finalizing: 0, drift: 2 };
    let opened = || Machine::new(Instant::from_millis(0), Watch::opened(Kind::Restore, 1));
    let (_, ten_minutes) = watch(never, opened(), 0, 10 * MINUTE);
    let (_, hour) = watch(never, opened(), 0, HOUR);
    assert!(ten_minutes <= 120, "{ten_minutes}");
    assert!(hour <= 360, "{hour}");
    for worked in (0..10 * MINUTE).step_by(777) {
        let server = Server { worked, ..never };
        let (known, _) = watch(server, opened(), 0, i64::MAX);
        assert!(known.expect("the end is always learned") - server.shows_end() <= 5500);
    }
}

#[test]
fn a_hidden_tab_sends_no_more_than_eighty_requests_an_hour() {
    let never = Server { kind: Kind::Create, worked: i64::MAX / 2, finalizing: 0, drift: 0 };
    let mut machine = posted(Kind::Create);
    machine.handle_event(Instant::from_millis(0), Event::Hidden);
    let (_, requests) = watch(never, machine, 0, HOUR);
    assert!(requests <= 61, "{requests}");
}

#[test]
fn a_zombie_is_asked_no_more_than_once_a_minute_after_some_hours() {
    for status in [Status::Started, Status::Transferring, Status::Finalizing, Status::Cancelling] {
        let mut machine = Machine::new(Instant::from_millis(0), Watch::accepted(Kind::Restore, 1));
        let mut now = Instant::from_millis(0);
        let mut at_four_hours = 0;
        while now.as_millis() < 5 * HOUR {
            now = machine.poll_timeout().expect("it never ends").max(now);
            machine.handle_timeout(now);
            if let Some(Action::Look { version }) = machine.poll_action() {
                let look = Look::Status { status: status.clone(), end_is_zero: false, running_for: None };
                machine.handle_event(now, Event::Looked { version, look });
            }
            if now.as_millis() < 4 * HOUR {
                at_four_hours = machine.looks();
            }
        }
        assert!(machine.looks() - at_four_hours <= 62, "{status:?}: {}", machine.looks() - at_four_hours);
    }
}

#[test]
fn a_week_of_watching_holds_no_more_than_its_first_hour() {
    let mut machine = Machine::new(Instant::from_millis(0), Watch::posted(Kind::Create, Instant::from_millis(0), 1));
    // The machine's own size is fixed; what could grow is on the heap: the status word, which is of the last answer.
    let mut words = 0;
    let mut now = Instant::from_millis(0);
    while now.as_millis() < 7 * 24 * HOUR {
        now = machine.poll_timeout().expect("it never ends").max(now);
        machine.handle_timeout(now);
        if let Some(Action::Look { version }) = machine.poll_action() {
            let look = match machine.looks() % 7 {
                0 => Look::Lost(Lost::Unreachable),
                1 => Look::Lost(Lost::NotFound),
                _ => Look::Status { status: Status::Started, end_is_zero: false, running_for: Some(Millis(5)) },
            };
            machine.handle_event(now, Event::Looked { version, look });
        }
        words = words.max(format!("{machine:?}").len());
    }
    assert!(machine.looks() > 10_000);
    assert!(words < 700, "everything the machine holds, written out: {words} characters");
}
