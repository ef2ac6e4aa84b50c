//! One session, from its first question to the kept entry and the last word.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::disk::DiskError;
use crate::entry::{Answer, Entry};
use crate::error::{Error, Exit, Result};
use crate::journal::Drafts;
use crate::practice::Practice;
use crate::prompt::AskError;
use crate::prompt::{self, Conversation, Progress, RecalledAnswers, Screen, yes};
use crate::seal::{EntryFileName, Recipients};

use super::App;
use super::drafts::{self, DraftWriter};
use super::help_pages::HelpPages;
use super::history::{History, first_words_after, recalled};

pub struct Session<'a> {
    pub app: &'a App,
    pub recipients: Recipients,
    /// Earlier entries, where they are at hand.
    pub history: Option<History>,
    pub practice: Practice,
    pub at: DateTime<FixedOffset>,
    pub tags: Vec<String>,
    /// The entry that this one asks back about.
    pub about: Option<Entry>,
}

/// How it goes this time.
pub struct SessionOptions {
    pub json: bool,
    /// The part that was asked for.
    pub part: Option<usize>,
    /// An unfinished entry.
    pub draft: Option<Entry>,
}

impl<'a> Session<'a> {
    pub fn run(self, known: Vec<Answer>, asks: bool, options: SessionOptions) -> Result<Exit> {
        if asks { self.run_on_screen(known, options) } else { self.keep_at_once(known, options) }
    }

    /// Keeps what the command line said, and asks nothing.
    fn keep_at_once(self, known: Vec<Answer>, options: SessionOptions) -> Result<Exit> {
        // Nobody is asked anything, so there is no screen to say it on but this.
        let entry = self.with_answers(self.begin()?, known);
        self.app.append(&entry)?;
        if !options.json {
            for part in self.closing_lines(&entry) {
                self.app.terminal.say_unwrapped(&format!("{part}\n"));
            }
        }
        self.report(Some(entry), false, options.json)
    }

    /// Asks at the prompt, on a screen of its own.
    pub fn run_on_screen(mut self, known: Vec<Answer>, options: SessionOptions) -> Result<Exit> {
        if !self.app.terminal.can_ask_aside() {
            let instead = "Leave out --ask, or run this on a terminal.".to_owned();
            return Err(AskError::NeedsTerminal { doing: "ask on", instead }.into());
        }
        self.app.journal().prepare(self.at.date_naive())?;
        let json = options.json;
        let screen = self.app.terminal.screen()?;
        let asked_back = self.ask_back(&screen)?;
        let entry = self.ask(known, options, &screen);
        drop(screen);
        // It is kept, whatever became of the session after it.
        if let Some((session, entry)) = asked_back {
            session.report(Some(entry), false, false)?;
        }
        self.report(entry?, true, json)
    }

    fn ask(
        &mut self,
        known: Vec<Answer>,
        options: SessionOptions,
        screen: &Screen,
    ) -> Result<Option<Entry>> {
        if self.practice.parts
            && options.part.is_none()
            && options.draft.is_none()
            && known.is_empty()
        {
            let Some(part) = self.choose_part(screen)? else { return Ok(None) };
            self.practice = part;
        }
        let (entry, progress) = match options.draft {
            Some(draft) => drafts::into_progress(draft),
            None => (self.begin()?, Progress::with(known)),
        };
        if let Some(history) = &self.history {
            self.practice = history.past(self.app).suggest(self.practice.clone());
        }
        let recalled = self.recalled();
        let conversation = Conversation {
            screen,
            drafts: Arc::new(self.draft_sink(&entry)),
            recalled: &recalled,
            pages: &HelpPages,
            is_warned: Cell::default(),
            places: RefCell::default(),
        };
        let answers = conversation.run(self.practice.clone(), progress);
        let answers = answers.map_err(|error| self.stopped(error, &entry))?;
        if answers.is_empty() {
            self.drafts().remove(&EntryFileName::of(&entry));
            return Ok(None);
        }
        let draft = EntryFileName::of(&entry);
        let entry = self.append_patiently(self.with_answers(entry, answers), screen);
        let entry = entry.inspect_err(|_| self.tell_of_draft(&draft))?;
        self.drafts().remove(&draft);
        // It is kept: from here on nothing can make it look as if it were not.
        // What may matter most comes first.
        let mut pages = self.closing_page(&entry).into_iter().chain(self.closing_lines(&entry));
        let _ = pages.try_for_each(|page| prompt::read_through(&page, screen));
        Ok(Some(entry))
    }

