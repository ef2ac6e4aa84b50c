//! Reading: query → scan → open. Damage to one file is reported beside the
//! others and hides none of them.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::Clock;
use crate::disk::{self, Odd};
use crate::entry::{Entry, EntryId, RevisionId, read_id};
use crate::error::{Damage, Error, KeyFault, Result, plain};
use crate::query::Query;
use crate::seal::{Identity, Label, Sealed};

use super::heads::{heads, known};
use super::scan::{File, Group};
use super::{Damaged, Journal, LARGEST, name};

/// How often an entry is looked for that is replaced again and again.
const TRIES: usize = 10;

/// An entry as its heads show it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The newest head.
    pub entry: Entry,
    /// Other heads: edits made apart, which `edit` settles.
    pub beside: Vec<Entry>,
    /// Every revision of it that is known, for the next one to replace.
    pub revisions: Vec<RevisionId>,
    /// The files of those that could be read.
    pub files: Vec<PathBuf>,
}

impl Kept {
    /// The entry with its other heads.
    pub fn heads(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.entry).chain(&self.beside)
    }
}

/// Told how many entries are open, of how many there may be; says whether to go
/// on.
pub type Watch<'a> = &'a (dyn Fn(usize, usize) -> bool + Sync);

/// A reading under way.
struct Reading<'a> {
    identity: &'a Identity,
    watch: Watch<'a>,
    opened: AtomicUsize,
    of: usize,
}

impl Reading<'_> {
    /// One more is open.
    fn go_on(&self) -> bool {
        (self.watch)(self.opened.fetch_add(1, Ordering::Relaxed) + 1, self.of)
    }
}

#[derive(Default)]
pub struct Found {
    /// Newest first.
    pub entries: Vec<Kept>,
    pub damaged: Vec<Damaged>,
}

impl Journal {
    /// The entries that a query names, newest first. Days are opened from the
    /// latest back, and no further than the query needs.
    pub fn find(&self, query: &Query, identity: &Identity, clock: &Clock) -> Result<Found> {
        self.find_watched(query, identity, clock, &|_, _| true)
    }

    /// The same, told to somebody who may end it.
    pub fn find_watched(
        &self,
        query: &Query,
        identity: &Identity,
        clock: &Clock,
        watch: Watch,
    ) -> Result<Found> {
        let mut found = self.find_among(query, identity, clock, watch, |_| true)?;
        // A file that went between the scan and the opening was replaced
        // meanwhile, by an edit or because the keys changed: then the scan was
        // of the past, and those entries are looked for once more.
        for _ in 0..TRIES {
            let gone: HashSet<EntryId> = found.damaged.iter().filter_map(gone).collect();
            if gone.is_empty() {
                break;
            }
            found.damaged.retain(|damaged| damaged.why != Damage::Gone);
            found.entries.retain(|kept| !gone.contains(&kept.entry.id));
            let again = self.find_among(query, identity, clock, watch, |id| gone.contains(id))?;
            found.entries.extend(again.entries);
            found.entries.sort_by_key(|kept| std::cmp::Reverse(order(&kept.entry)));
            found.entries.truncate(query.last.unwrap_or(usize::MAX));
            let new = again.damaged.into_iter().filter(|d| !found.damaged.contains(d));
            let new: Vec<Damaged> = new.collect();
            found.damaged.extend(new);
        }
        Ok(found)
    }

    fn find_among(
        &self,
        query: &Query,
        identity: &Identity,
        clock: &Clock,
        watch: Watch,
        wanted: impl Fn(&EntryId) -> bool,
    ) -> Result<Found> {
        let scan = self.scan()?;
        let mut found = Found { entries: Vec::new(), damaged: scan.refused };
        let mut days: BTreeMap<NaiveDate, (Vec<Group>, Vec<Kept>)> = BTreeMap::new();
        for group in scan.groups {
            let may_match = |f: &File| query.may_match_named(f.label.day, clock);
            if !wanted(&group.id) || !group.files.iter().any(may_match) {
                continue;
            }
            if group.files.len() == 1 {
                days.entry(group.day()).or_default().0.push(group);
            } else if let Some(kept) = open(&group, identity, &mut found.damaged) {
                // Its revisions may have different days: only the head's counts.
                days.entry(kept.entry.day()).or_default().1.push(kept);
            }
        }
        let of = days.values().map(|(groups, _)| groups.len()).sum();
        let reading = Reading { identity, watch, opened: AtomicUsize::new(0), of };
        // Where only the newest are wanted, day by day; otherwise all at once.
        let mut batches: Vec<(Vec<Group>, Vec<Kept>)> = days.into_values().rev().collect();
        if query.last.is_none() {
            let (groups, opened): (Vec<_>, Vec<_>) = batches.into_iter().unzip();
            batches = vec![(groups.into_iter().flatten().collect(), opened.concat())];
        }
        for (groups, opened) in batches {
            let (rest, damaged) = open_all(&groups, &reading)?;
            found.damaged.extend(damaged);
            let mut batch: Vec<Kept> = rest.into_iter().chain(opened).collect();
            batch.retain(|kept| kept.heads().any(|entry| query.matches(entry, clock)));
            batch.sort_by_key(|kept| std::cmp::Reverse(order(&kept.entry)));
            found.entries.extend(batch);
            if query.last.is_some_and(|last| found.entries.len() >= last) {
                break;
            }
        }
        found.entries.truncate(query.last.unwrap_or(usize::MAX));
        Ok(found)
    }

