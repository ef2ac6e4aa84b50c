//! A practice, kept: practice → ask → entry → seal → journal. Here is what the
//! command line says of it; `session` is how it is asked and kept.

use std::path::PathBuf;
use std::rc::Rc;

use clap::{Args, ValueHint};

use crate::app::CommandError;
use crate::dates;
use crate::entry::Answer;
use crate::error::{Exit, Result};
use crate::practice::{Practice, PracticeError, Question, QuestionKind};
use crate::prompt::{
    AnswersInput, AskError, FIRST_PASSPHRASE, count_down, in_order, is_text_piped, json_object,
    read_text, set_new_passphrase,
};
use crate::render::unfill;
use crate::seal::Recipients;

use super::App;
use super::args::{Candidates, JsonArg, tags};
use super::attaching::LocalFile;
use super::cards::record_card;
use super::follow_up::{flag_of_follow_up, follow_up, refuse_new_answers};
use super::history::History;
use super::key::is_no_journal;
use super::key_at_hand::KeyAtHand;
use super::month::print_month;
use super::resuming::offer_draft;
use super::routines::RoutineMemory;
use super::session::{Session, SessionOptions};
use super::unlock_offer::offer_unlock;

type EntryMoment = chrono::DateTime<chrono::FixedOffset>;

// What every practice takes. The flags of its questions stand in no struct: they
// are read from its file.
#[derive(Args, Clone, Debug, Default)]
pub struct PracticeArgs {
    /// Your answer in your own words; - reads standard input; nothing more is asked
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Read the answers from a JSON object of questions and answers; - is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub answers: Option<String>,
    /// When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"
    #[arg(long, value_name = "WHEN", add = Candidates::Day)]
    pub at: Option<String>,
    /// Tag the entry; may be repeated
    #[arg(short, long, value_name = "TAG", add = Candidates::Tag)]
    pub tag: Vec<String>,
    /// Attach this file, encrypted like the entry; may be repeated
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub attach: Vec<PathBuf>,
    /// Ask what the command line doesn't answer
    #[arg(long)]
    pub ask: bool,
    #[command(flatten)]
    pub output: JsonArg,
    /// The flags of its questions, by their ids.
    #[arg(skip)]
    pub questions: Vec<(String, String)>,
    /// Of a practice that asks back.
    #[arg(skip)]
    pub follow_up: FollowUpArg,
    /// Of a practice with a timer.
    #[arg(skip)]
    pub sit: StillnessArg,
    /// Of a practice of cards.
    #[arg(skip)]
    pub cards: CardsArg,
}

impl PracticeArgs {
    /// Does it say something of the entry itself? A draft has its own moment, tags and files,
    /// so it isn't offered then.
    pub(super) fn describes_entry(&self) -> bool {
        self.at.is_some() || !self.tag.is_empty() || !self.attach.is_empty()
    }
}

// What a practice takes besides that asks back what became of an entry.
#[derive(Args, Clone, Debug, Default)]
pub struct FollowUpArg {
    /// Ask only what became of an earlier entry
    #[arg(long)]
    pub follow_up: bool,
}

// What a practice takes besides that has a timer.
#[derive(Args, Clone, Debug, Default)]
pub struct StillnessArg {
    /// Sit for the minutes in --stillness, with a plain countdown, then keep the entry
    #[arg(long)]
    pub sit: bool,
}

// What a practice of cards takes besides.
#[derive(Args, Clone, Debug, Default)]
pub struct CardsArg {
    /// Draw one for both of you
    #[arg(long = "for", value_name = "WHOM", value_parser = ["two"])]
    pub whom: Option<String>,
}

/// What the command line says of an entry besides its answers.
pub(super) struct EntryDetails {
    pub at: EntryMoment,
    /// Was it named in words, which may have been understood otherwise than they were meant?
    pub names_moment: bool,
    pub tags: Vec<String>,
    pub files: Vec<LocalFile>,
}

/// Runs a practice by its name.
pub fn record(app: &App, name: &str, args: PracticeArgs) -> Result<Exit> {
    record_at(app, name, args, app.clock().now, &mut RoutineMemory::default())
}

