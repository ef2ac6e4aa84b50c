//! Removes what nothing needs any more, without waiting for the disk.

use std::ffi::OsStr;

use super::Folder;

impl Folder {
    /// Removes a folder in this one, if it is empty.
    pub fn discard_folder(&self, name: &OsStr) {
        let _ = self.dir.remove_folder(name);
    }

    /// Removes a file without waiting for the disk. Failures are ignored.
    pub fn discard(&self, name: &OsStr) {
        // One that stays is recognised as outdated, or swept, later.
        let _ = self.try_discard(name);
    }

    /// The same; returns whether it removed the file.
    pub fn try_discard(&self, name: &OsStr) -> bool {
        self.dir.remove(name).is_ok()
    }
}
