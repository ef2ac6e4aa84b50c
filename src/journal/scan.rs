//! What lies in the journal, by name alone: nothing is opened here.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::entry::EntryId;
use crate::error::Result;
use crate::seal::Label;

use super::name::Kind;
use super::names::{Month, Name, Names};
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
    /// The names of the entries that have one among the latest so many, and the
    /// day since which there is no other entry. By entry, in order. Of the rest no
    /// name is read that cannot matter. `None` where all may.
    pub fn latest(&self, count: usize) -> Option<(Vec<Name<'_>>, NaiveDate)> {
        let count = count.max(1);
        let mut near: Vec<Name> = Vec::new();
        let mut months = self.months.iter();
        let month = loop {
            let month = months.next()?;
            near.extend(month.iter());
            if near.len() >= count {
                break month.first_day()?;
            }
        };
        near.sort_unstable_by_key(|name| Reverse(name.parts.day));
        let since = near[count - 1].parts.day.max(month);
        let latest = near.partition_point(|name| name.parts.day >= since);
        let (latest, older) = near.split_at(latest);
        let ids: HashSet<&str> = latest.iter().map(|name| name.parts.id).collect();
        let mut found = latest.to_vec();
        found.extend(older.iter().filter(|name| ids.contains(name.parts.id)));
        let glance = Glance::new(since, &ids);
        for name in months.flat_map(|month| month.iter_where(|name| glance.may_concern(name))) {
            if name.parts.day >= since {
                // It lies in another month's folder, and may be the latest.
                return None;
            }
            found.extend(ids.contains(name.parts.id).then_some(name));
        }
        Some((in_order(found), since))
    }

    pub fn all(&self) -> Vec<Name<'_>> {
        in_order(self.iter().collect())
    }

    /// The same, the earliest day first as far as months tell.
    pub fn by_month(&self) -> Vec<Name<'_>> {
        // Fewer are read sooner than the cores are called together.
        const MANY: usize = 24;
        let months = self.months.iter().rev();
        if self.months.len() < MANY {
            return months.flat_map(Month::iter).collect();
        }
        self.months.par_iter().rev().flat_map_iter(Month::iter).collect()
    }

    /// What lies there of some entries.
    pub fn all_of(&self, ids: &HashSet<EntryId>) -> Vec<Group> {
        let ids: HashSet<&str> = ids.iter().map(EntryId::as_str).collect();
        let of_these = self.iter().filter(|name| ids.contains(name.parts.id));
        by_entry(&in_order(of_these.collect())).filter_map(Group::of).collect()
    }
}

fn in_order(names: Vec<Name<'_>>) -> Vec<Name<'_>> {
    // Ids are random: how they begin tells nearly all of them apart, and a number
    // is compared, and moved, sooner than a name.
    let keyed = names.iter().enumerate().map(|(at, name)| (beginning(name.parts.id), at));
    let mut keyed: Vec<(u128, usize)> = keyed.collect();
    keyed.sort_unstable_by(|(a_id, a), (b_id, b)| {
        let (a, b) = (&names[*a], &names[*b]);
        let by_name = || place(a).cmp(&place(b)).then_with(|| rank(a).cmp(&rank(b)));
        a_id.cmp(b_id).then_with(by_name)
    });
    keyed.into_iter().map(|(_, at)| names[at]).collect()
}

/// Names, with those of entries that have one name apart from the others.
pub struct Apart<'a> {
    /// In the order of days, then of ids.
    pub single: Vec<Name<'a>>,
    /// By entry.
    pub several: Vec<Name<'a>>,
}

