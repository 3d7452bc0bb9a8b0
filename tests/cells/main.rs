//! Faults of every kind, beginning in every phase of every kind of operation: the rules of core against the simulator, in
//! simulated time. No end is invented, nothing is sent twice or lost, the last known state is kept, and the truth is known
//! soon after the fault.
//!
//! Two hundred sequences a cell where the checks of a debug build do not slow it down (`cargo xtask test properties`), one
//! elsewhere.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of the cells is for a person")]

mod browser;
mod cancel;
#[path = "../dice/mod.rs"]
mod dice;
mod grid;
mod page;
mod story;
mod submit;
mod world;

use browser::Build;
use grid::{Cell, Fault, Phase, Plot};
use story::{Played, play};

const SEQUENCES: u64 = if cfg!(debug_assertions) { 1 } else { 200 };
const SEED: u64 = 0xCE11_0001;

/// What the sequences of one cell met.
#[derive(Default)]
struct Met {
    sequences: u64,
    events: u64,
    /// Requests while the fault was on.
    struck: u64,
    /// Sequences in which the server took the operation.
    taken: u64,
    learned_millis: i64,
}

impl Met {
    fn add(&mut self, played: Played) {
        self.sequences += 1;
        self.events += played.events;
        self.struck += played.struck;
        self.taken += u64::from(played.taken);
        self.learned_millis = self.learned_millis.max(played.learned_millis);
    }
}

fn play_cell(build: Build, cell: Cell, sequences: u64) -> Result<Met, String> {
    let mut met = Met::default();
    for number in 0..sequences {
        let played =
            play(build, cell, SEED, number).map_err(|why| format!("{cell:?}, seed {SEED:#x}, {number}: {why}"))?;
        met.add(played);
    }
    Ok(met)
}

/// Why what was played says nothing about its cell.
fn says_nothing(cell: Cell, met: &Met) -> Option<String> {
    let is_taken_first = !matches!(cell.phase, Phase::BeforePost | Phase::PostInFlight);
    if met.events < 20 * met.sequences {
        Some(format!("{cell:?}: {} events in {} sequences", met.events, met.sequences))
    } else if met.struck == 0 && met.sequences > 1 && cell.fault != Fault::TabAsleep {
        Some(format!("{cell:?}: no request was sent while the fault was on"))
    } else if is_taken_first && met.taken < met.sequences {
        Some(format!("{cell:?}: only {} of {} were taken", met.taken, met.sequences))
    } else {
        None
    }
}

/// The table of a plot: a line for each fault, a column for each phase.
#[derive(Default)]
struct Table {
    lines: Vec<String>,
    reasons: Vec<&'static str>,
    cells: usize,
    all: Met,
    failures: Vec<String>,
}

impl Table {
    fn field(&mut self, cell: Cell) -> String {
        if let Some(reason) = cell.impossible() {
            let known = self.reasons.iter().position(|known| *known == reason);
            let number = known.unwrap_or_else(|| {
                self.reasons.push(reason);
                self.reasons.len() - 1
            });
            return format!("none ({})", number + 1);
        }
        self.cells += 1;
        match play_cell(Build::Honest, cell, SEQUENCES) {
            Ok(met) => {
                self.failures.extend(says_nothing(cell, &met));
                let field = format!("{} / {}", met.sequences, met.events);
                self.all.sequences += met.sequences;
                self.all.events += met.events;
                self.all.learned_millis = self.all.learned_millis.max(met.learned_millis);
                field
            }
            Err(failure) => {
                self.failures.push(failure);
                "FAILED".to_owned()
            }
        }
    }
}

