//! Which of an entry's files are current and which replaced, according to the revisions
//! here that open.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::entry::{AttachmentId, Entry, EntryId, RevisionId};
use crate::error::Result;
use crate::seal::{EntryFileName, Identity};

use super::heads::{heads, replaced_revisions};
use super::month::Month;
use super::stored::OpenedRevisions;
use super::stored_entry::{Elsewhere, attachment_ids};
use super::{Journal, JournalFile};

impl Journal {
    /// Sorts files, wherever they are, by what the revisions here say of them. `removed`
    /// says which attachments some device has removed; of those, the ones that no head
    /// names are replaced. Entries of one revision whose files are all `shared` are left
    /// out, unless one was removed: there is nothing to find out, so none is opened.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn succession(
        &self,
        identity: &Identity,
        among: &[JournalFile],
        removed: &dyn Fn(&JournalFile) -> bool,
        shared: &dyn Fn(&JournalFile) -> bool,
    ) -> Result<Succession> {
        let mut by_entry: BTreeMap<(Month, EntryId), Vec<&JournalFile>> = BTreeMap::new();
        for file in among {
            let entry = (Month::of(file.day()), file.entry().clone());
            by_entry.entry(entry).or_default().push(file);
        }
        let mut succession = Succession::default();
        let fates = self.fates_in_turn(identity);
        for mut group in self.scan()?.groups {
            let files = by_entry.remove(&(Month::of(group.day()), group.id.clone()));
            // A single file has nothing to be replaced by.
            let Some(files) = files.filter(|files| files.len() > 1) else { continue };
            // A revision written after `among` was listed isn't synced with it, so it must
            // not replace anything in it.
            let revisions: HashSet<&EntryFileName> =
                files.iter().filter_map(|file| revision(file)).collect();
            let is_settled = |file: &&JournalFile| shared(file) && !removed(file);
            if revisions.len() == 1 && files.iter().all(is_settled) {
                continue;
            }
            group.files.retain(|file| revisions.contains(&file.name));
            let contents = self.open_group(&group, identity);
            let of_moved = |now: &EntryId| fates.elsewhere(now);
            succession.add_revisions(&group.id, &contents, &files, &of_moved);
            succession.add_attachments(&contents, &files, removed);
        }
        // Without any revision, nothing can name these attachments.
        let strays = by_entry.into_values().filter(|it| it.iter().all(|f| revision(f).is_none()));
        let removed = strays.flatten().filter(|file| removed(file)).cloned();
        succession.replaced.extend(removed);
        Ok(succession)
    }
}

/// The file's name, if it's a revision and no attachment.
fn revision(file: &JournalFile) -> Option<&EntryFileName> {
    match file {
        JournalFile::Entry(name) => Some(name),
        JournalFile::Attachment(_) => None,
    }
}

/// Which files of entries are current, and which are replaced.
#[derive(Default)]
pub struct Succession {
    /// A revision of the same entry has replaced them.
    pub replaced: HashSet<JournalFile>,
    /// Nothing replaces them. Known only of entries that had to be opened, if every file
    /// here opens.
    pub heads: HashSet<JournalFile>,
    /// Entries that were deleted on one device and edited on another, which keeps them; with
    /// the id under which the first device kept it anew, if it moved it to another month and
    /// it's still there.
    pub undeleted: BTreeMap<EntryId, Option<EntryId>>,
}

impl Succession {
    /// `of_moved` says what became of an entry that was moved to another month.
    fn add_revisions(
        &mut self,
        id: &EntryId,
        contents: &OpenedRevisions,
        files: &[&JournalFile],
        of_moved: &dyn Fn(&EntryId) -> Elsewhere,
    ) {
        let heads = heads(&contents.revisions);
        let head_ids: HashSet<&RevisionId> = heads.iter().map(|e| &e.revision).collect();
        let replaced = replaced_revisions(&contents.revisions);
        for file in files {
            let JournalFile::Entry(name) = file else { continue };
            if head_ids.contains(&name.revision) {
                let all_open = contents.damaged.is_empty();
                self.heads.extend(all_open.then(|| (*file).clone()));
            } else if replaced.contains(&name.revision) {
                self.replaced.insert((*file).clone());
            }
        }
        let (deletions, shown): (Vec<&Entry>, Vec<&Entry>) =
            heads.into_iter().partition(|entry| entry.deleted);
        if shown.is_empty() {
            return;
        }
        match Elsewhere::of(&deletions, of_moved) {
            Elsewhere::Nothing => {}
            Elsewhere::Deleted => drop(self.undeleted.insert(id.clone(), None)),
            Elsewhere::Moved(now) => drop(self.undeleted.insert(id.clone(), Some(now))),
        }
    }

    /// An attachment is replaced if no head names it and one once did: a replaced
    /// revision names it, or a device removed it. Any other may belong to an entry that
    /// is about to be written.
    fn add_attachments(
        &mut self,
        contents: &OpenedRevisions,
        files: &[&JournalFile],
        removed: &dyn Fn(&JournalFile) -> bool,
    ) {
        let heads = heads(&contents.revisions);
        if !contents.damaged.is_empty() || heads.is_empty() {
            return;
        }
        let in_heads = attachment_ids(heads);
        let in_any = attachment_ids(&contents.revisions);
        let attachment_id = |file: &&JournalFile| match file {
            JournalFile::Attachment(name) => Some(name.id.clone()),
            JournalFile::Entry(_) => None,
        };
        let present: BTreeSet<AttachmentId> = files.iter().filter_map(&attachment_id).collect();
        // If a named one has no file, another file may hold its bytes.
        let all_present = in_heads.is_subset(&present);
        for file in files {
            let Some(id) = attachment_id(file) else { continue };
            if in_heads.contains(&id) {
                self.heads.insert((*file).clone());
            } else if all_present && (in_any.contains(&id) || removed(file)) {
                self.replaced.insert((*file).clone());
            }
        }
    }
}

#[cfg(test)]
mod tests;
