//! What the files are called, month by month. A folder tells when it last
//! changed, so one that did not is not listed twice.

use std::cell::Cell;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{DirEntry, read_dir};
use std::io::{self, ErrorKind};
use std::mem::replace;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;
use rustix::fs::Stat;

use crate::disk::DiskError;
use crate::disk::Folder;
use crate::error::{Result, plain};
use crate::seal::Damage;

use super::Damaged;
use super::name::{self, Parts};

/// How often folders are listed that change again and again.
const MOST: usize = 10;

/// How a file or a folder was at a moment: another one of these, and it may be
/// another one of those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    pub inode: u64,
    pub size: u64,
    /// In nanoseconds, as the file system tells them.
    pub modified: i128,
    pub changed: i128,
}

impl Stamp {
    #[allow(clippy::unnecessary_cast, reason = "their types are each system's own")]
    pub fn of(about: &Stat) -> Stamp {
        let nanos = |seconds: i128, rest: i128| seconds * 1_000_000_000 + rest;
        Stamp {
            inode: about.st_ino as u64,
            size: about.st_size as u64,
            modified: nanos(about.st_mtime as i128, about.st_mtime_nsec as i128),
            changed: nanos(about.st_ctime as i128, about.st_ctime_nsec as i128),
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {} {} {}", self.inode, self.size, self.modified, self.changed)
    }
}

impl Stamp {
    /// The next four words, as they are written.
    pub fn read<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Stamp> {
        fn number<'a, T: std::str::FromStr>(
            words: &mut impl Iterator<Item = &'a str>,
        ) -> Option<T> {
            words.next()?.parse().ok()
        }
        let (inode, size) = (number(words)?, number(words)?);
        Some(Stamp { inode, size, modified: number(words)?, changed: number(words)? })
    }
}

/// Are the names in this folder of no interest while it is so? And may they be
/// of none, where nobody has looked at it yet?
pub type Needless<'n> = &'n dyn Fn(&Path, Option<Stamp>) -> bool;

/// A month's folder.
pub struct Month {
    pub path: PathBuf,
    /// How it was just before it was listed.
    pub stamp: Option<Stamp>,
    /// Was it listed twice alike? A stamp may be too coarse to tell of a change
    /// that came in the same moment.
    pub settled: bool,
    /// What lies in it, a name a line, in order.
    pub names: String,
    /// Names that are no text, or no line: as they read, and as they are.
    pub odd: Vec<(String, OsString)>,
}

/// Every name in the journal.
pub struct Names {
    /// The latest month first.
    pub months: Vec<Month>,
    /// Folders that were not entered.
    pub refused: Vec<Damaged>,
    /// How many folders had to be listed.
    pub listed: usize,
}

/// A file that has an entry's name.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    pub parts: Parts<'a>,
    pub month: &'a Month,
    file: &'a OsStr,
}

impl<'a> Name<'a> {
    /// The file's own name, as text.
    pub fn file(&self) -> &'a str {
        self.file.to_str().unwrap_or_default()
    }

    pub fn path(&self) -> PathBuf {
        self.month.path.join(self.file)
    }
}

impl Names {
    /// Lists a journal, but for the months that are known and did not change.
    /// An edit takes one file away and puts another elsewhere; so that neither
    /// is missed, folders are looked at again until none has changed meanwhile.
    pub fn list(root: &Path, known: Vec<Month>) -> Result<Names> {
        Names::list_but(root, known, &|_, _| false)
    }

    /// The same without the months that are not needed as long as they are as they
    /// were.
    pub fn list_but(root: &Path, known: Vec<Month>, needless: Needless) -> Result<Names> {
        let mut known = by_path(known);
        let (mut listed, mut tries) = (0, 0);
        loop {
            tries += 1;
            let mut names = Names { months: Vec::new(), refused: Vec::new(), listed };
            // An entry that went from a month that is listed was put elsewhere before
            // that: whether the others are as they were is looked at afterwards.
            let passed_over = Cell::new(false);
            let pass_over = |path: &Path| {
                let pass_over = tries == 1 && needless(path, None);
                passed_over.set(passed_over.get() || pass_over);
                pass_over
            };
            let months = months(root, &mut names.refused, &pass_over)?;
            let mut settled = !passed_over.get();
            let mut wanted = Vec::new();
            for (path, stamp) in months {
                match known.remove(path.as_os_str()) {
                    None if stamp.is_some() && needless(&path, stamp) => {}
                    Some(month) if month.is_as_it_was(stamp) => names.months.push(month),
                    before => wanted.push((path, stamp, before)),
                }
            }
            for (listed, path, before) in list_months(wanted) {
                settled &= names.take_in(listed, &path, before)?;
            }
            if settled || tries == MOST {
                names.months.sort_by(|a, b| b.path.as_os_str().cmp(a.path.as_os_str()));
                return Ok(names);
            }
            listed = names.listed;
            known = by_path(names.months);
        }
    }

    /// One that cannot be listed is reported, and not known as an empty one.
    /// Says whether that settles it.
    fn take_in(
        &mut self,
        listed: Result<Month>,
        path: &Path,
        before: Option<Month>,
    ) -> Result<bool> {
        let listed = or_refused(listed.map(|month| vec![month]), path, &mut self.refused)?.pop();
        let Some(mut month) = listed else { return Ok(true) };
        // Listing it a second time, to be sure, is no news.
        self.listed += usize::from(before.as_ref().is_none_or(|before| before.settled));
        month.settled = before.is_some_and(|before| before.is_alike(&month));
        let settled = month.settled;
        self.months.push(month);
        Ok(settled)
    }

