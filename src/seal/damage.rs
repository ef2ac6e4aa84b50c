//! Why one file of the journal could not be read. The others are not affected.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

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
    /// sync tool has had a day to bring it.
    Missing {
        since: Option<NaiveDate>,
    },
    /// It was replaced by a revision that was read before and is gone.
    OlderShown {
        since: Option<NaiveDate>,
    },
    /// It was deleted by a mark that was read before and is gone.
    DeletedShown {
        since: Option<NaiveDate>,
    },
    /// What this device remembers of a month does not open.
    MemoryBroken {
        month: String,
    },
}

/// For how long something has been missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// A sync tool may still be bringing it.
    Recent,
    /// For longer than any takes.
    Since(NaiveDate),
}

/// What follows from damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DamageClass {
    /// A file that is there holds other bytes than it should.
    Contents,
    /// A file that is there was left out for another reason.
    LeftOut,
    /// Something that was here is missing.
    Loss(Absence),
    /// Whether something is missing can't be told.
    Forgotten,
}

impl Damage {
    pub fn sentence(&self) -> String {
        match self {
            Damage::NotSealed => "it isn't an age file, or its beginning is missing".into(),
            Damage::SealedToAnother => "it's encrypted to another key".into(),
            Damage::Broken => "it was changed or cut short after it was encrypted".into(),
            Damage::NotAnEntry { why } => format!("it doesn't contain an entry ({why})"),
            Damage::NewerFormat { format } => {
                format!("it has format {format}, which needs a newer version of inward")
            }
            Damage::Plugin { why } => format!("the age plugin couldn't open it ({why})"),
            Damage::Swapped => "its contents don't match its name".into(),
            Damage::NotAFile => "it has the name of an entry, but isn't an ordinary file".into(),
            Damage::NotAFolder => {
                "this should be a folder of entries, but it isn't a folder".into()
            }
            Damage::WrongFolder { place } => {
                format!("it's in the wrong month's folder; move it to {place}")
            }
            Damage::NotAMonth => {
                "this folder's name isn't a month, so inward reads nothing in it".into()
            }
            Damage::InTheCloud => "iCloud hasn't downloaded it to this computer yet".into(),
            Damage::Gone => "it disappeared while inward was reading it".into(),
            Damage::TooLarge => "it's too large to be an entry".into(),
            Damage::Unreadable { why } => format!("it couldn't be read ({why})"),
            Damage::AttachmentMissing { name } => {
                format!("the file of the attachment “{name}” isn't here")
            }
            Damage::OtherBytes => "it isn't the file its entry refers to".into(),
            Damage::Missing { since } => {
                format!("this entry was here and wasn't deleted, but it {}", missing_since(*since))
            }
            Damage::OlderShown { since } => {
                format!(
                    "inward shows an older revision; this newer one was here, but it {}",
                    missing_since(*since)
                )
            }
            Damage::DeletedShown { since } => {
                format!(
                    "this entry was deleted, but its deletion mark, this file, {}",
                    missing_since(*since)
                )
            }
            Damage::MemoryBroken { month } => format!(
                "this device's record of {month} is damaged or can't be read, so inward can't tell if anything is missing"
            ),
        }
    }

    fn class(&self) -> DamageClass {
        match self {
            Damage::Broken | Damage::NotSealed | Damage::OtherBytes | Damage::TooLarge => {
                DamageClass::Contents
            }
            Damage::SealedToAnother
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
            | Damage::Unreadable { .. }
            | Damage::AttachmentMissing { .. } => DamageClass::LeftOut,
            Damage::Missing { since }
            | Damage::OlderShown { since }
            | Damage::DeletedShown { since } => {
                DamageClass::Loss(since.map_or(Absence::Recent, Absence::Since))
            }
            Damage::MemoryBroken { .. } => DamageClass::Forgotten,
        }
    }

    /// Was a file left out that is there? Losses are reported too, but everything that is
    /// there was read.
    pub fn leaves_out(&self) -> bool {
        match self.class() {
            DamageClass::Contents | DamageClass::LeftOut => true,
            DamageClass::Loss(_) | DamageClass::Forgotten => false,
        }
    }

    /// Is it a file that is there and holds other bytes than it should? Another one can then
    /// be put in its place.
    pub fn is_of_contents(&self) -> bool {
        self.class() == DamageClass::Contents
    }

