//! The only home of the browser's own interfaces: one place for assumptions about what a browser can do, and for the
//! substitutes where it cannot.

#![allow(clippy::disallowed_methods, reason = "this is the home of what is disallowed elsewhere")]

pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod fetch;
pub mod hash;
pub mod intl;
pub mod ledger_store;
pub mod neighbours;
pub mod page;
pub mod probe;
pub mod storage;