/// Plays every cell of a plot, and shows the table of them.
fn play_plot(plot: Plot) {
    let mut table = Table::default();
    for fault in Fault::ALL {
        let fields = Phase::ALL.map(|phase| table.field(Cell { plot, phase, fault }));
        table.lines.push(format!("| {fault:?} | {} |", fields.join(" | ")));
    }
    let Table { lines, reasons, cells, all, failures } = table;
    let phases = Phase::ALL.map(|phase| format!("{phase:?}"));
    let mut shown = vec![
        format!("| {plot:?}: sequences / events | {} |", phases.join(" | ")),
        format!("|---|{}", "---:|".repeat(phases.len())),
    ];
    shown.extend(lines);
    shown.extend(reasons.iter().enumerate().map(|(number, reason)| format!("| none ({}): {reason} |", number + 1)));
    let Met { sequences, events, learned_millis, .. } = all;
    let known = format!("the truth was known {learned_millis} ms after the fault at most");
    shown.push(format!("| {plot:?}, seed {SEED:#x}: {cells} cells, {sequences} sequences, {events} events; {known} |"));
    println!("{}", shown.join("\n"));
    assert!(failures.is_empty(), "{} cells failed:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(sequences, SEQUENCES * cells as u64);
}

#[test]
fn a_create_is_told_truly_whatever_fault_begins_in_whatever_phase() {
    play_plot(Plot::Create);
}

#[test]
fn a_restore_is_told_truly_whatever_fault_begins_in_whatever_phase() {
    play_plot(Plot::Restore);
}

#[test]
fn the_cancel_of_a_create_is_told_truly_whatever_fault_begins_in_whatever_phase() {
    play_plot(Plot::CancelOfCreate);
}

#[test]
fn the_cancel_of_a_restore_is_told_truly_whatever_fault_begins_in_whatever_phase() {
    play_plot(Plot::CancelOfRestore);
}

/// What the properties say of a browser that is built wrong.
fn violation(build: Build, plot: Plot, phase: Phase, fault: Fault) -> String {
    match play_cell(build, Cell { plot, phase, fault }, 200) {
        Err(violation) => violation,
        Ok(_) => panic!("the properties did not see what is wrong with {build:?}"),
    }
}

#[test]
fn what_is_built_wrong_is_noticed() {
    for (build, plot, phase, fault, expected) in [
        (
            Build::TakesNotFoundForFailed,
            Plot::Create,
            Phase::Running,
            Fault::NotFound,
            "NotFound after the acceptance is shown as Ended",
        ),
        (
            Build::BelievesTheYearOne,
            Plot::Create,
            Phase::Running,
            Fault::EndNotWritten,
            "an end in the year 1 was believed at once",
        ),
        (Build::SendsALostPostAgain, Plot::Create, Phase::PostInFlight, Fault::AnswerLost, "2 POSTs of 1 presses"),
        (
            Build::StartsAnewWhenContactIsLost,
            Plot::Restore,
            Phase::Running,
            Fault::ServerFails,
            "ServerFailed after the acceptance is shown as Watching",
        ),
        (Build::AsksAgainAtOnce, Plot::Create, Phase::Running, Fault::RequestDropped, "three looks within a second"),
        (
            Build::CancelsWithoutALook,
            Plot::CancelOfRestore,
            Phase::Running,
            Fault::NodeVanishes,
            "a DELETE of a restore after None",
        ),
        (Build::KeepsNothingBeforeThePost, Plot::Create, Phase::PostInFlight, Fault::AnswerLost, "is not kept"),
        (Build::BelievesEvery404, Plot::Restore, Phase::BeforePost, Fault::LostAndNotFound, "the server held []"),
        (Build::BelievesEvery404, Plot::Create, Phase::PostInFlight, Fault::LostAndNotFound, "is not kept"),
        (Build::GivesASlowServerNoTimeAfterAReload, Plot::Create, Phase::PostInFlight, Fault::TakenLate, "is not kept"),
        (Build::OrdersByTheClock, Plot::Restore, Phase::Ended, Fault::ClockJumps, "was not learned"),
        (Build::ThinksEveryIdFree, Plot::Create, Phase::BeforePost, Fault::AnswerLost, "an acceptance was invented"),
        (
            Build::ForgetsWhatAnswered,
            Plot::Create,
            Phase::Ended,
            Fault::NotFound,
            "Absent after the acceptance is shown as Paused(NotKnown)",
        ),
    ] {
        let violation = violation(build, plot, phase, fault);
        assert!(violation.contains(expected), "{build:?}: {violation}");
    }
}
