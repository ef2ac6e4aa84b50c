//! The journals in which something was kept from here. Without them a folder that is empty,
//! since its disk isn't mounted, would pass for a new journal; so each is confirmed on disk
//! before anything else happens. That is once a journal, and costs no later entry any time.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use crate::disk::{Confirm, Disk, Folder};
use crate::error::Result;
use crate::home_place::HomePlace;

/// Their places: a JSON string on each line, so that one broken line hides no other.
#[derive(Default)]
pub struct JournalPlaces(BTreeSet<String>);

impl JournalPlaces {
    /// The name of their file.
    pub const FILE: &str = "journals";

    /// Reads those that can be read.
    pub fn read(disk: &dyn Disk, folder: &Path) -> JournalPlaces {
        let folder = Folder::find(disk, folder).ok().flatten();
        let bytes = folder.and_then(|folder| folder.read_user_file(JournalPlaces::FILE).ok());
        let bytes = bytes.unwrap_or_default();
        let lines = bytes.split(|byte| *byte == b'\n');
        JournalPlaces(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
    }

    /// Writes them, and returns once they are on disk.
    ///
    /// # Errors
    /// A [`crate::disk::DiskError`].
    pub fn write(&self, disk: &dyn Disk, folder: &Path) -> Result<()> {
        let lines = self.0.iter().map(|place| format!("{}\n", json!(place)));
        let text: String = lines.collect();
        Folder::make(disk, folder)?.put(JournalPlaces::FILE, text.as_bytes(), Confirm::Yes)
    }

    /// Was anything kept in the journal at this place?
    pub fn has(&self, journal: &HomePlace) -> bool {
        self.0.contains(&journal.text())
    }

    /// Remembers the journal at a place. Returns whether it was new.
    pub fn add(&mut self, journal: &HomePlace) -> bool {
        self.0.insert(journal.text())
    }

    /// Forgets the journal at a place. Returns whether it was remembered.
    pub fn remove(&mut self, journal: &HomePlace) -> bool {
        self.0.remove(&journal.text())
    }

    /// Deletes the file.
    pub fn forget(disk: &dyn Disk, folder: &Path) {
        let folder = Folder::find(disk, folder).ok().flatten();
        folder.iter().for_each(|folder| folder.discard(JournalPlaces::FILE.as_ref()));
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;
    use crate::disk::RealDisk;

    fn place(path: &[u8]) -> HomePlace {
        HomePlace::of(OsStr::from_bytes(path).as_ref(), None)
    }

    #[test]
    fn a_journal_is_remembered_whatever_its_path() {
        let home = tempfile::tempdir().unwrap();
        let paths: [&[u8]; 3] = [b"/journal-\xff", b"/two\nlines", b"/plain"];
        let mut journals = JournalPlaces::default();
        assert!(paths.iter().all(|path| journals.add(&place(path))));
        journals.write(&RealDisk::default(), home.path()).unwrap();
        let journals = JournalPlaces::read(&RealDisk::default(), home.path());
        assert!(paths.iter().all(|path| journals.has(&place(path))));
        assert!(!journals.has(&place(b"/two")));
    }

    #[test]
    fn a_broken_line_hides_no_other() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(JournalPlaces::FILE), b"\xff\n\"/kept\"\n\"/to").unwrap();
        let journals = JournalPlaces::read(&RealDisk::default(), home.path());
        assert!(journals.has(&place(b"/kept")) && !journals.has(&place(b"/to")));
    }
}
