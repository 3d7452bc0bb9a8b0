//! A simulated Weaviate of six lines of versions: one node or several, the filesystem and an S3 behind them, the backups
//! API and its neighbours.
//!
//! [`Simulator`] is pure: requests and the time go in, answers come out. What it answers is held to the recordings by
//! `cargo xtask conform`. With the feature `server` the module `server` puts one behind a socket.

mod auth;
mod binding;
mod engine;
mod faults;
mod http;
mod neighbours;
mod nodes;
mod profile;
mod scenarios;
#[cfg(feature = "server")]
pub mod server;
mod simulator;
pub mod state;
mod texts;

pub use faults::{Fault, FaultKind};
pub use http::{Outcome, Reply, Request};
pub use nodes::Entry;
pub use profile::Profile;
pub use scenarios::SCENARIOS;
pub use simulator::{Kind, Seen, Simulator, Work};
pub use state::State;
