//! Identity and recipients on disk: `identity.age` (or `identity.txt`) opens,
//! `recipients.txt` says to whom entries are sealed. All three lie in the
//! configuration folder and never in the journal's, which others may hold.

mod change;
mod errors;
mod recipients_file;
mod sealing;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::disk::DiskError;
use crate::disk::{DiskRef, Folder};
use crate::error::{Error, Result};
use crate::seal::{
    self, Audience, Identity, IdentityFile, IdentityMatch, Locked, NotAnIdentity, NotOpened,
    PluginCallbacks, Recipients,
};
use crate::unlock::UnlockCache;
use crate::unlock::UnlockError;

pub use errors::KeyError;
pub(crate) use recipients_file::{RecipientRow, RecipientsFile};

const SEALED_IDENTITY: &str = "identity.age";
const PLAIN_IDENTITY: &str = "identity.txt";
const RECIPIENTS: &str = "recipients.txt";

/// The keys of one journal.
pub struct Keys {
    disk: DiskRef,
    folder: PathBuf,
    /// An identity file that the user named instead.
    named: Option<PathBuf>,
    talk: PluginCallbacks,
}

/// What stands between an identity file and whoever can read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// There is no such file.
    Missing,
    /// It lies open.
    None,
    /// It is encrypted with a passphrase.
    Passphrase,
    /// The secret is elsewhere; the file only names it.
    Plugin,
    /// It could not be read, or is no identity file.
    Unreadable,
}

/// Asks for the passphrase of a file. It may be asked again after a wrong one,
/// and ends the asking with an error.
pub type AskPassphrase<'a> = &'a mut dyn FnMut() -> Result<SecretString>;

impl Keys {
    /// The keys in this folder of configuration; `named` is another identity file.
    pub fn new(disk: DiskRef, folder: &Path, named: Option<&Path>, talk: PluginCallbacks) -> Keys {
        Keys { disk, folder: folder.to_owned(), named: named.map(Path::to_owned), talk }
    }

    fn open_folder(&self) -> Result<Folder> {
        Folder::open(&*self.disk, &self.folder)
    }

    fn make_folder(&self) -> Result<Folder> {
        Folder::make(&*self.disk, &self.folder)
    }

    /// Does something have this name among the settings? A link to nowhere is still
    /// somebody's.
    fn has(&self, name: &str) -> bool {
        let folder = Folder::find(&*self.disk, &self.folder).ok().flatten();
        folder.is_some_and(|folder| folder.about_item(name.as_ref()).is_ok())
    }

    /// Has this journal been set up, or has setting it up at least begun?
    pub fn exist(&self) -> bool {
        self.own_identity().is_some() || self.has(RECIPIENTS)
    }

    fn own_identity(&self) -> Option<PathBuf> {
        let name = [SEALED_IDENTITY, PLAIN_IDENTITY].into_iter().find(|name| self.has(name));
        name.map(|name| self.folder.join(name))
    }

    /// The file that opens the journal.
    pub fn identity_file(&self) -> PathBuf {
        let own = || self.own_identity().unwrap_or_else(|| self.folder.join(SEALED_IDENTITY));
        self.named.clone().unwrap_or_else(own)
    }

    /// Makes the journal's key, where there is none. `others` are recipients
    /// besides: a second device, say.
    ///
    /// # Errors
    /// `Exists`, where there is a key already; a recipient that is none; a [`DiskError`].
    pub fn create(&self, passphrase: Option<&SecretString>, others: &[String]) -> Result<()> {
        self.refuse_over_another()?;
        let identity = Identity::generate();
        self.first_list(&identity, others)?;
        let folder = self.make_folder()?;
        let _held = self.hold_folder()?;
        self.publish_identity(&folder, &identity, passphrase)?;
        // Only now: entries must never be sealed to a key that is not on disk.
        self.publish_list(&folder, &identity, others)
    }

    fn refuse_over_another(&self) -> Result<()> {
        match self.own_identity() {
            Some(path) => Err(KeyError::Exists { path }.into()),
            None => Ok(()),
        }
    }

