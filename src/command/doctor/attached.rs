//! Attachments: which are missing or not what their entry says, and which no entry names.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::checks::{Diagnosis, Finding};
use crate::entry::{AttachmentId, EntryId};
use crate::error::Result;
use crate::journal::{Damaged, Journal, SearchResult, StoredEntry, name};
use crate::seal::{AttachmentFileName, Identity};

/// The findings about all attachments. Reads each to its end.
pub fn attachments(
    journal: &Journal,
    found: &SearchResult,
    identity: &Identity,
) -> Result<Vec<Diagnosis>> {
    let mut seen = Vec::new();
    let mut needed: HashSet<PathBuf> = HashSet::new();
    for head in found.entries.iter().flat_map(StoredEntry::heads) {
        for attachment in &head.attachments {
            let name = AttachmentFileName::of(head, attachment);
            match journal.find_attachment(&name, attachment, identity) {
                Ok(path) => drop(needed.insert(path)),
                Err(Damaged { path, why }) => {
                    let is_changed = why.is_of_contents();
                    let damaged =
                        if is_changed { Finding::DamagedAttachment } else { Finding::Damaged };
                    seen.push(Diagnosis { path, what: damaged(why) });
                }
            }
        }
    }
    let named: BTreeSet<(&EntryId, &AttachmentId)> = found
        .entries
        .iter()
        .flat_map(|stored| stored.attached.iter().map(|id| (&stored.entry.id, id)))
        .collect();
    // A revision that doesn't open may name any attachment of its entry.
    let closed: HashSet<EntryId> =
        found.damaged.iter().filter_map(|damaged| entry_at(&damaged.path)).collect();
    for (name, paths) in journal.scan()?.attachments {
        let is_named = named.contains(&(&name.entry, &name.id)) || closed.contains(&name.entry);
        let over = paths.into_iter().filter(|path| !is_named && !needed.contains(path));
        seen.extend(over.map(|path| Diagnosis { path, what: Finding::Unreferenced }));
    }
    Ok(seen)
}

/// The entry that a file of the journal belongs to, even if a sync tool changed its name.
fn entry_at(path: &Path) -> Option<EntryId> {
    let file_name = path.file_name()?.to_string_lossy();
    let (name, _) = name::parse(&file_name)?;
    Some(name.id)
}
