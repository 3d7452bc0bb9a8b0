//! The button that starts an operation, and all that follows of it.

use weaviate_backups::api::client::{Outcome, read_status};
use weaviate_backups::api::request;
use weaviate_backups::api::wire::{Accepted, Schema};
use weaviate_backups::domain::operation::Kind;
use weaviate_backups::ledger::book;
use weaviate_backups::ledger::entry::{Before, Entry, LostPost, State};
use weaviate_backups::ledger::evidence::{Found, PostOutcome, Settlement};
use weaviate_backups::ledger::submission::{self, Ask, Step, Submission};

use crate::browser::{Browser, Build, read};
use crate::grid::Phase;
use crate::page::Awaited;
use crate::world::{COLLECTIONS, ID, key};

impl Browser {
    /// A press reaches the form that is open; when the last request was refused or not taken, it is a new one.
    pub fn press(&mut self, number: usize) {
        let is_over = |step: &Step| {
            matches!(
                step,
                Step::Settled(Settlement::Refused | Settlement::NotTaken | Settlement::IdTaken) | Step::Stopped(_)
            )
        };
        let (kind, wall) = (self.kind(), self.world.wall());
        let pages = self.pages.iter().flat_map(|page| &page.submissions);
        let unanswered = |entry: &Entry| entry.state.is_open();
        if pages.clone().all(|submission| is_over(submission.step())) && !self.ledger.entries().any(unanswered) {
            let body = if kind == Kind::Create { format!("{{\"id\":\"{ID}\"}}") } else { "{}".into() };
            let collections = COLLECTIONS.map(str::to_owned).to_vec();
            let id_seen_free = kind == Kind::Create && self.sees_id_free();
            let ask = Ask { key: key(kind), body, collections, id_seen_free, seed: self.world.now.unsigned_abs() };
            self.presses += 1;
            let earlier =
                book::newest(self.ledger.entries(), &key(kind)).filter(|_| self.build != Build::OrdersByTheClock);
            self.pages[number].submissions.push(Submission::new(ask, earlier));
        }
        // A form that was stopped goes on; a second press of a button changes nothing.
        if let Some(submission) = self.pages[number].submissions.last_mut() {
            submission.handle_event(wall, submission::Event::SubmitPressed);
            submission.handle_event(wall, submission::Event::SubmitPressed);
        }
    }

    /// The form looks at the id just before it sends. Where it is taken the real one sends nothing; here it is sent all the
    /// same, as it may be taken in between.
    fn sees_id_free(&mut self) -> bool {
        let key = key(Kind::Create);
        let (_, answer) = self.world.send(&request::status_of(&key));
        let found = self.build.finds(&read_status(&key, &answer));
        found == Found::None || self.build == Build::ThinksEveryIdFree
    }

    pub fn carry_out(&mut self, number: usize, of: usize, action: submission::Action) {
        let now = self.world.now;
        let key = key(self.kind());
        let told = |due, event| (due, Awaited::Told { of, event });
        let next = match action {
            submission::Action::ReadBefore { turn } => {
                let (due, answer) = self.world.send(&request::status_of(&key));
                let found = self.build.finds(&read_status(&key, &answer));
                let (schema_due, present) = self.schema();
                let before = found.prior_restore().map(|restore| Before { restore, present });
                told(due.max(schema_due), submission::Event::BeforeRead { turn, before })
            }
            submission::Action::Write { turn, entry } => {
                let skips = self.build == Build::KeepsNothingBeforeThePost && entry.state == State::Intended;
                if !skips {
                    self.ledger.write(&entry);
                }
                told(now + 3, submission::Event::Written { turn })
            }
            submission::Action::Post { turn, body } => {
                let name = self.pages[number].submissions[of].entry().map(Entry::name).unwrap_or_default();
                let (due, outcome) = self.post(&name, body);
                told(due, submission::Event::Posted { turn, outcome })
            }
            submission::Action::LookUp { turn, after } => {
                (now + i64::try_from(after.0).unwrap_or(0), Awaited::LookUp { of, turn })
            }
            submission::Action::ReadSchema { turn } => {
                let (due, present) = self.schema();
                told(due, submission::Event::SchemaRead { turn, present })
            }
        };
        self.pages[number].awaited.push(next);
    }

    fn post(&mut self, name: &str, body: String) -> (i64, PostOutcome) {
        let key = key(self.kind());
        let request = request::submit(key.kind, &key.backend, &key.id, body);
        let begins = self.world.cell.phase == Phase::PostInFlight && !self.world.has_begun;
        let strikes_state = self.world.cell.fault.strikes_state();
        if begins && !strikes_state {
            self.world.begin_fault(&mut self.dice);
        }
        self.world.held_from.insert(name.to_owned(), self.world.held.len());
        self.world.posting = name.to_owned();
        let (due, answer) = self.world.send(&request);
        if begins && strikes_state {
            self.world.begin_fault(&mut self.dice);
        }
        let outcome: Outcome<Accepted> = read(answer, async |client| client.submit(&request).await);
        let mut outcome = PostOutcome::of(outcome.as_ref().map(|answered| &answered.value));
        if self.build == Build::SendsALostPostAgain && matches!(outcome, PostOutcome::AnswerLost { .. }) {
            drop(self.world.send(&request));
            outcome = PostOutcome::AnswerLost { why: LostPost::TimedOut };
        }
        (due, outcome)
    }

    fn schema(&mut self) -> (i64, Option<Vec<String>>) {
        let (due, answer) = self.world.send(&request::schema());
        let schema: Outcome<Schema> = read(answer, async |client| client.schema().await);
        let names = |schema: Schema| schema.classes.unwrap_or_default().into_iter().map(|class| class.class).collect();
        (due, schema.ok().map(|answered| names(answered.value)))
    }
}
