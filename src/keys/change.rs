//! Changing the keys: another key, another passphrase, another list. Each
//! change is one file put in the place of another, once the new one has been
//! read back and found good; until then the old one stands.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::disk::DiskError;
use crate::disk::{FileKind, FolderLock};
use crate::error::{Error, Result};
use crate::keys::KeyError;
use crate::seal::{Identity, IdentityFile, NotAnIdentity, PluginCallbacks, armour};

use super::unlocking::{bad, not_an_identity, open_locked};
use super::{
    AskPassphrase, Keys, PLAIN_IDENTITY, RECIPIENTS, RecipientsFile, SEALED_IDENTITY,
    identity_bytes,
};

/// An identity file of our own making, opened.
pub struct OwnKey {
    pub identity: Identity,
    pub file: PathBuf,
    passphrase: Option<SecretString>,
}

impl OwnKey {
    pub fn has_passphrase(&self) -> bool {
        self.passphrase.is_some()
    }
}

impl Keys {
    /// Holds the keys for one change at a time; letting go ends it.
    ///
    /// # Errors
    /// Another change of keys is under way, or the folder cannot be opened.
    pub fn hold_changes(&self) -> Result<FolderLock> {
        // Where there is no journal, that is what is to be said.
        self.list()?;
        self.hold_folder()
    }

    pub(super) fn hold_folder(&self) -> Result<FolderLock> {
        Ok(self.open_folder()?.lock()?.ok_or(KeyError::Busy)?)
    }

    /// Opens the journal's own identity file, which must be one that we made:
    /// neither named by the user nor an SSH key. Always asks for its passphrase.
    ///
    /// # Errors
    /// No identity, a wrong passphrase, or one that is not a file of ours to change.
    pub fn own(&self, doing: &'static str, ask: AskPassphrase) -> Result<OwnKey> {
        let file = self.identity_file();
        let not_ours = || KeyError::NotOurs { path: file.clone(), doing };
        if self.named.is_some() {
            return Err(not_ours().into());
        }
        let recipients = self.read_recipients()?;
        let (identity, passphrase) = self.read_identity(&file, ask)?;
        if !identity.is_native() {
            return Err(not_ours().into());
        }
        self.refuse_misfit(&identity, &recipients, &file)?;
        Ok(OwnKey { identity, file, passphrase })
    }

    /// Puts a new key before the old one in the identity file, which from then
    /// on opens what is sealed to either; and tells the list in which the new
    /// one stands for the old. A rotation that ended here goes on with the key
    /// that it made.
    ///
    /// # Errors
    /// As [`Keys::set_passphrase`], and where the list cannot be read.
    pub fn rotate(&self, own: OwnKey) -> Result<(Identity, RecipientsFile)> {
        let mut list = self.list()?;
        let rows = list.rows();
        let current = own.identity.recipients();
        let current = current.iter().position(|key| rows.iter().any(|row| row.key == *key));
        let identity = match current {
            Some(0) | None => {
                let both = Identity::generate().and(&own.identity);
                let both = both.map_err(|why| not_an_identity(&own.file, why))?;
                self.set_passphrase(&both, own.passphrase.as_ref())?;
                both
            }
            Some(_) => own.identity,
        };
        let keys = identity.recipients();
        let old = keys.iter().skip(1).find(|key| rows.iter().any(|row| row.key == **key));
        if let (Some(new), Some(old)) = (keys.first(), old) {
            list.replace(old, new);
        }
        Ok((identity, list))
    }

    /// Writes the identity under this passphrase, or none, in the place of the
    /// file that there is.
    ///
    /// # Errors
    /// `NotVerified`, where what was written does not open again, or a [`DiskError`]; then the
    /// old file stays.
    pub fn set_passphrase(
        &self,
        identity: &Identity,
        passphrase: Option<&SecretString>,
    ) -> Result<PathBuf> {
        let before = self.own_identity();
        let file = self.replace_identity(identity, passphrase)?;
        let plain = self.folder.join(PLAIN_IDENTITY);
        let folder = self.open_folder()?;
        // What it was in before goes, and what an interrupted change has left;
        // never a key that the new file does not hold.
        for other in before.into_iter().chain([plain]).filter(|other| *other != file) {
            let Some(name) = other.file_name() else { continue };
            if folder.about_item(name).is_ok() && self.already_removed(&other, identity)? {
                folder.remove_item(name)?;
            }
        }
        Ok(file)
    }

