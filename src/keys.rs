//! Identity and recipients on disk: `identity.age` (or `identity.txt`) opens,
//! `recipients.txt` says to whom entries are sealed. All three lie in the
//! configuration folder and never in the journal's, which others may hold.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::disk::Folder;
use crate::error::{Error, Result};
use crate::seal::{self, Identity, NotOpened, Recipients};
use crate::session::Session;

const SEALED_IDENTITY: &str = "identity.age";
const PLAIN_IDENTITY: &str = "identity.txt";
const RECIPIENTS: &str = "recipients.txt";

/// The keys of one journal.
pub struct Keys {
    folder: PathBuf,
    /// An identity file that the user named instead.
    named: Option<PathBuf>,
}

/// Asks for the passphrase of a file. It may be asked again after a wrong one,
/// and ends the asking with an error.
pub type AskPassphrase<'a> = &'a mut dyn FnMut() -> Result<SecretString>;

impl Keys {
    pub fn new(folder: &Path, named: Option<&Path>) -> Keys {
        Keys { folder: folder.to_owned(), named: named.map(Path::to_owned) }
    }

    /// Has this journal been set up, or has setting it up at least begun?
    pub fn exist(&self) -> bool {
        self.own_identity().is_some() || self.folder.join(RECIPIENTS).exists()
    }

    fn own_identity(&self) -> Option<PathBuf> {
        let files = [SEALED_IDENTITY, PLAIN_IDENTITY].map(|name| self.folder.join(name));
        // A link to nowhere is still somebody's key, and is not made anew.
        files.into_iter().find(|file| file.symlink_metadata().is_ok())
    }

    /// The file that opens the journal.
    pub fn identity_file(&self) -> PathBuf {
        let own = || self.own_identity().unwrap_or_else(|| self.folder.join(SEALED_IDENTITY));
        self.named.clone().unwrap_or_else(own)
    }

    /// Makes the journal's key, where there is none. `others` are recipients
    /// besides: a second device, say.
    pub fn create(&self, passphrase: Option<&SecretString>, others: &[String]) -> Result<()> {
        if let Some(path) = self.own_identity() {
            return Err(Error::KeyExists { path });
        }
        Recipients::parse(&others.join("\n"), "--recipient")?;
        let identity = Identity::generate();
        let file = identity_text(&identity);
        let folder = Folder::make(&self.folder)?;
        match passphrase {
            Some(empty) if empty.expose_secret().is_empty() => return Err(Error::EmptyPassphrase),
            Some(passphrase) => {
                let sealed = seal::seal_with_passphrase(&file, passphrase)?;
                folder.publish(SEALED_IDENTITY, &sealed)
            }
            None => folder.publish(PLAIN_IDENTITY, file.as_bytes()),
        }
        .map_err(|e| match e {
            // Another process was faster, and its key stands.
            Error::NameTaken { path } => Error::KeyExists { path },
            other => other,
        })?;
        // Only now: entries must never be sealed to a key that is not on disk.
        self.write_recipients(&folder, &identity, others)
    }

    /// Finishes a setting-up that was interrupted between its two files.
    pub fn complete(&self, ask: AskPassphrase, others: &[String]) -> Result<bool> {
        if self.own_identity().is_none() || self.folder.join(RECIPIENTS).exists() {
            return Ok(false);
        }
        let identity = self.read_identity(ask)?;
        self.write_recipients(&Folder::open(&self.folder)?, &identity, others)?;
        Ok(true)
    }

    /// Seals to an identity that the user has elsewhere, and makes none.
    pub fn adopt(&self, ask: AskPassphrase, others: &[String]) -> Result<()> {
        Recipients::parse(&others.join("\n"), "--recipient")?;
        let identity = self.read_identity(ask)?;
        self.write_recipients(&Folder::make(&self.folder)?, &identity, others)
    }

