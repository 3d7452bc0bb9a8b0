//! What a person does on the page of an operation, and what is read beside its status.

use weaviate_backups::api::error::ApiError;
use weaviate_backups::domain::operation::{Kind, OperationKey};
use weaviate_backups::domain::status::Status;

use super::cancel::Obstacle;
use super::outcome::Reading;
use crate::features::Model;
use crate::loadable::Loadable;

#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub key: OperationKey,
    pub dialog: Dialog,
    /// When the server took a cancel; milliseconds since 1970. What becomes of it its status tells.
    pub cancel_sent: Option<i64>,
    /// What is in the schema, for restores that this browser started.
    pub reading: Loadable<Reading>,
    /// The names in a backup that this browser did not start, from the list; `None` when the list has it not.
    pub listed: Loadable<Option<Vec<String>>>,
    /// Whether the reading that is in flight, or came last, was begun after the end.
    reads_end: bool,
    has_ended: bool,
    /// How often a cancel of a restore was confirmed.
    confirmations: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    Closed,
    Open(Option<Trouble>),
    Sending,
}

/// Why a cancel did not go through.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It was not sent: what was read in the same act forbids it.
    WhyNot(Obstacle),
    /// The look that has to come before it brought nothing, so it was not sent.
    NotLooked(ApiError),
    /// The server's answer to it, or none.
    Call(ApiError),
}

pub enum Event {
    CancelPressed,
    BackPressed,
    CancelConfirmed,
    /// The server took it, at this time.
    CancelSent(i64),
    CancelStopped(Trouble),
    /// A status of this operation is known. `is_ours`: this browser started it, so there is something to compare the
    /// schema with.
    Looked {
        status: Status,
        has_ended: bool,
        is_ours: bool,
    },
    SchemaRead {
        result: Result<Reading, ApiError>,
        at: i64,
    },
    /// Look again, and read again what could not be read.
    AgainPressed,
    /// A node that was taken away for good.
    ForgetNodePressed(String),
    /// The collections of a backup are known from nowhere else.
    CollectionsMissed,
    ListRead {
        result: Result<Option<Vec<String>>, ApiError>,
        at: i64,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    LookNow,
    /// Cancel a create: answer with [`Event::CancelSent`] or [`Event::CancelStopped`].
    CancelCreate,
    /// Look at the restore and the nodes, and cancel only when all is as it must be, and [`Operation::is_confirmed`] by
    /// then: who goes back while the looks are on their way has not canceled.
    CheckAndCancelRestore {
        confirmation: u32,
    },
    /// Read the schema, and the aliases as well when asked to.
    ReadSchema {
        with_aliases: bool,
    },
    ReadList,
    ForgetNode(String),
}

impl Operation {
    pub fn new(key: OperationKey) -> Self {
        Self {
            key,
            dialog: Dialog::Closed,
            cancel_sent: None,
            reading: Loadable::default(),
            listed: Loadable::default(),
            reads_end: false,
            has_ended: false,
            confirmations: 0,
        }
    }

    /// Whether this confirmation is the newest, and was not taken back.
    pub fn is_confirmed(&self, confirmation: u32) -> bool {
        self.dialog == Dialog::Sending && self.confirmations == confirmation
    }

    /// What was read after the end, and nothing older.
    pub fn reading_of_end(&self) -> Option<&Reading> {
        let is_newest = !self.reading.in_flight && self.reading.error.is_none();
        self.reading.get().filter(|_| self.has_ended && self.reads_end && is_newest)
    }

    fn looked(&mut self, status: &Status, has_ended: bool, is_ours: bool) -> Vec<Effect> {
        if self.has_ended && !has_ended {
            // Another restore of the same backup: what was read belongs to the one before.
            self.reading = Loadable::default();
            self.reads_end = false;
            self.cancel_sent = None;
        }
        self.has_ended = has_ended;
        if has_ended {
            self.dialog = Dialog::Closed;
        }
        let wanted = self.key.kind == Kind::Restore && is_ours;
        let is_due = *status == Status::Finalizing || (has_ended && !self.reads_end);
        let mut effects = if wanted && is_due && !self.reading.in_flight { self.read_schema() } else { Vec::new() };
        if wanted && has_ended {
            // What was left out is named at the end.
            effects.extend(self.miss_collections());
        }
        effects
    }

    /// Asks for the names in the backup, once.
    fn miss_collections(&mut self) -> Vec<Effect> {
        if self.listed.is_settled() || self.listed.in_flight {
            return Vec::new();
        }
        self.listed.started();
        vec![Effect::ReadList]
    }

    fn read_schema(&mut self) -> Vec<Effect> {
        self.reading.started();
        self.reads_end = self.has_ended;
        vec![Effect::ReadSchema { with_aliases: self.has_ended }]
    }

    fn schema_read(&mut self, result: Result<Reading, ApiError>, at: i64) -> Vec<Effect> {
        let was_of_end = self.reads_end;
        // What failed is read again with the next look, as when a key is given, and not before.
        self.reads_end &= result.is_ok();
        self.reading.arrived(result, at);
        if self.has_ended && !was_of_end { self.read_schema() } else { Vec::new() }
    }

    fn confirmed(&mut self) -> Vec<Effect> {
        if !matches!(self.dialog, Dialog::Open(_)) {
            return Vec::new();
        }
        self.dialog = Dialog::Sending;
        vec![match self.key.kind {
            Kind::Create => Effect::CancelCreate,
            Kind::Restore => {
                self.confirmations += 1;
                Effect::CheckAndCancelRestore { confirmation: self.confirmations }
            }
        }]
    }

    fn again(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::LookNow];
        if self.reading.error.is_some() && !self.reading.in_flight {
            effects.extend(self.read_schema());
        }
        if self.listed.error.is_some() && !self.listed.in_flight {
            self.listed.started();
            effects.push(Effect::ReadList);
        }
        effects
    }
}

impl Model for Operation {
    type Event = Event;
    type Effect = Effect;

    fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::CancelPressed => {
                if self.dialog == Dialog::Closed {
                    self.dialog = Dialog::Open(None);
                }
                Vec::new()
            }
            Event::BackPressed => {
                self.dialog = Dialog::Closed;
                Vec::new()
            }
            Event::CancelConfirmed => self.confirmed(),
            Event::CancelSent(at) => {
                self.dialog = Dialog::Closed;
                self.cancel_sent = Some(at);
                vec![Effect::LookNow]
            }
            Event::CancelStopped(trouble) => {
                if self.dialog == Dialog::Sending {
                    self.dialog = Dialog::Open(Some(trouble));
                }
                // Whatever stopped it, the status tells how things are.
                vec![Effect::LookNow]
            }
            Event::Looked { status, has_ended, is_ours } => self.looked(&status, has_ended, is_ours),
            Event::SchemaRead { result, at } => self.schema_read(result, at),
            Event::AgainPressed => self.again(),
            Event::ForgetNodePressed(name) => vec![Effect::ForgetNode(name)],
            Event::CollectionsMissed => self.miss_collections(),
            Event::ListRead { result, at } => {
                self.listed.arrived(result, at);
                Vec::new()
            }
        }
    }
}

#[cfg(test)]
mod tests;
