//! What was started from this browser and in which state it is, so that a reload goes on watching and a lost answer is
//! neither taken for an end nor for a reason to send again.

pub mod book;
pub mod entry;
pub mod evidence;
pub mod landing;
pub mod submission;
pub mod verdict;