    fn write_recipients(&self, folder: &Folder, own: &Identity, others: &[String]) -> Result<()> {
        let mut keys = own.recipients();
        keys.extend(others.iter().filter(|key| !own.recipients().contains(key)).cloned());
        let text = format!("# Entries are sealed to these, one a line.\n{}\n", keys.join("\n"));
        folder.publish(RECIPIENTS, text.as_bytes())
    }

    /// To whom entries are sealed. Needs no secret.
    pub fn recipients(&self) -> Result<Recipients> {
        let path = self.folder.join(RECIPIENTS);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound && self.own_identity().is_none() => {
                return Err(Error::NoJournal);
            }
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(Error::NoRecipients { path }),
            Err(e) if e.kind() == ErrorKind::InvalidData => {
                return Err(Error::BadRecipient { source: path.display().to_string(), line: 1 });
            }
            Err(e) => return Err(Error::disk("read", &path)(e)),
        };
        let recipients = Recipients::parse(&text, &path.display().to_string())?;
        if recipients.is_empty() { Err(Error::NoRecipients { path }) } else { Ok(recipients) }
    }

    /// Reads the identity, and makes sure that it is this journal's.
    pub fn unlock(&self, ask: AskPassphrase) -> Result<Identity> {
        let recipients = self.recipients()?;
        // An identity that the user named goes before one that is held.
        let held = self.named.is_none().then(|| self.session().held()).flatten();
        let held = held.and_then(|lines| Identity::parse(&lines).ok());
        let fits =
            |identity: &Identity| identity.recipients().iter().any(|key| recipients.contains(key));
        // One that was held and no longer fits is of an earlier key.
        if let Some(held) = held.filter(fits) {
            return Ok(held);
        }
        let identity = self.read_identity(ask)?;
        let misfit = || Error::IdentityDoesNotFit { identity: self.identity_file() };
        if fits(&identity) { Ok(identity) } else { Err(misfit()) }
    }

    /// The identity where opening it needs nobody: it is unlocked, or has no
    /// passphrase.
    pub fn at_hand(&self) -> Option<Identity> {
        self.unlock(&mut || Err(Error::CannotAskPassphrase)).ok()
    }

    fn session(&self) -> Session {
        Session::of(&self.folder)
    }

    /// Holds the identity for so long, so that reading asks nothing meanwhile.
    pub fn hold(&self, identity: &Identity, time: Duration) -> Result<()> {
        self.session().hold(&identity.to_lines(), time)
    }

    /// Is the identity held?
    pub fn is_unlocked(&self) -> bool {
        self.session().held().is_some()
    }

    /// Forgets it; was it held?
    pub fn lock(&self) -> bool {
        self.session().forget()
    }

    fn read_identity(&self, ask: AskPassphrase) -> Result<Identity> {
        let path = self.identity_file();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(Error::NoIdentity { path }),
            Err(e) => return Err(Error::disk("read", &path)(e)),
        };
        let text = if seal::is_age_file(&bytes) {
            open_sealed(&path, &bytes, ask)?
        } else {
            let text = std::str::from_utf8(&bytes);
            Zeroizing::new(text.map_err(|_| bad(&path, "it is not text"))?.to_owned())
        };
        Identity::parse(&text).map_err(|line| match line {
            0 => bad(&path, "it holds no key"),
            line => bad(&path, &format!("line {line} is no identity")),
        })
    }
}

fn open_sealed(path: &Path, bytes: &[u8], ask: AskPassphrase) -> Result<Zeroizing<String>> {
    loop {
        let passphrase = ask()?;
        match seal::open_with_passphrase(bytes, &passphrase) {
            Ok(text) => return Ok(text),
            Err(NotOpened::WrongPassphrase) => continue,
            Err(NotOpened::ExcessiveWork(factor)) => {
                return Err(Error::ExcessiveWork { path: path.to_owned(), factor });
            }
            Err(NotOpened::NotPassphrase) => {
                return Err(bad(path, "it is not sealed with a passphrase"));
            }
            Err(NotOpened::Broken) => return Err(bad(path, "it is damaged")),
        }
    }
}

