//! Files of entries that were deleted or moved: the mark that says so, and what it replaces.

use std::collections::HashSet;

use crate::checks::{Diagnosis, Finding};
use crate::entry::{Entry, RevisionId};
use crate::journal::{Elsewhere, EntryFates, EntryFiles, Journal, ScannedFile};
use crate::seal::Identity;

/// The files of an entry, of which nothing is shown, that still have its text. Whoever deleted
/// it wants to know; of an entry that was moved to another month, they're just replaced. A
/// single file is its deletion mark.
pub fn deleted_texts(
    group: &EntryFiles,
    identity: &Identity,
    journal: &Journal,
    fates: &EntryFates,
) -> Vec<Diagnosis> {
    if group.files.len() < 2 {
        return Vec::new();
    }
    let open = |file| Some((file, open(file, identity, journal)?));
    let opened: Vec<(&ScannedFile, Entry)> = group.files.iter().filter_map(open).collect();
    let replaced: HashSet<&RevisionId> =
        opened.iter().flat_map(|(_, entry)| &entry.replaces).collect();
    let texts = opened.iter().filter(|(file, entry)| {
        !entry.deleted && !file.in_transit && replaced.contains(&file.name.revision)
    });
    let paths: Vec<_> = texts.flat_map(|(file, _)| file.paths.iter().cloned()).collect();
    let mut moved = opened.iter().filter_map(|(_, entry)| entry.now.as_ref());
    let is_moved =
        !paths.is_empty() && moved.any(|now| fates.elsewhere(now) == Elsewhere::Moved(now.clone()));
    let what = if is_moved { Finding::Replaced } else { Finding::DeletedText };
    paths.into_iter().map(|path| Diagnosis { path, what: what.clone() }).collect()
}

/// Is it another device's deletion mark for an entry that is still here? Nothing replaces
/// such a mark.
pub fn is_deletion(file: &ScannedFile, identity: &Identity, journal: &Journal) -> bool {
    open(file, identity, journal).is_some_and(|entry| entry.deleted)
}

fn open(file: &ScannedFile, identity: &Identity, journal: &Journal) -> Option<Entry> {
    let sealed = journal.first_intact(file, Some(identity)).ok()?;
    identity.open(&sealed).ok()
}
