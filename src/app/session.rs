//! One session, from its first question to the kept entry and the last word.

use std::rc::Rc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::entry::{Answer, Entry};
use crate::error::{Error, Exit, Result};
use crate::journal::Drafts;
use crate::practice::{Practice, RecallPlace};
use crate::prompt::AskError;
use crate::prompt::{self, Progress, RecalledAnswers, Screen};
use crate::seal::{EntryFileName, Recipients};

use super::App;
use super::attaching::{LocalFile, sources};
use super::care::SessionCare;
use super::drafts::{self, DraftWriter};
use super::history::{History, lead_lines, recalled};
use super::parts_menu::PartChoice;

pub struct Session<'a> {
    pub app: &'a App,
    pub recipients: Recipients,
    /// Earlier entries, where they are at hand.
    pub history: Option<History>,
    /// The practice in no form yet.
    pub base: Practice,
    /// The form that it has.
    pub practice: Practice,
    pub care: Rc<SessionCare>,
    pub at: DateTime<FixedOffset>,
    pub tags: Vec<String>,
    /// What is to be kept with it.
    pub files: Vec<LocalFile>,
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

/// What came of an asking.
pub(super) enum SessionEnd {
    Kept(Box<KeptSession>),
    Nothing,
    /// Nothing was asked: something that was kept earlier was shown.
    Shown,
}

pub(super) struct KeptSession {
    pub entry: Entry,
    /// The practice that was chosen to follow.
    next: Option<String>,
    /// The page that was composed after it.
    page: Option<Entry>,
}

impl SessionEnd {
    /// An entry was kept, and nothing follows.
    pub fn kept(entry: Entry) -> SessionEnd {
        SessionEnd::Kept(Box::new(KeptSession { entry, next: None, page: None }))
    }
}

impl<'a> Session<'a> {
    pub fn run(self, known: Vec<Answer>, asks: bool, options: SessionOptions) -> Result<Exit> {
        if asks { self.run_on_screen(known, options) } else { self.keep_at_once(known, options) }
    }

    /// Keeps what the command line said, and asks nothing.
    fn keep_at_once(mut self, known: Vec<Answer>, options: SessionOptions) -> Result<Exit> {
        // What the answers say would stay where it is printed, and a script has no evening.
        self.practice.closing_by_day.clear();
        let entry = self.begin()?;
        let entry = self.app.append(self.with_answers(entry, known), &sources(&self.files))?;
        self.keep_setting(&entry).iter().for_each(|words| self.app.terminal.say(words));
        self.report(Some(entry), None, options.json)
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
        self.practice = self.form(self.care.fear());
        let asked_back = self.ask_back(&screen)?;
        let end = match self.care.was_stopped() {
            true => None,
            false => Some(self.ask(known, options, &screen)),
        };
        drop(screen);
        // It is kept, whatever became of the session after it.
        let earlier = match (asked_back, &end) {
            (Some(asked), Some(Err(Error::LeftAtOnce))) => {
                asked.session.remember(&asked.entry);
                None
            }
            (Some(asked), _) => {
                asked.session.tell_kept(&asked.entry);
                Some(asked.entry)
            }
            (None, _) => None,
        };
        let Some(end) = end else { return self.print_kept(None, earlier.as_ref(), json) };
        let KeptSession { entry, next, page } = match end? {
            SessionEnd::Kept(kept) => *kept,
            SessionEnd::Nothing => return self.report(None, earlier.as_ref(), json),
            SessionEnd::Shown => return self.print_kept(None, earlier.as_ref(), json),
        };
        let exit = self.report(Some(entry), earlier.as_ref(), json)?;
        if let Some(page) = page {
            self.app.terminal.say(&format!("\nYour page is kept, too: {}.", page.id));
        }
        next.map_or(Ok(exit), |name| self.go_on(&name, json))
    }

    /// Runs the practice that was chosen to follow.
    fn go_on(self, name: &str, json: bool) -> Result<Exit> {
        let app = self.app;
        let at = app.clock().now;
        let base = app.practice(name)?.naming_day(app.clock().day_of(at), app.clock());
        let base = base.with_partner_name(app.config.partner.as_deref());
        let session = Session {
            app,
            recipients: app.recipients()?,
            history: History::load_unlocked(app, &[&base])?,
            practice: base.clone(),
            base,
            care: self.care,
            at,
            tags: Vec::new(),
            files: Vec::new(),
            about: None,
        };
        session.run_on_screen(Vec::new(), SessionOptions { json, part: None, draft: None })
    }

