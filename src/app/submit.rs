//! Drives a submission: the entry in the ledger, the POST, and the look-ups when its answer is lost.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::api::client::Client;
use weaviate_backups::api::error::ApiError;
use weaviate_backups::api::request;
use weaviate_backups::api::wire::Schema;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::ledger::entry::Before;
use weaviate_backups::ledger::evidence::{Found, PostOutcome, Settlement};
use weaviate_backups::ledger::submission::{Action, Ask, Event, Step, Stop, Submission};
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::poll::log::Exchange;
use weaviate_backups::poll::look::Lost;

use super::ledger::Ledger;
use super::navigation::Navigator;
use super::session::Session;
use super::watch::Watches;
use crate::platform::clock::{Timer, wall_now};
use crate::platform::fetch::FetchTransport;
use crate::route::Route;

/// A submission of one form. A plain copy; it ends with the form's page, and the ledger goes on knowing.
#[derive(Clone, Copy)]
pub struct Submitting {
    session: Session,
    ledger: Ledger,
    navigator: Navigator,
    watches: Watches,
    machine: StoredValue<Option<Submission>, LocalStorage>,
    step: RwSignal<Step>,
    /// Why the POST was refused or its answer lost.
    error: RwSignal<Option<ApiError>>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    /// Called when the server has taken it.
    accepted: StoredValue<Callback<()>>,
}

fn now() -> WallMillis {
    WallMillis(wall_now())
}

/// Names in a schema.
pub fn names(schema: Schema) -> Vec<String> {
    schema.classes.unwrap_or_default().into_iter().map(|class| class.class).collect()
}

impl Submitting {
    /// `accepted` is called before the page of the operation is opened.
    pub fn new(session: Session, navigator: Navigator, accepted: Callback<()>) -> Self {
        Self {
            session,
            ledger: Ledger::of_view(),
            navigator,
            watches: Watches::of_view(),
            machine: StoredValue::new_local(None),
            step: RwSignal::new(Step::Ready),
            error: RwSignal::new(None),
            timer: StoredValue::new_local(None),
            accepted: StoredValue::new(accepted),
        }
    }

    pub fn step(self) -> Signal<Step> {
        self.step.into()
    }

    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error.into()
    }

    /// Whether a press would be one too many.
    pub fn is_under_way(self) -> bool {
        self.step
            .with(|step| matches!(step, Step::ReadingBefore | Step::Writing | Step::Posting | Step::LookingUp { .. }))
    }

    /// Submits. A press while one is under way changes nothing: the machine sends a POST once. What was refused, or was
    /// not taken, is a new submission.
    pub fn press(self, ask: Ask) {
        let is_over = self.step.with_untracked(|step| {
            let settled = Step::Settled(Settlement::Refused);
            *step == Step::Ready || *step == settled || *step == Step::Settled(Settlement::NotTaken)
        });
        if is_over {
            self.error.set(None);
            self.machine.set_value(Some(Submission::new(ask)));
        }
        self.handle(Event::SubmitPressed);
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

    fn handle(self, event: Event) {
        let handled = self.machine.try_update_value(|machine| {
            let machine = machine.as_mut()?;
            machine.handle_event(now(), event);
            let actions: Vec<Action> = std::iter::from_fn(|| machine.poll_action()).collect();
            Some((actions, machine.step().clone(), machine.entry().map(|entry| entry.key.clone())))
        });
        let Some(Some((actions, step, key))) = handled else { return };
        let was_accepted = matches!(step, Step::Settled(Settlement::Accepted { .. }));
        if self.step.with_untracked(|shown| *shown != step) {
            self.step.set(step);
        }
        for action in actions {
            self.run(action, key.as_ref(), was_accepted);
        }
    }

    fn run(self, action: Action, key: Option<&OperationKey>, was_accepted: bool) {
        let Some(key) = key.cloned().or_else(|| self.asked_key()) else { return };
        let client = self.session.client(&key.connection);
        match action {
            Action::Write { turn, entry } => spawn_local(async move {
                let event = match self.ledger.write(*entry).await {
                    Ok(()) => Event::Written { turn },
                    Err(why) => Event::WriteFailed { turn, why },
                };
                self.handle(event);
                // The entry is kept, or at least in memory: the page of the operation finds it there.
                if was_accepted {
                    self.arrive(&key);
                }
            }),
            Action::ReadBefore { turn } => spawn_local(async move {
                let before = read_before(client.as_ref(), &key).await;
                self.handle(Event::BeforeRead { turn, before });
            }),
            Action::Post { turn, body } => spawn_local(async move {
                let outcome = self.post(client.as_ref(), &key, body).await;
                self.handle(Event::Posted { turn, outcome });
            }),
            Action::LookUp { turn, after } => {
                let timer = Timer::after(after.0, move || {
                    spawn_local(async move {
                        let found = look_up(client.as_ref(), &key).await;
                        self.handle(Event::LookedUp { turn, found });
                    });
                });
                self.timer.try_set_value(Some(timer));
            }
            Action::ReadSchema { turn } => spawn_local(async move {
                let present = match &client {
                    Some(client) => client.schema().await.ok().map(|schema| names(schema.value)),
                    None => None,
                };
                self.handle(Event::SchemaRead { turn, present });
            }),
        }
    }

    /// Before there is an entry, the machine knows what was asked for.
    fn asked_key(self) -> Option<OperationKey> {
        self.machine.try_with_value(|machine| machine.as_ref().map(|machine| machine.asked().key.clone())).flatten()
    }

    async fn post(self, client: Option<&Client<FetchTransport>>, key: &OperationKey, body: String) -> PostOutcome {
        let Some(client) = client else { return PostOutcome::Refused { words: String::new() } };
        let request = request::submit(key.kind, &key.backend, &key.id, body);
        let outcome = client.submit(&request).await;
        self.watches.note(key, Exchange::of_accepted(now(), &request, outcome.as_ref()));
        let outcome = outcome.map(|answered| answered.value);
        self.error.try_set(outcome.as_ref().err().cloned());
        PostOutcome::of(outcome.as_ref())
    }

    fn arrive(self, key: &OperationKey) {
        if let Some(accepted) = self.accepted.try_get_value() {
            accepted.run(());
            self.navigator.go(&Route::Operation(key.clone()));
        }
    }
}

async fn look_up(client: Option<&Client<FetchTransport>>, key: &OperationKey) -> Found {
    let Some(client) = client else { return Found::Lost(Lost::Aborted) };
    let outcome = client.status(key.kind, &key.backend, &key.id, &key.location).await;
    Found::of(outcome.as_ref().map(|answered| &answered.value))
}

async fn read_before(client: Option<&Client<FetchTransport>>, key: &OperationKey) -> Result<Before, Stop> {
    let Some(connected) = client else { return Err(Stop::Lost(Lost::Aborted)) };
    let found = look_up(client, &OperationKey { kind: Kind::Restore, ..key.clone() }).await;
    let restore = match found {
        Found::Lost(lost) => return Err(Stop::Lost(lost)),
        Found::Paused(pause) => return Err(Stop::Paused(pause)),
        Found::Status { .. } | Found::None => found.as_prior_restore().ok_or(Stop::Lost(Lost::Unreadable))?,
    };
    let present = connected.schema().await.ok().map(|schema| names(schema.value));
    Ok(Before { restore, present })
}
