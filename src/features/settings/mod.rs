//! Settings: language, theme, and forgetting.

#[cfg(target_arch = "wasm32")]
pub mod view;
