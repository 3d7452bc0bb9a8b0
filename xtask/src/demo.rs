//! `demo`: the release console on loopback, beside a simulated Weaviate or in front of a real one.

use anyhow::{Context, Result};
use weaviate_sim::{SCENARIOS, server::Shared};

use crate::{
    bundle::{self, root},
    serve::{Api, Options, Server},
};

/// The port of `demo` when none is asked for.
pub const PORT: u16 = 7070;

#[derive(Debug)]
pub struct Demo {
    /// The server to stand in front of; `None`: the simulated one.
    pub weaviate: Option<String>,
    pub port: u16,
    pub host: Option<String>,
    /// What the simulated server looks like.
    pub scenario: String,
}

impl Demo {
    /// Serves until the process is ended.
    ///
    /// # Errors
    /// The build fails, the port is taken, the address or the scenario is none.
    pub fn run(self) -> Result<()> {
        let api =
            match &self.weaviate {
                Some(url) => Api::Forwarded(url.clone()),
                None => Api::Simulated(Shared::scenario(&self.scenario).with_context(|| {
                    format!("there is no scenario `{}`, only {}", self.scenario, SCENARIOS.join(", "))
                })?),
            };
        let dist = root().join("dist");
        bundle::build(&dist, &[])?;
        let server = Server::start(Options { port: self.port, host: self.host, dist, api })
            .context("the demo server did not start; --port takes another port")?;
        println!("\n  {}\n", server.url());
        match self.weaviate {
            Some(url) => {
                println!("The console in front of {url}. The key, if one is needed, is asked for by the page.");
            }
            None => println!("The console beside a simulated Weaviate ({}). Nothing in it is real.", self.scenario),
        }
        println!("Ctrl-C ends it.");
        let mut known = 0;
        loop {
            println!("The page's policy was violated: {}", server.next_violation(known));
            known += 1;
        }
    }
}
