//! Is the journal where it is looked for? A disk that is not mounted, or a name that
//! was misspelt, must not look like a new journal.

use std::path::{Path, PathBuf};

use crate::config::Paths;
use crate::error::{Error, Result};
use crate::journal::{Journal, JournalError, SeenStore};
use crate::query::QueryError;
use crate::{checks, disk};

use super::{App, CommandError};

/// So many folders above the journal's are searched for entries: a month's folder is two below.
const FOLDERS_ABOVE: usize = 2;

/// What is in the journal's folder, by the names there alone.
pub enum JournalPresence {
    /// At least one file.
    Here,
    /// No file; its entries are in a folder that a copy of it was put into by mistake.
    Misplaced(JournalError),
    /// No file, and another journal in a folder above or below.
    Nearby(JournalError),
    /// No file, although something was kept in it from here, or read.
    Emptied,
    /// No file yet.
    New,
}

impl App {
    /// Where the journal's entries are. Every verb that finds none, or is about to begin, asks
    /// this.
    ///
    /// # Errors
    /// A [`DiskError`](crate::disk::DiskError), where the folder cannot be listed.
    pub fn journal_presence(&self) -> Result<JournalPresence> {
        if !self.journal().has_no_files()? {
            return Ok(JournalPresence::Here);
        }
        let presence = match self.nearby_journal() {
            Some(error @ JournalError::Misplaced { .. }) => JournalPresence::Misplaced(error),
            Some(error) => JournalPresence::Nearby(error),
            None if self.is_known() => JournalPresence::Emptied,
            None => JournalPresence::New,
        };
        // Once more: someone else may have kept the first entry between the two looks.
        let is_here = !self.journal().has_no_files()?;
        Ok(if is_here { JournalPresence::Here } else { presence })
    }

    /// # Errors
    /// Where the user names a journal: `Nearby`, if it has no entries and another folder above
    /// or below it has; `NotThere`, if nothing has that name, or the folder is of something else.
    pub fn refuse_missing_journal(&self) -> Result<()> {
        if !self.config.paths.journal_is_named {
            return Ok(());
        }
        self.refuse_nearby_journal()?;
        if self.is_journal_there()? {
            Ok(())
        } else {
            Err(JournalError::NotThere { journal: self.journal_path() }.into())
        }
    }

    /// Is there anything to begin: a journal without a folder, or one that was emptied?
    ///
    /// # Errors
    /// A [`DiskError`](crate::disk::DiskError).
    pub fn can_begin_journal(&self) -> Result<bool> {
        Ok(self.is_journal_missing()? || self.is_emptied())
    }

    /// Is there no folder, or, of a journal that is named, the folder of something else?
    fn is_journal_missing(&self) -> Result<bool> {
        if self.config.paths.journal_is_named {
            return Ok(!self.is_journal_there()?);
        }
        let journal = self.journal();
        let exists = journal.exists().map_err(|e| disk::with_file_path(e, journal.root()))?;
        Ok(!exists)
    }

    /// Is its folder there, and not of something else?
    fn is_journal_there(&self) -> Result<bool> {
        let journal = self.journal();
        let path = journal.root();
        if !journal.exists().map_err(|e| disk::with_file_path(e, path))? {
            return Ok(false);
        }
        Ok(!journal.is_bare()? || !journal.has_other_files()? || self.is_known())
    }

    /// # Errors
    /// `Misplaced` or `Nearby`, where there is no file, and entries in a folder above or below;
    /// `Emptied`, where something was kept from here, or read, and there is no file any more.
    pub fn refuse_emptied_journal(&self) -> Result<()> {
        match self.journal_presence()? {
            JournalPresence::Here | JournalPresence::New => Ok(()),
            JournalPresence::Misplaced(error) | JournalPresence::Nearby(error) => Err(error.into()),
            JournalPresence::Emptied => {
                let (journal, is_there) = (self.journal_path(), self.journal().exists()?);
                Err(JournalError::Emptied { journal, is_there }.into())
            }
        }
    }

    /// The same before something is kept. In a folder of this year that something was kept in
    /// from here, nothing is listed; and where any year's folder is left, files were deleted, and
    /// may be brought back beside what is kept now.
    ///
    /// # Errors
    /// As [`App::refuse_emptied_journal`].
    pub fn refuse_to_keep_there(&self) -> Result<()> {
        let journal = self.journal();
        let is_noted = || self.journal_places().has(&journal.home_place());
        if journal.has_year(self.clock().today()) && is_noted() {
            // Then nothing has to be noted afterwards.
            let _ = self.noted_place.set(());
            return Ok(());
        }
        if journal.is_bare()? {
            self.refuse_emptied_journal()
        } else {
            self.refuse_nearby_journal()
        }
    }

    /// The same as something is kept. A disk that was unmounted meanwhile has no year's folder;
    /// where there is one, nothing more is listed.
    ///
    /// # Errors
    /// As [`App::refuse_emptied_journal`].
    pub fn refuse_unmounted_journal(&self) -> Result<()> {
        if self.journal().has_year(self.clock().today()) || !self.journal().is_bare()? {
            return Ok(());
        }
        self.refuse_emptied_journal()
    }

    /// # Errors
    /// `Misplaced`, which looks like an empty journal, but is none to begin or to accept.
    pub fn refuse_misplaced_journal(&self) -> Result<()> {
        if let Ok(JournalPresence::Misplaced(error)) = self.journal_presence() {
            Err(error.into())
        } else {
            Ok(())
        }
    }

