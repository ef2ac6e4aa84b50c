//! Lists what is in the journal by its file names; nothing is opened.

use std::collections::{BTreeMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::entry::EntryId;
use crate::error::Result;
use crate::query::Query;
use crate::seal::{AttachmentFileName, Damage, EntryFileName};
use crate::threads;

use super::month::{Month, MonthFolder, folder_damage, list};
use super::name::{self, NameKind};
use super::{Damaged, Journal, ReadOrder};

/// All files of one entry, which are in one folder.
#[derive(Clone)]
pub struct EntryFiles {
    pub id: EntryId,
    pub files: Vec<ScannedFile>,
}

/// The files of one revision: sync tools may have made copies under other names.
#[derive(Clone)]
pub struct ScannedFile {
    pub name: EntryFileName,
    /// Our own name for it first.
    pub paths: Vec<PathBuf>,
    /// A sync tool is still transferring it, so it may be incomplete.
    pub in_transit: bool,
}

/// The entries of one month, or of all of them.
#[derive(Default)]
pub struct Scan {
    /// By month, then by id.
    pub groups: Vec<EntryFiles>,
    /// The files of attachments, each with all of its names, our own first.
    pub attachments: BTreeMap<AttachmentFileName, Vec<PathBuf>>,
    /// Folders that couldn't be read, and files in the wrong folder.
    pub refused: Vec<Damaged>,
}

impl EntryFiles {
    /// The latest day in its names.
    pub fn day(&self) -> NaiveDate {
        self.files.iter().map(|f| f.name.day).max().unwrap_or(NaiveDate::MIN)
    }
}

impl Scan {
    /// Gathers a month's file names into entries.
    pub fn of(month: Month, folder: &Path, names: &[OsString]) -> Scan {
        let mut files: BTreeMap<(EntryId, EntryFileName), Vec<(NameKind, PathBuf)>> =
            BTreeMap::new();
        let mut scan = Scan::default();
        for file_name in names {
            let Some((name, kind)) = name::parse(&file_name.to_string_lossy()) else {
                scan.add_attachment(month, folder, file_name);
                continue;
            };
            let path = folder.join(file_name);
            if Month::of(name.day) == month {
                files.entry((name.id.clone(), name)).or_default().push((kind, path));
            } else if kind != NameKind::InTransit {
                let why = Damage::WrongFolder { place: Journal::place(&name) };
                scan.refused.push(Damaged { path, why });
            }
        }
        // Our own name for an attachment's file is the shortest.
        let shortest_first = |path: &PathBuf| (path.as_os_str().len(), path.clone());
        scan.attachments.values_mut().for_each(|paths| paths.sort_by_key(shortest_first));
        for ((id, name), mut paths) in files {
            paths.sort();
            let in_transit = paths.iter().all(|(kind, _)| *kind == NameKind::InTransit);
            let paths = paths.into_iter().map(|(_, path)| path).collect();
            let file = ScannedFile { name, paths, in_transit };
            match scan.groups.last_mut().filter(|group| group.id == id) {
                Some(group) => group.files.push(file),
                None => scan.groups.push(EntryFiles { id, files: vec![file] }),
            }
        }
        scan
    }

    fn add_attachment(&mut self, month: Month, folder: &Path, file_name: &OsStr) {
        let parsed = name::parse_attachment(&file_name.to_string_lossy());
        let Some((name, kind)) = parsed else { return };
        let path = folder.join(file_name);
        match (Month::of(name.day) == month, kind) {
            (_, NameKind::InTransit) => {}
            (true, _) => self.attachments.entry(name).or_default().push(path),
            (false, _) => {
                let why = Damage::WrongFolder { place: Journal::attachment_place(&name) };
                self.refused.push(Damaged { path, why });
            }
        }
    }
}

impl Journal {
    /// Is there no file that may be an entry's, in any folder?
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn is_empty(&self) -> Result<bool> {
        let query = Query::everything();
        let mut months = self.months(&query, ReadOrder::NewestFirst)?;
        let is_empty = |scan: Scan| scan.groups.is_empty() && scan.refused.is_empty();
        let all_empty = months.all(|month| is_empty(scan_month(&month, &|_| true)));
        Ok(all_empty && months.refused.is_empty())
    }

    /// Every entry, its revisions gathered from the names in its month's folder.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn scan(&self) -> Result<Scan> {
        self.scan_where(&|_| true)
    }

    /// Entries whose ids begin with this prefix.
    pub(super) fn scan_prefix(&self, prefix: &str) -> Result<Scan> {
        let has_prefix = |name: &str| name::parts(name).is_some_and(|it| it.id.starts_with(prefix));
        self.scan_where(&has_prefix)
    }

    fn scan_where(&self, is_wanted: &(dyn Fn(&str) -> bool + Sync)) -> Result<Scan> {
        let query = Query::everything();
        let mut months = self.months(&query, ReadOrder::OldestFirst)?;
        let folders: Vec<MonthFolder> = months.by_ref().collect();
        let scan = |month| scan_month(month, is_wanted);
        threads::start();
        let scans: Vec<Scan> = folders.par_iter().map(scan).collect();
        let mut total = Scan { refused: months.refused, ..Scan::default() };
        for scan in scans {
            total.groups.extend(scan.groups);
            total.attachments.extend(scan.attachments);
            total.refused.extend(scan.refused);
        }
        Ok(total)
    }

    /// The number of entries of a day, by their files' names. Deleted ones count.
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

    /// Is there a file of any revision of this entry, as far as can be listed? An id never
    /// leaves its month.
    pub fn has_entry(&self, name: &EntryFileName) -> bool {
        let query = Query { from: Some(name.day), to: Some(name.day), ..Query::everything() };
        let is_of_entry =
            |file: &str| name::parts(file).is_some_and(|it| it.id == name.id.as_str());
        let has_file = |month| !scan_month(&month, &is_of_entry).groups.is_empty();
        self.months(&query, ReadOrder::NewestFirst).is_ok_and(|mut months| months.any(has_file))
    }

    /// The ids of all entries.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn ids(&self) -> Result<HashSet<EntryId>> {
        Ok(self.scan()?.groups.into_iter().map(|group| group.id).collect())
    }
}

pub(super) fn scan_month(place: &MonthFolder, is_wanted: &dyn Fn(&str) -> bool) -> Scan {
    // By a clock at `i64::MIN` every stamp is too new, so `list` compares two listings.
    match place.open().and_then(|folder| list(&folder, i64::MIN)) {
        Ok(listing) => {
            let mut names = listing.names;
            names.retain(|name| is_wanted(&name.to_string_lossy()));
            Scan::of(place.month, &place.path, &names)
        }
        Err(e) => {
            let refused = folder_damage(&place.path, &e).into_iter().collect();
            Scan { refused, ..Scan::default() }
        }
    }
}
