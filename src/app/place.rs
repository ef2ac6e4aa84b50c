//! Is the journal where it is looked for? A disk that is not mounted, or a name that
//! was misspelt, must not look like a new journal.

use std::path::{Path, PathBuf};

use crate::checks;
use crate::error::Result;
use crate::journal::{JournalError, SeenStore};

use super::App;

impl App {
    /// # Errors
    /// `NotThere`, where the user names a journal and nothing has that name.
    pub fn refuse_missing_journal(&self) -> Result<()> {
        if self.config.paths.journal_is_named && !self.journal().exists()? {
            Err(JournalError::NotThere { journal: self.journal_path() }.into())
        } else {
            Ok(())
        }
    }

    /// # Errors
    /// `Misplaced`, where there is no month and its entries are in a folder nearby; `Emptied`,
    /// where something was kept from here, and there is no month any more.
    pub fn refuse_emptied_journal(&self) -> Result<()> {
        // Asked first, as it lists nothing.
        if self.journal().has_year(self.clock().today()) || !self.journal().is_bare()? {
            return Ok(());
        }
        self.refuse_misplaced_entries()?;
        let is_known = self.journal_places().has(&self.journal().home_place())
            || self.seen_store().has_memory();
        if is_known {
            let (journal, is_there) = (self.journal_path(), self.journal().exists()?);
            Err(JournalError::Emptied { journal, is_there }.into())
        } else {
            Ok(())
        }
    }

    /// # Errors
    /// `Misplaced`, where there is no month and its entries are in a folder nearby.
    pub fn refuse_misplaced_entries(&self) -> Result<()> {
        match self.misplaced_entries() {
            Some(found) => {
                Err(JournalError::Misplaced { journal: self.journal_path(), found }.into())
            }
            None => Ok(()),
        }
    }

    /// Where the entries are, if the journal has none and its copy was put one or two folders
    /// too deep, or one too high.
    pub fn misplaced_entries(&self) -> Option<PathBuf> {
        let journal = self.journal();
        if !matches!(journal.is_bare(), Ok(true)) {
            return None;
        }
        let deeper = checks::journals_in(journal.root()).into_iter().next();
        let above = || journal.root().parent().filter(|it| checks::has_entries(it));
        deeper.or_else(|| above().map(Path::to_owned))
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
        let mut journals = self.journal_places();
        if self.config.remember && journals.add(&self.journal().home_place()) {
            // Where that cannot be noted, it is the next time.
            let _ = journals.write(&*self.disk(), &self.config.paths.state);
        }
    }

    /// Makes the folder of a journal that is named (any other is made by the first
    /// entry); and whatever was there before, it starts over.
    /// Says whether it did.
    ///
    /// # Errors
    /// A [`DiskError`](crate::disk::DiskError).
    pub fn begin_journal(&self) -> Result<bool> {
        let emptied = self.forget_emptied_journal()?;
        let missing = self.config.paths.journal_is_named && !self.journal().exists()?;
        if missing {
            self.journal().make()?;
        }
        Ok(missing || emptied)
    }

    /// An empty journal is right from now on. Says whether something was kept in it.
    ///
    /// # Errors
    /// A [`DiskError`](crate::disk::DiskError).
    pub fn forget_emptied_journal(&self) -> Result<bool> {
        let mut journals = self.journal_places();
        if !self.journal().is_bare()? {
            return Ok(false);
        }
        let seen = self.seen_store();
        let was_read = seen.has_memory();
        seen.forget();
        let was_kept = journals.remove(&self.journal().home_place());
        if was_kept {
            journals.write(&*self.disk(), &self.config.paths.state)?;
        }
        Ok(was_read || was_kept)
    }

    /// What is remembered of the journal's months.
    fn seen_store(&self) -> SeenStore {
        SeenStore::of(&self.journal(), &self.config.paths.state, self.clock().now)
    }

    fn journal_path(&self) -> PathBuf {
        self.config.paths.journal.clone()
    }
}
