//! What became of an entry that was read from this journal earlier, and is named where the
//! journal doesn't reach: on a page of an export.

use std::collections::HashMap;

use crate::entry::{Entry, EntryId, RevisionId};
use crate::error::Result;
use crate::seal::Identity;

use super::Journal;
use super::heads::heads;
use super::scan::EntryFiles;
use super::stored::{OpenedRevisions, TRIES};

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

/// The files of all entries, listed once.
pub struct EntryFates<'a> {
    journal: &'a Journal,
    identity: &'a Identity,
    groups: HashMap<EntryId, Vec<EntryFiles>>,
    /// Could every folder be listed, and is every file in its own?
    pub is_whole: bool,
}

impl Journal {
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn fates<'a>(&'a self, identity: &'a Identity) -> Result<EntryFates<'a>> {
        let scan = self.scan()?;
        let mut groups: HashMap<EntryId, Vec<EntryFiles>> = HashMap::new();
        for group in scan.groups {
            groups.entry(group.id.clone()).or_default().push(group);
        }
        Ok(EntryFates { journal: self, identity, groups, is_whole: scan.refused.is_empty() })
    }

    /// Is an entry shown under this id, or where it was moved to from there? One that can't be
    /// read may be.
    pub(crate) fn is_there(&self, id: &EntryId, identity: &Identity) -> bool {
        let Ok(fates) = self.fates(identity) else { return true };
        let is_shown = match fates.of(id, None) {
            EntryFate::Deleted => false,
            EntryFate::Same | EntryFate::Edited | EntryFate::Moved(_) | EntryFate::Unknown => true,
        };
        is_shown && fates.groups.contains_key(id)
    }
}

impl EntryFates<'_> {
    /// Of an entry, of which this revision (or its original) was read, where that is known.
    pub fn of(&self, id: &EntryId, read: Option<&RevisionId>) -> EntryFate {
        self.follow(id, read, TRIES)
    }

    fn follow(&self, id: &EntryId, read: Option<&RevisionId>, steps: usize) -> EntryFate {
        let Some(groups) = self.groups.get(id) else { return EntryFate::Unknown };
        if read.is_some_and(|read| is_only_revision(groups, read)) {
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
