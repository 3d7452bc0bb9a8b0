//! One submission at work: the entry in the ledger, the POST, and the look-ups when its answer is lost.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::api::error::ApiError;
use weaviate_backups::api::request;
use weaviate_backups::api::wire::Schema;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::Before;
use weaviate_backups::ledger::evidence::{Found, PostOutcome, Settlement};
use weaviate_backups::ledger::submission::{Action, Event, Step, Stop, Submission};
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::poll::log::Exchange;
use weaviate_backups::poll::look::Pause;

use crate::app::draft;
use crate::app::ledger::Ledger;
use crate::app::navigation::Navigator;
use crate::app::session::{Api, Session};
use crate::app::watch::Watches;
use crate::platform::clock::{Timer, wall_now};
use crate::route::Route;

/// What the form's page sees; it ends with the page.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) step: RwSignal<Step>,
    /// Why the POST was refused or its answer lost.
    pub(super) error: RwSignal<Option<ApiError>>,
    /// What the newest submission is about.
    pub(super) key: RwSignal<Option<OperationKey>>,
}

impl Shown {
    pub(super) fn new() -> Self {
        Self { step: RwSignal::new(Step::Ready), error: RwSignal::new(None), key: RwSignal::new(None) }
    }

    pub(super) fn step(self, step: Step) {
        if self.step.try_with_untracked(|shown| *shown != step) == Some(true) {
            self.step.set(step);
        }
    }
}

/// One submission at work.
pub(super) struct Run {
    session: Session,
    ledger: Ledger,
    watches: Watches,
    machine: RefCell<Submission>,
    timer: RefCell<Option<Timer>>,
    /// `None` for one that no form waits for, or waits for no more.
    form: RefCell<Option<Rc<Form>>>,
    has_arrived: Cell<bool>,
}

pub(super) struct Form {
    pub(super) navigator: Navigator,
    pub(super) shown: Shown,
    pub(super) draft_name: String,
}

pub(super) fn now() -> WallMillis {
    WallMillis(wall_now())
}

/// Names in a schema.
pub fn names(schema: Schema) -> Vec<String> {
    schema.classes.unwrap_or_default().into_iter().map(|class| class.class).collect()
}

impl Run {
    pub(super) fn new(
        session: Session,
        ledger: Ledger,
        watches: Watches,
        machine: Submission,
        form: Option<Form>,
    ) -> Rc<Self> {
        Rc::new(Self {
            session,
            ledger,
            watches,
            machine: RefCell::new(machine),
            timer: RefCell::new(None),
            form: RefCell::new(form.map(Rc::new)),
            has_arrived: Cell::new(false),
        })
    }

    fn form(&self) -> Option<Rc<Form>> {
        self.form.borrow().clone()
    }

    /// The form goes on to something else. What became of this one is found out all the same, for the ledger.
    pub(super) fn let_go(&self) {
        self.form.replace(None);
    }

    pub(super) fn handle(self: &Rc<Self>, event: Event) {
        self.machine.borrow_mut().handle_event(now(), event);
        self.drive();
    }

    /// Does what the machine asks for, and shows where it is.
    pub(super) fn drive(self: &Rc<Self>) {
        if self.is_gone() {
            return;
        }
        let (actions, step, key) = {
            let mut machine = self.machine.borrow_mut();
            let actions: Vec<Action> = std::iter::from_fn(|| machine.poll_action()).collect();
            (actions, machine.step().clone(), machine.asked().key.clone())
        };
        let was_accepted = matches!(step, Step::Settled(Settlement::Accepted { .. }));
        // A resumed one can be accepted without anything left to write.
        let has_nothing_to_write = !actions.iter().any(|action| matches!(action, Action::Write { .. }));
        if let Some(form) = self.form() {
            form.shown.step(step);
        }
        for action in actions {
            self.run(action, &key, was_accepted);
        }
        if was_accepted && has_nothing_to_write && self.machine.borrow().is_kept() {
            self.arrive(&key);
        }
    }

