//! The console: what is pure is compiled and tested natively, what needs a browser only for wasm.

pub mod connection;
pub mod features;
pub mod i18n;
pub mod loadable;
pub mod request_text;
pub mod route;
pub mod server;
pub mod theme;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod platform;
#[cfg(target_arch = "wasm32")]
pub mod ui;
