//! One look at an operation: by this page, or by another of this browser that tells what it saw. So one page asks,
//! whichever, and all show the answer.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weaviate_backups::api::client::{Outcome, read_status};
use weaviate_backups::api::request;
use weaviate_backups::api::wire::OperationStatus;
use weaviate_backups::domain::operation::OperationKey;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::poll::log::Exchange;
use weaviate_backups::poll::look::Look;
use weaviate_backups::poll::machine::Event;

use super::Watches;
use super::job::{Job, change, now};
use crate::platform::clock::wall_now;
use crate::platform::neighbours::Told;
use crate::route::Route;

/// Whose look it was: a machine of this page and its number for the look, or another page's.
#[derive(Clone, Copy)]
enum By {
    This { serial: u64, version: u64 },
    Other,
}

impl Watches {
    pub(super) fn look(self, key: &OperationKey, serial: u64, version: u64) {
        let Some(client) = self.session.client(&key.connection) else {
            self.tell(key, Event::KeyMissing);
            return;
        };
        self.tell_neighbours(key, &Told::Looks);
        let key = key.clone();
        spawn_local(async move {
            let answer = client.status_answer(&key).await;
            let outcome = read_status(&key, &answer);
            self.looked(&key, By::This { serial, version }, outcome);
            self.tell_neighbours(&key, &Told::Looked(answer));
        });
    }

    fn tell_neighbours(self, key: &OperationKey, told: &Told) {
        // The console may be gone by the time of an answer.
        self.neighbours.try_with_value(|neighbours| {
            if let Some(neighbours) = neighbours {
                neighbours.tell_watch(&Route::Operation(key.clone()).hash(), told);
            }
        });
    }

    /// Another page told of an operation, which this one may not watch.
    pub(super) fn heard(self, operation: &str, told: Told) {
        let is_it = |key: &&OperationKey| Route::Operation((*key).clone()).hash() == operation;
        let key = self.jobs.try_with_value(|jobs| jobs.keys().find(is_it).cloned());
        let Some(key) = key.flatten() else { return };
        match told {
            Told::Looks => self.tell(&key, Event::OtherLooks),
            Told::Looked(answer) => {
                let outcome = read_status(&key, &answer);
                self.looked(&key, By::Other, outcome);
            }
        }
    }

    fn looked(self, key: &OperationKey, by: By, outcome: Outcome<OperationStatus>) {
        let (now, wall) = (now(), WallMillis(wall_now()));
        let request = request::status_of(key);
        let is_it = |job: &&mut Job| match by {
            By::This { serial, .. } => job.serial == serial,
            By::Other => true,
        };
        let taken = self.jobs.try_update_value(|jobs| {
            let job = jobs.get_mut(key).filter(is_it)?;
            let machine = job.machine.as_mut()?;
            let look = Look::of(outcome.as_ref().map(|answered| &answered.value), wall);
            let event = match by {
                By::This { version, .. } => Event::Looked { version, look },
                By::Other => Event::OtherLooked(look),
            };
            machine.handle_event(now, event);
            let is_taken = machine.last_look() == Some(now);
            job.was_running |= outcome.as_ref().is_ok_and(|answered| !answered.value.status.is_terminal());
            // The answer to a look that was given up is shown in the log and believed by nobody.
            Some((job.watched.clone(), is_taken))
        });
        let Some((watched, is_taken)) = taken.flatten() else { return };
        if is_taken || matches!(by, By::This { .. }) {
            watched.log.update(|log| log.push(Exchange::of_status(wall, &request, outcome.as_ref())));
        }
        if is_taken {
            watched.looks.update(|looks| {
                looks.last = Some(wall);
                looks.answered = if outcome.is_ok() { Some(wall) } else { looks.answered };
            });
            change(&watched.known, |known| match outcome {
                Ok(answered) => known.answered(answered.value, wall),
                Err(error) => known.failed(error, wall),
            });
        }
        self.drive(key);
    }
}
