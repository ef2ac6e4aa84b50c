//! Months: the journal's folders, one a month, each of which stands alone. What
//! is in one says all there is to know of its entries.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Datelike, Days, Months as MonthSpan, NaiveDate};

use crate::disk::DiskError;
use crate::disk::{DirItem, FileKind, FileStamp, Folder};
use crate::error::{Result, plain};
use crate::query::Query;
use crate::seal::Damage;

use super::{Damaged, Journal, ReadOrder};

/// How often a folder is listed that changes again and again.
const MOST_LISTINGS: usize = 10;
/// What changed less than this ago, in nanoseconds, may change again within one tick
/// of the clock that stamps it.
pub const RIPE: i64 = 2_000_000_000;

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Its first day.
    first: NaiveDate,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month { first: day.with_day(1).unwrap_or(day) }
    }

    /// From the names of its year's folder and its own: `2026`, `11`.
    fn named(year: &str, month: &str) -> Option<Month> {
        let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
        Some(Month { first })
    }

    /// From its name as it is displayed: `2026-11`.
    pub fn parse(name: &str) -> Option<Month> {
        let (year, month) = name.split_once('-')?;
        digits(year, 4).zip(digits(month, 2)).and_then(|(year, month)| Month::named(year, month))
    }

    /// Its folder's place below the journal: `2026/11`.
    pub fn place(self) -> String {
        self.first.format("%Y/%m").to_string()
    }

    /// The month after it; none at the end of the calendar.
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

/// The place of a month's folder.
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

/// The months of a journal in order. A year is listed when it is come to.
pub struct Months<'q> {
    root: Option<Folder>,
    query: &'q Query,
    order: ReadOrder,
    years: VecDeque<String>,
    months: VecDeque<MonthFolder>,
    /// Folders that were not entered.
    pub refused: Vec<Damaged>,
}

impl Journal {
    /// The months in which a query may find something, and those a day to either
    /// side: with `day-ends`, what was kept at half past midnight is of the evening
    /// before. A journal that is not there yet has none.
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
            let years = months.dated(items, &self.root, 4);
            let may_match = |year: &String| months.may_match_year(year);
            months.years = years.into_iter().filter(may_match).collect();
        }
        Ok(months)
    }
}

impl Months<'_> {
    /// The folders of so many digits, in order. Links are refused, not followed.
    fn dated(&mut self, items: Vec<DirItem>, parent: &Path, count: usize) -> Vec<String> {
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
        let ends = Month::named(year, "01").zip(Month::named(year, "12"));
        ends.is_some_and(|(first, last)| self.may_match(first, last))
    }

    pub(super) fn may_match(&self, first: Month, last: Month) -> bool {
        let from = first.first.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN);
        let to = last.last_day().checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        self.query.may_match_between(from, to)
    }

    /// One year that cannot be listed is reported, and hides no other.
    fn list_year(&mut self, name: &str) -> Option<()> {
        let root = self.root.as_ref()?;
        let path = root.path().join(name);
        let listed = root.open_inner(name.as_ref()).and_then(|year| Ok((year.list()?, year)));
        let (items, year) = match listed {
            Ok((items, year)) => (items, Arc::new(year)),
            Err(e) if e.kind() == ErrorKind::NotFound => return None,
            Err(e) => {
                self.refused.push(Damaged { path, why: Damage::Unreadable { why: plain(&e) } });
                return None;
            }
        };
        for month in self.dated(items, &path, 2) {
            let (folder, year) = (path.join(&month), year.clone());
            match Month::named(name, &month) {
                Some(month) if self.may_match(month, month) => {
                    self.months.push_back(MonthFolder { month, path: folder, year });
                }
                Some(_) => {}
                None => self.refused.push(Damaged { path: folder, why: Damage::NotAMonth }),
            }
        }
        Some(())
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

/// What is in a month's folder.
pub struct Listing {
    /// In order, so that the earliest day comes first.
    pub names: Vec<OsString>,
    /// The folder's, before it was listed and after.
    pub stamp: FileStamp,
    /// Would the stamp be another one if the folder had changed since?
    pub settled: bool,
}

/// Lists a folder until nothing changed meanwhile: an edit puts one file there and
/// takes another away, and a listing in between could miss both. Where the
/// folder's stamp is too young to tell (`now` is a moment before this, in
/// nanoseconds since 1970), two listings must agree.
pub fn list(folder: &Folder, now: i64) -> io::Result<Listing> {
    let mut before = folder.about()?.stamp;
    let mut earlier: Option<Vec<OsString>> = None;
    for _ in 0..MOST_LISTINGS {
        let mut names: Vec<OsString> = folder.list()?.into_iter().map(|item| item.name).collect();
        names.sort_unstable();
        let stamp = folder.about()?.stamp;
        let settled = stamp == before && stamp.is_older_than(RIPE, now);
        let agreed = stamp == before && earlier.as_ref() == Some(&names);
        if settled || agreed {
            return Ok(Listing { names, stamp, settled });
        }
        (before, earlier) = (stamp, Some(names));
    }
    // It never rests. What either of two listings saw may be there: a file that is
    // not is missed when it is opened.
    let mut names: Vec<OsString> = folder.list()?.into_iter().map(|item| item.name).collect();
    names.extend(earlier.unwrap_or_default());
    names.sort_unstable();
    names.dedup();
    Ok(Listing { names, stamp: before, settled: false })
}

/// What stopped a folder from being read, as damage; nothing where it is gone.
pub fn unread(path: &Path, error: &io::Error) -> Option<Damaged> {
    let why = match error.kind() {
        ErrorKind::NotFound => return None,
        // A link is in its place.
        ErrorKind::NotADirectory => Damage::NotAFile,
        _ => Damage::Unreadable { why: plain(error) },
    };
    Some(Damaged { path: path.to_owned(), why })
}
