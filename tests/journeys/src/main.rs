//! End-to-end journeys in Chromium, Firefox and `WebKitGTK`: a person's way through the console, found by role and name, in front of a simulated
//! Weaviate that is staged and harmed as the journey needs, or (`live`) of a real one.
//!
//! `journeys --dist DIR [--engine chromium|firefox|webkit] [--axe FILE | --compare DIR [--accept]] [FILTER…]` runs those
//! whose name contains a filter; the last line counts.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a runner reports there")]

mod audit;
mod browser;
mod driver;
mod engine;
mod front;
mod journeys;
mod keyboard;
mod layout;
mod live;
mod locate;
mod picture;
mod runner;
mod stage;
mod tally;
mod watch;
mod writing;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use self::engine::Engine;
use self::picture::Album;

/// What the command line asks for.
#[derive(Debug, Default)]
pub struct Arguments {
    pub dist: PathBuf,
    pub engine: Engine,
    /// axe-core's script.
    pub axe: Option<PathBuf>,
    /// Opens the page by a name that is not loopback. Not in `WebKit`, which cannot be told where such a name leads.
    pub internal: bool,
    pub filters: Vec<String>,
    pub live: Option<live::Options>,
    /// Writes a picture of each screen that is audited into this folder, and of each that is not as it was accepted.
    pub pictures: Option<PathBuf>,
    /// The accepted pictures, to compare with.
    pub album: Option<Album>,
}

fn arguments() -> Result<Arguments> {
    use lexopt::prelude::*;
    let mut arguments = Arguments::default();
    let (mut compare, mut accept) = (None, false);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("dist") => arguments.dist = parser.value()?.into(),
            Long("engine") => {
                let name = parser.value()?.string()?;
                arguments.engine = Engine::parse(&name).with_context(|| format!("no engine is named {name:?}"))?;
            }
            Long("internal-name") => arguments.internal = true,
            Long("axe") => arguments.axe = Some(parser.value()?.into()),
            Long("compare") => compare = Some(parser.value()?.into()),
            Long("accept") => accept = true,
            Long("pictures") => arguments.pictures = Some(parser.value()?.into()),
            Long("weaviate") => arguments.live.get_or_insert_default().url = parser.value()?.string()?,
            Long("api-key-env") => {
                let name = parser.value()?.string()?;
                let key = std::env::var(&name).with_context(|| format!("the variable {name} holds no key"))?;
                arguments.live.get_or_insert_default().key = Some(key);
            }
            Long("end-node") => {
                arguments.live.get_or_insert_default().end_node = Some(parser.value()?.string()?);
            }
            Long("on-used-server") => arguments.live.get_or_insert_default().on_used_server = true,
            Value(value) if value == "live" => {
                arguments.live.get_or_insert_default();
            }
            Value(value) => arguments.filters.push(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    if arguments.dist.as_os_str().is_empty() {
        bail!("--dist DIR names the bundle");
    }
    if arguments.live.as_ref().is_some_and(|live| live.url.is_empty()) {
        bail!("live needs --weaviate URL");
    }
    if let Some(accepted) = compare {
        let differing = arguments.pictures.clone().context("--compare needs --pictures DIR for what differs")?;
        arguments.album = Some(Album::new(accepted, differing, accept));
        if arguments.engine != Engine::Chromium {
            bail!("only Chromium's pictures are compared");
        }
    } else if accept {
        bail!("--accept needs --compare DIR");
    }
    if arguments.internal && arguments.engine == Engine::WebKit {
        bail!("WebKit cannot be told where an internal name leads");
    }
    Ok(arguments)
}

/// Waits for somebody who wants the run to end: by the keyboard, or as `timeout` and a CI do it.
async fn interrupted() -> Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => Ok(result?),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    Ok(tokio::signal::ctrl_c().await?)
}

fn main() -> ExitCode {
    let result = arguments().and_then(|arguments| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        // Dropped, the run ends the browsers that it started, which a signal to this process does not reach.
        runtime.block_on(async {
            tokio::select! {
                result = runner::run(arguments) => result,
                signal = interrupted() => signal.and_then(|()| bail!("interrupted")),
            }
        })
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            println!("0 passed, 1 failed");
            ExitCode::FAILURE
        }
    }
}
