//! What could not be done: the journal is locked, or the machine would not.

use std::io;

use super::{Error, Exit, Sentence, plain, say};

impl Error {
    pub(super) fn locked(&self) -> Option<Sentence> {
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

    pub(super) fn could_not(&self) -> Sentence {
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
                format!("Your systemd could not be reached ({why})."),
                "Run this in your own session. Without systemd, `inward remind --print cron` prints a line for cron; `--print launchd` is for a Mac.".into(),
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

fn remedy_for(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Check who owns that folder and that it may be written, or set INWARD_HOME."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Free some space and try again. Nothing that was kept before is affected."
        }
        io::ErrorKind::NotFound => "Check the path.",
        io::ErrorKind::InvalidData => "Put a file of text in its place, or take it away.",
        _ => "Try again; nothing that was kept before is affected.",
    }
    .into()
}
