//! The names of a journal's files: an attachment's or an entry's.

use chrono::NaiveDate;

use crate::entry::EntryId;
use crate::seal::{AttachmentFileName, EntryFileName};

use super::Journal;
use super::name::{self, NameKind};

/// A file of the journal, by its name. Attachments sort first, as they must be there
/// before the entry that names them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JournalFile {
    /// A file that is attached to an entry.
    Attachment(AttachmentFileName),
    /// A revision of an entry.
    Entry(EntryFileName),
}

impl JournalFile {
    /// The file at this path below the journal's root; `None` where another path would be
    /// right for it.
    pub fn at(place: &str) -> Option<JournalFile> {
        let entry = Journal::entry_at(place).map(JournalFile::Entry);
        entry.or_else(|| Journal::attachment_at(place).map(JournalFile::Attachment))
    }

    /// The file that this name is of, in whichever folder; `None` of another program's name
    /// for it.
    pub fn named(name: &str) -> Option<JournalFile> {
        let is_ours = |kind| kind == NameKind::Ours;
        let entry = name::parse(name).filter(|(_, kind)| is_ours(*kind));
        let attachment = || name::parse_attachment(name).filter(|(_, kind)| is_ours(*kind));
        let entry = entry.map(|(name, _)| JournalFile::Entry(name));
        entry.or_else(|| attachment().map(|(name, _)| JournalFile::Attachment(name)))
    }

    /// Its path below the root.
    pub fn place(&self) -> String {
        match self {
            JournalFile::Attachment(name) => Journal::attachment_place(name),
            JournalFile::Entry(name) => Journal::place(name),
        }
    }

    /// The entry that it belongs to.
    pub fn entry(&self) -> &EntryId {
        match self {
            JournalFile::Attachment(name) => &name.entry,
            JournalFile::Entry(name) => &name.id,
        }
    }

    /// The day in its name.
    pub fn day(&self) -> NaiveDate {
        match self {
            JournalFile::Attachment(name) => name.day,
            JournalFile::Entry(name) => name.day,
        }
    }
}
