//! Rules of Weaviate's backups API, without browser, network or clock.

pub mod api;
pub mod domain;
pub mod ledger;
pub mod poll;
pub mod preflight;