    /// Is it about something that was here and is missing?
    pub fn is_loss(&self) -> bool {
        self.absence().is_some()
    }

    /// Has it been missing for too long for a sync tool to be still bringing it?
    pub fn is_firm_loss(&self) -> bool {
        matches!(self.absence(), Some(Absence::Since(_)))
    }

    /// For how long something has been missing; `None` of any other damage.
    pub fn absence(&self) -> Option<Absence> {
        match self.class() {
            DamageClass::Loss(absence) => Some(absence),
            DamageClass::Contents | DamageClass::LeftOut | DamageClass::Forgotten => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Damage::SealedToAnother => "The device that wrote it, or an earlier key, may open it",
            Damage::NewerFormat { .. } => "Install the newer version",
            Damage::NotAFile => "If you didn't make it, remove it",
            Damage::NotAFolder => "Move this file away, and restore the folder from a backup",
            Damage::Gone => "Run this again",
            Damage::WrongFolder { .. } => "inward doesn't read it where it is now",
            Damage::NotAMonth => "Rename it to its month, 01 to 12, or move it away",
            Damage::InTheCloud => "Open its folder in the Finder to download it",
            Damage::Unreadable { .. } => "Check who owns it, and whether you may read it",
            Damage::Swapped | Damage::OtherBytes => {
                "Someone renamed or swapped it; restore it from a backup"
            }
            Damage::DeletedShown { .. } => {
                "Restore the file, or delete the entry again with `inward delete` and its id. To keep the entry, run `inward doctor --accept`"
            }
            Damage::Missing { .. } | Damage::OlderShown { .. } => {
                "Restore the file from a backup or another device. If you removed it on purpose, run `inward doctor --accept`"
            }
            Damage::AttachmentMissing { .. } => {
                "Your sync tool may still be downloading it. If not, restore it from a backup, or detach it with `inward edit ID --detach NAME`"
            }
            Damage::MemoryBroken { .. } => {
                "Run `inward doctor`, and compare with a backup. If no other program writes to that folder, someone may have changed it"
            }
            Damage::NotSealed
            | Damage::Broken
            | Damage::NotAnEntry { .. }
            | Damage::Plugin { .. }
            | Damage::TooLarge => {
                "Restore it from a backup or another device; inward leaves this file alone"
            }
        }
    }
}

fn missing_since(since: Option<NaiveDate>) -> String {
    match since {
        None => "is missing now. Your sync tool may still be downloading it".into(),
        Some(day) => format!("has been missing since {day}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_a_loss_and_a_firm_one_once_no_sync_tool_still_brings_it() {
        let day = Some("2026-11-23".parse().unwrap());
        for since in [None, day] {
            for loss in [
                Damage::Missing { since },
                Damage::OlderShown { since },
                Damage::DeletedShown { since },
            ] {
                assert!(loss.is_loss() && !loss.leaves_out(), "{loss:?}");
                assert_eq!(loss.is_firm_loss(), since.is_some(), "{loss:?}");
                let says =
                    if since.is_some() { "since 2026-11-23" } else { "still be downloading" };
                assert!(loss.sentence().contains(says), "{}", loss.sentence());
            }
        }
    }

    #[test]
    fn a_file_that_was_not_read_is_left_out_and_is_no_loss() {
        let (why, name) = (String::new, String::new());
        for damage in [
            Damage::NotSealed,
            Damage::SealedToAnother,
            Damage::Broken,
            Damage::NotAnEntry { why: why() },
            Damage::NewerFormat { format: 9 },
            Damage::Plugin { why: why() },
            Damage::Swapped,
            Damage::NotAFile,
            Damage::NotAFolder,
            Damage::WrongFolder { place: String::new() },
            Damage::NotAMonth,
            Damage::InTheCloud,
            Damage::Gone,
            Damage::TooLarge,
            Damage::Unreadable { why: why() },
            Damage::AttachmentMissing { name },
            Damage::OtherBytes,
        ] {
            assert!(
                damage.leaves_out() && !damage.is_loss() && !damage.is_firm_loss(),
                "{damage:?}"
            );
        }
        let memory = Damage::MemoryBroken { month: "2026-11".into() };
        assert!(!memory.leaves_out() && !memory.is_loss() && !memory.is_firm_loss());
    }
}
