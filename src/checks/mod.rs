//! What `doctor` looks at without opening an entry: names, places and permissions in
//! the journal's folder and among the caches; and the words for what it finds.
//! Nothing is changed.

mod backup;
mod finding;
mod folder;
mod packs;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub(crate) use backup::{BackupDifference, compare_backup};
pub use finding::Finding;
pub(crate) use folder::look_at_journal;
pub(crate) use packs::{look_at_caches, look_at_packs};

/// Something found at a place.
pub struct Diagnosis {
    /// What it was found at.
    pub path: PathBuf,
    /// What was found.
    pub what: Finding,
}

/// Anything that somebody else than its owner may do with it.
pub fn others_may_read(path: &Path) -> Option<Finding> {
    let about = path.symlink_metadata().ok().filter(|about| !about.is_symlink())?;
    let mode = about.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(Finding::OthersMayRead { mode })
}
