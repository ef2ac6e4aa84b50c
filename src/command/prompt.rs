//! `prompt`: a mark for the shell's prompt, which names nothing. It opens no
//! entry, asks for nothing, and is as quick as starting the program.

use crate::error::{Error, Exit, Result};

use super::{Arg, Context, Given, Takes, Verb, due};

pub const VERB: Verb = Verb {
    name: "prompt",
    about: "Print a mark for the shell's prompt",
    details: "Prints • where something is due, and ° while the journal is unlocked; otherwise nothing at all. It names no practice, opens nothing and never waits, so that it can stand in a prompt. `--format` says it otherwise: {due}, {unlocked} and {open} (a sitting was broken off) stand for their mark where it holds, {due:text} for a text of yours. `inward help scripting` shows it in bash, zsh, fish and starship.",
    args: &[Arg::new(
        "format",
        Takes::One("FORMAT"),
        "What to print, as in \"{due:write?}{unlocked}\"; the default is \"{due}{unlocked}\"",
    )],
    query: false,
    run,
};

/// What can be told, and the mark for it.
const MARKS: &[(&str, &str)] = &[("due", "•"), ("unlocked", "°"), ("open", "…")];

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let keys = context.keys();
    let holds = |name: &str| match name {
        "due" => due::anything(context, &context.state()),
        "unlocked" => keys.is_unlocked(),
        _ => !context.drafts().is_empty(),
    };
    let set_up = keys.exist();
    let text =
        fill(given.one("format").unwrap_or("{due}{unlocked}"), |name| set_up && holds(name))?;
    if !text.is_empty() {
        context.terminal.print(&format!("{text}\n"))?;
    }
    Ok(Exit::Done)
}

/// Every `{name}` or `{name:text}` in its place; the rest stands as it is.
fn fill(format: &str, holds: impl Fn(&str) -> bool) -> Result<String> {
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, behind)) = rest.split_once('{') {
        let wrong = || Error::BadAnswer {
            question: "--format".into(),
            given: format.to_owned(),
            allowed: "text with {due}, {unlocked} and {open}, or {due:text of yours}".into(),
        };
        let (field, after) = behind.split_once('}').ok_or_else(wrong)?;
        let (name, own) = field.split_once(':').map_or((field, None), |(n, own)| (n, Some(own)));
        let (name, mark) = MARKS.iter().find(|(known, _)| *known == name).ok_or_else(wrong)?;
        text += before;
        text += if holds(name) { own.unwrap_or(mark) } else { "" };
        rest = after;
    }
    Ok(text + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_they_hold_and_nothing_does_otherwise() {
        let due = |format: &str| fill(format, |name| name == "due").unwrap();
        assert_eq!(due("{due}{unlocked}{open}"), "•");
        assert_eq!(due("[{due:a minute?}] {unlocked:open}"), "[a minute?] ");
        assert_eq!(due("}"), "}");
        for bad in ["{", "{intent}", "{due"] {
            assert!(fill(bad, |_| true).is_err(), "{bad}");
        }
    }
}
