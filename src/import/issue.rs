//! What is reported about something that wasn't imported.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

mod effect;

use chrono::NaiveTime;

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
    NotText,
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
    /// Day and month are ambiguous, in a field or in a file's name, which may have a short
    /// year, too.
    UnclearDate {
        given: String,
        field: Option<String>,
    },
    /// A field's year has no century.
    ShortYear {
        given: String,
        field: String,
    },
    NotAnEntry {
        why: String,
    },
    NewerFormat {
        format: u64,
    },
    NewerExport {
        version: String,
    },
    Attachment {
        name: String,
    },
    /// A file that a note links to.
    LinkedFile {
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
    NotAStep {
        question: String,
        given: String,
        min: i64,
        max: i64,
    },
    LooksLikeHeader {
        given: String,
    },
    /// It's written like the file's dates.
    NoSuchMoment {
        given: String,
    },
    DaysOrMonths {
        given: String,
        read: String,
    },
    UnknownZone {
        given: String,
    },
    /// Above a question of a practice that isn't here: the practice's own, or one added by hand.
    Heading {
        heading: String,
        practice: String,
    },
    /// A local time that doesn't exist, as clocks go from an earlier one to a later one.
    SkippedHour {
        given: NaiveTime,
        read: NaiveTime,
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
                "line {line} isn't UTF-8 text, so none of this file is imported; if an older program wrote it, convert it with `iconv -f LATIN1 -t UTF-8`"
            ),
            ImportIssue::Sealed => {
                "it's encrypted with age; decrypt it first, with `age -d -i KEY`".into()
            }
            ImportIssue::NoRoom { limit_mib } => format!(
                "together with the files before it, it's more than {limit_mib} MiB; import it separately"
            ),
            ImportIssue::TooLarge { limit_mib } => format!("it's larger than {limit_mib} MiB"),
            ImportIssue::NotAFile => "it's a link or a special file, which inward doesn't import".into(),
            ImportIssue::Unreadable { why } => format!("it couldn't be read ({why})"),
            ImportIssue::BadArchive { why } => format!("the archive can't be read ({why})"),
            ImportIssue::EncryptedJrnl => {
                "this jrnl journal is encrypted; import the output of `jrnl --export json`".into()
            }
            ImportIssue::NotText => {
                "it isn't text; if it's an encrypted jrnl journal, import the output of `jrnl --export json`".into()
            }
            ImportIssue::UnreadableHeaders { given } => {
                format!("inward can't read its dates in brackets, such as “{given}”")
            }
            ImportIssue::TwoDigitYear { given } => format!(
                "its years have two digits, as in “{given}”, so inward would have to guess the century; put %Y into jrnl's `timeformat`, and let jrnl write the journal again"
            ),
            ImportIssue::SetAside { what } => format!("{what}, which inward doesn't import"),
            ImportIssue::EntryTooLarge { of, limit_mib } => {
                format!("the entry of {of} is larger than {limit_mib} MiB")
            }
            ImportIssue::NotInJrnlFolder => {
                "jrnl reads only files such as 2026/11/23.txt in this folder; if this is a journal, import this file alone".into()
            }
            ImportIssue::NoHeader => {
                "no line starts with a date in brackets, as jrnl's entries do".into()
            }
            ImportIssue::BeforeTheFirst { to } => {
                format!("the text before the first entry, up to line {to}, has no date that inward can read")
            }
            ImportIssue::NotJson { why } => format!("it isn't JSON ({why})"),
            ImportIssue::NoEntries { of } => format!("it has no list of entries, which {of} has"),
            ImportIssue::NoDate => {
                "there's no date in its name, its front matter or a heading".into()
            }
            ImportIssue::BadDate { given } => format!("“{given}” isn't a date that inward can read"),
            ImportIssue::UnclearDate { given, field: None } => format!(
                "“{given}” could be more than one day; rename it, for example to 2026-11-20"
            ),
            ImportIssue::UnclearDate { given, field: Some(field) } => format!(
                "“{given}” in `{field}` could be more than one day; write it as in 2026-11-20"
            ),
            ImportIssue::ShortYear { given, field } => format!(
                "the year of “{given}” in `{field}` has two digits, so inward would have to guess the century; write it as in 2026-11-20"
            ),
            ImportIssue::DateNotRead { field, given } => format!(
                "inward can't read “{given}” in `{field}` as a date, so it looked for the day elsewhere; the field is kept"
            ),
            ImportIssue::NothingInIt => "there's nothing in it to keep".into(),
            ImportIssue::NotAnEntry { why } => format!("it isn't an entry ({why})"),
            ImportIssue::NewerFormat { format } => {
                format!("it has format {format}, which needs a newer version of inward")
            }
            ImportIssue::NewerExport { version } => {
                format!("it's an export of version {version}, which needs another version of inward")
            }
            ImportIssue::Attachment { name } => {
                format!("the attachment {name} isn't beside it, so the entry is imported without it")
            }
            ImportIssue::LinkedFile { name } => format!(
                "it links to {name}, which isn't in the folder you're importing from, so the entry is imported without it; import a folder that holds both, such as the whole vault, and it's added"
            ),
            ImportIssue::OtherAttachment { name } => {
                format!("the attachment {name} isn't the file that was exported, so the entry is imported without it")
            }
            ImportIssue::NotATag { given } => {
                format!("“{given}” can't be a tag, so it's kept as text")
            }
            ImportIssue::NotAStep { question, given, min, max } => format!(
                "the answer to “{question}” is {given}, which isn't on the scale {min}–{max}, so it's left out"
            ),
            ImportIssue::LooksLikeHeader { given } => {
                format!("“[{given}]” isn't written like the other dates, so it's kept as text")
            }
            ImportIssue::NoSuchMoment { given } => {
                format!("there's no such day or time as “{given}”, so the line is kept as text")
            }
            ImportIssue::DaysOrMonths { given, read } => format!(
                "its dates can be read in two ways; “{given}” is imported as {read}, and the others in the same way"
            ),
            ImportIssue::UnknownZone { given } => {
                format!("inward doesn't know the time zone “{given}”, so the time is kept in UTC")
            }
            ImportIssue::Heading { heading, practice } => format!(
                "the practice “{practice}” isn't here, so the heading “{heading}” counts as one of its own and is left out; if you added it, write it below a question"
            ),
            ImportIssue::SkippedHour { given, read } => format!(
                "the clocks skipped {} that day, so it's imported as {}",
                given.format("%H:%M"),
                read.format("%H:%M")
            ),
            ImportIssue::FrontMatter { why } => {
                format!("inward can't read this part of the front matter, so it's kept as text ({why})")
            }
        }
    }
}
