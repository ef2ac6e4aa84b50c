//! What is sealed and published, at the keys of that moment; and what is said of others
//! who do not know of a change of keys.

use std::collections::BTreeSet;

use crate::entry::Entry;
use crate::error::Result;
use crate::journal::{AttachmentSource, Journal, StoredEntry};
use crate::render::clean_line;
use crate::seal::{Identity, Sealed};

use super::App;

impl App {
    /// Seals files and then the entry that names them, to the recipients of this moment,
    /// and keeps it as a new one. Returns it with what was attached.
    ///
    /// # Errors
    /// A [`KeyError`](crate::keys::KeyError) of the list, and what the journal failed with;
    /// then neither the entry nor any of the files is kept.
    pub fn append(&self, entry: Entry, files: &[&dyn AttachmentSource]) -> Result<Entry> {
        let journal = self.journal();
        self.publish(&journal, entry, files, |sealed| journal.append(sealed))
    }

    /// The same, of a new revision in the place of what stands. Whoever can read it notes
    /// that it was published.
    ///
    /// # Errors
    /// As [`App::append`]; then what it replaces stays.
    pub fn supersede(
        &self,
        journal: &Journal,
        old: &StoredEntry,
        mut new: Entry,
        files: &[&dyn AttachmentSource],
        identity: &Identity,
    ) -> Result<Entry> {
        let gone = journal.detached_meanwhile(&new, identity)?;
        for detached in new.attachments.extract_if(.., |it| gone.contains(&it.id)) {
            let name = clean_line(&detached.name);
            self.terminal.say(&format!(
                "Another edit detached {name} in the meantime, so it stays detached."
            ));
        }
        let publish = |sealed: &Sealed| journal.supersede(old, sealed, identity);
        let new = self.publish(journal, new, files, publish)?;
        journal.note_published(&new, identity);
        Ok(new)
    }

    fn publish(
        &self,
        journal: &Journal,
        entry: Entry,
        files: &[&dyn AttachmentSource],
        publish: impl FnOnce(&Sealed) -> Result<()>,
    ) -> Result<Entry> {
        // A disk may have been unmounted since the command began.
        self.refuse_missing_journal()?;
        self.refuse_unmounted_journal()?;
        let published = self
            .keys()
            .seal(|recipients| journal.publish_with_files(entry, files, recipients, publish));
        published.map_err(|e| self.explain_missing_key(e))
    }

    /// Says what was opened that a device sealed which does not know of a change of
    /// keys.
    pub fn tell_audience(&self) {
        let noted = self.audience.take();
        if !noted.is_empty() && self.is_half_resealed() {
            // No other device wrote them.
            let words = "A change of keys isn't finished. `inward key reseal` continues it.";
            return self.terminal.say(words);
        }
        for kind in noted.values().collect::<BTreeSet<_>>() {
            let count = noted.values().filter(|mismatch| *mismatch == kind).count();
            self.terminal.say(&format!("{}.", kind.sentence(count)));
        }
    }

    /// Is a change of keys under way? So long, entries are encrypted as before.
    pub fn is_half_resealed(&self) -> bool {
        !matches!(self.pending_reseal(), Ok(None))
    }

    /// After a change: what is held is of the key before.
    pub fn lock_again(&self) {
        match self.keys().lock() {
            Ok(true) => self.terminal.say("The journal is locked again."),
            Ok(false) => {}
            Err(error) => self.terminal.warn(&error),
        }
    }
}
