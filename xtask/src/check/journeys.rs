//! The journeys: the bundle that they play with, each engine, and once or many times.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use super::{areas::cargo, tally::Tally};
use crate::{
    bundle::{build, root, seams},
    step::{Step, duration},
    tools,
};

/// One way to play all journeys.
struct Pass {
    name: &'static str,
    install: fn() -> Result<tools::Browser>,
    arguments: &'static [&'static str],
}

/// Each engine by itself.
const ENGINES: [Pass; 3] = [
    Pass { name: "chromium", install: tools::chromium, arguments: &["--engine", "chromium"] },
    Pass { name: "firefox", install: tools::firefox, arguments: &["--engine", "firefox"] },
    Pass { name: "webkit", install: tools::webkit, arguments: &["--engine", "webkit"] },
];

/// There a browser withholds much; only Chromium can be told where such a name leads.
const INTERNAL: Pass = Pass {
    name: "chromium, plain http on an internal name",
    install: tools::chromium,
    arguments: &["--internal-name"],
};

fn passes() -> impl Iterator<Item = &'static Pass> {
    ENGINES.iter().chain([&INTERNAL])
}

/// Before the first has run, so that what is missing is said at once.
fn install(passes: &[&Pass]) -> Result<()> {
    passes.iter().try_for_each(|pass| (pass.install)().map(drop))
}

/// The console with its seams for tests, beside the one that is shipped.
fn bundle() -> Result<PathBuf> {
    let dist = root().join("target/journeys-dist");
    build(&dist, &["test-seams"])?;
    // The search of `dist` must be seen to find what it is for.
    let found = seams::holders(&dist, seams::NAME.as_bytes())?;
    ensure!(!found.is_empty(), "the seams ({}) are not in the bundle that is built with them", seams::NAME);
    Ok(dist)
}

fn run(dist: &Path, what: &str, usual: &str, arguments: &[&str]) -> Result<Tally> {
    let mut journeys = cargo(&["run", "--quiet", "--package", "journeys", "--", "--dist"]);
    journeys.arg(dist).args(arguments);
    let (success, output) = Step::new(what, usual).run_for_output(&mut journeys)?;
    let tally = Tally::of(&output, success);
    // What is left out is said, whether or not all the others passed.
    let is_for_people = |line: &&str| line.starts_with("not asked of ") || line.starts_with("axe cannot decide ");
    for line in output.lines().filter(|line| tally.failed > 0 || is_for_people(line)) {
        println!("  {line}");
    }
    Ok(tally)
}

/// Plays one pass, and says how it ended in a line.
fn play(dist: &Path, pass: &Pass) -> Result<(Tally, Duration)> {
    let started = Instant::now();
    let tally = run(dist, &format!("journeys in {}", pass.name), "6 min", pass.arguments)?;
    let took = started.elapsed();
    println!("  {}: {} passed, {} failed, {}", pass.name, tally.passed, tally.failed, duration(took));
    Ok((tally, took))
}

/// All journeys in all engines, a line for each engine.
pub(super) fn in_all_engines() -> Result<Tally> {
    install(&passes().collect::<Vec<_>>())?;
    let dist = bundle()?;
    let mut sum = Tally::default();
    for pass in passes() {
        sum += play(&dist, pass)?.0;
    }
    Ok(sum)
}

pub(super) fn quick() -> Result<Tally> {
    tools::chromium()?;
    run(&bundle()?, "one journey", "30 s", &["quick"])
}

/// axe in every engine: each computes names, roles and colours by itself.
pub(super) fn accessibility() -> Result<Tally> {
    install(&ENGINES.iter().collect::<Vec<_>>())?;
    let axe = tools::axe()?;
    let axe = axe.to_str().context("the cache folder's name is not text")?;
    let dist = bundle()?;
    let mut sum = Tally::default();
    for engine in &ENGINES {
        let arguments = [engine.arguments, &["--axe", axe]].concat();
        sum += run(&dist, &format!("axe on every screen in {}", engine.name), "2 min", &arguments)?;
    }
    Ok(sum)
}

