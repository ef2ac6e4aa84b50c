//! Why earlier entries can't be opened without asking anybody.

use super::{Keys, Protection};

/// What keeps the key from opening entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyObstacle {
    /// Its passphrase, or the plugin that holds it.
    Locked,
    /// There is no key.
    Missing,
    /// Its file can't be read, or isn't a key.
    Unreadable,
    /// It's none of this journal's.
    DoesNotFit,
}

impl Keys {
    /// What keeps the key from opening entries; `None` if nothing does.
    pub fn obstacle(&self) -> Option<KeyObstacle> {
        match self.protection() {
            Protection::Missing => Some(KeyObstacle::Missing),
            Protection::Unreadable => Some(KeyObstacle::Unreadable),
            Protection::Plugin => Some(KeyObstacle::Locked),
            Protection::Passphrase => {
                self.unlocked_identity().is_none().then_some(KeyObstacle::Locked)
            }
            // Nothing has to be asked, so it was refused.
            Protection::None => {
                self.unlocked_identity().is_none().then_some(KeyObstacle::DoesNotFit)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{PLAIN_IDENTITY, RECIPIENTS, SEALED_IDENTITY};
    use crate::seal::{Identity, PluginCallbacks};

    #[test]
    fn what_keeps_a_key_from_opening_entries_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(crate::disk::real(), folder.path(), None, PluginCallbacks::SILENT);
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        assert_eq!(keys.obstacle(), Some(KeyObstacle::Missing));
        let [own, other] = [Identity::generate(), Identity::generate()];
        put(PLAIN_IDENTITY, &own.to_file());
        assert_eq!(keys.obstacle(), None, "no list says that it isn't the right one");
        put(RECIPIENTS, &other.recipients()[0]);
        assert_eq!(keys.obstacle(), Some(KeyObstacle::DoesNotFit));
        put(RECIPIENTS, &own.recipients()[0]);
        assert_eq!(keys.obstacle(), None);
        put(SEALED_IDENTITY, "age-encryption.org/v1\n-> scrypt");
        assert_eq!(keys.obstacle(), Some(KeyObstacle::Locked));
        put(SEALED_IDENTITY, "words");
        assert_eq!(keys.obstacle(), Some(KeyObstacle::Unreadable));
        std::fs::remove_file(folder.path().join(SEALED_IDENTITY)).unwrap();
        std::fs::create_dir(folder.path().join(SEALED_IDENTITY)).unwrap();
        assert_eq!(keys.obstacle(), Some(KeyObstacle::Unreadable));
    }
}
