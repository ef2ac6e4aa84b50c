//! What comes out of the tree: help and manual pages; and what a shell is to offer.

use clap::Command;

use crate::app::{App, CommandSource, Completion};
use crate::command::{VERBS, listed};
use crate::practice::Practices;

use super::complete;

/// The whole tree, which is built when it is asked for.
pub struct CommandTree(pub Practices);

impl CommandTree {
    fn tree(&self) -> Command {
        let mut tree = super::whole_tree(&self.0);
        tree.build();
        tree
    }
}

impl CommandSource for CommandTree {
    fn verbs(&self) -> Vec<&'static str> {
        VERBS.iter().map(|verb| verb.name).collect()
    }

    fn candidates(&self, app: &App, words: &[String]) -> Completion {
        complete::candidates(self.tree(), app, words)
    }

    fn manuals(&self) -> Vec<(String, Vec<u8>)> {
        let manual = |command: Command| {
            let name = command.get_name().to_owned();
            let mut page = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(command).render(&mut page);
            let mut page = tidy(&name.to_uppercase(), &String::from_utf8_lossy(&page));
            if name == "inward" {
                page += &surroundings();
            }
            (format!("{name}.1"), page.into_bytes())
        };
        every_command(&self.tree(), "inward").into_iter().map(manual).collect()
    }

    fn help(&self, path: &[&str]) -> Option<String> {
        let mut tree = self.tree();
        let mut command = &mut tree;
        for name in path {
            command = command.find_subcommand_mut(name)?;
        }
        Some(match path {
            [] => command.render_help().to_string(),
            _ => command.render_long_help().to_string(),
        })
    }
}

/// The command and all below it, each by its whole name: `inward-key-add`.
fn every_command(command: &Command, name: &str) -> Vec<Command> {
    let below = command.get_subcommands();
    let below =
        below.flat_map(|inner| every_command(inner, &format!("{name}-{}", inner.get_name())));
    std::iter::once(command.clone().name(name.to_owned())).chain(below).collect()
}

/// What the page of the whole says besides: the same as the topics of the help.
fn surroundings() -> String {
    let lists = listed("scripting").into_iter().take(1).chain(listed("environment"));
    let titles = ["EXIT STATUS", "ENVIRONMENT", "FILES"];
    let row = |(word, meaning): (String, String)| {
        format!(".TP\n\\fB{}\\fR\n{}\n", roff(&word), roff(&meaning))
    };
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
