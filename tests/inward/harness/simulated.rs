//! A disk in memory whose clock may be coarse or set back, and on which others are
//! at work between any two calls: what real ones do on bad days, on purpose.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path};
use std::sync::{Arc, Mutex, MutexGuard};

use inward::disk::{
    Dir, DirItem, Disk, FileInfo, FileKind, FileStamp, HeldFile, Hold, Links, NewFile, ReadError,
};

/// Of nanoseconds between two calls.
const STEP: i64 = 1_000;

/// What somebody else does between two calls.
pub type Change = Box<dyn FnOnce(&mut Files) + Send>;

#[derive(Clone)]
pub struct SimulatedDisk(Arc<Mutex<State>>);

struct State {
    files: Files,
    /// What happens once so many calls have been made, the next one last.
    planned: Vec<(usize, Change)>,
    calls: usize,
}

/// The files themselves, and the clock that stamps them.
pub struct Files {
    nodes: Vec<Node>,
    /// In nanoseconds since 1970.
    pub now: i64,
    /// How finely times are kept, in nanoseconds.
    pub tick: i64,
    /// Is it of a kind whose folders' stamps tell of changes?
    pub has_reliable_stamps: bool,
}

struct Node {
    what: What,
    modified: i64,
    changed: i64,
}

enum What {
    Folder(BTreeMap<OsString, usize>),
    File(Vec<u8>),
}

const ROOT: usize = 0;

impl SimulatedDisk {
    pub fn new(now: i64, tick: i64) -> SimulatedDisk {
        let mut files = Files { nodes: Vec::new(), now, tick, has_reliable_stamps: true };
        files.node(What::Folder(BTreeMap::new()));
        SimulatedDisk(Arc::new(Mutex::new(State { files, planned: Vec::new(), calls: 0 })))
    }

    /// Does something between two runs of the program.
    pub fn change<T>(&self, change: impl FnOnce(&mut Files) -> T) -> T {
        change(&mut self.lock().files)
    }

    /// Does something once so many more calls have been made.
    pub fn plan(&self, after: usize, change: Change) {
        let mut state = self.lock();
        let at = state.calls + after;
        state.planned.push((at, change));
        state.planned.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    }

    /// Nothing that was planned happens any more; says whether all of it has.
    pub fn settle(&self) -> bool {
        let mut state = self.lock();
        let all = state.planned.is_empty();
        state.planned.clear();
        all
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// A call begins: time passes, and others do what they do.
    fn call(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.calls += 1;
        state.files.now += STEP;
        while state.planned.last().is_some_and(|(at, _)| *at <= state.calls) {
            let (_, change) = state.planned.pop().unwrap();
            change(&mut state.files);
        }
        state
    }
}

impl Files {
    fn node(&mut self, what: What) -> usize {
        let stamp = self.stamp();
        self.nodes.push(Node { what, modified: stamp, changed: stamp });
        self.nodes.len() - 1
    }

    fn stamp(&self) -> i64 {
        self.now - self.now.rem_euclid(self.tick)
    }

    fn touch(&mut self, node: usize) {
        let stamp = self.stamp();
        (self.nodes[node].modified, self.nodes[node].changed) = (stamp, stamp);
    }

