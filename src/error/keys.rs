//! What can go wrong with keys: recipients, identities, passphrases.

use std::path::PathBuf;

use super::{Exit, did_you_mean};

#[derive(Debug)]
pub enum KeyFault {
    NotARecipient {
        source: String,
        line: usize,
        why: NotARecipient,
    },
    /// Recipients that age does not put into one file.
    Mixed,
    PluginMissing {
        program: String,
    },
    PluginFailed {
        why: String,
    },
    SeveralPassphraseSources {
        names: Vec<&'static str>,
    },
    NoRecipientOfIdentity {
        path: PathBuf,
    },
    NoSuchRecipient {
        given: String,
        near: Option<String>,
    },
    AmbiguousRecipient {
        given: String,
    },
    OwnRecipient,
    /// The identity is not a file that this program made.
    NotOurs {
        path: PathBuf,
        doing: &'static str,
    },
    HasNoPassphrase {
        path: PathBuf,
    },
    SshStays {
        path: PathBuf,
    },
    OpensNothing {
        path: PathBuf,
    },
    HereDoesNotOpen {
        path: PathBuf,
    },
    NotACopy {
        path: PathBuf,
        why: String,
    },
    CopyExists {
        path: PathBuf,
    },
    CopyInTheJournal {
        path: PathBuf,
    },
    NotVerified {
        path: PathBuf,
    },
    /// Nothing was begun, because something would have been left behind.
    CannotOpenAll {
        /// Whole, but sealed to keys that are not here.
        to_others: usize,
        broken: usize,
    },
    Unfinished {
        left: usize,
    },
    BadNote {
        path: PathBuf,
    },
    OtherJournal {
        journal: PathBuf,
    },
    JournalAway {
        journal: PathBuf,
    },
    Busy,
    PageTooFull,
    BadPage {
        path: PathBuf,
    },
}

/// Why a line names nobody to whom age could seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotARecipient {
    Unknown,
    Secret,
    SshKind(String),
    RsaTooSmall,
    RsaTooLarge,
}

