use super::*;

fn at(millis: i64) -> Instant {
    Instant::from_millis(millis)
}

fn status(status: Status) -> Look {
    Look::Status { status, end_is_zero: false, running_for: None }
}

/// Lets the time come that the machine waits for, and takes its look out.
fn next_look(machine: &mut Machine) -> (Instant, u64) {
    let due = match machine.in_flight {
        Some(look) if !look.handed_out => look.sent,
        _ => machine.poll_timeout().unwrap(),
    };
    machine.handle_timeout(due);
    let Some(Action::Look { version }) = machine.poll_action() else { panic!("no look at {due:?}: {machine:?}") };
    (due, version)
}

fn answer(machine: &mut Machine, look: Look) -> Instant {
    let (due, version) = next_look(machine);
    machine.handle_event(due, Event::Looked { version, look });
    due
}

fn started() -> Machine {
    Machine::new(at(0), Watch::posted(Kind::Create, at(0), 1))
}

#[test]
fn a_posted_create_is_looked_at_after_each_round_until_its_end() {
    let mut machine = started();
    assert_eq!(machine.poll_action(), None);
    assert_eq!(answer(&mut machine, status(Status::Started)), at(2302));
    assert_eq!(*machine.phase(), Phase::Watching);
    assert_eq!(answer(&mut machine, status(Status::Success)), at(12_312));
    assert_eq!(*machine.phase(), Phase::Ended(Status::Success));
    assert_eq!((machine.poll_timeout(), machine.poll_action(), machine.looks()), (None, None, 2));
}

#[test]
fn a_posted_restore_is_looked_at_at_once() {
    let mut machine = Machine::new(at(0), Watch::posted(Kind::Restore, at(0), 1));
    assert_eq!(answer(&mut machine, status(Status::Transferring)), at(300));
    assert_eq!(answer(&mut machine, status(Status::Finalizing)), at(2302));
    assert_eq!(answer(&mut machine, status(Status::Failed)), at(2802));
    assert_eq!(*machine.phase(), Phase::Ended(Status::Failed));
}

#[test]
fn a_post_from_before_this_page_still_aligns() {
    let mut machine = Machine::new(at(0), Watch::posted(Kind::Create, at(-65_000), 1));
    assert_eq!(answer(&mut machine, status(Status::Started)), at(0));
    // The round at 72 s after the POST.
    assert_eq!(machine.next_look(), Some(at(-65_000 + 72_372)));
}

#[test]
fn the_servers_start_aligns_a_watch_that_has_no_post() {
    let mut machine = Machine::new(at(0), Watch::accepted(Kind::Create, 1));
    let look = Look::Status { status: Status::Started, end_is_zero: false, running_for: Some(Millis(30_000)) };
    answer(&mut machine, look);
    assert_eq!(machine.next_look(), Some(at(-30_000 + 32_332)));
}

#[test]
fn spurious_timeouts_are_harmless_and_one_look_is_in_flight() {
    let mut machine = Machine::new(at(0), Watch::accepted(Kind::Create, 1));
    for now in 0..100 {
        machine.handle_timeout(at(now));
    }
    assert_eq!(machine.poll_action(), Some(Action::Look { version: 1 }));
    for now in 100..200 {
        machine.handle_timeout(at(now));
        machine.handle_event(at(now), Event::AskedNow);
        assert_eq!(machine.poll_action(), None);
    }
    assert_eq!(machine.looks(), 1);
}

#[test]
fn an_end_in_year_one_is_asked_for_once_more_and_then_believed() {
    let zero = || Look::Status { status: Status::Canceled, end_is_zero: true, running_for: None };
    let mut machine = started();
    let first = answer(&mut machine, zero());
    assert_eq!(*machine.phase(), Phase::ConfirmingEnd(Status::Canceled));
    // Asking at once does not make it older.
    machine.handle_event(first + Millis(2000), Event::AskedNow);
    answer(&mut machine, zero());
    assert_eq!(*machine.phase(), Phase::ConfirmingEnd(Status::Canceled));
    assert!(answer(&mut machine, zero()) >= first + ROUND);
    assert_eq!(*machine.phase(), Phase::Ended(Status::Canceled));
}

#[test]
fn an_end_that_was_not_one_is_taken_back() {
    let mut machine = started();
    answer(&mut machine, Look::Status { status: Status::Canceled, end_is_zero: true, running_for: None });
    answer(&mut machine, status(Status::Started));
    assert_eq!(*machine.phase(), Phase::Watching);
    answer(&mut machine, status(Status::Success));
    assert_eq!(*machine.phase(), Phase::Ended(Status::Success));
}

