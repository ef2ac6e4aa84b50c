//! The files of a disk in memory, and the clock that stamps them.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Whatever got or lost a name, or other bytes, since somebody asked.
    changed: BTreeSet<PathBuf>,
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
    /// Of a folder: where it is.
    path: PathBuf,
}

pub(super) enum What {
    Folder(BTreeMap<OsString, usize>),
    File(Arc<[u8]>),
}

const ROOT: usize = 0;

impl Files {
    /// Nothing but the root.
    pub fn new(now: i64, tick: i64) -> Files {
        let mut files = Files {
            nodes: Vec::new(),
            now,
            tick,
            has_reliable_stamps: true,
            dice: Rng::with_seed(0),
            blindness: None,
            changed: BTreeSet::new(),
        };
        files.node(What::Folder(BTreeMap::new()), PathBuf::from("/"));
        files
    }

    fn node(&mut self, what: What, path: PathBuf) -> usize {
        let stamp = self.stamp();
        self.nodes.push(Node { what, modified: stamp, changed: stamp, path });
        self.nodes.len() - 1
    }

    /// A file that has no name yet.
    pub(super) fn file(&mut self, bytes: Arc<[u8]>) -> usize {
        self.node(What::File(bytes), PathBuf::new())
    }

    /// A new folder in another.
    pub(super) fn folder(&mut self, parent: usize, name: &OsStr) -> io::Result<usize> {
        let path = self.nodes[parent].path.join(name);
        let folder = self.node(What::Folder(BTreeMap::new()), path);
        self.name(parent, name, folder)?;
        Ok(folder)
    }

    fn stamp(&self) -> i64 {
        self.now - self.now.rem_euclid(self.tick)
    }

    /// Gives something a name in a folder.
    pub(super) fn name(&mut self, folder: usize, name: &OsStr, node: usize) -> io::Result<()> {
        self.names_mut(folder)?.insert(name.to_owned(), node);
        self.touch(folder, name);
        Ok(())
    }

    /// Whatever has this name in a folder loses it.
    pub(super) fn unname(&mut self, folder: usize, name: &OsStr) -> io::Result<()> {
        self.names_mut(folder)?.remove(name).ok_or(ErrorKind::NotFound)?;
        self.touch(folder, name);
        Ok(())
    }

    fn touch(&mut self, folder: usize, name: &OsStr) {
        let stamp = self.stamp();
        let Node { what: _, modified, changed, path } = &mut self.nodes[folder];
        (*modified, *changed) = (stamp, stamp);
        self.changed.insert(path.join(name));
    }

    /// What is in a folder.
    pub(super) fn names(&self, folder: usize) -> io::Result<&BTreeMap<OsString, usize>> {
        match &self.nodes[folder].what {
            What::Folder(names) => Ok(names),
            What::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    fn names_mut(&mut self, folder: usize) -> io::Result<&mut BTreeMap<OsString, usize>> {
        match &mut self.nodes[folder].what {
            What::Folder(names) => Ok(names),
            What::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn inner(&self, folder: usize, name: &OsStr) -> io::Result<usize> {
        self.names(folder)?.get(name).copied().ok_or(ErrorKind::NotFound.into())
    }

    pub(super) fn walk(&self, path: &Path) -> io::Result<usize> {
        let mut at = ROOT;
        for part in path.components() {
            if let Component::Normal(name) = part {
                at = self.inner(at, name)?;
            }
        }
        Ok(at)
    }

    pub(super) fn about(&self, node: usize) -> FileInfo {
        let Node { what, modified, changed, path: _ } = &self.nodes[node];
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
    pub fn listed(&self, folder: &Path) -> Vec<OsString> {
        let node = self.walk(folder);
        node.and_then(|node| Ok(self.names(node)?.keys().cloned().collect())).unwrap_or_default()
    }

    /// Puts a file there, as a syncer does: in place of one that there is.
    pub fn put(&mut self, folder: &Path, name: &str, bytes: impl Into<Arc<[u8]>>) {
        let file = self.file(bytes.into());
        let mut at = ROOT;
        for part in folder.components() {
            let Component::Normal(part) = part else { continue };
            at = match self.inner(at, part) {
                Ok(inner) => inner,
                Err(_) => self.folder(at, part).unwrap(),
            };
        }
        self.name(at, name.as_ref(), file).unwrap();
    }

    pub fn remove(&mut self, folder: &Path, name: &OsStr) {
        // What isn't there is as good as removed.
        let _ = self.walk(folder).and_then(|at| self.unname(at, name));
    }

    /// Writes other bytes into a file, in place, and sets its time back.
    pub fn overwrite(&mut self, folder: &Path, name: &OsStr, change: impl FnOnce(&mut Vec<u8>)) {
        let Ok(at) = self.walk(folder) else { return };
        let Ok(node) = self.inner(at, name) else { return };
        self.changed.insert(folder.join(name));
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

    pub fn modified(&self, folder: &Path) -> i64 {
        self.walk(folder).map(|node| self.nodes[node].modified).unwrap_or_default()
    }

    /// Whatever got or lost a name, or other bytes, since this was last asked.
    pub fn take_changed(&mut self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut self.changed)
    }

    /// The bytes of a file; `None` if there is none.
    pub fn bytes(&self, path: &Path) -> Option<Arc<[u8]>> {
        match &self.nodes[self.walk(path).ok()?].what {
            What::File(bytes) => Some(bytes.clone()),
            What::Folder(_) => None,
        }
    }

    /// Every file below a folder: its place there, and its bytes.
    pub fn below(&self, folder: &Path) -> BTreeMap<PathBuf, Arc<[u8]>> {
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