impl KeyFault {
    /// What happened, what to do, and the exit code.
    pub(super) fn sentence(&self) -> (Exit, String, String) {
        use Exit::*;
        match self {
            KeyFault::NotARecipient { source, line, why } => {
                let (what, mend) = why.words();
                let place = match source.starts_with("--") {
                    true => format!("{source} number {line}"),
                    false => format!("Line {line} of {source}"),
                };
                (WrongInput, format!("{place} {what}."), format!("{mend} Nothing was kept."))
            }
            KeyFault::Mixed => (
                WrongInput,
                "These recipients cannot be used together: a post-quantum one protects only where every one is, so age refuses to mix it with others.".into(),
                "Nothing was changed. A journal of post-quantum recipients alone begins with an identity that a plugin holds: set INWARD_IDENTITY, and run `inward init --recipient`.".into(),
            ),
            KeyFault::PluginMissing { program } => (
                CouldNot,
                format!("The age plugin {program} is needed here and was not found."),
                "Install it so that it is on the PATH, or take its key out with `inward key remove`.".into(),
            ),
            KeyFault::PluginFailed { why } => (
                CouldNot,
                format!("An age plugin did not do its part ({why})."),
                "Try it with the age program itself; nothing was kept here.".into(),
            ),
            KeyFault::SeveralPassphraseSources { names } => (
                WrongInput,
                format!("The passphrase is to come from two places at once: {}.", names.join(" and ")),
                "Set one of them, and unset the other.".into(),
            ),
            KeyFault::NoRecipientOfIdentity { path } => (
                WrongInput,
                format!("{} does not say to whom entries should be sealed.", path.display()),
                "Add its recipient: inward init --recipient age1…".into(),
            ),
            KeyFault::NoSuchRecipient { given, near } => (
                WrongInput,
                format!("No recipient is, begins with, or is called “{given}”."),
                did_you_mean(near.as_deref(), "`inward key show` lists them."),
            ),
            KeyFault::AmbiguousRecipient { given } => (
                WrongInput,
                format!("“{given}” means several recipients."),
                "Give more of the key; `inward key show` lists them whole.".into(),
            ),
            KeyFault::OwnRecipient => (
                WrongInput,
                "Without this journal's own key in the list, you could not read what you write here.".into(),
                "`inward key rotate` puts a new key in its place.".into(),
            ),
            KeyFault::NotOurs { path, doing } => (
                WrongInput,
                format!("{} is not a key that inward made, so it cannot {doing} it.", path.display()),
                "Use the program that made it. `inward key add` and `inward key remove` change to whom entries are sealed.".into(),
            ),
            KeyFault::HasNoPassphrase { path } => (
                WrongInput,
                format!("{} has no passphrase.", path.display()),
                "`inward key passphrase` gives it one.".into(),
            ),
            KeyFault::SshStays { path } => (
                WrongInput,
                format!("{} is an SSH key, which stays where it is.", path.display()),
                "Put identity = \"FILE\" into config.toml, or set INWARD_IDENTITY, and run `inward init`.".into(),
            ),
            KeyFault::OpensNothing { path } => (
                Locked,
                format!("{} opens none of the entries that lie in this journal.", path.display()),
                "It may be of another journal, or older than a change of the key. Nothing was changed.".into(),
            ),
            KeyFault::NotACopy { path, why } => (
                Locked,
                format!("{} is no copy of a key ({why}).", path.display()),
                "Name a file that `inward key backup` made. Nothing was changed.".into(),
            ),
            KeyFault::CopyInTheJournal { path } => (
                WrongInput,
                format!("{} lies in the journal's folder, which others may hold.", path.display()),
                "Keep the copy elsewhere: whoever has both can read the journal.".into(),
            ),
            KeyFault::CopyExists { path } => (
                WrongInput,
                format!("{} is there already, and was left as it is.", path.display()),
                "Choose another name: a copy of a key replaces nothing.".into(),
            ),
            KeyFault::HereDoesNotOpen { path } => (
                Locked,
                format!("The key that is here does not open: {}.", path.display()),
                "Move that file to another place, and run this again. Keep it: it may hold a newer key.".into(),
            ),
            KeyFault::NotVerified { path } => (
                CouldNot,
                format!("What was written to {} could not be opened again.", path.display()),
                "The key is as it was before. Check the disk and try again.".into(),
            ),
            KeyFault::CannotOpenAll { to_others, broken: 0 } => (
                SomeDamaged,
                format!("{} sealed to keys that are not here, so nothing was begun.", are(*to_others)),
                "Leave them where they are: they may be another device's. Run `inward key add` there, with this device's key, or put its copy of the key here with `inward init --identity`. With --leave, this goes on without them.".into(),
            ),
            KeyFault::CannotOpenAll { to_others, broken } => (
                SomeDamaged,
                format!("{} not whole or not sealed to this key, so nothing was begun.", are(to_others + broken)),
                "Put whole copies of them back, from a backup or another device, and try again. With --leave, this goes on without them.".into(),
            ),
            KeyFault::Unfinished { left } => (
                CouldNot,
                format!("{} left as before, because they cannot be opened.", are(*left)),
                "`inward key reseal` goes on; with --leave, it ends without them.".into(),
            ),
            KeyFault::BadNote { path } => (
                CouldNot,
                format!("The note of a change of keys cannot be read: {}.", path.display()),
                "Remove that file and run `inward key reseal`. No entry is affected.".into(),
            ),
            KeyFault::OtherJournal { journal } => (
                WrongInput,
                format!("A change of keys was begun for another journal: {}.", journal.display()),
                "Finish it there first: inward key reseal --journal FOLDER".into(),
            ),
            KeyFault::JournalAway { journal } => (
                CouldNot,
                format!("The journal's folder is not there: {}.", journal.display()),
                "Put it back, or mount its disk, and run `inward key reseal`.".into(),
            ),
            KeyFault::Busy => (
                CouldNot,
                "Another inward is changing this journal's keys.".into(),
                "Wait until it is done and try again.".into(),
            ),
            KeyFault::PageTooFull => (
                CouldNot,
                "The key is too long for a code that a camera reads.".into(),
                "Keep it as a file: inward key backup FILE".into(),
            ),
            KeyFault::BadPage { path } => (
                WrongInput,
                format!("{} does not end in .svg.", path.display()),
                "A page is written as SVG, which every browser opens and prints.".into(),
            ),
        }
    }
}

impl NotARecipient {
    fn words(&self) -> (String, &'static str) {
        match self {
            NotARecipient::Unknown => (
                "is not an age recipient".into(),
                "A recipient begins with age1, ssh-ed25519 or ssh-rsa; a comment begins with #.",
            ),
            NotARecipient::Secret => (
                "is a secret key, which opens and does not seal".into(),
                "Give its public half; `age-keygen -y FILE` prints it. Keep the secret to yourself.",
            ),
            NotARecipient::SshKind(kind) => (
                format!("is an SSH key of the kind {kind}, which age does not use"),
                "Use an ssh-ed25519 or ssh-rsa key, or an age recipient.",
            ),
            NotARecipient::RsaTooSmall => (
                "is an RSA key of less than 2048 bits, which is too weak".into(),
                "Use an ssh-ed25519 key, or an age recipient.",
            ),
            NotARecipient::RsaTooLarge => (
                "is a larger RSA key than age accepts".into(),
                "Use an ssh-ed25519 key, or an age recipient.",
            ),
        }
    }
}

fn are(count: usize) -> String {
    if count == 1 { "1 file is".to_owned() } else { format!("{count} files are") }
}