    /// Is this the sealed file, which was opened to get here, or a plain one
    /// with no key but these?
    fn already_removed(&self, file: &Path, identity: &Identity) -> Result<bool> {
        let known = identity.recipients();
        Ok(match IdentityFile::read(&self.read_bytes(file)?, self.talk) {
            Ok(IdentityFile::Open(there)) => {
                let keys = there.recipients();
                !keys.is_empty() && keys.iter().all(|key| known.contains(key))
            }
            Ok(IdentityFile::Locked(_)) => file.ends_with(SEALED_IDENTITY),
            Err(_) => false,
        })
    }

    /// Does the key lie there without a passphrase as well?
    pub fn unencrypted_copy(&self) -> Option<PathBuf> {
        let plain = self.folder.join(PLAIN_IDENTITY);
        let beside = self.identity_file().ends_with(SEALED_IDENTITY) && self.has(PLAIN_IDENTITY);
        (beside && self.named.is_none()).then_some(plain)
    }

    fn replace_identity(
        &self,
        identity: &Identity,
        passphrase: Option<&SecretString>,
    ) -> Result<PathBuf> {
        let (name, bytes) = identity_bytes(identity, passphrase)?;
        let folder = self.open_folder()?;
        let path = self.folder.join(name);
        let verify = |there: &[u8]| opens_as(there, passphrase, identity, self.talk);
        if !folder.replace(name, &bytes, verify)? {
            return Err(KeyError::NotVerified { path }.into());
        }
        Ok(path)
    }

    /// The list must be a file of its own, before anything else is changed.
    ///
    /// # Errors
    /// `NotAPlainFile`.
    pub fn check_list(&self) -> Result<()> {
        let path = self.folder.join(RECIPIENTS);
        match self.open_folder()?.about_item(RECIPIENTS.as_ref()) {
            Ok(there) if there.kind != FileKind::File => {
                Err(DiskError::NotAPlainFile { path }.into())
            }
            _ => Ok(()),
        }
    }

    /// Puts this list in the place of the one on disk.
    ///
    /// # Errors
    /// `NotVerified` or a [`DiskError`]; then the old list stays.
    pub(super) fn replace_list(&self, list: &RecipientsFile) -> Result<()> {
        let text = list.text();
        let folder = self.open_folder()?;
        if folder.replace(RECIPIENTS, text.as_bytes(), |there| there == text.as_bytes())? {
            return Ok(());
        }
        Err(KeyError::NotVerified { path: self.folder.join(RECIPIENTS) }.into())
    }

    /// The identity file as text to keep elsewhere: in armour where it has a
    /// passphrase, so that it survives being printed and pasted.
    ///
    /// # Errors
    /// The file cannot be read, or `NotVerified`, where the text would not open.
    pub fn backup(&self, own: &OwnKey) -> Result<Zeroizing<String>> {
        let bytes = self.read_bytes(&own.file)?;
        let text = match IdentityFile::read(&bytes, self.talk) {
            Ok(IdentityFile::Locked(_)) if !bytes.is_ascii() => armour(&bytes)?,
            _ => String::from_utf8(bytes.to_vec()).map_err(|_| bad(&own.file, "it is damaged"))?,
        };
        let text = Zeroizing::new(text);
        let passphrase = own.passphrase.as_ref();
        if opens_as(text.as_bytes(), passphrase, &own.identity, self.talk) {
            Ok(text)
        } else {
            Err(KeyError::NotVerified { path: own.file.clone() }.into())
        }
    }

    /// Does a file hold the same key as `own`, under the same passphrase?
    pub fn is_backup(&self, file: &Path, own: &OwnKey) -> bool {
        let passphrase = own.passphrase.as_ref();
        let read = self.read_bytes(file);
        read.is_ok_and(|bytes| opens_as(&bytes, passphrase, &own.identity, self.talk))
    }

