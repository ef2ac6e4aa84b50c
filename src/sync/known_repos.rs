//! Remembers which repository a journal is synced with. This is stored on the device, not
//! in the journal's folder: whoever syncs that folder by other means could put a
//! repository there whose settings run programs.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk::{Confirm, DiskError, DiskRef, Folder};
use crate::error::Result;
use crate::home_place::HomePlace;
use crate::sync::SyncError;

use super::lock::SyncLock;

const FILE: &str = "known.json";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepoLocation {
    /// The git directory. Stored relative to our own repositories' folder, if it's in there.
    pub git: PathBuf,
    /// The work tree of a user's repository that the journal is in. Our own repositories
    /// have none.
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

    /// All locations. A file that can't be read is an error, as the next `note` would
    /// overwrite what is remembered of other journals.
    fn all(&self) -> Result<BTreeMap<String, RepoLocation>> {
        let path = self.file();
        let Some(folder) = Folder::find(&*self.disk, &self.folder)? else {
            return Ok(BTreeMap::new());
        };
        match folder.read_user_file(FILE) {
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
        let location = self.all()?.remove(&journal.text());
        Ok(location.map(|it| RepoLocation { git: self.folder.join(it.git), top: it.top }))
    }

    pub fn note(&self, journal: &HomePlace, location: &RepoLocation) -> Result<()> {
        let mut locations = self.all()?;
        let git = location.git.strip_prefix(&self.folder).unwrap_or(&location.git).to_owned();
        let not_text = |_| SyncError::NotText { journal: location.git.clone() };
        locations.insert(journal.text(), RepoLocation { git, top: location.top.clone() });
        // A path that isn't UTF-8 can't be written as JSON.
        let text = serde_json::to_vec_pretty(&locations).map_err(not_text)?;
        Folder::make(&*self.disk, &self.folder)?.put(FILE, &text, Confirm::Yes)
    }

    /// Locks for a sync, one at a time.
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
    fn what_is_remembered_of_other_journals_stays_and_a_broken_memory_is_not_written_over() {
        let state = tempfile::tempdir().unwrap();
        let known = KnownRepos::at(crate::disk::real(), state.path());
        let place = |journal: &str| HomePlace::of(Path::new(journal), None);
        assert_eq!(known.of(&place("/one")).unwrap(), None);
        let own = RepoLocation { git: known.folder().join("a.git"), top: None };
        let users = RepoLocation { git: "/dots/.git".into(), top: Some("/dots".into()) };
        known.note(&place("/one"), &own).unwrap();
        known.note(&place("/two"), &users).unwrap();
        assert_eq!(known.of(&place("/one")).unwrap(), Some(own.clone()));
        assert_eq!(known.of(&place("/two")).unwrap(), Some(users));
        assert_eq!(known.of(&place("/three")).unwrap(), None);
        // Ours are found wherever the state folder went.
        let moved = tempfile::tempdir().unwrap();
        let moved = KnownRepos::at(crate::disk::real(), moved.path());
        std::fs::create_dir_all(moved.folder()).unwrap();
        std::fs::copy(known.file(), moved.file()).unwrap();
        assert_eq!(moved.of(&place("/one")).unwrap().unwrap().git, moved.folder().join("a.git"));
        std::fs::write(known.file(), "words").unwrap();
        for refused in [known.of(&place("/one")).map(drop), known.note(&place("/one"), &own)] {
            assert!(refused.is_err_and(|e| matches!(e.of(), Some(SyncError::BrokenMemory { .. }))));
        }
        assert_eq!(std::fs::read(known.file()).unwrap(), b"words");
    }

    #[test]
    fn a_repository_whose_path_is_no_text_is_refused_and_the_others_stay_known() {
        let state = tempfile::tempdir().unwrap();
        let known = KnownRepos::at(crate::disk::real(), state.path());
        let location = RepoLocation { git: known.folder().join("a.git"), top: None };
        let (journal, other) = (Path::new("/journal"), Path::new("/other"));
        let place = |journal| HomePlace::of(journal, None);
        known.note(&place(journal), &location).unwrap();
        let not_utf8 = Path::new(OsStr::from_bytes(b"/\xff")).to_owned();
        let refused = known.note(&place(other), &RepoLocation { git: not_utf8.clone(), top: None });
        let refused = refused.unwrap_err();
        let Some(SyncError::NotText { journal: path }) = refused.of() else { panic!("{refused}") };
        assert_eq!(*path, not_utf8);
        assert_eq!(known.of(&place(journal)).unwrap(), Some(location));
    }
}
