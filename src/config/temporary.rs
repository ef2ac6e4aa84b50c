//! The settings of a home that exists for a moment.

use std::path::Path;

use super::{Config, Paths};

impl Config {
    /// The same terminal and clock with a home of its own, and nothing else that was set.
    pub fn in_temporary_home(&self, home: &Path) -> Config {
        Config {
            paths: Paths::under(home),
            clock: self.clock.clone(),
            remember: true,
            // No pager: what is shown stays where it is printed.
            pager: Some(String::new()),
            memory_folders: self.memory_folders.clone(),
            disk_folder: self.disk_folder.clone(),
            colour: self.colour,
            accessible: self.accessible,
            columns: self.columns,
            ..Config::defaults()
        }
    }
}
