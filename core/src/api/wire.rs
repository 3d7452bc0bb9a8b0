//! Bodies as they go over the wire. Every answer keeps the members it does not know, so that what is decoded and encoded
//! again loses no key.

mod operation;
mod request;
mod server;

use serde_json::{Map, Value};

pub use operation::{Accepted, ListedBackup, OperationStatus};
pub use request::{AccessOption, CreateConfig, CreateRequest, RestoreConfig, RestoreRequest};
pub use server::{
    Alias, Aliases, Class, Meta, Node, NodeStatistics, Nodes, OpenIdConfiguration, OwnInfo, Role, Schema, Shard,
    Statistics,
};

/// Members this console does not know.
pub type Others = Map<String, Value>;
