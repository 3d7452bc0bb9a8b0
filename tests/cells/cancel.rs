//! The button that cancels.

use weaviate_backups::api::client::{Outcome, read_status};
use weaviate_backups::api::request::{self, NodesOutput};
use weaviate_backups::api::wire::Nodes;
use weaviate_backups::domain::operation::{self, Action, Kind};
use weaviate_backups::domain::version::Version;
use weaviate_backups::preflight::cancel::{Attempt, Step};

use crate::browser::{Browser, Build, read};
use crate::grid::Phase;
use crate::page::{Awaited, Cancel};
use crate::world::{NODES, key};

impl Browser {
    /// One press of the button that cancels.
    pub fn press_cancel(&mut self, number: usize) -> Result<(), String> {
        let Some(watching) = self.pages[number].watching.as_ref() else { return Ok(()) };
        if self.pages[number].cancel.is_some() {
            return Ok(());
        }
        match self.kind() {
            Kind::Create => {
                let may = watching.machine.status().is_some_and(|status| {
                    operation::can(Action::CancelCreate, Kind::Create, status, Some(Version::new(1, 39, 0))).is_ok()
                });
                if may {
                    self.send_cancel(number);
                }
                Ok(())
            }
            Kind::Restore => {
                let attempt = Attempt::new(Some(Version::new(1, 39, 0)));
                self.pages[number].cancel = Some(Cancel { attempt, asked: false, nodes: None, status: None });
                if self.build == Build::CancelsWithoutALook {
                    return self.delete_restore(number);
                }
                self.go_on_with_cancel(number)
            }
        }
    }

    pub fn go_on_with_cancel(&mut self, number: usize) -> Result<(), String> {
        let Some(cancel) = self.pages[number].cancel.as_mut().filter(|cancel| !cancel.asked) else { return Ok(()) };
        match cancel.attempt.step() {
            Step::AskNodes => {
                cancel.asked = true;
                let (due, answer) = self.world.send(&request::nodes(NodesOutput::Minimal));
                let nodes: Outcome<Nodes> = read(answer, async |client| client.nodes(NodesOutput::Minimal).await);
                let nodes = nodes.map(|answered| answered.value.nodes.unwrap_or_default());
                self.pages[number].awaited.push((due, Awaited::Nodes(nodes)));
            }
            Step::AskStatus => {
                cancel.asked = true;
                let key = key(self.kind());
                let (due, answer) = self.world.send(&request::status_of(&key));
                self.pages[number].awaited.push((due, Awaited::StatusOfCancel(read_status(&key, &answer))));
            }
            Step::Send => return self.delete_restore(number),
            Step::Stop(_) => self.pages[number].cancel = None,
        }
        Ok(())
    }

    /// A restore is cancelled only after the same action has read TRANSFERRING and every node that was ever seen.
    fn delete_restore(&mut self, number: usize) -> Result<(), String> {
        let Some(cancel) = self.pages[number].cancel.take() else { return Ok(()) };
        let all = NODES.map(|name| (name.to_owned(), "HEALTHY".to_owned()));
        let is_read = cancel.status.as_ref().is_some_and(|status| status.as_str() == "TRANSFERRING");
        if !is_read || cancel.nodes.as_deref() != Some(&all) {
            return Err(format!("a DELETE of a restore after {:?} on {:?}", cancel.status, cancel.nodes));
        }
        self.send_cancel(number);
        Ok(())
    }

    fn send_cancel(&mut self, number: usize) {
        let key = key(self.kind());
        let begins = self.world.cell.phase == Phase::Cancelling && !self.world.has_begun;
        if begins && !self.world.cell.fault.strikes_state() {
            self.world.begin_fault(&mut self.dice);
        }
        let (due, _) = self.world.send(&request::cancel(key.kind, &key.backend, &key.id, &key.location));
        if begins {
            self.world.begin_fault(&mut self.dice);
        }
        self.pages[number].awaited.push((due, Awaited::Cancelled));
    }
}