#[test]
fn not_found_after_an_accepted_post_is_lost_contact() {
    let mut machine = started();
    let first = answer(&mut machine, Look::Lost(Lost::NotFound));
    assert_eq!(*machine.phase(), Phase::LostContact { since: first, reason: Lost::NotFound });
    let wait = machine.next_look().unwrap().since(first).0;
    assert!((22_500..=37_500).contains(&wait), "{wait}");
    let mut machine = Machine::new(at(0), Watch::opened(Kind::Restore, 1));
    answer(&mut machine, Look::Lost(Lost::Absent));
    assert_eq!(*machine.phase(), Phase::Paused(Pause::NotKnown));
    assert_eq!(machine.poll_timeout(), None);
}

#[test]
fn a_404_that_does_not_say_absent_is_asked_again_also_of_what_nobody_has_seen() {
    let mut machine = Machine::new(at(0), Watch::opened(Kind::Create, 1));
    let first = answer(&mut machine, Look::Lost(Lost::NotFound));
    assert_eq!(*machine.phase(), Phase::LostContact { since: first, reason: Lost::NotFound });
    assert!(machine.poll_timeout().is_some());
}

#[test]
fn not_found_after_a_status_was_seen_is_lost_contact_for_any_watch() {
    let mut machine = Machine::new(at(0), Watch::opened(Kind::Create, 1));
    answer(&mut machine, status(Status::Started));
    answer(&mut machine, Look::Lost(Lost::Absent));
    assert!(matches!(machine.phase(), Phase::LostContact { .. }));
}

#[test]
fn lost_contact_keeps_the_last_status_and_says_since_when() {
    let mut machine = started();
    let seen = answer(&mut machine, status(Status::Started));
    let since = answer(&mut machine, Look::Lost(Lost::Unreachable));
    let mut waits = Vec::new();
    for _ in 0..6 {
        let from = machine.last_look().unwrap();
        waits.push(machine.next_look().unwrap().since(from).0);
        answer(&mut machine, Look::Lost(Lost::TimedOut));
    }
    assert_eq!(*machine.phase(), Phase::LostContact { since, reason: Lost::TimedOut });
    assert_eq!((machine.status(), machine.status_at()), (Some(&Status::Started), Some(seen)));
    assert!(waits[0] <= 2500 && waits[5] >= 22_500 && waits[5] <= 37_500, "{waits:?}");
    answer(&mut machine, status(Status::Started));
    assert_eq!(*machine.phase(), Phase::Watching);
    answer(&mut machine, Look::Lost(Lost::Unreachable));
    let from = machine.last_look().unwrap();
    assert!(machine.next_look().unwrap().since(from).0 <= 2500, "contact made the waits short again");
}

#[test]
fn a_pause_has_its_reason_and_ends_when_a_key_is_given() {
    for reason in [Pause::KeyNeeded, Pause::SignInPage, Pause::NotPermitted, Pause::Refused] {
        let mut machine = started();
        let paused = answer(&mut machine, Look::Paused(reason));
        assert_eq!(*machine.phase(), Phase::Paused(reason));
        assert_eq!(machine.poll_timeout(), None);
        machine.handle_event(paused, Event::Shown);
        machine.handle_timeout(paused + Millis(1_000_000));
        assert_eq!(machine.poll_action(), None);
        machine.handle_event(paused + Millis(1_000_000), Event::SignedIn);
        assert_eq!(*machine.phase(), Phase::Watching);
        assert!(matches!(machine.poll_action(), Some(Action::Look { .. })));
    }
}

#[test]
fn a_missing_key_pauses_and_the_answer_still_on_its_way_is_ignored() {
    let mut machine = started();
    let (due, version) = next_look(&mut machine);
    machine.handle_event(due, Event::KeyMissing);
    machine.handle_event(due, Event::Looked { version, look: status(Status::Success) });
    assert_eq!(*machine.phase(), Phase::Paused(Pause::KeyNeeded));
    assert_eq!(machine.status(), None);
}

