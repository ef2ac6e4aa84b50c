//! What can go wrong with the journal as a whole.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use std::path::PathBuf;

use crate::error::{Exit, Failure};
use crate::seal::Damage;

#[derive(Debug)]
pub enum JournalError {
    NoSuchEntry { id: String },
    AmbiguousId { prefix: String, candidates: Vec<String> },
    BadNote { path: PathBuf },
    OtherJournal { journal: PathBuf },
    Away { journal: PathBuf },
    NotThere { journal: PathBuf },
    Emptied { journal: PathBuf },
    AttachmentUnreadable { name: String, path: PathBuf, why: Damage },
}

impl Failure for JournalError {
    fn fact(&self) -> String {
        match self {
            JournalError::NoSuchEntry { id } => format!("No entry's id starts with “{id}”."),
            JournalError::AmbiguousId { prefix, candidates } => format!(
                "“{prefix}” starts the ids of {} entries: {}.",
                candidates.len(),
                some_of(candidates)
            ),
            JournalError::BadNote { path } => {
                format!("The note about a change of keys can't be read: {}.", path.display())
            }
            JournalError::OtherJournal { journal } => {
                format!("A change of keys was started for another journal: {}.", journal.display())
            }
            JournalError::Away { journal } => {
                format!("The journal's folder is not there: {}.", journal.display())
            }
            JournalError::NotThere { journal } => {
                format!("There is no journal at {}.", journal.display())
            }
            JournalError::Emptied { journal } => {
                format!("{} is empty, and you have kept entries there.", journal.display())
            }
            JournalError::AttachmentUnreadable { name, path, why } => {
                let (name, why) = (name.escape_debug(), why.sentence());
                format!("The attached file “{name}” can't be read: {}: {why}.", path.display())
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            JournalError::NoSuchEntry { .. } => "`inward list` shows the ids.".into(),
            JournalError::AmbiguousId { .. } => "Give one more character of the id.".into(),
            JournalError::BadNote { .. } => {
                "Remove that file and run `inward key reseal`. No entry is affected.".into()
            }
            JournalError::OtherJournal { .. } => {
                "Finish it there first: inward key reseal --journal FOLDER".into()
            }
            JournalError::Away { .. } => {
                "Put it back, or mount its disk, and run `inward key reseal`.".into()
            }
            JournalError::NotThere { .. } => {
                "Check its name, and that its disk is mounted. To start a new journal there, run `inward init` with the same name.".into()
            }
            JournalError::Emptied { .. } => {
                "Is its disk mounted? To start a new journal there, run `inward init`.".into()
            }
            JournalError::AttachmentUnreadable { .. } => {
                "Nothing was changed. Put its file back from a backup or another device, or remove it from the entry with `inward edit ID --detach NAME`.".into()
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            JournalError::NoSuchEntry { .. } => Exit::NothingMatched,
            JournalError::AmbiguousId { .. } | JournalError::OtherJournal { .. } => {
                Exit::WrongInput
            }
            JournalError::BadNote { .. }
            | JournalError::Away { .. }
            | JournalError::NotThere { .. }
            | JournalError::Emptied { .. }
            | JournalError::AttachmentUnreadable { .. } => Exit::CouldNot,
        }
    }
}

/// The first few of a list that may be long.
fn some_of(words: &[String]) -> String {
    let some = words.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    if words.len() > 8 { some + " …" } else { some }
}
