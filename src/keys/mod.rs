//! The identity and the recipients on disk. `identity.age` (or `identity.txt`) opens
//! entries; `recipients.txt` says to whom they are sealed. They are in the configuration
//! folder, never in the journal's, which others may have.

mod change;
mod confirmed;
mod errors;
mod obstacle;
mod recipients_file;
mod restoring;
mod sealing;
mod unlocking;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::disk::{DiskError, DiskRef, Folder};
use crate::error::Result;
use crate::seal::{self, Audience, Identity, PluginCallbacks, Recipients};

pub(crate) use confirmed::can_confirm_recipients;
pub use errors::KeyError;
pub use obstacle::KeyObstacle;
pub(crate) use recipients_file::{RecipientRow, RecipientsFile};
pub use restoring::{PassphraseSource, RestoredKeys};
pub(crate) use unlocking::USUAL_UNLOCK;

const SEALED_IDENTITY: &str = "identity.age";
const PLAIN_IDENTITY: &str = "identity.txt";
/// The list of recipients.
pub(crate) const RECIPIENTS: &str = "recipients.txt";

/// What an identity's file is called, with a passphrase and without.
pub(crate) const IDENTITIES: [&str; 2] = [SEALED_IDENTITY, PLAIN_IDENTITY];

/// The files in the configuration folder that only their owner may read.
pub(crate) const PRIVATE_FILES: [&str; 4] =
    [SEALED_IDENTITY, PLAIN_IDENTITY, RECIPIENTS, confirmed::CONFIRMED];

/// The keys of one journal.
pub struct Keys {
    disk: DiskRef,
    folder: PathBuf,
    /// An identity file elsewhere that the user chose to use instead.
    user_identity: Option<PathBuf>,
    home: Option<PathBuf>,
    callbacks: PluginCallbacks,
}

/// What protects an identity file from whoever can read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// There is no such file.
    Missing,
    /// Nothing: it isn't encrypted.
    None,
    /// It is encrypted with a passphrase.
    Passphrase,
    /// The secret is elsewhere; the file only names it.
    Plugin,
    /// It couldn't be read, or isn't an identity file.
    Unreadable,
}

/// Asks for the passphrase of a file. It is called again after a wrong one, and can stop
/// that by returning an error.
pub type AskPassphrase<'a> = &'a mut dyn FnMut() -> Result<SecretString>;

impl Keys {
    /// The keys in this configuration folder. `user_identity` is an identity file
    /// elsewhere, to be used instead of the folder's.
    pub fn new(
        disk: DiskRef,
        folder: &Path,
        user_identity: Option<&Path>,
        callbacks: PluginCallbacks,
    ) -> Keys {
        let user_identity = user_identity.map(Path::to_owned);
        Keys { disk, folder: folder.to_owned(), user_identity, home: None, callbacks }
    }

    /// The same, with the unlock cache keyed relative to this home.
    pub fn in_home(self, home: &Path) -> Keys {
        Keys { home: Some(home.to_owned()), ..self }
    }

    fn open_folder(&self) -> Result<Folder> {
        Folder::open(&*self.disk, &self.folder)
    }

    fn make_folder(&self) -> Result<Folder> {
        Folder::make(&*self.disk, &self.folder)
    }

    /// Is there anything by this name in the configuration folder? A dangling link
    /// counts.
    fn has(&self, name: &str) -> bool {
        let folder = Folder::find(&*self.disk, &self.folder).ok().flatten();
        folder.is_some_and(|folder| folder.about_item(name.as_ref()).is_ok())
    }

    /// Has this journal been set up, at least in part?
    pub fn exist(&self) -> bool {
        self.own_identity().is_some() || self.has(RECIPIENTS)
    }

    /// Is there a key, here or where the user named one?
    fn has_identity(&self) -> bool {
        self.user_identity.is_some() || self.own_identity().is_some()
    }

    fn own_identity(&self) -> Option<PathBuf> {
        let folder = Folder::find(&*self.disk, &self.folder).ok().flatten()?;
        let is_here = |name: &&str| folder.about_item(name.as_ref()).is_ok();
        let name = IDENTITIES.into_iter().find(is_here)?;
        Some(self.folder.join(name))
    }

    /// Was there a key that opens what is written here, and is its file gone? False where
    /// none is meant to be: on a device whose list names only the keys of others.
    pub fn is_identity_lost(&self) -> bool {
        let had_one = || {
            let rows = self.list().map(|list| list.rows()).unwrap_or_default();
            rows.iter().any(RecipientRow::is_of_this_device)
        };
        // Asked after each entry, so by the paths alone.
        let is_absent = |file: &Path| file.try_exists().is_ok_and(|exists| !exists);
        match &self.user_identity {
            Some(file) => is_absent(file),
            None => {
                let own = IDENTITIES.map(|name| self.folder.join(name));
                own.iter().all(|file| is_absent(file)) && had_one()
            }
        }
    }

    /// The path of the identity file in use.
    pub fn identity_file(&self) -> PathBuf {
        let own = || self.own_identity().unwrap_or_else(|| self.folder.join(SEALED_IDENTITY));
        self.user_identity.clone().unwrap_or_else(own)
    }

