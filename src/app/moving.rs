//! An entry that an edit dates into another month: kept there again, and deleted
//! here.

use chrono::Days;

use crate::entry::Entry;
use crate::error::Result;
use crate::journal::{AttachmentSource, Journal, Month, StoredEntry};
use crate::query::Query;
use crate::seal::Identity;

use super::App;

/// An entry as it was and as it shall be, and who can read it.
pub struct Move<'a> {
    pub old: &'a StoredEntry,
    pub edited: Entry,
    /// What is attached to it besides.
    pub files: &'a [&'a dyn AttachmentSource],
    pub identity: &'a Identity,
}

impl Move<'_> {
    /// First it is there, and only then is it here no more. Stopped in between it
    /// is in both; the same edit once more ends that.
    pub fn run(self, app: &App, journal: &Journal) -> Result<Entry> {
        let old = self.old;
        let written = app.clock().tick().written;
        let earlier = self.earlier_move(app, journal)?;
        let there = Entry { attachments: self.edited.attachments.clone(), ..old.entry.clone() };
        let attachments = journal.kept_attachments(&there, self.identity)?;
        let files: Vec<_> = attachments
            .iter()
            .map(|attachment| &**attachment)
            .chain(self.files.iter().copied())
            .collect();
        let (mut new_entry, mut mark) =
            self.edited.move_to(&old.entry, old.revisions.clone(), written)?;
        new_entry.attachments.clear();
        let new_entry = match earlier {
            Some(earlier) => {
                mark.now = Some(earlier.entry.id.clone());
                new_entry.id = earlier.entry.id.clone();
                new_entry.replaces.clone_from(&earlier.revisions);
                app.supersede(journal, &earlier, new_entry, &files, self.identity)?
            }
            None => {
                let new_entry = app.append(new_entry, &files)?;
                journal.note_published(&new_entry, self.identity);
                new_entry
            }
        };
        app.supersede(journal, old, mark, &[], self.identity)?;
        Ok(new_entry)
    }

    /// What an earlier move of this entry left in that month, which was stopped.
    fn earlier_move(&self, app: &App, journal: &Journal) -> Result<Option<StoredEntry>> {
        let month = Month::of(self.edited.day());
        let day = self.edited.day();
        // A month to either side has all of its days, wherever one ends.
        let (from, to) = (day.checked_sub_days(Days::new(31)), day.checked_add_days(Days::new(31)));
        let query = Query { from, to, ..Query::everything() };
        let results = journal.find(&query, self.identity, app.clock())?;
        // One that was changed since is an entry of its own, and is not touched.
        let is_ours = |stored: &StoredEntry| {
            let was = stored.entry.was.iter().any(|was| *was == self.old.entry.id);
            let unchanged = stored.revisions.len() == 1 && stored.other_heads.is_empty();
            let same = stored.entry.answers == self.old.entry.answers
                && stored.entry.has_same_attachments(&self.old.entry);
            was && unchanged && same && Month::of(stored.entry.day()) == month
        };
        Ok(results.entries.into_iter().find(is_ours))
    }
}
