//! What is wrong with the key, its passphrase or the list of recipients.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use std::path::PathBuf;

use crate::error::{Exit, Failure, did_you_mean};

#[derive(Debug)]
pub enum KeyError {
    NoJournal,
    Missing {
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
        /// Its public half, where that is known.
        key: Option<String>,
    },
    CannotAskPassphrase,
    Exists {
        path: PathBuf,
    },
    EmptyPassphrase,
    NoRecipients {
        path: PathBuf,
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
    /// A copy of the key, made before the key was changed.
    OldCopy {
        path: PathBuf,
    },
    HereDoesNotOpen {
        path: PathBuf,
    },
    NotACopy {
        path: PathBuf,
        why: String,
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
    Busy,
    /// Since a change of it was begun.
    ListChanged,
}

impl Failure for KeyError {
    fn fact(&self) -> String {
        match self {
            KeyError::NoJournal => "There is no journal here yet.".into(),
            KeyError::Missing { journal, .. } => format!("There are entries in {}, and the key that opens them is missing.", journal.display()),
            KeyError::NoIdentity { path } => format!("The identity that opens this journal is missing: {}.", path.display()),
            KeyError::BadIdentity { path, why } => format!("{} is not an age identity file ({why}).", path.display()),
            KeyError::WrongPassphrase { .. } => "That passphrase does not open the journal.".into(),
            KeyError::ExcessiveWork { path, factor } => format!("{} asks for a scrypt work factor of {factor}, more than the 20 that is safe to try.", path.display()),
            KeyError::IdentityDoesNotFit { identity, .. } => format!("{} does not fit this journal's recipients.", identity.display()),
            KeyError::CannotAskPassphrase => "The journal is locked, and there is no terminal here to ask for its passphrase.".into(),
            KeyError::Exists { path } => format!("There is a key already: {}.", path.display()),
            KeyError::EmptyPassphrase => "The passphrase is empty.".into(),
            KeyError::NoRecipients { path } => format!("{} names no recipient, so there is nobody to encrypt an entry to.", path.display()),
            KeyError::NoRecipientOfIdentity { path } => format!("{} doesn't say to whom entries are encrypted.", path.display()),
            KeyError::NoSuchRecipient { given, .. } => format!("No recipient is, starts with, or is called “{given}”."),
            KeyError::AmbiguousRecipient { given } => format!("“{given}” means several recipients."),
            KeyError::OwnRecipient => "Without this journal's own key in the list, you could not read what you write here.".into(),
            KeyError::NotOurs { path, doing } => format!("{} is not a key that inward made, so inward can't {doing}.", path.display()),
            KeyError::HasNoPassphrase { path } => format!("{} has no passphrase.", path.display()),
            KeyError::SshStays { path } => format!("{} is an SSH key, which stays where it is.", path.display()),
            KeyError::OpensNothing { path } => format!("{} opens none of this journal's entries.", path.display()),
            KeyError::OldCopy { path } => format!("{} doesn't open the newest entries.", path.display()),
            KeyError::HereDoesNotOpen { path } => format!("The existing key doesn't open: {}.", path.display()),
            KeyError::NotACopy { path, why } => format!("{} isn't a copy of a key ({why}).", path.display()),
            KeyError::NotVerified { path } => format!("The file written to {} couldn't be opened again.", path.display()),
            KeyError::CannotOpenAll { to_others, broken: 0 } => format!("{} encrypted to keys that aren't here, so nothing was changed.", are(*to_others)),
            KeyError::CannotOpenAll { to_others, broken } => format!("{} damaged or not encrypted to this key, so nothing was changed.", are(to_others + broken)),
            KeyError::Unfinished { left } => format!("{} left as before, because they can't be opened.", are(*left)),
            KeyError::ListChanged => "The list of recipients changed meanwhile, and was left as it is.".into(),
            KeyError::Busy => "Another inward is changing this journal's keys.".into(),
        }
    }

    fn hint(&self) -> String {
        match self {
            KeyError::NoJournal => "Run `inward init` on a terminal, or `inward init --no-passphrase` in a script.".into(),
            KeyError::Missing { config, .. } => format!("If you have a copy of the key, run `inward init --identity FILE`, or put the files back into {}. On a second device, run `inward init --recipient KEY` with the first one's key. No new key was made.", config.display()),
            KeyError::NoIdentity { .. } => "Put it back from your backup, or name it with INWARD_IDENTITY. No new one was made.".into(),
            KeyError::BadIdentity { .. } => "Put it back from your backup, or name another with INWARD_IDENTITY.".into(),
            KeyError::WrongPassphrase { path } => format!("Try again; nothing was changed. It belongs to {}.", path.display()),
            KeyError::ExcessiveWork { .. } => "It was not made by inward or age. Put your own identity back from your backup.".into(),
            KeyError::IdentityDoesNotFit { key: Some(key), .. } => format!("If it is the right one, put its key back into recipients.txt in the configuration folder, on a line of its own: {key}. If not, name the right one with INWARD_IDENTITY."),
            KeyError::IdentityDoesNotFit { key: None, .. } => "Name the right identity with INWARD_IDENTITY, or check recipients.txt in the configuration folder.".into(),
            KeyError::CannotAskPassphrase => "Set passphrase-command in config.toml or INWARD_PASSPHRASE_COMMAND, or run this on a terminal.".into(),
            KeyError::Exists { .. } => "It was left as it is. A journal has one key; for a second journal, set INWARD_HOME to another folder.".into(),
            KeyError::EmptyPassphrase => "Choose one, or run `inward init --no-passphrase` for none.".into(),
            KeyError::NoRecipients { .. } => "Put your age recipient (age1…) on a line of its own there; `age-keygen -y` prints it from an identity file.".into(),
            KeyError::NoRecipientOfIdentity { .. } => "Add its recipient: inward init --recipient age1…".into(),
            KeyError::NoSuchRecipient { near, .. } => did_you_mean(near.as_deref(), "`inward key show` lists them."),
            KeyError::AmbiguousRecipient { .. } => "Give more of the key; `inward key show` lists them in full.".into(),
            KeyError::OwnRecipient => "`inward key rotate` replaces it with a new key.".into(),
            KeyError::NotOurs { .. } => "Use the program that made it. `inward key add` and `inward key remove` change who can read.".into(),
            KeyError::HasNoPassphrase { .. } => "`inward key passphrase` gives it one.".into(),
            KeyError::SshStays { .. } => "Put identity = \"FILE\" into config.toml, or set INWARD_IDENTITY, and run `inward init`.".into(),
            KeyError::OpensNothing { .. } => "It may be another journal's, or older than a change of the key. Nothing was changed.".into(),
            KeyError::OldCopy { .. } => "The key was changed after this copy was made, or it is another journal's. Make a new one: inward key backup FILE".into(),
            KeyError::HereDoesNotOpen { .. } => "Move that file to another place, and run this again. Keep it: it may hold a newer key.".into(),
            KeyError::NotACopy { .. } => "Name a file that `inward key backup` made. Nothing was changed.".into(),
            KeyError::NotVerified { .. } => "The key is as it was before. Check the disk and try again.".into(),
            KeyError::CannotOpenAll { broken: 0, .. } => "Leave them where they are: they may be another device's. Run `inward key add` there, with this device's key, or put its copy of the key here with `inward init --identity`. With --leave, this continues without them.".into(),
            KeyError::CannotOpenAll { .. } => "Put good copies back, from a backup or another device, and try again. With --leave, this continues without them.".into(),
            KeyError::Unfinished { .. } => "`inward key reseal` continues; with --leave, it finishes without them.".into(),
            KeyError::Busy => "Wait until it is done and try again.".into(),
            KeyError::ListChanged => "Look at recipients.txt and try again.".into(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            KeyError::NoJournal
            | KeyError::Missing { .. }
            | KeyError::NoIdentity { .. }
            | KeyError::BadIdentity { .. }
            | KeyError::WrongPassphrase { .. }
            | KeyError::ExcessiveWork { .. }
            | KeyError::IdentityDoesNotFit { .. }
            | KeyError::CannotAskPassphrase
            | KeyError::OpensNothing { .. }
            | KeyError::OldCopy { .. }
            | KeyError::HereDoesNotOpen { .. }
            | KeyError::NotACopy { .. } => Exit::Locked,
            KeyError::Exists { .. }
            | KeyError::EmptyPassphrase
            | KeyError::NoRecipients { .. }
            | KeyError::NoRecipientOfIdentity { .. }
            | KeyError::NoSuchRecipient { .. }
            | KeyError::AmbiguousRecipient { .. }
            | KeyError::OwnRecipient
            | KeyError::NotOurs { .. }
            | KeyError::HasNoPassphrase { .. }
            | KeyError::SshStays { .. } => Exit::WrongInput,
            KeyError::NotVerified { .. }
            | KeyError::Unfinished { .. }
            | KeyError::Busy
            | KeyError::ListChanged => Exit::CouldNot,
            KeyError::CannotOpenAll { .. } => Exit::SomeDamaged,
        }
    }
}

fn are(count: usize) -> String {
    if count == 1 { "1 file is".to_owned() } else { format!("{count} files are") }
}
