//! What can go wrong with the journal as a whole.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::path::PathBuf;

use crate::error::{Exit, Failure};
use crate::seal::Damage;

#[derive(Debug)]
pub enum JournalError {
    NoSuchEntry {
        id: String,
    },
    AmbiguousId {
        prefix: String,
        candidates: Vec<String>,
    },
    BadNote {
        path: PathBuf,
    },
    OtherJournal {
        journal: PathBuf,
    },
    Away {
        journal: PathBuf,
    },
    NotThere {
        journal: PathBuf,
    },
    Emptied {
        journal: PathBuf,
        /// Is its folder there?
        is_there: bool,
    },
    /// The journal's folder is empty, and its copy was put into another one above or below it.
    Misplaced {
        journal: PathBuf,
        found: PathBuf,
    },
    /// The journal's folder has no entries, and another one above or below it has.
    Nearby {
        journal: PathBuf,
        found: PathBuf,
    },
    AttachmentUnreadable {
        name: String,
        path: PathBuf,
        why: Damage,
    },
}

impl Failure for JournalError {
    fn fact(&self) -> String {
        match self {
            JournalError::NoSuchEntry { id } => format!("No entry's id starts with “{id}”."),
            JournalError::AmbiguousId { prefix, candidates } => {
                format!("“{prefix}” matches {} entries: {}.", candidates.len(), some_of(candidates))
            }
            JournalError::BadNote { path } => {
                format!("inward can't read its note on a change of keys: {}.", path.display())
            }
            JournalError::OtherJournal { journal } => {
                format!("You started a change of keys for another journal: {}.", journal.display())
            }
            JournalError::Away { journal } => {
                format!("The journal's folder isn't there: {}.", journal.display())
            }
            JournalError::NotThere { journal } => {
                format!("There's no journal at {}.", journal.display())
            }
            JournalError::Emptied { journal, is_there } => {
                let how = if *is_there { "is empty" } else { "isn't there" };
                format!("{} {how}, but you have kept entries there.", journal.display())
            }
            JournalError::Misplaced { found, .. } => {
                format!("Your entries are in the wrong folder: {}.", found.display())
            }
            JournalError::Nearby { journal, found } => format!(
                "There's no journal at {}, but there's one at {}.",
                journal.display(),
                found.display()
            ),
            JournalError::AttachmentUnreadable { name, path, why } => {
                let (name, why) = (name.escape_debug(), why.sentence());
                format!("inward can't read the attachment “{name}” ({}): {why}.", path.display())
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            JournalError::NoSuchEntry { .. } => "`inward list` shows the ids.".into(),
            JournalError::AmbiguousId { .. } => "Type more of the id.".into(),
            JournalError::BadNote { .. } => {
                "Remove that file and run `inward key reseal`. No entry is affected.".into()
            }
            JournalError::OtherJournal { .. } => {
                "Finish it there first: inward key reseal --journal FOLDER".into()
            }
            JournalError::Away { .. } => {
                "Move it back, or mount its disk; then run `inward key reseal`.".into()
            }
            JournalError::NotThere { .. } => {
                "Check the path, and whether its disk is mounted. To start a new journal there, run `inward init` with the same path.".into()
            }
            JournalError::Emptied { .. } => {
                "Is its disk mounted? If its files were deleted, copy them back from a backup or another device. To start a new journal there, run `inward init`.".into()
            }
            JournalError::Misplaced { journal, .. } => format!(
                "Move the folders named after years (2026 and so on) from there to {}.",
                journal.display()
            ),
            JournalError::Nearby { found, .. } => {
                let found = found.to_string_lossy();
                format!("Did you mean `--journal {}`?", shell_words::quote(&found))
            }
            JournalError::AttachmentUnreadable { .. } => {
                "Nothing was changed. Restore it from a backup or another device, or detach it with `inward edit ID --detach NAME`.".into()
            }
        }
    }

    fn exit(&self) -> Exit {
        if let JournalError::NoSuchEntry { .. } = self {
            Exit::NothingMatched
        } else if let JournalError::AmbiguousId { .. } | JournalError::OtherJournal { .. } = self {
            Exit::WrongInput
        } else {
            Exit::CouldNot
        }
    }
}

/// The first few of a list that may be long.
fn some_of(words: &[String]) -> String {
    let some = words.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    if words.len() > 8 { some + " …" } else { some }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_entries_that_an_id_may_be_the_first_eight_are_named_and_more_are_hinted_at() {
        let named = |count: usize| {
            let candidates = (1..=count).map(|n| format!("a{n}")).collect();
            JournalError::AmbiguousId { prefix: "a".into(), candidates }.fact()
        };
        assert_eq!(named(2), "“a” matches 2 entries: a1, a2.");
        assert!(named(8).ends_with("matches 8 entries: a1, a2, a3, a4, a5, a6, a7, a8."));
        assert!(named(9).ends_with("matches 9 entries: a1, a2, a3, a4, a5, a6, a7, a8 …."));
    }
}
