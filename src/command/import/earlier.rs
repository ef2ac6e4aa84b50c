//! Entries that an earlier import kept with fewer files, because it was given less: a folder
//! of notes without the pictures beside it. Names alone tell, so nothing has to be opened.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::entry::{EntryId, RevisionId};
use crate::error::Result;
use crate::import::IdentifiedEntry;
use crate::journal::{EntryFiles, Journal};

/// The entries in the journal, by their files' names.
pub(super) struct EntriesHere {
    groups: HashMap<EntryId, EntryFiles>,
    attachments: HashMap<EntryId, Vec<PathBuf>>,
}

/// An entry as an earlier import left it; nobody has edited it since.
pub(super) struct EarlierImport {
    pub revision: RevisionId,
    /// How many files that import found for it.
    pub file_count: usize,
    /// What a revision with more files replaces: the entry's file, and its attachments.
    pub paths: Vec<PathBuf>,
}

impl EntriesHere {
    /// # Errors
    /// A journal that can't be listed.
    pub(super) fn of(journal: &Journal) -> Result<EntriesHere> {
        let scan = journal.scan()?;
        let mut attachments: HashMap<EntryId, Vec<PathBuf>> = HashMap::new();
        for (name, paths) in scan.attachments {
            attachments.entry(name.entry).or_default().extend(paths);
        }
        let groups = scan.groups.into_iter().map(|group| (group.id.clone(), group)).collect();
        Ok(EntriesHere { groups, attachments })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    pub(super) fn has(&self, id: &EntryId) -> bool {
        self.groups.contains_key(id)
    }

    /// The entry as an earlier import left it, if that found fewer files. `None` if it was
    /// edited or deleted since, as no import gives the names of those revisions.
    pub(super) fn earlier(&self, it: &IdentifiedEntry) -> Option<EarlierImport> {
        let [file] = &*self.groups.get(&it.entry.id)?.files else { return None };
        let revision = &file.name.revision;
        let file_count = it.by_file_count.iter().position(|known| known == revision)?;
        if file_count >= it.files.found.len() || file.name.day != it.entry.day() || file.in_transit
        {
            return None;
        }
        // With more files than that, some may belong to an edit that is being written.
        let attached = self.attachments.get(&it.entry.id).filter(|it| it.len() == file_count);
        let paths = file.paths.iter().chain(attached.into_iter().flatten()).cloned().collect();
        Some(EarlierImport { revision: revision.clone(), file_count, paths })
    }
}
