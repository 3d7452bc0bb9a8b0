//! When to ask a server about one operation, and what its answers mean. Knows no clock, no network and no browser: times
//! and outcomes are handed in, so every schedule is a table test.

pub mod absence;
pub mod backoff;
pub mod cadence;
pub mod clock;
pub mod log;
pub mod look;
pub mod machine;
