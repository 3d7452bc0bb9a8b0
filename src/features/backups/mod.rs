//! Backups: what do I have, is it good, is it recent, what is not covered?

pub mod absence;
pub mod finder;
pub mod listing;
pub mod model;
pub mod row;
pub mod shown;
pub mod summary;
