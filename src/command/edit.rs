//! `edit`: a new revision beside the old, which it then replaces.

use std::cell::RefCell;
use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use clap::{ArgMatches, Args, FromArgMatches, ValueHint};

use crate::app::{
    ASK_DOCTOR, App, Candidates, CommandError, EditSession, EntryEdit, JsonArg, VerbArgs,
    entry_not_changed, is_changed, not_attached_yet, practice_of, question_flags, tags,
};
use crate::dates;
use crate::entry::{Entry, same_tag};
use crate::error::{Exit, Result};
use crate::journal::{Damaged, Elsewhere, SearchResult, StoredEntry};
use crate::practice::PracticeError;
use crate::prompt::{AskError, json_object, yes};
use crate::query::Query;
use crate::render::clean_line;
use crate::seal::Identity;

/// Change an entry's answers, time or tags
///
/// On a terminal, choose which answer to change. In a script, a question's flag gives its new
/// answer, and an empty one removes it, unless it's the entry's last; --answers takes a JSON
/// object of several, where null removes one. An answer keeps the scale and the options that it
/// was given with, though its practice may have others by now; remove it first to answer the
/// question as it is asked today. If an entry was edited in two places at once, on two devices
/// or in two windows, editing it again settles which revision is kept.
#[derive(Args)]
pub struct EditArgs {
    /// The entry's id, or the start of it; by default, the newest entry
    #[arg(value_name = "ID", add = Candidates::EntryId)]
    id: Option<String>,
    /// Read the changes from a JSON object; - is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    answers: Option<String>,
    /// Move it to another time; a day alone keeps the time
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
    /// If it was edited in two places at once, keep the newest revision
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
        let exit = edit(app, &self);
        if self.output.json && exit.as_ref().is_err_and(|e| e.exit() == Exit::NothingMatched) {
            app.print_no_change()?;
        }
        exit.map_err(entry_not_changed)
    }

    fn parse(matches: &ArgMatches) -> std::result::Result<EditArgs, clap::Error> {
        let args = EditArgs::from_arg_matches(matches)?;
        Ok(EditArgs { questions: question_flags(matches), ..args })
    }
}

impl EditArgs {
    /// Do the arguments say what to change, so that nothing has to be asked?
    fn has_changes(&self) -> bool {
        self.answers.is_some()
            || self.at.is_some()
            || self.settle
            || !self.attach.is_empty()
            || [&self.tag, &self.untag, &self.detach].iter().any(|given| !given.is_empty())
            || !self.questions.is_empty()
    }

    /// When the entry is to be, by its time until now: a day alone keeps that.
    fn moment(&self, entry: &Entry, app: &App) -> Result<Option<DateTime<FixedOffset>>> {
        let moment = |text| dates::moment_at_time_of(entry.at, text, app.clock());
        self.at.as_deref().map(moment).transpose()
    }

    /// The changes that the arguments give.
    fn read(&self, app: &App) -> Result<EntryEdit> {
        let answers = self.answers.as_deref().map(json_object).transpose()?.unwrap_or_default();
        let flags = self.questions.clone();
        if let Some((question, _)) = flags.iter().find(|(id, _)| answers.contains_key(id)) {
            return Err(PracticeError::AnsweredTwice { question: question.clone() }.into());
        }
        // Before anything is opened: is it a moment at all?
        self.at.as_deref().map(|text| dates::check_moment(text, app.clock())).transpose()?;
        let untag: Vec<String> =
            self.untag.iter().map(|t| t.trim_start_matches('#').to_owned()).collect();
        let add = tags(&self.tag)?;
        if let Some(tag) = add.iter().find(|tag| untag.iter().any(|untag| same_tag(untag, tag))) {
            let (argument, other) = (format!("--tag {tag}"), format!("--untag {tag}"));
            return Err(CommandError::GivenTogether { argument, other }.into());
        }
        let detach = self.detach.clone();
        Ok(EntryEdit { answers, flags, at: None, add, untag, detach })
    }
}

