//! A disk that passes every call on and notes those that change something or make sure
//! of it, in their order; or one that forgets a kind of them, as a mistaken program would.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use inward::disk::{
    Dir, DirItem, Disk, DiskRef, FileInfo, HeldFile, Hold, HoldAttempt, Links, NewFile, ReadError,
};

/// A call, or a word of whoever made it. Files are known by the order of their making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Make(PathBuf),
    Create {
        file: usize,
        folder: PathBuf,
    },
    Write {
        file: usize,
        bytes: Vec<u8>,
    },
    SyncFile(usize),
    Publish {
        file: usize,
        path: PathBuf,
    },
    Replace {
        file: usize,
        path: PathBuf,
    },
    Remove(PathBuf),
    RemoveFolder(PathBuf),
    SyncFolder(PathBuf),
    /// Whoever waited was told that it is done.
    Done,
}

impl Step {
    /// The same with places below a home, where all of them must be.
    pub fn below(self, home: &Path) -> Step {
        let below = |path: PathBuf| path.strip_prefix(home).unwrap().to_owned();
        match self {
            Step::Make(path) => Step::Make(below(path)),
            Step::Create { file, folder } => Step::Create { file, folder: below(folder) },
            Step::Publish { file, path } => Step::Publish { file, path: below(path) },
            Step::Replace { file, path } => Step::Replace { file, path: below(path) },
            Step::Remove(path) => Step::Remove(below(path)),
            Step::RemoveFolder(path) => Step::RemoveFolder(below(path)),
            Step::SyncFolder(path) => Step::SyncFolder(below(path)),
            Step::Write { .. } | Step::SyncFile(_) | Step::Done => self,
        }
    }
}

/// What a mistaken program does with its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    NoFileSync,
    NoFolderSync,
    /// The name comes before what makes sure of the bytes.
    NameFirst,
}

#[derive(Clone)]
pub struct RecordedDisk {
    disk: DiskRef,
    log: Log,
}

#[derive(Clone)]
struct Log {
    steps: Arc<Mutex<Vec<Step>>>,
    slip: Option<Slip>,
}

impl Log {
    fn note(&self, step: Step) {
        self.steps.lock().unwrap().push(step);
    }

    /// Does something and notes it before another thread can see it and note what follows
    /// from it: a file in a folder that isn't noted yet would be in none.
    fn note_done<T>(&self, step: Step, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let mut steps = self.steps.lock().unwrap();
        act().inspect(|_| steps.push(step))
    }

    /// The same of what gives a file its name.
    fn note_named(
        &self,
        file: usize,
        step: Step,
        act: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        self.note_done(step, act)?;
        if self.slip == Some(Slip::NameFirst) {
            self.note(Step::SyncFile(file));
        }
        Ok(())
    }

    fn create(&self, folder: &Path) -> usize {
        let mut steps = self.steps.lock().unwrap();
        let file = steps.iter().filter(|step| matches!(step, Step::Create { .. })).count();
        steps.push(Step::Create { file, folder: folder.to_owned() });
        file
    }
}

impl RecordedDisk {
    pub fn new(disk: DiskRef, slip: Option<Slip>) -> RecordedDisk {
        RecordedDisk { disk, log: Log { steps: Arc::default(), slip } }
    }

    /// Whoever waited for the work so far is told that it is done.
    pub fn note_done(&self) {
        self.log.note(Step::Done);
    }

    /// Everything noted so far.
    pub fn steps(&self) -> Vec<Step> {
        self.log.steps.lock().unwrap().clone()
    }
}

impl Disk for RecordedDisk {
    fn open(&self, folder: &Path) -> io::Result<Box<dyn Dir>> {
        let (dir, path) = (self.disk.open(folder)?, folder.to_owned());
        Ok(Box::new(RecordedDir { dir, path, log: self.log.clone() }))
    }

