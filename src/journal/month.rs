//! The journal's month folders. Each holds all there is to know about its entries.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Datelike, Days, Months as MonthSpan, NaiveDate};

use crate::disk::{DirItem, DiskError, FileKind, FileStamp, Folder};
use crate::error::{Result, plain};
use crate::query::Query;
use crate::seal::Damage;

use super::{Damaged, Journal, ReadOrder};

/// How often to list a folder that keeps changing.
const MOST_LISTINGS: usize = 10;
/// A stamp less than this old, in nanoseconds, may stay the same after another change:
/// the clock behind stamps ticks that slowly on some file systems.
pub const SETTLE_TIME: i64 = 2_000_000_000;

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The first day.
    first: NaiveDate,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month { first: day.with_day(1).unwrap_or(day) }
    }

    /// From the names of its folders: `2026`, `11`.
    fn from_names(year: &str, month: &str) -> Option<Month> {
        let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
        Some(Month { first })
    }

    /// From its name as it is displayed: `2026-11`.
    pub fn parse(name: &str) -> Option<Month> {
        let (year, month) = name.split_once('-')?;
        digits(year, 4)
            .zip(digits(month, 2))
            .and_then(|(year, month)| Month::from_names(year, month))
    }

    /// Its folder's path below the root: `2026/11`.
    pub fn place(self) -> String {
        format!("{:04}/{:02}", self.first.year(), self.first.month())
    }

    /// The next month; `None` at the end of the calendar.
    pub fn next(self) -> Option<Month> {
        self.first.checked_add_months(MonthSpan::new(1)).map(|first| Month { first })
    }

    fn last_day(self) -> NaiveDate {
        let last = self.next().and_then(|next| next.first.pred_opt());
        last.unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

fn digits(text: &str, count: usize) -> Option<&str> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// A month's folder, not yet opened.
#[derive(Clone)]
pub struct MonthFolder {
    pub month: Month,
    pub path: PathBuf,
    year: Arc<Folder>,
}

impl MonthFolder {
    pub fn open(&self) -> io::Result<Folder> {
        self.year.open_inner(self.path.file_name().unwrap_or(OsStr::new("")))
    }
}

/// The months of a journal, in order. Each year is listed when its turn comes.
pub struct Months<'q> {
    root: Option<Folder>,
    pub(super) query: &'q Query,
    order: ReadOrder,
    years: VecDeque<String>,
    months: VecDeque<MonthFolder>,
    /// Folders that couldn't be read.
    pub refused: Vec<Damaged>,
}

impl Journal {
    /// The months in which a query may match, and one more day to either side: with
    /// `day-ends`, half past midnight belongs to the evening before. A journal that
    /// doesn't exist yet has none.
    ///
    /// # Errors
    /// `NotAFolder` or `Io`, where the journal itself cannot be listed.
    pub fn months<'q>(&self, query: &'q Query, order: ReadOrder) -> Result<Months<'q>> {
        let root = Folder::find(&*self.disk, &self.root)?;
        let mut months = Months {
            root,
            query,
            order,
            years: VecDeque::new(),
            months: VecDeque::new(),
            refused: Vec::new(),
        };
        if let Some(root) = &months.root {
            let items = root.list().map_err(DiskError::io("list", &self.root))?;
            let years = months.date_folders(items, &self.root, 4);
            let may_match = |year: &String| months.may_match_year(year);
            months.years = years.into_iter().filter(may_match).collect();
        }
        Ok(months)
    }
}

