//! Every sentence that reports a failure: what happened, what to do, and the
//! exit code. No other file words one.

mod damage;
mod dates;
mod finding;
mod import;
mod input;
mod keys;
mod near;
mod regex;
mod settings;
mod sync;
mod trouble;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

pub use damage::Damage;
pub use dates::DateFault;
pub use finding::Finding;
pub use import::ImportIssue;
pub use keys::{KeyFault, NotARecipient};
pub use near::nearest;
pub use regex::RegexFault;
pub use settings::SettingFault;
pub use sync::SyncFault;

/// How a run ended, for the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    NothingMatched = 1,
    WrongInput = 2,
    Locked = 3,
    SomeDamaged = 4,
    CouldNot = 5,
    Cancelled = 130,
}

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
pub enum Error {
    /// Of every exit code.
    Key(KeyFault),

    // 1: nothing matched
    NothingMatched,
    /// Nor is there such a practice.
    NothingOfPractice {
        given: String,
        known: Vec<String>,
    },
    /// Without regard to capitals there would have been so many.
    NothingInThisCase {
        others: usize,
    },
    NothingToResume,
    NothingToFollowUp {
        practice: String,
    },
    NoSuchEntry {
        id: String,
    },

    // 2: the command line or the input
    BadAnswer {
        question: String,
        given: String,
        allowed: String,
    },
    UnknownQuestion {
        practice: String,
        given: String,
        known: Vec<String>,
    },
    UnknownPractice {
        given: String,
        known: Vec<String>,
    },
    UnknownCommand {
        given: String,
        near: Option<String>,
    },
    UnknownFlag {
        given: String,
        near: Option<String>,
    },
    MissingArgument {
        wanted: Option<String>,
    },
    /// No command of this name, nor any of the topics that there are.
    UnknownTopic {
        given: String,
        known: Vec<&'static str>,
    },
    AnswersNotJson {
        source: String,
        why: String,
    },
    NoSuchFile {
        path: PathBuf,
    },
    AnswersNotAnObject {
        source: String,
    },
    AnsweredTwice {
        question: String,
    },
    NothingSaid {
        practice: String,
    },
    BadWhen {
        given: String,
    },
    Date(DateFault),
    /// The first day comes after the last.
    BackwardDays {
        first: NaiveDate,
        last: NaiveDate,
    },
    BadTag {
        given: String,
    },
    BadRegex {
        given: String,
        /// The sign at which it goes wrong, counted from one.
        at: Option<usize>,
        fault: RegexFault,
    },
    BadWhere {
        given: String,
    },
    NobodyAsks {
        question: String,
        known: Vec<String>,
    },
    /// Neither a practice nor a question.
    NothingCalled {
        given: String,
        known: Vec<String>,
    },
    NotUtf8 {
        source: String,
        byte: usize,
    },
    TooLong {
        source: String,
        limit_mib: u64,
    },
    AmbiguousId {
        given: String,
        candidates: Vec<String>,
    },
    FileExists {
        path: PathBuf,
    },
    NotAPlainFile {
        path: PathBuf,
    },
    BadRedaction {
        given: String,
    },
    NoPartner,
    BadTemplate {
        file: String,
        line: usize,
        why: String,
    },
    SealedToTerminal,
    NoSuchSource {
        path: PathBuf,
    },
    NothingToImport {
        source: &'static str,
        wanted: &'static str,
    },
    BrokenPractice {
        file: PathBuf,
        mistakes: Vec<Mistake>,
    },
    Setting {
        file: PathBuf,
        line: usize,
        fault: SettingFault,
    },
    OnlyToInstall {
        flag: &'static str,
    },
    BadRoutine {
        name: String,
        given: String,
        known: Vec<String>,
    },
    UnknownRoutine {
        given: String,
        known: Vec<String>,
    },
    TwoVersions {
        id: String,
    },
    BadEnvironment {
        name: &'static str,
        given: String,
        wanted: &'static str,
    },
    NeedsTerminal {
        doing: &'static str,
        instead: String,
    },
    KeyExists {
        path: PathBuf,
    },
    EmptyPassphrase,
    NoRecipients {
        path: PathBuf,
    },
    NoHome,

    // 3: locked
    NoJournal,
    KeyMissing {
        journal: PathBuf,
        config: PathBuf,
    },
    NoIdentity {
        path: PathBuf,
    },
    BadIdentity {
        path: PathBuf,
        why: String,
    },
    WrongPassphrase {
        path: PathBuf,
    },
    ExcessiveWork {
        path: PathBuf,
        factor: u8,
    },
    IdentityDoesNotFit {
        identity: PathBuf,
    },
    CannotAskPassphrase,
    PassphraseCommand {
        command: String,
        why: String,
    },

