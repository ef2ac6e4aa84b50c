//! `completions`: what a shell needs to complete commands, flags and options,
//! and what it asks each time.

use chrono::Days;

use crate::error::{Exit, Result};
use crate::query::Query;
use crate::render::{clean_line, day_words};

use super::{Arg, Context, Given, Takes, VERBS, Verb, help, routine};

pub const SHELLS: &[&str] = &["bash", "zsh", "fish", "elvish", "powershell"];

pub const VERB: Verb = Verb {
    name: "completions",
    about: "Print completions for a shell",
    details: "For bash, zsh, fish, elvish or PowerShell, your own practices included. Those for bash, zsh and fish ask again each time, with the words of the command line after --, and get what may stand in the place of the last one: practices, options of a question, days, routines, and the ids of recent entries, with their tags while the journal is unlocked. Nothing ever asks for a passphrase.",
    args: &[
        Arg::new("shell", Takes::WordOf("SHELL", SHELLS, true), "The shell"),
        Arg::new("words", Takes::Words("WORD", 0), "A command line to be completed, after --"),
    ],
    query: false,
    run,
};

/// Values that are files: the shell completes those.
pub const FILES: &[&str] =
    &["FILE", "FILE.svg", "FILE|DIR", "DIR", "PATH", "KEY", "RECIPIENT|FILE", "REMOTE"];

/// A word that may stand there.
pub struct Candidate {
    pub word: String,
    pub about: String,
    /// It stands for every word of this kind, each after `word`.
    pub of: Option<String>,
}

/// How far back what was kept is offered, in days and in entries.
const RECENT: (u64, usize) = (30, 30);

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let shell = given.one("shell").unwrap_or(SHELLS[0]);
    match given.all("words") {
        [] => context.terminal.print(&context.tree.completions(shell))?,
        words => return complete(context, shell, words),
    }
    Ok(Exit::Done)
}

/// One candidate a line. Exits with 1 where the shell is to offer its files.
fn complete(context: &Context, shell: &str, words: &[String]) -> Result<Exit> {
    let last = words.last().map_or("", String::as_str);
    let mut found = Vec::new();
    for Candidate { word, about, of } in context.tree.candidates(words) {
        match of.as_deref() {
            Some(kind) if FILES.contains(&kind) => return Ok(Exit::NothingMatched),
            Some(kind) => found.extend(
                words_of(context, kind)
                    .into_iter()
                    .map(|(own, about)| (word.clone() + &own, about)),
            ),
            // Flags are offered to whoever began one.
            None if word.starts_with('-') && !last.starts_with('-') => {}
            None => found.push((word, about)),
        }
    }
    // A word of the user's with a space in it would be two.
    found.retain(|(word, _)| word.starts_with(last) && !word.contains(char::is_whitespace));
    let line = |(word, about): &(String, String)| match (shell, about.as_str()) {
        ("zsh", "") => format!("{}\n", word.replace(':', "\\:")),
        ("zsh", about) => format!("{}:{about}\n", word.replace(':', "\\:")),
        ("fish", about) if !about.is_empty() => format!("{word}\t{about}\n"),
        _ => format!("{word}\n"),
    };
    context.terminal.print(&found.iter().map(line).collect::<String>())?;
    Ok(Exit::Done)
}

/// Every word of a kind, as arguments name it, with what it is.
fn words_of(context: &Context, kind: &str) -> Vec<(String, String)> {
    match kind {
        "PRACTICE" | "WHAT" => practices(context),
        "COMMAND" => commands(context),
        "TOPIC" => {
            let topics = help::topics().map(|name| (name.to_owned(), String::new()));
            topics.chain(commands(context)).collect()
        }
        "ROUTINE" => {
            routine::known(context).into_iter().map(|name| (name, String::new())).collect()
        }
        "DAY" | "WHEN" => days(context),
        "ID" => ids(context),
        "TAG" => tags(context),
        _ => Vec::new(),
    }
}

fn practices(context: &Context) -> Vec<(String, String)> {
    let about = |p: &crate::practice::Practice| (p.name.clone(), clean_line(&p.about));
    context.practices.whole().map(about).collect()
}

fn commands(context: &Context) -> Vec<(String, String)> {
    let verbs = VERBS.iter().map(|verb| (verb.name.to_owned(), verb.about.to_owned()));
    practices(context).into_iter().chain(verbs).collect()
}

/// The last week, by name.
fn days(context: &Context) -> Vec<(String, String)> {
    let today = context.clock().today();
    let name = |ago: u64| {
        let day = today.checked_sub_days(Days::new(ago))?;
        let name = match ago {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            _ => day.format("%A").to_string().to_lowercase(),
        };
        Some((name, day.to_string()))
    };
    (0..7).filter_map(name).collect()
}

fn recent(context: &Context) -> Query {
    let from = context.clock().today().checked_sub_days(Days::new(RECENT.0));
    Query { from, last: Some(RECENT.1), ..Query::everything() }
}

/// Newest first: with their practice while the journal can be opened, and
/// otherwise by the day that their names tell.
fn ids(context: &Context) -> Vec<(String, String)> {
    let found = context
        .keys()
        .at_hand()
        .and_then(|identity| {
            context.known_journal().find(&recent(context), &identity, context.clock()).ok()
        })
        .map(|found| found.entries);
    if let Some(entries) = found {
        let row = |kept: crate::journal::Kept| {
            let (entry, when) = (&kept.entry, context.when(kept.entry.at));
            (entry.id.to_string(), format!("{} {when}", clean_line(&entry.practice)))
        };
        return entries.into_iter().map(row).collect();
    }
    let mut groups = context.journal().scan().map(|scan| scan.groups).unwrap_or_default();
    groups.retain(|group| recent(context).from.is_none_or(|from| group.day() >= from));
    groups.sort_by_key(|group| std::cmp::Reverse(group.day()));
    groups.truncate(RECENT.1);
    groups.iter().map(|group| (group.id.to_string(), day_words(group.day()))).collect()
}

/// Of recent entries; none while the journal is locked.
fn tags(context: &Context) -> Vec<(String, String)> {
    let Some(identity) = context.keys().at_hand() else { return Vec::new() };
    let found = context.known_journal().find(&recent(context), &identity, context.clock());
    let entries = found.map(|found| found.entries).unwrap_or_default();
    let mut tags: Vec<String> = entries.into_iter().flat_map(|kept| kept.entry.tags).collect();
    tags.sort();
    tags.dedup();
    tags.into_iter().map(|tag| (tag, String::new())).collect()
}
