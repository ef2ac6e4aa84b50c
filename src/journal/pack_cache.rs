//! The folder of a journal's packs. It is in the cache, named by a digest of the
//! journal's place, with one pack a month and a plain file that says the place.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::disk::{Confirm, DiskRef, FileKind, Folder};
use crate::home_place::HomePlace;
use crate::seal::Identity;
use crate::secret::SecretBytes;

use super::Journal;
use super::cipher::{self, CipherKey, Tag};
use super::month::Month;
use super::pack::Pack;

/// A limit far above the size of any pack, in bytes.
const LARGEST_PACK: u64 = 1 << 30;
/// The file that says whose packs these are.
pub const OWNER: &str = "journal";
const SUFFIX: &str = ".pack";

/// The packs of one journal, without a key.
#[derive(Clone)]
pub struct PackCache {
    disk: DiskRef,
    /// The folder of all journals' packs on this device.
    caches: PathBuf,
    folder: PathBuf,
    /// The journal's, for the keys and the owner file.
    place: HomePlace,
    home: Option<PathBuf>,
}

impl PackCache {
    /// The packs of the journal in this folder.
    pub fn of(journal: &Journal, caches: &Path) -> PackCache {
        let place = journal.home_place();
        PackCache {
            disk: journal.disk(),
            caches: caches.to_owned(),
            folder: caches.join(place.digest()),
            place,
            home: journal.home.clone(),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The packs as read with a key. `None` where its secret isn't available.
    pub fn unlock<'a>(&'a self, identity: &'a Identity) -> Option<Packs<'a>> {
        self.key(identity, "")?;
        let folder = Folder::find(&*self.disk, &self.folder).ok().flatten();
        Some(Packs { cache: self, identity, folder })
    }

    fn key(&self, identity: &Identity, month: &str) -> Option<CipherKey> {
        identity.derive_key(&[b"inward pack 4\0", self.place.as_bytes(), b"\0", month.as_bytes()])
    }

    /// Deletes the packs of these days' months, and those of journals that have gone.
    pub fn forget_days(&self, days: impl IntoIterator<Item = NaiveDate>) {
        self.forget_absent_journals();
        let Ok(Some(folder)) = Folder::find(&*self.disk, &self.folder) else { return };
        for day in days {
            folder.discard(file_name(Month::of(day)).as_ref());
        }
    }

    /// Deletes all packs of this journal, and those of journals that have gone.
    pub fn delete(&self) {
        self.forget_absent_journals();
        let find = |path: &Path| Folder::find(&*self.disk, path).ok().flatten();
        if let (Some(folder), Some(caches)) = (find(&self.folder), find(&self.caches)) {
            remove_packs(&folder, &caches);
        }
    }

    /// Removes the packs of journals that are no longer where they were.
    fn forget_absent_journals(&self) -> Option<()> {
        let caches = Folder::find(&*self.disk, &self.caches).ok()??;
        for item in caches.list().ok()?.into_iter().filter(|item| item.kind == FileKind::Folder) {
            let Ok(folder) = caches.open_inner(&item.name) else { continue };
            // Without an owner file, the packs are of no use to anybody.
            let owner = folder.read_user_file(OWNER).ok().filter(|owner| !owner.is_empty());
            if owner.is_none_or(|owner| self.is_gone(&HomePlace::from_bytes(&owner))) {
                remove_packs(&folder, &caches);
            }
        }
        Some(())
    }

    /// Is there no journal at this place any more, or only a link to where it is now?
    fn is_gone(&self, place: &HomePlace) -> bool {
        let home = self.home.as_deref();
        let path = place.path(home);
        matches!(Folder::find(&*self.disk, &path), Ok(None)) || HomePlace::of(&path, home) != *place
    }
}

fn file_name(month: Month) -> String {
    format!("{month}{SUFFIX}")
}

/// The month of the pack with this name.
pub fn month_of(name: &str) -> Option<Month> {
    Month::parse(name.strip_suffix(SUFFIX)?)
}

/// Removes a journal's packs, then their folder, unless anything else is in it.
fn remove_packs(folder: &Folder, caches: &Folder) {
    for item in folder.list().unwrap_or_default() {
        let name = item.name.to_string_lossy();
        if name == OWNER || month_of(&name).is_some() {
            folder.discard(&item.name);
        }
    }
    if let Some(name) = folder.path().file_name() {
        caches.discard_folder(name);
    }
}

/// A journal's packs, with the key to them.
pub struct Packs<'a> {
    cache: &'a PackCache,
    identity: &'a Identity,
    folder: Option<Folder>,
}

impl Packs<'_> {
    /// A month's pack. One that doesn't open is deleted.
    pub fn load(&self, month: Month) -> Option<Pack> {
        let bytes = self.read(month)?;
        let pack = self.open(month, bytes);
        if pack.is_none() {
            self.remove(month);
        }
        pack
    }

    fn read(&self, month: Month) -> Option<Vec<u8>> {
        let folder = self.folder.as_ref()?;
        let (bytes, _) = folder.read(file_name(month).as_ref(), LARGEST_PACK).ok()?;
        Some(bytes)
    }

    fn open(&self, month: Month, bytes: Vec<u8>) -> Option<Pack> {
        Pack::open(bytes, &self.cache.key(self.identity, &month.to_string())?)
    }

    /// Does a month's pack open? It's kept in any case.
    pub fn opens(&self, month: Month) -> bool {
        self.read(month).and_then(|bytes| self.open(month, bytes)).is_some()
    }

    /// Writes a month's pack, whole or not at all, without waiting for the disk. Returns
    /// its tag if that worked.
    pub fn store(&self, month: Month, plain: SecretBytes) -> Option<Tag> {
        let key = self.cache.key(self.identity, &month.to_string())?;
        let file = Pack::encrypt(plain, &key)?;
        let folder = Folder::make(&*self.cache.disk, &self.cache.folder).ok()?;
        if folder.about_item(OWNER.as_ref()).is_err() {
            folder.put(OWNER, self.cache.place.as_bytes(), Confirm::No).ok()?;
        }
        folder.put(&file_name(month), &file, Confirm::No).ok()?;
        cipher::tag(&file)
    }

    pub fn remove(&self, month: Month) {
        let folder = Folder::find(&*self.cache.disk, &self.cache.folder).ok().flatten();
        folder.iter().for_each(|folder| folder.discard(file_name(month).as_ref()));
    }

    /// After everything was read: removes the packs of months that need none, and
    /// temporary files of processes that were killed.
    pub fn tidy(&self, is_needed: impl Fn(Month) -> bool) {
        let Ok(Some(folder)) = Folder::find(&*self.cache.disk, &self.cache.folder) else { return };
        for item in folder.list().unwrap_or_default() {
            let month = month_of(&item.name.to_string_lossy());
            if month.is_some_and(|month| !is_needed(month)) {
                folder.discard(&item.name);
            }
        }
        folder.sweep();
        self.cache.forget_absent_journals();
    }
}
