//! Submits forms, and looks up what became of what an earlier page had sent.

use std::rc::Rc;

use leptos::prelude::*;
use weaviate_backups::api::error::{ApiError, ErrorKind};
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Entry, State};
use weaviate_backups::ledger::evidence::Settlement;
use weaviate_backups::ledger::submission::{Ask, Event, Step, Stop, Submission};
use weaviate_backups::poll::look::Pause;

use super::ledger::Ledger;
use super::navigation::Navigator;
use super::session::Session;
use super::watch::Watches;
use crate::platform::clock::monotonic_now;

mod run;
pub use run::names;
use run::{Form, Run, Shown, now};

/// The submissions of one form, one after the other. A plain copy.
///
/// What was sent goes on when the form's page is left: the ledger learns of the answer all the same.
#[derive(Clone, Copy)]
pub struct Submitting {
    session: Session,
    ledger: Ledger,
    navigator: Navigator,
    watches: Watches,
    run: StoredValue<Option<Rc<Run>>, LocalStorage>,
    shown: Shown,
    draft_name: StoredValue<String>,
}

/// Whether what became of an entry's POST is still to be looked up.
fn is_unanswered(entry: &Entry) -> bool {
    matches!(entry.state, State::Intended | State::AnswerLost { .. })
}

/// Looks up, for as long as the current owner lives, what became of POSTs whose page was gone before their answer came.
/// Nothing is sent again. What needs a key waits for it.
pub fn resume_unanswered(session: Session, ledger: Ledger, watches: Watches) {
    // Those of the beginning only: the later ones are at work here, or in another tab.
    let waiting = StoredValue::new(None::<Vec<Entry>>);
    Effect::new(move || {
        if !ledger.ready().get() {
            return;
        }
        if waiting.with_value(Option::is_none) {
            let entries = ledger.entries().get_untracked();
            waiting.set_value(Some(
                book::open(&entries).into_iter().filter(|entry| is_unanswered(entry)).cloned().collect(),
            ));
        }
        let can_ask = |entry: &Entry| {
            session.connection(&entry.key.connection).is_some() && !session.lacks_key(&entry.key.connection)
        };
        let (able, unable): (Vec<_>, Vec<_>) = waiting.get_value().unwrap_or_default().into_iter().partition(can_ask);
        waiting.set_value(Some(unable));
        for entry in able {
            let machine = Submission::resume(entry, monotonic_now(), now());
            Run::new(session, ledger, watches, machine, None).drive();
        }
    });
}

impl Submitting {
    /// `draft_name` is of the form's draft; it is removed when the server has taken what was sent.
    pub fn new(session: Session, navigator: Navigator, draft_name: String) -> Self {
        Self {
            session,
            ledger: Ledger::of_view(),
            navigator,
            watches: Watches::of_view(),
            run: StoredValue::new_local(None),
            shown: Shown::new(),
            draft_name: StoredValue::new(draft_name),
        }
    }

    pub fn step(self) -> Signal<Step> {
        self.shown.step.into()
    }

    pub fn error(self) -> Signal<Option<ApiError>> {
        self.shown.error.into()
    }

    /// Whether the newest submission was refused for want of a permission: what was read of the roles holds no more.
    pub fn is_forbidden(self) -> Memo<bool> {
        let error = self.shown.error;
        Memo::new(move |_| {
            error.with(|error| error.as_ref().is_some_and(|error| error.kind == ErrorKind::NotPermitted))
        })
    }

    /// What the newest submission is about; `None` before the first.
    pub fn key(self) -> Signal<Option<OperationKey>> {
        self.shown.key.into()
    }

    /// Whether a press would be one too many.
    pub fn is_under_way(self) -> bool {
        self.shown.step.with(is_under_way)
    }

    /// Submits. A press while one is under way changes nothing: the machine sends a POST once. Where nothing was sent,
    /// or it is known that it was not taken, a press is a new submission.
    pub fn press(self, ask: Ask) {
        let (is_free, is_doubtful) = self.shown.step.with_untracked(|step| (is_free(step), is_doubtful(step)));
        let is_another = self.shown.key.with_untracked(|key| key.as_ref() != Some(&ask.key));
        let may_press = is_free || (is_doubtful && is_another);
        if !may_press {
            return;
        }
        self.shown.error.set(None);
        self.shown.key.set(Some(ask.key.clone()));
        if self.session.client(&ask.key.connection).is_none() {
            self.shown.step(Step::Stopped(Stop::Paused(Pause::KeyNeeded)));
            return;
        }
        // One whose answer never came, as after leaving the page meanwhile: that is found out first.
        let newest = untrack(|| self.ledger.entry(&ask.key));
        let is_new = !newest.as_ref().is_some_and(is_unanswered);
        let machine = match newest {
            Some(entry) if is_unanswered(&entry) => Submission::resume(entry, ask.seed, now()),
            earlier => Submission::new(ask, earlier.as_ref()),
        };
        let form = Form { navigator: self.navigator, shown: self.shown, draft_name: self.draft_name.get_value() };
        let run = Run::new(self.session, self.ledger, self.watches, machine, Some(form));
        self.let_go();
        self.run.set_value(Some(Rc::clone(&run)));
        if is_new {
            run.handle(Event::SubmitPressed);
        } else {
            run.drive();
        }
    }

    pub fn write_again(self) {
        self.handle(Event::WriteAgainPressed);
    }

    pub fn go_on_without_ledger(self) {
        self.handle(Event::GoOnWithoutLedgerPressed);
    }

    pub fn look_again(self) {
        self.handle(Event::LookAgainPressed);
    }

    /// Lets go of a submission that is not under way, or is only looked up, so that the form can be sent anew. What is
    /// known of it stays in the ledger, and is still found out.
    pub fn start_over(self) {
        let may_let_go = |step: &Step| !is_under_way(step) || matches!(step, Step::LookingUp { .. });
        if self.shown.step.with_untracked(may_let_go) {
            self.let_go();
            self.run.set_value(None);
            self.shown.error.set(None);
            self.shown.step(Step::Ready);
        }
    }

    fn let_go(self) {
        if let Some(run) = self.run.get_value() {
            run.let_go();
        }
    }

    fn handle(self, event: Event) {
        if let Some(run) = self.run.try_get_value().flatten() {
            run.handle(event);
        }
    }
}

fn is_under_way(step: &Step) -> bool {
    matches!(step, Step::ReadingBefore | Step::Writing | Step::Posting | Step::LookingUp { .. })
}

/// Whether nothing was sent, or the server is known not to have taken it.
fn is_free(step: &Step) -> bool {
    match step {
        Step::Ready | Step::Stopped(_) | Step::NotWritten(_) => true,
        Step::Settled(settlement) => {
            matches!(settlement, Settlement::Refused | Settlement::NotTaken | Settlement::IdTaken)
        }
        _ => false,
    }
}

/// Whether the server may have taken it.
fn is_doubtful(step: &Step) -> bool {
    matches!(step, Step::Paused(_) | Step::Settled(Settlement::CannotTell { .. }))
}
