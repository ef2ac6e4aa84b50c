//! What is sealed and published, at the keys of that moment; and what is said of others
//! who do not know of a change of keys.

use std::collections::BTreeSet;

use crate::entry::Entry;
use crate::error::Result;
use crate::seal::Sealed;

use super::App;

impl App {
    /// Seals an entry to the recipients of this moment, and publishes it.
    ///
    /// # Errors
    /// A [`KeyError`](crate::keys::KeyError) of the list, or what `publish` failed with.
    pub fn seal<T>(&self, entry: &Entry, publish: impl FnOnce(&Sealed) -> Result<T>) -> Result<T> {
        self.keys().seal(entry, publish).map_err(|e| self.explain_missing_key(e))
    }

    /// Seals a new entry, and keeps it in the journal.
    ///
    /// # Errors
    /// As [`App::seal`], and what the journal failed with.
    pub fn append(&self, entry: &Entry) -> Result<()> {
        self.seal(entry, |sealed| self.journal().append(sealed))
    }

    /// Says what was opened that a device sealed which does not know of a change of
    /// keys.
    pub fn tell_audience(&self) {
        let noted = self.audience.take();
        for kind in noted.values().collect::<BTreeSet<_>>() {
            let count = noted.values().filter(|mismatch| *mismatch == kind).count();
            self.terminal.say(&format!("{}.", kind.sentence(count)));
        }
    }

    /// After a change: what is held is of the key before.
    pub fn lock_again(&self) {
        if let Err(error) = self.keys().lock() {
            self.terminal.warn(&error);
        }
    }
}
