//! Unlocked for some minutes: the identity in the kernel's keyring, under the
//! kernel's own timeout, and never on disk. The persistent keyring serves every
//! session of the user, SSH and tmux alike, and nobody else.

use std::path::Path;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::error::{Exit, Failure, Result};
use crate::home_place::{HomePlace, folder_identity};

/// Why the identity is not kept at hand.
#[derive(Debug)]
#[allow(missing_docs, reason = "each variant is told in its sentence below")]
pub enum UnlockError {
    CannotHold {
        why: String,
    },
    /// It is still there.
    CannotForget {
        why: String,
    },
}

impl Failure for UnlockError {
    fn fact(&self) -> String {
        match self {
            UnlockError::CannotHold { why } => {
                format!("This system can't keep keys for a while ({}).", why.to_lowercase())
            }
            UnlockError::CannotForget { why } => {
                format!(
                    "The journal is still unlocked: the key couldn't be removed ({}).",
                    why.to_lowercase()
                )
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            UnlockError::CannotHold { .. } => {
                "Reading asks for the passphrase each time. Nothing else changes.".into()
            }
            UnlockError::CannotForget { .. } => {
                "Try again, or restart this computer. Otherwise it locks when its time is up."
                    .into()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::CouldNot
    }
}

/// The identity in the kernel's keyring, under a name that this journal alone has.
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

    /// Holds a secret for so long. It is found by nobody before its time is set: were
    /// this stopped in between, what it made goes with the process.
    ///
    /// # Errors
    /// `CannotHold`, where the system keeps no keys.
    pub fn store(&self, secret: &str, time: Duration) -> Result<()> {
        use linux_keyutils::{KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission};
        let ours = KeyPermissionsBuilder::builder().posessor(Permission::ALL).build();
        let held = UnlockCache::keyring().and_then(|ring| {
            let process = KeyRing::from_special_id(KeyRingIdentifier::Process, true)?;
            let key = process.add_key(&self.description, secret)?;
            key.set_timeout(time.as_secs() as usize)?;
            key.set_perms(ours)?;
            ring.link_key(key)
        });
        held.map_err(|e| UnlockError::CannotHold { why: e.to_string() }.into())
    }

    /// The identity's text, while it is there.
    pub fn load(&self) -> Option<Zeroizing<String>> {
        let key = UnlockCache::keyring().ok()?.search(&self.description).ok()?;
        let bytes = Zeroizing::new(key.read_to_vec().ok()?);
        Some(Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned()))
    }

    /// Forgets it; was there anything to forget?
    ///
    /// # Errors
    /// `CannotForget`, where it is still there.
    pub fn clear(&self) -> Result<bool> {
        use linux_keyutils::KeyError;
        let still_there = |e: KeyError| UnlockError::CannotForget { why: e.to_string() };
        let Ok(ring) = UnlockCache::keyring() else { return Ok(false) };
        let key = match ring.search(&self.description) {
            Ok(key) => key,
            Err(KeyError::KeyDoesNotExist | KeyError::KeyExpired | KeyError::KeyRevoked) => {
                return Ok(false);
            }
            Err(e) => return Err(still_there(e).into()),
        };
        key.invalidate().or_else(|_| ring.unlink_key(key)).map_err(still_there)?;
        Ok(true)
    }
}

#[cfg(not(target_os = "linux"))]
impl UnlockCache {
    pub fn is_possible(&self) -> bool {
        false
    }

    pub fn store(&self, _: &str, _: Duration) -> Result<()> {
        Err(UnlockError::CannotHold { why: "only Linux keeps keys for a time".to_owned() }.into())
    }

    pub fn load(&self) -> Option<Zeroizing<String>> {
        None
    }

    pub fn clear(&self) -> Result<bool> {
        Ok(false)
    }
}