/// The same, of another moment than that of the start, where nothing says when, and behind
/// other practices.
pub fn record_at(
    app: &App,
    name: &str,
    args: PracticeArgs,
    now: EntryMoment,
    memory: &mut RoutineMemory,
) -> Result<Exit> {
    let args = &args;
    let practice = app.practice(name)?;
    let at = match &args.at {
        Some(text) => dates::moment(text, app.clock())?,
        None => now,
    };
    let practice = app.worded(practice, at);
    let (tags, files) = (tags(&args.tag)?, app.files_to_attach(&args.attach)?);
    let details = EntryDetails { at, names_moment: at != now, tags, files };
    if follows_up(&practice, args) {
        refuse_new_answers(&practice, args)?;
        return follow_up(app, practice, args, details);
    }
    if practice.month.is_some() {
        if shows_alone(app, args) {
            return print_month(app, &practice, args.output.json);
        }
        // Nothing would be found of those weeks, and that said to be fine.
        app.refuse_emptied_journal()?;
    }
    if practice.cards {
        return record_card(app, practice, args, details, memory);
    }
    record_answers(app, practice, args, details, memory)
}

/// Asks what the command line doesn't answer, and keeps the entry.
fn record_answers(
    app: &App,
    practice: Practice,
    args: &PracticeArgs,
    details: EntryDetails,
    memory: &mut RoutineMemory,
) -> Result<Exit> {
    let known_early = if app.terminal.can_ask() {
        None
    } else {
        // Before a pipe is read, which could not be read again.
        Some(app.recipients()?)
    };
    let (mut practice, words, part) = split_part(practice, &args.words)?;
    let input = read_answers(app, &practice, words, args)?;
    let asks = args.ask || (input.is_empty() && app.terminal.can_ask());
    let known = practice.worded_in(app.config.chapter, input.read(&practice)?);
    let known = in_order(&practice, practice.with_plan_halves(known));
    if !asks && known.is_empty() {
        let part = part.map(|number| format!("{number} ")).unwrap_or_default();
        let example = format!("{} {part}{}", practice.name, example_answer(&practice));
        return Err(CommandError::NothingSaid { example }.into());
    }
    let is_first = asks && !app.keys().exist();
    // Before the first question, so that nothing is asked in vain.
    let recipients = known_early.map_or_else(|| recipients(app), Ok)?;
    app.tell_key_trouble_before(asks)?;
    if asks
        && known.is_empty()
        && part.is_none()
        && !args.describes_entry()
        && let Some(exit) = offer_draft(app, &practice.name, args.output.json, memory)?
    {
        return Ok(exit);
    }
    // With words, flags or a pipe nothing earlier is read, and the form is that of a locked
    // journal: what is printed then is the same whatever the journal knows.
    let history = if asks { load_history(app, &practice, memory)? } else { None };
    let care = memory.open_care(history.as_ref());
    if is_first {
        let intro = practice.intro.iter().map(|intro| format!("\n\n{intro}"));
        let keys = if app.terminal.is_accessible() { KEYS_IN_PLAIN_LINES } else { KEYS };
        practice.intro = Some(keys.to_owned() + &intro.collect::<String>());
    }
    let key = memory.key.clone();
    let mut session = Session::opening(app, recipients, key, practice, history, care, details);
    if args.sit.sit {
        sit(app, &session.practice, &known);
    }
    session.run(
        known,
        asks,
        SessionOptions { json: args.output.json, part, ..SessionOptions::default() },
    )
}

/// What earlier entries say, opened for this session if that is wanted.
fn load_history(
    app: &App,
    practice: &Practice,
    memory: &mut RoutineMemory,
) -> Result<Option<History>> {
    if !memory.key.is_opened()
        && let Some(identity) = offer_unlock(app, practice)?
    {
        memory.key = KeyAtHand::for_this_command(Rc::new(identity));
    }
    memory.open_history(app, practice)
}

/// Is a practice that can show something by itself given no answer, and nobody to ask?
fn shows_alone(app: &App, args: &PracticeArgs) -> bool {
    let terminal = &app.terminal;
    let says = !args.words.is_empty() || !args.questions.is_empty() || args.answers.is_some();
    let asks = terminal.can_ask() && terminal.output_is_terminal() && !args.output.json;
    let is_piped = !terminal.input_is_terminal() && is_text_piped();
    !(says || args.describes_entry() || args.ask || asks || is_piped)
}