    /// Whether the console was taken away. Its next page looks up what became of it.
    fn is_gone(&self) -> bool {
        self.ledger.ready().try_get_untracked().is_none()
    }

    fn run(self: &Rc<Self>, action: Action, key: &OperationKey, was_accepted: bool) {
        let (run, key) = (Rc::clone(self), key.clone());
        let client = self.session.client(&key.connection);
        match action {
            Action::Write { turn, entry } => spawn_local(async move {
                let event = match run.ledger.write(*entry).await {
                    Ok(()) => Event::Written { turn },
                    Err(why) => Event::WriteFailed { turn, why },
                };
                run.handle(event);
                // The entry is kept, or at least in memory: the page of the operation finds it there.
                if was_accepted {
                    run.arrive(&key);
                }
            }),
            Action::ReadBefore { turn } => spawn_local(async move {
                let before = read_before(client.as_ref(), &key).await;
                run.handle(Event::BeforeRead { turn, before });
            }),
            Action::Post { turn, body } => spawn_local(async move {
                let outcome = run.post(client.as_ref(), &key, body).await;
                run.handle(Event::Posted { turn, outcome });
            }),
            Action::LookUp { turn, after } => {
                let timer = Timer::after(after.0, move || {
                    if run.is_gone() {
                        return;
                    }
                    spawn_local(async move {
                        // As it is by then: a key may have been given meanwhile.
                        let client = run.session.client(&key.connection);
                        let found = look_up(client.as_ref(), &key).await;
                        let is_last = run.is_last();
                        run.handle(Event::LookedUp { turn, found, is_last });
                    });
                });
                self.timer.replace(Some(timer));
            }
            Action::ReadSchema { turn } => spawn_local(async move {
                let present = match &client {
                    Some(client) => client.schema().await.ok().map(|schema| names(schema.value)),
                    None => None,
                };
                run.handle(Event::SchemaRead { turn, present });
            }),
        }
    }

    /// Whether nothing later was asked for that what is found may be.
    fn is_last(&self) -> bool {
        let machine = self.machine.borrow();
        let of_ledger = |entry| self.ledger.entries().try_with_untracked(|entries| book::is_last(entries, entry));
        machine.entry().and_then(of_ledger).unwrap_or(true)
    }

    async fn post(&self, client: Option<&Api>, key: &OperationKey, body: String) -> PostOutcome {
        // The key was forgotten between the press and now, so nothing is sent.
        let Some(client) = client else { return PostOutcome::Refused { words: String::new() } };
        let request = request::submit(key.kind, &key.backend, &key.id, body);
        let outcome = client.submit(&request).await;
        self.watches.note(key, Exchange::of_accepted(now(), &request, outcome.as_ref()));
        let outcome = outcome.map(|answered| answered.value);
        if let Some(form) = self.form() {
            form.shown.error.try_set(outcome.as_ref().err().cloned());
        }
        PostOutcome::of(outcome.as_ref())
    }

    fn arrive(&self, key: &OperationKey) {
        let Some(form) = self.form() else { return };
        if self.has_arrived.replace(true) {
            return;
        }
        draft::remove(&form.draft_name);
        // Whoever has left the form meanwhile is not taken away from where they are.
        if form.shown.step.try_get_untracked().is_some() {
            form.navigator.go(&Route::Operation(key.clone()));
        }
    }
}

async fn look_up(client: Option<&Api>, key: &OperationKey) -> Found {
    let Some(client) = client else { return Found::Paused(Pause::KeyNeeded) };
    let outcome = client.status(key.kind, &key.backend, &key.id, &key.location).await;
    Found::of(outcome.as_ref().map(|answered| &answered.value))
}

async fn read_before(client: Option<&Api>, key: &OperationKey) -> Result<Before, Stop> {
    let Some(connected) = client else { return Err(Stop::Paused(Pause::KeyNeeded)) };
    let found = look_up(client, &OperationKey { kind: Kind::Restore, ..key.clone() }).await;
    let restore = found.prior_restore()?;
    let present = connected.schema().await.ok().map(|schema| names(schema.value));
    Ok(Before { restore, present })
}
