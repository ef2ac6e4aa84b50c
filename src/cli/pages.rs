//! Help, manual pages and completions, made from the tree of commands.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use crate::app::{App, CommandSource, Completion};
use crate::command::{VERBS, listed, topics};
use crate::error::{Exit, Result};
use crate::practice::Practices;

use super::{Invocation, UsageError, complete};

/// The day of this version, on its manual pages.
const RELEASED: &str = "2026-11-28";

/// The full tree, built when it is needed.
pub struct CommandTree {
    pub practices: Practices,
    /// The partner's name, if it is set.
    pub partner: Option<String>,
}

impl CommandTree {
    fn tree(&self) -> Command {
        let mut tree = super::whole_tree(&self.practices);
        tree.build();
        tree
    }

    fn in_the_writers_words(&self) -> CommandTree {
        let practices = self.practices.clone().with_partner_name(self.partner.as_deref());
        CommandTree { practices, partner: None }
    }
}

impl CommandSource for CommandTree {
    fn verbs(&self) -> Vec<&'static str> {
        VERBS.iter().map(|verb| verb.name).collect()
    }

    fn topics(&self) -> Vec<&'static str> {
        topics().collect()
    }

    fn candidates(&self, app: &App, words: &[String]) -> Completion {
        let own = self.in_the_writers_words();
        complete::candidates(app, &own.practices, words)
    }

    fn run(&self, app: &App, line: &str) -> Result<Exit> {
        let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        let mut tree = super::tree(&app.practices, &arguments);
        let matches = tree.try_get_matches_from_mut(&arguments);
        let asked = matches.and_then(|matches| Invocation::read(&matches));
        (asked.map_err(|_| UsageError::Unreadable)?.call)(app)
    }

    fn manuals(&self) -> Vec<(String, Vec<u8>)> {
        let manual = |command: Command| {
            let name = command.get_name().to_owned();
            let mut page = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(command.clone()).render(&mut page);
            let mut page = tidy(&command, &String::from_utf8_lossy(&page));
            if name == "inward" {
                page += &surroundings();
            }
            (format!("{name}.1"), page.into_bytes())
        };
        every_command(&self.tree(), "inward").into_iter().map(manual).collect()
    }

    fn help(&self, path: &[&str]) -> Option<String> {
        let mut tree = self.in_the_writers_words().tree();
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

/// What the main page says besides, from the help topics.
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

/// Text in which no character means anything to the formatter.
fn roff(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq").replace('~', "\\(ti")
}

/// As the programs that check manual pages want it: a head with the version and its
/// day, no empty break, no white space at the end of a line, plain ASCII.
fn tidy(command: &Command, page: &str) -> String {
    let title = command.get_name().to_uppercase();
    let version = env!("CARGO_PKG_VERSION");
    let mut in_synopsis = false;
    let line = |line: &str| {
        let is_synopsis = std::mem::replace(&mut in_synopsis, line == ".SH SYNOPSIS");
        if line.starts_with(".TH ") {
            format!(".TH {title} 1 \"{RELEASED}\" \"inward {version}\" \"inward\"\n")
        } else if is_synopsis {
            synopsis(command)
        } else {
            format!("{}\n", line.trim_end())
        }
    };
    let page: String = page.replace(".br\n\n.br\n", ".sp\n").lines().map(line).collect();
    page.chars().map(ascii).collect()
}

/// How it is called, each flag with its value.
fn synopsis(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let arguments = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let subcommand = command.has_subcommands().then(|| "[\\fICOMMAND\\fR]".to_owned());
    let parts: Vec<String> = arguments.map(argument).chain(subcommand).collect();
    format!("\\fB{}\\fR {}\n", roff(name), parts.join(" "))
}

/// `[\-n|\-\-last N]`, `[TEXT]...`, and without brackets what must be there.
fn argument(arg: &Arg) -> String {
    let short = arg.get_short().map(|short| format!("\\fB\\-{short}\\fR"));
    let long = arg.get_long().map(|long| format!("\\fB\\-\\-{}\\fR", roff(long)));
    let flags: Vec<String> = short.into_iter().chain(long).collect();
    let values = arg.get_value_names().unwrap_or_default().iter();
    let values = values.map(|value| format!("\\fI{}\\fR", roff(value)));
    let values = values.filter(|_| arg.get_action().takes_values());
    let words: Vec<String> =
        std::iter::once(flags.join("|")).filter(|flags| !flags.is_empty()).chain(values).collect();
    let words = words.join(" ");
    let one = if arg.is_required_set() { words } else { format!("[{words}]") };
    let repeats = matches!(arg.get_action(), ArgAction::Append | ArgAction::Count);
    if repeats { format!("{one}...") } else { one }
}

/// A character as every formatter reads it, whatever the locale.
fn ascii(sign: char) -> String {
    if sign.is_ascii() { sign.to_string() } else { format!("\\[u{:04X}]", u32::from(sign)) }
}
