//! A practice, kept: practice → ask → entry → seal → journal. Here is what the
//! command line says of it; `sitting` is how it is asked and kept.

use serde_json::json;

use crate::ask::{Offered, count_down, json_object, new_passphrase, read_text};
use crate::dates;
use crate::entry::Answer;
use crate::error::{Error, Exit, Result};
use crate::practice::{Kind, Practice, Question};
use crate::render::document;
use crate::seal::Recipients;

use super::given::JSON;
use super::memory::{Memory, fear};
use super::sitting::{Course, Sitting};
use super::{Arg, Context, Given, Takes, resume};

type Moment = chrono::DateTime<chrono::FixedOffset>;

/// The words without a flag.
pub const WORDS: &str = "words";

/// What every practice takes besides a flag for each of its questions.
pub const ARGS: &[Arg] = &[
    Arg::new(
        WORDS,
        Takes::Words("WORDS", 0),
        "Your answer in your own words; nothing more is asked",
    ),
    Arg::new(
        "answers",
        Takes::One("FILE"),
        "Read the answers from a JSON object of question and value; - is standard input",
    ),
    Arg::new(
        "at",
        Takes::One("WHEN"),
        "When it was: 2026-11-20, \"2026-11-20 21:00\", yesterday, \"3 days ago\"",
    ),
    Arg::new("tag", Takes::Many("TAG"), "Tag the entry; may be repeated").short('t'),
    Arg::new("ask", Takes::Nothing, "Ask what the command line does not answer"),
    JSON,
];

/// What a practice takes besides that asks back what became of an entry.
pub const FOLLOW_UP: Arg =
    Arg::new("follow-up", Takes::Nothing, "Ask only what became of an earlier entry");

/// What a practice takes besides that has a timer.
pub const SIT: Arg = Arg::new(
    "sit",
    Takes::Nothing,
    "Sit for the minutes that the timer's flag gives, with a plain countdown, and then keep",
);

/// Runs a practice by its name.
pub fn keep(context: &Context, name: &str, given: &Given) -> Result<Exit> {
    keep_at(context, name, given, context.clock().now)
}

/// The same, of another moment than that of the start, where nothing says when.
pub fn keep_at(context: &Context, name: &str, given: &Given, now: Moment) -> Result<Exit> {
    let found = context.practices.named(name).cloned().ok_or(Error::NothingMatched)?;
    let practice = found.into_whole()?.worded_for(context.config.partner.as_deref());
    let at = match given.one("at") {
        Some(text) => dates::moment(text, context.clock())?,
        None => now,
    };
    let tags = given.tags()?;
    if follows_up(&practice, given) {
        return follow_up(context, practice, given, at, tags);
    }
    let known_early = match context.terminal.can_ask() {
        true => None,
        // Before a pipe is read, which could not be read again.
        false => Some(context.recipients()?),
    };
    let (practice, words, part) = take_part(practice, given.all(WORDS))?;
    let offered = offered(context, &practice, words, given)?;
    let asks = given.has("ask") || (offered.is_empty() && context.terminal.can_ask());
    let known = offered.read(&practice)?;
    if !asks && known.is_empty() {
        return Err(Error::NothingSaid { practice: practice.name });
    }
    // Before the first question, so that nothing is asked in vain.
    let recipients = known_early.map_or_else(|| recipients(context), Ok)?;
    if asks
        && known.is_empty()
        && part.is_none()
        && let Some(exit) = resume::offer(context, name)?
    {
        return Ok(exit);
    }
    // What was scored stands beside the last time, asked or not.
    let looks_back = asks || !practice.scores.is_empty() || practice.beside.is_some();
    let memory = if looks_back { Memory::at_hand(context, &[&practice])? } else { None };
    let fear = fear(memory.as_ref(), context);
    let practice = practice.for_one(fear);
    if given.has(SIT.name) {
        sit(context, &practice, &known);
    }
    let sitting = Sitting { context, recipients, memory, practice, at, tags, about: None };
    let course = Course { json: given.has("json"), part, draft: None };
    sitting.hold(known, asks, course)
}

fn sit(context: &Context, practice: &Practice, known: &[Answer]) {
    let timed = |q: &&Question| matches!(q.kind, Kind::Stillness { .. });
    let timer = practice.questions.iter().find(timed);
    let given = known.iter().find(|a| timer.is_some_and(|q| a.question == q.id));
    if let Some(minutes) = given.and_then(|a| a.value.number()) {
        count_down(minutes, &context.terminal);
    }
}

/// Does the command line speak of what became of an earlier entry?
fn follows_up(practice: &Practice, given: &Given) -> bool {
    let questions = practice.follow_up.iter().flat_map(|f| &f.questions);
    given.has(FOLLOW_UP.name) || questions.into_iter().any(|q| given.has(&q.id))
}