    fn publish_identity(
        &self,
        folder: &Folder,
        identity: &Identity,
        passphrase: Option<&SecretString>,
    ) -> Result<()> {
        let (name, bytes) = identity_bytes(identity, passphrase)?;
        folder.publish(name, &bytes).map_err(|e| match e.is_taken() {
            // Another process was faster, and its key stands.
            true => KeyError::Exists { path: self.folder.join(name) }.into(),
            false => e,
        })
    }

    /// Finishes a setting-up that was interrupted between its two files.
    ///
    /// # Errors
    /// A wrong passphrase, or a [`DiskError`].
    pub fn complete(&self, ask: AskPassphrase, others: &[String]) -> Result<bool> {
        if self.own_identity().is_none() || self.has(RECIPIENTS) {
            return Ok(false);
        }
        let _held = self.hold_folder()?;
        let identity = self.read_identity(&self.identity_file(), ask)?.0;
        self.publish_list(&self.open_folder()?, &identity, others)?;
        Ok(true)
    }

    /// Seals to an identity that the user has elsewhere, and makes none.
    /// `known` is asked whether it is this journal's.
    ///
    /// # Errors
    /// An identity that cannot be read, or that `known` refuses.
    pub fn adopt(
        &self,
        ask: AskPassphrase,
        others: &[String],
        known: impl FnOnce(&Identity) -> Result<()>,
    ) -> Result<Identity> {
        let path = self.identity_file();
        let identity = self.read_identity(&path, ask)?.0;
        known(&identity)?;
        let list = self.first_list(&identity, others)?;
        // Tried once, for a plugin may seal to a key that it does not open with.
        if !list.recipients(RECIPIENTS)?.opened_by(&identity)? {
            return Err(KeyError::IdentityDoesNotFit { identity: path, key: None }.into());
        }
        self.publish_list(&self.make_folder()?, &identity, others)?;
        Ok(identity)
    }

    /// The list for an identity and others besides, all of whom can be sealed to.
    fn first_list(&self, identity: &Identity, others: &[String]) -> Result<RecipientsFile> {
        Recipients::parse(&others.join("\n"), "--recipient")?;
        // The first key is the newest; those behind it open what is older.
        let own: Vec<String> = identity.recipients().into_iter().take(1).collect();
        if own.is_empty() && others.is_empty() {
            let path = self.identity_file();
            return Err(KeyError::NoRecipientOfIdentity { path }.into());
        }
        let list = RecipientsFile::new(&own, others);
        list.recipients(RECIPIENTS)?.check()?;
        Ok(list)
    }

    fn publish_list(&self, folder: &Folder, own: &Identity, others: &[String]) -> Result<()> {
        folder.publish(RECIPIENTS, self.first_list(own, others)?.text().as_bytes())
    }

    /// The list of recipients, as it stands.
    ///
    /// # Errors
    /// `NoJournal`, `NoRecipients`, `NotUtf8` or `Io`.
    pub fn list(&self) -> Result<RecipientsFile> {
        let path = self.folder.join(RECIPIENTS);
        let read = Folder::find(&*self.disk, &self.folder)?
            .map_or(Err(ErrorKind::NotFound.into()), |folder| folder.read_own(RECIPIENTS));
        let text = match read {
            Ok(bytes) => String::from_utf8(bytes),
            Err(e) if e.kind() == ErrorKind::NotFound && self.own_identity().is_none() => {
                return Err(KeyError::NoJournal.into());
            }
            Err(e) if e.kind() == ErrorKind::NotFound => {
                return Err(KeyError::NoRecipients { path }.into());
            }
            Err(e) => return Err(DiskError::io("read", &path)(e)),
        };
        let not_utf8 = |e: std::string::FromUtf8Error| {
            let byte = e.utf8_error().valid_up_to();
            DiskError::NotUtf8 { source: path.display().to_string(), byte }
        };
        Ok(RecipientsFile::read(&text.map_err(not_utf8)?))
    }

