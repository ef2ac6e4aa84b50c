//! What is reported about something that wasn't imported.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

/// Why something wasn't imported, or was imported with a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportIssue {
    // It wasn't imported.
    NotUtf8 {
        line: usize,
    },
    Sealed,
    NoRoom {
        limit_mib: u64,
    },
    TooLarge {
        limit_mib: u64,
    },
    NotAFile,
    Unreadable {
        why: String,
    },
    BadArchive {
        why: String,
    },
    EncryptedJrnl,
    NoHeader,
    UnreadableHeaders {
        given: String,
    },
    TwoDigitYear {
        given: String,
    },
    NotInJrnlFolder,
    SetAside {
        what: &'static str,
    },
    EntryTooLarge {
        of: String,
        limit_mib: u64,
    },
    BeforeTheFirst {
        to: usize,
    },
    NotJson {
        why: String,
    },
    NoEntries {
        of: &'static str,
    },
    NoDate,
    BadDate {
        given: String,
    },
    /// Day and month are ambiguous, or the century is missing.
    UnclearDate {
        given: String,
    },
    NotAnEntry {
        why: String,
    },
    NewerFormat {
        format: u64,
    },
    Attachment {
        name: String,
    },
    /// It isn't the file that was exported.
    OtherAttachment {
        name: String,
    },
    // There was nothing to import.
    NothingInIt,
    // It was imported with a change.
    NotATag {
        given: String,
    },
    LooksLikeHeader {
        given: String,
    },
    DaysOrMonths {
        given: String,
        read: String,
    },
    UnknownZone {
        given: String,
    },
    FrontMatter {
        why: String,
    },
    DateNotRead {
        field: String,
        given: String,
    },
}

impl ImportIssue {
    pub fn sentence(&self) -> String {
        match self {
            ImportIssue::NotUtf8 { line } => format!(
                "line {line} is not UTF-8 text, so none of it was imported; `iconv -f LATIN1 -t UTF-8` converts what older programs wrote"
            ),
            ImportIssue::Sealed => {
                "it is encrypted with age; open it with `age -d` and its key first".into()
            }
            ImportIssue::NoRoom { limit_mib } => format!(
                "with the files before it, it is more than {limit_mib} MiB at once; import it by itself"
            ),
            ImportIssue::TooLarge { limit_mib } => format!("it is larger than {limit_mib} MiB"),
            ImportIssue::NotAFile => "it is a link or a special file, and was not followed".into(),
            ImportIssue::Unreadable { why } => format!("it could not be read ({why})"),
            ImportIssue::BadArchive { why } => format!("the archive cannot be read ({why})"),
            ImportIssue::EncryptedJrnl => {
                "this jrnl journal is encrypted; import what `jrnl --export json` prints".into()
            }
            ImportIssue::UnreadableHeaders { given } => {
                format!("bracketed headers in a form that I can't read, such as “{given}”")
            }
            ImportIssue::TwoDigitYear { given } => format!(
                "the years have two digits, as in “{given}”, so the century is a guess; set jrnl's `timeformat` to one with %Y, and let it write the journal again"
            ),
            ImportIssue::SetAside { what } => format!("{what} are not imported"),
            ImportIssue::EntryTooLarge { of, limit_mib } => {
                format!("the entry of {of} is larger than {limit_mib} MiB")
            }
            ImportIssue::NotInJrnlFolder => {
                "jrnl reads only files such as 2026/11/23.txt in this folder; import it on its own if it's a journal".into()
            }
            ImportIssue::NoHeader => {
                "no line begins with a date in brackets, as entries of jrnl do".into()
            }
            ImportIssue::BeforeTheFirst { to } => {
                format!("text before the first entry, to line {to}, has no date")
            }
            ImportIssue::NotJson { why } => format!("it is not JSON ({why})"),
            ImportIssue::NoEntries { of } => format!("it has no list of entries, as {of} has"),
            ImportIssue::NoDate => {
                "neither its name nor its front matter nor a heading gives a date".into()
            }
            ImportIssue::BadDate { given } => format!("“{given}” isn't a date I can read"),
            ImportIssue::UnclearDate { given } => format!(
                "“{given}” can be read as more than one day; a name such as 2026-11-20 can't"
            ),
            ImportIssue::DateNotRead { field, given } => format!(
                "I can't read “{given}” in `{field}` as a date, so the day comes from elsewhere; the field is kept"
            ),
            ImportIssue::NothingInIt => "there is nothing in it to keep".into(),
            ImportIssue::NotAnEntry { why } => format!("it is no entry ({why})"),
            ImportIssue::NewerFormat { format } => {
                format!("it has format {format}, which needs a newer version of inward")
            }
            ImportIssue::Attachment { name } => {
                format!("the attachment {name} isn't beside it, so the entry was imported without it")
            }
            ImportIssue::OtherAttachment { name } => {
                format!("the attachment {name} isn't the file that was exported, so the entry was imported without it")
            }
            ImportIssue::NotATag { given } => {
                format!("“{given}” can't be a tag, and is noted in the entry")
            }
            ImportIssue::LooksLikeHeader { given } => {
                format!("“[{given}]” is kept as text, as it isn't written like the dates of the entries")
            }
            ImportIssue::DaysOrMonths { given, read } => format!(
                "its dates can be read in two ways; “{given}” was taken for {read}, and the others likewise"
            ),
            ImportIssue::UnknownZone { given } => {
                format!("the time zone “{given}” is unknown, so the time is kept as it was in UTC")
            }
            ImportIssue::FrontMatter { why } => {
                format!("this part of the front matter can't be read, and is kept as text ({why})")
            }
        }
    }

