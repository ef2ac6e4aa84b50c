//! The files of a disk in memory, and the clock that stamps them.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use fastrand::Rng;
use inward::disk::{FileInfo, FileKind, FileStamp};

/// The files themselves, and the clock that stamps them.
pub struct Files {
    pub(super) nodes: Vec<Node>,
    /// In nanoseconds since 1970.
    pub now: i64,
    /// How finely times are kept, in nanoseconds.
    pub tick: i64,
    /// Is it of a kind whose folders' stamps tell of changes?
    pub has_reliable_stamps: bool,
    /// What names of new files are drawn with.
    pub dice: Rng,
    /// What a program sees of it that looks at it in a wrong way.
    pub blindness: Option<Blindness>,
    /// Another number after each change, whatever the clock says.
    pub changes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blindness {
    /// To files that a syncer gave another name.
    OtherNames,
    /// To whatever changed a folder.
    FolderStamps,
}

pub(super) struct Node {
    pub(super) what: What,
    modified: i64,
    changed: i64,
    /// The number of its last change.
    version: u64,
}

pub(super) enum What {
    Folder(BTreeMap<OsString, usize>),
    File(Arc<[u8]>),
}

const ROOT: usize = 0;

impl Files {
    pub(super) fn node(&mut self, what: What) -> usize {
        let (stamp, version) = (self.stamp(), self.next_version());
        self.nodes.push(Node { what, modified: stamp, changed: stamp, version });
        self.nodes.len() - 1
    }

    fn stamp(&self) -> i64 {
        self.now - self.now.rem_euclid(self.tick)
    }

    fn next_version(&mut self) -> u64 {
        self.changes += 1;
        self.changes
    }

    pub(super) fn touch(&mut self, node: usize) {
        let (stamp, version) = (self.stamp(), self.next_version());
        let Node { what: _, modified, changed, version: last } = &mut self.nodes[node];
        (*modified, *changed, *last) = (stamp, stamp, version);
    }

