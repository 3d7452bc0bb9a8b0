//! Operation: is it working, how far is it, how did it end, and what did the server say?

pub mod answers;
#[cfg(target_arch = "wasm32")]
mod answers_view;
pub mod asked;
pub mod cancel;
#[cfg(target_arch = "wasm32")]
mod head_view;
pub mod known;
pub mod model;
#[cfg(target_arch = "wasm32")]
mod nodes_view;
pub mod outcome;
#[cfg(target_arch = "wasm32")]
mod outcome_view;
pub mod phases;
#[cfg(target_arch = "wasm32")]
mod progress_view;
pub mod relation;
#[cfg(target_arch = "wasm32")]
pub mod scene;
#[cfg(target_arch = "wasm32")]
mod side_view;
pub mod story;
#[cfg(target_arch = "wasm32")]
pub mod view;
