//! Restore: what would happen if I restored this here, now?

mod check;
#[cfg(target_arch = "wasm32")]
mod check_view;
#[cfg(target_arch = "wasm32")]
mod chooser_view;
#[cfg(target_arch = "wasm32")]
mod confirm_view;
mod form;
pub mod model;
mod outlook;
#[cfg(target_arch = "wasm32")]
pub mod view;
mod why_not;
