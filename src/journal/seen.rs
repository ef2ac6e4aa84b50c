//! What this device remembers of each month that it read with the key, so that it can
//! name what was rolled back or removed. Losing this memory loses no entry, so no failure
//! here fails a reading.
//!
//! A file `2026-11-1f0c9a37.seen` under the state folder is a line that names the format,
//! a nonce, and, under XChaCha20-Poly1305, whether anything is missing and a
//! `month_memory::MonthMemory` in postcard. Its key is HKDF-SHA-256 of one secret key and
//! the journal; the month is authenticated with it. The eight digits say whose key it is,
//! so that another identity's file isn't mistaken for a tampered one.

mod memory_file;
mod month_memory;
mod unlocked;

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;

use crate::disk::{Disk, DiskRef, Folder};
use crate::entry::{Entry, EntryId, RevisionId};
use crate::home_place::HomePlace;
use crate::seal::EntryFileName;

use super::month::Month;
use super::{Journal, name};

pub(crate) use memory_file::LoadedMemory;
pub use month_memory::{EntrySighting, Lineage, MonthMemory, MonthSighting};
pub(crate) use unlocked::UnlockedSeen;

const SUFFIX: &str = ".seen";

fn memories_folder(state: &Path) -> PathBuf {
    state.join("seen")
}

/// Deletes the memories of all journals.
pub fn forget_all(disk: &dyn Disk, state: &Path) {
    let Ok(Some(folder)) = Folder::find(disk, &memories_folder(state)) else { return };
    for item in folder.list().unwrap_or_default() {
        if let Ok(inner) = folder.open_inner(&item.name) {
            discard_memories(&inner);
            folder.discard_folder(&item.name);
        }
    }
}

fn discard_memories(folder: &Folder) {
    for item in folder.list().unwrap_or_default() {
        if month_of(&item.name.to_string_lossy()).is_some() {
            folder.discard(&item.name);
        }
    }
}

fn month_of(name: &str) -> Option<Month> {
    let (month, _) = name.strip_suffix(SUFFIX)?.rsplit_once('-')?;
    Month::parse(month)
}

impl Lineage {
    /// The lineage of an entry that was read whole.
    pub fn of(entry: &Entry) -> Lineage {
        Lineage {
            revision: entry.revision.clone(),
            original: entry.original().clone(),
            replaces: entry.replaces.clone(),
            deleted: entry.deleted,
            day: entry.day(),
        }
    }

    /// The id and lineage in an entry's JSON, without parsing its answers. `name` is the
    /// entry's, and was compared with it before.
    pub fn of_json(name: &str, json: &[u8]) -> Option<(EntryId, Lineage)> {
        #[derive(Deserialize)]
        struct LineageFields {
            #[serde(default)]
            replaces: Vec<RevisionId>,
            copy_of: Option<RevisionId>,
            #[serde(default)]
            deleted: bool,
        }
        let (EntryFileName { day, id, revision }, _) = name::parse(name)?;
        let LineageFields { replaces, copy_of, deleted } = serde_json::from_slice(json).ok()?;
        let original = copy_of.unwrap_or_else(|| revision.clone());
        Some((id, Lineage { revision, original, replaces, deleted, day }))
    }
}

/// The memory of one journal, without a key.
#[derive(Clone)]
pub struct SeenStore {
    disk: DiskRef,
    folder: PathBuf,
    place: HomePlace,
    now: DateTime<FixedOffset>,
}

impl SeenStore {
    /// The memory of a journal under this state folder.
    pub fn of(journal: &Journal, state: &Path, now: DateTime<FixedOffset>) -> Self {
        let place = journal.home_place();
        let folder = memories_folder(state).join(place.digest());
        SeenStore { disk: journal.disk(), folder, place, now }
    }

    /// Is there a memory of any month? Needs no key.
    pub fn has_memory(&self) -> bool {
        let folder = Folder::find(&*self.disk, &self.folder).ok().flatten();
        let items = folder.and_then(|folder| folder.list().ok()).unwrap_or_default();
        items.iter().any(|item| month_of(&item.name.to_string_lossy()).is_some())
    }

    /// Deletes the journal's memory, under every key.
    pub fn forget(&self) {
        let folder = Folder::find(&*self.disk, &self.folder).ok().flatten();
        folder.iter().for_each(discard_memories);
    }
}
