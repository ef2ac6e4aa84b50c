//! Opens the identity: from its file with a passphrase, or from the unlock cache.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::disk::{DiskError, Folder};
use crate::error::{Error, Result, plain};
use crate::seal::{
    Identity, IdentityFile, IdentityMatch, LockedIdentity, NotAnIdentity, PassphraseError,
    PluginCallbacks, Recipients, SealError,
};
use crate::unlock::{UnlockCache, UnlockError};

use super::{AskPassphrase, KeyError, Keys, Protection};

/// How long the identity is cached where nothing says how long: half an hour.
pub const USUAL_UNLOCK: Duration = Duration::from_secs(30 * 60);

impl Keys {
    /// Opens the identity, and checks that it is this journal's.
    ///
    /// # Errors
    /// `Missing`, `BadIdentity`, `WrongPassphrase` or `IdentityDoesNotFit`, and what `ask`
    /// returns.
    pub fn unlock(&self, ask: AskPassphrase) -> Result<Identity> {
        let recipients = self.recipients_to_fit()?;
        let cached = self.unlock_cache().load();
        let cached = cached.and_then(|text| self.read_open(text.as_bytes()));
        // A cached one that no longer fits is an earlier key.
        let fits = |identity: &Identity| {
            recipients.as_ref().is_none_or(|list| identity.fits(list) != IdentityMatch::No)
        };
        if let Some(cached) = cached.filter(fits) {
            return Ok(cached);
        }
        self.unlock_again(ask)
    }

    /// The same, but always with the passphrase, even while unlocked: for what nobody who
    /// finds the journal unlocked may do.
    ///
    /// # Errors
    /// As [`Keys::unlock`].
    pub fn unlock_again(&self, ask: AskPassphrase) -> Result<Identity> {
        let recipients = self.recipients_to_fit()?;
        let path = self.identity_file();
        let identity = self.read_identity(&path, ask)?.0;
        recipients.map_or(Ok(()), |list| self.check_fits(&identity, &list, &path))?;
        Ok(identity)
    }

    /// The list that an identity must fit. `None` where it's damaged or missing: nothing can be
    /// written then, and everything read all the same, by whatever opens it.
    fn recipients_to_fit(&self) -> Result<Option<Recipients>> {
        match self.read_recipients() {
            Err(e) if matches!(e.of(), Some(KeyError::NoJournal)) => Err(e),
            recipients => Ok(recipients.ok()),
        }
    }

    pub(super) fn check_fits(
        &self,
        identity: &Identity,
        recipients: &Recipients,
        path: &Path,
    ) -> Result<()> {
        match identity.fits(recipients) {
            // Trying it would ask for a touch; the first entry does that anyway.
            IdentityMatch::Yes | IdentityMatch::Perhaps => Ok(()),
            IdentityMatch::No => {
                let own = identity.recipients().into_iter().next();
                // An identity that the user named may well be the wrong one.
                let identity = path.to_owned();
                let key = own.filter(|_| self.user_identity.is_none());
                Err(KeyError::IdentityDoesNotFit { identity, key }.into())
            }
        }
    }

    /// The identity, if it needs no passphrase.
    pub(super) fn read_open(&self, bytes: &[u8]) -> Option<Identity> {
        match IdentityFile::parse(bytes, self.callbacks) {
            Ok(IdentityFile::Open(identity)) => Some(identity),
            _ => None,
        }
    }

    /// The identity, if opening entries asks nobody anything: it's unlocked or has no
    /// passphrase, and no plugin is involved.
    pub fn unlocked_identity(&self) -> Option<Identity> {
        if self.protection() == Protection::Plugin {
            return None;
        }
        let identity = self.unlock(&mut || Err(KeyError::CannotAskPassphrase.into())).ok();
        identity.filter(|identity| !identity.may_ask())
    }

    pub(super) fn unlock_cache(&self) -> UnlockCache {
        UnlockCache::of(&self.folder, self.user_identity.as_deref(), self.home.as_deref())
    }

    /// Caches the identity for a while, so that reading asks for nothing.
    ///
    /// # Errors
    /// `CannotHold` if the system can't hold keys, `LockedSshKey` if it's an SSH key with a
    /// passphrase.
    pub fn unlock_for(&self, identity: &Identity, time: Duration) -> Result<()> {
        let secret = identity.secret().ok_or(UnlockError::LockedSshKey)?;
        self.unlock_cache().store(secret, time)
    }

    /// Can the system cache it?
    pub fn can_unlock(&self) -> bool {
        self.unlock_cache().is_possible()
    }

