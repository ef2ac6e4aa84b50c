//! What comes out of the tree: completions, manual pages, help.

use clap::Command;
use clap_complete::Shell;

use crate::command::{Candidate, Tree, listed};
use crate::practice::Practices;

use super::complete;

/// The whole tree, which is built when it is asked for.
pub struct Clap(pub Practices);

impl Clap {
    fn tree(&self) -> Command {
        super::tree(&self.0, None)
    }
}

impl Tree for Clap {
    fn completions(&self, shell: &str) -> String {
        let shell = shell.parse().unwrap_or(Shell::Bash);
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut self.tree(), "inward", &mut text);
        live(shell, &String::from_utf8_lossy(&text))
    }

    fn candidates(&self, words: &[String]) -> Vec<Candidate> {
        complete::candidates(&self.tree(), words)
    }

    fn manuals(&self) -> Vec<(String, Vec<u8>)> {
        let mut tree = self.tree();
        tree.build();
        let subcommands = tree
            .get_subcommands()
            .map(|command| (format!("inward-{}.1", command.get_name()), named(command)));
        let all = std::iter::once(("inward.1".to_owned(), tree.clone())).chain(subcommands);
        all.map(|(file, command)| {
            let mut page = Vec::new();
            // Writing to memory does not fail.
            let title = file.trim_end_matches(".1").to_uppercase();
            let _ = clap_mangen::Man::new(command).render(&mut page);
            let mut page = tidy(&title, &String::from_utf8_lossy(&page));
            if title == "INWARD" {
                page += &surroundings();
            }
            (file, page.into_bytes())
        })
        .collect()
    }

    fn help(&self, command: Option<&str>) -> Option<String> {
        let mut tree = self.tree();
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

/// What the page of the whole says besides: the same as the topics of the help.
fn surroundings() -> String {
    let lists = listed("scripting").take(1).chain(listed("environment"));
    let titles = ["EXIT STATUS", "ENVIRONMENT", "FILES"];
    let row =
        |(word, meaning): (&str, &str)| format!(".TP\n\\fB{}\\fR\n{}\n", roff(word), roff(meaning));
    let section = |(title, list): (&str, Vec<_>)| {
        format!(".SH \"{title}\"\n{}", list.into_iter().map(row).collect::<String>())
    };
    let sections: String = titles.into_iter().zip(lists).map(section).collect();
    sections + ".SH \"SEE ALSO\"\nage(1), git(1), jq(1)\n"
}

/// Text whose signs mean nothing to the formatter.
fn roff(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq").replace('~', "\\(ti")
}

/// As the programs that check manual pages want it: a head with the version and
/// without a date, no empty break, no white space at the end of a line.
fn tidy(title: &str, page: &str) -> String {
    let head = concat!("1 \"\" \"inward ", env!("CARGO_PKG_VERSION"), "\" \"inward\"");
    let line = |line: &str| match line.starts_with(".TH ") {
        true => format!(".TH {title} {head}\n"),
        false => format!("{}\n", line.trim_end()),
    };
    page.replace(".br\n\n.br\n", ".sp\n").lines().map(line).collect()
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