    /// Before the practice itself: what became of an earlier entry?
    fn ask_back(&self, screen: &Screen) -> Result<Option<(Session<'a>, Entry)>> {
        let Some(history) = self.history.as_ref().filter(|_| self.about.is_none()) else {
            return Ok(None);
        };
        let past = history.past(self.app);
        let Some(earlier) = past.to_follow_up(&self.practice).cloned() else { return Ok(None) };
        let Some(practice) = self.practice.clone().following_up() else { return Ok(None) };
        let mut session = Session {
            app: self.app,
            recipients: self.app.recipients()?,
            history: None,
            practice,
            at: self.at,
            tags: Vec::new(),
            about: Some(earlier),
        };
        let options = SessionOptions { json: false, part: None, draft: None };
        let entry = session.ask(Vec::new(), options, screen)?;
        Ok(entry.map(|entry| (session, entry)))
    }

    fn choose_part(&self, screen: &Screen) -> Result<Option<Practice>> {
        let practice = &self.practice;
        screen.title(&practice.title);
        if let Some(intro) = &practice.intro {
            screen.paragraph(intro);
        }
        let past = self.history.as_ref().map(|history| history.past(self.app));
        let lines = practice.sections.iter().enumerate().map(|(i, section)| {
            let part = practice.clone().part(i + 1);
            let last = past.zip(part).and_then(|(past, part)| {
                past.earlier_walk(&part, 0).map(|entry| self.app.moment_words(entry.at))
            });
            let time = section.minutes.map(|m| format!(", about {m} minutes"));
            let note = last.map(|when| format!(", kept {when}")).or(time);
            format!("{}. {}{}", i + 1, section.title, note.unwrap_or_default())
        });
        let lines: Vec<String> = lines.collect();
        let chosen = prompt::choose("", &lines, screen)?;
        screen.clear();
        let mut part = chosen.and_then(|i| practice.clone().part(i + 1));
        // It was just read.
        part.iter_mut().for_each(|part| part.intro = None);
        Ok(part)
    }

    fn recalled(&self) -> Vec<RecalledAnswers> {
        let asked_back = self.about.as_ref().zip(self.practice.follow_up_lead.as_ref());
        let asked_back = asked_back.map(|(earlier, text)| RecalledAnswers {
            section: None,
            lead: String::new(),
            lines: first_words_after(text, earlier, self.app).lines().map(str::to_owned).collect(),
        });
        let mut all = recalled(&self.practice, self.history.as_ref(), self.app);
        let clock = self.app.clock();
        let todays = |day| day == clock.today() || day == clock.now.date_naive();
        if self.history.is_none() && self.drafts().labels().any(|draft| todays(draft.day)) {
            let words = "There's an unfinished entry from today; `inward resume` continues it.";
            let lines = vec![words.to_owned()];
            all.push(RecalledAnswers { section: None, lead: String::new(), lines });
        }
        all.extend(asked_back);
        all
    }

    fn begin(&self) -> Result<Entry> {
        let (name, written) = (&self.practice.name, self.app.clock().written);
        let entry = Entry::new(name, self.at, written, Vec::new(), Vec::new())?;
        Ok(Entry { about: self.about.as_ref().map(|earlier| earlier.id.clone()), ..entry })
    }

    fn with_answers(&self, mut entry: Entry, answers: Vec<Answer>) -> Entry {
        let (answers, tags) = self.practice.part_tags(answers);
        let all = self.practice.tags.iter().chain(&self.tags).cloned().chain(tags);
        for tag in all.collect::<Vec<_>>() {
            if !entry.tags.contains(&tag) {
                entry.tags.push(tag);
            }
        }
        drafts::strip_draft_fields(&mut entry);
        Entry { answers, ..entry }
    }

    fn drafts(&self) -> Drafts {
        self.app.drafts()
    }

    fn draft_sink(&self, entry: &Entry) -> DraftWriter {
        DraftWriter {
            drafts: self.drafts(),
            keys: self.app.keys(),
            recipients: self.recipients.clone(),
            entry: entry.clone(),
            tags: self.tags.clone(),
            journal: self.app.journal().home_place(),
        }
    }

    /// Whatever ended the session, what was said is in its draft.
    fn stopped(&self, error: Error, entry: &Entry) -> Error {
        self.app.terminal.release();
        let draft = self.drafts().has(&EntryFileName::of(entry));
        match error {
            Error::Cancelled { .. } => Error::Cancelled { draft: Some(draft) },
            other => other,
        }
    }

    /// It was not kept, and what was said is still there.
    fn tell_of_draft(&self, draft: &EntryFileName) {
        self.app.terminal.release();
        if self.drafts().has(draft) {
            let words = "What you answered is still here as a draft. `inward resume` continues it.";
            self.app.terminal.say(words);
        }
    }

    /// A full disk can be mended, and keeping tried again.
    fn append_patiently(&self, mut entry: Entry, screen: &Screen) -> Result<Entry> {
        loop {
            match self.app.append(&entry) {
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
                    entry = entry.revise(replaces, self.app.clock().written)?;
                }
                kept => return kept.map(|()| entry),
            }
        }
    }
}
