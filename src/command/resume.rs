//! `resume`: continues an unfinished entry at the same question.

use std::rc::Rc;

use clap::Args;

use crate::app::{
    App, CommandError, RoutineMemory, VerbArgs, belongs_to, continue_draft, draft_lines,
};
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::keys::Protection;
use crate::prompt::AskError;
use crate::prompt::{choose, yes};
use crate::seal::EntryFileName;

/// Continue an unfinished entry
///
/// Each answer is kept as an encrypted draft as you give it, and so is what you're typing,
/// every few seconds. Ctrl-C or a closed terminal loses nothing; a crash or a power cut can
/// lose the last seconds of typing, and whatever your editor hadn't saved.
/// `resume` asks for the passphrase, and then continues at the same question, or discards the
/// draft.
#[derive(Args)]
pub struct ResumeArgs {}

enum DraftChoice {
    Continue(Entry),
    Discard(Entry),
    Leave,
}

impl VerbArgs for ResumeArgs {
    fn run(self, app: &App) -> Result<Exit> {
        resume(app)
    }
}

fn resume(app: &App) -> Result<Exit> {
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
    let exit = match choose_draft(app, open)? {
        DraftChoice::Continue(draft) => {
            continue_draft(app, draft, &identity, &mut RoutineMemory::default())?
        }
        DraftChoice::Discard(draft) => {
            drafts.remove(&EntryFileName::of(&draft));
            app.terminal.say("Draft discarded.");
            Exit::Done
        }
        DraftChoice::Leave => Exit::Done,
    };
    Ok(app.finish(&damaged, exit))
}

/// Asks which draft, and what to do with it. Esc goes back, and at last changes nothing.
fn choose_draft(app: &App, mut open: Vec<Entry>) -> Result<DraftChoice> {
    let screen = app.terminal.screen()?;
    loop {
        screen.clear();
        let drafts = draft_lines(app, &open);
        let at = match drafts.as_slice() {
            [] => return Ok(DraftChoice::Leave),
            [draft] => {
                screen.title("An unfinished entry");
                screen.paragraph(draft);
                0
            }
            several => {
                screen.title("Unfinished entries");
                let Some(at) = choose("", several, &screen)? else {
                    return Ok(DraftChoice::Leave);
                };
                screen.clear();
                screen.paragraph(&several[at]);
                at
            }
        };
        let lines = ["Continue it".to_owned(), "Discard it".to_owned()];
        match choose("", &lines, &screen)? {
            Some(0) => return Ok(DraftChoice::Continue(open.swap_remove(at))),
            Some(_) if yes("Discard it for good?", &screen)? => {
                return Ok(DraftChoice::Discard(open.swap_remove(at)));
            }
            None if open.len() == 1 => return Ok(DraftChoice::Leave),
            Some(_) | None => {}
        }
    }
}