    /// # Errors
    /// `Misplaced` or `Nearby`, where there is no entry, and some in a folder above or below.
    pub fn refuse_nearby_journal(&self) -> Result<()> {
        if let Ok(JournalPresence::Misplaced(error) | JournalPresence::Nearby(error)) =
            self.journal_presence()
        {
            Err(error.into())
        } else {
            // A folder that can't be listed has its own error wherever it is read.
            Ok(())
        }
    }

    /// Why nothing can be read in a journal without files. Entries in another folder explain it
    /// best; and where there were any, or may have been, it isn't new.
    pub fn why_no_entries(&self) -> Error {
        let is_new = || matches!(self.journal().is_bare(), Ok(true));
        self.refuse_nearby_journal().err().unwrap_or_else(|| match self.is_known() {
            false if is_new() => QueryError::NoEntries.into(),
            remembered => QueryError::NoneHere { remembered }.into(),
        })
    }

    /// Does it have no file, although something was kept in it from here, or read? Not where its
    /// files are only in the wrong folder.
    pub fn is_emptied(&self) -> bool {
        let presence = self.journal_presence();
        matches!(presence, Ok(JournalPresence::Emptied | JournalPresence::Nearby(_)))
            && self.is_known()
    }

    /// What is to be said if it has no file, and a folder above or below it has entries. Only a copy
    /// put into the wrong folder is to be moved, never a journal of its own: so not where the
    /// user's own naming may be what is wrong, nor where its key isn't here, nor what was kept
    /// from here in that folder.
    fn nearby_journal(&self) -> Option<JournalError> {
        let here = self.journal();
        let root = here.root();
        let root = root.canonicalize().or_else(|_| std::path::absolute(root)).ok()?;
        let below = checks::journals_in(&root).into_iter().next();
        let above =
            || root.ancestors().skip(1).take(FOLDERS_ABOVE).find(|it| checks::has_entries(it));
        let found = below.or_else(|| above().map(Path::to_owned))?;
        let there = Journal::at(self.disk(), &found).in_home(&self.config.paths.home);
        let is_copy = !self.config.paths.journal_is_named
            && self.keys().exist()
            && !self.journal_places().has(&there.home_place());
        let journal = self.journal_path();
        Some(if is_copy {
            JournalError::Misplaced { journal, found }
        } else {
            JournalError::Nearby { journal, found }
        })
    }

    /// Was something kept in it from here, or read?
    pub fn is_known(&self) -> bool {
        self.journal_places().has(&self.journal().home_place()) || self.seen_store().has_memory()
    }

    /// Where a copied journal goes, for someone who has one and an empty journal: a sentence,
    /// and the lines to run.
    pub fn tell_place_for_a_copy(&self) {
        let journal = self.journal_path();
        let place = shell_words::quote(&journal.to_string_lossy()).into_owned();
        self.terminal.say("If you have a copy of the journal's folder, restore it too. For a copy in /media/usb/journal, run:");
        self.terminal.say_unwrapped(&format!("  mkdir -p {place}"));
        self.terminal.say_unwrapped(&format!("  cp -r /media/usb/journal/. {place}/"));
    }

    /// Remembers that something was kept in this journal from here, if that may be.
    pub fn note_journal(&self) {
        if self.noted_place.get().is_some() {
            return;
        }
        let mut journals = self.journal_places();
        if self.config.remember && journals.add(&self.journal().home_place()) {
            // Where that cannot be noted, it is the next time.
            let _ = journals.write(&*self.disk(), &self.config.paths.state);
        }
    }

    /// Makes the journal's folder, and in a folder of something else, where that is named, a
    /// month, by which it is a journal from now on; and whatever was there before, it starts over.
    /// Says whether it did.
    ///
    /// # Errors
    /// A [`DiskError`](crate::disk::DiskError).
    pub fn begin_journal(&self) -> Result<bool> {
        let emptied = self.forget_emptied_journal()?;
        let missing = self.is_journal_missing()?;
        if missing {
            self.journal().make()?;
            if self.is_journal_missing()? {
                self.journal().prepare(self.clock().today())?;
            }
        }
        Ok(missing || emptied)
    }

    /// # Errors
    /// `Nearby`, where the user names a folder above or below that of another journal: what is
    /// begun there would never be read; `FolderExpected`, where it's a file; and
    /// `OutputOverOwnFiles`, where the key is: the journal's folder may be synced.
    pub fn refuse_to_begin_there(&self) -> Result<()> {
        let Paths { journal, journal_is_named, config, .. } = &self.config.paths;
        if self.journal().has_year(self.clock().today()) {
            return Ok(());
        }
        if !journal_is_named {
            return self.is_journal_missing().map(drop);
        }
        self.refuse_nearby_journal()?;
        self.is_journal_there()?;
        if disk::is_within(config, journal) {
            return Err(CommandError::OutputOverOwnFiles { path: journal.clone() }.into());
        }
        Ok(())
    }

    /// An empty journal is right from now on. Says whether it was emptied.
    ///
    /// # Errors
    /// A [`DiskError`](crate::disk::DiskError).
    pub fn forget_emptied_journal(&self) -> Result<bool> {
        if !self.is_emptied() {
            return Ok(false);
        }
        self.seen_store().forget();
        let mut journals = self.journal_places();
        if journals.remove(&self.journal().home_place()) {
            journals.write(&*self.disk(), &self.config.paths.state)?;
        }
        Ok(true)
    }

    /// What is remembered of the journal's months.
    fn seen_store(&self) -> SeenStore {
        SeenStore::of(&self.journal(), &self.config.paths.state, self.clock().now)
    }

    fn journal_path(&self) -> PathBuf {
        self.config.paths.journal.clone()
    }
}