    /// The entries whose ids begin so, in the order given.
    pub fn named(&self, prefixes: &[String], identity: &Identity) -> Result<Found> {
        let mut found = self.named_now(prefixes, identity)?;
        for _ in 0..TRIES {
            if found.damaged.iter().all(|damaged| damaged.why != Damage::Gone) {
                break;
            }
            found = self.named_now(prefixes, identity)?;
        }
        Ok(found)
    }

    fn named_now(&self, prefixes: &[String], identity: &Identity) -> Result<Found> {
        let scan = self.scan()?;
        let groups = scan.groups;
        let mut found = Found { entries: Vec::new(), damaged: scan.refused };
        for given in prefixes {
            let prefix = read_id(given);
            let wanted: Vec<&Group> =
                groups.iter().filter(|g| g.id.as_str().starts_with(&prefix)).collect();
            let group = match wanted.as_slice() {
                [one] if !prefix.is_empty() => one,
                [] | [_] => return Err(Error::NoSuchEntry { id: given.clone() }),
                several => {
                    let candidates = several.iter().map(|g| g.id.to_string()).collect();
                    return Err(Error::AmbiguousId { given: given.clone(), candidates });
                }
            };
            let damaged_before = found.damaged.len();
            match open(group, identity, &mut found.damaged) {
                Some(kept) => found.entries.push(kept),
                None if found.damaged.len() > damaged_before => refuse_plugin(&found.damaged)?,
                None => return Err(Error::NoSuchEntry { id: given.clone() }),
            }
        }
        Ok(found)
    }
}

/// The entry whose file went while it was being read.
fn gone(damaged: &Damaged) -> Option<EntryId> {
    let name = damaged.path.file_name()?.to_str()?;
    let (label, _) = name::read(name).filter(|_| damaged.why == Damage::Gone)?;
    Some(label.id)
}

/// By the clock on the wall at the time, as a diary is; ties by when it was
/// written, then by id.
fn order(entry: &Entry) -> impl Ord + use<> {
    (entry.at.naive_local(), entry.written, entry.id.clone())
}

/// Opens many, on every core: nearly all of the time is key agreement.
fn open_all(groups: &[Group], reading: &Reading) -> Result<(Vec<Kept>, Vec<Damaged>)> {
    const FEW: usize = 32;
    let one = |group: &Group| {
        let mut damaged = Vec::new();
        let kept = open(group, reading.identity, &mut damaged);
        refuse_plugin(&damaged)?;
        if reading.go_on() { Ok((kept, damaged)) } else { Err(Error::Cancelled { draft: None }) }
    };
    // Two questions at once could not be answered; nor is a key that was not
    // given asked for again with each entry.
    let one_by_one = groups.len() < FEW || reading.identity.may_ask();
    let opened: Result<Vec<(Option<Kept>, Vec<Damaged>)>> = if one_by_one {
        groups.iter().map(one).collect()
    } else {
        groups.par_iter().map(one).collect()
    };
    let (kept, damaged): (Vec<_>, Vec<_>) = opened?.into_iter().unzip();
    Ok((kept.into_iter().flatten().collect(), damaged.concat()))
}

/// A plugin that does not open one entry opens no other.
pub(super) fn refuse_plugin(damaged: &[Damaged]) -> Result<()> {
    let failed = damaged.iter().find_map(|damaged| match &damaged.why {
        Damage::Plugin { why } => Some(why.clone()),
        _ => None,
    });
    failed.map_or(Ok(()), |why| Err(Error::Key(KeyFault::PluginFailed { why })))
}

