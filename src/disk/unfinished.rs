//! Files that were never finished: how they are called, and how they go.

use std::path::PathBuf;

use super::{FileKind, Folder};

/// How a file is called until it has its name.
pub const UNFINISHED: &str = ".inward-";
/// And one that is about to take the place of another.
pub const REPLACING: &str = ".replacing-";
/// Nobody still works on an unfinished file that is a day old, in nanoseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000_000;

pub fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED) || name.starts_with(REPLACING)
}

impl Folder {
    /// What is left in it of files that were never finished, or not yet.
    pub fn unfinished(&self) -> Vec<PathBuf> {
        let items = self.dir.list().unwrap_or_default().into_iter();
        let left = items.filter(|item| is_unfinished(&item.name.to_string_lossy()));
        let mut left: Vec<PathBuf> = left.map(|item| self.path.join(item.name)).collect();
        left.sort();
        left
    }

    /// Removes unfinished files that were left there a day ago, or earlier. Called
    /// after something was put there, so that the folder's own time is now.
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
