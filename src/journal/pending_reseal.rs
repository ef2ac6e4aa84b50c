//! A change of keys that has started, noted on disk so that it can continue.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk::{Disk, DiskError, Folder};
use crate::entry::RevisionId;
use crate::error::Result;
use crate::home_place::HomePlace;

use super::scan::ScannedFile;
use super::{Journal, JournalError, name};

const NOTE: &str = "resealing.json";

/// The action of `key` that changes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyChangeKind {
    Add,
    Remove,
    Rotate,
    /// Also any word of another version: what its note lists is encrypted again.
    #[serde(other)]
    Reseal,
}

/// A change of keys that has started: to whom everything is to be sealed, and the files
/// that aren't yet. It contains days and public keys, no secret. It's kept beside the
/// list of recipients, which the change may replace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingReseal {
    pub of: KeyChangeKind,
    /// The journal's place, as this device remembers it.
    pub journal: String,
    /// The text of the list of recipients, before and after the change.
    pub before: String,
    pub recipients: String,
    pub(super) files: BTreeSet<String>,
}

impl PendingReseal {
    /// A change that is about everything in the journal now.
    pub fn new(
        of: KeyChangeKind,
        journal: &Journal,
        before: String,
        after: String,
    ) -> Result<PendingReseal> {
        let files = journal.file_names()?;
        Ok(PendingReseal {
            of,
            journal: journal.home_place().text(),
            before,
            recipients: after,
            files,
        })
    }

    /// Reads what an earlier run has left to do, if anything.
    pub fn read(disk: &dyn Disk, config: &Path) -> Result<Option<PendingReseal>> {
        let path = config.join(NOTE);
        let Some(folder) = Folder::find(disk, config)? else { return Ok(None) };
        match folder.read_user_file(NOTE) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(DiskError::io("read", &path)(e)),
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|_| JournalError::BadNote { path }.into()),
        }
    }

    /// Writes it down; it must be on the disk before anything else is changed.
    pub fn write(&self, disk: &dyn Disk, config: &Path) -> Result<()> {
        let failed = |e: io::Error| DiskError::io("write", &config.join(NOTE))(e);
        let text = serde_json::to_vec(self).map_err(|e| failed(e.into()))?;
        if Folder::open(disk, config)?.replace(NOTE, &text, |bytes| bytes == text)? {
            return Ok(());
        }
        Err(failed(io::Error::other("what was written doesn't read back")))
    }

    pub fn forget(disk: &dyn Disk, config: &Path) -> Result<()> {
        Folder::open(disk, config)?.remove(NOTE)
    }

    /// Checks that it's about this journal, and that the journal exists.
    pub fn check(&self, journal: &Journal) -> Result<()> {
        let root = journal.root().to_owned();
        if self.journal != journal.home_place().text() {
            let other = HomePlace::from_bytes(self.journal.as_bytes());
            let journal = other.path(journal.home.as_deref());
            return Err(JournalError::OtherJournal { journal }.into());
        }
        if !self.files.is_empty() && Folder::find(&*journal.disk, &root)?.is_none() {
            return Err(JournalError::Away { journal: root }.into());
        }
        Ok(())
    }

    pub(super) fn has(&self, file: &ScannedFile) -> bool {
        names_of(file).any(|name| self.files.contains(&*name))
    }

    /// The number of entries still to be sealed.
    pub fn count_left(&self, journal: &Journal) -> Result<usize> {
        let groups = journal.scan()?.groups;
        Ok(groups.iter().filter(|group| group.files.iter().any(|file| self.has(file))).count())
    }

    /// The revisions to be sealed.
    pub(super) fn revisions(&self) -> HashSet<RevisionId> {
        let names = self.files.iter().filter_map(|file| name::parse(file));
        names.map(|(name, _)| name.revision).collect()
    }
}

/// The names of a file's copies. A sync tool's part of a name may not be UTF-8.
pub(super) fn names_of(file: &ScannedFile) -> impl Iterator<Item = Cow<'_, str>> {
    file.paths.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy()))
}

impl Journal {
    fn file_names(&self) -> Result<BTreeSet<String>> {
        let groups = self.scan()?.groups;
        let files = groups.iter().flat_map(|group| &group.files);
        Ok(files.flat_map(names_of).map(Cow::into_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_the_word_of_its_action_and_may_have_that_of_another_version() {
        for word in ["add", "remove", "rotate", "reseal"] {
            let note = serde_json::json!({ "of": word, "journal": "", "before": "",
                                           "recipients": "", "files": [] });
            let pending: PendingReseal = serde_json::from_value(note.clone()).unwrap();
            assert_eq!(serde_json::to_value(&pending).unwrap(), note);
        }
        let other: KeyChangeKind = serde_json::from_value("exchange".into()).unwrap();
        assert_eq!(other, KeyChangeKind::Reseal);
    }
}
