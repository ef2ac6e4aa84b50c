//! The files of the journal's folder, as a sync sees them: which are intact, and their
//! bytes for a commit.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::PathBuf;

use crate::journal::{Damaged, Journal, JournalFile, ScannedFile, check_attachment};
use crate::seal::{Damage, Identity, Sealed};

use super::commit::Changes;

/// By name.
pub type Files = BTreeMap<JournalFile, FolderFile>;

/// A file with all of its names, our own first.
pub enum FolderFile {
    Entry(ScannedFile),
    Attachment(Vec<PathBuf>),
}

/// Bytes that are to go into a commit.
pub enum FileBytes {
    Entry(Sealed),
    Attachment { bytes: Box<dyn Read + Send>, length: u64 },
}

impl FolderFile {
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            FolderFile::Entry(file) => &file.paths,
            FolderFile::Attachment(paths) => paths,
        }
    }

    /// Is a sync tool still transferring it?
    pub fn is_in_transit(&self) -> bool {
        match self {
            FolderFile::Entry(file) => file.in_transit,
            FolderFile::Attachment(_) => false,
        }
    }

    /// Checks that one of its copies is intact, as far as that can be judged.
    ///
    /// # Errors
    /// The damage of the first copy.
    pub fn check(
        &self,
        journal: &Journal,
        identity: Option<&Identity>,
    ) -> std::result::Result<(), Damaged> {
        match self {
            FolderFile::Entry(file) => journal.first_intact(file, identity).map(drop),
            FolderFile::Attachment(paths) => {
                first_intact_attachment(journal, paths, identity).map(drop)
            }
        }
    }

    /// The bytes of the first intact copy.
    ///
    /// # Errors
    /// As [`FolderFile::check`].
    pub fn open(
        &self,
        journal: &Journal,
        identity: Option<&Identity>,
    ) -> std::result::Result<FileBytes, Damaged> {
        match self {
            FolderFile::Entry(file) => journal.first_intact(file, identity).map(FileBytes::Entry),
            FolderFile::Attachment(paths) => {
                let path = first_intact_attachment(journal, paths, identity)?;
                let file = journal.open_sealed(&path);
                let (bytes, length) = file.map_err(|why| Damaged { path, why })?;
                Ok(FileBytes::Attachment { bytes, length })
            }
        }
    }
}

/// Tries an attachment's copies in order, and returns the first that is complete.
fn first_intact_attachment(
    journal: &Journal,
    paths: &[PathBuf],
    identity: Option<&Identity>,
) -> std::result::Result<PathBuf, Damaged> {
    let mut first_damage = None;
    for path in paths {
        let file = journal.open_sealed(path);
        match file.and_then(|(bytes, length)| check_attachment(bytes, length, identity)) {
            Ok(()) => return Ok(path.clone()),
            Err(why) => {
                first_damage.get_or_insert(Damaged { path: path.clone(), why });
            }
        }
    }
    Err(first_damage.unwrap_or(Damaged { path: PathBuf::new(), why: Damage::Gone }))
}

impl FileBytes {
    pub fn add_to(self, changes: &mut Changes, path: &[u8]) -> io::Result<()> {
        match self {
            FileBytes::Entry(sealed) => changes.add(path, sealed.bytes()),
            FileBytes::Attachment { mut bytes, length } => {
                changes.add_stream(path, length, &mut *bytes)
            }
        }
    }
}

/// A reader of exactly `length` bytes; an earlier end is an error.
pub struct ExactReader<R> {
    inner: R,
    left: u64,
}

impl<R: Read> ExactReader<R> {
    pub fn new(inner: R, length: u64) -> ExactReader<R> {
        ExactReader { inner, left: length }
    }

    /// Was all of it read?
    pub fn is_done(&self) -> bool {
        self.left == 0
    }
}

impl<R: Read> Read for ExactReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let limit = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.inner.read(&mut buffer[..limit])?;
        if count == 0 && limit > 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ended in the middle"));
        }
        self.left -= count as u64;
        Ok(count)
    }
}

#[cfg(test)]
pub(super) mod tests;
