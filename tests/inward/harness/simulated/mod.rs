//! A disk in memory whose clock may be coarse or set back, and on which others are
//! at work between any two calls: what real ones do on bad days, on purpose.

mod files;

use std::ffi::{OsStr, OsString};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use inward::disk::{
    Dir, DirItem, Disk, FileInfo, HeldFile, Hold, HoldAttempt, Links, NewFile, ReadError,
};

use files::What;
pub use files::{Blindness, Files};

/// Of nanoseconds between two calls.
const STEP: i64 = 1_000;

/// What someone else does between two calls.
pub type Change = Box<dyn FnOnce(&mut Files) + Send>;

#[derive(Clone)]
pub struct SimulatedDisk(Arc<Mutex<State>>);

struct State {
    files: Files,
    /// What happens once so many calls have been made, the next one last.
    planned: Vec<(usize, Change)>,
    calls: usize,
    /// Every call so far, in order.
    trace: DefaultHasher,
    trouble: Trouble,
    /// How often it was met.
    troubles: usize,
}

/// What calls meet that would change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Never,
    /// After so many more, the process is gone: none reaches the disk.
    Killed(usize),
    /// After so many more, one fails.
    Fails(usize),
}

impl SimulatedDisk {
    pub fn new(now: i64, tick: i64) -> SimulatedDisk {
        SimulatedDisk(Arc::new(Mutex::new(State {
            files: Files::new(now, tick),
            planned: Vec::new(),
            calls: 0,
            trace: DefaultHasher::new(),
            trouble: Trouble::Never,
            troubles: 0,
        })))
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

    /// From now on this is met; tells how often the one before was.
    pub fn meet(&self, trouble: Trouble) -> usize {
        let mut state = self.lock();
        state.trouble = trouble;
        std::mem::take(&mut state.troubles)
    }

    /// The same number only after the same calls in the same order.
    pub fn trace(&self) -> u64 {
        self.lock().trace.finish()
    }

    /// A call begins that would change something.
    fn changing_call(&self, call: Call) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.call(call);
        let (met, next) = match state.trouble {
            Trouble::Never => (false, Trouble::Never),
            Trouble::Killed(0) => (true, Trouble::Killed(0)),
            Trouble::Fails(0) => (true, Trouble::Never),
            Trouble::Killed(after) => (false, Trouble::Killed(after - 1)),
            Trouble::Fails(after) => (false, Trouble::Fails(after - 1)),
        };
        state.trouble = next;
        if met {
            state.troubles += 1;
            return Err(ErrorKind::StorageFull.into());
        }
        Ok(state)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// A call begins: time passes, and others do what they do.
    fn call(&self, call: Call) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.calls += 1;
        let (call, node, name) = call;
        (call, node).hash(&mut state.trace);
        // The others depend on the key, which has no seed.
        if name.as_encoded_bytes().ends_with(b".age") {
            name.hash(&mut state.trace);
        }
        state.files.now += STEP;
        while state.planned.last().is_some_and(|(at, _)| *at <= state.calls) {
            let (_, change) = state.planned.pop().unwrap();
            change(&mut state.files);
        }
        state
    }
}

/// What is called, on which file or folder, by which name.
type Call<'a> = (&'a str, usize, &'a OsStr);

impl Disk for SimulatedDisk {
    fn open(&self, folder: &Path) -> io::Result<Box<dyn Dir>> {
        let state = self.call(("open", 0, folder.as_os_str()));
        let node = state.files.walk(folder)?;
        state.files.names(node)?;
        Ok(Box::new(SimulatedDir { disk: self.clone(), node }))
    }

    fn random_bytes(&self) -> io::Result<[u8; 16]> {
        let mut bytes = [0; 16];
        self.lock().files.dice.fill(&mut bytes);
        Ok(bytes)
    }
}

struct SimulatedDir {
    disk: SimulatedDisk,
    node: usize,
}

impl Dir for SimulatedDir {
    fn open(&self, name: &OsStr) -> io::Result<Box<dyn Dir>> {
        let state = self.disk.call(("enter", self.node, name));
        let node = state.files.inner(self.node, name)?;
        state.files.names(node)?;
        Ok(Box::new(SimulatedDir { disk: self.disk.clone(), node }))
    }

    fn make(&self, name: &OsStr) -> io::Result<()> {
        let mut state = self.disk.changing_call(("make", self.node, name))?;
        if state.files.inner(self.node, name).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        state.files.folder(self.node, name).map(drop)
    }

    /// Names come in parts, and what happens in between is seen in the second
    /// alone.
    fn list(&self) -> io::Result<Vec<DirItem>> {
        let item = |files: &Files, (name, node): (&OsString, &usize)| DirItem {
            name: name.clone(),
            kind: files.about(*node).kind,
        };
        // By something other than their order.
        let half = |name: &OsStr| name.as_encoded_bytes().iter().map(|b| b & 1).sum::<u8>();
        let part = |files: &Files, second: bool| -> io::Result<Vec<DirItem>> {
            let blind = files.blindness == Some(Blindness::OtherNames);
            let is_seen = |name: &OsStr| !(blind && name.to_string_lossy().contains("conflict"));
            let of_part = files.names(self.node)?.iter();
            let of_part = of_part.filter(|(name, _)| (half(name) % 2 == 1) == second);
            let of_part = of_part.filter(|(name, _)| is_seen(name));
            Ok(of_part.map(|named| item(files, named)).collect())
        };
        let call = ("list", self.node, OsStr::new(""));
        let mut items = part(&self.disk.call(call).files, false)?;
        items.extend(part(&self.disk.call(call).files, true)?);
        Ok(items)
    }

    fn about(&self) -> io::Result<FileInfo> {
        Ok(self.disk.call(("about", self.node, OsStr::new(""))).files.about(self.node))
    }

    fn about_item(&self, name: &OsStr) -> io::Result<FileInfo> {
        let state = self.disk.call(("about", self.node, name));
        let node = state.files.inner(self.node, name)?;
        Ok(state.files.about(node))
    }

    fn read(&self, name: &OsStr, largest: u64, _: Links) -> Result<(Vec<u8>, FileInfo), ReadError> {
        let state = self.disk.call(("read", self.node, name));
        let node = state.files.inner(self.node, name).map_err(|_| ReadError::Gone)?;
        let about = state.files.about(node);
        match &state.files.nodes[node].what {
            What::Folder(_) => Err(ReadError::NotAFile),
            What::File(bytes) if bytes.len() as u64 > largest => Err(ReadError::TooLarge),
            What::File(bytes) => Ok((bytes.to_vec(), about)),
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
        let mut state = self.disk.changing_call(("remove", self.node, name))?;
        state.files.unname(self.node, name)
    }

    fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        let state = self.disk.call(("remove a folder", self.node, name));
        let inner = state.files.inner(self.node, name)?;
        if !state.files.names(inner)?.is_empty() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        drop(state);
        self.remove(name)
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.changing_call(("sync", self.node, OsStr::new(""))).map(drop)
    }

    fn check_writable(&self) -> io::Result<()> {
        Ok(())
    }

    fn lock(&self) -> io::Result<HoldAttempt> {
        Ok(HoldAttempt::NoLock)
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
        let call = ("sync a file", self.folder.node, OsStr::new(""));
        self.folder.disk.changing_call(call).map(drop)
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
        let mut state = self.folder.disk.changing_call(("name", self.folder.node, name))?;
        let file = state.files.file(self.bytes.into());
        state.files.name(self.folder.node, name, file)
    }
}
