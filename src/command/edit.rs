//! `edit`: a new revision beside the old, which it then replaces.

mod entry_edit;

use std::path::PathBuf;

use clap::{ArgMatches, Args, FromArgMatches, ValueHint};

use crate::app::{
    App, Candidates, CommandError, History, Move, VerbArgs, form, question_flags, sources,
};
use crate::entry::{Answer, Entry, Value};
use crate::error::{Exit, Result};
use crate::journal::{Month, StoredEntry};
use crate::practice::{LoadedPractice, Practice, Question, QuestionKind, all_match};
use crate::prompt::AskError;
use crate::prompt::{Reply, Screen, ask_question, choose};
use crate::query::Query;
use crate::render::{clean_line, one};
use crate::seal::Identity;

use entry_edit::EntryEdit;

/// Change an entry's answers, time or tags
///
/// On a terminal, choose which answer to change. In a script, the flag of a question
/// gives its new answer, and an empty one takes it away; --answers gives a JSON object
/// of several, where null takes one away. Where an entry was edited on two devices
/// apart, editing settles which version stands.
#[derive(Args)]
pub struct EditArgs {
    /// The entry's id, or its beginning; the newest entry without one
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
    /// Keep this file with it, encrypted like it; may be repeated
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    attach: Vec<PathBuf>,
    /// Take an attached file off it, by its name or its id; may be repeated
    #[arg(long, value_name = "NAME")]
    detach: Vec<String>,
    /// Where it was edited on two devices apart, let the newest version stand
    #[arg(long)]
    settle: bool,
    /// Take a tag away; may be repeated
    #[arg(long, value_name = "TAG", add = Candidates::Tag)]
    untag: Vec<String>,
    /// The flags of its questions, by their ids: those of every practice can be given, and
    /// what its own does not ask is refused once it is open.
    #[arg(skip)]
    questions: Vec<(String, String)>,
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
    fn is_empty(&self) -> bool {
        self.answers.is_some()
            || self.at.is_some()
            || self.settle
            || !self.attach.is_empty()
            || [&self.tag, &self.untag, &self.detach].iter().any(|given| !given.is_empty())
            || !self.questions.is_empty()
    }
}

fn edit(app: &App, args: &EditArgs) -> Result<Exit> {
    let quick = args.is_empty();
    if !quick && !app.terminal.can_ask() {
        let instead = "Give the changes with a question's flag, --answers, --at, --tag, --untag, --attach or --detach.";
        return Err(
            AskError::NeedsTerminal { doing: "edit on", instead: instead.to_owned() }.into()
        );
    }
    let changes = EntryEdit::read(app, args)?;
    let files = app.files_to_attach(&args.attach)?;
    let files = sources(&files);
    app.recipients()?;
    let identity = app.unlock()?;
    let journal = app.cached_journal();
    let found = match &args.id {
        Some(id) => journal.resolve(std::slice::from_ref(id), &identity)?,
        None => {
            let newest = Query { last: Some(1), ..Query::everything() };
            app.find_as(&newest, &identity, &|kept| kept)?
        }
    };
    let Some(kept) = found.entries.into_iter().next() else {
        return Ok(app.finish(&found.damaged, Exit::NothingMatched));
    };
    if quick && !kept.beside.is_empty() && !args.settle {
        return Err(CommandError::TwoVersions { id: kept.entry.id.to_string() }.into());
    }
    let kept = &kept;
    let practice = practice_of(app, &kept.entry, &identity)?;
    let edited = if quick {
        Some(changes.apply(kept.entry.clone(), practice.as_ref())?)
    } else {
        ask_changes(app, kept, practice.as_ref())?
    };
    let settled = !kept.beside.is_empty() || (args.settle && kept.deleted_elsewhere);
    let Some(edited) = edited.filter(|e| settled || !files.is_empty() || *e != kept.entry) else {
        app.terminal.release();
        app.terminal.say("Nothing was changed.");
        return Ok(app.finish(&found.damaged, Exit::Done));
    };
    let revision = if Month::of(edited.day()) == Month::of(kept.entry.day()) {
        let revision = edited.revise(kept.revisions.clone(), app.clock().written)?;
        app.supersede(&journal, kept, revision, &files, &identity)?
    } else {
        Move { old: kept, edited, files: &files, identity: &identity }.run(app, &journal)?
    };
    app.terminal.release();
    app.terminal.say(&format!("Kept: {}, {}.", app.moment_words(revision.at), revision.id));
    Ok(app.finish(&found.damaged, Exit::Done))
}

/// The practice's question, or, where the practice has lost it, one made of
/// what the entry remembers.
fn question(id: &str, entry: &Entry, practice: Option<&Practice>) -> Option<Question> {
    let known = practice.and_then(|p| p.question(id)).cloned();
    known.or_else(|| {
        let answer = entry.answer(id)?;
        let kind = match (&answer.value, answer.scale) {
            // One that nobody could list was not made here: its number is typed.
            (_, Some(scale)) if scale.steps().is_some() => {
                QuestionKind::Scale { scale, labels: Vec::new(), cant_say: true }
            }
            (Value::YesNo(_), _) => QuestionKind::YesNo,
            (Value::Number(_), _) => QuestionKind::Number { min: None, max: None },
            (Value::Chosen(_), _) => QuestionKind::Choices { options: Vec::new(), other: true },
            _ => QuestionKind::Long,
        };
        Some(Question::plain(id, &answer.asked, kind))
    })
}

