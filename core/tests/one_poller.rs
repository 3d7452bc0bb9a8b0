//! Several pages of one browser watch the same operation: one of them asks, and tells the others, in simulated time.

use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;
use weaviate_backups::poll::clock::Instant;
use weaviate_backups::poll::look::Look;
use weaviate_backups::poll::machine::{Action, Event, Machine, Phase, Watch};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

fn at(millis: i64) -> Instant {
    Instant::from_millis(millis)
}

struct Page {
    machine: Machine,
    /// When the look under way is answered.
    answered_at: Option<(i64, u64)>,
    requests: u64,
    is_closed: bool,
    knew_end_at: Option<i64>,
}

/// How long a message takes from page to page: long enough for two looks to begin before either page hears of the other.
const MESSAGE: i64 = 15;

/// A browser with pages, before a server that takes `round_trip` to answer and shows the end from `ends` on.
struct Browser {
    pages: Vec<Page>,
    round_trip: i64,
    ends: i64,
    now: i64,
    /// What pages tell each other: when it arrives, at which page, what.
    messages: Vec<(i64, usize, Event)>,
}

impl Browser {
    fn new(pages: usize, round_trip: i64) -> Self {
        let page = |number: usize| Page {
            machine: Machine::new(at(0), Watch::posted(Kind::Create, at(0), number as u64)),
            answered_at: None,
            requests: 0,
            is_closed: false,
            knew_end_at: None,
        };
        Self { pages: (0..pages).map(page).collect(), round_trip, ends: i64::MAX, now: 0, messages: Vec::new() }
    }

    fn tell_others(&mut self, teller: usize, event: &Event) {
        let others = (0..self.pages.len()).filter(|number| *number != teller);
        self.messages.extend(others.map(|number| (self.now + MESSAGE, number, event.clone())));
    }

    fn deliver(&mut self) {
        let now = self.now;
        let (due, waiting) = std::mem::take(&mut self.messages).into_iter().partition(|(due, ..)| *due <= now);
        self.messages = waiting;
        for (_, number, event) in due {
            if !self.pages[number].is_closed {
                self.pages[number].machine.handle_event(at(now), event);
            }
        }
    }

    /// Lets time pass until `until`, one thing after the other.
    fn run(&mut self, until: i64) {
        loop {
            self.deliver();
            for number in 0..self.pages.len() {
                self.turn(number);
            }
            let open = self.pages.iter().filter(|page| !page.is_closed);
            let next = open.filter_map(|page| {
                let timer = page.machine.poll_timeout().map(Instant::as_millis);
                let answer = page.answered_at.map(|(at, _)| at);
                timer.into_iter().chain(answer).min()
            });
            match next.chain(self.messages.iter().map(|(due, ..)| *due)).min() {
                Some(next) if next < until => self.now = self.now.max(next),
                _ => break,
            }
        }
        self.now = until;
    }

    /// What is due at a page.
    fn turn(&mut self, number: usize) {
        let now = self.now;
        let page = &mut self.pages[number];
        if page.is_closed {
            return;
        }
        if let Some((due, version)) = page.answered_at.filter(|(due, _)| *due <= now) {
            page.answered_at = None;
            let status = if due >= self.ends { Status::Success } else { Status::Started };
            let look = Look::Status { status, end_is_zero: false, running_for: None };
            page.machine.handle_event(at(now), Event::Looked { version, look: look.clone() });
            self.tell_others(number, &Event::OtherLooked(look));
        }
        let page = &mut self.pages[number];
        page.machine.handle_timeout(at(now));
        if let Some(Action::Look { version }) = page.machine.poll_action() {
            page.requests += 1;
            page.answered_at = Some((now + self.round_trip, version));
            self.tell_others(number, &Event::OtherLooks);
        }
        for page in self.pages.iter_mut().filter(|page| matches!(page.machine.phase(), Phase::Ended(_))) {
            page.knew_end_at.get_or_insert(now);
        }
    }

    fn requests(&self) -> u64 {
        self.pages.iter().map(|page| page.requests).sum()
    }
}

#[test]
fn five_pages_ask_about_as_often_as_one() {
    for round_trip in [20, 900, 18 * SECOND] {
        for until in [10 * MINUTE, HOUR] {
            let requests = |pages: usize| {
                let mut browser = Browser::new(pages, round_trip);
                browser.run(until);
                browser.requests()
            };
            let (one, five) = (requests(1), requests(5));
            // Each of the other four may have begun its first look before it heard of one.
            assert!(five <= one + 4, "{round_trip} ms, {until} ms: {five} requests of five pages, {one} of one");
        }
    }
}

#[test]
fn all_pages_know_an_end_when_one_does() {
    for round_trip in [20, 900] {
        let mut browser = Browser::new(3, round_trip);
        browser.ends = 3 * MINUTE;
        browser.run(HOUR);
        let knew: Vec<_> = browser.pages.iter().map(|page| page.knew_end_at.expect("each knows the end")).collect();
        let (first, last) = (knew.iter().min().copied().unwrap_or(0), knew.iter().max().copied().unwrap_or(0));
        assert!(first > 0 && last - first <= MESSAGE, "{knew:?}");
        assert!(last - browser.ends <= 12 * SECOND, "{knew:?}");
    }
}

#[test]
fn when_the_page_that_asks_is_closed_another_goes_on_within_a_round() {
    // Also in the middle of a look of its own, which it has announced.
    for closes in [45_000, 52_350] {
        let mut browser = Browser::new(2, 100);
        browser.run(closes);
        let asks = usize::from(browser.pages[0].requests <= browser.pages[1].requests);
        browser.pages[asks].is_closed = true;
        let before = browser.requests();
        browser.run(closes + 25 * SECOND);
        assert!(browser.requests() > before, "closed at {closes}: nobody asks any more");
        browser.run(closes + 85 * SECOND);
        assert!(
            browser.requests() >= before + 6,
            "closed at {closes}: {} requests in 85 s",
            browser.requests() - before
        );
    }
}

#[test]
fn a_page_that_is_seen_asks_at_its_own_pace_beside_one_that_nobody_sees() {
    let mut browser = Browser::new(2, 100);
    browser.pages[0].machine.handle_event(at(0), Event::Hidden);
    browser.run(10 * MINUTE);
    let mut alone = Browser::new(1, 100);
    alone.run(10 * MINUTE);
    assert!(browser.pages[1].requests + 2 >= alone.requests(), "{}", browser.pages[1].requests);
    assert!(browser.pages[0].requests <= 2, "{}", browser.pages[0].requests);
}
