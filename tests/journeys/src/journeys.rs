//! The journeys, by what they are about.

mod bad_days;
mod chinese;
mod connect;
mod damage;
mod forms;
mod keyboard;
mod lists;
mod names;
mod operations;
mod parts;
mod permissions;
mod places;
mod plain_http;
mod policy;
pub(crate) mod rescue;
mod screens;
mod secrets;
mod servers;
mod sub_path;
mod windows;

use std::pin::Pin;
use std::sync::Arc;

use anyhow::Result;

use crate::Arguments;
use crate::stage::Stage;

type Playing = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// A person's way through the console.
#[derive(Clone, Copy)]
pub struct Journey {
    /// A sentence.
    pub name: &'static str,
    pub scenario: &'static str,
    pub language: &'static str,
    /// Parts of texts that the browser's console may hold at the end.
    pub expected_console: &'static [&'static str],
    /// The journey violates the policy on purpose, and looks at the traces itself.
    pub violates: bool,
    pub play: fn(Arc<Stage>, Arc<Arguments>) -> Playing,
}

/// Makes a [`Journey`] of an async function.
macro_rules! journey {
    ($scenario:literal, $name:expr, $play:expr) => {
        $crate::journeys::Journey {
            name: $name,
            scenario: $scenario,
            language: "en-US",
            expected_console: &[],
            violates: false,
            play: |stage, arguments| Box::pin(async move { $play(&stage, &arguments).await }),
        }
    };
}
pub(crate) use journey;

pub fn all() -> Vec<Journey> {
    let mut all = Vec::new();
    for part in [
        connect::all(),
        lists::all(),
        forms::all(),
        operations::all(),
        bad_days::all(),
        secrets::all(),
        policy::all(),
        parts::all(),
        permissions::all(),
        servers::all(),
        places::all(),
        plain_http::all(),
        names::all(),
        rescue::all(),
        damage::all(),
        sub_path::all(),
        windows::all(),
        keyboard::all(),
        chinese::all(),
        screens::all(),
    ] {
        all.extend(part);
    }
    all
}
