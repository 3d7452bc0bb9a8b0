//! One folder a screen: `model.rs` holds its state, events and rules and knows neither browser nor Leptos; `view.rs`
//! only matches on the state and sends events.

pub mod backups;
pub mod connect;
pub mod create;
pub mod operation;
pub mod restore;
pub mod settings;

/// The behaviour of a screen.
///
/// `update` takes what happened and answers with what is to be done, as data. Whoever runs the effects (the app in a
/// browser, a test by hand) comes back with events.
pub trait Model {
    type Event;
    type Effect;

    fn update(&mut self, event: Self::Event) -> Vec<Self::Effect>;
}
