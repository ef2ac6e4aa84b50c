//! Which repository carries a journal. That is remembered on this device and
//! not in the journal's folder: whoever syncs that folder by other means could
//! put a repository there whose settings run programs.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk::DiskError;
use crate::disk::{Confirm, DiskRef, Folder};
use crate::error::Result;
use crate::home_place::HomePlace;
use crate::sync::SyncError;

use super::lock::SyncLock;

const FILE: &str = "known.json";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepoLocation {
    /// Where git keeps what it knows; on the disk, from the folder of our own ones.
    pub git: PathBuf,
    /// The work tree of a repository of the user's, in which the journal lies.
    /// Our own has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<PathBuf>,
}

pub struct KnownRepos {
    disk: DiskRef,
    folder: PathBuf,
}

impl KnownRepos {
    pub fn at(disk: DiskRef, state: &Path) -> KnownRepos {
        KnownRepos { disk, folder: state.join("sync") }
    }

    /// The folder for repositories of our own.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What cannot be read is not taken for nothing: the next `note` would write
    /// over what is remembered of other journals.
    fn all(&self) -> Result<BTreeMap<String, RepoLocation>> {
        let path = self.file();
        let Some(folder) = Folder::find(&*self.disk, &self.folder)? else {
            return Ok(BTreeMap::new());
        };
        match folder.read_own(FILE) {
            Ok(text) => {
                serde_json::from_slice(&text).map_err(|_| SyncError::BrokenMemory { path }.into())
            }
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(e) => Err(DiskError::io("read", &path)(e)),
        }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    pub fn of(&self, journal: &HomePlace) -> Result<Option<RepoLocation>> {
        let known = self.all()?.remove(&journal.text());
        Ok(known.map(|it| RepoLocation { git: self.folder.join(it.git), top: it.top }))
    }

    pub fn note(&self, journal: &HomePlace, location: &RepoLocation) -> Result<()> {
        let mut all = self.all()?;
        let git = location.git.strip_prefix(&self.folder).unwrap_or(&location.git).to_owned();
        let not_text = |_| SyncError::NotText { journal: location.git.clone() };
        all.insert(journal.text(), RepoLocation { git, top: location.top.clone() });
        // JSON takes no other path than one that is text.
        let text = serde_json::to_vec_pretty(&all).map_err(not_text)?;
        Folder::make(&*self.disk, &self.folder)?.put(FILE, &text, Confirm::Yes)
    }

    /// One sync at a time.
    pub fn lock(&self) -> Result<SyncLock> {
        Folder::make(&*self.disk, &self.folder)?;
        SyncLock::take(&self.folder.join("lock"))
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn a_repository_whose_path_is_no_text_is_refused_and_the_others_stay_known() {
        let state = tempfile::tempdir().unwrap();
        let known = KnownRepos::at(crate::disk::real(), state.path());
        let location = RepoLocation { git: known.folder().join("a.git"), top: None };
        let (journal, other) = (Path::new("/journal"), Path::new("/other"));
        let place = |journal| HomePlace::of(journal, None);
        known.note(&place(journal), &location).unwrap();
        let odd = Path::new(OsStr::from_bytes(b"/\xff")).to_owned();
        let refused = known.note(&place(other), &RepoLocation { git: odd.clone(), top: None });
        let refused = refused.unwrap_err();
        let Some(SyncError::NotText { journal: told }) = refused.of() else { panic!("{refused}") };
        assert_eq!(*told, odd);
        assert_eq!(known.of(&place(journal)).unwrap(), Some(location));
    }
}
