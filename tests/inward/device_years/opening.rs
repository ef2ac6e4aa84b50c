//! The keys of the devices. Whatever they open is opened by the program itself; but finding
//! a file's own key in its header takes longer than all else, and is done once for each
//! file and key. What the rule opens, it opens once for all devices.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use age::DecryptError;
use age::secrecy::ExposeSecret;
use age_core::format::{FileKey, Stanza};
use inward::entry::Entry;
use inward::seal::{EntryFileName, Identity, IdentityKey, Sealed};

use super::world::{Device, HOME};

/// What is known of the keys of a world, on whatever device they are.
#[derive(Clone, Default)]
pub struct Keyring(Rc<RefCell<Known>>);

#[derive(Default)]
struct Known {
    identities: BTreeMap<KeyFiles, Arc<Identity>>,
    /// By a key's secret text.
    found: BTreeMap<String, Found>,
    /// What the rule has opened, by the key, the name and the bytes.
    opened: HashMap<FileForKey, Option<Rc<Entry>>>,
}

/// A key, and a file's name and bytes.
type FileForKey = (*const Identity, EntryFileName, Arc<[u8]>);

/// What a device has of its keys: the secret ones, and the list.
type KeyFiles = [Option<Arc<[u8]>>; 2];

/// The files' own keys, by the stanzas that hold them for one key; `None` for stanzas that
/// are for another.
type Found = Arc<Mutex<HashMap<(Vec<String>, Vec<u8>), Option<[u8; 16]>>>>;

struct RememberingKey {
    key: IdentityKey,
    found: Found,
}

impl age::Identity for RememberingKey {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        if stanza.tag != "X25519" {
            return self.key.unwrap_stanza(stanza);
        }
        let name = (stanza.args.clone(), stanza.body.clone());
        if let Some(known) = self.found.lock().unwrap().get(&name) {
            return known.map(|file_key| Ok(FileKey::new(Box::new(file_key))));
        }
        let found = self.key.unwrap_stanza(stanza);
        let file_key = found.as_ref().map(|found| found.as_ref().map(|key| *key.expose_secret()));
        // What is wrong with a stanza is found again each time.
        if let Ok(file_key) = file_key.transpose() {
            self.found.lock().unwrap().insert(name, file_key);
        }
        found
    }
}

impl Keyring {
    /// What is in a file, if it opens: found once for all the devices that have it.
    pub fn open(
        &self,
        identity: &Arc<Identity>,
        label: EntryFileName,
        bytes: &Arc<[u8]>,
    ) -> Option<Rc<Entry>> {
        let opened = &mut self.0.borrow_mut().opened;
        let opened = opened.entry((Arc::as_ptr(identity), label.clone(), bytes.clone()));
        let open = || {
            let sealed = Sealed::from_bytes(label, bytes.to_vec()).ok()?;
            identity.open(&sealed).ok().map(Rc::new)
        };
        opened.or_insert_with(open).clone()
    }
}

impl Device {
    pub fn identity(&self) -> Arc<Identity> {
        let config = Path::new(HOME).join("config");
        let files = ["identity.txt", "recipients.txt"].map(|name| config.join(name));
        let files = self.disk.change(|disk| files.map(|path| disk.bytes(&path)));
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
