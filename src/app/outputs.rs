//! Where plain files of the user's own choosing may go.

use std::path::Path;

use crate::disk;
use crate::error::Result;

use super::{App, CommandError};

impl App {
    /// The journal's folder is synced, and takes nothing but what is sealed.
    ///
    /// # Errors
    /// `OutputInTheJournal`, through whatever links the path leads there.
    pub fn refuse_in_the_journal(&self, path: &Path) -> Result<()> {
        match disk::is_within(path, &self.config.paths.journal) {
            true => Err(CommandError::OutputInTheJournal { path: path.to_owned() }.into()),
            false => Ok(()),
        }
    }
}
