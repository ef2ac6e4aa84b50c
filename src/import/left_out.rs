//! What is said of something of another journal that did not come.

/// Why something of another journal did not come, or came otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    // Nothing of it came.
    NotUtf8 { line: usize },
    Sealed,
    NoRoom { limit_mib: u64 },
    TooLarge { limit_mib: u64 },
    NotAFile,
    Unreadable { why: String },
    BadArchive { why: String },
    Encrypted,
    NoHeader,
    BeforeTheFirst { to: usize },
    NotJson { why: String },
    NoEntries { of: &'static str },
    NoDate,
    BadDate { given: String },
    NotAnEntry { why: String },
    NewerFormat { format: u64 },
    Attachment { name: String },
    // There was nothing to lose.
    NothingInIt,
    // It came, but not as it stood there.
    NotATag { given: String },
    LooksLikeHeader,
    DaysOrMonths { given: String, read: String },
    UnknownZone { given: String },
    FrontMatter { why: String },
}

impl LeftOut {
    pub fn sentence(&self) -> String {
        match self {
            LeftOut::NotUtf8 { line } => format!(
                "line {line} is not UTF-8 text, so none of it came; `iconv -f LATIN1 -t UTF-8` converts what older programs wrote"
            ),
            LeftOut::Sealed => "it is sealed with age; `age -d` with its key opens it first".into(),
            LeftOut::NoRoom { limit_mib } => format!(
                "with the files before it, it is more than {limit_mib} MiB at once; import it on its own"
            ),
            LeftOut::TooLarge { limit_mib } => format!("it is larger than {limit_mib} MiB"),
            LeftOut::NotAFile => "it is a link or a special file, and was not followed".into(),
            LeftOut::Unreadable { why } => format!("it could not be read ({why})"),
            LeftOut::BadArchive { why } => format!("the archive cannot be read ({why})"),
            LeftOut::Encrypted => {
                "it is encrypted; let the program that wrote it decrypt or export it first".into()
            }
            LeftOut::NoHeader => {
                "no line begins with a date in brackets, as entries of jrnl do".into()
            }
            LeftOut::BeforeTheFirst { to } => {
                format!("text before the first entry, to line {to}, has no date")
            }
            LeftOut::NotJson { why } => format!("it is not JSON ({why})"),
            LeftOut::NoEntries { of } => format!("it has no list of entries, as {of} has"),
            LeftOut::NoDate => "neither its name nor its front matter gives a date".into(),
            LeftOut::BadDate { given } => format!("“{given}” is not a date that I can read"),
            LeftOut::NothingInIt => "there is nothing in it to keep".into(),
            LeftOut::NotAnEntry { why } => format!("it is no entry ({why})"),
            LeftOut::NewerFormat { format } => {
                format!("it has format {format}, which a newer version of inward reads")
            }
            LeftOut::Attachment { name } => {
                format!("the attachment {name} stays where it is; entries are text")
            }
            LeftOut::NotATag { given } => {
                format!("“{given}” cannot be a tag, and is noted in the entry")
            }
            LeftOut::LooksLikeHeader => {
                "kept as text: its date is written otherwise than those of the entries".into()
            }
            LeftOut::DaysOrMonths { given, read } => format!(
                "its dates can be read in two ways; “{given}” was taken for {read}, and the others likewise"
            ),
            LeftOut::UnknownZone { given } => {
                format!("the time zone “{given}” is unknown, so the time is kept as it was in UTC")
            }
            LeftOut::FrontMatter { why } => {
                format!("front matter that cannot be read is kept as text ({why})")
            }
        }
    }

    /// Of things of which there may be hundreds, nothing being wrong: what they
    /// are, all together.
    pub fn kind(&self) -> Option<&'static str> {
        match self {
            LeftOut::NoDate => Some("files without a date in the name or front matter"),
            LeftOut::NothingInIt => Some("empty files or entries"),
            LeftOut::Attachment { .. } => Some("attachments, which stay where they are"),
            LeftOut::NotUtf8 { .. }
            | LeftOut::Sealed
            | LeftOut::NoRoom { .. }
            | LeftOut::TooLarge { .. }
            | LeftOut::NotAFile
            | LeftOut::Unreadable { .. }
            | LeftOut::BadArchive { .. }
            | LeftOut::Encrypted
            | LeftOut::NoHeader
            | LeftOut::BeforeTheFirst { .. }
            | LeftOut::NotJson { .. }
            | LeftOut::NoEntries { .. }
            | LeftOut::BadDate { .. }
            | LeftOut::NotAnEntry { .. }
            | LeftOut::NewerFormat { .. }
            | LeftOut::NotATag { .. }
            | LeftOut::LooksLikeHeader
            | LeftOut::DaysOrMonths { .. }
            | LeftOut::UnknownZone { .. }
            | LeftOut::FrontMatter { .. } => None,
        }
    }

    /// Is it an entry that is broken? A note without a date is whole, and is no
    /// entry of a journal.
    pub fn is_damage(&self) -> bool {
        self.lost() && *self != LeftOut::NoDate
    }

    /// Did an entry, or what may be one, stay behind?
    pub fn lost(&self) -> bool {
        use LeftOut::*;
        !matches!(
            self,
            Attachment { .. }
                | NotATag { .. }
                | LooksLikeHeader
                | DaysOrMonths { .. }
                | UnknownZone { .. }
                | FrontMatter { .. }
                | NothingInIt
        )
    }
}
