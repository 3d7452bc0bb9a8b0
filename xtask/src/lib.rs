//! The commands of the README, and the demo server as a library for the journeys.
#![allow(clippy::print_stdout, reason = "what a command has to say goes to standard output")]

pub mod bundle;
pub mod check;
pub mod cli;
pub mod conform;
pub mod demo;
pub mod live;
pub mod mutants;
pub mod serve;
pub mod step;
pub mod tools;
