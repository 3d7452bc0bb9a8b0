//! Create: what exactly will be saved, where, and what will not?

#[cfg(target_arch = "wasm32")]
mod chooser_view;
mod form;
pub mod model;
mod offer;
#[cfg(target_arch = "wasm32")]
mod place_view;
mod questions;
#[cfg(target_arch = "wasm32")]
mod side_view;
#[cfg(target_arch = "wasm32")]
pub mod view;
mod why_not;
