//! The identity: from its file, after its passphrase was asked for, or from where it is
//! kept for some minutes.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::disk::DiskError;
use crate::error::{Error, Result};
use crate::seal::{
    Identity, IdentityFile, IdentityMatch, Locked, NotAnIdentity, NotOpened, PluginCallbacks,
    Recipients, SealError,
};
use crate::unlock::{UnlockCache, UnlockError};

use super::{AskPassphrase, KeyError, Keys, Protection};

impl Keys {
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

    pub(super) fn refuse_misfit(
        &self,
        identity: &Identity,
        to: &Recipients,
        path: &Path,
    ) -> Result<()> {
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
    pub(super) fn read_open(&self, bytes: &[u8]) -> Option<Identity> {
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

    pub(super) fn session(&self) -> UnlockCache {
        UnlockCache::of(&self.folder, self.named.as_deref(), self.home.as_deref())
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
    pub(super) fn read_identity(
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

    /// An identity file: our own, or one that the user named, which may be a pipe.
    pub(super) fn read_bytes(&self, path: &Path) -> Result<Zeroizing<Vec<u8>>> {
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

pub(super) fn open_locked(
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
            Err(NotOpened::NoMemory(lacking)) => return Err(SealError::NoMemory(lacking).into()),
            Err(NotOpened::NotPassphrase) => {
                return Err(bad(path, "it is not sealed with a passphrase"));
            }
            Err(NotOpened::Broken) => return Err(bad(path, "it is damaged")),
            Err(NotOpened::NotAnIdentity(why)) => return Err(not_an_identity(path, why)),
        }
    }
}

pub(super) fn not_an_identity(path: &Path, why: NotAnIdentity) -> Error {
    match why {
        NotAnIdentity::Empty => bad(path, "it holds no key"),
        NotAnIdentity::Line(line) => bad(path, &format!("line {line} is no identity")),
        NotAnIdentity::Ssh(why) => bad(path, &why),
        NotAnIdentity::Refused(error) => error,
    }
}

pub(super) fn bad(path: &Path, why: &str) -> Error {
    KeyError::BadIdentity { path: path.to_owned(), why: why.to_owned() }.into()
}
