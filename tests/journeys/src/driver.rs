//! chromedriver, started for the run and ended with it.

use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A running chromedriver; killed on drop.
#[derive(Debug)]
pub struct Driver {
    pub url: String,
    _child: Child,
}

/// How long chromedriver may take to listen.
const START_LIMIT: Duration = Duration::from_secs(20);

impl Driver {
    /// `CHROMEDRIVER` names the program; else the one on the `PATH`.
    pub async fn start() -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut child = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let listening = async {
            loop {
                if let Some(status) = child.try_wait()? {
                    bail!("chromedriver ended at once: {status}");
                }
                if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(START_LIMIT, listening).await.context("chromedriver does not listen")??;
        Ok(Self { url: format!("http://127.0.0.1:{port}"), _child: child })
    }
}
