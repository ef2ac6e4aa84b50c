//! An edit at the prompt: what to change is asked, kept as a draft on the way, and
//! published as a revision.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::json;

use crate::dates;
use crate::entry::{Entry, Value};
use crate::error::Result;
use crate::journal::{AttachmentSource, Month, StoredEntry};
use crate::practice::{Fear, Practice, Question, QuestionKind};
use crate::prompt::{
    CareScreens, DraftSink, EscMenu, PendingAnswer, Progress, QuestionEnd, Screen, ask_question,
    choose, yes,
};
use crate::render::document;
use crate::seal::{EntryFileName, Identity};

use super::append_retry::session_error;
use super::care::{SessionCare, SessionCareScreens};
use super::closing::tell_changed;
use super::drafts::{DraftWriter, edited_day, mark_as_edit, strip_draft_notes};
use super::edit_beside::{EditedEntry, publish_beside};
use super::edit_menu::{EditMenu, EntryPart};
use super::entry_edit::{change, current_value};
use super::revision_choice::{choose_revision, files_of_some};
use super::{App, Move};

/// The way out of the menu of an edit.
pub(super) const LEAVE_ENTRY: &str = "Leave the entry as it was";
/// As `write` has it.
const TAGS_HELP: &str = "Words to find it by, with commas between. A space becomes a hyphen.";

/// An entry that is being edited.
pub struct EditSession<'a> {
    pub app: &'a App,
    pub stored: &'a StoredEntry,
    pub practice: Option<&'a Practice>,
    pub identity: &'a Identity,
    pub care: SessionCare,
    /// The draft that is continued, where its entry has moved on since.
    pub older_draft: Option<&'a Entry>,
    /// The draft that goes once what was asked is kept.
    pub draft: RefCell<Option<EntryFileName>>,
}

/// What came of an edit.
pub struct PublishedEdit {
    revision: Entry,
    /// Is there something beside it that came since the edit was begun?
    is_beside: bool,
}

/// An edit on its way, as its draft has it.
struct EditDraft {
    /// As it shall be, under the revision that it changes.
    entry: Entry,
    /// The revision that the draft goes by.
    name: Entry,
    /// The day of the entry as it was.
    began: NaiveDate,
}

