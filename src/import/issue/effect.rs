//! What an issue did to an import: what counts as left out, and what is summed up.

use super::ImportIssue;

/// What an issue did to an import. What may occur hundreds of times has a word for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ImportEffect {
    /// An entry wasn't imported.
    EntryLeftOut,
    /// What may just be no entry wasn't.
    NoteLeftOut(&'static str),
    /// Nothing was left out, or only a part of an entry.
    Remark,
    /// The same.
    OneOfManyRemarks(&'static str),
}

impl ImportIssue {
    /// For issues that may occur hundreds of times: how to sum them up.
    pub fn kind(&self) -> Option<&'static str> {
        match self.effect() {
            ImportEffect::NoteLeftOut(kind) | ImportEffect::OneOfManyRemarks(kind) => Some(kind),
            ImportEffect::EntryLeftOut | ImportEffect::Remark => None,
        }
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
            ImportIssue::NoDate => ImportEffect::NoteLeftOut(
                "files without a date in the name, front matter or heading",
            ),
            ImportIssue::SetAside { .. } => {
                ImportEffect::NoteLeftOut("templates, copies and things in the trash")
            }
            ImportIssue::NotInJrnlFolder => {
                ImportEffect::NoteLeftOut("files that jrnl doesn't read in this folder")
            }
            ImportIssue::NothingInIt => ImportEffect::OneOfManyRemarks("empty files or entries"),
            ImportIssue::LooksLikeHeader { .. } | ImportIssue::NoSuchMoment { .. } => {
                ImportEffect::OneOfManyRemarks("bracketed lines, kept as text")
            }
            ImportIssue::DateNotRead { .. } => {
                ImportEffect::OneOfManyRemarks("dates in front matter that inward can't read")
            }
            ImportIssue::Attachment { .. } => {
                ImportEffect::OneOfManyRemarks("attachments that aren't beside their entries")
            }
            ImportIssue::LinkedFile { .. } => ImportEffect::OneOfManyRemarks(
                "links to files that aren't in the folder you're importing from (import a folder that holds them too, such as the whole vault, and they're added)",
            ),
            ImportIssue::OtherAttachment { .. }
            | ImportIssue::NotATag { .. }
            | ImportIssue::NotAStep { .. }
            | ImportIssue::DaysOrMonths { .. }
            | ImportIssue::UnknownZone { .. }
            | ImportIssue::Heading { .. }
            | ImportIssue::SkippedHour { .. }
            | ImportIssue::FrontMatter { .. } => ImportEffect::Remark,
        }
    }

    /// Is it a damaged entry? A note without a date, for one, is just no entry.
    pub fn is_damage(&self) -> bool {
        self.effect() == ImportEffect::EntryLeftOut
    }

    /// Was an entry, or what may be one, not imported?
    pub fn is_lost(&self) -> bool {
        match self.effect() {
            ImportEffect::EntryLeftOut | ImportEffect::NoteLeftOut(_) => true,
            ImportEffect::Remark | ImportEffect::OneOfManyRemarks(_) => false,
        }
    }
}
