//! What comes out of the tree: completions, manual pages, help.

use clap::Command;
use clap_complete::Shell;

use crate::command::{Candidate, Tree};

use super::complete;

pub struct Clap(pub Command);

impl Tree for Clap {
    fn completions(&self, shell: &str) -> String {
        let shell = shell.parse().unwrap_or(Shell::Bash);
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut self.0.clone(), "inward", &mut text);
        live(shell, &String::from_utf8_lossy(&text))
    }

    fn candidates(&self, words: &[String]) -> Vec<Candidate> {
        complete::candidates(&self.0, words)
    }

    fn manuals(&self) -> Vec<(String, Vec<u8>)> {
        let mut tree = self.0.clone();
        tree.build();
        let subcommands = tree
            .get_subcommands()
            .map(|command| (format!("inward-{}.1", command.get_name()), named(command)));
        let all = std::iter::once(("inward.1".to_owned(), tree.clone())).chain(subcommands);
        all.map(|(file, command)| {
            let mut page = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(command).render(&mut page);
            (file, page)
        })
        .collect()
    }

    fn help(&self, command: Option<&str>) -> Option<String> {
        let mut tree = self.0.clone();
        tree.build();
        match command {
            None => Some(tree.render_help().to_string()),
            Some(name) => Some(tree.find_subcommand_mut(name)?.render_long_help().to_string()),
        }
    }
}

fn named(command: &Command) -> Command {
    command.clone().name(format!("inward-{}", command.get_name()))
}

/// What the shells know by themselves, and before it what inward can tell them
/// each time.
fn live(shell: Shell, known: &str) -> String {
    let first = |function: &str| {
        let begins = "_inward() {\n";
        known.replacen(begins, &format!("{function}{begins}    _inward_live && return 0\n"), 1)
    };
    match shell {
        Shell::Bash => first(include_str!("live.bash")),
        Shell::Zsh => first(include_str!("live.zsh")),
        Shell::Fish => {
            let lines = known.lines().map(|line| match line.ends_with(" -r -f") {
                true => format!("{line} -a \"(__inward_live)\"\n"),
                false => format!("{line}\n"),
            });
            lines.collect::<String>() + "\n" + include_str!("live.fish")
        }
        _ => known.to_owned(),
    }
}
