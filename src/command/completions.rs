//! `completions`: what a shell loads once; from then on it asks the program.

use clap::Args;

use crate::app::{App, Completion, VerbArgs, one_of};
use crate::error::{Exit, Result};

/// Print completions for a shell
///
/// Prints a few lines for bash, zsh, fish, elvish or PowerShell, which ask inward each time you
/// press Tab. They complete commands, flags, practices, answers, days, routines and recent ids,
/// and tags while the journal is unlocked. They never ask for a passphrase.
#[derive(Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_parser = one_of(SHELLS, |shell| shell.name))]
    shell: &'static Shell,
    /// A command line to be completed, after --
    #[arg(value_name = "WORD", last = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

/// A shell: what it loads, and how it reads a candidate and its description.
struct Shell {
    name: &'static str,
    script: &'static str,
    row: fn(&str, &str) -> String,
}

const SHELLS: &[Shell] = &[
    Shell { name: "bash", script: include_str!("../../completions/inward.bash"), row: word },
    Shell { name: "zsh", script: include_str!("../../completions/_inward"), row: described_colon },
    Shell {
        name: "fish",
        script: include_str!("../../completions/inward.fish"),
        row: described_tab,
    },
    Shell { name: "elvish", script: include_str!("../../completions/inward.elv"), row: word },
    Shell {
        name: "powershell",
        script: include_str!("../../completions/_inward.ps1"),
        row: described_tab,
    },
];

fn word(word: &str, _: &str) -> String {
    format!("{word}\n")
}

fn described_colon(word: &str, about: &str) -> String {
    let colon = if about.is_empty() { "" } else { ":" };
    format!("{}{colon}{about}\n", word.replace(':', "\\:"))
}

fn described_tab(word: &str, about: &str) -> String {
    let tab = if about.is_empty() { "" } else { "\t" };
    format!("{word}{tab}{about}\n")
}

impl VerbArgs for CompletionsArgs {
    /// Prints one candidate a line. Exits with 1 if the shell should offer its files.
    fn run(self, app: &App) -> Result<Exit> {
        let Shell { script, row, .. } = self.shell;
        if self.words.is_empty() {
            app.terminal.print(script)?;
            return Ok(Exit::Done);
        }
        match app.tree.candidates(app, &self.words) {
            Completion::Files => Ok(Exit::NothingMatched),
            Completion::Words(words) => {
                let rows: String = words.iter().map(|(word, about)| row(word, about)).collect();
                app.terminal.print(&rows)?;
                Ok(Exit::Done)
            }
        }
    }
}
