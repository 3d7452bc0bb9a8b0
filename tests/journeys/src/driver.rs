//! The programs of one session, started for it and ended with it, however it ends.

use std::net::TcpListener;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// How long a program may take to be ready. A busy machine takes seconds.
const START_LIMIT: Duration = Duration::from_mins(1);
/// How long a driver that is given up may take to end its browser.
const END_LIMIT: Duration = Duration::from_secs(5);

/// A program and all that it started; killed on drop.
#[derive(Debug)]
pub struct Process {
    pub child: Child,
    group: Option<u32>,
}

impl Process {
    /// Starts it in a process group of its own.
    pub fn start(command: &mut Command) -> Result<Self> {
        command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let program = command.as_std().get_program().to_owned();
        let child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self { group: child.id(), child })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group.and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw)
            && let Err(error) = rustix::process::kill_process_group(group, rustix::process::Signal::KILL)
            // Who ended by itself is what is wanted.
            && error != rustix::io::Errno::SRCH
        {
            eprintln!("the process group {group:?} cannot be ended: {error}");
        }
    }
}

/// A driver with at most one session: geckodriver and `WebKitWebDriver` take no second.
#[derive(Debug)]
pub struct Driver {
    url: String,
    /// The session that is open.
    session: Mutex<Option<String>>,
    _program: Process,
    /// The display that the browser is on.
    _display: Option<Process>,
    /// The browser's settings, and the temporary files of both: the last to go, when nobody writes any more. Chromium's
    /// driver leaves a profile of some megabytes behind when it is ended.
    _folder: TempDir,
}

impl Driver {
    /// Starts a driver and waits until it says that it is ready. `--port` is the option that all three know.
    pub async fn start(mut command: Command, display: Option<Process>, settings: Option<TempDir>) -> Result<Self> {
        let port = free_port()?;
        let folder = settings.map_or_else(|| TempDir::with_prefix("journeys-"), Ok)?;
        command.arg(format!("--port={port}")).env("TMPDIR", folder.path()).stdout(Stdio::null());
        let mut program = Process::start(&mut command)?;
        let name = command.as_std().get_program().display().to_string();
        let url = format!("http://127.0.0.1:{port}");
        let listening = async {
            loop {
                if let Some(status) = program.child.try_wait()? {
                    bail!("{name} ended at once: {status}");
                }
                // One that listens already may still cut the first connections off.
                let status = format!("{url}/status");
                if tokio::task::spawn_blocking(move || is_ready(&status)).await? {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(START_LIMIT, listening).await.with_context(|| format!("{name} is not ready"))??;
        Ok(Self { url, session: Mutex::default(), _program: program, _display: display, _folder: folder })
    }

    /// Opens the session.
    pub async fn session(&self, capabilities: Capabilities) -> Result<Client> {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let opening = builder.capabilities(capabilities).connect(&self.url);
        let client = tokio::time::timeout(START_LIMIT, opening).await.context("the browser does not start")??;
        let id = client.session_id().await?;
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = id;
        Ok(client)
    }

    /// Ends the session as it should end.
    pub async fn close(&self, client: Client) -> Result<()> {
        client.close().await?;
        self.session.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(())
    }
}

/// Whether a driver takes a session: its `GET /status`, as the `WebDriver` standard has it.
fn is_ready(status: &str) -> bool {
    let config = ureq::Agent::config_builder().timeout_global(Some(END_LIMIT)).build();
    let Ok(mut answer) = ureq::Agent::new_with_config(config).get(status).call() else { return false };
    let Ok(text) = answer.body_mut().read_to_string() else { return false };
    serde_json::from_str(&text).is_ok_and(|status: serde_json::Value| status["value"]["ready"] == true)
}

/// A port on which nobody listens, and which nobody is given before the driver has it.
///
/// Systems give ports from 32768 on (Linux) or 49152 on (the others) to whoever asks for any, browsers among them: a port
/// that is free there now may be another's when the driver starts.
pub fn free_port() -> Result<u16> {
    const FIRST: u32 = 12_000;
    const COUNT: u32 = 20_000;
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    // Another run begins elsewhere.
    let start = std::process::id().wrapping_mul(97);
    for _ in 0..COUNT {
        let step = start.wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(FIRST + step % COUNT)?;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port from {FIRST} on is free")
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A browser may have left its driver's process group: only the driver can end it, and only while it runs.
        if let Some(session) = self.session.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            let config = ureq::Agent::config_builder().timeout_global(Some(END_LIMIT)).build();
            let ended = ureq::Agent::new_with_config(config).delete(format!("{}/session/{session}", self.url)).call();
            if let Err(error) = ended {
                eprintln!("a session could not be ended: {error}");
            }
        }
    }
}
