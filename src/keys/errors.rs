//! What is wrong with the key, its passphrase or the list of recipients.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::path::PathBuf;

use crate::error::{Exit, Failure, did_you_mean};
use crate::words::{count_of, plural};

use super::SEALED_IDENTITY;

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
        /// Is that another file than the journal's own key?
        is_copy: bool,
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
    /// The same, where something was to be read.
    CannotUnlock,
    Exists {
        path: PathBuf,
    },
    /// A flag of `init` for the key that it makes, where there is one.
    FlagOfNewKey {
        flag: &'static str,
        path: PathBuf,
    },
    EmptyPassphrase,
    /// The list of recipients isn't there.
    ListMissing {
        path: PathBuf,
    },
    /// It's there, and names nobody.
    NoRecipients {
        path: PathBuf,
    },
    /// What was given for a recipient or a file of them is neither.
    NoSuchKeyOrFile {
        given: String,
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
    /// A key of one's own that a newer one has replaced, named as a new reader.
    ReplacedRecipient {
        key: String,
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
    /// A copy that is to be restored.
    OpensNothing {
        path: PathBuf,
    },
    /// The identity in use, where no list says whether it's this journal's.
    OpensNoEntry {
        path: PathBuf,
    },
    /// A copy of the key, made before the key was changed.
    OldCopy {
        path: PathBuf,
    },
    /// The same, in a journal without entries.
    CopyDoesNotFit {
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
    /// A key in JSON, which a terminal would keep.
    ScrolledBack,
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
            KeyError::NoJournal => "There's no journal here yet.".into(),
            KeyError::Missing { journal, .. } => format!(
                "There are entries in {}, but the key that opens them is missing.",
                journal.display()
            ),
            KeyError::NoIdentity { path } => {
                // Nothing says any more which of the two it was.
                let or = if path.ends_with(SEALED_IDENTITY) {
                    " (or identity.txt, if it has no passphrase)"
                } else {
                    ""
                };
                format!("The key that opens this journal is missing: {}{or}.", path.display())
            }
            KeyError::BadIdentity { path, why } => {
                format!("{} isn't an age key file ({why}).", path.display())
            }
            KeyError::WrongPassphrase { path, is_copy: true } => {
                format!("That passphrase doesn't open {}.", path.display())
            }
            KeyError::WrongPassphrase { is_copy: false, .. } => {
                "That passphrase doesn't open the journal.".into()
            }
            KeyError::ExcessiveWork { path, factor } => format!(
                "{} has a scrypt work factor of {factor}; inward tries at most 20.",
                path.display()
            ),
            KeyError::IdentityDoesNotFit { identity: path, .. }
            | KeyError::CopyDoesNotFit { path } => {
                format!("{} doesn't match this journal's recipients.", path.display())
            }
            KeyError::CannotAskPassphrase => {
                "There's no terminal to ask for the passphrase.".into()
            }
            KeyError::CannotUnlock => {
                "The journal is locked, and there's no terminal to ask for its passphrase.".into()
            }
            KeyError::Exists { path } => format!("There's a key already: {}.", path.display()),
            KeyError::FlagOfNewKey { flag, path } => {
                format!("`{flag}` is for a new key, and there's a key already: {}.", path.display())
            }
            KeyError::EmptyPassphrase => "The passphrase is empty.".into(),
            KeyError::NoSuchKeyOrFile { given } => {
                format!("“{given}” isn't an age recipient, and there's no file of that name.")
            }
            KeyError::ListMissing { path } => {
                format!("{} is missing, so there's nobody to encrypt to.", path.display())
            }
            KeyError::NoRecipients { path } => {
                format!("{} lists no recipient, so there's nobody to encrypt to.", path.display())
            }
            KeyError::NoRecipientOfIdentity { path } => {
                format!("{} doesn't show which recipient to encrypt to.", path.display())
            }
            KeyError::NoSuchRecipient { given, .. } => format!("There's no recipient “{given}”."),
            KeyError::AmbiguousRecipient { given } => {
                format!("“{given}” matches several recipients.")
            }
            KeyError::OwnRecipient => {
                "That's this journal's own key. Without it, you couldn't read what you write here."
                    .into()
            }
            KeyError::ReplacedRecipient { key } => {
                format!("inward didn't add {key}: it's a key you have replaced.")
            }
            KeyError::NotOurs { path, doing } => {
                format!("inward didn't make the key {}, so it can't {doing}.", path.display())
            }
            KeyError::HasNoPassphrase { path } => format!("{} has no passphrase.", path.display()),
            KeyError::SshStays { path } => {
                format!("{} is an SSH key. inward uses it where it is.", path.display())
            }
            KeyError::OpensNothing { path } | KeyError::OpensNoEntry { path } => {
                format!("{} opens none of this journal's entries.", path.display())
            }
            KeyError::OldCopy { path } => {
                format!("{} doesn't open the newest entries.", path.display())
            }
            KeyError::HereDoesNotOpen { path } => {
                format!("inward can't open the existing key: {}.", path.display())
            }
            KeyError::NotACopy { path, why } => {
                format!("{} isn't a copy of a key ({why}).", path.display())
            }
            KeyError::NotVerified { path } => {
                format!("inward wrote {}, but couldn't open it again.", path.display())
            }
            KeyError::ScrolledBack => {
                "On a terminal, the key would stay in what scrolls back, so nothing was copied."
                    .into()
            }
            KeyError::CannotOpenAll { to_others, broken: 0 } => format!(
                "{} encrypted to keys that this device doesn't have, so nothing was changed.",
                count_of(*to_others, "file is", "files are")
            ),
            KeyError::CannotOpenAll { to_others, broken } => format!(
                "{} damaged or not encrypted to this key, so nothing was changed.",
                count_of(to_others + broken, "file is", "files are")
            ),
            KeyError::Unfinished { left } => {
                format!(
                    "{} still encrypted as before, because inward can't open {}.",
                    count_of(*left, "file is", "files are"),
                    plural(*left, "it", "them")
                )
            }
            KeyError::ListChanged => {
                "Something changed recipients.txt while this ran, so inward left it as it is."
                    .into()
            }
            KeyError::Busy => "Another inward is changing this journal's keys.".into(),
        }
    }

    fn hint(&self) -> String {
        match self {
            KeyError::NoJournal => "Run `inward init` on a terminal, or `inward init --no-passphrase` in a script.".into(),
            KeyError::Missing { config, .. } => format!("If you have a copy of the key, run `inward init --identity FILE`, or put the files back into {}. On a second device, run `inward init --recipient KEY`, with the first device's key. inward made no new key.", config.display()),
            KeyError::NoIdentity { .. } => "Restore it from your backup, or set INWARD_IDENTITY to its path. inward made no new key.".into(),
            KeyError::BadIdentity { .. } => "Restore it from your backup, or set INWARD_IDENTITY to another key file.".into(),
            KeyError::WrongPassphrase { is_copy: true, .. } => "Try again; nothing was changed. You need the passphrase you had when you made this copy.".into(),
            KeyError::WrongPassphrase { path, is_copy: false } => format!("Try again; nothing was changed. You need the passphrase of {}. If it's forgotten, `inward help privacy` says what you can still do.", path.display()),
            KeyError::ExcessiveWork { .. } => "Neither inward nor age made it. Restore your own key from your backup.".into(),
            KeyError::IdentityDoesNotFit { key: Some(key), .. } => format!("If it's the right one, put its key back into recipients.txt in the configuration folder, on a line of its own: {key}. If not, set INWARD_IDENTITY to the right one."),
            KeyError::IdentityDoesNotFit { key: None, .. } => "Set INWARD_IDENTITY to the right key, or check recipients.txt in the configuration folder.".into(),
            KeyError::CannotAskPassphrase | KeyError::CannotUnlock => "Set passphrase-command in config.toml or INWARD_PASSPHRASE_COMMAND, or run this on a terminal.".into(),
            KeyError::Exists { .. } => "inward left it as it is. A journal has one key; for a second journal, set INWARD_HOME to another folder. If its passphrase is forgotten, `inward help privacy` says how to start over.".into(),
            KeyError::FlagOfNewKey { .. } => "Leave it out: a second journal is encrypted to the same key. `inward key passphrase` changes or removes the passphrase, and `inward key add` adds a recipient.".into(),
            KeyError::EmptyPassphrase => "Choose one, or run `inward init --no-passphrase` for none.".into(),
            KeyError::ListMissing { .. } => "`inward init` writes a new one, with your own key. Then add every other device or person again, with `inward key add`.".into(),
            KeyError::NoRecipients { .. } => "Delete it: `inward init` then writes a new one, with your own key. Then add every other device or person again, with `inward key add`.".into(),
            KeyError::NoSuchKeyOrFile { .. } => "A recipient starts with age1, ssh-ed25519 or ssh-rsa.".into(),
            KeyError::NoRecipientOfIdentity { .. } => "Give its recipient: inward init --recipient age1…".into(),
            KeyError::NoSuchRecipient { near, .. } => did_you_mean(near.as_deref(), "Give a name or the start of a key; `inward key show` lists them."),
            KeyError::AmbiguousRecipient { .. } => "Type more of the key; `inward key show` lists them in full.".into(),
            KeyError::OwnRecipient => "`inward key rotate` replaces it with a new key.".into(),
            KeyError::ReplacedRecipient { .. } => "Anyone who has the old key could read every entry. If another of your devices still has only that one, give it the new key: run `inward key backup FILE` here, and `inward init --identity FILE` there.".into(),
            KeyError::NotOurs { .. } => "Use the program that made it. `inward key add` and `inward key remove` change who can read.".into(),
            KeyError::HasNoPassphrase { .. } => "`inward key passphrase` gives it one.".into(),
            KeyError::SshStays { .. } => "Put identity = \"FILE\" into config.toml, or set INWARD_IDENTITY to it. Then run `inward init`.".into(),
            KeyError::OpensNothing { .. } => "It may belong to another journal, or you may have changed the key since you made this copy. If this device has entries of its own, sync first, with `inward sync init REMOTE`, then run this again. Nothing was changed.".into(),
            KeyError::OpensNoEntry { .. } => "It may be another journal's key. Set INWARD_IDENTITY to the right one, or restore it with `inward init --identity FILE`.".into(),
            KeyError::OldCopy { .. } | KeyError::CopyDoesNotFit { .. } => "You changed the key after making this copy, or it belongs to another journal. Make a new one: inward key backup FILE".into(),
            KeyError::HereDoesNotOpen { .. } => "Move that file somewhere else, and run this again. Keep it: it may hold a newer key.".into(),
            KeyError::NotACopy { .. } => "Give a file that `inward key backup` made. Nothing was changed.".into(),
            KeyError::NotVerified { .. } => "The key hasn't changed. Check the disk and try again.".into(),
            KeyError::ScrolledBack => "Name a file, as in `inward key backup FILE`, or leave out --json. To print it all the same, give - as the file.".into(),
            KeyError::CannotOpenAll { to_others, broken: 0 } => {
                let them = plural(*to_others, "it", "them");
                format!("Keep {them}: another device may have written {them}. There, run `inward key add` with this device's key; or here, run `inward init --identity FILE` with a copy of its key. Add --leave to continue without {them}.")
            }
            KeyError::CannotOpenAll { to_others: 0, broken: 1 } => "Restore a good copy from a backup or another device, and try again. Add --leave to continue without it.".into(),
            KeyError::CannotOpenAll { .. } => "Restore good copies from a backup or another device, and try again. Add --leave to continue without them.".into(),
            KeyError::Unfinished { left } => format!("Continue with `inward key reseal`, or add --leave to finish without {}.", plural(*left, "it", "them")),
            KeyError::Busy => "Wait until it's done, and try again.".into(),
            KeyError::ListChanged => "Check the list, and try again.".into(),
        }
    }

    fn exit(&self) -> Exit {
        let is_locked = matches!(
            self,
            KeyError::NoJournal
                | KeyError::Missing { .. }
                | KeyError::NoIdentity { .. }
                | KeyError::BadIdentity { .. }
                | KeyError::WrongPassphrase { .. }
                | KeyError::ExcessiveWork { .. }
                | KeyError::IdentityDoesNotFit { .. }
                | KeyError::CannotAskPassphrase
                | KeyError::CannotUnlock
                | KeyError::OpensNothing { .. }
                | KeyError::OpensNoEntry { .. }
                | KeyError::OldCopy { .. }
                | KeyError::CopyDoesNotFit { .. }
                | KeyError::HereDoesNotOpen { .. }
                | KeyError::NotACopy { .. }
        );
        if is_locked {
            Exit::Locked
        } else if let KeyError::NotVerified { .. }
        | KeyError::Unfinished { .. }
        | KeyError::Busy
        | KeyError::ListChanged = self
        {
            Exit::CouldNot
        } else if let KeyError::CannotOpenAll { .. } = self {
            Exit::SomeDamaged
        } else {
            Exit::WrongInput
        }
    }
}
