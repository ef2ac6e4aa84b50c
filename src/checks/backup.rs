//! Compares a backup with the journal: what it lacks, what is damaged in it, and what
//! only it has. Pure: both have been read before.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, FixedOffset};

use crate::entry::{Entry, EntryId};
use crate::journal::{SearchResult, StoredEntry};

/// The state of an entry in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackupState {
    /// It's here and not in the backup.
    Missing,
    /// The backup has a revision that was replaced here since.
    Older,
    /// The backup has a revision that isn't here.
    Newer,
    /// The backup has an entry that was deleted here.
    DeletedHere,
    /// The backup has an entry that was never here, as far as is known.
    OnlyThere,
}

impl BackupState {
    /// Does the backup lack something that is here?
    pub fn is_gap(self) -> bool {
        matches!(self, BackupState::Missing | BackupState::Older)
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            BackupState::Missing => "missing",
            BackupState::Older => "older",
            BackupState::Newer => "newer",
            BackupState::DeletedHere => "deleted-here",
            BackupState::OnlyThere => "only-there",
        }
    }

    /// The word before the entry.
    pub fn word(self) -> &'static str {
        match self {
            BackupState::Missing => "Missing:",
            BackupState::Older => "Older:",
            BackupState::Newer => "Newer:",
            BackupState::DeletedHere | BackupState::OnlyThere => "More:",
        }
    }

    /// A sentence after the entry: what that means, and what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            BackupState::Missing => "the backup doesn't have it. Copy the journal's folder again",
            BackupState::Older => {
                "the backup has an earlier revision. Copy the journal's folder again"
            }
            BackupState::Newer => {
                "the backup has a revision that isn't here. Copy its file into the same month here, and inward reads it"
            }
            BackupState::DeletedHere => "it was deleted here, and the backup still has it",
            BackupState::OnlyThere => {
                "only the backup has it. Copy its file into the same month here, and inward reads it"
            }
        }
    }
}

/// An entry that differs between journal and backup.
pub struct BackupDifference {
    /// Its id.
    pub id: EntryId,
    /// The moment that it is about.
    pub at: DateTime<FixedOffset>,
    /// Its state.
    pub state: BackupState,
}

/// Compares the journal with a backup. Gaps come first, then by moment. `deleted` are the
/// entries that have files here and aren't shown.
pub fn compare_backup(
    here: &SearchResult,
    copy: &SearchResult,
    deleted: &HashSet<EntryId>,
) -> Vec<BackupDifference> {
    let copies: HashMap<&EntryId, &StoredEntry> =
        copy.entries.iter().map(|stored| (&stored.entry.id, stored)).collect();
    let mut differences = BTreeMap::new();
    let mut note = |stored: &StoredEntry, state| {
        let (id, at) = (stored.entry.id.clone(), stored.entry.at);
        differences.insert((state, at, id.clone()), BackupDifference { id, at, state });
    };
    for stored in &here.entries {
        match copies.get(&stored.entry.id) {
            None => note(stored, BackupState::Missing),
            Some(copied) => version_states(stored, copied).for_each(|s| note(stored, s)),
        }
    }
    let ids: HashSet<&EntryId> = here.entries.iter().map(|stored| &stored.entry.id).collect();
    for stored in copy.entries.iter().filter(|stored| !ids.contains(&stored.entry.id)) {
        let is_deleted = deleted.contains(&stored.entry.id);
        note(stored, if is_deleted { BackupState::DeletedHere } else { BackupState::OnlyThere });
    }
    differences.into_values().collect()
}

/// The states of an entry in both. Each side may have a revision that the other lacks.
fn version_states(here: &StoredEntry, copy: &StoredEntry) -> impl Iterator<Item = BackupState> {
    // A copy that was sealed again counts as its original.
    let knows = |stored: &StoredEntry, head: &Entry| {
        let names = [Some(&head.revision), head.copy_of.as_ref()];
        names.into_iter().flatten().any(|name| stored.revisions.contains(name))
    };
    let is_older = !here.heads().all(|head| knows(copy, head));
    let is_newer = !copy.heads().all(|head| knows(here, head));
    let states = [(is_older, BackupState::Older), (is_newer, BackupState::Newer)];
    states.into_iter().filter_map(|(is, state)| is.then_some(state))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    fn stored(entry: Entry, known: &[&Entry]) -> StoredEntry {
        let revisions = known.iter().map(|e| e.revision.clone()).collect();
        StoredEntry { revisions, ..StoredEntry::new(entry) }
    }

    fn states(here: StoredEntry, copy: StoredEntry) -> Vec<BackupState> {
        version_states(&here, &copy).collect()
    }

    #[test]
    fn a_version_is_older_newer_or_both() {
        let first = testing::page("one");
        let edit = |of: &Entry| of.clone().revise(vec![of.revision.clone()], of.written).unwrap();
        let (second, other) = (edit(&first), edit(&first));
        let one = || stored(first.clone(), &[&first]);
        let two = || stored(second.clone(), &[&first, &second]);
        let three = stored(other.clone(), &[&first, &other]);
        assert_eq!(states(two(), two()), []);
        assert_eq!(states(two(), one()), [BackupState::Older]);
        assert_eq!(states(one(), two()), [BackupState::Newer]);
        assert_eq!(states(two(), three), [BackupState::Older, BackupState::Newer]);
        let resealed_copy =
            first.clone().into_copy("c0py22".parse().unwrap(), vec![first.revision.clone()]);
        let resealed = || stored(resealed_copy.clone(), &[&first, &resealed_copy]);
        assert_eq!(states(resealed(), one()), [], "sealed again, it says the same");
        assert_eq!(states(one(), resealed()), []);
    }
}
