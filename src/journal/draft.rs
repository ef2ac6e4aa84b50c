//! Drafts: sessions that aren't kept yet, sealed after each answer, so that no
//! interruption loses what was written. They stay on this device.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::disk::{Confirm, DiskRef, Folder};
use crate::entry::Entry;
use crate::error::Result;
use crate::seal::{EntryFileName, Identity, Sealed};

use super::stored::read;
use super::{Damaged, name};

/// The drafts of this device, or its notes of entries to ask back about.
pub struct Drafts {
    disk: DiskRef,
    folder: PathBuf,
    confirm: Confirm,
}

impl Drafts {
    /// The drafts below this state folder.
    pub fn at(disk: DiskRef, state: &Path) -> Drafts {
        Drafts { disk, folder: state.join("drafts"), confirm: Confirm::Yes }
    }

    /// The notes below this folder of state: sealed like drafts, each of an entry's practice
    /// and moment alone. One that is lost costs a question.
    pub fn follow_ups_at(disk: DiskRef, state: &Path) -> Drafts {
        Drafts { disk, folder: state.join("follow-ups"), confirm: Confirm::No }
    }

    /// The folder that they are in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn open_folder(&self) -> Option<Folder> {
        Folder::find(&*self.disk, &self.folder).ok().flatten()
    }

    /// Saves a draft in place of its earlier state. Other drafts are left alone.
    ///
    /// # Errors
    /// A [`crate::disk::DiskError`]; then the earlier state stays.
    pub fn save(&self, sealed: &Sealed) -> Result<()> {
        let folder = Folder::make(&*self.disk, &self.folder)?;
        folder.put(&name::file_name(sealed.name()), sealed.bytes(), self.confirm)?;
        folder.sweep();
        Ok(())
    }

    /// Removes a draft that has been kept or discarded.
    pub fn remove(&self, name: &EntryFileName) {
        let folder = self.open_folder();
        folder.iter().for_each(|folder| folder.discard(name::file_name(name).as_ref()));
    }

    /// Removes all of them.
    pub fn clear(&self) {
        self.names().for_each(|name| self.remove(&name));
    }

    /// Is there a draft of this name?
    pub fn has(&self, name: &EntryFileName) -> bool {
        self.open_folder()
            .is_some_and(|folder| folder.about_item(name::file_name(name).as_ref()).is_ok())
    }

    /// Is there no file with a draft's name?
    pub fn is_empty(&self) -> bool {
        self.files().is_empty()
    }

    /// The names of all drafts. They say the day, and nothing of what is in them.
    pub fn names(&self) -> impl Iterator<Item = EntryFileName> {
        self.files().into_keys()
    }

    /// Temporary files of saves that were killed.
    pub fn unfinished(&self) -> Vec<PathBuf> {
        self.open_folder().map(|folder| folder.unfinished()).unwrap_or_default()
    }

    /// The name of each draft's file.
    fn files(&self) -> BTreeMap<EntryFileName, OsString> {
        let items = self.open_folder().and_then(|folder| folder.list().ok()).unwrap_or_default();
        let ours = items.into_iter().filter_map(|item| {
            let (name, _) = name::parse(&item.name.to_string_lossy())?;
            Some((name, item.name))
        });
        ours.collect()
    }

    /// All drafts that can be opened, the latest first, and those that cannot.
    pub fn open(&self, identity: &Identity) -> (Vec<Entry>, Vec<Damaged>) {
        let (mut drafts, mut damaged) = (Vec::new(), Vec::new());
        let Some(folder) = self.open_folder() else { return (drafts, damaged) };
        for (name, file_name) in self.files() {
            let path = self.folder.join(&file_name);
            let sealed =
                read(&folder, &file_name).and_then(|(bytes, _)| Sealed::from_bytes(name, bytes));
            match sealed.and_then(|sealed| identity.open_draft(&sealed)) {
                Ok(entry) => drafts.push(entry),
                Err(why) => damaged.push(Damaged { path, why }),
            }
        }
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.written));
        (drafts, damaged)
    }
}