#[test]
fn late_answers_are_ignored() {
    let mut machine = started();
    let (due, old) = next_look(&mut machine);
    // The driver never answers: the look is given up, and the next one begins.
    machine.handle_timeout(due + Millis(45_000));
    assert!(matches!(machine.phase(), Phase::LostContact { reason: Lost::TimedOut, .. }));
    let (due, new) = next_look(&mut machine);
    assert_ne!(old, new);
    machine.handle_event(due, Event::Looked { version: old, look: status(Status::Success) });
    assert!(!matches!(machine.phase(), Phase::Ended(_)));
    machine.handle_event(due, Event::Looked { version: new, look: status(Status::Failed) });
    machine.handle_event(due, Event::Looked { version: new, look: status(Status::Success) });
    assert_eq!(*machine.phase(), Phase::Ended(Status::Failed));
}

#[test]
fn nothing_happens_after_the_end() {
    let mut machine = started();
    let ended = answer(&mut machine, status(Status::Failed));
    for event in [Event::Hidden, Event::Shown, Event::AskedNow, Event::SignedIn, Event::KeyMissing] {
        machine.handle_event(ended + Millis(90_000), event);
    }
    assert_eq!(*machine.phase(), Phase::Ended(Status::Failed));
    assert_eq!((machine.poll_timeout(), machine.poll_action()), (None, None));
}

#[test]
fn a_hidden_tab_waits_and_a_shown_one_looks_at_once() {
    let mut machine = started();
    let seen = answer(&mut machine, status(Status::Started));
    machine.handle_event(seen + Millis(10), Event::Hidden);
    assert_eq!(machine.next_look(), Some(seen + Millis(60_000)));
    // Being told so again and again puts nothing off.
    machine.handle_event(seen + Millis(50_000), Event::Hidden);
    assert_eq!(machine.next_look(), Some(seen + Millis(60_000)));
    machine.handle_event(seen + Millis(55_000), Event::Shown);
    assert!(machine.is_looking());
}

#[test]
fn switching_tabs_quickly_does_not_make_a_storm() {
    let mut machine = started();
    let seen = answer(&mut machine, status(Status::Started));
    for step in 0..5000 {
        let now = seen + Millis(step);
        machine.handle_event(now, if step % 2 == 0 { Event::Hidden } else { Event::Shown });
        if let Some(Action::Look { version }) = machine.poll_action() {
            machine.handle_event(now, Event::Looked { version, look: status(Status::Started) });
        }
    }
    assert!(machine.looks() <= 6, "{}", machine.looks());
}

#[test]
fn a_slept_night_brings_one_look_and_no_burst() {
    let mut machine = started();
    answer(&mut machine, status(Status::Started));
    let morning = at(8 * 3_600_000);
    machine.handle_timeout(morning);
    let Some(Action::Look { version }) = machine.poll_action() else { panic!() };
    machine.handle_event(morning, Event::Looked { version, look: status(Status::Started) });
    assert!(machine.next_look().unwrap() > morning);
}

#[test]
fn a_word_that_is_not_understood_is_asked_for_slowly_and_is_no_end() {
    let mut machine = started();
    let seen = answer(&mut machine, status(Status::Unknown("PAUSED".into())));
    assert_eq!((machine.phase(), machine.next_look()), (&Phase::Watching, Some(seen + Millis(30_000))));
}

#[test]
fn a_hidden_tab_keeps_the_wait_of_a_lost_contact_and_the_quiet_of_a_pause() {
    let mut lost = started();
    let since = answer(&mut lost, Look::Lost(Lost::Unreachable));
    let due = lost.next_look();
    lost.handle_event(since, Event::Hidden);
    assert_eq!(lost.next_look(), due);

    let mut paused = started();
    let since = answer(&mut paused, Look::Paused(Pause::KeyNeeded));
    paused.handle_event(since, Event::Hidden);
    assert_eq!(paused.poll_timeout(), None);
    paused.handle_event(since + SHORTEST, Event::Shown);
    assert_eq!((paused.poll_timeout(), paused.is_looking()), (None, false));
}

#[test]
fn a_tab_that_was_never_hidden_is_not_looked_at_again_when_it_is_shown() {
    let mut machine = started();
    let seen = answer(&mut machine, status(Status::Started));
    let due = machine.next_look();
    machine.handle_event(seen + Millis(2000), Event::Shown);
    assert_eq!((machine.next_look(), machine.is_looking()), (due, false));
}

