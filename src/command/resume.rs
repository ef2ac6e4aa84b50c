//! `resume`: continues an unfinished entry at the same question.

use clap::Args;

use crate::app::{App, CommandError, VerbArgs, belongs_to, continue_draft};
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::keys::Protection;
use crate::prompt::AskError;
use crate::prompt::choose;
use crate::render::clean_line;
use crate::seal::EntryFileName;

/// Continue an unfinished entry
///
/// Each answer is sealed as it is given, so a crash, a closed terminal or Ctrl-C
/// loses nothing. This opens such a draft, which needs the passphrase, and continues
/// at the same question, or discards it.
#[derive(Args)]
pub struct ResumeArgs {}

enum DraftChoice {
    GoOn(Entry),
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
        return Err(AskError::NeedsTerminal { doing: "go on", instead }.into());
    }
    let locked = app.keys().protection() == Protection::Passphrase;
    if locked && !app.keys().is_unlocked() && app.config.passphrase_command()?.is_none() {
        app.terminal.say(
            "What was begun is sealed, and going on shows it again. That needs the passphrase.",
        );
    }
    let identity = app.unlock()?;
    let (open, damaged) = drafts.open(&identity);
    let journal = app.journal().home_place();
    let ours = |draft: &Entry| belongs_to(draft, &journal);
    let open: Vec<Entry> = open.into_iter().filter(ours).collect();
    if open.is_empty() && damaged.is_empty() {
        return Err(CommandError::NothingToResume.into());
    }
    let exit = match choose_draft(app, open)? {
        DraftChoice::GoOn(draft) => continue_draft(app, draft, &identity)?,
        DraftChoice::Discard(draft) => {
            drafts.remove(&EntryFileName::of(&draft));
            app.terminal.say("That draft is gone.");
            Exit::Done
        }
        DraftChoice::Leave => Exit::Done,
    };
    Ok(app.finish(&damaged, exit))
}

/// One draft is gone on with at once; of several, one is chosen.
fn choose_draft(app: &App, mut open: Vec<Entry>) -> Result<DraftChoice> {
    if open.len() < 2 {
        return Ok(open.pop().map_or(DraftChoice::Leave, DraftChoice::GoOn));
    }
    let screen = app.terminal.screen()?;
    screen.title("Unfinished entries");
    let name =
        |draft: &Entry| format!("{}, {}", clean_line(&draft.practice), app.moment_words(draft.at));
    let lines: Vec<String> = open.iter().map(name).collect();
    let Some(index) = choose("", &lines, &screen)? else { return Ok(DraftChoice::Leave) };
    let lines = ["Continue it".to_owned(), "Discard it".to_owned()];
    Ok(match choose("", &lines, &screen)? {
        Some(0) => DraftChoice::GoOn(open.swap_remove(index)),
        Some(_) => DraftChoice::Discard(open.swap_remove(index)),
        None => DraftChoice::Leave,
    })
}
