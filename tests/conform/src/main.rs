//! `conform DIR`: a line for each recording below DIR, the exemptions that were used, a total. Exit code 1 when anything
//! differs, 2 when there is nothing to check.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the output of a command")]

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else {
        eprintln!("conform DIR");
        return ExitCode::from(2);
    };
    match conform::check(Path::new(folder)) {
        Ok(report) => {
            println!("{report}");
            if report.differences() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}