    /// Makes the journal's key if there is none. `others` are more recipients, such as a
    /// second device.
    ///
    /// # Errors
    /// `Exists` if there's a key already; an invalid recipient; a [`DiskError`].
    pub fn create(&self, passphrase: Option<&SecretString>, others: &[String]) -> Result<()> {
        self.check_no_identity()?;
        let identity = Identity::generate();
        self.first_list(&identity, others)?;
        let folder = self.make_folder()?;
        let _lock = self.hold_folder()?;
        self.publish_identity(&folder, &identity, passphrase)?;
        // Last: entries must never be sealed to a key that isn't on disk.
        self.publish_list(&folder, &identity, others)
    }

    fn check_no_identity(&self) -> Result<()> {
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
        folder.publish(name, &bytes).map_err(|e| {
            if e.is_taken() {
                // Another process was faster, and its key stays.
                KeyError::Exists { path: self.folder.join(name) }.into()
            } else {
                e
            }
        })
    }

    /// Finishes a setup that was interrupted between its two files. Returns whether there
    /// was one.
    ///
    /// # Errors
    /// A wrong passphrase, or a [`DiskError`].
    pub fn complete(&self, ask: AskPassphrase, others: &[String]) -> Result<bool> {
        if self.own_identity().is_none() || self.has(RECIPIENTS) {
            return Ok(false);
        }
        let _lock = self.hold_folder()?;
        let identity = self.read_identity(&self.identity_file(), ask)?.0;
        self.publish_list(&self.open_folder()?, &identity, others)?;
        Ok(true)
    }

    /// Seals to an identity that the user has elsewhere, without making one. `check`
    /// decides whether it is this journal's.
    ///
    /// # Errors
    /// An identity that can't be read, or that `check` refuses.
    pub fn adopt(
        &self,
        ask: AskPassphrase,
        others: &[String],
        check: impl FnOnce(&Identity) -> Result<()>,
    ) -> Result<Identity> {
        let path = self.identity_file();
        let identity = self.read_identity(&path, ask)?.0;
        check(&identity)?;
        let list = self.first_list(&identity, others)?;
        // Tried once: a plugin may seal to a key that it can't open with.
        if !list.recipients(RECIPIENTS)?.opened_by(&identity)? {
            return Err(KeyError::IdentityDoesNotFit { identity: path, key: None }.into());
        }
        self.publish_list(&self.make_folder()?, &identity, others)?;
        Ok(identity)
    }

    /// The first list, for an identity and other recipients, after checking that all can
    /// be sealed to.
    fn first_list(&self, identity: &Identity, others: &[String]) -> Result<RecipientsFile> {
        Recipients::parse(&others.join("\n"), "--recipient")?;
        // The first key is the newest; the others open older entries.
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
        self.replace_confirmed(own, others)?;
        folder.publish(RECIPIENTS, self.first_list(own, others)?.text().as_bytes())
    }

    /// The list of recipients on disk.
    ///
    /// # Errors
    /// `NoJournal`, `ListMissing`, `NotUtf8` or `Io`.
    pub fn list(&self) -> Result<RecipientsFile> {
        let path = self.folder.join(RECIPIENTS);
        let read = Folder::find(&*self.disk, &self.folder)?
            .map_or(Err(ErrorKind::NotFound.into()), |folder| folder.read_user_file(RECIPIENTS));
        let text = match read {
            Ok(bytes) => String::from_utf8(bytes),
            Err(e) if e.kind() == ErrorKind::NotFound && !self.has_identity() => {
                return Err(KeyError::NoJournal.into());
            }
            Err(e) if e.kind() == ErrorKind::NotFound => {
                return Err(KeyError::ListMissing { path }.into());
            }
            Err(e) => return Err(DiskError::io("read", &path)(e)),
        };
        let source = path.display().to_string();
        let text = text.map_err(|e| DiskError::not_utf8(&source, &e.utf8_error()))?;
        Ok(RecipientsFile::read(&text))
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

    /// The recipients, after checking that all of them can be sealed to. Needs no secret.
    ///
    /// # Errors
    /// As [`Keys::list`]; `NotARecipient` with its line; a plugin that is missing.
    pub fn recipients(&self) -> Result<Recipients> {
        let recipients = self.read_recipients()?;
        recipients.check()?;
        self.check_own_key_listed(&recipients)?;
        Ok(recipients)
    }

    /// Refuses a list without the journal's own key, as nothing sealed to it could be
    /// read here. A key under a passphrase can be checked only while it's unlocked;
    /// otherwise reading notices.
    fn check_own_key_listed(&self, recipients: &Recipients) -> Result<()> {
        let own = self.own_identity().filter(|_| self.user_identity.is_none());
        let Some(path) = own else { return Ok(()) };
        let from_file = self.read_bytes(&path).ok().and_then(|bytes| self.read_open(&bytes));
        let from_unlock =
            || self.unlock_cache().load().and_then(|text| self.read_open(text.as_bytes()));
        match from_file.or_else(from_unlock) {
            Some(identity) => self.check_fits(&identity, recipients, &path),
            None => Ok(()),
        }
    }

    /// The list, for comparing sealed files with it.
    ///
    /// # Errors
    /// A [`KeyError`], or a line of the list that is no key.
    pub fn audience(&self) -> Result<Audience> {
        Ok(Audience::of(self.read_recipients()?))
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

#[cfg(test)]
mod tests;
