//! `resume`: goes on with a sitting that was broken off, at the same question.

use crate::error::{Error, Exit, Result};
use crate::journal::Drafts;
use crate::render::moment_words;

use super::memory::{Memory, fear};
use super::sitting::{Course, Sitting};
use super::{Context, Given, Verb};

pub const VERB: Verb = Verb {
    name: "resume",
    about: "Go on with a sitting that was broken off",
    details: "Each answer is sealed as it is given, so a crash, a closed terminal or Ctrl-C loses nothing. This opens the latest such draft, which needs the passphrase, and goes on at the same question.",
    args: &[],
    query: false,
    run,
};

fn run(context: &Context, _: &Given) -> Result<Exit> {
    let drafts = Drafts::at(&context.config.paths.state);
    if drafts.is_empty() {
        return Err(Error::NothingToResume);
    }
    if !context.terminal.can_ask() {
        let instead = "Run `inward resume` on a terminal.".to_owned();
        return Err(Error::NeedsTerminal { doing: "go on", instead });
    }
    let recipients = context.keys().recipients()?;
    let identity = context.unlock()?;
    let (open, damaged) = drafts.open(&identity);
    let Some(draft) = open.into_iter().next() else {
        return Ok(context.finish(&damaged, Exit::NothingMatched));
    };
    let found = context.practices.named(&draft.practice).cloned();
    let found = found.ok_or_else(|| Error::UnknownPractice {
        given: draft.practice.clone(),
        known: context.practices.iter().map(|f| f.name().to_owned()).collect(),
    })?;
    let practice = found.into_whole()?.worded_for(context.config.partner.as_deref());
    let memory = Memory::open(context, &identity);
    let practice = practice.for_one(fear(memory.as_ref(), context));
    let about = draft.about.clone();
    let about = memory
        .as_ref()
        .zip(about)
        .and_then(|(memory, id)| memory.past(context).entries.iter().find(|e| e.id == id).cloned());
    let practice = match about {
        Some(_) => practice.following_up().ok_or(Error::NothingMatched)?,
        None => practice.part_of(&draft),
    };
    let (at, tags) = (draft.at, draft.tags.clone());
    context.terminal.say(&format!(
        "Going on with {}, {}.",
        draft.practice,
        moment_words(at, context.clock())
    ));
    let sitting = Sitting { context, recipients, memory, practice, at, tags, about };
    sitting.on_screen(Vec::new(), Course { json: false, part: None, draft: Some(draft) })
}