    fn read_recipients(&self) -> Result<Recipients> {
        let path = self.folder.join(RECIPIENTS);
        let recipients = self.list()?.recipients(&path.display().to_string())?;
        if recipients.is_empty() {
            Err(KeyError::NoRecipients { path }.into())
        } else {
            Ok(recipients)
        }
    }

    /// To whom entries are sealed; all of them can be sealed to. Needs no
    /// secret.
    ///
    /// # Errors
    /// As [`Keys::list`]; `NotARecipient` with its line; a plugin that is missing.
    pub fn recipients(&self) -> Result<Recipients> {
        let recipients = self.read_recipients()?;
        recipients.check()?;
        self.refuse_strangers_alone(&recipients)?;
        Ok(recipients)
    }

    /// Sealed to strangers alone, nothing could be read here again. Of a key under a
    /// passphrase that is known only while it is unlocked; else reading says it.
    fn refuse_strangers_alone(&self, recipients: &Recipients) -> Result<()> {
        let own = self.own_identity().filter(|_| self.named.is_none());
        let Some(path) = own else { return Ok(()) };
        let in_file = self.read_bytes(&path).ok().and_then(|bytes| self.read_open(&bytes));
        let held = || self.session().load().and_then(|text| self.read_open(text.as_bytes()));
        match in_file.or_else(held) {
            Some(identity) => self.refuse_misfit(&identity, recipients, &path),
            None => Ok(()),
        }
    }

    /// What sealed files are compared with.
    ///
    /// # Errors
    /// A [`KeyError`], or a line of the list that is no key.
    pub fn audience(&self) -> Result<Audience> {
        Ok(Audience::of(self.read_recipients()?))
    }

    /// Reads the identity, and makes sure that it is this journal's.
    ///
    /// # Errors
    /// `Missing`, `BadIdentity`, `WrongPassphrase` or `IdentityDoesNotFit`, and what `ask`
    /// returns.
    pub fn unlock(&self, ask: AskPassphrase) -> Result<Identity> {
        let recipients = self.read_recipients()?;
        let held = self.session().load();
        let held = held.and_then(|text| self.read_open(text.as_bytes()));
        // One that was held and no longer fits is of an earlier key.
        if let Some(held) = held.filter(|identity| identity.fits(&recipients) != IdentityMatch::No)
        {
            return Ok(held);
        }
        self.unlock_anew(ask)
    }

    /// The same, with the passphrase, even where it is unlocked: for what
    /// somebody who finds it unlocked must not do.
    ///
    /// # Errors
    /// As [`Keys::unlock`].
    pub fn unlock_anew(&self, ask: AskPassphrase) -> Result<Identity> {
        let recipients = self.read_recipients()?;
        let path = self.identity_file();
        let identity = self.read_identity(&path, ask)?.0;
        self.refuse_misfit(&identity, &recipients, &path)?;
        Ok(identity)
    }

    fn refuse_misfit(&self, identity: &Identity, to: &Recipients, path: &Path) -> Result<()> {
        match identity.fits(to) {
            // To try it would ask for a touch; the first entry does that.
            IdentityMatch::Yes | IdentityMatch::Perhaps => Ok(()),
            IdentityMatch::No => {
                let own = identity.recipients().into_iter().next();
                // One that was named may well be the wrong one.
                let (identity, key) = (path.to_owned(), own.filter(|_| self.named.is_none()));
                Err(KeyError::IdentityDoesNotFit { identity, key }.into())
            }
        }
    }

    /// An identity that opens without a passphrase.
    fn read_open(&self, bytes: &[u8]) -> Option<Identity> {
        match IdentityFile::read(bytes, self.talk) {
            Ok(IdentityFile::Open(identity)) => Some(identity),
            _ => None,
        }
    }

    /// The identity where opening entries needs nobody: it is unlocked, or has
    /// no passphrase, and no plugin that could ask for a touch.
    pub fn unlocked_identity(&self) -> Option<Identity> {
        if self.protection() == Protection::Plugin {
            return None;
        }
        let identity = self.unlock(&mut || Err(KeyError::CannotAskPassphrase.into())).ok();
        identity.filter(|identity| !identity.may_ask())
    }