/// The entry's practice, in the form that fits its writer and this entry.
fn practice_of(app: &App, entry: &Entry, identity: &Identity) -> Result<Option<Practice>> {
    let found = app.practices.get(&entry.practice).and_then(LoadedPractice::practice);
    let Some(practice) = found.cloned() else { return Ok(None) };
    let history = History::open(app, identity, &[&practice])?;
    let practice = practice
        .with_partner_name(app.config.partner.as_deref())
        .adapted_to(form(history.as_ref(), app));
    Ok(if entry.about.is_some() { practice.following_up() } else { Some(practice) })
}

/// The questions that were answered, or that would be asked.
fn open_questions(entry: &Entry, practice: Option<&Practice>) -> Vec<String> {
    ids(entry, practice, |q| all_match(&q.when, &entry.answers) || entry.answer(&q.id).is_some())
}

fn ids(entry: &Entry, practice: Option<&Practice>, of: impl Fn(&Question) -> bool) -> Vec<String> {
    let fits = |q: &&Question| of(q);
    let questions = practice.iter().flat_map(|p| &p.questions).filter(fits);
    let mut ids: Vec<String> = questions.map(|q| q.id.clone()).collect();
    let own = entry.answers.iter().map(|a| a.question.clone());
    ids.extend(own.filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    ids
}

/// Changes what a question is answered with; of some, that is the entry's tags.
fn change(
    entry: &mut Entry,
    question: &Question,
    value: Option<Value>,
    practice: Option<&Practice>,
) {
    match (&question.kind, value) {
        (QuestionKind::Tags, Some(Value::Chosen(ref tags))) => entry.tags.clone_from(tags),
        (QuestionKind::Tags, _) => entry.tags.clear(),
        (_, value) => {
            let answer = value.map(|value| question.answer_with(value));
            let answers = |entry: &mut Entry| std::mem::take(&mut entry.answers);
            if let Some(practice) = practice {
                entry.answers = practice.without_built_sentence(answers(entry));
            }
            set(entry, &question.id, answer, practice);
            if let Some(practice) = practice {
                entry.answers = practice.with_sentence(answers(entry));
            }
        }
    }
}

/// Changes one answer and leaves what a later version may have added to it.
fn set(entry: &mut Entry, id: &str, answer: Option<Answer>, practice: Option<&Practice>) {
    let place = entry.answers.iter().position(|a| a.question == id);
    match (place, answer) {
        (Some(place), Some(new)) => {
            let unknown = std::mem::take(&mut entry.answers[place].unknown);
            entry.answers[place] = Answer { unknown, ..new };
        }
        (Some(place), None) => drop(entry.answers.remove(place)),
        (None, Some(new)) => {
            entry.answers.push(new);
            if let Some(practice) = practice {
                entry.answers =
                    crate::prompt::in_order(practice, std::mem::take(&mut entry.answers));
            }
        }
        (None, None) => {}
    }
}

fn ask_changes(
    app: &App,
    kept: &StoredEntry,
    practice: Option<&Practice>,
) -> Result<Option<Entry>> {
    let screen = app.terminal.screen()?;
    let Some(mut entry) = choose_version(app, kept, &screen)? else { return Ok(None) };
    loop {
        screen.show(&one(&entry, app.clock(), &screen.page()));
        screen.line("");
        let ids = open_questions(&entry, practice);
        let mut lines = vec!["Keep it like this".to_owned()];
        lines.extend(ids.iter().filter_map(|id| {
            let question = question(id, &entry, practice)?;
            let answered = current_value(&entry, &question).is_some();
            let mark = if answered { "" } else { " (not answered)" };
            Some(clean_line(&question.ask) + mark)
        }));
        let index = match choose("Which answer?", &lines, &screen)? {
            Some(0) => return Ok(Some(entry)),
            Some(index) => index,
            // Esc: as it was, once that is meant.
            None if entry == kept.entry || crate::prompt::yes("Leave it as it was?", &screen)? => {
                return Ok(None);
            }
            None => continue,
        };
        let id = &ids[index - 1];
        let Some(question) = question(id, &entry, practice) else { continue };
        let before = current_value(&entry, &question);
        let Reply::Answer(value) = ask_question(&question, before.as_ref(), None, &screen)? else {
            continue;
        };
        let emptied = value.is_none() && before.is_some();
        if !emptied || crate::prompt::yes("Take this answer away?", &screen)? {
            change(&mut entry, &question, value, practice);
        }
    }
}

/// What stands there now.
fn current_value(entry: &Entry, question: &Question) -> Option<Value> {
    match question.kind {
        QuestionKind::Tags => (!entry.tags.is_empty()).then(|| Value::Chosen(entry.tags.clone())),
        _ => entry.answer(&question.id).map(|a| a.value.clone()),
    }
}

/// Where there are several heads, which one is to stand?
fn choose_version(app: &App, kept: &StoredEntry, screen: &Screen) -> Result<Option<Entry>> {
    if kept.beside.is_empty() {
        return Ok(Some(kept.entry.clone()));
    }
    screen.paragraph("This entry was edited on two devices apart. Choose the version that is to stand; you can still change it.");
    let versions: Vec<&Entry> = std::iter::once(&kept.entry).chain(&kept.beside).collect();
    for (i, version) in versions.iter().enumerate() {
        screen.heading(&format!("Version {}", i + 1));
        screen.show(&one(version, app.clock(), &screen.page()));
    }
    screen.line("");
    let lines: Vec<String> = versions
        .iter()
        .enumerate()
        .map(|(i, v)| format!("Version {}, written {}", i + 1, v.written.format("%Y-%m-%d %H:%M")))
        .collect();
    let chosen = choose("Which stands?", &lines, screen)?;
    Ok(chosen.map(|i| versions[i].clone()))
}