/// The screens beside the accepted pictures, or (`accept`) in their place.
pub(super) fn pictures(accept: bool) -> Result<Tally> {
    tools::chromium()?;
    tools::fonts()?;
    let (accepted, differing) = (root().join("tests/pictures"), root().join("target/pictures"));
    let text = |path: &Path| path.to_str().map(str::to_owned).context("the folder's name is not text");
    let (accepted, differing) = (text(&accepted)?, text(&differing)?);
    let mut arguments = vec!["--compare", &accepted, "--pictures", &differing];
    if accept {
        arguments.push("--accept");
    }
    run(&bundle()?, "pictures", "1 min", &arguments)
}

/// What came of the rounds of one pass.
#[derive(Debug)]
struct Rounds {
    name: &'static str,
    played: u32,
    sum: Tally,
    shortest: Duration,
    longest: Duration,
}

impl Rounds {
    fn new(name: &'static str) -> Self {
        Self { name, played: 0, sum: Tally::default(), shortest: Duration::MAX, longest: Duration::ZERO }
    }

    fn add(&mut self, tally: Tally, took: Duration) {
        self.played += 1;
        self.sum += tally;
        self.shortest = self.shortest.min(took);
        self.longest = self.longest.max(took);
    }

    /// A row of a table in Markdown.
    fn row(&self) -> String {
        let Tally { passed, failed } = self.sum;
        let (shortest, longest) = (duration(self.shortest), duration(self.longest));
        format!("| {} | {} | {passed} | {failed} | {shortest} to {longest} |", self.name, self.played)
    }
}

/// Plays all journeys `times` in a row in the engines named, in turn; no name means all of them, and Chromium at an internal name too.
/// A failure ends nothing: how often it comes is what is asked.
///
/// # Errors
/// An engine that is none or cannot be installed, or a bundle that cannot be built. Whether nothing failed is the answer.
pub fn soak(times: u32, engines: &[String]) -> Result<bool> {
    let chosen: Vec<&Pass> = passes().filter(|pass| is_chosen(pass, engines)).collect();
    for engine in engines {
        ensure!(chosen.iter().any(|pass| pass.name == engine), "no engine is named {engine:?}");
    }
    install(&chosen)?;
    let dist = bundle()?;
    let mut all: Vec<Rounds> = chosen.iter().map(|pass| Rounds::new(pass.name)).collect();
    for round in 1..=times {
        println!("round {round} of {times}");
        for (pass, rounds) in chosen.iter().zip(&mut all) {
            let (tally, took) = play(&dist, pass)?;
            rounds.add(tally, took);
        }
    }
    println!("\n| engine | rounds | journeys passed | failed | a round took |\n|---|---|---|---|---|");
    for rounds in &all {
        println!("{}", rounds.row());
    }
    Ok(all.iter().all(|rounds| rounds.sum.failed == 0))
}

/// A name means the engine by itself, without the pass at an internal name.
fn is_chosen(pass: &Pass, engines: &[String]) -> bool {
    engines.is_empty() || engines.iter().any(|engine| pass.name == engine)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{ENGINES, Rounds, is_chosen, passes};
    use crate::check::tally::Tally;

    #[test]
    fn an_engine_that_is_named_is_played_alone() {
        let chosen = |engines: &[&str]| {
            let engines: Vec<String> = engines.iter().map(ToString::to_string).collect();
            passes().filter(|pass| is_chosen(pass, &engines)).map(|pass| pass.name).collect::<Vec<_>>()
        };
        assert_eq!(chosen(&[]).len(), ENGINES.len() + 1);
        assert_eq!(chosen(&["webkit"]), ["webkit"]);
        assert_eq!(chosen(&["chromium", "firefox"]), ["chromium", "firefox"]);
        assert!(chosen(&["netscape"]).is_empty());
    }

    #[test]
    fn a_row_has_all_rounds_and_what_failed_in_any() {
        let mut rounds = Rounds::new("webkit");
        rounds.add(Tally { passed: 100, failed: 0 }, Duration::from_secs(62));
        rounds.add(Tally { passed: 99, failed: 1 }, Duration::from_secs(59));
        assert_eq!(rounds.row(), "| webkit | 2 | 199 | 1 | 59.0 s to 1 min 02 s |");
    }
}
