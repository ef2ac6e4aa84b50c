//! A practice, kept: practice → ask → entry → seal → journal.

use chrono::{DateTime, FixedOffset};
use serde_json::json;

use crate::ask::{
    self, Offered, Screen, ask_question, json_object, new_passphrase, read_text, yes,
};
use crate::entry::{Answer, Entry};
use crate::error::{Error, Exit, Result};
use crate::practice::Practice;
use crate::render::document;
use crate::seal::{Recipients, Sealed};
use crate::state::LastKept;
use crate::when;

use super::given::JSON;
use super::{Arg, Context, Given, Takes};

/// The words without a flag.
pub const WORDS: &str = "words";

/// What every practice takes besides a flag for each of its questions.
pub const ARGS: &[Arg] = &[
    Arg::new(
        WORDS,
        Takes::Words("WORDS", 0),
        "Your answer to the first question; nothing more is asked",
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

/// Runs a practice by its name.
pub fn keep(context: &Context, name: &str, given: &Given) -> Result<Exit> {
    let found = context.practices.named(name).cloned().ok_or(Error::NothingMatched)?;
    let practice = found.into_whole()?.worded_for(context.config.partner.as_deref());
    let at = match given.one("at") {
        Some(text) => when::moment(text, context.clock())?,
        None => context.clock().now,
    };
    let mut tags = practice.tags.clone();
    tags.extend(given.tags()?);
    let offered = offered(context, &practice, given)?;
    let asks = given.has("ask") || (offered.is_empty() && context.terminal.can_ask());
    let known = offered.read(&practice)?;
    if !asks && known.is_empty() {
        return Err(Error::NothingSaid { practice: practice.name });
    }
    // Before the first question, so that nothing is asked in vain.
    let recipients = recipients(context)?;
    let sitting = Sitting { context, recipients, practice, at, tags };
    if asks { sitting.on_screen(known) } else { sitting.quickly(known) }
        .and_then(|kept| sitting.tell(kept, asks, given.has("json")))
}

/// What the command line and a pipe answer. A pipe is read only where nothing
/// else answers the primary question: in a loop it belongs to others.
fn offered(context: &Context, practice: &Practice, given: &Given) -> Result<Offered> {
    let flags = practice
        .questions
        .iter()
        .flat_map(|q| given.all(&q.id).iter().map(|value| (q.id.clone(), value.clone())));
    let mut offered = Offered {
        words: given.all(WORDS).to_vec(),
        flags: joined(flags.collect()),
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
    match context.keys().recipients() {
        Err(Error::NoJournal) if context.terminal.can_ask() => {
            first_run(context)?;
            context.keys().recipients()
        }
        recipients => recipients,
    }
}

const WELCOME: &str = "You may already recognise a pattern or two between you and someone close. This is a quiet place to look at them, a few minutes at a time.

What you write is encrypted on this device the moment you keep it, and goes nowhere else. Writing never asks for the passphrase; reading does.

There is no way back in without the passphrase, so choose one that you will remember, or keep a copy somewhere safe.";

pub fn first_run(context: &Context) -> Result<()> {
    context.terminal.say(WELCOME);
    context.terminal.say("");
    let command = context.config.passphrase_command.as_deref();
    context.terminal.aside()?;
    let passphrase = new_passphrase(&context.terminal, command)?;
    context.keys().create(Some(&passphrase), &[])
}

/// One sitting, from its first question to the kept entry.
struct Sitting<'a> {
    context: &'a Context,
    recipients: Recipients,
    practice: Practice,
    at: DateTime<FixedOffset>,
    tags: Vec<String>,
}

impl Sitting<'_> {
    fn quickly(&self, known: Vec<Answer>) -> Result<Option<Entry>> {
        let (entry, sealed) = self.seal(known)?;
        self.context.journal().append(&sealed)?;
        Ok(Some(entry))
    }

    fn on_screen(&self, known: Vec<Answer>) -> Result<Option<Entry>> {
        if !self.context.terminal.can_ask_aside() {
            let instead = "Leave out --ask, or run this on a terminal.".to_owned();
            return Err(Error::NeedsTerminal { doing: "ask on", instead });
        }
        self.context.journal().prepare(self.at.date_naive())?;
        let screen = self.context.terminal.screen()?;
        let answers = ask::sit(&self.practice, known, &screen)?;
        if answers.is_empty() {
            return Ok(None);
        }
        let (entry, sealed) = self.seal(answers)?;
        self.append_patiently(&sealed, &screen)?;
        Ok(Some(entry))
    }

    /// What was just written exists only in memory: a full disk can be mended
    /// and tried again without losing it.
    fn append_patiently(&self, sealed: &Sealed, screen: &Screen) -> Result<()> {
        loop {
            match self.context.journal().append(sealed) {
                Err(error @ Error::Disk { .. }) => {
                    screen.paragraph(&format!("{error} {}", error.remedy()));
                    if !yes("Try to keep it once more?", screen)? {
                        return Err(error);
                    }
                }
                kept => return kept,
            }
        }
    }

    fn seal(&self, answers: Vec<Answer>) -> Result<(Entry, Sealed)> {
        let (name, written) = (&self.practice.name, self.context.clock().written);
        let (answers, tags) = self.practice.part_tags(answers);
        let tags = self.tags.iter().cloned().chain(tags).collect();
        let entry = Entry::new(name, self.at, written, tags, answers)?;
        let sealed = self.recipients.seal(&entry)?;
        Ok((entry, sealed))
    }

    /// Says what was kept, on the ordinary page, without a word of what it says.
    fn tell(&self, kept: Option<Entry>, asked: bool, json: bool) -> Result<Exit> {
        let terminal = &self.context.terminal;
        terminal.release();
        let Some(entry) = kept else {
            terminal.say("Nothing was written, so nothing was kept. That is fine.");
            return Ok(Exit::Done);
        };
        self.remember(&entry);
        terminal.say(&format!("Kept: {}, {}.", self.context.when(entry.at), entry.id));
        if entry.at > self.context.clock().now {
            terminal.say("That lies in the future. It was kept as you said.");
        }
        for closing in &self.practice.closing {
            let told = asked || !closing.when.is_empty();
            if told && closing.when.iter().all(|c| c.holds(&entry.answers)) {
                terminal.say(&format!("\n{}", closing.say.trim()));
            }
        }
        if json {
            let kept = json!({ "id": entry.id, "revision": entry.revision,
                               "practice": entry.practice, "at": entry.at });
            terminal.print(&document(json!({ "kept": kept })))?;
        } else if !terminal.output_is_terminal() {
            terminal.print(&format!("{}\n", entry.id))?;
        }
        Ok(Exit::Done)
    }

    /// For `due`. The entry is kept whether or not this can be noted.
    fn remember(&self, entry: &Entry) {
        let config = &self.context.config;
        if config.remember
            && let Err(error) = LastKept::note(&config.paths.state, &entry.practice, entry.at)
        {
            self.context.terminal.say(&format!("{error} The entry itself is kept."));
        }
    }
}

/// Asks one question again, on what was answered before.
pub fn ask_again(
    question: &crate::practice::Question,
    before: Option<&Answer>,
    screen: &Screen,
) -> Result<Option<Answer>> {
    let value = ask_question(question, before.map(|a| &a.value), screen)?;
    Ok(value.map(|value| question.answered(value)))
}