    /// Every file that has an entry's name, in no order.
    pub fn iter(&self) -> impl Iterator<Item = Name<'_>> {
        self.months.iter().flat_map(Month::iter)
    }
}

/// Lists folders, of many some at a time; each with what was known of it.
#[allow(clippy::type_complexity, reason = "it is spelt out once, here")]
fn list_months(
    wanted: Vec<(PathBuf, Option<Stamp>, Option<Month>)>,
) -> Vec<(Result<Month>, PathBuf, Option<Month>)> {
    // Fewer are listed sooner than the cores are called together.
    const MANY: usize = 24;
    let list_one = |(path, stamp, before): (PathBuf, Option<Stamp>, Option<Month>)| {
        let month = list(&path).map(|files| Month::of(path.clone(), stamp, files));
        (month, path, before)
    };
    match wanted.len() < MANY {
        true => wanted.into_iter().map(list_one).collect(),
        false => wanted.into_par_iter().map(list_one).collect(),
    }
}

fn by_path(months: Vec<Month>) -> HashMap<OsString, Month> {
    months.into_iter().map(|month| (month.path.clone().into_os_string(), month)).collect()
}

impl Month {
    fn is_as_it_was(&self, stamp: Option<Stamp>) -> bool {
        self.settled && stamp.is_some() && self.stamp == stamp
    }

    fn is_alike(&self, other: &Month) -> bool {
        self.stamp == other.stamp && self.names == other.names && self.odd == other.odd
    }

    fn of(path: PathBuf, stamp: Option<Stamp>, files: Vec<DirEntry>) -> Month {
        let mut month =
            Month { path, stamp, settled: false, names: String::new(), odd: Vec::new() };
        let mut names: Vec<OsString> = files.into_iter().map(|file| file.file_name()).collect();
        // The earliest day first; no folder keeps them so.
        names.sort_unstable();
        for name in names {
            match name.to_str().filter(|name| !name.contains('\n')) {
                Some(name) => {
                    month.names.push_str(name);
                    month.names.push('\n');
                }
                None => month.odd.push((name.to_string_lossy().into_owned(), name)),
            }
        }
        month
    }

    pub fn iter(&self) -> impl Iterator<Item = Name<'_>> {
        self.iter_where(|_| true)
    }

    /// The same, but for names of which a glance tells that they do not matter.
    pub fn iter_where(&self, may_matter: impl Fn(&str) -> bool) -> impl Iterator<Item = Name<'_>> {
        let ends = memchr::memchr_iter(b'\n', self.names.as_bytes());
        let plain = ends.scan(0, |begin, end| Some(&self.names[replace(begin, end + 1)..end]));
        let plain = plain.filter(move |name| may_matter(name)).map(|name| (name, OsStr::new(name)));
        let odd = self.odd.iter().map(|(name, file)| (name.as_str(), file.as_os_str()));
        plain
            .chain(odd)
            .filter_map(|(name, file)| Some(Name { parts: name::parts(name)?, month: self, file }))
    }

    /// Of the month, as its folder is called.
    pub fn first_day(&self) -> Option<NaiveDate> {
        let month = self.path.file_name()?.to_str()?.parse().ok()?;
        let year = self.path.parent()?.file_name()?.to_str()?.parse().ok()?;
        NaiveDate::from_ymd_opt(year, month, 1)
    }
}

/// Each with how it is, just before it may be listed.
fn months(
    root: &Path,
    refused: &mut Vec<Damaged>,
    pass_over: &dyn Fn(&Path) -> bool,
) -> Result<Vec<(PathBuf, Option<Stamp>)>> {
    let mut months = Vec::new();
    for year in folders(list(root)?, 4, refused) {
        let listed = or_refused(list(&year), &year, refused)?;
        let folder = Folder::open(&year).ok();
        let about = |path: &Path| folder.as_ref()?.about(path.file_name()?);
        let folders = folders(listed, 2, refused).into_iter().filter(|path| !pass_over(path));
        let with_stamp = |path: PathBuf| {
            let stamp = about(&path).map(|about| Stamp::of(&about));
            (path, stamp)
        };
        months.extend(folders.map(with_stamp));
    }
    Ok(months)
}

/// Folders named by so many digits. Links are refused, not followed.
fn folders(entries: Vec<DirEntry>, digits: usize, refused: &mut Vec<Damaged>) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for entry in entries {
        let name = entry.file_name();
        let dated = name.len() == digits && name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
        match entry.file_type() {
            Ok(kind) if dated && kind.is_dir() => folders.push(entry.path()),
            Ok(kind) if dated && kind.is_symlink() => {
                refused.push(Damaged { path: entry.path(), why: Damage::NotAFile });
            }
            Err(e) if dated => {
                let why = Damage::Unreadable { why: plain(&e) };
                refused.push(Damaged { path: entry.path(), why });
            }
            _ => {}
        }
    }
    folders
}

/// One folder that cannot be read is reported, and hides no other.
fn or_refused<T>(
    listed: Result<Vec<T>>,
    path: &Path,
    refused: &mut Vec<Damaged>,
) -> Result<Vec<T>> {
    let failed = listed.as_ref().err().and_then(|e| e.of());
    let Some(DiskError::Io { source, .. }) = failed else { return listed };
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
            Err(DiskError::NotAFolder { path: folder.to_owned(), symlink: false }.into())
        }
        listed => listed.map_err(DiskError::io("list", folder)),
    }
}