impl Journal {
    /// The files, and what files were called, that an opened revision of the
    /// same entry is known to have replaced.
    pub fn replaced(&self, identity: &Identity, among: &[Label]) -> Result<HashSet<Label>> {
        let mut by_id: BTreeMap<&EntryId, Vec<&Label>> = BTreeMap::new();
        for label in among {
            by_id.entry(&label.id).or_default().push(label);
        }
        let mut replaced = HashSet::new();
        for group in self.scan()?.groups {
            // One name alone has nothing to be replaced by.
            let Some(labels) = by_id.get(&group.id).filter(|labels| labels.len() > 1) else {
                continue;
            };
            let opened = open_group(&group, identity);
            let standing: HashSet<&RevisionId> =
                heads(&opened.revisions).into_iter().map(|e| &e.revision).collect();
            let known = known(&opened.revisions);
            let gone = |label: &&&Label| {
                known.contains(&label.revision) && !standing.contains(&label.revision)
            };
            replaced.extend(labels.iter().filter(gone).map(|label| (**label).clone()));
        }
        Ok(replaced)
    }

    /// The sealed bytes of the first copy that is whole, as far as can be told.
    pub fn take_whole(
        &self,
        file: &File,
        identity: Option<&Identity>,
    ) -> std::result::Result<Sealed, Damaged> {
        first_whole(file, |sealed| match looks_whole(&sealed, identity) {
            true => Ok(sealed),
            false => Err(Damage::Broken),
        })
    }
}

/// Is it all there, as far as can be told?
pub fn looks_whole(sealed: &Sealed, identity: Option<&Identity>) -> bool {
    match identity.map(|identity| identity.open(sealed)) {
        Some(Ok(_)) => true,
        Some(Err(Damage::Broken | Damage::NotSealed)) => false,
        // Sealed to somebody else, or by a later version.
        _ => sealed.has_a_whole_length(),
    }
}

/// What lies there of an entry, opened.
pub(super) struct Opened {
    pub revisions: Vec<Entry>,
    /// The files of those.
    files: Vec<PathBuf>,
    /// What does not open, and is not known to be replaced.
    pub damaged: Vec<Damaged>,
}

pub(super) fn open_group(group: &Group, identity: &Identity) -> Opened {
    let mut opened = Opened { revisions: Vec::new(), files: Vec::new(), damaged: Vec::new() };
    let mut closed = Vec::new();
    for file in &group.files {
        match open_any(file, identity) {
            Ok(entry) => {
                opened.revisions.push(entry);
                opened.files.extend(file.paths.iter().cloned());
            }
            // On its way here, and not yet whole.
            Err(_) if file.passing => {}
            Err(damaged) => closed.push((&file.label.revision, damaged)),
        }
    }
    // An old file that a syncer brought back need not open any more.
    let replaced = known(&opened.revisions);
    closed.retain(|(revision, _)| !replaced.contains(revision));
    opened.damaged.extend(closed.into_iter().map(|(_, damaged)| damaged));
    opened
}

/// Opens all revisions of an entry and finds its heads: those that no other
/// one replaces. `None` where it is deleted, or nothing of it can be read.
fn open(group: &Group, identity: &Identity, damaged: &mut Vec<Damaged>) -> Option<Kept> {
    let opened = open_group(group, identity);
    damaged.extend(opened.damaged);
    let mut standing: Vec<Entry> =
        heads(&opened.revisions).into_iter().filter(|e| !e.deleted).cloned().collect();
    let entry = standing.pop()?;
    standing.reverse();
    let revisions = known(&opened.revisions);
    Some(Kept { entry, beside: standing, revisions, files: opened.files })
}

/// The revision from the first of its copies that is whole.
pub(super) fn open_any(file: &File, identity: &Identity) -> std::result::Result<Entry, Damaged> {
    first_whole(file, |sealed| identity.open(&sealed))
}

/// What comes of the first of a file's copies of which anything does.
pub(super) fn first_whole<T>(
    file: &File,
    open: impl Fn(Sealed) -> std::result::Result<T, Damage>,
) -> std::result::Result<T, Damaged> {
    let mut first_damage = None;
    for path in &file.paths {
        let sealed = read(path)
            .and_then(|bytes| Sealed::found(file.label.clone(), bytes))
            .map_err(|why| if is_placeholder(path) { Damage::InTheCloud } else { why });
        match sealed.and_then(&open) {
            Ok(opened) => return Ok(opened),
            Err(why) => {
                first_damage.get_or_insert(Damaged { path: path.clone(), why });
            }
        }
    }
    // A file without a path does not come out of a scan.
    Err(first_damage.unwrap_or(Damaged { path: PathBuf::new(), why: Damage::NotAFile }))
}

fn is_placeholder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(name::PLACEHOLDER.as_bytes())
}

pub(super) fn read(path: &Path) -> std::result::Result<Vec<u8>, Damage> {
    disk::read(path, LARGEST).map_err(|odd| match odd {
        Odd::NotAFile => Damage::NotAFile,
        Odd::Gone => Damage::Gone,
        Odd::TooLarge => Damage::TooLarge,
        Odd::Unreadable(e) => Damage::Unreadable { why: plain(&e) },
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
