//! What is in the journal, by name alone: nothing is opened here.

use std::collections::{BTreeMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::entry::EntryId;
use crate::error::Result;
use crate::query::Query;
use crate::seal::Damage;
use crate::seal::{AttachmentFileName, EntryFileName};
use crate::threads;

use super::month::{Month, MonthFolder, list, unread};
use super::name::{self, NameKind};
use super::{Damaged, Journal, ReadOrder};

/// All files of one entry, which are in one folder.
pub struct EntryFiles {
    pub id: EntryId,
    pub files: Vec<ScannedFile>,
}

/// One revision. A syncer may have made copies of it under other names.
pub struct ScannedFile {
    pub label: EntryFileName,
    /// Our own name for it first.
    pub paths: Vec<PathBuf>,
    /// A syncer is still at work on it: it need not be whole.
    pub passing: bool,
}

/// The entries of one month, or of all of them.
#[derive(Default)]
pub struct Scan {
    /// By month, then by id.
    pub groups: Vec<EntryFiles>,
    /// Files attached to entries, each under all of its names, our own first.
    pub attachments: BTreeMap<AttachmentFileName, Vec<PathBuf>>,
    /// Folders that were not entered, and files that are in the wrong one.
    pub refused: Vec<Damaged>,
}

impl EntryFiles {
    /// The latest day in its names.
    pub fn day(&self) -> NaiveDate {
        self.files.iter().map(|f| f.label.day).max().unwrap_or(NaiveDate::MIN)
    }
}

impl Scan {
    /// Gathers a month's file names into entries.
    pub fn of(month: Month, folder: &Path, names: &[OsString]) -> Scan {
        let mut files: BTreeMap<(EntryId, EntryFileName), Vec<(NameKind, PathBuf)>> =
            BTreeMap::new();
        let mut scan = Scan::default();
        for name in names {
            let Some((label, kind)) = name::read(&name.to_string_lossy()) else {
                scan.take_attachment(month, folder, name);
                continue;
            };
            let path = folder.join(name);
            if Month::of(label.day) == month {
                files.entry((label.id.clone(), label)).or_default().push((kind, path));
            } else if kind != NameKind::Passing {
                let why = Damage::WrongFolder { place: Journal::place(&label) };
                scan.refused.push(Damaged { path, why });
            }
        }
        scan.attachments.values_mut().for_each(|paths| paths.sort_by_key(|path| sort_key(path)));
        for ((id, label), mut paths) in files {
            paths.sort();
            let passing = paths.iter().all(|(kind, _)| *kind == NameKind::Passing);
            let paths = paths.into_iter().map(|(_, path)| path).collect();
            let file = ScannedFile { label, paths, passing };
            match scan.groups.last_mut().filter(|group| group.id == id) {
                Some(group) => group.files.push(file),
                None => scan.groups.push(EntryFiles { id, files: vec![file] }),
            }
        }
        scan
    }

    fn take_attachment(&mut self, month: Month, folder: &Path, name: &OsStr) {
        let Some((label, kind)) = name::read_attachment(&name.to_string_lossy()) else { return };
        let path = folder.join(name);
        match (Month::of(label.day) == month, kind) {
            (_, NameKind::Passing) => {}
            (true, _) => self.attachments.entry(label).or_default().push(path),
            (false, _) => {
                let why = Damage::WrongFolder { place: Journal::attachment_place(&label) };
                self.refused.push(Damaged { path, why });
            }
        }
    }
}

/// Our own name for an attachment's file is the shortest.
fn sort_key(path: &Path) -> (usize, PathBuf) {
    (path.as_os_str().len(), path.to_owned())
}

impl Journal {
    /// Is there no file in it that may be an entry's, wherever it is?
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn is_empty(&self) -> Result<bool> {
        let everything = Query::everything();
        let mut months = self.months(&everything, ReadOrder::NewestFirst)?;
        let is_empty = |scan: Scan| scan.groups.is_empty() && scan.refused.is_empty();
        let all = months.all(|month| is_empty(scan_month(&month, &|_| true)));
        Ok(all && months.refused.is_empty())
    }

    /// Every entry, its revisions gathered from the names in its month's folder.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn scan(&self) -> Result<Scan> {
        self.scan_where(&|_| true)
    }

    /// The entries whose ids begin so.
    pub(super) fn scan_prefix(&self, prefix: &str) -> Result<Scan> {
        let begins_so = |name: &str| name::parts(name).is_some_and(|it| it.id.starts_with(prefix));
        self.scan_where(&begins_so)
    }

    fn scan_where(&self, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Result<Scan> {
        let everything = Query::everything();
        let mut months = self.months(&everything, ReadOrder::OldestFirst)?;
        let folders: Vec<MonthFolder> = months.by_ref().collect();
        let scan = |month| scan_month(month, wanted);
        threads::start();
        let scans: Vec<Scan> = folders.par_iter().map(scan).collect();
        let mut all = Scan { refused: months.refused, ..Scan::default() };
        for scan in scans {
            all.groups.extend(scan.groups);
            all.attachments.extend(scan.attachments);
            all.refused.extend(scan.refused);
        }
        Ok(all)
    }

    /// How many entries there are of a day by the names of their files. What was deleted
    /// since still has one.
    ///
    /// # Errors
    /// A journal that cannot be listed.
    pub fn count_on(&self, day: NaiveDate) -> Result<usize> {
        let query = Query { from: Some(day), to: Some(day), ..Query::everything() };
        let months = self.months(&query, ReadOrder::NewestFirst)?;
        let of_day = |month| {
            let groups = scan_month(&month, &|_| true).groups;
            groups.into_iter().filter(|group| group.day() == day).count()
        };
        Ok(months.map(of_day).sum())
    }

    /// The ids of all entries.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn ids(&self) -> Result<HashSet<EntryId>> {
        Ok(self.scan()?.groups.into_iter().map(|group| group.id).collect())
    }
}

fn scan_month(place: &MonthFolder, wanted: &dyn Fn(&str) -> bool) -> Scan {
    // Listed twice, whatever its stamp says.
    match place.open().and_then(|folder| list(&folder, i64::MIN)) {
        Ok(listing) => {
            let mut names = listing.names;
            names.retain(|name| wanted(&name.to_string_lossy()));
            Scan::of(place.month, &place.path, &names)
        }
        Err(e) => {
            let refused = unread(&place.path, &e).into_iter().collect();
            Scan { refused, ..Scan::default() }
        }
    }
}
