//! What stands in the way of a create or a restore: facts in, findings out. Nothing is asked here, and what was not
//! asked yet is never taken for fine.

pub mod cancel;
pub mod collections;
pub mod create;
pub mod fact;
pub mod finding;
pub mod nodes;
pub mod restore;
pub mod rights;
pub mod sight;