fn bad(path: &Path, why: &str) -> Error {
    Error::BadIdentity { path: path.to_owned(), why: why.to_owned() }
}

fn identity_text(identity: &Identity) -> Zeroizing<String> {
    let lines = identity.to_lines();
    let public = identity.recipients().join(", ");
    let mut text = Zeroizing::new(String::with_capacity(512));
    text.push_str("# public key: ");
    text.push_str(&public);
    text.push('\n');
    text.push_str(&lines);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never() -> Result<SecretString> {
        panic!("no passphrase should be asked for")
    }

    fn fresh() -> (tempfile::TempDir, Keys) {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path(), None);
        (folder, keys)
    }

    #[test]
    fn a_key_is_made_once_and_never_over_another() {
        let (folder, keys) = fresh();
        assert!(!keys.exist());
        keys.create(None, &[]).unwrap();
        let before = std::fs::read(folder.path().join("identity.txt")).unwrap();
        assert!(matches!(keys.create(None, &[]), Err(Error::KeyExists { .. })));
        assert_eq!(std::fs::read(folder.path().join("identity.txt")).unwrap(), before);
        keys.unlock(&mut never).unwrap();
    }

    #[test]
    fn an_empty_passphrase_is_refused_before_anything_is_written() {
        let (folder, keys) = fresh();
        let empty = SecretString::from(String::new());
        assert!(matches!(keys.create(Some(&empty), &[]), Err(Error::EmptyPassphrase)));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_bad_recipient_is_refused_before_a_key_is_made() {
        let (_folder, keys) = fresh();
        let error = keys.create(None, &["age1nonsense".into()]).unwrap_err();
        assert!(matches!(error, Error::BadRecipient { line: 1, .. }));
        assert!(!keys.exist());
    }

    #[test]
    fn another_journals_identity_does_not_fit() {
        let (folder, keys) = fresh();
        keys.create(None, &[]).unwrap();
        let (other_folder, other) = fresh();
        other.create(None, &[]).unwrap();
        let foreign = other_folder.path().join("identity.txt");
        let named = Keys::new(folder.path(), Some(&foreign));
        assert!(matches!(named.unlock(&mut never), Err(Error::IdentityDoesNotFit { .. })));
    }

    #[test]
    fn a_missing_identity_is_reported_and_not_made_anew() {
        let (folder, keys) = fresh();
        keys.create(None, &[]).unwrap();
        std::fs::remove_file(folder.path().join("identity.txt")).unwrap();
        assert!(matches!(keys.unlock(&mut never), Err(Error::NoIdentity { .. })));
        assert!(keys.exist(), "the recipients still stand");
        assert!(keys.recipients().is_ok(), "writing goes on");
    }

    #[test]
    fn setting_up_goes_on_where_it_was_interrupted() {
        let (folder, keys) = fresh();
        keys.create(None, &[]).unwrap();
        let recipients = folder.path().join("recipients.txt");
        let before = std::fs::read(&recipients).unwrap();
        std::fs::remove_file(&recipients).unwrap();
        assert!(keys.complete(&mut never, &[]).unwrap());
        assert_eq!(std::fs::read(&recipients).unwrap(), before);
        assert!(!keys.complete(&mut never, &[]).unwrap());
    }

    #[test]
    fn recipients_that_are_empty_or_malformed_are_named_by_line() {
        let (folder, keys) = fresh();
        let path = folder.path().join("recipients.txt");
        std::fs::write(&path, "# nobody\n\n").unwrap();
        assert!(matches!(keys.recipients(), Err(Error::NoRecipients { .. })));
        std::fs::write(&path, "# me\nage1oops\n").unwrap();
        assert!(matches!(keys.recipients(), Err(Error::BadRecipient { line: 2, .. })));
    }
}
