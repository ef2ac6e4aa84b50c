//! Changing the keys: another key, another passphrase, another list. Each
//! change is one file put in the place of another, once the new one has been
//! read back and found good; until then the old one stands.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::disk::{self, Folder};
use crate::error::{Error, KeyFault, Result};
use crate::seal::{Identity, IdentityFile, NotAnIdentity, Talk, armour};

use super::{
    AskPassphrase, Keys, List, PLAIN_IDENTITY, RECIPIENTS, SEALED_IDENTITY, bad, identity_bytes,
    not_an_identity, open_locked, read_bytes,
};

/// The identity file of this journal, opened.
pub struct Own {
    pub identity: Identity,
    pub file: PathBuf,
    passphrase: Option<SecretString>,
}

impl Own {
    pub fn has_passphrase(&self) -> bool {
        self.passphrase.is_some()
    }
}

impl Keys {
    /// Holds the keys for one change at a time; letting go ends it.
    pub fn hold_changes(&self) -> Result<disk::Lock> {
        // Where there is no journal, that is what is to be said.
        self.list()?;
        self.hold_folder()
    }

    fn hold_folder(&self) -> Result<disk::Lock> {
        Folder::open(&self.folder)?.lock()?.ok_or(Error::Key(KeyFault::Busy))
    }

    /// Opens the journal's own identity file, which must be one that we made:
    /// neither named by the user nor an SSH key. Always asks for its passphrase.
    pub fn own(&self, doing: &'static str, ask: AskPassphrase) -> Result<Own> {
        let file = self.identity_file();
        let not_ours = || Error::Key(KeyFault::NotOurs { path: file.clone(), doing });
        if self.named.is_some() {
            return Err(not_ours());
        }
        let recipients = self.listed()?;
        let (identity, passphrase) = self.read_identity(&file, ask)?;
        if identity.to_lines().is_none() || identity.recipients().is_empty() {
            return Err(not_ours());
        }
        if !identity.fits(&recipients) {
            return Err(Error::IdentityDoesNotFit { identity: file });
        }
        Ok(Own { identity, file, passphrase })
    }

    /// Does opening the journal's identity take a passphrase? `None` where
    /// there is no such file.
    pub fn asks_passphrase(&self) -> Option<bool> {
        let bytes = read_bytes(&self.identity_file()).ok()?;
        let silent = IdentityFile::read(&bytes, Talk::SILENT);
        Some(matches!(silent, Ok(IdentityFile::Locked(_))))
    }

    /// Puts a new key before the old one in the identity file, which from then
    /// on opens what is sealed to either; and tells the list in which the new
    /// one stands for the old. A rotation that ended here goes on with the key
    /// that it made.
    pub fn rotate(&self, own: Own) -> Result<(Identity, List)> {
        let mut list = self.list()?;
        let ours = own.identity.recipients();
        let in_list = |key: &String| list.rows().iter().any(|row| row.key == *key);
        let made_before = ours.first().filter(|key| !in_list(key)).cloned();
        let identity = match made_before {
            Some(_) => own.identity,
            None => {
                let both = Identity::generate().and(own.identity);
                self.replace_identity(&both, own.passphrase.as_ref())?;
                both
            }
        };
        let keys = identity.recipients();
        if let [new, old @ ..] = keys.as_slice() {
            list.replace(old, new);
        }
        Ok((identity, list))
    }

    /// Writes the identity under this passphrase, or none, in the place of the
    /// file that there is.
    pub fn set_passphrase(
        &self,
        identity: &Identity,
        passphrase: Option<&SecretString>,
    ) -> Result<PathBuf> {
        let before = self.identity_file();
        let file = self.replace_identity(identity, passphrase)?;
        let plain = self.folder.join(PLAIN_IDENTITY);
        // What it was in before goes, and what an interrupted change has left;
        // never a key that the new file does not hold.
        for other in [before, plain].into_iter().filter(|other| *other != file) {
            if self.named.is_none() && self.holds_no_more(&other, identity) {
                disk::remove(&other)?;
            }
        }
        Ok(file)
    }

    /// Is this the journal's sealed identity, which was opened, or a plain file
    /// with no key but these?
    fn holds_no_more(&self, file: &Path, identity: &Identity) -> bool {
        if file.ends_with(SEALED_IDENTITY) {
            return file.exists();
        }
        let known = identity.recipients();
        let Ok(bytes) = read_bytes(file) else { return false };
        match IdentityFile::read(&bytes, self.talk) {
            Ok(IdentityFile::Open(there)) => {
                let keys = there.recipients();
                !keys.is_empty() && keys.iter().all(|key| known.contains(key))
            }
            _ => false,
        }
    }

    /// Does the key lie there without a passphrase as well?
    pub fn lies_open_beside(&self) -> Option<PathBuf> {
        let plain = self.folder.join(PLAIN_IDENTITY);
        let beside = self.identity_file().ends_with(SEALED_IDENTITY) && plain.exists();
        (beside && self.named.is_none()).then_some(plain)
    }

