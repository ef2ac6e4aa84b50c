//! What became of an entry that is named by something that may know less than the journal: by
//! a page of an export, or by the mark of a move.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::entry::{Entry, EntryId, RevisionId};
use crate::error::Result;
use crate::query::Query;
use crate::seal::Identity;

use super::heads::heads;
use super::month::MonthFolder;
use super::scan::{EntryFiles, scan_month};
use super::stored::{OpenedRevisions, TRIES};
use super::{Elsewhere, Journal, ReadOrder};

/// What became of an entry since one of its revisions was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryFate {
    /// That revision is still shown.
    Same,
    /// A later one is shown.
    Edited,
    Deleted,
    /// It was dated into another month, where it has these ids: one for each device that
    /// did so.
    Moved(Vec<EntryId>),
    /// The journal never had it, or a file of it can't be opened.
    Unknown,
}

/// The files of entries, each folder listed once.
pub struct EntryFates<'a> {
    journal: &'a Journal,
    identity: &'a Identity,
    listing: Mutex<FilesSoFar>,
    /// Was every folder listed, and is every file in its own?
    pub is_whole: bool,
}

/// The files of the folders that were listed, by entry.
struct FilesSoFar {
    /// What isn't listed yet; `None` before the first question.
    folders: Option<VecDeque<MonthFolder>>,
    groups: HashMap<EntryId, Vec<EntryFiles>>,
}

impl FilesSoFar {
    fn add(&mut self, groups: Vec<EntryFiles>) {
        for group in groups {
            self.groups.entry(group.id.clone()).or_default().push(group);
        }
    }
}

impl Journal {
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn fates<'a>(&'a self, identity: &'a Identity) -> Result<EntryFates<'a>> {
        let scan = self.scan()?;
        let mut listing = FilesSoFar { folders: Some(VecDeque::new()), groups: HashMap::new() };
        listing.add(scan.groups);
        let is_whole = scan.refused.is_empty();
        Ok(EntryFates { journal: self, identity, listing: listing.into(), is_whole })
    }

    /// The same, of which no more is listed than an answer needs: few entries were moved, and
    /// most of them not far.
    pub(crate) fn fates_in_turn<'a>(&'a self, identity: &'a Identity) -> EntryFates<'a> {
        let listing = FilesSoFar { folders: None, groups: HashMap::new() };
        EntryFates { journal: self, identity, listing: listing.into(), is_whole: false }
    }

    fn newest_folders(&self) -> VecDeque<MonthFolder> {
        let query = Query::everything();
        self.months(&query, ReadOrder::NewestFirst).into_iter().flatten().collect()
    }
}

impl EntryFates<'_> {
    /// What became of an entry that was moved to this id on a device that didn't know of the
    /// edits here. One that can't be read may be there.
    pub(crate) fn elsewhere(&self, now: &EntryId) -> Elsewhere {
        match self.of(now, None) {
            EntryFate::Deleted => Elsewhere::Deleted,
            // It hasn't arrived yet.
            EntryFate::Unknown if self.files(now).is_empty() => Elsewhere::Nothing,
            EntryFate::Same | EntryFate::Edited | EntryFate::Moved(_) | EntryFate::Unknown => {
                Elsewhere::Moved(now.clone())
            }
        }
    }

    fn listing(&self) -> MutexGuard<'_, FilesSoFar> {
        self.listing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files of an entry, which are in one folder: none is listed after that.
    fn files(&self, id: &EntryId) -> Vec<EntryFiles> {
        let mut listing = self.listing();
        loop {
            if let Some(files) = listing.groups.get(id) {
                return files.clone();
            }
            let folders = listing.folders.get_or_insert_with(|| self.journal.newest_folders());
            let Some(folder) = folders.pop_front() else { return Vec::new() };
            listing.add(scan_month(&folder, &|_| true).groups);
        }
    }

    /// Of an entry, of which this revision (or its original) was read, where that is known.
    pub fn of(&self, id: &EntryId, read: Option<&RevisionId>) -> EntryFate {
        self.follow(id, read, TRIES)
    }

    fn follow(&self, id: &EntryId, read: Option<&RevisionId>, steps: usize) -> EntryFate {
        let groups = self.files(id);
        if groups.is_empty() {
            return EntryFate::Unknown;
        }
        if read.is_some_and(|read| is_only_revision(&groups, read)) {
            return EntryFate::Same;
        }
        let open = |group| self.journal.open_group(group, self.identity);
        let opened: Vec<OpenedRevisions> = groups.iter().map(open).collect();
        if opened.iter().any(|it| !it.damaged.is_empty() || it.revisions.is_empty()) {
            return EntryFate::Unknown;
        }
        let heads: Vec<&Entry> = opened.iter().flat_map(|it| heads(&it.revisions)).collect();
        let live = || heads.iter().filter(|head| !head.deleted);
        match (live().next().is_some(), read) {
            (true, Some(read)) if live().all(|head| head.original() != read) => EntryFate::Edited,
            (true, _) => EntryFate::Same,
            (false, _) => self.follow_moves(&heads, steps),
        }
    }

    /// Of an entry that is no longer under its id.
    fn follow_moves(&self, deletions: &[&Entry], steps: usize) -> EntryFate {
        let mut new_ids = Vec::new();
        for id in deletions.iter().filter_map(|deletion| deletion.now.as_ref()) {
            let fate = match steps.checked_sub(1) {
                Some(steps) => self.follow(id, None, steps),
                None => EntryFate::Unknown,
            };
            match fate {
                EntryFate::Deleted => {}
                EntryFate::Moved(ids) => new_ids.extend(ids),
                EntryFate::Same | EntryFate::Edited | EntryFate::Unknown => {
                    new_ids.push(id.clone());
                }
            }
        }
        if new_ids.is_empty() { EntryFate::Deleted } else { EntryFate::Moved(new_ids) }
    }
}

/// Then nothing can have replaced it, and it need not be opened.
fn is_only_revision(groups: &[EntryFiles], read: &RevisionId) -> bool {
    let mut files = groups.iter().flat_map(|group| &group.files);
    files.next().is_some_and(|file| file.name.revision == *read) && files.next().is_none()
}

#[cfg(test)]
mod tests;