    fn session(&self) -> UnlockCache {
        UnlockCache::of(&self.folder, &self.identity_file())
    }

    /// Holds the identity for so long, so that reading asks nothing meanwhile.
    ///
    /// # Errors
    /// `CannotHold`, where the system keeps no keys or the identity is an SSH key.
    pub fn unlock_for(&self, identity: &Identity, time: Duration) -> Result<()> {
        let ssh = || UnlockError::CannotHold { why: "an SSH key keeps its own passphrase".into() };
        self.session().store(identity.secret().ok_or_else(ssh)?, time)
    }

    /// Could the system hold it?
    pub fn can_unlock(&self) -> bool {
        self.session().is_possible()
    }

    /// Is the identity held?
    pub fn is_unlocked(&self) -> bool {
        self.session().load().is_some()
    }

    /// Forgets it; was it held?
    ///
    /// # Errors
    /// `CannotForget`, where the system keeps it.
    pub fn lock(&self) -> Result<bool> {
        self.session().clear()
    }

    /// What stands before the identity.
    pub fn protection(&self) -> Protection {
        let Ok(bytes) = self.read_bytes(&self.identity_file()) else { return Protection::Missing };
        match IdentityFile::read(&bytes, PluginCallbacks::SILENT) {
            Ok(IdentityFile::Locked(_)) => Protection::Passphrase,
            Ok(IdentityFile::Open(identity)) if identity.may_ask() => Protection::Plugin,
            Ok(IdentityFile::Open(_)) => Protection::None,
            Err(NotAnIdentity::Refused(_)) => Protection::Plugin,
            Err(_) => Protection::Unreadable,
        }
    }

    /// The identity in a file, and the passphrase that opened it.
    fn read_identity(
        &self,
        path: &Path,
        ask: AskPassphrase,
    ) -> Result<(Identity, Option<SecretString>)> {
        match IdentityFile::read(&self.read_bytes(path)?, self.talk) {
            Ok(IdentityFile::Open(identity)) => Ok((identity, None)),
            Ok(IdentityFile::Locked(locked)) => open_locked(path, &locked, ask),
            Err(why) => Err(not_an_identity(path, why)),
        }
    }
}

impl Keys {
    /// An identity file: our own, or one that the user named, which may be a pipe.
    fn read_bytes(&self, path: &Path) -> Result<Zeroizing<Vec<u8>>> {
        let own = path.strip_prefix(&self.folder).ok().and_then(Path::to_str);
        let read = match own {
            Some(name) => self.open_folder()?.read_own(name),
            None => std::fs::read(path),
        };
        match read {
            Ok(bytes) => Ok(Zeroizing::new(bytes)),
            Err(e) if e.kind() == ErrorKind::NotFound => {
                Err(KeyError::NoIdentity { path: path.to_owned() }.into())
            }
            Err(e) => Err(DiskError::io("read", path)(e)),
        }
    }
}

/// The name and the bytes of the file that holds an identity.
fn identity_bytes(
    identity: &Identity,
    passphrase: Option<&SecretString>,
) -> Result<(&'static str, Zeroizing<Vec<u8>>)> {
    let text = identity.to_file();
    match passphrase {
        Some(empty) if empty.expose_secret().is_empty() => Err(KeyError::EmptyPassphrase.into()),
        Some(passphrase) => {
            let sealed = seal::seal_with_passphrase(&text, passphrase)?;
            Ok((SEALED_IDENTITY, Zeroizing::new(sealed)))
        }
        None => Ok((PLAIN_IDENTITY, Zeroizing::new(text.as_bytes().to_vec()))),
    }
}

