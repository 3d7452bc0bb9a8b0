//! A program that is run for the user: what it is, how long it has taken, how long it usually takes.

use std::{
    fs::File,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::bundle::root;

/// Often enough to be seen alive, seldom enough for a log.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// The last lines of a failed program's output that are shown; the whole is in the log.
const SHOWN_LINES: usize = 300;

/// One program to run.
#[derive(Debug)]
pub struct Step<'a> {
    what: &'a str,
    usual: &'a str,
}

impl<'a> Step<'a> {
    /// `usual`: how long it takes on two cores, in words.
    pub fn new(what: &'a str, usual: &'a str) -> Self {
        Self { what, usual }
    }

    /// Runs it to its end and returns what it printed. The output goes to a file meanwhile, so that a person sees steps and not a stream.
    ///
    /// # Errors
    /// It cannot be started, or ends with another code than 0; its last lines are then printed.
    pub fn run(&self, command: &mut Command) -> Result<String> {
        let (success, output) = self.run_for_output(command)?;
        if success {
            return Ok(output);
        }
        let lines: Vec<_> = output.lines().collect();
        for line in lines.iter().skip(lines.len().saturating_sub(SHOWN_LINES)) {
            println!("    {line}");
        }
        println!("  all of it: {}", self.log()?.display());
        bail!("{} failed: {}", self.what, as_line(command))
    }

    /// Like [`Step::run`], but an end with another code than 0 is an answer: `(false, output)`.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn run_for_output(&self, command: &mut Command) -> Result<(bool, String)> {
        let path = self.log()?;
        let log = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        println!("  {} … (usually {})", self.what, self.usual);
        std::io::stdout().flush().context("cannot write to standard output")?;
        let started = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().context("cannot share the log")?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", as_line(command)))?;
        let (ended, end) = channel();
        let waiter = std::thread::spawn(move || ended.send(child.wait()));
        let status = loop {
            match end.recv_timeout(SIGN_OF_LIFE) {
                Ok(status) => break status.context("cannot wait for it")?,
                Err(RecvTimeoutError::Timeout) => {
                    println!("  {} … {} (usually {})", self.what, duration(started.elapsed()), self.usual);
                }
                Err(RecvTimeoutError::Disconnected) => bail!("{}: its end was lost", self.what),
            }
        };
        waiter.join().ok().context("the waiting thread panicked")?.context("nobody waited")?;
        let output = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let sign = if status.success() { "done" } else { "without success" };
        println!("  {} {sign} in {}", self.what, duration(started.elapsed()));
        Ok((status.success(), String::from_utf8_lossy(&output).into_owned()))
    }

    /// A file for each step, in the checkout's target folder.
    fn log(&self) -> Result<PathBuf> {
        let folder = root().join("target/xtask-logs");
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let name = self.what.replace(|character: char| !character.is_ascii_alphanumeric(), "-");
        Ok(folder.join(format!("{name}.log")))
    }
}

/// What a program that is quick says, without blanks at its ends.
///
/// # Errors
/// It cannot be started, or ends with another code than 0; with its own words then.
pub(crate) fn said(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", as_line(command)))?;
    if !output.status.success() {
        bail!("{} failed: {}", as_line(command), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as a person would type it.
pub(crate) fn as_line(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// `3.2 s`, `4 min 05 s`.
pub(crate) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        return format!("{:.1} s", duration.as_secs_f32());
    }
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}