    pub(super) fn names(&mut self, folder: usize) -> io::Result<&mut BTreeMap<OsString, usize>> {
        match &mut self.nodes[folder].what {
            What::Folder(names) => Ok(names),
            What::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn inner(&mut self, folder: usize, name: &OsStr) -> io::Result<usize> {
        self.names(folder)?.get(name).copied().ok_or(ErrorKind::NotFound.into())
    }

    pub(super) fn walk(&mut self, path: &Path) -> io::Result<usize> {
        let mut at = ROOT;
        for part in path.components() {
            if let Component::Normal(name) = part {
                at = self.inner(at, name)?;
            }
        }
        Ok(at)
    }

    pub(super) fn about(&self, node: usize) -> FileInfo {
        let Node { what, modified, changed, version: _ } = &self.nodes[node];
        let (kind, size) = match what {
            What::Folder(names) => (FileKind::Folder, 4096.max(names.len())),
            What::File(bytes) => (FileKind::File, bytes.len()),
        };
        let (inode, size) = (node as u64, size as u64);
        let still = self.blindness == Some(Blindness::FolderStamps) && kind == FileKind::Folder;
        let [modified, changed] = if still { [1, 1] } else { [*modified, *changed] };
        let stamp = FileStamp { inode, size, modified, changed };
        FileInfo { kind, device: 1, mode: 0o600, stamp }
    }

    /// The names in a folder.
    pub fn listed(&mut self, folder: &Path) -> Vec<OsString> {
        let node = self.walk(folder);
        node.and_then(|node| Ok(self.names(node)?.keys().cloned().collect())).unwrap_or_default()
    }

    /// Puts a file there, as a syncer does: in place of one that there is.
    pub fn put(&mut self, folder: &Path, name: &str, bytes: impl Into<Arc<[u8]>>) {
        let file = self.node(What::File(bytes.into()));
        let mut at = ROOT;
        for part in folder.components() {
            let Component::Normal(part) = part else { continue };
            at = match self.inner(at, part) {
                Ok(inner) => inner,
                Err(_) => {
                    let inner = self.node(What::Folder(BTreeMap::new()));
                    self.names(at).unwrap().insert(part.to_owned(), inner);
                    self.touch(at);
                    inner
                }
            };
        }
        self.names(at).unwrap().insert(name.into(), file);
        self.touch(at);
    }

    pub fn remove(&mut self, folder: &Path, name: &OsStr) {
        let Ok(at) = self.walk(folder) else { return };
        if self.names(at).is_ok_and(|names| names.remove(name).is_some()) {
            self.touch(at);
        }
    }

    /// Writes other bytes into a file, in place, and sets its time back.
    pub fn overwrite(&mut self, folder: &Path, name: &OsStr, change: impl FnOnce(&mut Vec<u8>)) {
        let Ok(at) = self.walk(folder) else { return };
        let Ok(node) = self.inner(at, name) else { return };
        self.nodes[at].version = self.next_version();
        let (before, stamp) = (self.nodes[node].modified, self.stamp());
        if let What::File(file) = &mut self.nodes[node].what {
            let mut bytes = file.to_vec();
            change(&mut bytes);
            *file = bytes.into();
            (self.nodes[node].modified, self.nodes[node].changed) = (before, stamp);
        }
    }

    /// Sets the time of a folder, as `cp -a` and `tar -x` do.
    pub fn restore_time(&mut self, folder: &Path, modified: i64) {
        let stamp = self.stamp();
        if let Ok(node) = self.walk(folder) {
            (self.nodes[node].modified, self.nodes[node].changed) = (modified, stamp);
        }
    }

    pub fn modified(&mut self, folder: &Path) -> i64 {
        self.walk(folder).map(|node| self.nodes[node].modified).unwrap_or_default()
    }

    /// Every folder below a folder, by its place there, and a number that is another after
    /// each change of its names or their files.
    pub fn folders_below(&mut self, folder: &Path) -> BTreeMap<PathBuf, u64> {
        let Ok(top) = self.walk(folder) else { return BTreeMap::new() };
        let (mut all, mut folders) = (BTreeMap::new(), vec![(PathBuf::new(), top)]);
        while let Some((place, node)) = folders.pop() {
            let Node { what, version, .. } = &self.nodes[node];
            if let What::Folder(names) = what {
                let is_folder = |node: usize| matches!(self.nodes[node].what, What::Folder(_));
                let inner = names.iter().filter(|(_, node)| is_folder(**node));
                folders.extend(inner.map(|(name, node)| (place.join(name), *node)));
                all.insert(place, *version);
            }
        }
        all
    }

    /// The files that are in a folder itself.
    pub fn files_in(&mut self, folder: &Path) -> Vec<(OsString, Arc<[u8]>)> {
        let Ok(node) = self.walk(folder) else { return Vec::new() };
        let What::Folder(names) = &self.nodes[node].what else { return Vec::new() };
        let file = |(name, node): (&OsString, &usize)| match &self.nodes[*node].what {
            What::File(bytes) => Some((name.clone(), bytes.clone())),
            What::Folder(_) => None,
        };
        names.iter().filter_map(file).collect()
    }

    /// Every file below a folder: its place there, and its bytes.
    pub fn below(&mut self, folder: &Path) -> BTreeMap<PathBuf, Arc<[u8]>> {
        let mut all = BTreeMap::new();
        let Ok(top) = self.walk(folder) else { return all };
        let mut folders = vec![(PathBuf::new(), top)];
        while let Some((place, node)) = folders.pop() {
            match &self.nodes[node].what {
                What::File(bytes) => drop(all.insert(place, bytes.clone())),
                What::Folder(names) => {
                    folders.extend(names.iter().map(|(name, node)| (place.join(name), *node)));
                }
            }
        }
        all
    }
}
