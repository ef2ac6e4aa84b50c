//! Unlocked for some minutes: the identity in the kernel's keyring, under the
//! kernel's own timeout, and never on disk. The persistent keyring serves every
//! session of the user, SSH and tmux alike, and nobody else.

use std::path::Path;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::error::{Exit, Failure, Result};
use crate::home_place::{HomePlace, folder_identity};

#[derive(Debug)]
pub enum UnlockError {
    CannotHold { why: String },
}

impl Failure for UnlockError {
    fn fact(&self) -> String {
        match self {
            UnlockError::CannotHold { why } => {
                format!("The system does not hold keys for a time here ({}).", why.to_lowercase())
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            UnlockError::CannotHold { .. } => {
                "Reading asks for the passphrase each time; nothing else changes.".into()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::CouldNot
    }
}

pub struct UnlockCache {
    /// What the key is called. It names the journal's configuration, so that two
    /// journals, or two keys of one, do not open each other.
    description: String,
}

impl UnlockCache {
    /// Of the configuration's own identity, or of one that the user named.
    pub fn of(configuration: &Path, named: Option<&Path>, home: Option<&Path>) -> UnlockCache {
        // By itself and not by its place in the home: other homes have the same places.
        let folder = folder_identity(configuration)
            .unwrap_or_else(|| HomePlace::of(configuration, None).text());
        let named = named.map(|named| HomePlace::of(named, home).text()).unwrap_or_default();
        UnlockCache { description: format!("inward:{folder}:{named}") }
    }
}

#[cfg(target_os = "linux")]
impl UnlockCache {
    fn keyring() -> std::result::Result<linux_keyutils::KeyRing, linux_keyutils::KeyError> {
        // Linking it to this session is what lets us read what lies in it.
        linux_keyutils::KeyRing::get_persistent(linux_keyutils::KeyRingIdentifier::Session)
    }

    /// Does the kernel keep keys here? Some containers refuse.
    pub fn is_possible(&self) -> bool {
        UnlockCache::keyring().is_ok()
    }

    /// Holds a secret for so long.
    pub fn store(&self, secret: &str, time: Duration) -> Result<()> {
        use linux_keyutils::{KeyPermissionsBuilder, Permission};
        let refused = |e: linux_keyutils::KeyError| UnlockError::CannotHold { why: e.to_string() };
        let key = UnlockCache::keyring().and_then(|ring| ring.add_key(&self.description, secret));
        let key = key.map_err(refused)?;
        let ours = KeyPermissionsBuilder::builder().posessor(Permission::ALL).build();
        let limited = key.set_timeout(time.as_secs() as usize).and_then(|()| key.set_perms(ours));
        limited.map_err(|e| {
            // Without its timeout it must not stay.
            let _ = key.invalidate();
            refused(e).into()
        })
    }

    pub fn load(&self) -> Option<Zeroizing<String>> {
        let key = UnlockCache::keyring().ok()?.search(&self.description).ok()?;
        let bytes = Zeroizing::new(key.read_to_vec().ok()?);
        Some(Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned()))
    }

    /// Forgets it; was there anything to forget?
    pub fn clear(&self) -> bool {
        let key = UnlockCache::keyring().and_then(|ring| ring.search(&self.description));
        key.is_ok_and(|key| key.invalidate().is_ok())
    }
}

#[cfg(not(target_os = "linux"))]
impl UnlockCache {
    pub fn is_possible(&self) -> bool {
        false
    }

    pub fn hold(&self, _: &str, _: Duration) -> Result<()> {
        Err(UnlockError::CannotHold { why: "only Linux keeps keys for a time".to_owned() }.into())
    }

    pub fn held(&self) -> Option<Zeroizing<String>> {
        None
    }

    pub fn forget(&self) -> bool {
        false
    }
}
