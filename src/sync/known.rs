//! Which repository carries a journal. That is remembered on this device and
//! not in the journal's folder: whoever syncs that folder by other means could
//! put a repository there whose settings run programs.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};

use crate::disk::{Confirm, DiskRef, Folder};
use crate::error::{Error, Result, SyncFault};

const FILE: &str = "known.json";

const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// Where git keeps what it knows.
    pub git: PathBuf,
    /// The work tree of a repository of the user's, in which the journal lies.
    /// Our own has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<PathBuf>,
}

pub struct Known {
    disk: DiskRef,
    folder: PathBuf,
}

impl Known {
    pub fn at(disk: DiskRef, state: &Path) -> Known {
        Known { disk, folder: state.join("sync") }
    }

    /// The folder for repositories of our own.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What cannot be read is not taken for nothing: the next `note` would write
    /// over what is remembered of other journals.
    fn all(&self) -> Result<BTreeMap<PathBuf, Repository>> {
        let path = self.file();
        let Some(folder) = Folder::find(&*self.disk, &self.folder)? else {
            return Ok(BTreeMap::new());
        };
        match folder.read_own(FILE) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|_| Error::Sync(SyncFault::BrokenMemory { path })),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(e) => Err(Error::disk("read", &path)(e)),
        }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    pub fn of(&self, journal: &Path) -> Result<Option<Repository>> {
        Ok(self.all()?.remove(journal))
    }

    pub fn note(&self, journal: &Path, repository: &Repository) -> Result<()> {
        let mut all = self.all()?;
        all.insert(journal.to_owned(), repository.clone());
        let text = serde_json::to_vec_pretty(&all)
            .map_err(|e| Error::Sync(SyncFault::Git { why: e.to_string() }))?;
        Folder::make(&*self.disk, &self.folder)?.put(FILE, &text, Confirm::Yes)
    }

    /// One sync at a time. The lock goes with the process, however it ends.
    pub fn lock(&self) -> Result<File> {
        Folder::make(&*self.disk, &self.folder)?;
        let path = self.folder.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(Error::disk("write", &path))?;
        let begun = Instant::now();
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                // One that is at its end is waited for.
                Err(Errno::WOULDBLOCK) if begun.elapsed() < PATIENCE => sleep(PATIENCE / 10),
                Err(Errno::WOULDBLOCK) => return Err(Error::Sync(SyncFault::Busy)),
                // A file system without locks: two at once disturb each other, and lose nothing.
                _ => return Ok(file),
            }
        }
    }
}
