//! One sitting, from its first question to the kept entry and the last word.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value as Json, json};

use crate::ask::{self, Progress, Recalled, Screen, yes};
use crate::entry::{Answer, Entry};
use crate::error::{Error, Exit, Result};
use crate::journal::Drafts;
use crate::pattern;
use crate::practice::{Closing, Practice, Question, all_hold, fill};
use crate::render::{self, document};
use crate::seal::{Label, Recipients, Sealed};
use crate::state::State;

use super::Context;
use super::memory::{Memory, lead, recalled};

/// The name under which a draft remembers which questions were asked.
const ASKED: &str = "asked";

pub struct Sitting<'a> {
    pub context: &'a Context,
    pub recipients: Recipients,
    /// Earlier entries, where they are at hand.
    pub memory: Option<Memory>,
    pub practice: Practice,
    pub at: DateTime<FixedOffset>,
    pub tags: Vec<String>,
    /// The entry that this one asks back about.
    pub about: Option<Entry>,
}

/// How it goes this time.
pub struct Course {
    pub json: bool,
    /// The part that was asked for.
    pub part: Option<usize>,
    /// A sitting that was broken off.
    pub draft: Option<Entry>,
}

impl<'a> Sitting<'a> {
    /// Keeps what the command line said, and asks nothing.
    pub fn quickly(self, known: Vec<Answer>, course: Course) -> Result<Exit> {
        let entry = self.filled(self.begin()?, known);
        self.context.journal().append(&self.recipients.seal(&entry)?)?;
        if !course.json {
            for part in self.told(&entry) {
                self.context.terminal.say_as_it_is(&format!("{part}\n"));
            }
        }
        self.tell(Some(entry), false, course.json)
    }

    /// Asks at the prompt, on a screen of its own.
    pub fn on_screen(mut self, known: Vec<Answer>, course: Course) -> Result<Exit> {
        if !self.context.terminal.can_ask_aside() {
            let instead = "Leave out --ask, or run this on a terminal.".to_owned();
            return Err(Error::NeedsTerminal { doing: "ask on", instead });
        }
        self.context.journal().prepare(self.at.date_naive())?;
        let json = course.json;
        let screen = self.context.terminal.screen()?;
        let asked_back = self.ask_back(&screen)?;
        let kept = self.ask(known, course, &screen);
        drop(screen);
        // It is kept, whatever became of the sitting after it.
        if let Some((sitting, entry)) = asked_back {
            sitting.tell(Some(entry), false, false)?;
        }
        self.tell(kept?, true, json)
    }

    fn ask(
        &mut self,
        known: Vec<Answer>,
        course: Course,
        screen: &Screen,
    ) -> Result<Option<Entry>> {
        if self.practice.parts && course.part.is_none() && course.draft.is_none() {
            let Some(part) = self.choose_part(screen)? else { return Ok(None) };
            self.practice = part;
        }
        let (entry, progress) = match course.draft {
            Some(draft) => resumed(draft),
            None => (self.begin()?, Progress::with(known)),
        };
        if let Some(memory) = &self.memory {
            self.practice = memory.past(self.context).suggest(self.practice.clone());
        }
        let recalled = self.recalled();
        let answers = ask::sit(&self.practice, progress, &recalled, screen, &mut |progress| {
            self.save_draft(&entry, progress)
        });
        let answers = answers.map_err(|error| self.stopped(error, &entry))?;
        if answers.is_empty() {
            self.drafts().remove(&Label::of(&entry));
            return Ok(None);
        }
        let entry = self.filled(entry, answers);
        self.append_patiently(&self.recipients.seal(&entry)?, screen)?;
        self.drafts().remove(&Label::of(&entry));
        for part in self.told(&entry) {
            ask::read_through(&part, screen)?;
        }
        Ok(Some(entry))
    }