    fn replace_identity(
        &self,
        identity: &Identity,
        passphrase: Option<&SecretString>,
    ) -> Result<PathBuf> {
        let (name, bytes) = identity_bytes(identity, passphrase)?;
        let folder = Folder::open(&self.folder)?;
        let path = self.folder.join(name);
        let verify = |there: &[u8]| opens_as(there, passphrase, identity, self.talk);
        if !folder.replace(name, &bytes, verify)? {
            return Err(Error::Key(KeyFault::NotVerified { path }));
        }
        Ok(path)
    }

    pub fn replace_list(&self, list: &List) -> Result<()> {
        let text = list.text();
        let folder = Folder::open(&self.folder)?;
        if folder.replace(RECIPIENTS, text.as_bytes(), |there| there == text.as_bytes())? {
            return Ok(());
        }
        Err(Error::Key(KeyFault::NotVerified { path: self.folder.join(RECIPIENTS) }))
    }

    /// The identity file as text to keep elsewhere: in armour where it has a
    /// passphrase, so that it survives being printed and pasted.
    pub fn backup(&self, own: &Own) -> Result<zeroize::Zeroizing<String>> {
        let bytes = read_bytes(&own.file)?;
        let text = match IdentityFile::read(&bytes, self.talk) {
            Ok(IdentityFile::Locked(_)) if !bytes.is_ascii() => armour(&bytes)?,
            _ => String::from_utf8(bytes.to_vec()).map_err(|_| bad(&own.file, "it is damaged"))?,
        };
        let text = zeroize::Zeroizing::new(text);
        let passphrase = own.passphrase.as_ref();
        if opens_as(text.as_bytes(), passphrase, &own.identity, self.talk) {
            Ok(text)
        } else {
            Err(Error::Key(KeyFault::NotVerified { path: own.file.clone() }))
        }
    }

    /// Does a file hold the same key as `own`, under the same passphrase?
    pub fn is_backup(&self, file: &Path, own: &Own) -> bool {
        let passphrase = own.passphrase.as_ref();
        read_bytes(file).is_ok_and(|bytes| opens_as(&bytes, passphrase, &own.identity, self.talk))
    }

    /// Opens a backup, to be put back by [`Keys::restore`].
    pub fn open_backup(&self, file: &Path, ask: AskPassphrase) -> Result<Own> {
        let bytes = read_bytes(file)?;
        let (identity, passphrase) = match IdentityFile::read(&bytes, self.talk) {
            Ok(IdentityFile::Open(identity)) => (identity, None),
            Ok(IdentityFile::Locked(locked)) if locked.is_age() => open_locked(file, &locked, ask)?,
            Ok(IdentityFile::Locked(_)) | Err(NotAnIdentity::Ssh(_)) => {
                return Err(Error::Key(KeyFault::SshStays { path: file.to_owned() }));
            }
            Err(why) => return Err(not_an_identity(file, why)),
        };
        if bytes.trim_ascii_start().starts_with(b"-----BEGIN OPENSSH") {
            return Err(Error::Key(KeyFault::SshStays { path: file.to_owned() }));
        }
        Ok(Own { identity, file: file.to_owned(), passphrase })
    }

    /// Puts a backup in the place of the journal's key, where there is none or
    /// the backup holds that one too. `others` are recipients besides.
    pub fn restore(&self, backup: &Own, others: &[String], ask: AskPassphrase) -> Result<()> {
        super::check_others(others)?;
        let listed = self.folder.join(RECIPIENTS).exists();
        match self.own_identity() {
            Some(here) => self.refuse_to_lose(&here, backup, ask)?,
            None if listed && !backup.identity.fits(&self.listed()?) => {
                return Err(Error::IdentityDoesNotFit { identity: backup.file.clone() });
            }
            None => {}
        }
        let folder = Folder::make(&self.folder)?;
        let _held = self.hold_folder()?;
        match self.own_identity() {
            Some(_) => {
                self.set_passphrase(&backup.identity, backup.passphrase.as_ref())?;
            }
            None => self.publish_identity(&folder, &backup.identity, backup.passphrase.as_ref())?,
        }
        if !listed {
            return self.publish_list(&folder, &backup.identity, others);
        }
        let mut list = self.list()?;
        if let [new, old @ ..] = backup.identity.recipients().as_slice() {
            list.replace(old, new);
        }
        self.replace_list(&list)
    }

    /// The key that is here must be among those of a backup that replaces it.
    fn refuse_to_lose(&self, here: &Path, backup: &Own, ask: AskPassphrase) -> Result<()> {
        let mine = self.read_identity(here, ask)?.0.recipients();
        let theirs = backup.identity.recipients();
        if !mine.is_empty() && mine.iter().all(|key| theirs.contains(key)) {
            return Ok(());
        }
        Err(Error::Key(KeyFault::LosesAKey { path: backup.file.clone() }))
    }
}

/// Do these bytes open with the passphrase, and hold the same keys?
fn opens_as(
    bytes: &[u8],
    passphrase: Option<&SecretString>,
    identity: &Identity,
    talk: Talk,
) -> bool {
    let opened = match (IdentityFile::read(bytes, talk), passphrase) {
        (Ok(IdentityFile::Open(opened)), None) => opened,
        (Ok(IdentityFile::Locked(locked)), Some(passphrase)) => match locked.open(passphrase) {
            Ok(opened) => opened,
            Err(_) => return false,
        },
        _ => return false,
    };
    opened.to_lines().is_some() && opened.to_lines() == identity.to_lines()
}
