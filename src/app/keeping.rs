//! Keeping what a session asked, whatever stands in the way: a full disk, a file that went
//! meanwhile, or a draft of what was kept already.

use crate::disk::DiskError;
use crate::entry::Entry;
use crate::error::Result;
use crate::journal::{AttachmentSource, Journal, StoredEntry};
use crate::prompt::{Screen, yes};
use crate::seal::{EntryFileName, Identity};

use super::attaching::{LocalFile, sources};
use super::session::Session;

impl Session<'_> {
    /// A full disk can be mended, and keeping tried again; and an entry is not given up for
    /// a file that went meanwhile.
    pub(super) fn append_patiently(&self, mut entry: Entry, screen: &Screen) -> Result<Entry> {
        let mut files = self.files.clone();
        let begun = self.kept_before(&entry)?;
        if let Some((kept, _)) = &begun {
            // What was sealed then need not be where it was.
            let was_sealed = |file: &LocalFile| {
                let (name, _) = file.name_and_type();
                kept.entry.attachments.iter().any(|it| it.name == name)
            };
            files.retain(|file| !was_sealed(file));
            entry.attachments.clone_from(&kept.entry.attachments);
            entry = entry.revise(kept.revisions.clone(), self.app.clock().written)?;
        }
        let append = |entry: Entry, files: &[LocalFile]| match &begun {
            Some((kept, identity)) => {
                let journal = self.app.cached_journal();
                self.app.supersede(&journal, kept, entry, &sources(files), identity)
            }
            None => self.app.append(entry, &sources(files)),
        };
        loop {
            let unread = files.iter().find_map(|file| Some((file.clone(), file.length().err()?)));
            if let Some((file, error)) = unread {
                screen.paragraph(&error.to_string());
                if !yes("Keep the entry without it?", screen)? {
                    return Err(error);
                }
                files.retain(|other| *other != file);
                continue;
            }
            match append(entry.clone(), &files) {
                Err(error) if matches!(error.of(), Some(DiskError::Io { .. })) => {
                    screen.paragraph(&format!("{error} {}", error.hint()));
                    if !yes("Try to keep it once more?", screen)? {
                        return Err(error);
                    }
                }
                // It was kept once already, and cannot be opened now: what was said since
                // is a later revision of it.
                Err(e) if e.is_taken() => {
                    let replaces = vec![entry.revision.clone()];
                    entry = entry.revise(replaces, self.app.clock().written)?;
                }
                kept => return kept,
            }
        }
    }

    /// The entry as it was kept already, where that was stopped before its draft was gone
    /// and nobody has changed it since: what was said after that takes its place.
    fn kept_before(&self, entry: &Entry) -> Result<Option<(StoredEntry, Identity)>> {
        let journal = self.app.cached_journal();
        let place = journal.root().join(Journal::place(&EntryFileName::of(entry)));
        if !place.exists() {
            return Ok(None);
        }
        let Some(identity) = self.app.keys().unlocked_identity() else { return Ok(None) };
        let found = journal.resolve(&[entry.id.to_string()], &identity)?;
        let kept = found.entries.into_iter().find(|it| it.revisions == [entry.revision.clone()]);
        Ok(kept.map(|kept| (kept, identity)))
    }
}
