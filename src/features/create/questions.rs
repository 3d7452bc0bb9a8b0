//! What a change of the form has to ask the server.

use weaviate_backups::preflight::fact::Fact;

use super::model::{Create, Effect, Event};
use crate::server::Server;

impl Create {
    /// Whether an answer that the check needs is on its way.
    pub fn is_checking(&self) -> bool {
        let awaits_place = self.id_known == Fact::NotAsked || self.running == Fact::NotAsked;
        self.server.nodes.in_flight
            || self.server.cluster.in_flight
            || self.names == Fact::NotAsked
            // Without a backend there is nothing to ask about.
            || (!self.form.backend.is_empty() && awaits_place)
    }

    pub(super) fn ask_id(&mut self) -> Vec<Effect> {
        self.version += 1;
        self.id_known = Fact::NotAsked;
        match self.id() {
            // There is nothing to ask about a text that is no id.
            Err(_) => {
                self.id_known = Fact::NotOffered;
                Vec::new()
            }
            Ok(id) if !self.form.backend.is_empty() => {
                let (backend, location) = (self.form.backend.clone(), self.location());
                vec![Effect::AskId { version: self.version, backend, location, id }]
            }
            Ok(_) => Vec::new(),
        }
    }

    pub(super) fn backend_changed(&mut self) -> Vec<Effect> {
        self.running = Fact::NotAsked;
        let mut effects = self.ask_id();
        effects.push(Effect::AskRunning { backend: self.form.backend.clone() });
        effects
    }

    pub(super) fn place_changed(&mut self, event: Event) -> Vec<Effect> {
        let before = self.location();
        match event {
            Event::ElsewhereChosen(elsewhere) => self.form.elsewhere = elsewhere,
            Event::BucketTyped(bucket) => self.form.bucket = bucket,
            Event::PathTyped(path) => self.form.path = path,
            _ => {}
        }
        if self.location() == before { Vec::new() } else { self.ask_id() }
    }

    /// The first backend that can be used here is chosen when none is, or when the chosen one turns out to be of no use
    /// because the nodes are known only now.
    pub(super) fn server_changed(&mut self, server: Server) -> Vec<Effect> {
        self.server = server;
        let Some(meta) = self.server.meta.get() else { return Vec::new() };
        let chosen = meta.backends.iter().any(|backend| backend.name == self.form.backend);
        let usable = meta.backends.iter().find(|backend| self.backend_refused(&backend.name).is_none());
        let stays = chosen && (self.backend_refused(&self.form.backend).is_none() || usable.is_none());
        if stays && self.version > 0 {
            return Vec::new();
        }
        if !stays {
            let first = usable.or(meta.backends.first()).map(|backend| backend.name.clone());
            self.form.backend = first.unwrap_or_default();
        }
        if self.form.backend.is_empty() { Vec::new() } else { self.backend_changed() }
    }
}