#[test]
fn while_a_look_is_in_flight_only_its_limit_is_to_come() {
    let mut machine = started();
    let (due, version) = next_look(&mut machine);
    assert_eq!(machine.poll_timeout(), Some(due + GIVE_UP));
    machine.handle_event(due, Event::Hidden);
    assert_eq!((machine.poll_timeout(), machine.next_look()), (Some(due + GIVE_UP), None));
    machine.handle_event(due, Event::Looked { version, look: status(Status::Started) });
    assert_eq!(machine.poll_timeout(), machine.next_look());
}

#[test]
fn the_longer_a_status_stays_the_longer_are_the_waits() {
    let mut machine = Machine::new(at(0), Watch::posted(Kind::Restore, at(0), 1));
    let waits: Vec<u64> = (0..16)
        .map(|_| {
            let seen = answer(&mut machine, status(Status::Finalizing));
            machine.next_look().unwrap().since(seen).0
        })
        .collect();
    assert_eq!((waits[0], waits[15]), (500, 2000), "{waits:?}");
}

#[test]
fn an_end_in_year_one_is_believed_after_one_round_exactly() {
    let zero = || Look::Status { status: Status::Canceled, end_is_zero: true, running_for: None };
    let mut machine = started();
    let first = answer(&mut machine, zero());
    assert_eq!(answer(&mut machine, zero()), first + ROUND);
    assert_eq!(*machine.phase(), Phase::Ended(Status::Canceled));
}

#[test]
fn what_another_page_saw_counts_as_seen_and_this_page_looks_a_little_later_than_that_one() {
    let mut other = started();
    let mut machine = started();
    let seen = answer(&mut other, status(Status::Started));
    machine.handle_event(seen, Event::OtherLooked(status(Status::Started)));
    assert_eq!((machine.status(), machine.status_at()), (Some(&Status::Started), Some(seen)));
    let behind = machine.next_look().unwrap().since(other.next_look().unwrap());
    assert!((1500..=2500).contains(&behind.0), "{behind:?}");
    assert_eq!(machine.looks(), 0);
}

#[test]
fn a_page_whose_other_is_closed_looks_itself_and_is_followed_then() {
    let mut machine = started();
    machine.handle_event(at(2302), Event::OtherLooked(status(Status::Started)));
    // The other was closed: nothing comes any more.
    let own = answer(&mut machine, status(Status::Started));
    assert!((12_312 + 1500..=12_312 + 2500).contains(&own.as_millis()), "{own:?}");
    // The next round is this page's own.
    assert_eq!(machine.next_look(), Some(at(22_322)));
}

#[test]
fn a_look_of_another_page_is_waited_for_but_not_for_ever() {
    let mut machine = started();
    machine.handle_event(at(2000), Event::OtherLooks);
    assert_eq!(machine.next_look(), Some(at(22_000)));
    machine.handle_event(at(3000), Event::OtherLooked(status(Status::Started)));
    assert!(machine.next_look().unwrap() < at(15_000));
}

#[test]
fn an_end_that_another_page_saw_is_the_end_even_with_a_look_under_way() {
    let mut machine = started();
    let (due, version) = next_look(&mut machine);
    machine.handle_event(due, Event::OtherLooked(status(Status::Success)));
    assert_eq!(*machine.phase(), Phase::Ended(Status::Success));
    assert_eq!((machine.poll_timeout(), machine.is_looking()), (None, false));
    machine.handle_event(due, Event::Looked { version, look: status(Status::Started) });
    assert_eq!(*machine.phase(), Phase::Ended(Status::Success));
}

#[test]
fn what_stops_one_page_stops_no_other_and_starts_none() {
    let mut machine = started();
    machine.handle_event(at(2000), Event::OtherLooked(Look::Paused(Pause::KeyNeeded)));
    assert_eq!((machine.phase(), machine.next_look()), (&Phase::Watching, Some(at(2302))));
    machine.handle_event(at(2000), Event::KeyMissing);
    machine.handle_event(at(2300), Event::OtherLooked(status(Status::Started)));
    assert_eq!((machine.phase(), machine.next_look()), (&Phase::Paused(Pause::KeyNeeded), None));
    assert_eq!(machine.status(), None);
}

#[test]
fn contact_that_another_page_lost_is_lost_and_asked_again_behind_it() {
    let mut machine = started();
    machine.handle_event(at(2302), Event::OtherLooked(Look::Lost(Lost::Unreachable)));
    assert!(matches!(machine.phase(), Phase::LostContact { .. }));
    let next = machine.next_look().unwrap();
    assert!((at(2302 + 1500 + 1500)..=at(2302 + 2500 + 2500)).contains(&next), "{next:?}");
}