impl<'a> Apart<'a> {
    pub fn of(names: Vec<Name<'a>>) -> Apart<'a> {
        let mut ids: Vec<u128> = names.iter().map(|name| beginning(name.parts.id)).collect();
        ids.par_sort_unstable();
        // One that begins like another stands among them, which does no harm.
        let again: HashSet<u128> =
            ids.windows(2).filter(|ids| ids[0] == ids[1]).map(|ids| ids[0]).collect();
        let has_several = |name: &Name| again.contains(&beginning(name.parts.id));
        let (mut single, mut several) = (names, Vec::new());
        if !again.is_empty() {
            several.extend(single.iter().copied().filter(has_several));
            single.retain(|name| !has_several(name));
        }
        // As they stand in folders and in the cache, they mostly are.
        let by_day = |name: &Name<'a>| (name.parts.day, name.parts.id);
        if !single.is_sorted_by_key(by_day) {
            single.sort_unstable_by_key(by_day);
        }
        Apart { single, several: in_order(several) }
    }
}

/// A number whose order is that of how ids begin.
fn beginning(id: &str) -> u128 {
    let mut first = [0; 16];
    first.iter_mut().zip(id.bytes()).for_each(|(to, from)| *to = from);
    u128::from_be_bytes(first)
}

/// What a glance at a name looks for: a few entries, and a day or any later.
struct Glance {
    since: String,
    ids: Vec<[u8; USUAL]>,
}

/// The symbols of an id, unless it came from elsewhere.
const USUAL: usize = 10;

impl Glance {
    fn new(since: NaiveDate, ids: &HashSet<&str>) -> Glance {
        let ids = ids.iter().filter_map(|id| id.as_bytes().try_into().ok()).collect();
        Glance { since: since.to_string(), ids }
    }

    /// Nearly all names are usual: the day, a dash, the id, a dot.
    fn may_concern(&self, name: &str) -> bool {
        let bytes = name.as_bytes();
        let usual = bytes.first().is_some_and(u8::is_ascii_digit) && bytes.get(21) == Some(&b'.');
        let id = bytes.get(11..21).and_then(|id| <[u8; USUAL]>::try_from(id).ok());
        !usual || name >= self.since.as_str() || id.is_none_or(|id| self.ids.contains(&id))
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::names::Month;
    use chrono::Datelike;
    use proptest::prelude::*;

    /// Names as they come about, in folders where they belong or not.
    fn name() -> impl Strategy<Value = (u8, String)> {
        let id = prop_oneof![
            8 => "[a-d]{1}aaaaaaaaa",
            1 => "[a-d]{1}aaaaaaaaa[ab]{1,3}",
        ];
        let form = 0..8u8;
        (0..6u8, 1..29u8, 0..6u8, id, "[a-c]{1}aaaaa", form).prop_map(
            |(month, day, elsewhere, id, revision, form)| {
                let day = format!("2026-{:02}-{day:02}", month + 1);
                let name = match form {
                    0 => format!("{day}-{id}.{revision} (conflicted copy).age"),
                    1 => format!(".syncthing.{day}-{id}.{revision}.age.tmp"),
                    2 => format!(".{day}-{id}.{revision}.age.icloud"),
                    3 => format!("{day}-notes.txt"),
                    _ => format!("{day}-{id}.{revision}.age"),
                };
                // Most lie where they belong.
                (if elsewhere == 0 { (month + form) % 6 } else { month }, name)
            },
        )
    }

    fn names_of(files: Vec<(u8, String)>) -> Names {
        let mut months: Vec<Month> = (0..6)
            .map(|month| Month {
                path: format!("/journal/2026/{:02}", month + 1).into(),
                stamp: None,
                settled: true,
                names: String::new(),
                odd: Vec::new(),
            })
            .collect();
        let mut files = files;
        files.sort();
        files.dedup();
        for (month, name) in files {
            months[usize::from(month)].names += &(name + "\n");
        }
        months.reverse();
        Names { months, refused: Vec::new(), listed: 0 }
    }

    fn paths(names: &[Name]) -> Vec<PathBuf> {
        names.iter().map(Name::path).collect()
    }

    proptest! {
        #[test]
        fn a_glance_finds_of_the_latest_entries_every_name_and_no_later_entry_is_missed(
            files in prop::collection::vec(name(), 0..60),
            count in 0..40usize,
        ) {
            let names = names_of(files);
            let all = names.all();
            let (near, since) = names.latest(count).unwrap_or_else(|| (all.clone(), NaiveDate::MIN));
            let late: HashSet<&str> = all
                .iter()
                .filter(|name| name.parts.day >= since)
                .map(|name| name.parts.id)
                .collect();
            let expected: Vec<PathBuf> = by_entry(&all)
                .filter(|names| late.contains(names[0].parts.id))
                .flat_map(paths)
                .collect();
            prop_assert_eq!(paths(&near), expected, "since {}", since);
            // Where each lies in the folder of its month, they are as many as wanted.
            let first = |name: &Name| name.parts.day.with_day(1);
            let in_place = all.iter().all(|name| first(name) == name.month.first_day());
            let enough = near.len() >= count.min(all.len()) || !in_place;
            prop_assert!(enough, "{} names of {} where {count} were wanted", near.len(), all.len());
        }
    }
}