fn open_locked(
    path: &Path,
    locked: &Locked,
    ask: AskPassphrase,
) -> Result<(Identity, Option<SecretString>)> {
    loop {
        let passphrase = ask()?;
        match locked.open(&passphrase) {
            Ok(identity) => return Ok((identity, Some(passphrase))),
            Err(NotOpened::WrongPassphrase) => continue,
            Err(NotOpened::ExcessiveWork(factor)) => {
                return Err(KeyError::ExcessiveWork { path: path.to_owned(), factor }.into());
            }
            Err(NotOpened::NotPassphrase) => {
                return Err(bad(path, "it is not sealed with a passphrase"));
            }
            Err(NotOpened::Broken) => return Err(bad(path, "it is damaged")),
            Err(NotOpened::NotAnIdentity(why)) => return Err(not_an_identity(path, why)),
        }
    }
}

fn not_an_identity(path: &Path, why: NotAnIdentity) -> Error {
    match why {
        NotAnIdentity::Empty => bad(path, "it holds no key"),
        NotAnIdentity::Line(line) => bad(path, &format!("line {line} is no identity")),
        NotAnIdentity::Ssh(why) => bad(path, &why),
        NotAnIdentity::Refused(error) => error,
    }
}

fn bad(path: &Path, why: &str) -> Error {
    KeyError::BadIdentity { path: path.to_owned(), why: why.to_owned() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::SealError;

    fn never() -> Result<SecretString> {
        panic!("no passphrase should be asked for")
    }

    fn fresh() -> (tempfile::TempDir, Keys) {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(crate::disk::real(), folder.path(), None, PluginCallbacks::SILENT);
        (folder, keys)
    }

    #[test]
    fn a_key_is_made_once_and_never_over_another() {
        let (folder, keys) = fresh();
        assert!(!keys.exist());
        keys.create(None, &[]).unwrap();
        let before = std::fs::read(folder.path().join("identity.txt")).unwrap();
        assert!(
            matches!(keys.create(None, &[]), Err(e) if matches!(e.of(), Some(KeyError::Exists { .. })))
        );
        assert_eq!(std::fs::read(folder.path().join("identity.txt")).unwrap(), before);
        keys.unlock(&mut never).unwrap();
    }

    #[test]
    fn an_empty_passphrase_is_refused_before_anything_is_written() {
        let (folder, keys) = fresh();
        let empty = SecretString::from(String::new());
        assert!(
            matches!(keys.create(Some(&empty), &[]), Err(e) if matches!(e.of(), Some(KeyError::EmptyPassphrase)))
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_bad_recipient_is_refused_before_a_key_is_made() {
        let (_folder, keys) = fresh();
        let error = keys.create(None, &["age1nonsense".into()]).unwrap_err();
        assert!(matches!(error.of(), Some(SealError::NotARecipient { line: 1, .. })));
        assert!(!keys.exist());
    }

    #[test]
    fn another_journals_identity_does_not_fit() {
        let (folder, keys) = fresh();
        keys.create(None, &[]).unwrap();
        let (other_folder, other) = fresh();
        other.create(None, &[]).unwrap();
        let foreign = other_folder.path().join("identity.txt");
        let named =
            Keys::new(crate::disk::real(), folder.path(), Some(&foreign), PluginCallbacks::SILENT);
        assert!(
            matches!(named.unlock(&mut never), Err(e) if matches!(e.of(), Some(KeyError::IdentityDoesNotFit { .. })))
        );
    }

    #[test]
    fn a_missing_identity_is_reported_and_not_made_anew() {
        let (folder, keys) = fresh();
        keys.create(None, &[]).unwrap();
        std::fs::remove_file(folder.path().join("identity.txt")).unwrap();
        assert!(
            matches!(keys.unlock(&mut never), Err(e) if matches!(e.of(), Some(KeyError::NoIdentity { .. })))
        );
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
        assert!(
            matches!(keys.recipients(), Err(e) if matches!(e.of(), Some(KeyError::NoRecipients { .. })))
        );
        std::fs::write(&path, "# me\nage1oops\n").unwrap();
        let line = |e: Error| matches!(e.of(), Some(SealError::NotARecipient { line: 2, .. }));
        assert!(keys.recipients().is_err_and(line));
    }
}
