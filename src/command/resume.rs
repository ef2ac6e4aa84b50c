//! `resume`: continues an unfinished entry at the same question.

use std::rc::Rc;

use clap::Args;
use serde_json::json;

use crate::app::{
    App, CommandError, JsonArg, RoutineMemory, VerbArgs, belongs_to, continue_draft, copy_draft,
    draft_lines,
};
use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::keys::Protection;
use crate::prompt::{AskError, Screen, choose, yes};
use crate::render::document;
use crate::seal::{EntryFileName, Identity};

/// Continue an unfinished entry
///
/// Each answer is kept as an encrypted draft as you give it, and so is what you're typing,
/// every few seconds. Ctrl-C or a closed terminal loses nothing; a crash or a power cut can
/// lose the last seconds of typing, and whatever your editor hadn't saved.
/// `resume` asks for the passphrase, and then continues at the same question, or discards the
/// draft.
#[derive(Args)]
pub struct ResumeArgs {
    #[command(flatten)]
    output: JsonArg,
}

enum DraftChoice {
    Continue(Entry),
    /// Of a draft that another window has open.
    Copy(Entry),
    Discard(Entry),
    Leave,
}

const IN_USE: &str = "It's open in another window. If you continue a copy, both are kept.";

impl VerbArgs for ResumeArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let exit = resume(app, self.output.json);
        let is_nothing = |error: &Error| matches!(error.of(), Some(CommandError::NothingToResume));
        if self.output.json && exit.as_ref().is_err_and(is_nothing) {
            print_nothing(app)?;
        }
        exit
    }
}

/// Nothing was kept.
fn print_nothing(app: &App) -> Result<()> {
    app.terminal.print(&document(json!({ "kept": null })))
}

fn resume(app: &App, json: bool) -> Result<Exit> {
    let drafts = app.drafts();
    if drafts.is_empty() {
        return Err(CommandError::NothingToResume.into());
    }
    if !app.terminal.can_ask() {
        let instead = "Run `inward resume` on a terminal.".to_owned();
        return Err(AskError::NeedsTerminal { doing: "continue it here", instead }.into());
    }
    let locked = app.keys().protection() == Protection::Passphrase;
    if locked && !app.keys().is_unlocked() && app.config.passphrase_command()?.is_none() {
        app.terminal.say("Your draft is encrypted. Enter the passphrase to continue it.");
    }
    let identity = Rc::new(app.unlock()?);
    let (open, damaged) = drafts.open(&identity);
    let journal = app.journal().home_place();
    let ours = |draft: &Entry| belongs_to(draft, &journal);
    let open: Vec<Entry> = open.into_iter().filter(ours).collect();
    if open.is_empty() && damaged.is_empty() {
        return Err(CommandError::NothingToResume.into());
    }
    let continue_one =
        |draft| continue_draft(app, draft, &identity, json, &mut RoutineMemory::default());
    let choice = choose_draft(app, open, &identity)?;
    let is_left = matches!(choice, DraftChoice::Discard(_) | DraftChoice::Leave);
    let exit = match choice {
        DraftChoice::Continue(draft) => continue_one(draft)?,
        DraftChoice::Copy(draft) => continue_one(copy_draft(app, draft)?)?,
        DraftChoice::Discard(draft) => {
            drafts.remove(&EntryFileName::of(&draft));
            app.terminal.say("Draft discarded.");
            Exit::Done
        }
        DraftChoice::Leave => Exit::Done,
    };
    if json && is_left {
        print_nothing(app)?;
    }
    Ok(app.finish_drafts(&damaged, exit))
}

/// Asks which draft, and what to do with it. Esc goes back, and at last changes nothing.
fn choose_draft(app: &App, mut open: Vec<Entry>, identity: &Identity) -> Result<DraftChoice> {
    let screen = app.terminal.screen()?;
    loop {
        screen.clear();
        let drafts = marked_lines(app, &open);
        let at = match drafts.as_slice() {
            [] => return Ok(DraftChoice::Leave),
            [draft] => {
                screen.title("An unfinished entry");
                screen.paragraph(draft);
                0
            }
            several => {
                screen.title("Unfinished entries");
                let Some(at) = choose("", several, "Leave them for now", &screen)? else {
                    return Ok(DraftChoice::Leave);
                };
                screen.clear();
                screen.paragraph(&several[at]);
                at
            }
        };
        let (drafts, name) = (app.drafts(), EntryFileName::of(&open[at]));
        match choose_action(app, &name, identity, &screen)? {
            Some(DraftChoice::Discard(draft)) if yes("Discard it for good?", &screen)? => {
                return Ok(DraftChoice::Discard(draft));
            }
            Some(DraftChoice::Discard(_)) => {}
            Some(choice) => return Ok(choice),
            None if open.len() == 1 && drafts.has(&name) => return Ok(DraftChoice::Leave),
            None => {}
        }
        drafts.release(&name);
        // Another window may have finished one meanwhile.
        open.retain(|draft| drafts.has(&EntryFileName::of(draft)));
        if open.is_empty() {
            return Err(CommandError::NothingToResume.into());
        }
    }
}

/// A line for each; of several, which another window has open.
fn marked_lines(app: &App, open: &[Entry]) -> Vec<String> {
    let mut lines = draft_lines(app, open);
    let drafts = app.drafts();
    for (line, draft) in lines.iter_mut().zip(open).filter(|_| open.len() > 1) {
        let name = EntryFileName::of(draft);
        if drafts.hold(&name) {
            drafts.release(&name);
        } else {
            *line += ", open in another window";
        }
    }
    lines
}

/// Asks what to do with one of them, as it is by now. What another window has open is never
/// changed or discarded from here. `None` at Esc, or where it's gone.
fn choose_action(
    app: &App,
    name: &EntryFileName,
    identity: &Identity,
    screen: &Screen,
) -> Result<Option<DraftChoice>> {
    let drafts = app.drafts();
    let is_held = drafts.hold(name);
    let Some(draft) = drafts.open_one(name, identity) else { return Ok(None) };
    let lines = if is_held {
        ["Continue it", "Discard it"]
    } else {
        screen.paragraph(IN_USE);
        ["Continue a copy", "Leave it to that window"]
    };
    Ok(match choose("", &lines, "Leave it for now", screen)? {
        Some(0) if is_held => Some(DraftChoice::Continue(draft)),
        Some(_) if is_held => Some(DraftChoice::Discard(draft)),
        // As it is by now: it was being written on.
        Some(0) => Some(DraftChoice::Copy(drafts.open_one(name, identity).unwrap_or(draft))),
        Some(_) | None => None,
    })
}
