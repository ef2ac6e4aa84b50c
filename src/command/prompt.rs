//! `prompt`: a mark for the shell's prompt. It names no practice, opens no entry, asks for
//! nothing, and takes no longer than starting the program.

use clap::Args;
use serde_json::json;

use crate::app::{App, JsonArg, VerbArgs, is_anything_due};
use crate::error::{Exit, Result};
use crate::render::document;

/// Print a mark for the shell's prompt
///
/// Prints • if something is due, ° while the journal is unlocked, and otherwise nothing. It
/// mentions no practice, opens nothing and never waits. In `--format`, {due}, {unlocked} and
/// {open} become a mark if something is due, if the journal is unlocked, and if an entry is
/// unfinished; {due:text} prints your text instead of the mark. `inward help scripting` shows
/// how to use it in bash, zsh, fish and starship.
#[derive(Args)]
pub struct PromptArgs {
    /// What to print, as in "{due:write?}{unlocked}"
    #[arg(long, value_name = "FORMAT", default_value = "{due}{unlocked}", value_parser = parse)]
    format: PromptFormat,
    #[command(flatten)]
    output: JsonArg,
}

/// What the mark can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JournalStatus {
    Due,
    Unlocked,
    Open,
}

impl JournalStatus {
    /// What JSON calls it, here and in `inward --json`.
    fn field(self) -> &'static str {
        match self {
            JournalStatus::Due => "due",
            JournalStatus::Unlocked => "unlocked",
            JournalStatus::Open => "has_draft",
        }
    }
}

/// Each status with its name and mark.
const MARKS: &[(&str, JournalStatus, &str)] = &[
    ("due", JournalStatus::Due, "•"),
    ("unlocked", JournalStatus::Unlocked, "°"),
    ("open", JournalStatus::Open, "…"),
];

/// Pieces of text, some of them shown only if a status holds.
#[derive(Clone, Debug)]
struct PromptFormat(Vec<(Option<JournalStatus>, String)>);

impl VerbArgs for PromptArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let keys = app.keys();
        let exists = keys.exist();
        let holds = |state| {
            exists
                && match state {
                    JournalStatus::Due => is_anything_due(app, &app.state()),
                    JournalStatus::Unlocked => keys.is_unlocked(),
                    JournalStatus::Open => !app.drafts().is_empty(),
                }
        };
        let text = if exists { self.format.fill(holds) } else { String::new() };
        if self.output.json {
            let held =
                MARKS.iter().map(|(_, state, _)| (state.field().to_owned(), holds(*state).into()));
            let mut prompt: serde_json::Map<String, serde_json::Value> = held.collect();
            prompt.insert("text".to_owned(), text.into());
            app.terminal.print(&document(json!({ "prompt": prompt })))?;
        } else if !text.is_empty() {
            app.terminal.print(&format!("{text}\n"))?;
        }
        Ok(Exit::Done)
    }
}

/// Each `{name}` or `{name:text}` is a piece, and so is the text between them. The error is
/// what would be valid.
fn parse(format: &str) -> std::result::Result<PromptFormat, &'static str> {
    const RIGHT: &str = "text with {due}, {unlocked} and {open}, or {due:your text}";
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some((before, behind)) = rest.split_once('{') {
        let (field, after) = behind.split_once('}').ok_or(RIGHT)?;
        let (name, own) = field.split_once(':').map_or((field, None), |(n, own)| (n, Some(own)));
        let (_, state, mark) = MARKS.iter().find(|(known, ..)| *known == name).ok_or(RIGHT)?;
        pieces.push((None, before.to_owned()));
        pieces.push((Some(*state), own.unwrap_or(mark).to_owned()));
        rest = after;
    }
    pieces.push((None, rest.to_owned()));
    Ok(PromptFormat(pieces))
}

impl PromptFormat {
    fn fill(&self, holds: impl Fn(JournalStatus) -> bool) -> String {
        let shown = self.0.iter().filter(|(state, _)| state.is_none_or(&holds));
        shown.map(|(_, text)| text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_they_hold_and_nothing_does_otherwise() {
        let due = |format: &str| parse(format).unwrap().fill(|state| state == JournalStatus::Due);
        assert_eq!(due("{due}{unlocked}{open}"), "•");
        assert_eq!(due("[{due:a minute?}] {unlocked:open}"), "[a minute?] ");
        assert_eq!(due("}"), "}");
        for bad in ["{", "{intent}", "{due"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
