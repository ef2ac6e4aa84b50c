//! An entry as the journal shows it: its heads, of all revisions present.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::config::Clock;
use crate::entry::{AttachmentId, Entry, EntryId, RevisionId};
use crate::query::Query;

use super::heads::{heads, replaced_revisions};

/// An entry as its heads show it.
#[derive(Clone, Debug)]
pub struct StoredEntry {
    /// The newest head.
    pub entry: Entry,
    /// Other heads, newest first: edits made independently, which `edit` merges.
    pub other_heads: Vec<Entry>,
    /// What another device did to it, without knowing of these edits.
    pub elsewhere: Elsewhere,
    /// All its revisions, for the next one to replace.
    pub revisions: Vec<RevisionId>,
    /// The files of the revisions that could be read.
    pub files: Vec<PathBuf>,
    /// All attachments that any of these revisions names.
    pub attached: BTreeSet<AttachmentId>,
}

/// What became of an entry on a device that didn't know of the edits here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Elsewhere {
    /// Nothing, as far as is known here.
    Nothing,
    /// It was deleted, perhaps after it was moved.
    Deleted,
    /// It was moved to another month, and is there, too, under this id.
    Moved(EntryId),
}

impl Elsewhere {
    /// What these deletions, which nothing replaces, say. One with `now` is a move, of which
    /// `of_moved` says what became. That it's in two places outranks that it was deleted.
    pub(super) fn of(deletions: &[&Entry], of_moved: impl Fn(&EntryId) -> Elsewhere) -> Elsewhere {
        let each = deletions.iter().map(|deletion| match &deletion.now {
            Some(now) => of_moved(now),
            None => Elsewhere::Deleted,
        });
        each.max().unwrap_or(Elsewhere::Nothing)
    }
}

impl StoredEntry {
    /// An entry that is in no journal yet.
    pub fn new(entry: Entry) -> StoredEntry {
        StoredEntry {
            attached: attachment_ids([&entry]),
            entry,
            other_heads: Vec::new(),
            elsewhere: Elsewhere::Nothing,
            revisions: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The entry with its other heads.
    pub fn heads(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.entry).chain(&self.other_heads)
    }

    /// As [`Query::matches_versions`].
    pub fn matches(&self, query: &Query, clock: &Clock) -> bool {
        query.matches_versions(&self.entry, &self.other_heads, clock)
    }

    /// An edit of it with the files of every head, and no others. A file can't be chosen
    /// between as an answer can, and one that no head names is deleted on every device; so is
    /// what a draft names and no head does any more.
    pub fn with_all_files(&self, mut edited: Entry) -> Entry {
        let files = || self.heads().flat_map(|head| &head.attachments);
        edited.attachments.retain(|it| files().any(|file| file.id == it.id));
        for file in files() {
            if !edited.has_file(file) {
                edited.attachments.push(file.clone());
            }
        }
        edited
    }
}

/// The entry as its heads show it. `None` if it's deleted or no revision could be read.
/// `of_moved` says what became of one that was moved to another month.
pub(super) fn entry_of(
    revisions: Vec<Entry>,
    files: Vec<PathBuf>,
    of_moved: impl Fn(&EntryId) -> Elsewhere,
) -> Option<StoredEntry> {
    let replaced = replaced_revisions(&revisions);
    if let [only] = &*revisions {
        let deleted = only.deleted;
        let entry = revisions.into_iter().next().filter(|_| !deleted)?;
        return Some(StoredEntry { revisions: replaced, files, ..StoredEntry::new(entry) });
    }
    let (deleted, current): (Vec<&Entry>, Vec<&Entry>) =
        heads(&revisions).into_iter().partition(|entry| entry.deleted);
    let mut current: Vec<Entry> = current.into_iter().cloned().collect();
    let entry = current.pop()?;
    current.reverse();
    Some(StoredEntry {
        entry,
        other_heads: current,
        elsewhere: Elsewhere::of(&deleted, of_moved),
        attached: attachment_ids(&revisions),
        revisions: replaced,
        files,
    })
}

/// The ids of all attachments that these revisions name.
pub(super) fn attachment_ids<'e>(
    revisions: impl IntoIterator<Item = &'e Entry>,
) -> BTreeSet<AttachmentId> {
    let attachments = revisions.into_iter().flat_map(|entry| &entry.attachments);
    attachments.map(|attachment| attachment.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::entry::testing;

    fn with_files(files: &[(&str, &str)]) -> Entry {
        let file = |(id, name): &(&str, &str)| {
            json!({ "id": id, "name": name, "type": "text/plain", "bytes": 1,
                    "sha256": name.repeat(64) })
        };
        let files: Vec<_> = files.iter().map(file).collect();
        testing::entry(json!({ "answers": [], "attachments": files }))
    }

    #[test]
    fn an_edit_has_the_files_of_every_head_as_they_name_them_and_no_others() {
        let newest = with_files(&[("0000000001", "a"), ("0000000002", "b")]);
        let other = with_files(&[("0000000003", "a"), ("0000000004", "c")]);
        let stored = StoredEntry { other_heads: vec![other], ..StoredEntry::new(newest) };
        let files = |edited: Entry| {
            let mut ids: Vec<String> = stored
                .with_all_files(edited)
                .attachments
                .into_iter()
                .map(|file| format!("{}{}", &file.id.as_str()[9..], file.name))
                .collect();
            ids.sort();
            ids
        };
        assert_eq!(files(stored.entry.clone()), ["1a", "2b", "4c"]);
        assert_eq!(files(stored.other_heads[0].clone()), ["2b", "3a", "4c"]);
        // A draft from before two of its files were sealed again and removed.
        let draft = with_files(&[("0000000002", "b"), ("0000000008", "c"), ("0000000009", "d")]);
        assert_eq!(files(draft), ["1a", "2b", "4c"]);
    }
}
