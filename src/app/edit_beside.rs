//! An edit whose entry was changed, moved or deleted after it was begun: it is published
//! beside what came since, so that neither is lost, and `edit` settles which one is kept.

use crate::entry::Entry;
use crate::error::Result;
use crate::journal::{Month, StoredEntry};
use crate::seal::Identity;

use super::App;
use super::drafts::{edited_day, strip_draft_notes};

/// What a draft of an edit meets when it is continued.
pub struct EditedEntry {
    /// The entry, or what its draft has of it where it is there no more.
    pub stored: StoredEntry,
    /// Is there something that the draft doesn't know?
    pub moved_on: bool,
}

impl EditedEntry {
    /// Finds the entry of a draft.
    ///
    /// # Errors
    /// What keeps the journal from being read.
    pub fn find(app: &App, draft: &Entry, identity: &Identity) -> Result<EditedEntry> {
        let stored = app.cached_journal().entry_of_id(&draft.id, identity)?;
        Ok(match stored {
            Some(stored) => {
                let moved_on = stored.heads().any(|head| !knows(draft, head));
                EditedEntry { stored, moved_on }
            }
            None => {
                let mut alone = Entry { attachments: Vec::new(), ..draft.clone() };
                strip_draft_notes(&mut alone);
                EditedEntry { stored: StoredEntry::new(alone), moved_on: true }
            }
        })
    }
}

/// Was the draft begun with this version, or is it what was kept of the draft before it
/// was gone?
fn knows(draft: &Entry, head: &Entry) -> bool {
    let is_known = |revision| draft.replaces.contains(revision);
    let says_the_same =
        head.answers == draft.answers && head.tags == draft.tags && head.at == draft.at;
    is_known(&head.revision) || head.copy_of.as_ref().is_some_and(is_known) || says_the_same
}

/// Publishes an edit beside what came since its draft was begun: it replaces nothing that
/// the draft did not know.
///
/// # Errors
/// What kept it from being published.
pub fn publish_beside(
    app: &App,
    stored: &StoredEntry,
    edited: Entry,
    draft: &Entry,
    identity: &Identity,
) -> Result<Entry> {
    let edited = Entry { written: draft.written, ..edited };
    let written = app.clock().tick().written;
    let month = Month::of(edited_day(draft).unwrap_or_else(|| stored.entry.day()));
    let published = if Month::of(edited.day()) == month {
        app.append(edited.revise(draft.replaces.clone(), written)?, &[])?
    } else {
        // As an entry that was moved on one of two devices: it stays where it was, too.
        let journal = app.cached_journal();
        let there = Entry { attachments: edited.attachments.clone(), ..stored.entry.clone() };
        let files = journal.kept_attachments(&there, identity)?;
        let files: Vec<_> = files.iter().map(|file| &**file).collect();
        let (mut new_entry, _) = edited.move_to(&stored.entry, Vec::new(), written)?;
        new_entry.attachments.clear();
        app.append(new_entry, &files)?
    };
    app.cached_journal().note_published(&published, identity);
    Ok(published)
}
