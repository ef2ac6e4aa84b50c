//! What can go wrong with keys: recipients, identities, passphrases.

use std::path::PathBuf;

use super::Exit;

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
    },
    AmbiguousRecipient {
        given: String,
    },
    OwnRecipient,
    BadName {
        given: String,
    },
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
    LosesAKey {
        path: PathBuf,
    },
    NotVerified {
        path: PathBuf,
    },
    /// Nothing was begun, because something would have been left behind.
    CannotOpenAll {
        damaged: usize,
    },
    Unfinished {
        left: usize,
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
                (WrongInput, format!("Line {line} of {source} {what}."), format!("{mend} Nothing was kept."))
            }
            KeyFault::Mixed => (
                WrongInput,
                "These recipients cannot be used together: a post-quantum one protects only where every one is, so age refuses to mix it with others.".into(),
                "Name post-quantum recipients alone, or none of them. Nothing was changed.".into(),
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
            KeyFault::NoSuchRecipient { given } => (
                NothingMatched,
                format!("No recipient is, begins with, or is called “{given}”."),
                "`inward key show` lists them.".into(),
            ),
            KeyFault::AmbiguousRecipient { given } => (
                WrongInput,
                format!("“{given}” means several recipients."),
                "Give more of the key; `inward key show` lists them whole.".into(),
            ),
            KeyFault::OwnRecipient => (
                WrongInput,
                "That is this journal's own key; without it you could not read what you write here.".into(),
                "`inward key rotate` puts a new key in its place.".into(),
            ),
            KeyFault::BadName { given } => (
                WrongInput,
                format!("“{given}” cannot be a recipient's name."),
                "Give a word or two on one line.".into(),
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
                "Name the backup of this journal's own key. Nothing was changed.".into(),
            ),
            KeyFault::LosesAKey { path } => (
                WrongInput,
                format!("There is a key here already, and {} does not hold it.", path.display()),
                "A newer backup of the same journal would. What is here was left as it is; INWARD_HOME makes room for a second journal.".into(),
            ),
            KeyFault::NotVerified { path } => (
                CouldNot,
                format!("What was written to {} could not be opened again.", path.display()),
                "The key is as it was before. Check the disk and try again.".into(),
            ),
            KeyFault::CannotOpenAll { damaged } => (
                SomeDamaged,
                format!("{} cannot be opened, so nothing was begun.", files(*damaged)),
                "Put whole copies of them back from a backup, or move them out of the journal's folder, and try again.".into(),
            ),
            KeyFault::Unfinished { left } => (
                CouldNot,
                format!("{} could not be sealed anew and lie there as before.", files(*left)),
                "Every entry can be read. `inward key reseal` goes on.".into(),
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

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
