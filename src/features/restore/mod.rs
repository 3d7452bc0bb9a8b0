//! Restore: what would happen if I restored this here, now?

#[cfg(target_arch = "wasm32")]
mod check_view;
pub mod model;
#[cfg(target_arch = "wasm32")]
pub mod view;
