//! Which of an entry's files stand for it, told by what those that are here say.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::entry::{EntryId, RevisionId};
use crate::error::Result;
use crate::seal::{EntryFileName, Identity};

use super::Journal;
use super::heads::{heads, replaced_revisions};
use super::month::Month;
use super::stored::OpenedRevisions;

impl Journal {
    /// What the revisions that are here and open tell of files that are anywhere.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn succession(&self, identity: &Identity, among: &[EntryFileName]) -> Result<Succession> {
        let mut by_entry: BTreeMap<(Month, EntryId), Vec<&EntryFileName>> = BTreeMap::new();
        for label in among {
            by_entry.entry((Month::of(label.day), label.id.clone())).or_default().push(label);
        }
        let mut succession = Succession::default();
        for group in self.scan()?.groups {
            // One name alone has nothing to be replaced by.
            let labels = by_entry.get(&(Month::of(group.day()), group.id.clone()));
            let Some(labels) = labels.filter(|labels| labels.len() > 1) else { continue };
            succession.take_in(&group.id, &self.open_group(&group, identity), labels);
        }
        Ok(succession)
    }
}

/// Which of an entry's files stand for it.
#[derive(Default)]
pub struct Succession {
    /// An opened revision of the same entry is known to have replaced them.
    pub replaced: HashSet<EntryFileName>,
    /// Nothing replaces them; known where all that is here of the entry opens.
    pub heads: HashSet<EntryFileName>,
    /// Entries that were deleted while they were edited elsewhere, which keeps them.
    pub undeleted: BTreeSet<EntryId>,
}

impl Succession {
    fn take_in(&mut self, id: &EntryId, opened: &OpenedRevisions, labels: &[&EntryFileName]) {
        let heads = heads(&opened.revisions);
        let standing: HashSet<&RevisionId> = heads.iter().map(|e| &e.revision).collect();
        let known = replaced_revisions(&opened.revisions);
        for label in labels {
            if standing.contains(&label.revision) {
                let all_open = opened.damaged.is_empty();
                self.heads.extend(all_open.then(|| (*label).clone()));
            } else if known.contains(&label.revision) {
                self.replaced.insert((*label).clone());
            }
        }
        if heads.iter().any(|e| e.deleted) && heads.iter().any(|e| !e.deleted) {
            self.undeleted.insert(id.clone());
        }
    }
}
