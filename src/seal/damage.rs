//! Why one file of the journal could not be read. The others are not affected.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use chrono::NaiveDate;

/// Why a file in the journal could not be read as an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Damage {
    NotSealed,
    SealedToAnother,
    Broken,
    NotAnEntry {
        why: String,
    },
    NewerFormat {
        format: u64,
    },
    /// A plugin that holds the key would not open it.
    Plugin {
        why: String,
    },
    /// What the file says inside disagrees with its name.
    Swapped,
    NotAFile,
    /// It has the name of a year or a month.
    NotAFolder,
    /// It is in the folder of another month than its name says.
    WrongFolder {
        place: String,
    },
    /// A folder in a year's folder whose name is no month.
    NotAMonth,
    InTheCloud,
    Gone,
    TooLarge,
    Unreadable {
        why: String,
    },
    /// A file that an entry names isn't there.
    AttachmentMissing {
        name: String,
    },
    /// An attachment's file that opens and holds other bytes than its entry names.
    OtherBytes,
    /// It was read before, and is gone though nothing replaces it; since when, once a
    /// syncer has had a day to bring it.
    Missing {
        since: Option<NaiveDate>,
    },
    /// It was replaced by a revision that was read before and is gone.
    OlderShown {
        since: Option<NaiveDate>,
    },
    /// The same, where what replaced it was a deletion.
    DeletedShown {
        since: Option<NaiveDate>,
    },
    /// What this device remembers of a month does not open.
    MemoryBroken {
        month: String,
    },
}

impl Damage {
    pub fn sentence(&self) -> String {
        match self {
            Damage::NotSealed => "it isn't an age file, or its start is missing".into(),
            Damage::SealedToAnother => "it is encrypted to another key".into(),
            Damage::Broken => "it was changed or cut short after it was encrypted".into(),
            Damage::NotAnEntry { why } => format!("it holds no entry ({why})"),
            Damage::NewerFormat { format } => {
                format!("it has format {format}, which needs a newer version of inward")
            }
            Damage::Plugin { why } => format!("the age plugin did not open it ({why})"),
            Damage::Swapped => "its content disagrees with its name".into(),
            Damage::NotAFile => "it is named like an entry, but isn't an ordinary file".into(),
            Damage::NotAFolder => {
                "it stands where a folder of entries belongs, and whatever that held isn't read"
                    .into()
            }
            Damage::WrongFolder { place } => {
                format!("its name says another month than its folder; move it to {place}")
            }
            Damage::NotAMonth => "that isn't a month, so what is in it isn't read".into(),
            Damage::InTheCloud => {
                "iCloud has not brought it to this computer yet; open its folder in the Finder"
                    .into()
            }
            Damage::Gone => "it went while it was being read".into(),
            Damage::TooLarge => "it is larger than any entry".into(),
            Damage::Unreadable { why } => format!("it could not be read ({why})"),
            Damage::AttachmentMissing { name } => {
                format!("“{name}” is attached to an entry, and its file isn't here")
            }
            Damage::OtherBytes => "it contains another file than the one its entry names".into(),
            Damage::Missing { since } => {
                format!("this entry was here and wasn't deleted, but {}", missing_since(*since))
            }
            Damage::OlderShown { since } => {
                format!(
                    "an older version is shown, and the newer one that was here {}",
                    missing_since(*since)
                )
            }
            Damage::DeletedShown { since } => {
                format!(
                    "this entry was deleted, but the mark that says so {}",
                    missing_since(*since)
                )
            }
            Damage::MemoryBroken { month } => format!(
                "what this device remembers of {month} was damaged or changed, or can't be read, so I can't tell what has gone missing since"
            ),
        }
    }

    /// Was a file left out that is there? Losses are reported too, but everything that is
    /// there was read.
    pub fn leaves_out(&self) -> bool {
        !self.is_loss() && !matches!(self, Damage::MemoryBroken { .. })
    }

    /// Is it about something that was here and is missing?
    pub fn is_loss(&self) -> bool {
        self.lost_since().is_some()
    }

    /// Has it been missing for too long for a syncer to be still bringing it?
    pub fn is_firm_loss(&self) -> bool {
        self.lost_since().flatten().is_some()
    }

    /// `Some` if something is missing; in it, since when, if that's long enough ago.
    pub fn lost_since(&self) -> Option<Option<NaiveDate>> {
        match self {
            Damage::Missing { since }
            | Damage::OlderShown { since }
            | Damage::DeletedShown { since } => Some(*since),
            Damage::NotSealed
            | Damage::SealedToAnother
            | Damage::Broken
            | Damage::NotAnEntry { .. }
            | Damage::NewerFormat { .. }
            | Damage::Plugin { .. }
            | Damage::Swapped
            | Damage::NotAFile
            | Damage::NotAFolder
            | Damage::WrongFolder { .. }
            | Damage::NotAMonth
            | Damage::InTheCloud
            | Damage::Gone
            | Damage::TooLarge
            | Damage::Unreadable { .. }
            | Damage::AttachmentMissing { .. }
            | Damage::OtherBytes
            | Damage::MemoryBroken { .. } => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Damage::SealedToAnother => "The device that wrote it, or an earlier key, may open it",
            Damage::NewerFormat { .. } => "Install the newer version",
            Damage::NotAFile => "If you didn't make it, remove it",
            Damage::NotAFolder => "Move it away, and bring the folder back from a copy",
            Damage::Gone => "Run this again",
            Damage::WrongFolder { .. } => "Until then it isn't read",
            Damage::Unreadable { .. } => "Check who owns it",
            Damage::Swapped | Damage::OtherBytes => {
                "It was renamed or exchanged by somebody; put it back from a backup"
            }
            Damage::Missing { .. } | Damage::OlderShown { .. } | Damage::DeletedShown { .. } => {
                "Put the file back from a backup or another device. If it's right as it is, run `inward doctor --accept`"
            }
            Damage::AttachmentMissing { .. } => {
                "A syncer may still be bringing it; else put it back from a backup, or remove it from the entry with `inward edit ID --detach NAME`"
            }
            Damage::MemoryBroken { .. } => {
                "If nothing but inward writes there, somebody may have changed it"
            }
            Damage::NotSealed
            | Damage::Broken
            | Damage::NotAnEntry { .. }
            | Damage::Plugin { .. }
            | Damage::InTheCloud
            | Damage::NotAMonth
            | Damage::TooLarge => {
                "Put it back from a backup or another device; until then it is left alone"
            }
        }
    }
}

fn missing_since(since: Option<NaiveDate>) -> String {
    match since {
        None => "is missing now. A syncer may still be bringing it".into(),
        Some(day) => format!("has been missing since {day}"),
    }
}