    /// Is the identity cached?
    pub fn is_unlocked(&self) -> bool {
        self.unlock_cache().load().is_some()
    }

    /// Removes the identity from the cache. Returns whether it was there.
    ///
    /// # Errors
    /// `CannotForget` if the system doesn't remove it.
    pub fn lock(&self) -> Result<bool> {
        self.unlock_cache().clear()
    }

    /// What protects the identity file.
    pub fn protection(&self) -> Protection {
        let bytes = match self.read_bytes(&self.identity_file()) {
            Ok(bytes) => bytes,
            Err(e) if matches!(e.of(), Some(KeyError::NoIdentity { .. })) => {
                return Protection::Missing;
            }
            Err(_) => return Protection::Unreadable,
        };
        match IdentityFile::parse(&bytes, PluginCallbacks::SILENT) {
            Ok(IdentityFile::Locked(_)) => Protection::Passphrase,
            Ok(IdentityFile::Open(identity)) if identity.may_ask() => Protection::Plugin,
            Ok(IdentityFile::Open(_)) => Protection::None,
            Err(NotAnIdentity::Refused(_)) => Protection::Plugin,
            Err(_) => Protection::Unreadable,
        }
    }

    /// The identity in a file, and the passphrase that opened it.
    pub(super) fn read_identity(
        &self,
        path: &Path,
        ask: AskPassphrase,
    ) -> Result<(Identity, Option<SecretString>)> {
        match IdentityFile::parse(&self.read_bytes(path)?, self.callbacks) {
            Ok(IdentityFile::Open(identity)) => Ok((identity, None)),
            Ok(IdentityFile::Locked(locked)) => open_locked(path, &locked, ask),
            Err(why) => Err(not_an_identity(path, why)),
        }
    }

    /// The bytes of an identity file: the journal's own, or one that the user named,
    /// which may be a pipe.
    pub(super) fn read_bytes(&self, path: &Path) -> Result<Zeroizing<Vec<u8>>> {
        let own = path.strip_prefix(&self.folder).ok().and_then(Path::to_str);
        let read = match own {
            Some(name) => Folder::find(&*self.disk, &self.folder)?
                .map_or(Err(ErrorKind::NotFound.into()), |folder| folder.read_user_file(name)),
            None => std::fs::read(path),
        };
        match read {
            Ok(bytes) => Ok(Zeroizing::new(bytes)),
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Err(KeyError::NoIdentity { path: path.to_owned() }.into())
            }
            Err(e) => {
                let is_in_use = own.is_some() || self.user_identity.as_deref() == Some(path);
                match e.kind() {
                    // Whoever reads an entry gave no file.
                    ErrorKind::IsADirectory if is_in_use => {
                        Err(bad_identity(path, "it's a folder"))
                    }
                    ErrorKind::InvalidData if is_in_use => Err(bad_identity(path, &plain(&e))),
                    _ => Err(DiskError::of_given_file(path)(e)),
                }
            }
        }
    }
}

pub(super) fn open_locked(
    path: &Path,
    locked: &LockedIdentity,
    ask: AskPassphrase,
) -> Result<(Identity, Option<SecretString>)> {
    loop {
        let passphrase = ask()?;
        match locked.open(&passphrase) {
            Ok(identity) => return Ok((identity, Some(passphrase))),
            Err(PassphraseError::WrongPassphrase) => continue,
            Err(PassphraseError::ExcessiveWork(factor)) => {
                return Err(KeyError::ExcessiveWork { path: path.to_owned(), factor }.into());
            }
            Err(PassphraseError::NoMemory(shortage)) => {
                return Err(SealError::NoMemory(shortage).into());
            }
            Err(PassphraseError::NotPassphrase) => {
                return Err(bad_identity(path, "it isn't encrypted with a passphrase"));
            }
            Err(PassphraseError::Broken) => return Err(bad_identity(path, "it's damaged")),
            Err(PassphraseError::NotAnIdentity(why)) => return Err(not_an_identity(path, why)),
        }
    }
}

pub(super) fn not_an_identity(path: &Path, why: NotAnIdentity) -> Error {
    match why {
        NotAnIdentity::Empty => bad_identity(path, "it holds no key"),
        NotAnIdentity::Line(line) => bad_identity(path, &format!("line {line} isn't a key")),
        NotAnIdentity::Ssh(why) => bad_identity(path, &why),
        NotAnIdentity::Refused(error) => error,
    }
}

pub(super) fn bad_identity(path: &Path, why: &str) -> Error {
    KeyError::BadIdentity { path: path.to_owned(), why: why.to_owned() }.into()
}
