//! `completions`: what a shell needs to complete commands, flags and options.

use crate::error::{Exit, Result};

use super::{Arg, Context, Given, Takes, Verb};

pub const SHELLS: &[&str] = &["bash", "zsh", "fish", "elvish", "powershell"];

pub const VERB: Verb = Verb {
    name: "completions",
    about: "Print completions for a shell",
    details: "For bash, zsh, fish, elvish or PowerShell, your own practices included.",
    args: &[Arg::new("shell", Takes::WordOf("SHELL", SHELLS, true), "The shell")],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let shell = given.one("shell").unwrap_or(SHELLS[0]);
    context.terminal.print(&context.tree.completions(shell))?;
    Ok(Exit::Done)
}
