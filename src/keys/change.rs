//! Changes the key, its passphrase, or the list. Each change replaces one file after the
//! new one has been read back and checked; until then the old one stays.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::disk::FolderLock;
use crate::error::Result;
use crate::keys::KeyError;
use crate::seal::{Identity, IdentityFile, PluginCallbacks, armour};

use super::unlocking::{bad_identity, not_an_identity};
use super::{
    AskPassphrase, IDENTITIES, Keys, PLAIN_IDENTITY, RECIPIENTS, RecipientsFile, SEALED_IDENTITY,
    identity_bytes,
};

/// An identity file that inward made, opened.
pub struct OwnKey {
    pub identity: Identity,
    pub file: PathBuf,
    pub(super) passphrase: Option<SecretString>,
}

impl OwnKey {
    pub fn has_passphrase(&self) -> bool {
        self.passphrase.is_some()
    }
}

impl Keys {
    /// Locks the keys for a change, until the lock is dropped.
    ///
    /// # Errors
    /// `Busy` during another change of keys; a folder that can't be opened.
    pub fn hold_changes(&self) -> Result<FolderLock> {
        // Without a journal, say that instead.
        self.list()?;
        self.hold_folder()
    }

    pub(super) fn hold_folder(&self) -> Result<FolderLock> {
        Ok(self.open_folder()?.lock()?.ok_or(KeyError::Busy)?)
    }

    /// Opens the journal's own identity file. It must be one that inward made, neither
    /// named by the user nor an SSH key. Always asks for its passphrase. `doing` goes
    /// into the error's sentence.
    ///
    /// # Errors
    /// No identity; a wrong passphrase; `NotOurs`.
    pub fn open_own_key(&self, doing: &'static str, ask: AskPassphrase) -> Result<OwnKey> {
        let file = self.identity_file();
        let not_ours = || KeyError::NotOurs { path: file.clone(), doing };
        if self.user_identity.is_some() {
            return Err(not_ours().into());
        }
        let recipients = self.read_recipients()?;
        let (identity, passphrase) = self.read_identity(&file, ask)?;
        if !identity.is_native() {
            return Err(not_ours().into());
        }
        self.check_fits(&identity, &recipients, &file)?;
        Ok(OwnKey { identity, file, passphrase })
    }

    /// Adds a new key before the old one in the identity file, which then opens what is
    /// sealed to either. Returns the list with the new key in place of the old. A
    /// rotation that was interrupted here continues with the key it had made.
    ///
    /// # Errors
    /// As [`Keys::set_passphrase`], and where the list cannot be read.
    pub fn rotate(&self, own_key: OwnKey) -> Result<(Identity, RecipientsFile)> {
        let mut list = self.list()?;
        let rows = list.rows();
        let current = own_key.identity.recipients();
        let current = current.iter().position(|key| rows.iter().any(|row| row.key == *key));
        let identity = match current {
            Some(0) | None => {
                let both = Identity::generate().and(&own_key.identity);
                let both = both.map_err(|why| not_an_identity(&own_key.file, why))?;
                self.carry_confirmed(&own_key.identity, &both)?;
                self.set_passphrase(&both, own_key.passphrase.as_ref())?;
                both
            }
            Some(_) => own_key.identity,
        };
        let keys = identity.recipients();
        let old = keys.iter().find(|key| rows.iter().any(|row| row.key == **key));
        if let (Some(new), Some(old)) = (keys.first(), old) {
            list.replace(old, new);
        }
        Ok((identity, list))
    }

    /// Replaces the identity file with one under this passphrase, or without any.
    ///
    /// # Errors
    /// `NotVerified` if the new file doesn't open, or a [`DiskError`](crate::disk::DiskError);
    /// the old file stays. As [`Keys::check_identity_files`].
    pub fn set_passphrase(
        &self,
        identity: &Identity,
        passphrase: Option<&SecretString>,
    ) -> Result<PathBuf> {
        self.check_identity_files()?;
        let old_file = self.own_identity();
        let file = self.replace_identity(identity, passphrase)?;
        let plain = self.folder.join(PLAIN_IDENTITY);
        let folder = self.open_folder()?;
        // Removes the file that it was in before, and what an interrupted change left,
        // but never a key that the new file doesn't hold.
        for other in old_file.into_iter().chain([plain]).filter(|other| *other != file) {
            let Some(name) = other.file_name() else { continue };
            if folder.about_item(name).is_ok() && self.is_superseded(&other, identity)? {
                folder.remove_item(name)?;
            }
        }
        Ok(file)
    }