    /// For harmless issues that may occur hundreds of times: how to sum them up.
    pub fn kind(&self) -> Option<&'static str> {
        match self {
            ImportIssue::NoDate => {
                Some("files without a date in the name, front matter or heading")
            }
            ImportIssue::NothingInIt => Some("empty files or entries"),
            ImportIssue::LooksLikeHeader { .. } => Some("bracketed lines, kept as text"),
            ImportIssue::SetAside { .. } => Some("templates, copies, or things thrown away"),
            ImportIssue::NotInJrnlFolder => Some("files that jrnl doesn't read in this folder"),
            ImportIssue::DateNotRead { .. } => Some("dates in front matter that I can't read"),
            ImportIssue::Attachment { .. } => Some("attachments that aren't beside their entries"),
            ImportIssue::NotUtf8 { .. }
            | ImportIssue::Sealed
            | ImportIssue::OtherAttachment { .. }
            | ImportIssue::NoRoom { .. }
            | ImportIssue::TooLarge { .. }
            | ImportIssue::NotAFile
            | ImportIssue::Unreadable { .. }
            | ImportIssue::BadArchive { .. }
            | ImportIssue::EncryptedJrnl
            | ImportIssue::NoHeader
            | ImportIssue::UnreadableHeaders { .. }
            | ImportIssue::TwoDigitYear { .. }
            | ImportIssue::EntryTooLarge { .. }
            | ImportIssue::BeforeTheFirst { .. }
            | ImportIssue::NotJson { .. }
            | ImportIssue::NoEntries { .. }
            | ImportIssue::BadDate { .. }
            | ImportIssue::UnclearDate { .. }
            | ImportIssue::NotAnEntry { .. }
            | ImportIssue::NewerFormat { .. }
            | ImportIssue::NotATag { .. }
            | ImportIssue::DaysOrMonths { .. }
            | ImportIssue::UnknownZone { .. }
            | ImportIssue::FrontMatter { .. } => None,
        }
    }

    /// Is it a damaged entry? A note without a date, for one, is just no entry.
    pub fn is_damage(&self) -> bool {
        let harmless = matches!(
            self,
            ImportIssue::NoDate | ImportIssue::NotInJrnlFolder | ImportIssue::SetAside { .. }
        );
        self.is_lost() && !harmless
    }

    /// Was an entry, or what may be one, not imported?
    pub fn is_lost(&self) -> bool {
        use ImportIssue::*;
        !matches!(
            self,
            Attachment { .. }
                | OtherAttachment { .. }
                | NotATag { .. }
                | LooksLikeHeader { .. }
                | DaysOrMonths { .. }
                | UnknownZone { .. }
                | FrontMatter { .. }
                | DateNotRead { .. }
                | NothingInIt
        )
    }
}
