//! The unlock cache: the identity in the kernel's keyring, with the kernel's own timeout,
//! never on disk. The persistent keyring serves all sessions of the user, over SSH and in
//! tmux too, and nobody else.

use std::path::Path;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::error::{Exit, Failure, Result};
use crate::home_place::{HomePlace, folder_identity};

/// Why the identity can't be cached or removed.
#[derive(Debug)]
#[allow(missing_docs, reason = "the sentences below say what each variant means")]
pub enum UnlockError {
    CannotHold {
        why: String,
    },
    /// Its text opens only with its passphrase.
    LockedSshKey,
    /// It's still cached.
    CannotForget {
        why: String,
    },
}

impl Failure for UnlockError {
    fn fact(&self) -> String {
        match self {
            UnlockError::CannotHold { why } => {
                format!("This system can't hold a key in memory ({}).", why.to_lowercase())
            }
            UnlockError::LockedSshKey => {
                "An SSH key with a passphrase can't be kept unlocked.".into()
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
            UnlockError::CannotHold { .. } | UnlockError::LockedSshKey => {
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

/// The identity in the kernel's keyring, under a name unique to this journal.
pub struct UnlockCache {
    /// The key's name. It contains the journal's configuration folder, so that different
    /// journals or keys don't share one.
    description: String,
}

impl UnlockCache {
    /// The cache for the configuration folder's own identity, or for one that the user
    /// named.
    pub fn of(configuration: &Path, identity: Option<&Path>, home: Option<&Path>) -> UnlockCache {
        // By the folder itself and not its place in the home: other homes have the same places.
        let folder = folder_identity(configuration)
            .unwrap_or_else(|| HomePlace::of(configuration, None).text());
        let identity =
            identity.map(|identity| HomePlace::of(identity, home).text()).unwrap_or_default();
        UnlockCache { description: format!("inward:{folder}:{identity}") }
    }
}

#[cfg(target_os = "linux")]
impl UnlockCache {
    fn keyring() -> std::result::Result<linux_keyutils::KeyRing, linux_keyutils::KeyError> {
        // Linking it to this session lets us read its keys.
        linux_keyutils::KeyRing::get_persistent(linux_keyutils::KeyRingIdentifier::Session)
    }

    /// Can the kernel hold keys here? Some containers forbid it.
    pub fn is_possible(&self) -> bool {
        UnlockCache::keyring().is_ok()
    }

    /// Keeps a secret for a while. It isn't in the keyring before its timeout is set: if
    /// this is stopped in between, the key ends with the process.
    ///
    /// # Errors
    /// `CannotHold` if the system can't hold keys.
    pub fn store(&self, secret: &str, time: Duration) -> Result<()> {
        use linux_keyutils::{KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission};
        let permissions = KeyPermissionsBuilder::builder().posessor(Permission::ALL).build();
        let result = UnlockCache::keyring().and_then(|ring| {
            let process = KeyRing::from_special_id(KeyRingIdentifier::Process, true)?;
            let key = process.add_key(&self.description, secret)?;
            key.set_timeout(time.as_secs() as usize)?;
            key.set_perms(permissions)?;
            ring.link_key(key)
        });
        result.map_err(|e| UnlockError::CannotHold { why: e.to_string() }.into())
    }

    /// The identity's text, while it's cached.
    pub fn load(&self) -> Option<Zeroizing<String>> {
        let key = UnlockCache::keyring().ok()?.search(&self.description).ok()?;
        let bytes = Zeroizing::new(key.read_to_vec().ok()?);
        Some(Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned()))
    }

    /// Removes it. Returns whether it was there.
    ///
    /// # Errors
    /// `CannotForget` if it's still there.
    pub fn clear(&self) -> Result<bool> {
        use linux_keyutils::KeyError;
        let cannot_forget = |e: KeyError| UnlockError::CannotForget { why: e.to_string() };
        let Ok(ring) = UnlockCache::keyring() else { return Ok(false) };
        let key = match ring.search(&self.description) {
            Ok(key) => key,
            Err(KeyError::KeyDoesNotExist | KeyError::KeyExpired | KeyError::KeyRevoked) => {
                return Ok(false);
            }
            Err(e) => return Err(cannot_forget(e).into()),
        };
        key.invalidate().or_else(|_| ring.unlink_key(key)).map_err(cannot_forget)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_cannot_be_held_or_removed_is_told_with_the_reason_and_a_way_on() {
        let why = || "Operation Not Permitted".to_owned();
        let held = UnlockError::CannotHold { why: why() };
        let reason = "This system can't hold a key in memory (operation not permitted).";
        assert_eq!(held.fact(), reason);
        assert!(held.hint().starts_with("Reading asks for the passphrase"));
        let kept = UnlockError::CannotForget { why: why() };
        assert!(kept.fact().starts_with("The journal is still unlocked"));
        assert!(kept.fact().ends_with("(operation not permitted)."));
        assert!(kept.hint().starts_with("Try again"));
        assert_eq!([held.exit(), kept.exit()], [Exit::CouldNot; 2]);
    }

    #[test]
    fn each_journal_and_each_identity_is_unlocked_on_its_own() {
        let home = tempfile::tempdir().unwrap();
        let [one, two, link] = ["one", "two", "link"].map(|name| home.path().join(name));
        [&one, &two].into_iter().for_each(|folder| std::fs::create_dir(folder).unwrap());
        std::os::unix::fs::symlink(&one, &link).unwrap();
        let name = |folder: &Path, identity: Option<&str>| {
            UnlockCache::of(folder, identity.map(Path::new), Some(home.path())).description
        };
        assert_eq!(name(&one, None), name(&link, None));
        let identity = Some("/elsewhere/key.txt");
        let names = [name(&one, None), name(&two, None), name(&one, identity)];
        let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
        assert_eq!(name(&one, identity), name(&link, identity));
    }
}
