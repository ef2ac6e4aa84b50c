//! How a copy of the journal stands to the journal: what it lacks, what is damaged in
//! it, and what it alone has. Pure: both have been read before.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, FixedOffset};

use crate::entry::{Entry, EntryId};
use crate::journal::{SearchResult, StoredEntry};

/// How one entry stands in the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackupState {
    /// It is here and not in the copy.
    Missing,
    /// The copy has a version that was edited here since.
    Older,
    /// The copy has a version that is not here.
    Newer,
    /// The copy has an entry that was deleted here.
    DeletedHere,
    /// The copy has an entry that never was here, as far as is known.
    OnlyThere,
}

impl BackupState {
    /// Does the copy lack something that is here?
    pub fn is_gap(self) -> bool {
        matches!(self, BackupState::Missing | BackupState::Older)
    }

    /// The word for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            BackupState::Missing => "missing",
            BackupState::Older => "older",
            BackupState::Newer => "newer",
            BackupState::DeletedHere => "deleted-here",
            BackupState::OnlyThere => "only-there",
        }
    }

    /// What stands before it.
    pub fn word(self) -> &'static str {
        match self {
            BackupState::Missing => "Missing:",
            BackupState::Older => "Older:",
            BackupState::Newer => "Newer:",
            BackupState::DeletedHere | BackupState::OnlyThere => "More:",
        }
    }

    /// What that is and what to do, of an entry that is named before it.
    pub fn sentence(self) -> &'static str {
        match self {
            BackupState::Missing => "the backup doesn't have it. Copy the journal's folder again",
            BackupState::Older => {
                "the backup has an earlier version. Copy the journal's folder again"
            }
            BackupState::Newer => {
                "the backup has a version that isn't here. Copy its file into the same month here, and it is read"
            }
            BackupState::DeletedHere => "it was deleted here, and the backup still has it",
            BackupState::OnlyThere => {
                "only the backup has it. Copy its file into the same month here, and it is read"
            }
        }
    }
}

/// An entry that is not the same in both.
pub struct BackupDifference {
    /// Its id.
    pub id: EntryId,
    /// The moment that it is about.
    pub at: DateTime<FixedOffset>,
    /// How it stands.
    pub state: BackupState,
}

/// Compares what was read of both, the gaps first, then by moment. `deleted` are the
/// entries that have files here and are not shown.
pub fn compare_backup(
    here: &SearchResult,
    copy: &SearchResult,
    deleted: &HashSet<EntryId>,
) -> Vec<BackupDifference> {
    let of_copy: HashMap<&EntryId, &StoredEntry> =
        copy.entries.iter().map(|stored| (&stored.entry.id, stored)).collect();
    let mut all = BTreeMap::new();
    let mut note = |stored: &StoredEntry, state| {
        let (id, at) = (stored.entry.id.clone(), stored.entry.at);
        all.insert((state, at, id.clone()), BackupDifference { id, at, state });
    };
    for stored in &here.entries {
        match of_copy.get(&stored.entry.id) {
            None => note(stored, BackupState::Missing),
            Some(copied) => version_states(stored, copied).for_each(|s| note(stored, s)),
        }
    }
    let known: HashSet<&EntryId> = here.entries.iter().map(|stored| &stored.entry.id).collect();
    for stored in copy.entries.iter().filter(|stored| !known.contains(&stored.entry.id)) {
        let state = match deleted.contains(&stored.entry.id) {
            true => BackupState::DeletedHere,
            false => BackupState::OnlyThere,
        };
        note(stored, state);
    }
    all.into_values().collect()
}

/// Each side may have a version that the other does not know.
fn version_states(here: &StoredEntry, copy: &StoredEntry) -> impl Iterator<Item = BackupState> {
    // What was only sealed anew is the version that it is a copy of.
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
        let anew = first.clone().into_copy(vec![first.revision.clone()]).unwrap();
        let resealed = || stored(anew.clone(), &[&first, &anew]);
        assert_eq!(states(resealed(), one()), [], "sealed anew, it says the same");
        assert_eq!(states(one(), resealed()), []);
    }
}