fn sit(app: &App, practice: &Practice, known: &[Answer]) {
    let timed = |q: &&Question| matches!(q.kind, QuestionKind::Stillness { .. });
    let timer = practice.questions.iter().find(timed);
    let given = known.iter().find(|a| timer.is_some_and(|q| a.question == q.id));
    if let Some(minutes) = given.and_then(|a| a.value.number()) {
        count_down(minutes, &app.terminal);
    }
}

/// Does the command line speak of what became of an earlier entry?
fn follows_up(practice: &Practice, args: &PracticeArgs) -> bool {
    args.follow_up.follow_up || flag_of_follow_up(practice, args).is_some()
}

/// A practice of parts takes the number of one before any words.
fn split_part(
    practice: Practice,
    words: &[String],
) -> Result<(Practice, &[String], Option<usize>)> {
    let number = words.first().and_then(|word| word.parse::<usize>().ok());
    let Some(number) = number.filter(|_| practice.parts) else {
        return Ok((practice, words, None));
    };
    let count = practice.sections.len();
    let name = practice.name.clone();
    let part =
        practice.part(number).ok_or(PracticeError::NoSuchPart { practice: name, number, count })?;
    Ok((part, &words[1..], Some(number)))
}

/// What the command line and a pipe answer. A pipe answers the primary question; where
/// something else does, text in a pipe is refused rather than lost.
pub(super) fn read_answers(
    app: &App,
    practice: &Practice,
    words: &[String],
    args: &PracticeArgs,
) -> Result<AnswersInput> {
    let primary = &practice.primary;
    let is_pipe_read = args.answers.as_deref() == Some("-");
    let (is_pipe_named, words) = match words {
        [dash] if dash == "-" => (true, Vec::new()),
        words => (false, words.to_vec()),
    };
    if is_pipe_named && is_pipe_read {
        let (argument, other) = ("-".to_owned(), "--answers -".to_owned());
        return Err(CommandError::GivenTogether { argument, other }.into());
    }
    let mut input = AnswersInput {
        words,
        flags: args.questions.clone(),
        answers: args.answers.as_deref().map(json_object).transpose()?,
        piped: None,
    };
    let is_answered = !input.words.is_empty() || input.answers(primary);
    if is_pipe_named && is_answered {
        return Err(PracticeError::AnsweredTwice { question: primary.clone() }.into());
    }
    let is_piped = !is_pipe_read && !app.terminal.input_is_terminal();
    // A card is for scripts too, whose standard input may never end.
    let is_pipe_awaited = !practice.cards || (is_piped && is_text_piped());
    let is_pipe_free = !is_answered && args.answers.is_none();
    if is_pipe_named || (is_piped && is_pipe_free && is_pipe_awaited) {
        let text = read_text(std::io::stdin().lock(), "standard input")?;
        input.piped = Some(text).filter(|text| !text.trim().is_empty());
    } else if is_piped && is_text_piped() {
        return Err(AskError::PipedTextUnused.into());
    }
    Ok(input)
}

/// How the command line may answer the primary question.
pub(super) fn example_answer(practice: &Practice) -> String {
    let mut questions = practice.questions.iter();
    let primary = questions.find(|question| question.id == practice.primary);
    primary.map(|question| question.kind.example()).unwrap_or_default()
}

/// To whom to seal. The first practice on a terminal sets the journal up.
pub(super) fn recipients(app: &App) -> Result<Recipients> {
    match app.recipients() {
        Err(e) if is_no_journal(&e) && app.terminal.can_ask() => {
            first_run(app)?;
            app.recipients()
        }
        recipients => recipients,
    }
}

/// What is said before the first passphrase is chosen.
const WELCOME: &str = include_str!("welcome.txt");

/// What is said once, before the first question of all.
const KEYS: &str = "Enter moves on, Esc has more, Ctrl-C stops at once and clears the screen.";
const KEYS_IN_PLAIN_LINES: &str = "Enter moves on; type :safety or :stop at any question. Ctrl-C stops at once. What's on the screen stays there.";

fn first_run(app: &App) -> Result<()> {
    app.refuse_a_second_key()?;
    app.terminal.say(&format!("{}\n", unfill(WELCOME)));
    let command = app.config.command_for_new_passphrase()?;
    app.terminal.require_asking()?;
    set_new_passphrase(&app.terminal, command, &FIRST_PASSPHRASE, |passphrase| {
        app.keys().create(Some(passphrase), &[])
    })?;
    app.begin_journal()?;
    app.terminal.say("");
    app.tell_new_key();
    app.terminal.say("");
    Ok(())
}
