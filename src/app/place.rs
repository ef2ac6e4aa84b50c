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
        let known = self.state().has_journal(&self.remembered_place());
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
        if self.config.remember && state.note_journal(self.remembered_place()) {
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
        let emptied = self.journal().is_bare()? && state.forget_journal(&self.remembered_place());
        if emptied {
            state.write(&*self.disk(), &self.config.paths.state)?;
        }
        Ok(emptied)
    }

    /// The journal's real place, as it lies in the home that moves as a whole.
    pub fn remembered_place(&self) -> PathBuf {
        let paths = &self.config.paths;
        let real = |path: &PathBuf| {
            path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or(path.clone())
        };
        let (journal, state) = (real(&paths.journal), real(&paths.state));
        let inner = state.parent().and_then(|home| journal.strip_prefix(home).ok());
        inner.map_or_else(|| journal.clone(), PathBuf::from)
    }

    fn journal_path(&self) -> PathBuf {
        self.config.paths.journal.clone()
    }
}