    fn lacks_folder_sync(&self) -> bool {
        self.disk.lacks_folder_sync()
    }
}

struct RecordedDir {
    dir: Box<dyn Dir>,
    path: PathBuf,
    log: Log,
}

impl Dir for RecordedDir {
    fn open(&self, name: &OsStr) -> io::Result<Box<dyn Dir>> {
        let (dir, path) = (self.dir.open(name)?, self.path.join(name));
        Ok(Box::new(RecordedDir { dir, path, log: self.log.clone() }))
    }

    fn make(&self, name: &OsStr) -> io::Result<()> {
        self.log.note_done(Step::Make(self.path.join(name)), || self.dir.make(name))
    }

    fn list(&self) -> io::Result<Vec<DirItem>> {
        self.dir.list()
    }

    fn about(&self) -> io::Result<FileInfo> {
        self.dir.about()
    }

    fn about_item(&self, name: &OsStr) -> io::Result<FileInfo> {
        self.dir.about_item(name)
    }

    fn read(
        &self,
        name: &OsStr,
        largest: u64,
        links: Links,
    ) -> Result<(Vec<u8>, FileInfo), ReadError> {
        self.dir.read(name, largest, links)
    }

    fn open_file(
        &self,
        name: &OsStr,
        links: Links,
    ) -> Result<(Box<dyn Read + Send>, FileInfo), ReadError> {
        self.dir.open_file(name, links)
    }

    fn create(&self) -> io::Result<Box<dyn NewFile + '_>> {
        let (file, number) = (self.dir.create()?, self.log.create(&self.path));
        Ok(Box::new(RecordedFile { file, number, folder: &self.path, log: &self.log }))
    }

    fn remove(&self, name: &OsStr) -> io::Result<()> {
        self.log.note_done(Step::Remove(self.path.join(name)), || self.dir.remove(name))
    }

    fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        let step = Step::RemoveFolder(self.path.join(name));
        self.log.note_done(step, || self.dir.remove_folder(name))
    }

    fn sync(&self) -> io::Result<()> {
        match self.log.slip {
            Some(Slip::NoFolderSync) => Ok(()),
            None | Some(Slip::NoFileSync | Slip::NameFirst) => {
                self.log.note_done(Step::SyncFolder(self.path.clone()), || self.dir.sync())
            }
        }
    }

    fn check_writable(&self) -> io::Result<()> {
        self.dir.check_writable()
    }

    fn lock(&self) -> io::Result<HoldAttempt> {
        self.dir.lock()
    }

    fn hold(&self, name: &OsStr, hold: Hold) -> Option<HeldFile> {
        self.dir.hold(name, hold)
    }

    fn has_reliable_stamps(&self) -> bool {
        self.dir.has_reliable_stamps()
    }
}

struct RecordedFile<'d> {
    file: Box<dyn NewFile + 'd>,
    number: usize,
    folder: &'d Path,
    log: &'d Log,
}

impl Write for RecordedFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.log.note(Step::Write { file: self.number, bytes: bytes[..count].to_vec() });
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl NewFile for RecordedFile<'_> {
    fn sync(&mut self) -> io::Result<()> {
        match self.log.slip {
            Some(Slip::NoFileSync | Slip::NameFirst) => Ok(()),
            None | Some(Slip::NoFolderSync) => {
                self.log.note_done(Step::SyncFile(self.number), || self.file.sync())
            }
        }
    }

    fn read_back(&mut self) -> io::Result<Vec<u8>> {
        self.file.read_back()
    }

    fn publish(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        let RecordedFile { file, number, folder, log } = *self;
        let step = Step::Publish { file: number, path: folder.join(name) };
        log.note_named(number, step, || file.publish(name))
    }

    fn replace(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        let RecordedFile { file, number, folder, log } = *self;
        let step = Step::Replace { file: number, path: folder.join(name) };
        log.note_named(number, step, || file.replace(name))
    }
}
