//! Drafts: sessions that aren't kept yet, sealed after each answer, so that no
//! interruption loses what was written. They stay on this device.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::{Confirm, DiskRef, Folder, HeldFile, HoldAttempt};
use crate::entry::Entry;
use crate::error::Result;
use crate::seal::{EntryFileName, Identity, Recipients, Sealed};

use super::stored::read;
use super::{Damaged, name};

/// The drafts of this device, or its notes of entries to ask back about.
pub struct Drafts {
    disk: DiskRef,
    folder: PathBuf,
    /// The drafts that are open in this process; notes are never open.
    held: Option<HeldDrafts>,
}

/// The drafts that a process has open: nobody else continues or discards them. The lock is on
/// each draft's file and ends with the process, however that ends. Where the file system has
/// no locks, two windows may have the same draft open.
#[derive(Clone, Default)]
pub struct HeldDrafts(Arc<Mutex<BTreeMap<EntryFileName, HeldFile>>>);

impl HeldDrafts {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<EntryFileName, HeldFile>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drafts {
    /// The drafts below this state folder.
    pub fn at(disk: DiskRef, state: &Path) -> Drafts {
        Drafts { disk, folder: state.join("drafts"), held: Some(HeldDrafts::default()) }
    }

    /// The same; which of them are open is known to all who share this.
    pub fn holding(self, held: &HeldDrafts) -> Drafts {
        Drafts { held: Some(held.clone()), ..self }
    }

    /// The notes below this folder of state: sealed like drafts, each of an entry's practice
    /// and moment alone. One that is lost costs a question.
    pub fn follow_ups_at(disk: DiskRef, state: &Path) -> Drafts {
        Drafts { disk, folder: state.join("follow-ups"), held: None }
    }

    /// The folder that they are in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn open_folder(&self) -> Option<Folder> {
        Folder::find(&*self.disk, &self.folder).ok().flatten()
    }

    /// Saves a draft in place of its earlier state, and has it open from then on. Other drafts
    /// are left alone.
    ///
    /// # Errors
    /// A [`crate::disk::DiskError`]; then the earlier state stays.
    pub fn save(&self, sealed: &Sealed) -> Result<()> {
        let folder = Folder::make(&*self.disk, &self.folder)?;
        let file_name = name::file_name(sealed.name());
        match &self.held {
            Some(held) => {
                let file = folder.put_held(&file_name, sealed.bytes())?;
                file.map(|file| held.lock().insert(sealed.name().clone(), file));
            }
            None => folder.put(&file_name, sealed.bytes(), Confirm::No)?,
        }
        folder.sweep();
        Ok(())
    }

    /// Has it open from now on, until it's released or removed, or this process ends. False if
    /// another process has it open.
    pub fn hold(&self, name: &EntryFileName) -> bool {
        let Some(held) = &self.held else { return true };
        let Some(folder) = self.open_folder() else { return true };
        let mut held = held.lock();
        if held.contains_key(name) {
            return true;
        }
        match folder.try_hold(&name::file_name(name)) {
            HoldAttempt::Held(file) => drop(held.insert(name.clone(), file)),
            HoldAttempt::Busy => return false,
            HoldAttempt::NoLock => {}
        }
        true
    }

    /// Has it open no longer.
    pub fn release(&self, name: &EntryFileName) {
        self.held.iter().for_each(|held| drop(held.lock().remove(name)));
    }

    /// Seals them again to these recipients, as far as they open. Returns how many another process
    /// has open: those are sealed to the list of that moment when they are saved next.
    ///
    /// # Errors
    /// What keeps one from being saved; then it stays as it was.
    pub fn reseal(&self, identity: &Identity, recipients: &Recipients) -> Result<usize> {
        let mut open_elsewhere = 0;
        for name in self.names() {
            if !self.hold(&name) {
                open_elsewhere += 1;
                continue;
            }
            if let Some(draft) = self.open_one(&name, identity) {
                self.save(&recipients.seal(&draft)?)?;
            }
            self.release(&name);
        }
        Ok(open_elsewhere)
    }

    /// Removes a draft that has been kept or discarded.
    pub fn remove(&self, name: &EntryFileName) {
        let folder = self.open_folder();
        folder.iter().for_each(|folder| folder.discard(name::file_name(name).as_ref()));
        self.release(name);
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

    /// The draft of this name as it is by now, if it's there and can be opened.
    pub fn open_one(&self, name: &EntryFileName, identity: &Identity) -> Option<Entry> {
        let file_name = name::file_name(name);
        let (bytes, _) = read(&self.open_folder()?, file_name.as_ref()).ok()?;
        identity.open_draft(&Sealed::from_bytes(name.clone(), bytes).ok()?).ok()
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
