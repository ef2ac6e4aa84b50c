//! Unfinished files: their names, and how they are removed.

use std::path::PathBuf;

use super::{FileKind, Folder};

/// The start of a temporary name.
pub const UNFINISHED: &str = ".inward-";
/// The start of the temporary name of a file that is to replace another.
pub const REPLACING: &str = ".replacing-";
/// The age at which an unfinished file is abandoned, in nanoseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000_000;

pub fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED) || name.starts_with(REPLACING)
}

impl Folder {
    /// The unfinished files in it, in use or abandoned.
    pub fn unfinished(&self) -> Vec<PathBuf> {
        let items = self.dir.list().unwrap_or_default().into_iter();
        let paths = items.filter(|item| is_unfinished(&item.name.to_string_lossy()));
        let mut paths: Vec<PathBuf> = paths.map(|item| self.path.join(item.name)).collect();
        paths.sort();
        paths
    }

    /// Removes abandoned files. Called after writing to the folder, so that its own
    /// modification time is now.
    pub fn sweep(&self) {
        let Ok(now) = self.dir.about().map(|folder| folder.stamp.modified) else { return };
        for path in self.unfinished() {
            let Some(name) = path.file_name() else { continue };
            let about = self.dir.about_item(name);
            if about.is_ok_and(|it| it.kind == FileKind::File && now - it.stamp.modified > DAY) {
                self.discard(name);
            }
        }
    }
}