    pub(super) fn ask(
        &mut self,
        known: Vec<Answer>,
        options: SessionOptions,
        screen: &Screen,
    ) -> Result<SessionEnd> {
        if self.practice.parts
            && options.part.is_none()
            && options.draft.is_none()
            && known.is_empty()
        {
            match self.choose_part(screen)? {
                Some(PartChoice::Part(part)) => self.base = *part,
                Some(PartChoice::Page) => return self.show_page(screen),
                None => return Ok(SessionEnd::Nothing),
            }
        }
        let (entry, progress) = match options.draft {
            Some(draft) => {
                self.care.resume(self.app, &self.base.name, &draft.answers);
                // What it says is said now: care that was lifted meanwhile must not hide it.
                drafts::into_progress(Entry { written: self.app.clock().written, ..draft })
            }
            None => (self.begin()?, Progress::with(known)),
        };
        let conversed = self.converse(&entry, progress, screen);
        let (answers, next) = conversed.map_err(|error| self.stopped(error, &entry))?;
        self.practice = self.form(self.care.fear());
        if answers.is_empty() {
            self.drafts().remove(&EntryFileName::of(&entry));
            return Ok(SessionEnd::Nothing);
        }
        let draft = EntryFileName::of(&entry);
        let entry = self.append_patiently(self.with_answers(entry, answers), screen);
        let entry = entry.inspect_err(|_| self.tell_of_draft(&draft))?;
        self.drafts().remove(&draft);
        if entry.at < self.app.clock().now {
            // There it would lift nothing that was said since.
            self.keep_lift();
        }
        // It is kept: from here on nothing can make it look as if it were not.
        // What may matter most comes first.
        let set = self.keep_setting(&entry);
        let closing = self.closing_page(&entry, set);
        let mut pages = closing.into_iter().chain(self.earlier_beside(&entry));
        let read = pages.try_for_each(|page| prompt::read_through(&page, screen));
        let page = read.and_then(|()| self.offer_page(&entry, screen));
        let form = |fear| self.form(fear);
        let last = || self.care_pages(&form).close(&self.practice, &entry.answers, screen);
        let _ = page.as_ref().map_or(Ok(()), |_| last());
        self.care.settle();
        Ok(SessionEnd::Kept(Box::new(KeptSession { entry, next, page: page.ok().flatten() })))
    }

    pub(super) fn recalled(&self) -> Vec<RecalledAnswers> {
        let lead = &self.practice.follow_up_lead;
        let asked_back = self.about.as_ref().map(|earlier| RecalledAnswers {
            place: RecallPlace::Opening,
            lead: String::new(),
            lines: lead_lines(lead, earlier, self.app),
        });
        let mut all = recalled(&self.practice, self.history.as_ref(), self.app, self.day());
        let clock = self.app.clock();
        let todays = |day| day == clock.today() || day == clock.now.date_naive();
        if self.history.is_none() && self.drafts().labels().any(|draft| todays(draft.day)) {
            let words = "There's an unfinished entry from today; `inward resume` continues it.";
            let lines = vec![words.to_owned()];
            all.push(RecalledAnswers { place: RecallPlace::Opening, lead: String::new(), lines });
        }
        all.extend(asked_back);
        all
    }

    pub(super) fn day(&self) -> NaiveDate {
        self.app.clock().day_of(self.at)
    }

    pub(super) fn begin(&self) -> Result<Entry> {
        let (name, written) = (&self.practice.name, self.app.clock().written);
        let entry = Entry::new(name, self.at, written, Vec::new(), Vec::new())?;
        Ok(Entry { about: self.about.as_ref().map(|earlier| earlier.id.clone()), ..entry })
    }

    fn with_answers(&self, mut entry: Entry, answers: Vec<Answer>) -> Entry {
        let (answers, tags) = self.practice.part_tags(answers);
        let answers = self.practice.with_sentence(answers);
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

    pub(super) fn draft_sink(&self, entry: &Entry) -> DraftWriter {
        DraftWriter {
            drafts: self.drafts(),
            keys: self.app.keys(),
            recipients: self.recipients.clone(),
            entry: entry.clone(),
            tags: self.tags.clone(),
            files: self.files.clone(),
            journal: self.app.journal().home_place(),
        }
    }

    /// Whatever ended the session, what was said is in its draft.
    fn stopped(&self, error: Error, entry: &Entry) -> Error {
        self.app.terminal.release();
        let draft = self.drafts().has(&EntryFileName::of(entry));
        match error {
            Error::Cancelled { .. } => {
                self.keep_lift();
                Error::Cancelled { draft: Some(draft) }
            }
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
}