    /// Opens a backup, to be put back by [`Keys::restore`].
    ///
    /// # Errors
    /// `NoSuchFile`, `NotACopy`, `SshStays`, or a wrong passphrase.
    pub fn open_backup(&self, file: &Path, ask: AskPassphrase) -> Result<OwnKey> {
        let ssh = || KeyError::SshStays { path: file.to_owned() };
        let path = || file.to_owned();
        let no_copy = |e: Error| {
            if let Some(KeyError::NoIdentity { .. }) = e.of() {
                return DiskError::NoSuchFile { path: path() }.into();
            }
            let Some(KeyError::BadIdentity { why, .. }) = e.of() else { return e };
            KeyError::NotACopy { path: path(), why: why.clone() }.into()
        };
        let bytes = self.read_bytes(file).map_err(no_copy)?;
        let (identity, passphrase) = match IdentityFile::read(&bytes, self.talk) {
            Ok(IdentityFile::Open(identity)) => (identity, None),
            Ok(IdentityFile::Locked(locked)) if locked.is_age() => {
                open_locked(file, &locked, ask).map_err(no_copy)?
            }
            Ok(IdentityFile::Locked(_)) | Err(NotAnIdentity::Ssh(_)) => return Err(ssh().into()),
            Err(why) => return Err(no_copy(not_an_identity(file, why))),
        };
        if !identity.is_native() {
            return Err(ssh().into());
        }
        Ok(OwnKey { identity, file: file.to_owned(), passphrase })
    }

    /// Puts a backup back. Where a key is here already, the two are joined, so
    /// that nothing that either opens is lost, and the passphrase stays that of
    /// the key here. Tells whether a list of recipients was there.
    ///
    /// # Errors
    /// A wrong passphrase of the key here, or as [`Keys::set_passphrase`].
    pub fn restore(&self, backup: OwnKey, others: &[String], ask: AskPassphrase) -> Result<bool> {
        self.first_list(&backup.identity, others)?;
        let folder = self.make_folder()?;
        let _held = self.hold_folder()?;
        self.check_list()?;
        let listed = self.has(RECIPIENTS);
        let here = match self.own_identity() {
            Some(file) => Some(self.read_here(file, ask)?),
            None => None,
        };
        let before = here.as_ref().and_then(|here| here.identity.recipients().into_iter().next());
        let identity = match here {
            Some(here) => {
                let passphrase = here.passphrase.or(backup.passphrase);
                let both = backup.identity.and(&here.identity);
                let both = both.map_err(|why| not_an_identity(&backup.file, why))?;
                self.set_passphrase(&both, passphrase.as_ref())?;
                both
            }
            None => {
                self.publish_identity(&folder, &backup.identity, backup.passphrase.as_ref())?;
                backup.identity
            }
        };
        if !listed {
            self.publish_list(&folder, &identity, others)?;
            return Ok(false);
        }
        let mut list = self.list()?;
        let keys = identity.recipients();
        let stands = |key: &&String| list.rows().iter().any(|row| row.key == **key);
        let old = before.or_else(|| keys.iter().find(stands).cloned());
        if let Some(new) = keys.first() {
            list.replace(old.as_ref().unwrap_or(new), new);
        }
        others.iter().for_each(|key| {
            list.add(key, None);
        });
        self.settle_list(&list)?;
        Ok(true)
    }

    fn read_here(&self, file: PathBuf, ask: AskPassphrase) -> Result<OwnKey> {
        match self.read_identity(&file, ask) {
            Ok((identity, passphrase)) if identity.is_native() => {
                Ok(OwnKey { identity, file, passphrase })
            }
            Ok(_) => Err(KeyError::Exists { path: file }.into()),
            Err(e) => {
                let Some(KeyError::WrongPassphrase { path } | KeyError::BadIdentity { path, .. }) =
                    e.of()
                else {
                    return Err(e);
                };
                Err(KeyError::HereDoesNotOpen { path: path.clone() }.into())
            }
        }
    }
}

/// Do these bytes open with the passphrase, and hold the same keys?
fn opens_as(
    bytes: &[u8],
    passphrase: Option<&SecretString>,
    identity: &Identity,
    talk: PluginCallbacks,
) -> bool {
    let opened = match (IdentityFile::read(bytes, talk), passphrase) {
        (Ok(IdentityFile::Open(opened)), None) => opened,
        (Ok(IdentityFile::Locked(locked)), Some(passphrase)) => match locked.open(passphrase) {
            Ok(opened) => opened,
            Err(_) => return false,
        },
        _ => return false,
    };
    opened.is_same(identity)
}
