//! One session, from its first question to the kept entry and the last word.

use std::rc::Rc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::entry::{Answer, Entry};
use crate::error::{Error, Exit, Result};
use crate::journal::Drafts;
use crate::practice::Practice;
use crate::prompt::{AskError, DraftSink as _, Progress, Screen};
use crate::seal::{EntryFileName, Recipients};

use super::App;
use super::append_retry::{not_kept_error, session_error};
use super::attaching::{LocalFile, sources};
use super::care::SessionCare;
use super::closing::{kept_words, tell_nothing};
use super::drafts::{self, DraftWriter};
use super::follow_up::FollowUpSession;
use super::history::History;
use super::kept_record::KeptRecord;
use super::key_at_hand::KeyAtHand;
use super::parts_menu::PartChoice;
use super::record::EntryDetails;

pub struct Session<'a> {
    pub app: &'a App,
    pub recipients: Recipients,
    /// What opens earlier entries.
    pub key: KeyAtHand,
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
    /// Is the moment that it is of to be named before the first question?
    pub names_moment: bool,
    /// Was anything kept by it, as often as it asked?
    pub was_kept: bool,
}

/// How it goes this time.
#[derive(Default)]
pub struct SessionOptions {
    pub json: bool,
    /// The part that was asked for.
    pub part: Option<usize>,
    /// An unfinished entry.
    pub draft: Option<Entry>,
    /// Others come before or after it, so it doesn't say that nothing was kept.
    pub is_one_of_several: bool,
}

/// What came of an asking.
pub(super) enum SessionEnd {
    /// An entry was kept, and a practice chosen to follow it.
    Kept {
        entry: Box<Entry>,
        next: Option<String>,
    },
    Nothing,
    /// Nothing was asked: something that was kept earlier was shown.
    Shown,
}

/// Was it stopped on a private screen? Then what was kept before isn't named, either.
fn ends_silently<T>(end: &Result<T>) -> bool {
    end.as_ref().is_err_and(Error::is_silent_stop)
}

/// Before anything is asked.
pub(super) fn refuse_without_terminal(app: &App) -> Result<()> {
    if app.terminal.can_ask_aside() {
        return Ok(());
    }
    let instead = "Leave out --ask, or run this on a terminal.".to_owned();
    Err(AskError::NeedsTerminal { doing: "ask you", instead }.into())
}

