//! Backups: what do I have, is it good, is it recent, what is not covered?

pub mod absence;
pub mod backend_list;
pub mod elsewhere;
pub mod finder;
pub mod listing;
pub mod model;
pub mod row;
pub mod shown;
pub mod summary;

#[cfg(target_arch = "wasm32")]
mod backends_view;
#[cfg(target_arch = "wasm32")]
mod dialogs_view;
#[cfg(target_arch = "wasm32")]
mod elsewhere_view;
#[cfg(target_arch = "wasm32")]
mod filters_view;
#[cfg(target_arch = "wasm32")]
mod row_view;
#[cfg(target_arch = "wasm32")]
mod table_view;
#[cfg(target_arch = "wasm32")]
pub mod view;
