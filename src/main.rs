//! Parse, run, print the error and its hint, exit.

use std::process::ExitCode;

use inward::error::Error;
use inward::wiping::WipingAllocator;
use inward::{cli, config, process, prompt};

#[cfg(not(target_env = "musl"))]
#[global_allocator]
static MEMORY: WipingAllocator<std::alloc::System> = WipingAllocator(std::alloc::System);

/// musl's own has one lock for all threads: reading a journal on two cores took
/// longer with it than on one.
#[cfg(target_env = "musl")]
#[global_allocator]
static MEMORY: WipingAllocator<mimalloc::MiMalloc> = WipingAllocator(mimalloc::MiMalloc);

fn main() -> ExitCode {
    let arguments = config::arguments().collect();
    // While the process may still write to its own memory.
    process::wipe_arguments();
    process::harden_process();
    let run = |()| cli::run(arguments, &config::process_env);
    let exit = process::survive_limits().and_then(run).unwrap_or_else(|error| {
        report(&error);
        error.exit()
    });
    ExitCode::from(exit as u8)
}

fn report(error: &Error) {
    if matches!(error, Error::PipeClosed) || error.is_silent_stop() {
        return;
    }
    let hint = error.hint();
    let text = if hint.is_empty() { error.to_string() } else { format!("{error}\n{hint}") };
    prompt::print_error(&text);
}