impl<'a> Session<'a> {
    /// One that asks about no earlier entry, with the practice in the form for what is known.
    pub fn opening(
        app: &'a App,
        recipients: Recipients,
        key: KeyAtHand,
        base: Practice,
        history: Option<History>,
        care: Rc<SessionCare>,
        EntryDetails { at, names_moment, tags, files }: EntryDetails,
    ) -> Session<'a> {
        let practice = base.clone().adapted_to(care.form(app));
        Session {
            app,
            recipients,
            key,
            history,
            base,
            practice,
            care,
            at,
            tags,
            files,
            about: None,
            names_moment,
            was_kept: false,
        }
    }

    pub fn run(&mut self, known: Vec<Answer>, asks: bool, options: SessionOptions) -> Result<Exit> {
        if asks { self.run_on_screen(known, options) } else { self.keep_at_once(known, options) }
    }

    /// Keeps what the command line said, and asks nothing.
    fn keep_at_once(&mut self, known: Vec<Answer>, options: SessionOptions) -> Result<Exit> {
        // What the answers say would stay where it is printed, and a script has no evening.
        self.practice.closing_by_day.clear();
        let entry = self.begin()?;
        let entry = self.app.append(self.with_answers(entry, known), &sources(&self.files))?;
        self.keep_setting(&entry).iter().for_each(|words| self.app.terminal.say(words));
        self.tell_kept(&entry);
        let mut record = KeptRecord::default();
        record.keep(&entry, &self.practice);
        record.print(self.app, options.json)
    }

    /// Asks at the prompt, on a screen of its own.
    pub fn run_on_screen(&mut self, known: Vec<Answer>, options: SessionOptions) -> Result<Exit> {
        let app = self.app;
        let in_json = options.json;
        let mut record = KeptRecord::default();
        let end = self.run_in_turn(known, options, &mut record);
        self.was_kept |= record.has_any();
        // A glance needn't tell what it says, but `list` has it.
        if let Some(lift) = record.lift()
            && !ends_silently(&end)
        {
            app.terminal.say(&kept_words(app, lift));
        }
        if end.is_err() && !record.has_any() {
            return end.map(|()| Exit::Done);
        }
        // What was kept is kept, however what followed it ended.
        let result = record.print(app, in_json);
        let exit = end.and(result)?;
        Ok(app.finish(record.damaged(), exit))
    }

    /// Asks what became of an earlier entry, then the practice, then the one that was chosen
    /// to follow it; each is told of as it is kept.
    fn run_in_turn(
        &mut self,
        known: Vec<Answer>,
        options: SessionOptions,
        record: &mut KeptRecord,
    ) -> Result<()> {
        refuse_without_terminal(self.app)?;
        self.app.journal().prepare(self.at.date_naive())?;
        let screen = self.app.terminal.screen()?;
        self.practice = self.adapted_practice(self.care.fear());
        record.damaged = self.damaged_behind();
        let follow_up = self.ask_follow_up(record, &screen)?;
        let is_last = !options.is_one_of_several;
        let end = if self.care.was_stopped() {
            None
        } else {
            Some(self.ask(known, options, record, &screen))
        };
        drop(screen);
        let is_broken = matches!(&end, Some(Err(Error::Failed(_))));
        if self.care.is_lifted() && record.lift.is_none() && !is_broken {
            // Said at a list, whose session keeps nothing that could say it, or did before.
            record.lift = self.keep_lift();
        }
        // It is kept, whatever became of the session after it.
        if let Some(FollowUpSession { session, entry }) = follow_up {
            if end.as_ref().is_some_and(ends_silently) {
                session.remember(&entry);
            } else {
                session.tell_kept(&entry);
            }
            record.follow_up = Some(entry);
        }
        self.tell_record(record);
        match end.transpose()? {
            Some(SessionEnd::Kept { entry, next: Some(next) }) => {
                self.history.iter_mut().for_each(|history| history.add(*entry.clone()));
                self.continue_with(&next, record.next.insert(Box::default()))
            }
            Some(SessionEnd::Nothing) if !record.has_any() && is_last => {
                tell_nothing(self.app);
                Ok(())
            }
            Some(SessionEnd::Kept { next: None, .. } | SessionEnd::Shown | SessionEnd::Nothing)
            | None => Ok(()),
        }
    }

    /// Runs the practice that was chosen to follow, with the same earlier entries at hand.
    fn continue_with(&mut self, name: &str, record: &mut KeptRecord) -> Result<()> {
        let app = self.app;
        let at = app.clock().tick().now;
        let practice = app.worded(app.practice(name)?, at);
        let mut session = self.next_session(practice, at)?;
        // An entry was kept just before it.
        let options = SessionOptions { is_one_of_several: true, ..SessionOptions::default() };
        session.run_in_turn(Vec::new(), options, record)
    }

    /// A session beside this one, which takes over the earlier entries.
    pub(super) fn next_session(
        &mut self,
        practice: Practice,
        at: DateTime<FixedOffset>,
    ) -> Result<Session<'a>> {
        let (app, key, care) = (self.app, self.key.clone(), Rc::clone(&self.care));
        let (recipients, history) = (app.recipients()?, self.history.take());
        let details = EntryDetails { at, names_moment: false, tags: Vec::new(), files: Vec::new() };
        Ok(Session::opening(app, recipients, key, practice, history, care, details))
    }

    /// Asks, and keeps the answers. What is kept is in the record, whatever ends the session
    /// after that.
    ///
    /// # Errors
    /// `Cancelled` before anything is kept; or what couldn't be kept.
    pub(super) fn ask(
        &mut self,
        known: Vec<Answer>,
        options: SessionOptions,
        record: &mut KeptRecord,
        screen: &Screen,
    ) -> Result<SessionEnd> {
        if self.practice.parts
            && options.part.is_none()
            && options.draft.is_none()
            && known.is_empty()
        {
            match self.choose_part(screen)? {
                Some(PartChoice::Part(part)) => self.base = *part,
                Some(PartChoice::Page) => return self.show_page(record, screen),
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
        let (answers, next) = conversed.map_err(|error| self.stopped(error, &entry, record))?;
        screen.rescue().end();
        self.practice = self.adapted_practice(self.care.fear());
        if answers.is_empty() {
            self.drafts().remove(&EntryFileName::of(&entry));
            return Ok(SessionEnd::Nothing);
        }
        let draft = EntryFileName::of(&entry);
        let sink = self.draft_sink(&entry);
        // Nothing more of it is to be asked.
        let asked = self.practice.questions.iter().map(|question| question.id.clone()).collect();
        let progress = Progress { answers: answers.clone(), asked, ..Progress::default() };
        let has_draft = || sink.save(&progress).is_ok();
        let entry = self.with_answers(entry, answers);
        let entry = self.append_patiently(entry, self.files.clone(), &has_draft, screen);
        let entry = entry.map_err(|error| {
            self.app.terminal.release();
            not_kept_error(error, has_draft())
        })?;
        self.drafts().remove(&draft);
        record.keep(&entry, &self.practice);
        if entry.at < self.app.clock().now {
            // There it would lift nothing that was said since.
            record.lift = self.keep_lift().or(record.lift.take());
        }
        // It is kept: from here on nothing can make it look as if it were not.
        let set = self.keep_setting(&entry);
        record.is_apart = entry.id != draft.id;
        if self.care.was_stopped() {
            // Whoever stops there may be walking away already: no screen waits for a key.
            self.care.settle();
            return Ok(SessionEnd::Kept { entry: Box::new(entry), next: None });
        }
        self.close(&entry, set, record, screen)?;
        Ok(SessionEnd::Kept { entry: Box::new(entry), next })
    }

    pub(super) fn day(&self) -> NaiveDate {
        self.app.clock().day_of(self.at)
    }

    pub(super) fn begin(&self) -> Result<Entry> {
        let name = &self.practice.name;
        let written = self.app.clock().written;
        let entry = Entry::new(name, self.at, written, Vec::new(), Vec::new())?;
        Ok(Entry { about: self.about.as_ref().map(|earlier| earlier.id.clone()), ..entry })
    }

    fn with_answers(&self, mut entry: Entry, answers: Vec<Answer>) -> Entry {
        let (answers, tags) = self.practice.part_tags(answers);
        let answers = self.practice.with_sentence(answers);
        let all = self.practice.tags.iter().chain(&self.tags).cloned().chain(tags);
        entry.add_tags(all);
        drafts::strip_draft_notes(&mut entry);
        Entry { answers, ..entry }
    }

    pub(super) fn drafts(&self) -> Drafts {
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
    fn stopped(&self, error: Error, entry: &Entry, record: &mut KeptRecord) -> Error {
        self.app.terminal.release();
        let draft = self.drafts().has(&EntryFileName::of(entry));
        if matches!(error, Error::Cancelled(_)) {
            record.lift = self.keep_lift().or(record.lift.take());
            if record.lift.is_some() && !draft {
                // Something was written.
                return error;
            }
        }
        session_error(error, draft)
    }
}