    fn names(&mut self, folder: usize) -> io::Result<&mut BTreeMap<OsString, usize>> {
        match &mut self.nodes[folder].what {
            What::Folder(names) => Ok(names),
            What::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    fn inner(&mut self, folder: usize, name: &OsStr) -> io::Result<usize> {
        self.names(folder)?.get(name).copied().ok_or(ErrorKind::NotFound.into())
    }

    fn walk(&mut self, path: &Path) -> io::Result<usize> {
        let mut at = ROOT;
        for part in path.components() {
            if let Component::Normal(name) = part {
                at = self.inner(at, name)?;
            }
        }
        Ok(at)
    }

    fn about(&self, node: usize) -> FileInfo {
        let Node { what, modified, changed } = &self.nodes[node];
        let (kind, size) = match what {
            What::Folder(names) => (FileKind::Folder, 4096.max(names.len())),
            What::File(bytes) => (FileKind::File, bytes.len()),
        };
        let (inode, size) = (node as u64, size as u64);
        let stamp = FileStamp { inode, size, modified: *modified, changed: *changed };
        FileInfo { kind, device: 1, mode: 0o600, stamp }
    }

    /// The names in a folder.
    pub fn listed(&mut self, folder: &Path) -> Vec<OsString> {
        let node = self.walk(folder);
        node.and_then(|node| Ok(self.names(node)?.keys().cloned().collect())).unwrap_or_default()
    }

    /// Puts a file there, as a syncer does: in place of one that there is.
    pub fn put(&mut self, folder: &Path, name: &str, bytes: &[u8]) {
        let file = self.node(What::File(bytes.to_vec()));
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
        let node = self.walk(folder).and_then(|at| self.inner(at, name));
        let Ok(node) = node else { return };
        let (before, stamp) = (self.nodes[node].modified, self.stamp());
        if let What::File(bytes) = &mut self.nodes[node].what {
            change(bytes);
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
}

impl Disk for SimulatedDisk {
    fn open(&self, folder: &Path) -> io::Result<Box<dyn Dir>> {
        let mut state = self.call();
        let node = state.files.walk(folder)?;
        state.files.names(node)?;
        Ok(Box::new(SimulatedDir { disk: self.clone(), node }))
    }
}

struct SimulatedDir {
    disk: SimulatedDisk,
    node: usize,
}

impl Dir for SimulatedDir {
    fn open(&self, name: &OsStr) -> io::Result<Box<dyn Dir>> {
        let mut state = self.disk.call();
        let node = state.files.inner(self.node, name)?;
        state.files.names(node)?;
        Ok(Box::new(SimulatedDir { disk: self.disk.clone(), node }))
    }

    fn make(&self, name: &OsStr) -> io::Result<()> {
        let mut state = self.disk.call();
        if state.files.inner(self.node, name).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let inner = state.files.node(What::Folder(BTreeMap::new()));
        state.files.names(self.node)?.insert(name.to_owned(), inner);
        state.files.touch(self.node);
        Ok(())
    }

    /// Names come in parts, and what happens in between is seen in the second
    /// alone.
    fn list(&self) -> io::Result<Vec<DirItem>> {
        let item = |files: &Files, (name, node): (&OsString, &usize)| DirItem {
            name: name.clone(),
            kind: files.about(*node).kind,
        };
        let part = |files: &mut Files, second: bool| -> io::Result<Vec<DirItem>> {
            let names = files.names(self.node)?.clone();
            // By something other than their order.
            let half = |name: &OsString| name.as_encoded_bytes().iter().map(|b| b & 1).sum::<u8>();
            let of_part = names.iter().filter(|(name, _)| (half(name) % 2 == 1) == second);
            Ok(of_part.map(|named| item(files, named)).collect())
        };
        let mut items = part(&mut self.disk.call().files, false)?;
        items.extend(part(&mut self.disk.call().files, true)?);
        Ok(items)
    }

    fn about(&self) -> io::Result<FileInfo> {
        Ok(self.disk.call().files.about(self.node))
    }

    fn about_item(&self, name: &OsStr) -> io::Result<FileInfo> {
        let mut state = self.disk.call();
        let node = state.files.inner(self.node, name)?;
        Ok(state.files.about(node))
    }

    fn read(&self, name: &OsStr, largest: u64, _: Links) -> Result<(Vec<u8>, FileInfo), ReadError> {
        let mut state = self.disk.call();
        let node = state.files.inner(self.node, name).map_err(|_| ReadError::Gone)?;
        let about = state.files.about(node);
        match &state.files.nodes[node].what {
            What::Folder(_) => Err(ReadError::NotAFile),
            What::File(bytes) if bytes.len() as u64 > largest => Err(ReadError::TooLarge),
            What::File(bytes) => Ok((bytes.clone(), about)),
        }
    }

    fn open_file(
        &self,
        name: &OsStr,
        links: Links,
    ) -> Result<(Box<dyn Read + Send>, FileInfo), ReadError> {
        let (bytes, about) = self.read(name, u64::MAX, links)?;
        Ok((Box::new(io::Cursor::new(bytes)), about))
    }

    fn create(&self) -> io::Result<Box<dyn NewFile + '_>> {
        let folder = SimulatedDir { disk: self.disk.clone(), node: self.node };
        Ok(Box::new(SimulatedFile { folder, bytes: Vec::new() }))
    }

    fn remove(&self, name: &OsStr) -> io::Result<()> {
        let mut state = self.disk.call();
        state.files.names(self.node)?.remove(name).ok_or(ErrorKind::NotFound)?;
        state.files.touch(self.node);
        Ok(())
    }

    fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        self.remove(name)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn check_writable(&self) -> io::Result<()> {
        Ok(())
    }

    fn lock(&self) -> io::Result<bool> {
        Ok(true)
    }

    fn hold(&self, _: &OsStr, _: Hold) -> Option<HeldFile> {
        None
    }

    fn has_reliable_stamps(&self) -> bool {
        self.disk.lock().files.has_reliable_stamps
    }
}

struct SimulatedFile {
    folder: SimulatedDir,
    bytes: Vec<u8>,
}

impl Write for SimulatedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for SimulatedFile {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn read_back(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.bytes.clone())
    }

    fn publish(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        match self.folder.about_item(name) {
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => self.replace(name),
        }
    }

    fn replace(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        let mut state = self.folder.disk.call();
        let file = state.files.node(What::File(self.bytes));
        state.files.names(self.folder.node)?.insert(name.to_owned(), file);
        state.files.touch(self.folder.node);
        Ok(())
    }
}
