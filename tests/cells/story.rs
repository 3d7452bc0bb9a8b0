//! A sequence of a cell: to its phase, then the fault and a person in any order, then calm.

use weaviate_backups::domain::operation::Kind;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Entry, State};
use weaviate_backups::ledger::submission;
use weaviate_backups::poll::machine::{Event, Phase as Shown};

use crate::browser::{Browser, Build};
use crate::dice::Dice;
use crate::grid::{Cell, Fault, Phase};
use crate::page::Page;
use crate::world::{World, key};

/// Within this the truth is known once the fault has ended and the person has done what is asked of them: a look under
/// way is given up after 30 s, and the next is no more than 60 s later.
pub const LEARNED_WITHIN: i64 = 100_000;
/// No phase is further away.
const REACHED_WITHIN: i64 = 400_000;
const EVENTS: usize = 20;

/// What a sequence came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Played {
    pub events: u64,
    /// Requests while the fault was on.
    pub struck: u64,
    /// Whether the server took the operation.
    pub taken: bool,
    /// From the end of the fault, or the last change on the server, until it was known.
    pub learned_millis: i64,
}

pub fn play(build: Build, cell: Cell, seed: u64, number: u64) -> Result<Played, String> {
    let mut dice = Dice::new(seed, number);
    let world = World::new(cell, &mut dice);
    let mut browser = Browser::new(build, world, dice);
    reach(&mut browser)?;
    let mut events = 0;
    let count = EVENTS + browser.dice.below(10);
    for _ in 0..count {
        happens(&mut browser)?;
        events += 1;
    }
    let learned_millis = calm_down(&mut browser)?;
    let (struck, taken) = (browser.world.struck, !browser.world.taken.is_empty());
    Ok(Played { events, struck, taken, learned_millis })
}

/// Lets the operation come to the phase, in which the fault begins.
fn reach(browser: &mut Browser) -> Result<(), String> {
    let Cell { plot, phase, .. } = browser.world.cell;
    if phase == Phase::BeforePost {
        begin(browser);
    }
    browser.press(0);
    if phase == Phase::BeforePost {
        return browser.settle();
    }
    if phase == Phase::PostInFlight {
        return wait_for(browser, |browser| browser.world.posts > 0);
    }
    wait_for(browser, |browser| browser.ledger.entries().any(|entry| matches!(entry.state, State::Accepted(_))))?;
    if phase == Phase::Accepted {
        begin(browser);
        return browser.settle();
    }
    wait_for(browser, |browser| shown(browser).is_some())?;
    match phase {
        Phase::Finalizing => {
            browser.world.release();
            wait_for(browser, |browser| shown(browser).as_deref() == Some("FINALIZING"))?;
        }
        Phase::Cancelling => {
            browser.press_cancel(0)?;
            return wait_for(browser, |browser| browser.world.fault_is_on);
        }
        Phase::Ended => {
            if plot.cancels() {
                browser.press_cancel(0)?;
            } else {
                browser.world.release();
            }
            wait_for(browser, |browser| {
                browser.pages[0].watching.as_ref().is_some_and(|watching| watching.ended.is_some())
            })?;
        }
        _ => {}
    }
    begin(browser);
    Ok(())
}

fn begin(browser: &mut Browser) {
    browser.world.begin_fault(&mut browser.dice);
}

/// The last status that the first page shows.
fn shown(browser: &Browser) -> Option<String> {
    let status = browser.pages[0].watching.as_ref()?.machine.status()?;
    Some(status.as_str().to_owned())
}

fn wait_for(browser: &mut Browser, is_reached: impl Fn(&Browser) -> bool) -> Result<(), String> {
    let begun = browser.world.now;
    while !is_reached(browser) {
        if browser.world.now > begun + REACHED_WITHIN {
            return Err(format!("the phase was not reached: {:?}", browser.ledger.entries().collect::<Vec<_>>()));
        }
        let next = browser.world.now + 100;
        browser.run_until(next)?;
    }
    Ok(())
}

/// One thing happens, and some time passes.
fn happens(browser: &mut Browser) -> Result<(), String> {
    let number = browser.dice.below(browser.pages.len());
    let awake = !browser.world.is_asleep();
    match browser.dice.below(20) {
        0 | 1 => browser.world.end_fault(),
        2 | 3 => begin(browser),
        4 if awake => browser.press(number),
        5 | 6 if awake && browser.world.cell.plot.cancels() => browser.press_cancel(number)?,
        7 if awake => browser.tell(number, Event::AskedNow),
        8 if awake => browser.tell_submissions(number, &submission::Event::LookAgainPressed),
        9 => sign_in(browser),
        10 => set_hidden(browser, number, true),
        11 => set_hidden(browser, number, false),
        12 if awake => {
            let page = browser.open_page();
            browser.pages[number] = page;
        }
        13 if awake && browser.pages.len() < 3 => {
            let page = browser.open_page();
            browser.pages.push(page);
        }
        14 if browser.pages.len() > 1 => drop(browser.pages.remove(number)),
        15 if awake => browser.list(number),
        16 if browser.dice.one_in(3) => browser.world.release(),
        17 if awake => look_again(browser, number),
        _ => {}
    }
    let most = *browser.dice.pick(&[200, 3_000, 15_000, 90_000]);
    let passes = i64::try_from(browser.dice.below(most)).unwrap_or(0);
    browser.run_until(browser.world.now + 1 + passes)
}

