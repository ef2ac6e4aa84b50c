//! Drafts: a sitting that is not kept yet, sealed after each answer, so that
//! nothing that stops it loses what was said. On this device only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::entry::Entry;
use crate::error::Result;
use crate::seal::{Identity, Label, Sealed};

use super::{Damaged, name, read};

pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    pub fn at(state: &Path) -> Drafts {
        Drafts { folder: state.join("drafts") }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, label: &Label) -> PathBuf {
        self.folder.join(name::write(label))
    }

    /// Saves a draft in place of its own earlier state, and of no other's.
    pub fn save(&self, sealed: &Sealed) -> Result<()> {
        disk::Folder::make(&self.folder)?;
        disk::write(&self.path(sealed.label()), sealed.bytes(), true)?;
        disk::sweep(&self.folder);
        Ok(())
    }

    /// It is kept now, or given up.
    pub fn remove(&self, label: &Label) {
        let _ = std::fs::remove_file(self.path(label));
    }

    pub fn has(&self, label: &Label) -> bool {
        self.path(label).exists()
    }

    pub fn is_empty(&self) -> bool {
        self.files().is_empty()
    }

    /// What their names tell: the day, and nothing else of what they are.
    pub fn labels(&self) -> impl Iterator<Item = Label> {
        self.files().into_keys()
    }

    /// What a save left behind that was killed in the middle.
    pub fn unfinished(&self) -> Vec<PathBuf> {
        disk::unfinished(&self.folder)
    }

    fn files(&self) -> BTreeMap<Label, PathBuf> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let ours = entries.filter_map(|file| {
            let (label, _) = name::read(&file.file_name().to_string_lossy())?;
            Some((label, file.path()))
        });
        ours.collect()
    }

    /// All drafts that can be opened, the latest first, and those that cannot.
    pub fn open(&self, identity: &Identity) -> (Vec<Entry>, Vec<Damaged>) {
        let (mut drafts, mut damaged) = (Vec::new(), Vec::new());
        for (label, path) in self.files() {
            let opened = read::read(&path).and_then(|bytes| Sealed::found(label, bytes));
            match opened.and_then(|sealed| identity.open(&sealed)) {
                Ok(entry) => drafts.push(entry),
                Err(why) => damaged.push(Damaged { path, why }),
            }
        }
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.written));
        (drafts, damaged)
    }
}
