//! The memory of a journal, with the key to it: loaded before a month is listed, compared
//! with what was read, and written if it changed.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use chrono::DateTime;

use crate::disk::{Confirm, DiskError, Folder};
use crate::entry::Entry;
use crate::journal::cipher::Tag;
use crate::journal::month::Month;
use crate::journal::{Damaged, Journal};
use crate::seal::{Damage, EntryFileName, Identity};

use super::memory_file::{Head, LoadedMemory, SeenKey, decode, encode, read};
use super::month_memory::{Lineage, Loss, LossKind, MonthMemory, MonthSighting};
use super::{SeenStore, month_of};

/// Opening more files by name than this costs more than listing the folder.
const MOST_GUESSES: usize = 24;
/// How often to try again when another process changed a memory meanwhile.
const TRIES: usize = 5;

impl SeenStore {
    /// The memory, with the key to it. `None` where the key's secret isn't available.
    pub fn unlock(&self, identity: &Identity) -> Option<UnlockedSeen<'_>> {
        let derive = |secret: &str, of: &[u8]| {
            Identity::derive_key_of(secret, &[b"inward seen 1\0", of, b"\0", self.place.as_bytes()])
        };
        let key = |secret: &str| {
            let name = derive(secret, b"name")?;
            let name = u32::from_be_bytes(*name.first_chunk()?);
            Some(SeenKey { name: format!("{name:08x}"), key: derive(secret, b"key")? })
        };
        let keys: Vec<SeenKey> = identity.secrets().map_while(key).collect();
        // A file in the folder's place means that nothing is remembered.
        let folder = Folder::find(&*self.disk, &self.folder).or_else(|e| match e.of() {
            Some(DiskError::NotAFolder { .. }) => Ok(None),
            _ => Err(()),
        });
        (!keys.is_empty()).then_some(UnlockedSeen { store: self, keys, folder })
    }
}

/// The memory of one journal, with the key to it. Of several keys the first is the
/// newest; what was remembered under the others moves to it, month by month.
pub struct UnlockedSeen<'a> {
    store: &'a SeenStore,
    keys: Vec<SeenKey>,
    /// An error if it exists and can't be opened.
    folder: Result<Option<Folder>, ()>,
}