fn set_hidden(browser: &mut Browser, number: usize, hidden: bool) {
    browser.pages[number].hidden = hidden;
    browser.tell(number, if hidden { Event::Hidden } else { Event::Shown });
}

/// A key that the server takes is given to every page.
fn sign_in(browser: &mut Browser) {
    browser.world.key = if browser.world.cell.fault == Fault::KeyExpired { "key-2" } else { "key-1" };
    if browser.world.simulator.state.auth.users[0].key != browser.world.key {
        browser.world.key = "key-1";
    }
    for number in 0..browser.pages.len() {
        browser.tell(number, Event::SignedIn);
        browser.tell_submissions(number, &submission::Event::LookAgainPressed);
    }
}

/// The page of an operation that has ended is opened again.
fn look_again(browser: &mut Browser, number: usize) {
    let has_ended = browser.pages[number].watching.as_ref().is_none_or(|watching| watching.ended.is_some());
    let accepted = browser.ledger.entries().filter(|entry| entry.state.acceptance().is_some());
    let newest = book::newest(accepted, &key(browser.kind())).map(Entry::name);
    if let (true, Some(name)) = (has_ended, newest) {
        browser.watch(number, &name);
    }
}

/// The fault ends for good, and the person does what the pages ask for. How long it took to know the truth.
fn calm_down(browser: &mut Browser) -> Result<i64, String> {
    browser.world.end_fault();
    // What is under way on the server is carried out yet.
    while let Some(until) = browser.world.last_to_come() {
        browser.run_until(until)?;
    }
    if browser.pages.iter().all(|page| page.submissions.is_empty() && page.watching.is_none()) {
        let page = browser.open_page();
        browser.pages.push(page);
    }
    browser.world.release();
    for number in 0..browser.pages.len() {
        set_hidden(browser, number, false);
        look_again(browser, number);
        if browser.world.cell.fault == Fault::Offline {
            // The browser tells of its network.
            browser.tell(number, Event::AskedNow);
        }
    }
    sign_in(browser);
    if browser.world.taken.is_empty() {
        // There is nothing to be known. What was asked is asked to its end all the same.
        browser.run_until(browser.world.now + LEARNED_WITHIN)?;
        return Ok(0);
    }
    let begun = browser.world.now;
    let mut known_since = None;
    // A restore may still apply its schema.
    while browser.world.now < begun + LEARNED_WITHIN + 200_000 {
        ask_where_paused(browser);
        browser.run_until(browser.world.now + 500)?;
        // While the nodes work what is known may change once more.
        if !browser.world.is_running() && is_known(browser) {
            known_since = Some(browser.world.now);
            break;
        }
    }
    let Some(known_since) = known_since else {
        let truth = browser.world.truth();
        let watches = browser.pages.iter().map(|page| {
            let awaited: Vec<i64> = page.awaited.iter().map(|(due, _)| *due).collect();
            (page.watching.as_ref().map(|watching| &watching.machine), awaited)
        });
        let phases: Vec<_> = watches.collect();
        let steps: Vec<_> =
            browser.pages.iter().flat_map(|page| page.submissions.iter().map(|s| s.step().clone())).collect();
        return Err(format!(
            "{truth:?} was not learned until {}: {phases:?}, {steps:?}, {:?}",
            browser.world.now,
            browser.ledger.entries().collect::<Vec<_>>()
        ));
    };
    let took = known_since - begun.max(browser.world.truth_since);
    if took > LEARNED_WITHIN { Err(format!("the truth was known only after {took} ms")) } else { Ok(took.max(0)) }
}

/// A page that stopped says what it needs, and the person gives it.
fn ask_where_paused(browser: &mut Browser) {
    for number in 0..browser.pages.len() {
        let watching = browser.pages[number].watching.as_ref();
        if watching.is_some_and(|watching| matches!(watching.machine.phase(), Shown::Paused(_))) {
            browser.tell(number, Event::AskedNow);
        }
    }
}

/// Whether every page that watches shows what the server holds, and the ledger keeps it.
fn is_known(browser: &mut Browser) -> bool {
    let Some(truth) = browser.world.truth() else { return false };
    let name = browser.world.taken.last().cloned().unwrap_or_default();
    let is_shown = |page: &Page| {
        page.watching.as_ref().is_none_or(|watching| match watching.machine.phase() {
            Shown::Ended(status) => *status == truth,
            Shown::Watching => watching.machine.status() == Some(&truth) && !truth.is_terminal(),
            Shown::ConfirmingEnd(_) | Shown::LostContact { .. } | Shown::Paused(_) => false,
        })
    };
    let fault = browser.world.cell.fault;
    let is_restore = browser.world.cell.plot.kind() == Kind::Restore;
    let is_kept = |entry: &Entry| match &entry.state {
        State::Accepted(_) => !truth.is_terminal(),
        // The end of a restore may be written over by somebody else, and is not ours then.
        State::Ended { status, .. } => *status == truth || is_restore,
        // It would look the same as what was there before: a restore always, and a create whose id nobody saw to be free.
        State::CannotTell { .. } if is_restore || !entry.id_seen_free => true,
        // And so does a storage that cannot be read, for longer than a server may be at a request: whoever asks again is
        // told more, and a page that is gone does not.
        State::CannotTell { .. } => {
            matches!(fault, Fault::NotFound | Fault::LostAndNotFound | Fault::BucketMissing)
        }
        _ => false,
    };
    browser.pages.iter().all(is_shown) && browser.ledger.entry(&name).is_some_and(is_kept)
}