    // 5: could not
    Disk {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    NotAFolder {
        path: PathBuf,
        symlink: bool,
    },
    Unconfirmed {
        path: PathBuf,
        source: io::Error,
    },
    NameTaken {
        path: PathBuf,
    },
    BadSalt {
        path: PathBuf,
    },
    Editor {
        command: String,
        why: String,
    },
    Sealing {
        why: String,
    },
    NoTimer {
        why: String,
    },
    CannotHold {
        why: String,
    },
    Random {
        why: String,
    },

    Sync(SyncFault),
    Terminal {
        why: String,
    },

    /// Of a sitting: is what was answered kept as a draft?
    Cancelled {
        draft: Option<bool>,
    },
    /// Tab in a long answer. No failure, and never seen outside `ask`.
    EditorAsked,
    /// Whoever read our output has read enough. No failure.
    PipeClosed,
}

/// One thing wrong in a practice file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub what: String,
    pub mend: String,
}

struct Sentence {
    fact: String,
    remedy: String,
    exit: Exit,
}

fn say(exit: Exit, fact: impl Into<String>, remedy: impl Into<String>) -> Sentence {
    Sentence { fact: fact.into(), remedy: remedy.into(), exit }
}

impl Error {
    pub fn disk(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::Disk { doing, path, source }
    }

    pub fn exit(&self) -> Exit {
        self.sentence().exit
    }

    /// What to do now; empty where there is nothing to do.
    pub fn remedy(&self) -> String {
        self.sentence().remedy
    }

    fn sentence(&self) -> Sentence {
        use Exit::*;
        match self {
            Error::NothingMatched => say(NothingMatched, "Nothing matches.", ""),
            Error::NothingOfPractice { given, known } => say(
                NothingMatched,
                format!("Nothing matches: there is no practice “{given}”."),
                meant(given, known, &format!("There are {}.", known.join(", "))),
            ),
            Error::NothingInThisCase { others } => say(
                NothingMatched,
                "Nothing matches, as capitals ask for their own case.",
                match others {
                    1 => "In small letters 1 entry matches.".to_owned(),
                    n => format!("In small letters {n} entries match."),
                },
            ),
            Error::NoSuchEntry { id } => say(
                NothingMatched,
                format!("No entry's id begins with “{id}”."),
                "`inward list` shows the ids.",
            ),
            Error::Cancelled { draft: None } => say(Cancelled, "Stopped.", ""),
            Error::Cancelled { draft: Some(false) } => {
                say(Cancelled, "Stopped. Nothing was kept.", "")
            }
            Error::Cancelled { draft: Some(true) } => say(
                Cancelled,
                "Stopped. What you answered so far is kept as a draft.",
                "`inward resume` goes on at the same question.",
            ),
            Error::NothingToResume => {
                say(NothingMatched, "No sitting was broken off.", "Any practice begins a new one.")
            }
            Error::NothingToFollowUp { practice } => say(
                NothingMatched,
                format!("No entry of `{practice}` waits to be asked back about."),
                "It asks some days after one was kept, where that fits.",
            ),
            Error::Sync(fault) => {
                let (exit, fact, remedy) = fault.sentence();
                say(exit, fact, remedy)
            }
            Error::Key(fault) => {
                let (exit, fact, remedy) = fault.sentence();
                say(exit, fact, remedy)
            }
            Error::Date(fault) => {
                let (exit, fact, remedy) = fault.sentence();
                say(exit, fact, remedy)
            }
            Error::EditorAsked => say(Done, "The editor was asked for.", ""),
            Error::PipeClosed => say(Done, "The reader closed the pipe.", ""),
            _ => self.wrong_input().or_else(|| self.locked()).unwrap_or_else(|| self.could_not()),
        }
    }
}

/// A guess, where there is one to make, and what helps in any case.
fn meant(given: &str, known: &[String], otherwise: &str) -> String {
    match nearest(given, known.iter().map(String::as_str)) {
        Some(near) => format!("Was `{near}` meant? {otherwise}"),
        None => otherwise.to_owned(),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.sentence().fact)
    }
}

impl std::error::Error for Error {}

impl From<DateFault> for Error {
    fn from(fault: DateFault) -> Error {
        Error::Date(fault)
    }
}

/// The system's own words, without Rust's "(os error 28)".
pub fn plain(source: &io::Error) -> String {
    let said = source.to_string();
    let end = said.find(" (os error").unwrap_or(said.len());
    said[..end].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_what_happened_and_what_to_do() {
        let full = io::Error::from_raw_os_error(28);
        let error = Error::disk("write", Path::new("/j/2026"))(full);
        assert_eq!(error.to_string(), "Could not write /j/2026: no space left on device.");
        assert!(error.remedy().starts_with("Free some space"));
        assert_eq!(error.exit(), Exit::CouldNot);
    }

    #[test]
    fn a_wrong_answer_names_what_is_allowed() {
        let error = Error::BadAnswer {
            question: "closeness".into(),
            given: "9".into(),
            allowed: "a whole number from 0 to 4".into(),
        };
        assert_eq!(error.to_string(), "“9” does not answer `closeness`.");
        assert_eq!(error.remedy(), "Give a whole number from 0 to 4.");
        assert_eq!(error.exit(), Exit::WrongInput);
    }
}
