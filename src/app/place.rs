//! Is the journal where it is looked for? A disk that is not mounted, or a name that
//! was misspelt, must not look like a new journal.

use std::path::PathBuf;

use crate::error::Result;
use crate::journal::JournalError;

use super::App;

impl App {
    /// # Errors
    /// `NotThere`, where the user names a journal and nothing has that name.
    pub fn refuse_missing_journal(&self) -> Result<()> {
        match self.config.paths.journal_is_named && !self.journal().exists()? {
            true => Err(JournalError::NotThere { journal: self.journal_path() }.into()),
            false => Ok(()),
        }
    }

    /// # Errors
    /// `Emptied`, where something was kept from here, and there is no month any more.
    pub fn refuse_emptied_journal(&self) -> Result<()> {
        let known = self.state().has_journal(&self.journal().home_place());
        // Asked first, as it lists nothing.
        let is_written = || self.journal().has_year(self.clock().today());
        match known && !is_written() && self.journal().is_bare()? {
            true => Err(JournalError::Emptied { journal: self.journal_path() }.into()),
            false => Ok(()),
        }
    }

    /// Remembers that something was kept in this journal from here, if that may be.
    pub fn note_journal(&self) {
        let mut state = self.state();
        if self.config.remember && state.note_journal(&self.journal().home_place()) {
            // Where that cannot be noted, it is the next time.
            let _ = state.write(&*self.disk(), &self.config.paths.state);
        }
    }

    /// Makes the folder of a journal that is named (any other is made by the first
    /// entry); and whatever was there before, it begins anew.
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
        let mut state = self.state();
        let emptied =
            self.journal().is_bare()? && state.forget_journal(&self.journal().home_place());
        if emptied {
            state.write(&*self.disk(), &self.config.paths.state)?;
        }
        Ok(emptied)
    }

    fn journal_path(&self) -> PathBuf {
        self.config.paths.journal.clone()
    }
}
