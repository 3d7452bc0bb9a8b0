//! Restore: what would happen if I restored this here, now?

pub mod model;
#[cfg(target_arch = "wasm32")]
mod check_view;
#[cfg(target_arch = "wasm32")]
pub mod view;
