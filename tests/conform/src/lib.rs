//! Recordings of real servers, in the form that `tests/recordings/README.md` tells, are held against the code: their
//! answers against the types of the core, and what a simulated server answers against them.
//!
//! Nothing here knows a file by its name: what a recording needs is in the recording.

mod compare;
mod decode;
mod endpoint;
mod events;
mod replay;
mod rules;
mod stage;

pub use decode::lost;
pub use endpoint::Endpoint;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// How often each exemption excused a difference, by its name.
pub type Exemptions = BTreeMap<&'static str, usize>;

/// Answers that the core's types decoded, and gave back whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    pub answers: usize,
    /// Each had words, or is known to have none.
    pub failures: usize,
}

/// What became of one recording.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// Relative to the folder.
    pub file: String,
    pub decoded: BTreeMap<Endpoint, Decoded>,
    /// Answers of the simulator that were compared.
    pub compared: usize,
    /// Requests that were sent because they change the state; their answers were not compared.
    pub carried_out: usize,
    /// Answers that the recording itself exempts.
    pub skipped: usize,
    /// Exchanges that no simulator can be put before, as the recording says.
    pub not_stageable: usize,
    pub differences: Vec<String>,
}

/// What became of all recordings of a folder.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub files: Vec<FileReport>,
    pub exemptions: Exemptions,
}

impl FileReport {
    fn decoded(&self) -> usize {
        self.decoded.values().map(|decoded| decoded.answers + decoded.failures).sum()
    }
}

impl Report {
    pub fn differences(&self) -> usize {
        self.files.iter().map(|file| file.differences.len()).sum()
    }

    /// All files as if they were one.
    pub fn sum(&self) -> FileReport {
        let mut sum = FileReport { file: "in all".to_owned(), ..FileReport::default() };
        for file in &self.files {
            for (endpoint, decoded) in &file.decoded {
                let all = sum.decoded.entry(*endpoint).or_default();
                all.answers += decoded.answers;
                all.failures += decoded.failures;
            }
            sum.compared += file.compared;
            sum.carried_out += file.carried_out;
            sum.skipped += file.skipped;
            sum.not_stageable += file.not_stageable;
            sum.differences.extend(file.differences.iter().cloned());
        }
        sum
    }
}

/// Checks every `.json` file below a folder.
///
/// # Errors
/// The folder cannot be read, or holds no recording. What is wrong with a recording is a difference of its own.
pub fn check(folder: &Path) -> Result<Report> {
    let mut report = Report::default();
    for path in recordings(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut file = FileReport { file: name, ..FileReport::default() };
        match serde_json::from_str(&text) {
            Ok(recording) => check_one(&recording, &mut file, &mut report.exemptions),
            Err(error) => file.differences.push(format!("no JSON: {error}")),
        }
        report.files.push(file);
    }
    ensure!(!report.files.is_empty(), "{} holds no recording", folder.display());
    Ok(report)
}

/// Checks one recording that is already read.
pub fn check_one(recording: &Value, report: &mut FileReport, exemptions: &mut Exemptions) {
    decode::decode(recording, report);
    if let Err(error) = replay::replay(recording, report, exemptions) {
        report.differences.push(format!("cannot be replayed: {error:#}"));
    }
}

/// The `.json` files below a folder, in order.
///
/// # Errors
/// A folder cannot be read.
pub fn recordings(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

impl fmt::Display for FileReport {
    fn fmt(&self, line: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, compared, carried_out, skipped, not_stageable, differences, .. } = self;
        let decoded = self.decoded();
        write!(line, "{file}: {decoded} decoded, {compared} compared, {carried_out} carried out")?;
        if *skipped > 0 {
            write!(line, ", {skipped} skipped")?;
        }
        if *not_stageable > 0 {
            write!(line, ", {not_stageable} not stageable")?;
        }
        match differences.len() {
            0 => write!(line, ": ok"),
            1 => write!(line, ": 1 DIFFERENCE"),
            count => write!(line, ": {count} DIFFERENCES"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, lines: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            writeln!(lines, "{file}")?;
            for difference in &file.differences {
                writeln!(lines, "  {difference}")?;
            }
        }
        writeln!(lines, "exemptions used:")?;
        for (name, count) in &self.exemptions {
            writeln!(lines, "{count:>6}  {name}")?;
        }
        let differing = self.files.iter().filter(|file| !file.differences.is_empty()).count();
        writeln!(lines, "{}", self.sum())?;
        write!(lines, "{} files, {differing} with differences", self.files.len())
    }
}