    /// Before the practice itself: what became of an earlier entry?
    fn ask_back(&self, screen: &Screen) -> Result<Option<(Sitting<'a>, Entry)>> {
        let Some(memory) = self.memory.as_ref().filter(|_| self.about.is_none()) else {
            return Ok(None);
        };
        let past = memory.past(self.context);
        let Some(earlier) = past.to_follow_up(&self.practice).cloned() else { return Ok(None) };
        let Some(practice) = self.practice.clone().following_up() else { return Ok(None) };
        let mut sitting = Sitting {
            context: self.context,
            recipients: self.context.keys().recipients()?,
            memory: None,
            practice,
            at: self.at,
            tags: Vec::new(),
            about: Some(earlier),
        };
        let course = Course { json: false, part: None, draft: None };
        let kept = sitting.ask(Vec::new(), course, screen)?;
        Ok(kept.map(|entry| (sitting, entry)))
    }

    fn choose_part(&self, screen: &Screen) -> Result<Option<Practice>> {
        let practice = &self.practice;
        screen.title(&practice.title);
        if let Some(intro) = &practice.intro {
            screen.paragraph(intro);
        }
        let past = self.memory.as_ref().map(|memory| memory.past(self.context));
        let lines = practice.sections.iter().enumerate().map(|(i, section)| {
            let part = practice.clone().part(i + 1);
            let kept = past.zip(part).and_then(|(past, part)| {
                past.earlier_walk(&part, 0).map(|entry| self.context.when(entry.at))
            });
            let time = section.minutes.map(|m| format!(", about {m} minutes"));
            let note = kept.map(|when| format!(", kept {when}")).or(time);
            format!("{}. {}{}", i + 1, section.title, note.unwrap_or_default())
        });
        let lines: Vec<String> = lines.collect();
        let chosen = ask::choose("", &lines, screen)?;
        screen.clear();
        let mut part = chosen.and_then(|i| practice.clone().part(i + 1));
        // It was just read.
        part.iter_mut().for_each(|part| part.intro = None);
        Ok(part)
    }

    fn recalled(&self) -> Vec<Recalled> {
        let asked_back = self.about.as_ref().zip(self.practice.follow_up_lead.as_ref());
        let asked_back = asked_back.map(|(earlier, text)| Recalled {
            section: None,
            lead: String::new(),
            lines: lead(text, earlier, self.context).lines().map(str::to_owned).collect(),
        });
        let mut all = recalled(&self.practice, self.memory.as_ref(), self.context);
        all.extend(asked_back);
        all
    }

    fn begin(&self) -> Result<Entry> {
        let (name, written) = (&self.practice.name, self.context.clock().written);
        let entry = Entry::new(name, self.at, written, Vec::new(), Vec::new())?;
        Ok(Entry { about: self.about.as_ref().map(|earlier| earlier.id.clone()), ..entry })
    }

    fn filled(&self, mut entry: Entry, answers: Vec<Answer>) -> Entry {
        let (answers, tags) = self.practice.part_tags(answers);
        let all = self.practice.tags.iter().chain(&self.tags).cloned().chain(tags);
        for tag in all.collect::<Vec<_>>() {
            if !entry.tags.contains(&tag) {
                entry.tags.push(tag);
            }
        }
        entry.unknown.remove(ASKED);
        Entry { answers, ..entry }
    }

    fn drafts(&self) -> Drafts {
        Drafts::at(&self.context.config.paths.state)
    }

    fn save_draft(&self, entry: &Entry, progress: &Progress) -> Result<()> {
        let mut draft = entry.clone();
        draft.answers.clone_from(&progress.answers);
        draft.tags.clone_from(&self.tags);
        draft.unknown.insert(ASKED.into(), json!(progress.asked));
        self.drafts().save(&self.recipients.seal(&draft)?)
    }

    /// Whatever ended the sitting, what was said is in its draft.
    fn stopped(&self, error: Error, entry: &Entry) -> Error {
        self.context.terminal.release();
        let draft = self.drafts().has(&Label::of(entry));
        match error {
            Error::Cancelled { .. } => Error::Cancelled { draft: Some(draft) },
            other => other,
        }
    }

