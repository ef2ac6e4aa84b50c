//! Restores a backup of the key, alone or beside the key that is here already.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::disk::DiskError;
use crate::error::{Error, Result};
use crate::keys::KeyError;
use crate::seal::{Identity, IdentityFile, IdentityMatch, NotAnIdentity};

use super::change::OwnKey;
use super::unlocking::{not_an_identity, open_locked};
use super::{AskPassphrase, Keys, RECIPIENTS};

/// What restoring a backup led to.
pub struct Restored {
    pub keys: RestoredKeys,
    /// Was there a list of recipients already?
    pub had_list: bool,
}

/// Which keys are here after a backup was restored.
pub enum RestoredKeys {
    /// Those of the backup, since there were none.
    Backup,
    /// Those of before: every key of the backup was among them.
    Existing,
    /// The backup's, then those of before, under the passphrase of one of them.
    Both(PassphraseSource),
}

/// The file whose passphrase protects the keys of two.
pub enum PassphraseSource {
    /// The backup, as the newer of the two or the only one that had any.
    Backup,
    /// The key's file of before.
    Existing,
    /// Neither had one.
    Neither,
}

impl Keys {
    /// Opens a backup, for [`Keys::restore`].
    ///
    /// # Errors
    /// `NoSuchFile`, `NotACopy`, `SshStays`, or a wrong passphrase.
    pub fn open_backup(&self, file: &Path, ask: AskPassphrase) -> Result<OwnKey> {
        let ssh = || KeyError::SshStays { path: file.to_owned() };
        let path = || file.to_owned();
        let backup_error = |e: Error| {
            if let Some(KeyError::NoIdentity { .. }) = e.of() {
                return DiskError::NoSuchFile { path: path() }.into();
            }
            let Some(KeyError::BadIdentity { why, .. }) = e.of() else { return e };
            KeyError::NotACopy { path: path(), why: why.clone() }.into()
        };
        let bytes = self.read_bytes(file).map_err(backup_error)?;
        let (identity, passphrase) = match IdentityFile::parse(&bytes, self.callbacks) {
            Ok(IdentityFile::Open(identity)) => (identity, None),
            Ok(IdentityFile::Locked(locked)) if locked.is_age() => {
                open_locked(file, &locked, ask).map_err(backup_error)?
            }
            Ok(IdentityFile::Locked(_)) | Err(NotAnIdentity::Ssh(_)) => return Err(ssh().into()),
            Err(why) => return Err(backup_error(not_an_identity(file, why))),
        };
        if !identity.is_native() {
            return Err(ssh().into());
        }
        Ok(OwnKey { identity, file: file.to_owned(), passphrase })
    }

    /// Is its key none of those that entries are encrypted to here? Tells a copy of another key
    /// where there's no entry to try it on.
    pub fn is_foreign(&self, backup: &OwnKey) -> bool {
        let list = self.read_recipients();
        list.is_ok_and(|list| backup.identity.fits(&list) == IdentityMatch::No)
    }

    /// Restores a backup. If there is a key here already, the two are joined so that both
    /// keep opening entries.
    ///
    /// # Errors
    /// A wrong passphrase for the key here; as [`Keys::set_passphrase`].
    pub fn restore(
        &self,
        backup: OwnKey,
        others: &[String],
        ask: AskPassphrase,
    ) -> Result<Restored> {
        self.first_list(&backup.identity, others)?;
        let folder = self.make_folder()?;
        let _lock = self.hold_folder()?;
        self.check_list()?;
        let had_list = self.has(RECIPIENTS);
        let existing = match self.own_identity() {
            Some(file) => Some(self.open_existing(file, ask)?),
            None => None,
        };
        let old_key = existing
            .as_ref()
            .and_then(|existing| existing.identity.recipients().into_iter().next());
        let (identity, keys) = match existing {
            Some(existing) => self.join(backup, existing)?,
            None => {
                let passphrase = backup.passphrase.as_ref();
                self.publish_identity(&folder, &backup.identity, passphrase)?;
                (backup.identity, RestoredKeys::Backup)
            }
        };
        if had_list {
            self.list_restored(&identity, old_key, others)?;
        } else {
            self.publish_list(&folder, &identity, others)?;
        }
        Ok(Restored { keys, had_list })
    }

    /// Puts the keys of a backup before those here, unless all of them are here.
    fn join(&self, backup: OwnKey, existing: OwnKey) -> Result<(Identity, RestoredKeys)> {
        if existing.identity.holds(&backup.identity) {
            return Ok((existing.identity, RestoredKeys::Existing));
        }
        let joined = backup.identity.and(&existing.identity);
        let joined = joined.map_err(|why| not_an_identity(&backup.file, why))?;
        let (passphrase, source) = passphrase_of_both(&backup, &existing);
        self.carry_confirmed(&existing.identity, &joined)?;
        self.set_passphrase(&joined, passphrase)?;
        Ok((joined, RestoredKeys::Both(source)))
    }

    /// Puts the first key of the identity into the list, in place of the old one.
    fn list_restored(
        &self,
        identity: &Identity,
        old_key: Option<String>,
        others: &[String],
    ) -> Result<()> {
        let mut list = self.list()?;
        let keys = identity.recipients();
        let is_listed = |key: &&String| list.rows().iter().any(|row| row.key == **key);
        let old = old_key.or_else(|| keys.iter().find(is_listed).cloned());
        if let Some(new) = keys.first() {
            list.replace(old.as_ref().unwrap_or(new), new);
        }
        others.iter().for_each(|key| {
            list.add(key, None);
        });
        self.confirm_recipients(identity, others)?;
        self.settle_list(&list)
    }

    fn open_existing(&self, file: PathBuf, ask: AskPassphrase) -> Result<OwnKey> {
        match self.read_identity(&file, ask) {
            Ok((identity, passphrase)) if identity.is_native() => {
                Ok(OwnKey { identity, file, passphrase })
            }
            Ok(_) => Err(KeyError::Exists { path: file }.into()),
            Err(e) => {
                let Some(
                    KeyError::WrongPassphrase { path, .. } | KeyError::BadIdentity { path, .. },
                ) = e.of()
                else {
                    return Err(e);
                };
                Err(KeyError::HereDoesNotOpen { path: path.clone() }.into())
            }
        }
    }
}

/// The passphrase for the keys of a backup and of the file here.
fn passphrase_of_both<'a>(
    backup: &'a OwnKey,
    existing: &'a OwnKey,
) -> (Option<&'a SecretString>, PassphraseSource) {
    // A backup that holds the keys from here is newer, and so is its passphrase: the
    // one from here may be what the keys were changed for.
    let is_newer = backup.identity.holds(&existing.identity);
    match (&backup.passphrase, &existing.passphrase) {
        (None, None) => (None, PassphraseSource::Neither),
        (Some(passphrase), None) => (Some(passphrase), PassphraseSource::Backup),
        (Some(passphrase), Some(_)) if is_newer => (Some(passphrase), PassphraseSource::Backup),
        (_, Some(passphrase)) => (Some(passphrase), PassphraseSource::Existing),
    }
}

#[cfg(test)]
mod tests;
