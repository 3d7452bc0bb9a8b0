#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the output of a command")]

use std::process::ExitCode;

use anyhow::Result;
use xtask::{
    bundle::{self, hook},
    check,
    cli::{self, Task},
    conform, live, mutants,
};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    match cli::parse(lexopt::Parser::from_env())? {
        Task::Demo(demo) => demo.run()?,
        Task::Test(areas) => return Ok(if check::run(&areas)? { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        Task::Dist => bundle::dist()?,
        Task::Reproduce => bundle::reproduce()?,
        Task::AcceptPictures => check::accept_pictures()?,
        Task::Soak { times, engines } => {
            return Ok(if check::soak(times, &engines)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Task::Mutants(places) => mutants::run(&places)?,
        Task::Conform(folder) => return Ok(if conform::run(&folder)? { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        Task::Live(arguments) => live::run(&arguments)?,
        Task::BundleHook => hook::run(&hook::Staging::from_environment()?)?,
        Task::Help => println!("{}", cli::USAGE),
    }
    Ok(ExitCode::SUCCESS)
}
