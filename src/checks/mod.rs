//! The checks of `doctor` that open no entry: names, places and permissions in the
//! journal's folder and among the caches; packs that don't open; what a backup lacks; and
//! the sentences for what they find. Nothing is changed.

mod backup;
mod finding;
mod folder;
mod found_files;
mod journal_search;
mod packs;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub(crate) use backup::{BackupDifference, compare_backup};
pub use finding::Finding;
pub(crate) use folder::{is_in_transit, look_at_journal};
pub(crate) use found_files::FoundFiles;
pub(crate) use journal_search::{has_entries, journals_in};
pub(crate) use packs::{look_at_caches, look_at_packs};

/// Something found at a path.
pub struct Diagnosis {
    /// The path.
    pub path: PathBuf,
    /// The finding.
    pub what: Finding,
}

/// A finding if anyone but its owner has permissions for it.
pub fn others_may_read(path: &Path) -> Option<Finding> {
    let metadata = path.symlink_metadata().ok().filter(|metadata| !metadata.is_symlink())?;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(Finding::OthersMayRead { mode })
}