fn edit(app: &App, args: &EditArgs) -> Result<Exit> {
    let quick = args.has_changes();
    if !quick && !app.terminal.can_ask() {
        app.refuse_bad_ids(args.id.as_slice())?;
        if let Some(identity) = app.keys().unlocked_identity() {
            find(app, args, &identity)?.entries.iter().try_for_each(refuse_two_versions)?;
        }
        let instead = "Give the changes with a question's flag, --answers, --at, --tag, --untag, --attach or --detach.";
        return Err(
            AskError::NeedsTerminal { doing: "edit it here", instead: instead.to_owned() }.into()
        );
    }
    let changes = args.read(app)?;
    let files = app.files_to_attach(&args.attach)?;
    app.recipients()?;
    let identity = app.unlock()?;
    let results = find(app, args, &identity)?;
    let Some(stored) = results.entries.into_iter().next() else {
        if results.damaged.is_empty() {
            return Err(app.nothing_found(&Query::everything(), &[]));
        }
        if args.output.json {
            app.print_no_change()?;
        }
        let exit = app.finish(&results.damaged, Exit::NothingMatched);
        app.terminal.say_record_always(&format!("Nothing was changed. {ASK_DOCTOR}"));
        return Ok(exit);
    };
    if quick && !args.settle {
        refuse_two_versions(&stored)?;
    }
    if quick && args.id.is_none() && !is_meant(app, &stored.entry)? {
        return nothing_changed(app, args, &results.damaged);
    }
    let stored = &stored;
    let whole = stored.with_all_files(stored.entry.clone());
    let files = not_attached_yet(app, &files, &whole)?;
    let changes = EntryEdit { at: args.moment(&stored.entry, app)?, ..changes };
    let (practice, care) = practice_of(app, &stored.entry, &identity)?;
    let practice = practice.as_ref();
    let session = EditSession {
        app,
        stored,
        practice,
        identity: &identity,
        care,
        older_draft: None,
        draft: RefCell::default(),
    };
    let edited = if quick { Some(changes.apply(whole, practice)?) } else { session.ask(None)? };
    let settled =
        !stored.other_heads.is_empty() || (args.settle && stored.elsewhere != Elsewhere::Nothing);
    let Some(edited) =
        edited.filter(|e| settled || !files.is_empty() || is_changed(e, &stored.entry))
    else {
        app.terminal.release();
        return nothing_changed(app, args, &results.damaged);
    };
    session.report(&session.publish(edited, &files)?, args.output.json)?;
    Ok(app.finish(&results.damaged, Exit::Done))
}

fn nothing_changed(app: &App, args: &EditArgs, damaged: &[Damaged]) -> Result<Exit> {
    app.tell_nothing_changed(args.output.json)?;
    Ok(app.finish(damaged, Exit::Done))
}

/// The entry to be edited, by its id; the newest without one.
fn find(app: &App, args: &EditArgs, identity: &Identity) -> Result<SearchResult> {
    match &args.id {
        Some(id) => app.resolve(std::slice::from_ref(id), identity),
        None => app.find_newest(identity),
    }
}

/// Where two devices edited an entry, somebody has to say which revision is kept.
fn refuse_two_versions(stored: &StoredEntry) -> Result<()> {
    if stored.other_heads.is_empty() {
        return Ok(());
    }
    Err(CommandError::TwoVersions { id: stored.entry.id.to_string() }.into())
}

/// Is it the entry that flags without an id should change? It's the newest only until it
/// moves. A script isn't asked.
fn is_meant(app: &App, entry: &Entry) -> Result<bool> {
    if !app.terminal.can_ask() {
        return Ok(true);
    }
    let practice = clean_line(&entry.practice);
    let question = format!("Change {practice}, {}?", app.moment_words(entry.at));
    yes(&question, &app.terminal.screen()?)
}
