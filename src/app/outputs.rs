//! Plain files of the user's own choosing: where they may go, and how one is named.

use std::path::Path;

use crate::disk;
use crate::error::Result;
use crate::render::clean;

use super::{App, CommandError};

impl App {
    /// Says something of one file, broken at spaces alone: a path is there to be copied.
    pub(super) fn name_file(&self, what: &str, path: &Path) {
        let path = path.display().to_string();
        self.terminal.say_record(&format!("{what}: {}", clean(&path)));
    }

    /// Nothing takes the place of a key, a list or a setting, whatever `--force` says.
    ///
    /// # Errors
    /// `OutputInTheJournal` or `OutputOverOwnFiles`, through whatever links.
    pub fn refuse_own_places(&self, path: &Path) -> Result<()> {
        self.refuse_in_the_journal(path)?;
        let paths = &self.config.paths;
        let identity = self.config.identity.as_ref();
        let own = [&paths.config, &paths.state, &paths.cache];
        if own.into_iter().chain(identity).any(|place| disk::is_within(path, place)) {
            Err(CommandError::OutputOverOwnFiles { path: path.to_owned() }.into())
        } else {
            Ok(())
        }
    }

    /// The journal's folder is synced, and takes nothing but what is sealed.
    ///
    /// # Errors
    /// `OutputInTheJournal`, through whatever links the path leads there.
    pub fn refuse_in_the_journal(&self, path: &Path) -> Result<()> {
        if disk::is_within(path, &self.config.paths.journal) {
            Err(CommandError::OutputInTheJournal { path: path.to_owned() }.into())
        } else {
            Ok(())
        }
    }
}
