//! Which of an entry's files stand for it, told by what those that are here say.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::entry::{AttachmentId, EntryId, RevisionId};
use crate::error::Result;
use crate::seal::{EntryFileName, Identity};

use super::heads::{heads, replaced_revisions};
use super::month::Month;
use super::stored::{OpenedRevisions, attachment_ids};
use super::{Journal, JournalFile};

impl Journal {
    /// What the revisions that are here and open tell of files that are anywhere. Of
    /// attachments that were `removed` on some device, those that no head names are
    /// replaced.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder.
    pub fn succession(
        &self,
        identity: &Identity,
        among: &[JournalFile],
        removed: &dyn Fn(&JournalFile) -> bool,
    ) -> Result<Succession> {
        let mut by_entry: BTreeMap<(Month, EntryId), Vec<&JournalFile>> = BTreeMap::new();
        for label in among {
            let entry = (Month::of(label.day()), label.entry().clone());
            by_entry.entry(entry).or_default().push(label);
        }
        let mut succession = Succession::default();
        for mut group in self.scan()?.groups {
            let labels = by_entry.remove(&(Month::of(group.day()), group.id.clone()));
            // One name alone has nothing to be replaced by.
            let Some(labels) = labels.filter(|labels| labels.len() > 1) else { continue };
            // What was written since `among` was listed does not go along with it, and so
            // takes nothing away from it.
            let listed: HashSet<&EntryFileName> =
                labels.iter().filter_map(|file| revision(file)).collect();
            group.files.retain(|file| listed.contains(&file.label));
            let opened = self.open_group(&group, identity);
            succession.take_in(&group.id, &opened, &labels);
            succession.take_in_attachments(&opened, &labels, removed);
        }
        // Without a revision anywhere, there is nothing that could name them.
        let strays = by_entry.into_values().filter(|it| it.iter().all(|f| revision(f).is_none()));
        let removed = strays.flatten().filter(|file| removed(file)).cloned();
        succession.replaced.extend(removed);
        Ok(succession)
    }
}

/// The revision whose file it is, if it is no attachment's.
fn revision(file: &JournalFile) -> Option<&EntryFileName> {
    match file {
        JournalFile::Entry(label) => Some(label),
        JournalFile::Attachment(_) => None,
    }
}

/// Which of an entry's files stand for it.
#[derive(Default)]
pub struct Succession {
    /// An opened revision of the same entry is known to have replaced them.
    pub replaced: HashSet<JournalFile>,
    /// Nothing replaces them; known where all that is here of the entry opens.
    pub heads: HashSet<JournalFile>,
    /// Entries that were deleted while they were edited elsewhere, which keeps them.
    pub undeleted: BTreeSet<EntryId>,
}

impl Succession {
    fn take_in(&mut self, id: &EntryId, opened: &OpenedRevisions, labels: &[&JournalFile]) {
        let heads = heads(&opened.revisions);
        let standing: HashSet<&RevisionId> = heads.iter().map(|e| &e.revision).collect();
        let known = replaced_revisions(&opened.revisions);
        for file in labels {
            let JournalFile::Entry(label) = file else { continue };
            if standing.contains(&label.revision) {
                let all_open = opened.damaged.is_empty();
                self.heads.extend(all_open.then(|| (*file).clone()));
            } else if known.contains(&label.revision) {
                self.replaced.insert((*file).clone());
            }
        }
        if heads.iter().any(|e| e.deleted) && heads.iter().any(|e| !e.deleted) {
            self.undeleted.insert(id.clone());
        }
    }

    /// An attachment is over where no head names it, and it is known that one did: a
    /// revision that is replaced, or the device that removed it. Any other may be of
    /// an entry that is about to be written.
    fn take_in_attachments(
        &mut self,
        opened: &OpenedRevisions,
        labels: &[&JournalFile],
        removed: &dyn Fn(&JournalFile) -> bool,
    ) {
        let heads = heads(&opened.revisions);
        if !opened.damaged.is_empty() || heads.is_empty() {
            return;
        }
        let named = attachment_ids(heads);
        let known = attachment_ids(&opened.revisions);
        let attached = |file: &&JournalFile| match file {
            JournalFile::Attachment(name) => Some(name.id.clone()),
            JournalFile::Entry(_) => None,
        };
        let there: BTreeSet<AttachmentId> = labels.iter().filter_map(&attached).collect();
        // Where one that is named is nowhere, another may stand in for it.
        let all_there = named.is_subset(&there);
        for file in labels {
            let Some(id) = attached(file) else { continue };
            if named.contains(&id) {
                self.heads.insert((*file).clone());
            } else if all_there && (known.contains(&id) || removed(file)) {
                self.replaced.insert((*file).clone());
            }
        }
    }
}
