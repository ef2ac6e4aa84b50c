//! Every file that a journal holds, by its name: an attachment's or an entry's.

use chrono::NaiveDate;

use crate::entry::EntryId;
use crate::seal::{AttachmentFileName, EntryFileName};

use super::Journal;

/// What the name of one of the journal's files tells. Attachments come first: they are to
/// be there before the entry that names them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JournalFile {
    /// A file that is attached to an entry.
    Attachment(AttachmentFileName),
    /// A revision of an entry.
    Entry(EntryFileName),
}

impl JournalFile {
    /// What has this place below the journal's root, if that is the place of what it is.
    pub fn at(place: &str) -> Option<JournalFile> {
        let entry = Journal::label_at(place).map(JournalFile::Entry);
        entry.or_else(|| Journal::attachment_at(place).map(JournalFile::Attachment))
    }

    /// Where it is, below the root.
    pub fn place(&self) -> String {
        match self {
            JournalFile::Attachment(name) => Journal::attachment_place(name),
            JournalFile::Entry(label) => Journal::place(label),
        }
    }

    /// The entry that it is a part of.
    pub fn entry(&self) -> &EntryId {
        match self {
            JournalFile::Attachment(name) => &name.entry,
            JournalFile::Entry(label) => &label.id,
        }
    }

    /// The day in its name.
    pub fn day(&self) -> NaiveDate {
        match self {
            JournalFile::Attachment(name) => name.day,
            JournalFile::Entry(label) => label.day,
        }
    }
}
