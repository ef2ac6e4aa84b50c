//! The folder of a text that an editor has open.

use std::fs::{File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use tempfile::TempDir;

use super::Terminal;

/// What the text is called in its folder.
pub const SCRATCH: &str = "entry.md";

/// How the folder of a text begins.
const PREFIX: &str = "inward-";

/// Removed when it is dropped, and locked until then, by which others see that it isn't
/// left behind.
pub struct ScratchFolder {
    folder: TempDir,
    _lock: Option<File>,
}

impl ScratchFolder {
    pub fn make(parent: &Path) -> io::Result<ScratchFolder> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
        let _ = std::fs::set_permissions(folder.path(), Permissions::from_mode(0o700));
        let lock = File::open(folder.path()).ok();
        // Without locks here, an open text is named as one that was left behind.
        let _ = lock.as_ref().map(|lock| flock(lock, FlockOperation::NonBlockingLockExclusive));
        Ok(ScratchFolder { folder, _lock: lock })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Is it open in another window?
fn is_open(folder: &Path) -> bool {
    let lock = File::open(folder).map(|it| flock(it, FlockOperation::NonBlockingLockShared));
    matches!(lock, Ok(Err(rustix::io::Errno::WOULDBLOCK)))
}

impl Terminal {
    /// Texts of ours that an editor had open when something ended us that
    /// leaves no time to clear up.
    pub fn left_by_editors(&self) -> Vec<PathBuf> {
        let places = self.memory_folders.iter().chain([&self.disk_folder]);
        let entries = places.filter_map(|place| std::fs::read_dir(place).ok()).flatten().flatten();
        let named = |path: &PathBuf, of: fn(&str) -> bool| {
            path.file_name().is_some_and(|name| of(&name.to_string_lossy()))
        };
        let ours = entries.map(|e| e.path()).filter(|p| named(p, |name| name.starts_with(PREFIX)));
        // The answer itself, and what the editor put beside it.
        let files = ours
            .filter(|folder| !is_open(folder))
            .filter_map(|folder| std::fs::read_dir(folder).ok())
            .flatten()
            .flatten();
        let files = files.map(|file| file.path()).filter(|p| named(p, |n| n.contains(SCRATCH)));
        let mut found: Vec<PathBuf> = files.filter(|file| file.is_file()).collect();
        found.sort();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_open_for_as_long_as_it_is_held() {
        let parent = tempfile::tempdir().unwrap();
        let scratch = ScratchFolder::make(parent.path()).unwrap();
        let left = parent.path().join("inward-left");
        std::fs::create_dir(&left).unwrap();
        assert!(is_open(scratch.path()) && !is_open(&left));
    }
}
