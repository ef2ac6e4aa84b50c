//! `edit`: a new revision beside the old, which it then replaces.

use std::cell::RefCell;
use std::path::PathBuf;

use clap::{ArgMatches, Args, FromArgMatches, ValueHint};
use unicode_normalization::UnicodeNormalization;

use crate::app::{
    App, Candidates, CommandError, EditSession, EntryEdit, JsonArg, VerbArgs, practice_of,
    question_flags, sources, tags,
};
use crate::dates;
use crate::error::{Exit, Result};
use crate::practice::PracticeError;
use crate::prompt::{AskError, json_object};

/// Change an entry's answers, time or tags
///
/// On a terminal, choose which answer to change. In a script, a question's flag gives its new
/// answer, and an empty one removes it; --answers takes a JSON object of several, where null
/// removes one. If an entry was edited on two devices, editing it settles which version is
/// kept.
#[derive(Args)]
pub struct EditArgs {
    /// The entry's id, or the start of it; the newest entry without one
    #[arg(value_name = "ID", add = Candidates::EntryId)]
    id: Option<String>,
    /// Read the changes from a JSON object; - is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    answers: Option<String>,
    /// Move it to another time
    #[arg(long, value_name = "WHEN", add = Candidates::Day)]
    at: Option<String>,
    /// Add a tag; may be repeated
    #[arg(short, long, value_name = "TAG", add = Candidates::Tag)]
    tag: Vec<String>,
    /// Attach this file, encrypted like the entry; may be repeated
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    attach: Vec<PathBuf>,
    /// Remove an attached file, by its name or id; may be repeated
    #[arg(long, value_name = "NAME")]
    detach: Vec<String>,
    /// If it was edited on two devices, keep the newest version
    #[arg(long)]
    settle: bool,
    /// Remove a tag; may be repeated
    #[arg(long, value_name = "TAG", add = Candidates::Tag)]
    untag: Vec<String>,
    /// The flags of its questions, by their ids: those of every practice can be given, and
    /// what its own does not ask is refused once it is open.
    #[arg(skip)]
    questions: Vec<(String, String)>,
    #[command(flatten)]
    output: JsonArg,
}

impl VerbArgs for EditArgs {
    fn run(self, app: &App) -> Result<Exit> {
        edit(app, &self)
    }

    fn parse(matches: &ArgMatches) -> std::result::Result<EditArgs, clap::Error> {
        let args = EditArgs::from_arg_matches(matches)?;
        Ok(EditArgs { questions: question_flags(matches), ..args })
    }
}

impl EditArgs {
    /// Does it say what to change, so that nothing need be asked?
    fn has_changes(&self) -> bool {
        self.answers.is_some()
            || self.at.is_some()
            || self.settle
            || !self.attach.is_empty()
            || [&self.tag, &self.untag, &self.detach].iter().any(|given| !given.is_empty())
            || !self.questions.is_empty()
    }

    /// The changes that need no asking.
    fn read(&self, app: &App) -> Result<EntryEdit> {
        let answers = self.answers.as_deref().map(json_object).transpose()?.unwrap_or_default();
        let flags = self.questions.clone();
        if let Some((question, _)) = flags.iter().find(|(id, _)| answers.contains_key(id)) {
            return Err(PracticeError::AnsweredTwice { question: question.clone() }.into());
        }
        let at = self.at.as_deref().map(|text| dates::moment(text, app.clock())).transpose()?;
        let take = self.untag.iter().map(|t| t.trim_start_matches('#').nfc().collect()).collect();
        let (add, detach) = (tags(&self.tag)?, self.detach.clone());
        Ok(EntryEdit { answers, flags, at, add, take, detach })
    }
}

fn edit(app: &App, args: &EditArgs) -> Result<Exit> {
    let quick = args.has_changes();
    if !quick && !app.terminal.can_ask() {
        let instead = "Give the changes with a question's flag, --answers, --at, --tag, --untag, --attach or --detach.";
        return Err(
            AskError::NeedsTerminal { doing: "edit on", instead: instead.to_owned() }.into()
        );
    }
    let changes = args.read(app)?;
    let files = app.files_to_attach(&args.attach)?;
    let files = sources(&files);
    app.recipients()?;
    let identity = app.unlock()?;
    let journal = app.cached_journal();
    let found = match &args.id {
        Some(id) => journal.resolve(std::slice::from_ref(id), &identity)?,
        None => app.find_newest(&identity)?,
    };
    let Some(kept) = found.entries.into_iter().next() else {
        return Ok(app.finish(&found.damaged, Exit::NothingMatched));
    };
    if quick && !kept.beside.is_empty() && !args.settle {
        return Err(CommandError::TwoVersions { id: kept.entry.id.to_string() }.into());
    }
    let kept = &kept;
    let practice = practice_of(app, &kept.entry, &identity)?;
    let (practice, identity) = (practice.as_ref(), &identity);
    let session =
        EditSession { app, kept, practice, identity, beside: None, draft: RefCell::default() };
    let edited = match quick {
        true => Some(changes.apply(kept.entry.clone(), practice)?),
        false => session.ask(None)?,
    };
    let settled = !kept.beside.is_empty() || (args.settle && kept.deleted_elsewhere);
    let Some(edited) = edited.filter(|e| settled || !files.is_empty() || *e != kept.entry) else {
        app.terminal.release();
        app.terminal.say("Nothing was changed.");
        return Ok(app.finish(&found.damaged, Exit::Done));
    };
    session.report(&session.publish(edited, &files)?, args.output.json)?;
    Ok(app.finish(&found.damaged, Exit::Done))
}