impl UnlockedSeen<'_> {
    fn now(&self) -> i64 {
        self.store.now.timestamp()
    }

    /// The memories of all months.
    pub fn load_all(&self) -> Vec<LoadedMemory> {
        self.months().into_iter().map(|month| self.load(month)).collect()
    }

    /// The months that have a memory.
    pub fn months(&self) -> BTreeSet<Month> {
        let folder = self.folder.as_ref().ok().and_then(Option::as_ref);
        let items = folder.and_then(|folder| folder.list().ok()).unwrap_or_default();
        items.iter().filter_map(|item| month_of(&item.name.to_string_lossy())).collect()
    }

    /// The months after a given one, up to the present. A few are listed by the calendar,
    /// so that showing the newest entry takes no longer in a long journal than in a new
    /// one.
    pub fn months_after(&self, month: Month) -> BTreeSet<Month> {
        let present = Month::of(self.store.now.date_naive());
        let next = |month: &Month| month.next().filter(|next| *next <= present);
        let candidates: BTreeSet<Month> =
            std::iter::successors(next(&month), next).take(MOST_GUESSES + 1).collect();
        if candidates.len() > MOST_GUESSES {
            self.months().into_iter().filter(|it| *it > month).collect()
        } else {
            candidates
        }
    }

    /// Removes temporary files of processes that were killed.
    pub fn sweep(&self) {
        self.folder.iter().flatten().for_each(Folder::sweep);
    }

    /// Must be called before the month's folder is listed: a revision published and noted
    /// in between is then in the listing, or not in the memory.
    pub fn load(&self, month: Month) -> LoadedMemory {
        let mut loaded = LoadedMemory::none(month);
        for (i, key) in self.keys.iter().enumerate() {
            let name = key.file_name(month);
            loaded.path = self.store.folder.join(&name);
            let read = match &self.folder {
                Ok(folder) => folder.as_ref().map_or(Ok(None), |folder| read(folder, &name)),
                Err(()) => Err(()),
            };
            match read {
                Ok(None) => continue,
                Ok(Some(bytes)) => {
                    match decode(bytes.clone(), month, key) {
                        Some((head, body)) => (loaded.head, loaded.body) = (head, body),
                        None => loaded.broken = Some(loaded.path.clone()),
                    }
                    loaded.is_newest = i == 0;
                    loaded.sealed = Some(bytes);
                }
                Err(()) => loaded.broken = Some(loaded.path.clone()),
            }
            break;
        }
        loaded
    }

    /// What is missing from a month in which nothing changed since the memory was last
    /// compared.
    pub fn losses(&self, journal: &Journal, loaded: &LoadedMemory) -> Vec<Damaged> {
        if loaded.head.quiet {
            return Vec::new();
        }
        let losses = self.damage(journal, &loaded.memory().losses());
        loaded.damage().into_iter().chain(losses).collect()
    }

    /// Compares a month's memory with what was read of it, updates it, and returns what
    /// is missing. `pack` is the tag of the pack that holds exactly what was read.
    pub fn compare(
        &self,
        journal: &Journal,
        loaded: &LoadedMemory,
        sighting: &MonthSighting,
        pack: Option<Tag>,
    ) -> Vec<Damaged> {
        let before = loaded.memory();
        let mut memory = before.clone();
        memory.update(sighting, self.now());
        let mut losses = memory.losses();
        // If the memory is unchanged, the pack it was compared with still holds.
        let pack = pack.or(loaded.head.pack.filter(|_| memory == *before));
        self.store(loaded, &memory, Head { pack, quiet: losses.is_empty() });
        // An entry that wasn't read may be back.
        losses.retain(|loss| sighting.contains_key(&loss.id));
        loaded.damage().into_iter().chain(self.damage(journal, &losses)).collect()
    }

    fn damage(&self, journal: &Journal, losses: &[Loss]) -> Vec<Damaged> {
        let damaged = |loss: &Loss| {
            let name = EntryFileName {
                day: loss.day,
                id: loss.id.clone(),
                revision: loss.revision.clone(),
            };
            let path = journal.root().join(Journal::place(&name));
            let day = |moment: DateTime<_>| moment.with_timezone(self.store.now.offset());
            let since = DateTime::from_timestamp(loss.since, 0).map(|it| day(it).date_naive());
            let since = since.filter(|_| loss.is_firm(self.now()));
            let why = match loss.kind {
                LossKind::Missing => Damage::Missing { since },
                LossKind::OlderShown => Damage::OlderShown { since },
                LossKind::DeletedShown => Damage::DeletedShown { since },
            };
            Damaged { path, why }
        };
        losses.iter().map(damaged).collect()
    }

    /// Forgets the losses that were reported at these paths, and nothing else.
    pub fn accept(&self, journal: &Journal, reported: &HashSet<&Path>) {
        let damage = |loss: &Loss| self.damage(journal, std::slice::from_ref(loss)).pop();
        let is_reported =
            |loss: &Loss| damage(loss).is_some_and(|damaged| reported.contains(&*damaged.path));
        for month in self.months() {
            for _ in 0..TRIES {
                let loaded = self.load(month);
                let mut memory = loaded.memory().clone();
                memory.accept(is_reported);
                let is_done = loaded.broken().is_some() || memory == *loaded.memory();
                if is_done || self.store(&loaded, &memory, Head { pack: None, quiet: false }) {
                    break;
                }
            }
        }
    }

    /// Remembers a revision that was published just now.
    pub fn note(&self, entry: &Entry) {
        let month = Month::of(entry.day());
        for _ in 0..TRIES {
            let loaded = self.load(month);
            if loaded.broken().is_some() {
                // The next reading reports that, and starts a new memory.
                return;
            }
            let mut memory = loaded.memory().clone();
            memory.note(&entry.id, Lineage::of(entry));
            // The next reading of the month will say whether anything is missing.
            if self.store(&loaded, &memory, Head { pack: None, quiet: false }) {
                return;
            }
        }
    }

    /// Writes a month's memory if it changed, whole or not at all, without waiting for
    /// the disk. Returns whether the file is as it should be. If another process wrote it
    /// since it was loaded, that one stays: this process's sighting will be repeated.
    fn store(&self, loaded: &LoadedMemory, memory: &MonthMemory, head: Head) -> bool {
        self.try_store(loaded, memory, head).is_some()
    }

    fn try_store(&self, loaded: &LoadedMemory, memory: &MonthMemory, head: Head) -> Option<()> {
        let (newest, earlier) = self.keys.split_first()?;
        let month = loaded.month;
        let is_same = loaded.is_newest && loaded.head == head && loaded.memory() == memory;
        let is_needless = loaded.is_none() && memory.is_empty();
        if is_needless || (is_same && loaded.sealed.is_some() && loaded.broken().is_none()) {
            return Some(());
        }
        let sealed = encode(head, memory, month, newest)?;
        let folder = Folder::make(&*self.store.disk, &self.store.folder).ok()?;
        let mut current = self.keys.iter().map(|key| read(&folder, &key.file_name(month)));
        // A file that can't be read now may be readable later: don't overwrite it.
        let current = current.find(|file| *file != Ok(None)).unwrap_or(Ok(None)).ok()?;
        if current != loaded.sealed {
            return None;
        }
        // Half of it would look as if someone had changed it.
        folder.put(&newest.file_name(month), &sealed, Confirm::Bytes).ok()?;
        earlier.iter().for_each(|key| folder.discard(key.file_name(month).as_ref()));
        Some(())
    }
}