impl EditSession<'_> {
    /// Asks what to change, from a draft on where there is one. `None` where nothing is.
    ///
    /// # Errors
    /// `Cancelled`, with what was changed in a draft; or what the terminal says.
    pub fn ask(&self, draft: Option<Entry>) -> Result<Option<Entry>> {
        let screen = self.app.terminal.screen()?;
        let mut draft = match draft {
            Some(draft) => self.resumed(draft),
            None => match choose_revision(self.app, self.stored, &screen)? {
                Some(entry) => {
                    let written = self.app.clock().written;
                    let revisions = self.stored.revisions.clone();
                    let name = entry.clone().revise(revisions, written)?;
                    EditDraft { entry, name, began: self.stored.entry.day() }
                }
                None => return Ok(None),
            },
        };
        let result = self.ask_with_care(&mut draft, &screen);
        if result.is_err() {
            // Stopped halfway through an answer: it is in the draft as it stands.
            screen.save_answer();
        }
        let name = self.draft_name(&draft);
        drop(screen);
        match result {
            Ok(true) => {
                self.draft.replace(Some(name));
                Ok(Some(self.stored.with_all_files(draft.entry)))
            }
            Ok(false) => {
                self.app.drafts().remove(&name);
                Ok(None)
            }
            Err(error) => {
                self.app.terminal.release();
                Err(session_error(error, self.app.drafts().has(&name)))
            }
        }
    }

    /// The edit that a draft holds.
    fn resumed(&self, draft: Entry) -> EditDraft {
        let before = &self.stored.entry;
        let name = draft.clone();
        let began = edited_day(&draft).unwrap_or_else(|| before.day());
        let mut entry = Entry {
            revision: before.revision.clone(),
            replaces: before.replaces.clone(),
            written: before.written,
            ..draft
        };
        strip_draft_notes(&mut entry);
        EditDraft { entry, name, began }
    }

    /// Is it to be kept as it is then? What it says of fear is followed as in any session.
    fn ask_with_care(&self, draft: &mut EditDraft, screen: &Screen) -> Result<bool> {
        let before = &self.stored.entry;
        self.care.resume(self.app, &before.practice, &draft.entry.answers);
        let is_kept = self.ask_parts(draft, screen)?;
        if let Some(practice) = self.practice
            && is_kept
            && !self.care.was_stopped()
            && draft.entry.answers != before.answers
        {
            let form = |_| practice.clone();
            self.care_screens(&form).close(practice, &draft.entry.answers, screen)?;
        }
        Ok(is_kept)
    }

    fn care_screens<'s>(&'s self, form: &'s dyn Fn(Fear) -> Practice) -> SessionCareScreens<'s> {
        let practice = &self.stored.entry.practice;
        let shaped = Cell::new(self.care.fear());
        SessionCareScreens { app: self.app, care: &self.care, form, practice, shaped }
    }

    /// Shows the screen right after an answer that turns care on. Its questions stay as they
    /// are: an edit asks nothing that its menu doesn't name.
    fn follow_care(&self, draft: &EditDraft, screen: &Screen) -> Result<()> {
        let Some(practice) = self.practice else { return Ok(()) };
        let form = |_| practice.clone();
        self.care_screens(&form).answered(&draft.entry.answers, screen).map(|_| ())
    }

    fn ask_parts(&self, draft: &mut EditDraft, screen: &Screen) -> Result<bool> {
        let mut last = None;
        loop {
            let menu = EditMenu::of(self, &draft.entry);
            menu.show_entry(last.as_ref(), screen);
            let choice = choose("What should change?", &menu.lines(), LEAVE_ENTRY, screen)?;
            match choice.filter(|at| *at > 0 || !menu.lacks_answers()) {
                Some(0) => return Ok(true),
                Some(index) => {
                    let part = menu.into_part(index - 1);
                    self.ask_part(&part, draft, screen)?;
                    self.follow_care(draft, screen)?;
                    if self.care.was_stopped() {
                        return Ok(true);
                    }
                    last = Some(part);
                }
                // As it was, once that is meant.
                None if self.older_draft.is_none() && draft.entry == self.stored.entry => {
                    return Ok(false);
                }
                None if yes("Leave it as it was?", screen)? => return Ok(false),
                None => {}
            }
        }
    }

    fn ask_part(&self, part: &EntryPart, draft: &mut EditDraft, screen: &Screen) -> Result<()> {
        match part {
            EntryPart::Answer(question) => self.ask_answer(question, draft, screen)?,
            EntryPart::Tags => {
                let plain = Question::plain("tags", "Which tags?", QuestionKind::Tags);
                let tags = Question { help: Some(TAGS_HELP.to_owned()), ..plain };
                self.ask_answer(&tags, draft, screen)?;
            }
            EntryPart::Time => self.ask_time(draft, screen)?,
        }
        screen.rescue().end_saved(|| self.save(draft))
    }

    fn ask_answer(
        &self,
        question: &Question,
        draft: &mut EditDraft,
        screen: &Screen,
    ) -> Result<()> {
        let before = current_value(&draft.entry, question);
        screen.rescue().begin(PendingAnswer {
            drafts: self.sink(draft)?,
            progress: self.progress(&draft.entry),
            question: question.clone(),
        });
        let menu = EscMenu::of_question(question);
        let reply = ask_question(question, before.as_ref(), Some(&menu), screen)?;
        let QuestionEnd::Answer(value) = reply else { return Ok(()) };
        let emptied = value.is_none() && before.is_some();
        if !emptied || yes("Delete this answer?", screen)? {
            change(&mut draft.entry, question, value, self.practice);
        }
        Ok(())
    }

    /// Asks until it is a time, or is left as it was.
    fn ask_time(&self, draft: &mut EditDraft, screen: &Screen) -> Result<()> {
        let kind = QuestionKind::Text { suggestions: Vec::new() };
        let question = Question::plain("at", "When was it?", kind);
        let mut before = Value::Text(draft.entry.at.format("%Y-%m-%d %H:%M").to_string());
        screen.rescue().end();
        loop {
            let menu = EscMenu::of_question(&question);
            let reply = ask_question(&question, Some(&before), Some(&menu), screen)?;
            let QuestionEnd::Answer(Some(Value::Text(text))) = &reply else { return Ok(()) };
            match dates::moment_at_time_of(draft.entry.at, text, self.app.clock()) {
                Ok(at) => {
                    draft.entry.at = at;
                    return Ok(());
                }
                Err(error) => screen.paragraph(&format!("{error} {}", error.hint())),
            }
            // Where it can be changed; a line can't.
            if !screen.is_accessible() {
                before = Value::Text(text.clone());
            }
        }
    }

    fn progress(&self, entry: &Entry) -> Progress {
        Progress { answers: entry.answers.clone(), ..Progress::default() }
    }

    /// Where the draft goes, as the entry stands.
    fn sink(&self, draft: &EditDraft) -> Result<Arc<dyn DraftSink>> {
        let mut entry = Entry {
            revision: draft.name.revision.clone(),
            replaces: draft.name.replaces.clone(),
            written: draft.name.written,
            ..draft.entry.clone()
        };
        mark_as_edit(&mut entry, draft.began);
        Ok(Arc::new(DraftWriter {
            drafts: self.app.drafts(),
            keys: self.app.keys(),
            recipients: self.app.recipients()?,
            tags: entry.tags.clone(),
            entry,
            files: Vec::new(),
            journal: self.app.journal().home_place(),
        }))
    }

    fn draft_name(&self, draft: &EditDraft) -> EntryFileName {
        EntryFileName::of(&Entry { at: draft.entry.at, ..draft.name.clone() })
    }

    fn save(&self, draft: &mut EditDraft) -> Result<()> {
        // Its day is in its name.
        let before = EntryFileName::of(&draft.name);
        draft.name.at = draft.entry.at;
        if before != self.draft_name(draft) {
            self.app.drafts().remove(&before);
        }
        self.sink(draft)?.save(&self.progress(&draft.entry))
    }

    /// Publishes the entry as it shall be, in whichever month it belongs.
    ///
    /// # Errors
    /// What kept it from being published; then the entry is as it was.
    pub fn publish(&self, edited: Entry, files: &[&dyn AttachmentSource]) -> Result<PublishedEdit> {
        let published = self.publish_revision(edited, files);
        let published = published.map_err(|error| match &*self.draft.borrow() {
            Some(draft) => session_error(error, self.app.drafts().has(draft)),
            None => error,
        })?;
        self.app.move_kept_stamp(&self.stored.entry, Some(&published.revision), self.identity);
        Ok(published)
    }

    fn publish_revision(
        &self,
        edited: Entry,
        files: &[&dyn AttachmentSource],
    ) -> Result<PublishedEdit> {
        let (app, stored, identity) = (self.app, self.stored, self.identity);
        if let Some(draft) = self.older_draft {
            let revision = publish_beside(app, stored, edited, draft, identity)?;
            return Ok(PublishedEdit { revision, is_beside: true });
        }
        // Another window may have edited it while this one was open. What is replaced below is
        // what was read, so both stay.
        let begun = Entry { replaces: stored.revisions.clone(), ..edited.clone() };
        let is_beside = EditedEntry::find(app, &begun, identity)?.moved_on;
        let journal = app.cached_journal();
        let revision = if Month::of(edited.day()) == Month::of(stored.entry.day()) {
            let written = app.clock().tick().written;
            let revision = edited.revise(stored.revisions.clone(), written)?;
            app.supersede(&journal, stored, revision, files, identity)?
        } else {
            Move { old: stored, edited, files, identity }.run(app, &journal)?
        };
        Ok(PublishedEdit { revision, is_beside })
    }

    /// Says what was changed.
    ///
    /// # Errors
    /// `PipeClosed`.
    pub fn report(&self, published: &PublishedEdit, json: bool) -> Result<()> {
        let PublishedEdit { revision, is_beside } = published;
        // Another draft of this entry has words that are kept nowhere else.
        self.draft.take().iter().for_each(|draft| self.app.drafts().remove(draft));
        self.app.terminal.release();
        tell_changed(self.app, &self.stored.entry, revision);
        if *is_beside {
            let words = "The entry changed after you started this edit. Both revisions are kept.";
            self.app.terminal.say(words);
        }
        // In another month it's an entry of its own.
        if *is_beside && revision.id == self.stored.entry.id {
            self.app
                .terminal
                .say(&format!("`inward edit {}` settles which one stays.", revision.id));
        }
        let files = files_of_some(self.stored, revision);
        if !files.is_empty() {
            let (files, id) = (files.join(", "), &revision.id);
            self.app.terminal.say(&format!("Kept from either revision: {files}. `inward edit {id} --detach NAME` removes a file."));
        }
        if !json {
            return Ok(());
        }
        let (id, name, practice) = (&revision.id, &revision.revision, &revision.practice);
        let changed =
            json!({ "id": id, "revision": name, "practice": practice, "at": revision.at });
        self.app.terminal.print_change(&document(json!({ "changed": changed })))
    }
}
