//! `resume`: goes on with a sitting that was broken off, at the same question.

use clap::Args;

use crate::command::CommandError;
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::keys::Protection;
use crate::practice::Practice;
use crate::prompt::AskError;
use crate::prompt::choose;
use crate::render::clean_line;
use crate::seal::{EntryFileName, Identity};

use super::Context;
use super::args::VerbArgs;
use super::drafts::{asked_questions, belongs_to};
use super::history::{History, fear};
use super::session::{Session, SessionOptions};

/// Go on with a sitting that was broken off
///
/// Each answer is sealed as it is given, so a crash, a closed terminal or Ctrl-C
/// loses nothing. This opens such a draft, which needs the passphrase, and goes on
/// at the same question, or discards it.
#[derive(Args)]
pub struct ResumeArgs {}

enum DraftChoice {
    GoOn(Entry),
    Discard(Entry),
    Leave,
}

impl VerbArgs for ResumeArgs {
    fn run(self, context: &Context) -> Result<Exit> {
        resume(context)
    }
}

fn resume(context: &Context) -> Result<Exit> {
    let drafts = context.drafts();
    if drafts.is_empty() {
        return Err(CommandError::NothingToResume.into());
    }
    if !context.terminal.can_ask() {
        let instead = "Run `inward resume` on a terminal.".to_owned();
        return Err(AskError::NeedsTerminal { doing: "go on", instead }.into());
    }
    let locked = context.keys().protection() == Protection::Passphrase;
    if locked && !context.keys().is_unlocked() && context.config.passphrase_command()?.is_none() {
        context.terminal.say(
            "What was begun is sealed, and going on shows it again. That needs the passphrase.",
        );
    }
    let identity = context.unlock()?;
    let (open, damaged) = drafts.open(&identity);
    let ours = |draft: &Entry| belongs_to(draft, &context.config.paths.journal);
    let open: Vec<Entry> = open.into_iter().filter(ours).collect();
    if open.is_empty() && damaged.is_empty() {
        return Err(CommandError::NothingToResume.into());
    }
    let exit = match choose_draft(context, open)? {
        DraftChoice::GoOn(draft) => continue_draft(context, draft, &identity)?,
        DraftChoice::Discard(draft) => {
            drafts.remove(&EntryFileName::of(&draft));
            context.terminal.say("That draft is gone.");
            Exit::Done
        }
        DraftChoice::Leave => Exit::Done,
    };
    Ok(context.finish(&damaged, exit))
}

/// The same practice, broken off earlier today, is gone on with if that is
/// wanted. Locked, nobody can tell what a draft is of.
pub fn offer(context: &Context, practice: &str) -> Result<Option<Exit>> {
    let drafts = context.drafts();
    let identity = if drafts.is_empty() { None } else { context.keys().unlocked_identity() };
    let Some(identity) = identity else { return Ok(None) };
    let clock = context.clock();
    let same = |draft: &Entry| {
        draft.practice == practice
            && draft.about.is_none()
            && clock.day_of(draft.at) == clock.today()
            && belongs_to(draft, &context.config.paths.journal)
    };
    let Some(draft) = drafts.open(&identity).0.into_iter().find(same) else { return Ok(None) };
    let screen = context.terminal.screen()?;
    screen.title(&format!("Broken off {}", context.moment_words(draft.at)));
    let lines = ["Go on with it".to_owned(), "Begin a new one".to_owned()];
    let chosen = choose("", &lines, &screen)?;
    drop(screen);
    match chosen {
        Some(0) => continue_draft(context, draft, &identity).map(Some),
        _ => Ok(None),
    }
}

/// One draft is gone on with at once; of several, one is chosen.
fn choose_draft(context: &Context, mut open: Vec<Entry>) -> Result<DraftChoice> {
    if open.len() < 2 {
        return Ok(open.pop().map_or(DraftChoice::Leave, DraftChoice::GoOn));
    }
    let screen = context.terminal.screen()?;
    screen.title("Sittings that were broken off");
    let name = |draft: &Entry| {
        format!("{}, {}", clean_line(&draft.practice), context.moment_words(draft.at))
    };
    let lines: Vec<String> = open.iter().map(name).collect();
    let Some(index) = choose("", &lines, &screen)? else { return Ok(DraftChoice::Leave) };
    let lines = ["Go on with it".to_owned(), "Discard it".to_owned()];
    Ok(match choose("", &lines, &screen)? {
        Some(0) => DraftChoice::GoOn(open.swap_remove(index)),
        Some(_) => DraftChoice::Discard(open.swap_remove(index)),
        None => DraftChoice::Leave,
    })
}

fn continue_draft(context: &Context, draft: Entry, identity: &Identity) -> Result<Exit> {
    let recipients = context.recipients()?;
    let practice = context.practice(&draft.practice)?;
    let practice = practice.with_partner_name(context.config.partner.as_deref());
    let memory = History::open(context, identity, &[&practice])?;
    let about = draft.about.clone();
    let about = memory.as_ref().zip(about).and_then(|(memory, id)| {
        memory.past(context).entries.iter().find(|e| e.has_id(&id)).cloned()
    });
    let practice = form(practice, &draft).adapted_to(fear(memory.as_ref(), context));
    let (at, tags) = (draft.at, draft.tags.clone());
    let sitting = Session { context, recipients, memory, practice, at, tags, about };
    sitting
        .run_on_screen(Vec::new(), SessionOptions { json: false, part: None, draft: Some(draft) })
}

/// The form that the sitting had: asking back, or one part alone.
fn form(practice: Practice, draft: &Entry) -> Practice {
    if draft.about.is_some() {
        return practice.clone().following_up().unwrap_or(practice);
    }
    practice.only_questions(&asked_questions(draft))
}
