use super::*;

fn at(millis: i64) -> Instant {
    Instant::from_millis(millis)
}

fn posted(now: i64) -> i64 {
    let situation = Situation {
        now: at(now),
        began: at(0),
        anchor: Anchor::Posted(at(0)),
        status: Some((&Status::Started, at(0))),
        hidden: false,
    };
    next_look(&situation).as_millis()
}

#[test]
fn looks_follow_the_servers_rounds() {
    let looks: Vec<i64> = [0, 2302, 12_312, 22_322].map(posted).to_vec();
    assert_eq!(looks, [2302, 12_312, 22_322, 32_332]);
}

#[test]
fn an_answer_between_rounds_changes_nothing_about_the_next() {
    for now in [2303, 5000, 9999, 12_311] {
        assert_eq!(posted(now), 12_312);
    }
}

#[test]
fn long_operations_spare_rounds_but_never_more_than_half_a_percent() {
    for now in (600_000..40_000_000).step_by(7_777) {
        let wait = posted(now) - now;
        let allowed = (now / 200).min(60_000) + 10_000;
        assert!(wait > 0 && wait <= allowed, "{wait} at {now}");
    }
    assert!(posted(20_000_000) - 20_000_000 > 30_000);
}

#[test]
fn every_status_has_its_own_pace() {
    let wait = |status: Status, for_how_long: i64| {
        let now = at(1_000_000);
        let since = at(1_000_000 - for_how_long);
        let situation =
            Situation { now, began: at(0), anchor: Anchor::Unknown, status: Some((&status, since)), hidden: false };
        next_look(&situation).since(now).0
    };
    assert_eq!(wait(Status::Finalizing, 0), 500);
    assert_eq!(wait(Status::Finalizing, 4000), 1000);
    assert_eq!(wait(Status::Finalizing, 30_000), 2000);
    assert_eq!(wait(Status::Finalizing, 120_000), 5000);
    assert_eq!(wait(Status::Finalizing, 100_000_000), LONGEST.0);
    assert_eq!(wait(Status::Cancelling, 0), 5000);
    assert_eq!(wait(Status::Cancelling, 60_000), LONGEST.0);
    assert_eq!(wait(Status::Unknown("PAUSED".into()), 0), NOT_UNDERSTOOD.0);
    assert_eq!(wait(Status::Success, 0), ROUND.0);
}

#[test]
fn a_tab_that_nobody_sees_looks_once_a_minute() {
    for status in Status::KNOWN {
        let now = at(5000);
        let situation =
            Situation { now, began: at(0), anchor: Anchor::Posted(at(0)), status: Some((&status, now)), hidden: true };
        assert!(next_look(&situation).since(now) >= HIDDEN, "{status:?}");
    }
}

#[test]
fn a_guessed_start_aligns_looks_but_is_not_trusted_for_more() {
    let look = |now: i64| {
        let situation = Situation {
            now: at(now),
            began: at(30_000),
            anchor: Anchor::Guessed(at(0)),
            status: Some((&Status::Started, at(0))),
            hidden: false,
        };
        next_look(&situation).as_millis()
    };
    // Aligned with the round at 52 s, which is near enough, and at most 5 s away when none is.
    assert_eq!(look(49_000), 52_352);
    assert_eq!(look(53_000), 58_000);
}

#[test]
fn without_any_start_a_watch_is_quick_at_first() {
    let wait = |watched: i64| {
        let now = at(watched);
        let situation = Situation { now, began: at(0), anchor: Anchor::Unknown, status: None, hidden: false };
        next_look(&situation).since(now).0
    };
    assert_eq!([wait(0), wait(11_999), wait(12_000), wait(600_000)], [3000, 3000, 5000, 5400]);
}

/// A hundred thousand years, in milliseconds.
const FAR: i64 = 3_000_000_000_000_000;

#[test]
fn extreme_times_neither_overflow_nor_hang() {
    for now in [-FAR, -1, 0, 1, FAR] {
        for start in [-FAR, 0, FAR] {
            for anchor in [Anchor::Posted(at(start)), Anchor::Guessed(at(start)), Anchor::Unknown] {
                let status = Some((&Status::Started, at(start)));
                let situation = Situation { now: at(now), began: at(start), anchor, status, hidden: false };
                assert!(next_look(&situation) > at(now), "{situation:?}");
            }
        }
    }
}

#[test]
fn a_minute_of_applying_and_half_a_minute_of_cancelling_are_long() {
    let wait = |status: &Status, for_how_long: i64| {
        let situation = Situation {
            now: at(for_how_long),
            began: at(0),
            anchor: Anchor::Posted(at(0)),
            status: Some((status, at(0))),
            hidden: false,
        };
        next_look(&situation).since(at(for_how_long))
    };
    assert_eq!(wait(&Status::Finalizing, 59_999), Millis::from_secs(2));
    assert_eq!(wait(&Status::Finalizing, 60_000), UNALIGNED);
    assert_eq!(wait(&Status::Cancelling, 29_999), UNALIGNED);
    assert_eq!(wait(&Status::Cancelling, 30_000), LONGEST);
}
