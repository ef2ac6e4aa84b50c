//! What an issue did to an import: what counts as left out, and what is summed up.

use super::ImportIssue;

/// What an issue did to an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ImportEffect {
    /// An entry wasn't imported.
    EntryLeftOut,
    /// What may just be no entry wasn't.
    NoteLeftOut,
    /// Nothing was left out, or only a part of an entry.
    Remark,
}

impl ImportIssue {
    /// For harmless issues that may occur hundreds of times: how to sum them up.
    pub fn kind(&self) -> Option<&'static str> {
        Some(match self {
            ImportIssue::NoDate => "files without a date in the name, front matter or heading",
            ImportIssue::NothingInIt => "empty files or entries",
            ImportIssue::LooksLikeHeader { .. } | ImportIssue::NoSuchMoment { .. } => {
                "bracketed lines, kept as text"
            }
            ImportIssue::SetAside { .. } => "templates, copies and things in the trash",
            ImportIssue::NotInJrnlFolder => "files that jrnl doesn't read in this folder",
            ImportIssue::DateNotRead { .. } => "dates in front matter that inward can't read",
            ImportIssue::Attachment { .. } => "attachments that aren't beside their entries",
            ImportIssue::LinkedFile { .. } => {
                "links to files that aren't in the folder you're importing from (import a folder that holds them too, such as the whole vault, and they're added)"
            }
            ImportIssue::NotUtf8 { .. }
            | ImportIssue::Sealed
            | ImportIssue::NoRoom { .. }
            | ImportIssue::TooLarge { .. }
            | ImportIssue::NotAFile
            | ImportIssue::Unreadable { .. }
            | ImportIssue::BadArchive { .. }
            | ImportIssue::EncryptedJrnl
            | ImportIssue::NotText
            | ImportIssue::NoHeader
            | ImportIssue::UnreadableHeaders { .. }
            | ImportIssue::TwoDigitYear { .. }
            | ImportIssue::EntryTooLarge { .. }
            | ImportIssue::BeforeTheFirst { .. }
            | ImportIssue::NotJson { .. }
            | ImportIssue::NoEntries { .. }
            | ImportIssue::BadDate { .. }
            | ImportIssue::UnclearDate { .. }
            | ImportIssue::ShortYear { .. }
            | ImportIssue::NotAnEntry { .. }
            | ImportIssue::NewerFormat { .. }
            | ImportIssue::NewerExport { .. }
            | ImportIssue::OtherAttachment { .. }
            | ImportIssue::NotATag { .. }
            | ImportIssue::NotAStep { .. }
            | ImportIssue::DaysOrMonths { .. }
            | ImportIssue::UnknownZone { .. }
            | ImportIssue::Heading { .. }
            | ImportIssue::SkippedHour { .. }
            | ImportIssue::FrontMatter { .. } => return None,
        })
    }

    fn effect(&self) -> ImportEffect {
        match self {
            ImportIssue::NotUtf8 { .. }
            | ImportIssue::Sealed
            | ImportIssue::NoRoom { .. }
            | ImportIssue::TooLarge { .. }
            | ImportIssue::NotAFile
            | ImportIssue::Unreadable { .. }
            | ImportIssue::BadArchive { .. }
            | ImportIssue::EncryptedJrnl
            | ImportIssue::NotText
            | ImportIssue::NoHeader
            | ImportIssue::UnreadableHeaders { .. }
            | ImportIssue::TwoDigitYear { .. }
            | ImportIssue::EntryTooLarge { .. }
            | ImportIssue::BeforeTheFirst { .. }
            | ImportIssue::NotJson { .. }
            | ImportIssue::NoEntries { .. }
            | ImportIssue::BadDate { .. }
            | ImportIssue::UnclearDate { .. }
            | ImportIssue::ShortYear { .. }
            | ImportIssue::NotAnEntry { .. }
            | ImportIssue::NewerFormat { .. }
            | ImportIssue::NewerExport { .. } => ImportEffect::EntryLeftOut,
            ImportIssue::NoDate | ImportIssue::NotInJrnlFolder | ImportIssue::SetAside { .. } => {
                ImportEffect::NoteLeftOut
            }
            ImportIssue::Attachment { .. }
            | ImportIssue::LinkedFile { .. }
            | ImportIssue::OtherAttachment { .. }
            | ImportIssue::NothingInIt
            | ImportIssue::NotATag { .. }
            | ImportIssue::NotAStep { .. }
            | ImportIssue::LooksLikeHeader { .. }
            | ImportIssue::NoSuchMoment { .. }
            | ImportIssue::DaysOrMonths { .. }
            | ImportIssue::UnknownZone { .. }
            | ImportIssue::Heading { .. }
            | ImportIssue::SkippedHour { .. }
            | ImportIssue::FrontMatter { .. }
            | ImportIssue::DateNotRead { .. } => ImportEffect::Remark,
        }
    }

    /// Is it a damaged entry? A note without a date, for one, is just no entry.
    pub fn is_damage(&self) -> bool {
        self.effect() == ImportEffect::EntryLeftOut
    }

    /// Was an entry, or what may be one, not imported?
    pub fn is_lost(&self) -> bool {
        match self.effect() {
            ImportEffect::EntryLeftOut | ImportEffect::NoteLeftOut => true,
            ImportEffect::Remark => false,
        }
    }
}
