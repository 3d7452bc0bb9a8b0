//! Connect: can I reach this server, and if not, exactly why not and what do I change?

pub mod diagnosis;
pub mod model;
#[cfg(target_arch = "wasm32")]
mod report;
#[cfg(target_arch = "wasm32")]
pub mod view;
