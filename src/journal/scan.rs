//! What lies in the journal, by name alone: nothing is opened here.

use std::collections::HashSet;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::entry::EntryId;
use crate::error::Result;
use crate::seal::Label;

use super::name::Kind;
use super::names::{Name, Names};
use super::{Damaged, Journal};

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

    /// What lies there of an entry under these names, which stand in order.
    pub fn of(names: &[Name]) -> Option<Group> {
        let id = names.first()?.parts.id.parse().ok()?;
        let of_one_revision = |a: &Name, b: &Name| place(a) == place(b);
        let files = names.chunk_by(of_one_revision).filter_map(|names| {
            let passing = names.iter().all(|name| name.parts.kind == Kind::Passing);
            let paths = names.iter().map(Name::path).collect();
            Some(File { label: names[0].parts.label()?, paths, passing })
        });
        Some(Group { id, files: files.collect() })
    }
}

impl Journal {
    /// Does nothing lie there that has an entry's name?
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.names()?.iter().next().is_none())
    }

    /// Every entry, its revisions gathered over all names.
    pub fn scan(&self) -> Result<Scan> {
        let names = self.names()?;
        let groups = by_entry(&names.all()).filter_map(Group::of).collect();
        Ok(Scan { groups, refused: names.refused })
    }
}

impl Names {
    /// The names of the entries that have one in the latest months, which hold so
    /// many names or more, and the day since which there is no other entry. By
    /// entry, in order. Of the other months no name is read that cannot matter.
    pub fn latest(&self, count: usize) -> (Vec<Name<'_>>, NaiveDate) {
        let mut near: Vec<Name> = Vec::new();
        let mut months = self.months.iter();
        let since = loop {
            let Some(month) = months.next() else { return (self.all(), NaiveDate::MIN) };
            near.extend(month.iter());
            if near.len() >= count {
                break month.first_day();
            }
        };
        let Some(since) = since else { return (self.all(), NaiveDate::MIN) };
        let ids: HashSet<&str> = near.iter().map(|name| name.parts.id).collect();
        let day = since.to_string();
        for month in months {
            for name in month.iter_where(|name| may_concern(name, &day, &ids)) {
                if name.parts.day >= since {
                    // It lies in another month's folder, and may be the latest.
                    return (self.all(), NaiveDate::MIN);
                }
                near.extend(ids.contains(name.parts.id).then_some(name));
            }
        }
        (in_order(near), since)
    }

    pub fn all(&self) -> Vec<Name<'_>> {
        in_order(self.iter().collect())
    }

    /// What lies there of some entries.
    pub fn all_of(&self, ids: &HashSet<EntryId>) -> Vec<Group> {
        let ids: HashSet<&str> = ids.iter().map(EntryId::as_str).collect();
        let of_these = self.iter().filter(|name| ids.contains(name.parts.id));
        by_entry(&in_order(of_these.collect())).filter_map(Group::of).collect()
    }
}

fn in_order(mut names: Vec<Name<'_>>) -> Vec<Name<'_>> {
    names.sort_unstable_by(|a, b| place(a).cmp(&place(b)).then_with(|| rank(a).cmp(&rank(b))));
    names
}

/// Is it of one of these entries, or no earlier than this day, by a glance?
fn may_concern(name: &str, day: &str, ids: &HashSet<&str>) -> bool {
    // As nearly all names are: the day, ten symbols, a dot.
    let bytes = name.as_bytes();
    let usual = bytes.first().is_some_and(u8::is_ascii_digit) && bytes.get(21) == Some(&b'.');
    !usual || name >= day || name.get(11..21).is_none_or(|id| ids.contains(id))
}

/// Which revision of which entry.
fn place<'a>(name: &Name<'a>) -> (&'a str, NaiveDate, &'a str) {
    (name.parts.id, name.parts.day, name.parts.revision)
}

fn rank(name: &Name) -> (Kind, PathBuf) {
    (name.parts.kind, name.path())
}

/// Names in order, cut into those of each entry.
pub fn by_entry<'n, 'a>(names: &'n [Name<'a>]) -> impl Iterator<Item = &'n [Name<'a>]> {
    names.chunk_by(|a, b| a.parts.id == b.parts.id)
}
