//! A key that a plugin holds. Each use may ask the person for a touch or a PIN, so the
//! file keys that it unwrapped are kept as long as the command runs.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use age::plugin::IdentityPluginV1;
use age::secrecy::ExposeSecret;
use age::{DecryptError, plugin};
use age_core::format::{FileKey, Stanza};
use sha2::{Digest, Sha256};

use super::PluginCallbacks;

pub(super) struct PluginKey<I> {
    plugin: I,
    /// File keys by a digest of the header, wiped when they are dropped.
    file_keys: Mutex<HashMap<[u8; 32], FileKey>>,
}

impl PluginKey<IdentityPluginV1<PluginCallbacks>> {
    pub fn new(
        key: plugin::Identity,
        callbacks: PluginCallbacks,
    ) -> Result<Self, plugin::ResolveError> {
        let name = key.plugin().to_owned();
        Ok(PluginKey::around(IdentityPluginV1::new(&name, &[key], callbacks)?))
    }
}

impl<I> PluginKey<I> {
    fn around(plugin: I) -> PluginKey<I> {
        PluginKey { plugin, file_keys: Mutex::default() }
    }
}

impl<I: age::Identity> age::Identity for PluginKey<I> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        self.unwrap_stanzas(std::slice::from_ref(stanza))
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, DecryptError>> {
        let header = digest(stanzas);
        let mut file_keys = self.file_keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = file_keys.get(&header) {
            return Some(Ok(copy(key)));
        }
        let unwrapped = self.plugin.unwrap_stanzas(stanzas)?;
        if let Ok(key) = &unwrapped {
            file_keys.insert(header, copy(key));
        }
        Some(unwrapped)
    }
}

fn copy(key: &FileKey) -> FileKey {
    FileKey::init_with_mut(|bytes| bytes.copy_from_slice(key.expose_secret()))
}

/// A digest of a header. Each part is preceded by its length, so that no two headers give
/// the same input.
fn digest(stanzas: &[Stanza]) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut add = |part: &[u8]| {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    };
    for stanza in stanzas {
        add(stanza.tag.as_bytes());
        add(&(stanza.args.len() as u64).to_le_bytes());
        stanza.args.iter().for_each(|arg| add(arg.as_bytes()));
        add(&stanza.body);
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::Identity as _;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Opens what begins with its own tag, and counts how often it is asked.
    #[derive(Default)]
    struct TouchPlugin(AtomicUsize);

    impl age::Identity for TouchPlugin {
        fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            let body: [u8; 16] = stanza.body.as_slice().try_into().ok()?;
            (stanza.tag == "own").then(|| Ok(FileKey::new(Box::new(body))))
        }
    }

    fn stanza(tag: &str, args: &[&str], byte: u8) -> Stanza {
        let args = args.iter().map(|arg| arg.to_string()).collect();
        Stanza { tag: tag.into(), args, body: vec![byte; 16] }
    }

    #[test]
    fn a_plugin_is_asked_once_for_each_file_key() {
        let key = PluginKey::around(TouchPlugin::default());
        let open = |stanzas: &[Stanza]| {
            let file_key =
                key.unwrap_stanzas(stanzas).map(|key| *key.ok().unwrap().expose_secret());
            (file_key, key.plugin.0.swap(0, Ordering::Relaxed))
        };
        let (one, two) = ([stanza("own", &["a"], 1)], [stanza("own", &["a"], 2)]);
        assert_eq!(open(&one), (Some([1; 16]), 1));
        assert_eq!(open(&one), (Some([1; 16]), 0), "it was asked again");
        assert_eq!(open(&two), (Some([2; 16]), 1));
        assert_eq!(open(&[stanza("own", &[], 1)]).1, 1, "another header");
        // What it does not open may be opened the next time, with another key in it.
        let strange = [stanza("other", &["a"], 1)];
        assert_eq!((open(&strange), open(&strange)), ((None, 1), (None, 1)));
    }
}