    /// Does the identity hold every key of this file? Yes for the sealed file, which was
    /// opened to get here, and for a plain one with no other keys.
    fn is_superseded(&self, file: &Path, identity: &Identity) -> Result<bool> {
        let new_keys = identity.recipients();
        Ok(match IdentityFile::parse(&self.read_bytes(file)?, self.callbacks) {
            Ok(IdentityFile::Open(old)) => {
                let old_keys = old.recipients();
                !old_keys.is_empty() && old_keys.iter().all(|key| new_keys.contains(key))
            }
            Ok(IdentityFile::Locked(_)) => file.ends_with(SEALED_IDENTITY),
            Err(_) => false,
        })
    }

    /// The path of an unencrypted copy of the key beside the encrypted one, if any.
    pub fn unencrypted_copy(&self) -> Option<PathBuf> {
        let plain = self.folder.join(PLAIN_IDENTITY);
        let both = self.identity_file().ends_with(SEALED_IDENTITY) && self.has(PLAIN_IDENTITY);
        (both && self.user_identity.is_none()).then_some(plain)
    }

    fn replace_identity(
        &self,
        identity: &Identity,
        passphrase: Option<&SecretString>,
    ) -> Result<PathBuf> {
        let (name, bytes) = identity_bytes(identity, passphrase)?;
        let folder = self.open_folder()?;
        let path = self.folder.join(name);
        let verify =
            |bytes_on_disk: &[u8]| opens_as(bytes_on_disk, passphrase, identity, self.callbacks);
        if !folder.replace(name, &bytes, verify)? {
            return Err(KeyError::NotVerified { path }.into());
        }
        Ok(path)
    }

    /// Checks that the list is a regular file before anything else is changed.
    ///
    /// # Errors
    /// `NotAPlainFile`.
    pub fn check_list(&self) -> Result<()> {
        self.open_folder()?.check_plain_file(RECIPIENTS.as_ref())
    }

    /// Checks the same of the files that may hold the key: in place of a link, only the link
    /// would be replaced, and the key that it points to would stay where it is.
    ///
    /// # Errors
    /// `NotAPlainFile`.
    pub fn check_identity_files(&self) -> Result<()> {
        let folder = self.open_folder()?;
        IDENTITIES.iter().try_for_each(|name| folder.check_plain_file(name.as_ref()))
    }

    /// Replaces the list on disk.
    ///
    /// # Errors
    /// `NotVerified` or a [`DiskError`](crate::disk::DiskError); then the old list stays.
    pub(super) fn replace_list(&self, list: &RecipientsFile) -> Result<()> {
        let text = list.text();
        let folder = self.open_folder()?;
        if folder.replace(RECIPIENTS, text.as_bytes(), |bytes| bytes == text.as_bytes())? {
            return Ok(());
        }
        Err(KeyError::NotVerified { path: self.folder.join(RECIPIENTS) }.into())
    }

    /// The identity file as text to keep elsewhere: armoured if it has a passphrase, so
    /// that it can be printed and pasted.
    ///
    /// # Errors
    /// A file that can't be read; `NotVerified` if the text doesn't open.
    pub fn backup(&self, own: &OwnKey) -> Result<Zeroizing<String>> {
        let bytes = self.read_bytes(&own.file)?;
        let text = match IdentityFile::parse(&bytes, self.callbacks) {
            Ok(IdentityFile::Locked(_)) if !bytes.is_ascii() => armour(&bytes)?,
            _ => String::from_utf8(bytes.to_vec())
                .map_err(|_| bad_identity(&own.file, "it's damaged"))?,
        };
        let text = Zeroizing::new(text);
        let passphrase = own.passphrase.as_ref();
        if opens_as(text.as_bytes(), passphrase, &own.identity, self.callbacks) {
            Ok(text)
        } else {
            Err(KeyError::NotVerified { path: own.file.clone() }.into())
        }
    }

    /// Does a file hold the same keys as `own`, under the same passphrase?
    pub fn is_backup(&self, file: &Path, own: &OwnKey) -> bool {
        let passphrase = own.passphrase.as_ref();
        let read = self.read_bytes(file);
        read.is_ok_and(|bytes| opens_as(&bytes, passphrase, &own.identity, self.callbacks))
    }
}

/// Do these bytes open with the passphrase, and hold the same keys?
fn opens_as(
    bytes: &[u8],
    passphrase: Option<&SecretString>,
    identity: &Identity,
    callbacks: PluginCallbacks,
) -> bool {
    let content = match (IdentityFile::parse(bytes, callbacks), passphrase) {
        (Ok(IdentityFile::Open(content)), None) => content,
        (Ok(IdentityFile::Locked(locked)), Some(passphrase)) => match locked.open(passphrase) {
            Ok(content) => content,
            Err(_) => return false,
        },
        _ => return false,
    };
    content.is_same(identity)
}

#[cfg(test)]
mod tests;