impl Months<'_> {
    /// The folders named by `count` digits, in order. Links are reported, not followed.
    fn date_folders(&mut self, items: Vec<DirItem>, parent: &Path, count: usize) -> Vec<String> {
        let mut names = Vec::new();
        for DirItem { name, kind } in items {
            let Some(name) = name.to_str().and_then(|name| digits(name, count)) else { continue };
            match kind {
                FileKind::Folder => names.push(name.to_owned()),
                FileKind::Link | FileKind::File | FileKind::Other => {
                    self.refused.push(Damaged { path: parent.join(name), why: Damage::NotAFolder });
                }
            }
        }
        names.sort_unstable();
        if self.order == ReadOrder::NewestFirst {
            names.reverse();
        }
        names
    }

    fn may_match_year(&self, year: &str) -> bool {
        let bounds = Month::from_names(year, "01").zip(Month::from_names(year, "12"));
        bounds.is_some_and(|(first, last)| self.may_match(first, last))
    }

    pub(super) fn may_match(&self, first: Month, last: Month) -> bool {
        let from = first.first.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN);
        let to = last.last_day().checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        self.query.may_match_between(from, to)
    }

    /// Lists a year. One that can't be listed is reported, and hides no other.
    fn list_year(&mut self, name: &str) {
        let Some(root) = &self.root else { return };
        let path = root.path().join(name);
        let listing = root.open_inner(name.as_ref()).and_then(|year| Ok((year.list()?, year)));
        let (items, year) = match listing {
            Ok((items, year)) => (items, Arc::new(year)),
            Err(e) if e.kind() == ErrorKind::NotFound => return,
            Err(e) => {
                self.refused.push(Damaged { path, why: Damage::Unreadable { why: plain(&e) } });
                return;
            }
        };
        for month in self.date_folders(items, &path, 2) {
            let folder = path.join(&month);
            match Month::from_names(name, &month) {
                Some(month) if self.may_match(month, month) => {
                    self.months.push_back(MonthFolder { month, path: folder, year: year.clone() });
                }
                Some(_) => {}
                None => self.refused.push(Damaged { path: folder, why: Damage::NotAMonth }),
            }
        }
    }
}

impl Iterator for Months<'_> {
    type Item = MonthFolder;

    fn next(&mut self) -> Option<MonthFolder> {
        while self.months.is_empty() {
            let year = self.years.pop_front()?;
            self.list_year(&year);
        }
        self.months.pop_front()
    }
}

/// The names in a month's folder.
pub struct Listing {
    /// Sorted, so that the earliest day comes first.
    pub names: Vec<OsString>,
    /// The folder's stamp, the same before and after the listing.
    pub stamp: FileStamp,
    /// Would any later change of the folder show in its stamp?
    pub settled: bool,
}

/// Lists a folder until nothing changes meanwhile: an edit adds one file and removes
/// another, and a single listing could miss both. While the folder's stamp is too new to
/// rely on, two listings must agree. `now` is a moment before the call, in nanoseconds
/// since 1970.
pub fn list(folder: &Folder, now: i64) -> io::Result<Listing> {
    let mut before = folder.about()?.stamp;
    let mut earlier: Option<Vec<OsString>> = None;
    for _ in 0..MOST_LISTINGS {
        let mut names: Vec<OsString> = folder.list()?.into_iter().map(|item| item.name).collect();
        names.sort_unstable();
        let stamp = folder.about()?.stamp;
        let settled = stamp == before && stamp.is_older_than(SETTLE_TIME, now);
        let agree = stamp == before && earlier.as_ref() == Some(&names);
        if settled || agree {
            return Ok(Listing { names, stamp, settled });
        }
        (before, earlier) = (stamp, Some(names));
    }
    // It keeps changing. Take what either of two listings saw: a file that has gone
    // will be missed when it's opened.
    let mut names: Vec<OsString> = folder.list()?.into_iter().map(|item| item.name).collect();
    names.extend(earlier.unwrap_or_default());
    names.sort_unstable();
    names.dedup();
    Ok(Listing { names, stamp: before, settled: false })
}

/// The damage of a folder that couldn't be read; `None` if it doesn't exist.
pub fn folder_damage(path: &Path, error: &io::Error) -> Option<Damaged> {
    let why = match error.kind() {
        ErrorKind::NotFound => return None,
        // It's a link.
        ErrorKind::NotADirectory => Damage::NotAFile,
        _ => Damage::Unreadable { why: plain(error) },
    };
    Some(Damaged { path: path.to_owned(), why })
}

#[cfg(test)]
mod tests;