/// What became of an earlier entry: an entry of its own that names it.
fn follow_up(
    context: &Context,
    practice: Practice,
    given: &Given,
    at: Moment,
    tags: Vec<String>,
) -> Result<Exit> {
    let recipients = context.recipients()?;
    let memory = Memory::open(context, &context.unlock()?, &[&practice])?;
    let practice = practice.for_one(fear(memory.as_ref(), context));
    let past = memory.as_ref().map(|memory| memory.past(context));
    let earlier = past.and_then(|past| past.to_follow_up(&practice)).cloned();
    let Some(earlier) = earlier else {
        if context.config.remember {
            let mut state = context.state();
            state.nothing_waits(&practice.name, context.clock().now);
            // A reminder that could not be taken down is shown once more, that is all.
            let _ = state.write(&*context.disk(), &context.config.paths.state);
        }
        if given.has("json") {
            context.terminal.print(&document(json!({ "kept": null })))?;
        }
        return Err(Error::NothingToFollowUp { practice: practice.name });
    };
    let follow_up = practice.following_up().ok_or(Error::NothingMatched)?;
    let offered = offered(context, &follow_up, given.all(WORDS), given)?;
    let asks = given.has("ask") || (offered.is_empty() && context.terminal.can_ask());
    let known = offered.read(&follow_up)?;
    if !asks && known.is_empty() {
        return Err(Error::NothingSaid { practice: format!("{} --follow-up", follow_up.name) });
    }
    let about = Some(earlier);
    let sitting = Sitting { context, recipients, memory, practice: follow_up, at, tags, about };
    let course = Course { json: given.has("json"), part: None, draft: None };
    sitting.hold(known, asks, course)
}

/// A practice of parts takes the number of one before any words.
fn take_part(practice: Practice, words: &[String]) -> Result<(Practice, &[String], Option<usize>)> {
    let number = words.first().and_then(|word| word.parse::<usize>().ok());
    let Some(number) = number.filter(|_| practice.parts) else {
        return Ok((practice, words, None));
    };
    let count = practice.sections.len();
    let part = practice.part(number).ok_or_else(|| Error::BadAnswer {
        question: "the part".into(),
        given: number.to_string(),
        allowed: format!("a number from 1 to {count}"),
    })?;
    Ok((part, &words[1..], Some(number)))
}

/// What the command line and a pipe answer. A pipe is read only where nothing
/// else answers the primary question: in a loop it belongs to others.
fn offered(
    context: &Context,
    practice: &Practice,
    words: &[String],
    given: &Given,
) -> Result<Offered> {
    let flag = |q: &Question| {
        let values = given.all(&q.id).iter();
        values.map(|value| (q.id.clone(), value.clone())).collect::<Vec<_>>()
    };
    let mut offered = Offered {
        words: words.to_vec(),
        flags: joined(practice.questions.iter().flat_map(flag).collect()),
        answers: given.one("answers").map(json_object).transpose()?,
        piped: None,
    };
    let answered = !offered.words.is_empty() || offered.answers(&practice.primary);
    let free = given.one("answers").is_none() && !context.terminal.input_is_terminal();
    if free && !answered {
        let text = read_text(std::io::stdin().lock(), "standard input")?;
        offered.piped = Some(text).filter(|text| !text.trim().is_empty());
    }
    Ok(offered)
}

/// A flag given twice is one answer with commas: several choices.
fn joined(flags: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut joined: Vec<(String, String)> = Vec::new();
    for (id, value) in flags {
        match joined.iter_mut().find(|(known, _)| *known == id) {
            Some((_, before)) => *before = format!("{before},{value}"),
            None => joined.push((id, value)),
        }
    }
    joined
}

/// To whom to seal. The first practice on a terminal sets the journal up.
fn recipients(context: &Context) -> Result<Recipients> {
    match context.recipients() {
        Err(Error::NoJournal) if context.terminal.can_ask() => {
            first_run(context)?;
            context.recipients()
        }
        recipients => recipients,
    }
}

/// Carries idea 47: they may already recognise a pattern.
const WELCOME: &str = "You may already recognise a pattern or two between you and someone close. This is a quiet place to look at them, a few minutes at a time.

What you write is encrypted on this device the moment you keep it, and goes nowhere else. Writing never asks for the passphrase; reading does.

There is no way back in without the passphrase, so choose one that you will remember, or write it down and keep it somewhere safe.
";

fn first_run(context: &Context) -> Result<()> {
    context.refuse_a_second_key()?;
    context.terminal.say(WELCOME);
    let command = context.config.passphrase_command()?;
    context.terminal.aside()?;
    let passphrase = new_passphrase(&context.terminal, command)?;
    context.keys().create(Some(&passphrase), &[])?;
    let file = context.keys().identity_file();
    let file = file.display();
    context.terminal.say(&format!("\nYour key is the file {file}. Nothing opens the journal without it; `inward key backup` makes a copy to keep elsewhere.\n"));
    Ok(())
}