    /// A full disk can be mended, and keeping tried again.
    fn append_patiently(&self, sealed: &Sealed, screen: &Screen) -> Result<()> {
        loop {
            match self.context.journal().append(sealed) {
                Err(error @ Error::Disk { .. }) => {
                    screen.paragraph(&format!("{error} {}", error.remedy()));
                    if !yes("Try to keep it once more?", screen)? {
                        return Err(error);
                    }
                }
                // A sitting that was kept and stopped before its draft was gone.
                Err(Error::NameTaken { .. }) => return Ok(()),
                kept => return kept,
            }
        }
    }

    /// What a scored practice tells, and an earlier walk beside this one.
    fn told(&self, entry: &Entry) -> Vec<String> {
        let (clock, page) = (self.context.clock(), self.context.terminal.messages());
        let past = self.memory.as_ref().map(|memory| memory.past(self.context));
        let mut parts = Vec::new();
        if !self.practice.scores.is_empty() && self.about.is_none() {
            let told = pattern::report(&self.practice, entry, past);
            parts = render::told(&told, clock, &page);
        }
        let walk = past.zip(self.practice.beside);
        let walk = walk.and_then(|(past, days)| past.earlier_walk(&self.practice, days));
        parts.extend(walk.map(|then| render::side_by_side(then, entry, clock, &page)));
        parts
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
            if told && self.fits(closing, &entry) {
                let words = fill(&closing.say, &entry.answers);
                let words = words.unwrap_or_else(|| closing.say.clone());
                terminal.say(&format!("\n{}", render::clean(words.trim())));
            }
        }
        for section in self.practice.sections.iter().filter(|_| asked) {
            let inside = |q: &&Question| q.section.as_ref() == Some(&section.id);
            let mut inside = self.practice.questions.iter().filter(inside);
            if inside.any(|q| entry.answer(&q.id).is_some()) {
                section.closing.iter().for_each(|words| terminal.say(&format!("\n{words}")));
            }
        }
        if json {
            terminal.print(&document(json!({ "kept": self.in_json(&entry) })))?;
        } else if !terminal.output_is_terminal() {
            terminal.print(&format!("{}\n", entry.id))?;
        }
        Ok(Exit::Done)
    }

    fn fits(&self, closing: &Closing, entry: &Entry) -> bool {
        let past = self.memory.as_ref().map(|memory| memory.past(self.context));
        let in_a_row = || past.is_some_and(|past| past.in_a_row(closing, entry));
        all_hold(&closing.when, &entry.answers) && (closing.in_a_row < 2 || in_a_row())
    }

    fn in_json(&self, entry: &Entry) -> Json {
        let mut kept = json!({ "id": entry.id, "revision": entry.revision,
                               "practice": entry.practice, "at": entry.at });
        let scores = pattern::scores(&self.practice, &entry.answers).into_iter().map(|s| {
            json!({ "id": s.id, "title": s.title, "value": s.value,
                    "answered": s.answered, "of": s.of })
        });
        let scores: Vec<Json> = scores.collect();
        if !scores.is_empty() {
            kept["scores"] = scores.into();
        }
        kept
    }

    /// For `due`. The entry is kept whether or not this can be noted.
    fn remember(&self, entry: &Entry) {
        let config = &self.context.config;
        if !config.remember {
            return;
        }
        let mut state = State::read(&config.paths.state);
        if self.about.is_some() {
            state.followed_up(&entry.practice);
        } else {
            state.note_kept(&entry.practice, entry.at);
        }
        if let Some(ask_back) = &self.practice.follow_up
            && all_hold(&ask_back.when, &entry.answers)
        {
            let days = (ask_back.after, ask_back.within);
            state.note_follow_up(&entry.practice, entry.at, days);
        }
        if let Err(error) = state.write(&config.paths.state) {
            self.context.terminal.say(&format!("{error} The entry itself is kept."));
        }
    }
}

/// A draft as it was left.
fn resumed(draft: Entry) -> (Entry, Progress) {
    let asked = draft.unknown.get(ASKED).and_then(Json::as_array).into_iter().flatten();
    let asked = asked.filter_map(|id| id.as_str().map(str::to_owned)).collect();
    let progress = Progress { answers: draft.answers.clone(), asked };
    (draft, progress)
}
