//! Keeping what a session asked, whatever stands in the way: a full disk, one that isn't
//! mounted any more, a file that went meanwhile, or a draft of what was kept already.

use std::rc::Rc;

use crate::disk::DiskError;
use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::journal::{AttachmentSource, Journal, JournalError, StoredEntry};
use crate::prompt::{LOSE_ANSWERS, STOP_AND_LOSE, Screen, choose_one, yes};
use crate::seal::{EntryFileName, Identity};

use super::attaching::{LocalFile, sources};
use super::errors::CommandError;
use super::session::Session;

impl Session<'_> {
    /// A full disk can be fixed, and keeping tried again; and an entry is not given up for
    /// a file that went meanwhile. Where its id is another's by now, as its draft was open
    /// in two windows, it's kept under a new one beside that.
    /// `is_safe` tells whether what it says isn't lost when it can't be kept.
    pub(super) fn append_patiently(
        &self,
        mut entry: Entry,
        mut files: Vec<LocalFile>,
        is_safe: &dyn Fn() -> bool,
        screen: &Screen,
    ) -> Result<Entry> {
        let earlier = self.entry_in_journal(&entry)?;
        if earlier.is_none() && self.app.journal().has_entry(&EntryFileName::of(&entry)) {
            entry = entry.with_new_ids()?;
        }
        if let Some((stored, _)) = &earlier {
            // What was sealed then need not be where it was.
            let was_sealed = |file: &LocalFile| {
                let (name, _) = file.name_and_type();
                stored.entry.attachments.iter().any(|it| it.name == name)
            };
            files.retain(|file| !was_sealed(file));
            entry.attachments.clone_from(&stored.entry.attachments);
            entry = entry.revise(stored.revisions.clone(), self.app.clock().written)?;
        }
        let append = |entry: Entry, files: &[LocalFile]| {
            // The session may have been open for hours.
            let written = entry.written.max(self.app.clock().tick().written);
            let entry = Entry { written, ..entry };
            match &earlier {
                Some((stored, identity)) => {
                    let journal = self.app.cached_journal();
                    self.app.supersede(&journal, stored, entry, &sources(files), identity)
                }
                None => self.app.append(entry, &sources(files)),
            }
        };
        loop {
            let unread = files.iter().find_map(|file| Some((file.clone(), file.length().err()?)));
            if let Some((file, error)) = unread {
                screen.paragraph(&error.to_string());
                if !yes("Keep the entry without it?", screen)? {
                    return Err(error);
                }
                files.retain(|other| *other != file);
                continue;
            }
            match append(entry.clone(), &files) {
                Err(error) if is_fixable(&error) => {
                    screen.paragraph(&format!("{error} {}", error.hint()));
                    if !tries_again(is_safe, screen)? {
                        return Err(error);
                    }
                }
                // Another window was faster, by less than it takes to look.
                Err(e) if earlier.is_none() && e.is_taken() => entry = entry.with_new_ids()?,
                result => return result,
            }
        }
    }

    /// The entry as it was kept already, where that was stopped before its draft was gone
    /// and nobody has changed it since. What is said now takes its place only if every answer
    /// of it is there still: otherwise another window kept it, or it can't be known.
    fn entry_in_journal(&self, entry: &Entry) -> Result<Option<(StoredEntry, Rc<Identity>)>> {
        let journal = self.app.cached_journal();
        let place = journal.root().join(Journal::place(&EntryFileName::of(entry)));
        if !place.exists() {
            return Ok(None);
        }
        let Some(identity) = self.key.identity(self.app) else { return Ok(None) };
        let stored = journal.entry_of_id(&entry.id, &identity)?;
        let has_answers =
            |it: &StoredEntry| it.entry.answers.iter().all(|answer| entry.answers.contains(answer));
        let is_same =
            |it: &StoredEntry| it.revisions == [entry.revision.clone()] && has_answers(it);
        Ok(stored.filter(is_same).map(|stored| (stored, identity)))
    }
}

/// Can it be kept where it is, once its disk has room, or is mounted again?
fn is_fixable(error: &Error) -> bool {
    let is_away = |e: &JournalError| {
        matches!(
            e,
            JournalError::NotThere { .. }
                | JournalError::Emptied { .. }
                | JournalError::Misplaced { .. }
        )
    };
    matches!(error.of(), Some(DiskError::Io { .. })) || error.of().is_some_and(is_away)
}

/// Says that answers weren't kept, why, and whether a draft has them.
pub(super) fn not_kept_error(error: Error, has_draft: bool) -> Error {
    match error {
        Error::Failed(_) => CommandError::EntryNotKept { has_draft, cause: Box::new(error) }.into(),
        Error::Cancelled(stop) => Error::Cancelled(stop.of_session(has_draft)),
        Error::PipeClosed => error,
    }
}

/// The same of a session that ended on the way: without a draft, there may be nothing to lose.
pub(super) fn session_error(error: Error, has_draft: bool) -> Error {
    match error {
        Error::Failed(_) if !has_draft => error,
        error => not_kept_error(error, has_draft),
    }
}

/// Asks whether to try it again; Enter alone does. Answers that are nowhere else are given up
/// only by whoever says so twice.
fn tries_again(is_safe: &dyn Fn() -> bool, screen: &Screen) -> Result<bool> {
    let is_safe = is_safe();
    let stop = if is_safe { "Stop for now" } else { STOP_AND_LOSE };
    let lines = ["Try again", stop];
    loop {
        if choose_one(&lines, screen)? == 0 {
            return Ok(true);
        }
        if is_safe || yes(LOSE_ANSWERS, screen)? {
            return Ok(false);
        }
    }
}
