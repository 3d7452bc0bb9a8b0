//! Operation: is it working, how far is it, how did it end, and what did the server say?

pub mod cancel;
pub mod known;
pub mod outcome;
pub mod phases;
