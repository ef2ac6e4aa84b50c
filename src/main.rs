//! Parse, run, print the error and its remedy, exit.

use std::process::ExitCode;

use inward::error::{Error, Exit, Result};
use inward::{ask, cli, config, process};

/// musl's own has one lock for all threads: reading a journal on two cores took
/// longer with it than on one.
#[cfg(target_env = "musl")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    process::keep_to_ourselves();
    let exit = run().unwrap_or_else(|error| {
        report(&error);
        error.exit()
    });
    ExitCode::from(exit as u8)
}

fn run() -> Result<Exit> {
    cli::run(config::arguments(), &config::process_env)
}

fn report(error: &Error) {
    if matches!(error, Error::PipeClosed) {
        return;
    }
    let remedy = error.remedy();
    let text = if remedy.is_empty() { error.to_string() } else { format!("{error}\n{remedy}") };
    ask::complain(&text);
}
