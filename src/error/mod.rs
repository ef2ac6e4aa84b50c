//! Every sentence that reports a failure: what happened, what to do, and the
//! exit code. No other file words one.

mod finding;
mod import;
mod keys;
mod sync;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub use finding::Finding;
pub use import::LeftOut;
pub use keys::{KeyFault, NotARecipient};
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
    UnknownTopic {
        given: String,
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
    BadDays {
        given: String,
    },
    BadTag {
        given: String,
    },
    BadRegex {
        given: String,
        why: String,
    },
    BadWhere {
        given: String,
    },
    NobodyAsks {
        question: String,
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
    BadConfig {
        file: PathBuf,
        line: usize,
        why: String,
    },
    UnknownSetting {
        file: PathBuf,
        line: usize,
        key: String,
        near: Option<&'static str>,
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
    BadCadence {
        file: PathBuf,
        line: usize,
        name: String,
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

/// Why a file in the journal could not be read as an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    InTheCloud,
    Gone,
    TooLarge,
    Unreadable {
        why: String,
    },
}

impl Damage {
    pub fn sentence(&self) -> String {
        match self {
            Damage::NotSealed => "it is not an age file, or its beginning is gone".into(),
            Damage::SealedToAnother => "it is sealed to another key".into(),
            Damage::Broken => "it was changed or cut short after it was sealed".into(),
            Damage::NotAnEntry { why } => format!("it holds no entry ({why})"),
            Damage::NewerFormat { format } => {
                format!("it has format {format}, which a newer version of inward reads")
            }
            Damage::Plugin { why } => format!("the age plugin did not open it ({why})"),
            Damage::Swapped => "what it says inside disagrees with its name".into(),
            Damage::NotAFile => "it has an entry's name but is no ordinary file".into(),
            Damage::InTheCloud => {
                "iCloud has not brought it to this computer yet; open its folder in the Finder"
                    .into()
            }
            Damage::Gone => "it went while it was being read".into(),
            Damage::TooLarge => "it is larger than any entry".into(),
            Damage::Unreadable { why } => format!("it could not be read ({why})"),
        }
    }
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
            Error::EditorAsked => say(Done, "The editor was asked for.", ""),
            Error::PipeClosed => say(Done, "The reader closed the pipe.", ""),
            _ => self.wrong_input().or_else(|| self.locked()).unwrap_or_else(|| self.could_not()),
        }
    }

    fn wrong_input(&self) -> Option<Sentence> {
        let (fact, remedy) = match self {
            Error::BadAnswer { question, given, allowed } => (
                format!("“{given}” does not answer `{question}`."),
                format!("Give {allowed}."),
            ),
            Error::UnknownQuestion { practice, given, known } => (
                format!("`{practice}` has no question `{given}`."),
                format!("Its questions are {}.", known.join(", ")),
            ),
            Error::UnknownPractice { given, known } => (
                format!("There is no practice “{given}”."),
                format!("There are {}.", known.join(", ")),
            ),
            Error::UnknownCommand { given, near } => (
                format!("There is no command or practice “{given}”."),
                meant(near, "`inward --help` lists them."),
            ),
            Error::UnknownFlag { given, near } => (
                format!("“{given}” cannot be given here."),
                meant(near, "Add --help to see what can; words that begin with a hyphen go behind --."),
            ),
            Error::MissingArgument { wanted } => (
                format!("{} is missing.", wanted.as_deref().unwrap_or("Something")),
                "Add --help to see what is wanted.".into(),
            ),
            Error::UnknownTopic { given } => (
                format!("There is no help on “{given}”."),
                "`inward help` lists the commands; safety, support, privacy and scripting are topics.".into(),
            ),
            Error::AnswersNotJson { source, why } => (
                format!("The answers in {source} are not JSON ({why})."),
                r#"Give one object, such as {"closeness": 3}."#.into(),
            ),
            Error::NoSuchFile { path } => (
                format!("There is no file {}.", path.display()),
                "Check the path; - reads standard input.".into(),
            ),
            Error::AnswersNotAnObject { source } => (
                format!("The answers in {source} are not a JSON object."),
                r#"Give one object, such as {"closeness": 3}."#.into(),
            ),
            Error::AnsweredTwice { question } => (
                format!("`{question}` is answered twice."),
                "Answer it once: in words, by its flag, or in --answers.".into(),
            ),
            Error::NothingSaid { practice } => (
                "There was nothing to keep.".into(),
                format!("Say something, as in: inward {practice} \"a few words\", or run it on a terminal to be asked."),
            ),
            Error::BadWhen { given } => (
                format!("“{given}” is not a date that I can read."),
                "Write 2026-11-20, \"2026-11-20 21:00\", yesterday, monday or \"3 days ago\".".into(),
            ),
            Error::BadDays { given } => (
                format!("“{given}” names no days that I can read."),
                "Write 2026-11-20, yesterday, monday, \"3 days ago\", \"last week\", november, 2026-11 or 2026-11-01..2026-11-15.".into(),
            ),
            Error::BadRegex { given, why } => (
                format!("“{given}” is not a regular expression ({why})."),
                "Mend it, put \\ before a sign that stands for itself, or search without --regex.".into(),
            ),
            Error::BadWhere { given } => (
                format!("“{given}” does not say which answers."),
                "Write a question, one of = != >= <= > <, and an answer, such as \"closeness>=3\" or outcome=forgot; the four that compare want a number.".into(),
            ),
            Error::NobodyAsks { question, known } => (
                format!("No practice asks a question `{question}`."),
                format!("There are {}.", known.join(", ")),
            ),
            Error::BadTag { given } => (
                format!("“{given}” cannot be a tag."),
                "A tag is one word of letters, digits, - or _.".into(),
            ),
            Error::NotUtf8 { source, byte } => (
                format!("The text from {source} is not valid UTF-8 at byte {byte}."),
                "Convert it first, for example with iconv -t UTF-8. Nothing was kept.".into(),
            ),
            Error::TooLong { source, limit_mib } => (
                format!("The text from {source} is longer than {limit_mib} MiB."),
                "Keep it in several entries. Nothing was kept.".into(),
            ),
            Error::AmbiguousId { given, candidates } => (
                format!("“{given}” begins the ids of {} entries: {}.", candidates.len(), some_of(candidates)),
                "Give one more symbol of the id.".into(),
            ),
            Error::FileExists { path } => (
                format!("{} already exists.", path.display()),
                "Choose another name, or add --force to replace it.".into(),
            ),
            Error::NotAPlainFile { path } => (
                format!("{} is a link or a special file, and was left as it is.", path.display()),
                "Name the file itself, or put a plain file in its place.".into(),
            ),
            Error::BadRedaction { given } => (
                format!("“{given}” does not say which name to replace."),
                "Write --redact NAME=ALIAS, as in --redact Sam=P.".into(),
            ),
            Error::NoPartner => (
                "No partner's name is set.".into(),
                "Set partner in config.toml, or write --redact NAME=ALIAS.".into(),
            ),
            Error::BadTemplate { file, line, why } => (
                format!("The template {file} has a mistake on line {line}: {why}."),
                "`inward export --help` names what a template can use. Nothing was exported.".into(),
            ),
            Error::SealedToTerminal => (
                "What is sealed is not text, and a terminal cannot show it.".into(),
                "Add -o FILE, or send it through a pipe.".into(),
            ),
            Error::NoSuchSource { path } => (
                format!("There is nothing at {}.", path.display()),
                "Check the path.".into(),
            ),
            Error::NothingToImport { source, wanted } => (
                format!("Nothing there is an entry of {source}."),
                format!("Name {wanted}. Nothing was kept."),
            ),
            Error::BrokenPractice { file, mistakes } => {
                let lines = mistakes.iter().map(|m| {
                    format!("\n  line {}: {} {}", m.line, m.what, m.mend)
                });
                (
                    format!("The practice file {} cannot be used:{}", file.display(), lines.collect::<String>()),
                    "Mend these lines; every other command works meanwhile.".into(),
                )
            }
            Error::BadConfig { file, line, why } => (
                format!("The configuration cannot be read: {} line {line}: {why}.", file.display()),
                "Mend that line with `inward config edit`, or move the file away to use the defaults.".into(),
            ),
            Error::BadCadence { file, line, name } => (
                format!(
                    "[cadence] {name} in {} line {line} is left out: it wants a practice, and one of morning, evening, daily, weekly, monthly, as-needed or a day of the week.",
                    file.display()
                ),
                String::new(),
            ),
            Error::UnknownSetting { file, line, key, near } => (
                format!("There is no setting “{key}”; it stands in {} line {line} and is left out.", file.display()),
                near.map_or_else(
                    || "`inward config` shows every setting.".into(),
                    |near| format!("Was `{near}` meant?"),
                ),
            ),
            Error::BadRoutine { name, given, known } => (
                format!("The routine `{name}` names “{given}”, which is no practice that can be asked."),
                format!("`inward config edit` opens the settings. Practices are {}.", known.join(", ")),
            ),
            Error::UnknownRoutine { given, known } => (
                format!("There is no routine “{given}”."),
                format!("There are {}; [routines] in config.toml makes your own.", known.join(", ")),
            ),
            Error::TwoVersions { id } => (
                format!("The entry {id} was edited on two devices apart, and both versions stand."),
                format!("Run `inward edit {id}` on a terminal to choose one, or add --settle to let the newest stand."),
            ),
            Error::BadEnvironment { name, given, wanted } => (
                format!("{name} is “{given}”."),
                format!("Set it to {wanted}, or unset it."),
            ),
            Error::NeedsTerminal { doing, instead } => (
                format!("There is no terminal here to {doing}."),
                instead.clone(),
            ),
            Error::KeyExists { path } => (
                format!("There is a key already: {}.", path.display()),
                "It was left as it is. A journal has one; use another folder with INWARD_HOME for a second journal.".into(),
            ),
            Error::EmptyPassphrase => (
                "The passphrase is empty.".into(),
                "Choose one, or run `inward init --no-passphrase` to do without.".into(),
            ),
            Error::NoRecipients { path } => (
                format!("{} names no recipient, so there is nobody to seal an entry to.", path.display()),
                "Put your age recipient (age1…) on a line of its own there; `age-keygen -y` prints it from an identity file.".into(),
            ),
            Error::NoHome => (
                "I cannot tell where your files belong: there is no home folder.".into(),
                "Set INWARD_HOME to a folder of your own.".into(),
            ),
            _ => return None,
        };
        Some(say(Exit::WrongInput, fact, remedy))
    }

    fn locked(&self) -> Option<Sentence> {
        let (fact, remedy) = match self {
            Error::NoJournal => (
                "There is no journal here yet.".into(),
                "Run `inward init` on a terminal, or `inward init --no-passphrase` in a script.".into(),
            ),
            Error::KeyMissing { journal, config } => (
                format!("There are entries in {}, and the key that opens them is missing.", journal.display()),
                format!("If you have a copy of the key, run `inward init --identity FILE`, or put the files back into {}. On a second device, run `inward init --recipient KEY` with the first one's key. No new key was made.", config.display()),
            ),
            Error::NoIdentity { path } => (
                format!("The identity that opens this journal is missing: {}.", path.display()),
                "Put it back from your backup, or name it with INWARD_IDENTITY. No new one was made.".into(),
            ),
            Error::BadIdentity { path, why } => (
                format!("{} is not an age identity file ({why}).", path.display()),
                "Put it back from your backup, or name another with INWARD_IDENTITY.".into(),
            ),
            Error::WrongPassphrase { path } => (
                "That passphrase does not open the journal.".into(),
                format!("Try again; nothing was changed. It belongs to {}.", path.display()),
            ),
            Error::ExcessiveWork { path, factor } => (
                format!("{} asks for a scrypt work factor of {factor}, more than the 20 that is safe to try.", path.display()),
                "It was not made by inward or age. Put your own identity back from your backup.".into(),
            ),
            Error::IdentityDoesNotFit { identity } => (
                format!("{} does not fit this journal's recipients.", identity.display()),
                "Name the right identity with INWARD_IDENTITY, or check recipients.txt in the configuration folder.".into(),
            ),
            Error::CannotAskPassphrase => (
                "The journal is locked, and there is no terminal here to ask for its passphrase.".into(),
                "Set passphrase-command in config.toml or INWARD_PASSPHRASE_COMMAND, or run this on a terminal.".into(),
            ),
            Error::PassphraseCommand { command, why } => (
                format!("The passphrase command `{command}` gave no passphrase ({why})."),
                "Run it by hand to see why; it must print the passphrase on its first line.".into(),
            ),
            _ => return None,
        };
        Some(say(Exit::Locked, fact, remedy))
    }

    fn could_not(&self) -> Sentence {
        let (fact, remedy) = match self {
            Error::Disk { doing, path, source } => (
                format!("Could not {doing} {}: {}.", path.display(), plain(source)),
                remedy_for(source),
            ),
            Error::NotAFolder { path, symlink: true } => (
                format!(
                    "{} is a symbolic link where a folder of the journal should be.",
                    path.display()
                ),
                "Whatever it points to was left alone. Remove the link if you did not make it."
                    .into(),
            ),
            Error::NotAFolder { path, symlink: false } => (
                format!("{} is not a folder.", path.display()),
                "Move it away, or give another name.".into(),
            ),
            Error::Unconfirmed { path, source } => (
                format!(
                    "The entry is kept in {}, but the disk has not confirmed it ({}).",
                    path.display(),
                    plain(source)
                ),
                "Do not write it again; run `inward list` to see that it is there.".into(),
            ),
            Error::NameTaken { path } => (
                format!("{} is there already, and was left as it is.", path.display()),
                "Try again: a new name is drawn each time.".into(),
            ),
            Error::BadSalt { path } => (
                format!("{} is not the salt that an import once made.", path.display()),
                "Put it back from your backup. Without it, what was imported is known again only while the journal is unlocked; then the file may go.".into(),
            ),
            Error::Editor { command, why } => (
                format!("The editor `{command}` failed ({why}). Your text is as it was before."),
                "Set VISUAL or EDITOR to one that works, or type the answer here.".into(),
            ),
            Error::Sealing { why } => (
                format!("The entry could not be sealed ({why})."),
                "Nothing was kept. Check recipients.txt in the configuration folder.".into(),
            ),
            Error::NoTimer { why } => (
                format!("Your systemd could not be told ({why})."),
                "`inward remind --print cron` prints a line for cron instead; `--print launchd` is for a Mac.".into(),
            ),
            Error::CannotHold { why } => (
                format!("The system does not hold keys for a time here ({}).", why.to_lowercase()),
                "Reading asks for the passphrase each time; nothing else changes.".into(),
            ),
            Error::Random { why } => (
                format!("The system gave no random numbers ({why})."),
                "Nothing was kept. Try again.".into(),
            ),
            Error::Terminal { why } => (
                format!("The terminal cannot be asked ({why})."),
                "Run this in an ordinary terminal, or give the answers as flags; --help shows how."
                    .into(),
            ),
            // Everything else has been said by the functions above.
            _ => ("It could not be done.".to_owned(), String::new()),
        };
        say(Exit::CouldNot, fact, remedy)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.sentence().fact)
    }
}

impl std::error::Error for Error {}

/// The system's own words, without Rust's "(os error 28)".
pub fn plain(source: &io::Error) -> String {
    let said = source.to_string();
    let end = said.find(" (os error").unwrap_or(said.len());
    said[..end].to_lowercase()
}

/// The first few of a list that may be long.
fn some_of(words: &[String]) -> String {
    let some = words.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    if words.len() > 8 { some + " …" } else { some }
}

fn meant(near: &Option<String>, otherwise: &str) -> String {
    near.as_ref().map_or(otherwise.to_owned(), |near| format!("Was `{near}` meant? {otherwise}"))
}

fn remedy_for(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Check who owns that folder and that it may be written, or set INWARD_HOME."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Free some space and try again. Nothing that was kept before is affected."
        }
        io::ErrorKind::NotFound => "Check the path.",
        _ => "Try again; nothing that was kept before is affected.",
    }
    .into()
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
