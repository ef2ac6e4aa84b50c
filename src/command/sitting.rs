//! One sitting, from its first question to the kept entry and the last word.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::ask::AskError;
use crate::ask::{self, Progress, Recalled, Screen, yes};
use crate::disk::DiskError;
use crate::entry::{Answer, Entry};
use crate::error::{Error, Exit, Result};
use crate::journal::Drafts;
use crate::practice::Practice;
use crate::seal::{Label, Recipients};

use super::Context;
use super::draft::{self, DraftNet};
use super::memory::{Memory, lead, recalled};

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
    pub fn hold(self, known: Vec<Answer>, asks: bool, course: Course) -> Result<Exit> {
        if asks { self.on_screen(known, course) } else { self.quickly(known, course) }
    }

    /// Keeps what the command line said, and asks nothing.
    fn quickly(self, known: Vec<Answer>, course: Course) -> Result<Exit> {
        // Nobody is asked anything, so there is no screen to say it on but this.
        let entry = self.filled(self.begin()?, known);
        self.context.append(&entry)?;
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
            return Err(AskError::NeedsTerminal { doing: "ask on", instead }.into());
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
        if self.practice.parts
            && course.part.is_none()
            && course.draft.is_none()
            && known.is_empty()
        {
            let Some(part) = self.choose_part(screen)? else { return Ok(None) };
            self.practice = part;
        }
        let (entry, progress) = match course.draft {
            Some(draft) => draft::resumed(draft),
            None => (self.begin()?, Progress::with(known)),
        };
        if let Some(memory) = &self.memory {
            self.practice = memory.past(self.context).suggest(self.practice.clone());
        }
        let recalled = self.recalled();
        let net = Arc::new(self.net(&entry));
        let answers = ask::sit(&self.practice, progress, &recalled, screen, net);
        let answers = answers.map_err(|error| self.stopped(error, &entry))?;
        if answers.is_empty() {
            self.drafts().remove(&Label::of(&entry));
            return Ok(None);
        }
        let draft = Label::of(&entry);
        let entry = self.append_patiently(self.filled(entry, answers), screen);
        let entry = entry.inspect_err(|_| self.tell_of_draft(&draft))?;
        self.drafts().remove(&draft);
        // It is kept: from here on nothing can make it look as if it were not.
        // What may matter most comes first.
        let pages = self.closing_page(&entry).into_iter().chain(self.told(&entry));
        let _ = pages.map(|page| ask::read_through(&page, screen)).collect::<Result<Vec<()>>>();
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
            recipients: self.context.recipients()?,
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
        let clock = self.context.clock();
        let todays = |day| day == clock.today() || day == clock.now.date_naive();
        if self.memory.is_none() && self.drafts().labels().any(|draft| todays(draft.day)) {
            let words = "A sitting was broken off today; `inward resume` goes on with it.";
            let lines = vec![words.to_owned()];
            all.push(Recalled { section: None, lead: String::new(), lines });
        }
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
        draft::forget(&mut entry);
        Entry { answers, ..entry }
    }

    fn drafts(&self) -> Drafts {
        self.context.drafts()
    }

    fn net(&self, entry: &Entry) -> DraftNet {
        DraftNet {
            drafts: self.drafts(),
            keys: self.context.keys(),
            recipients: self.recipients.clone(),
            entry: entry.clone(),
            tags: self.tags.clone(),
            journal: self.context.config.paths.journal.clone(),
        }
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

    /// It was not kept, and what was said is still there.
    fn tell_of_draft(&self, draft: &Label) {
        self.context.terminal.release();
        if self.drafts().has(draft) {
            let words = "What you answered is still here as a draft. `inward resume` continues it.";
            self.context.terminal.say(words);
        }
    }

    /// A full disk can be mended, and keeping tried again.
    fn append_patiently(&self, mut entry: Entry, screen: &Screen) -> Result<Entry> {
        loop {
            match self.context.append(&entry) {
                Err(error) if matches!(error.of(), Some(DiskError::Io { .. })) => {
                    screen.paragraph(&format!("{error} {}", error.hint()));
                    if !yes("Try to keep it once more?", screen)? {
                        return Err(error);
                    }
                }
                // It was kept once already, and stopped before its draft was
                // gone: what was said since is a later revision of it.
                Err(e) if e.is_taken() => {
                    let replaces = vec![entry.revision.clone()];
                    entry = entry.revised(replaces, self.context.clock().written)?;
                }
                kept => return kept.map(|()| entry),
            }
        }
    }
}
