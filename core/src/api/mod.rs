//! Weaviate's HTTP API as this console uses it: a request is a value, an answer is decoded without trust, and who sends
//! is somebody else ([`transport::Transport`]).

pub mod call;
pub mod client;
pub mod decode;
pub mod error;
pub mod json;
pub mod request;
pub mod transport;
pub mod wire;
