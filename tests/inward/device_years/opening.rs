//! The keys of the devices. Whatever they open is opened by the program itself; but finding
//! a file's own key in its header takes longer than all else, and is done once for each
//! file and key.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use age::DecryptError;
use age::secrecy::ExposeSecret;
use age_core::format::{FileKey, Stanza};
use inward::seal::{Identity, IdentityKey};

use super::world::{Device, HOME};

/// What is known of the keys of a world, on whatever device they are.
#[derive(Clone, Default)]
pub struct Keyring(Rc<RefCell<Known>>);

#[derive(Default)]
struct Known {
    identities: BTreeMap<KeyFiles, Arc<Identity>>,
    /// By a key's secret text.
    found: BTreeMap<String, Found>,
}

/// What a device has of its keys: the secret ones, and the list.
type KeyFiles = [Option<Arc<[u8]>>; 2];

/// The files' own keys, by the stanzas that hold them for one key.
type Found = Arc<Mutex<HashMap<(Vec<String>, Vec<u8>), [u8; 16]>>>;

struct RememberingKey {
    key: IdentityKey,
    found: Found,
}

impl age::Identity for RememberingKey {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let name = (stanza.args.clone(), stanza.body.clone());
        let known = self.found.lock().unwrap().get(&name).copied();
        if let Some(known) = known.filter(|_| stanza.tag == "X25519") {
            return Some(Ok(FileKey::new(Box::new(known))));
        }
        let found = self.key.unwrap_stanza(stanza)?;
        if let Ok(file_key) = &found {
            self.found.lock().unwrap().insert(name, *file_key.expose_secret());
        }
        Some(found)
    }
}

impl Device {
    pub fn identity(&self) -> Arc<Identity> {
        let mut config = self.disk.change(|files| files.below(&Path::new(HOME).join("config")));
        let files = ["identity.txt", "recipients.txt"].map(|name| config.remove(Path::new(name)));
        let mut known = self.keyring.0.borrow_mut();
        if let Some(identity) = known.identities.get(&files) {
            return identity.clone();
        }
        let identity = self.keys().unlock(&mut || panic!("there is no passphrase")).unwrap();
        let secrets: Vec<String> = identity.secrets().map(str::to_owned).collect();
        let mut secrets = secrets.into_iter();
        let identity = identity.behind(|key| {
            let found = known.found.entry(secrets.next().unwrap()).or_default().clone();
            Box::new(RememberingKey { key, found })
        });
        let identity = Arc::new(identity);
        known.identities.insert(files, identity.clone());
        identity
    }
}
