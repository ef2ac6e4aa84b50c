//! What lies in the journal, by name alone: nothing is opened here.

use std::collections::BTreeMap;
use std::fs::{DirEntry, read_dir};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::entry::EntryId;
use crate::error::{Damage, Error, Result, plain};
use crate::seal::Label;

use super::{Damaged, Journal, name};

/// All that lies there of one entry.
pub struct Group {
    pub id: EntryId,
    pub files: Vec<File>,
}

/// One revision. A syncer may have made copies of it under other names.
pub struct File {
    pub label: Label,
    /// Our own name for it first.
    pub paths: Vec<PathBuf>,
    /// A syncer is still at work on it: it need not be whole.
    pub passing: bool,
}

pub struct Scan {
    pub groups: Vec<Group>,
    /// Folders that were not entered.
    pub refused: Vec<Damaged>,
}

impl Group {
    /// The latest day in its names.
    pub fn day(&self) -> NaiveDate {
        self.files.iter().map(|f| f.label.day).max().unwrap_or(NaiveDate::MIN)
    }
}

impl Journal {
    /// Does nothing lie there that has an entry's name?
    pub fn is_empty(&self) -> Result<bool> {
        self.scan().map(|scan| scan.groups.is_empty())
    }

    /// Every entry, its revisions gathered over all names.
    pub fn scan(&self) -> Result<Scan> {
        let mut found: BTreeMap<Label, Vec<(name::Kind, PathBuf)>> = BTreeMap::new();
        let mut refused = Vec::new();
        for year in self.folders(self.root(), 4, &mut refused)? {
            let months = self.folders(&year, 2, &mut refused);
            for month in or_refused(months, &year, &mut refused)? {
                for file in or_refused(list(&month), &month, &mut refused)? {
                    // A syncer's part of a name may be no text.
                    let file_name = file.file_name();
                    if let Some((label, kind)) = name::read(&file_name.to_string_lossy()) {
                        found.entry(label).or_default().push((kind, file.path()));
                    }
                }
            }
        }
        let mut groups: BTreeMap<EntryId, Vec<File>> = BTreeMap::new();
        for (label, mut paths) in found {
            paths.sort();
            let passing = paths.iter().all(|(kind, _)| *kind == name::Kind::Passing);
            let paths = paths.into_iter().map(|(_, path)| path).collect();
            groups.entry(label.id.clone()).or_default().push(File { label, paths, passing });
        }
        let groups = groups.into_iter().map(|(id, files)| Group { id, files }).collect();
        Ok(Scan { groups, refused })
    }

    /// Folders named by so many digits. Links are refused, not followed.
    fn folders(
        &self,
        of: &Path,
        digits: usize,
        refused: &mut Vec<Damaged>,
    ) -> Result<Vec<PathBuf>> {
        let mut folders = Vec::new();
        for entry in list(of)? {
            let name = entry.file_name();
            let dated =
                name.len() == digits && name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
            match entry.file_type() {
                Ok(kind) if dated && kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if dated && kind.is_symlink() => {
                    refused.push(Damaged { path: entry.path(), why: Damage::NotAFile });
                }
                _ => {}
            }
        }
        Ok(folders)
    }
}

/// One folder that cannot be read is reported, and hides no other.
fn or_refused<T>(
    listed: Result<Vec<T>>,
    path: &Path,
    refused: &mut Vec<Damaged>,
) -> Result<Vec<T>> {
    let Err(Error::Disk { source, .. }) = &listed else { return listed };
    let why = Damage::Unreadable { why: plain(source) };
    refused.push(Damaged { path: path.to_owned(), why });
    Ok(Vec::new())
}

/// A journal that is not there yet is an empty one.
fn list(folder: &Path) -> Result<Vec<DirEntry>> {
    let listed: io::Result<Vec<DirEntry>> = read_dir(folder).and_then(Iterator::collect);
    match listed {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) if e.kind() == ErrorKind::NotADirectory => {
            Err(Error::NotAFolder { path: folder.to_owned(), symlink: false })
        }
        listed => listed.map_err(Error::disk("list", folder)),
    }
}
