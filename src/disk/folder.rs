//! A folder as the program works in it: every step whole or not at all, and every
//! failure one of our errors.

#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::disk::DiskError;
use crate::error::Result;

use super::unfinished::REPLACING;
use super::{Dir, DirItem, Disk, FileInfo, FileKind, HeldFile, Hold, Links, ReadError};

/// No file of settings or keys is nearly as large, in bytes.
pub const LARGEST_OWN: u64 = 16 << 20;

/// The bytes of a file and how it was, or why there are none.
pub type ReadResult = std::result::Result<(Vec<u8>, FileInfo), ReadError>;

/// An open folder, and where it is.
pub struct Folder {
    pub(super) dir: Box<dyn Dir>,
    pub(super) path: PathBuf,
}

/// A folder held for one change at a time, until this is dropped.
pub struct FolderLock(#[expect(dead_code, reason = "its descriptor holds the lock")] Folder);

/// May the name of a new file be taken already?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FolderPlace {
    New,
    Over,
}

/// Must a file that is put in place outlive a loss of power?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirm {
    Yes,
    /// An earlier state may be found then, and never half of one.
    Bytes,
    /// It may be lost, and is then made again.
    No,
}

impl Folder {
    /// Opens a folder, making it and its parents where they are missing. The
    /// folder itself may be a link: its place is its owner's choice.
    pub fn make(disk: &dyn Disk, path: &Path) -> Result<Folder> {
        if let Some(folder) = Folder::find(disk, path)? {
            return Ok(folder);
        }
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let Some(name) = path.file_name() else {
            return Err(DiskError::NotAFolder { path: path.to_owned(), symlink: false }.into());
        };
        let parent = Folder::make(disk, parent)?;
        if parent.dir.about_item(name).is_ok_and(|there| there.kind == FileKind::Link) {
            // It leads nowhere, or it would have been opened.
            return Err(DiskError::NotAFolder { path: path.to_owned(), symlink: true }.into());
        }
        parent.make_here(name)?;
        Folder::open(disk, path)
    }

    /// # Errors
    /// `NotAFolder` where something else is there, `Io` where it cannot be opened.
    pub fn open(disk: &dyn Disk, path: &Path) -> Result<Folder> {
        match disk.open(path) {
            Ok(dir) => Ok(Folder { dir, path: path.to_owned() }),
            Err(e) if e.kind() == ErrorKind::NotADirectory => {
                Err(DiskError::NotAFolder { path: path.to_owned(), symlink: false }.into())
            }
            Err(e) => Err(DiskError::io("open", path)(e)),
        }
    }

    /// The folder, where there is one.
    pub fn find(disk: &dyn Disk, path: &Path) -> Result<Option<Folder>> {
        match Folder::open(disk, path) {
            Err(e) if e.is_not_found() => Ok(None),
            opened => opened.map(Some),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder in this one, making it where it is missing, and never
    /// following a link: whoever syncs the journal could have put it there.
    pub fn enter(&self, name: &str) -> Result<Folder> {
        let opened = match self.open_inner(name.as_ref()) {
            Err(e) if e.kind() == ErrorKind::NotFound => {
                self.make_here(name.as_ref())?;
                self.open_inner(name.as_ref())
            }
            opened => opened,
        };
        opened.map_err(|e| {
            let path = self.path.join(name);
            match self.dir.about_item(name.as_ref()).map(|it| it.kind) {
                Ok(FileKind::Folder) | Err(_) => DiskError::io("open", &path)(e),
                Ok(kind) => DiskError::NotAFolder { path, symlink: kind == FileKind::Link }.into(),
            }
        })
    }

    /// A folder in this one; a link is refused.
    pub fn open_inner(&self, name: &OsStr) -> io::Result<Folder> {
        Ok(Folder { dir: self.dir.open(name)?, path: self.path.join(name) })
    }

    fn make_here(&self, name: &OsStr) -> Result<()> {
        let path = || self.path.join(name);
        match self.dir.make(name) {
            // Another process of ours was faster.
            Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(e) => Err(DiskError::io("make the folder", &path())(e)),
            Ok(()) => self.dir.sync().map_err(DiskError::io("confirm the folder", &path())),
        }
    }

    pub fn list(&self) -> io::Result<Vec<DirItem>> {
        self.dir.list()
    }

    pub fn about(&self) -> io::Result<FileInfo> {
        self.dir.about()
    }

    pub fn about_item(&self, name: &OsStr) -> io::Result<FileInfo> {
        self.dir.about_item(name)
    }

    pub fn stamps_tell(&self) -> bool {
        self.dir.stamps_tell()
    }

    /// The bytes of a file of the journal's, which is no link.
    pub fn read(&self, name: &OsStr, largest: u64) -> ReadResult {
        self.dir.read(name, largest, Links::Refuse)
    }

    /// A file of the journal's, which is no link, to be read as it is wanted.
    pub fn open_file(
        &self,
        name: &OsStr,
    ) -> std::result::Result<(Box<dyn Read + Send>, FileInfo), ReadError> {
        self.dir.open_file(name, Links::Refuse)
    }

    /// Writes a new file. When this returns, its bytes and its name are on the
    /// disk; where the name was taken, what had it is untouched.
    ///
    /// # Errors
    /// `NameTaken`; `Unconfirmed` where it is there, and the disk did not say so;
    /// `Io` for everything else, and then there is no such file.
    pub fn publish(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.place(name.as_ref(), FolderPlace::New, Confirm::Yes, self.write_new(name, bytes))
    }

    /// The same, of what is written while it is made.
    ///
    /// # Errors
    /// As [`Folder::publish`], and those of `fill`.
    pub fn publish_with<T>(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        self.place(name.as_ref(), FolderPlace::New, Confirm::Yes, fill)
    }

    /// Writes a file, in place of the one that there is.
    ///
    /// # Errors
    /// `NotAPlainFile` where something else has the name, or `Io`.
    pub fn put(&self, name: &str, bytes: &[u8], confirm: Confirm) -> Result<()> {
        self.place(name.as_ref(), FolderPlace::Over, confirm, self.write_new(name, bytes))
    }

    fn write_new<'a>(
        &'a self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> impl FnOnce(&mut dyn Write) -> Result<()> + 'a {
        move |file| file.write_all(bytes).map_err(DiskError::io("write", &self.path.join(name)))
    }

    /// Writes a file while it is made; it has its name once it is whole.
    pub(super) fn place<T>(
        &self,
        name: &OsStr,
        place: FolderPlace,
        confirm: Confirm,
        fill: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        let path = self.path.join(name);
        let failed = |e: io::Error| match e.kind() {
            ErrorKind::AlreadyExists => DiskError::NameTaken { path: path.clone() }.into(),
            _ => DiskError::io("write", &path)(e),
        };
        if place == FolderPlace::Over {
            self.refuse_other_than_file(name)?;
        }
        let mut file = self.dir.create().map_err(failed)?;
        let filled = fill(&mut file)?;
        match confirm {
            Confirm::Yes | Confirm::Bytes => file.sync().map_err(failed)?,
            Confirm::No => {}
        }
        match place {
            FolderPlace::New => file.publish(name),
            FolderPlace::Over => file.replace(name),
        }
        .map_err(failed)?;
        match (confirm, place) {
            (Confirm::Bytes | Confirm::No, _) => Ok(()),
            (Confirm::Yes, FolderPlace::New) => {
                self.dir.sync().map_err(|source| DiskError::Unconfirmed { path, source }.into())
            }
            (Confirm::Yes, FolderPlace::Over) => {
                self.dir.sync().map_err(DiskError::io("confirm", &path))
            }
        }?;
        Ok(filled)
    }

    /// Removes a folder in this one, if it is empty.
    pub fn discard_folder(&self, name: &OsStr) {
        let _ = self.dir.remove_folder(name);
    }

    /// Puts a file in the place of another, once `good` has found what lies on
    /// the disk to be as it should; says whether it did. Until then the old file
    /// stands.
    pub fn replace(
        &self,
        name: &str,
        bytes: &[u8],
        good: impl FnOnce(&[u8]) -> bool,
    ) -> Result<bool> {
        let path = self.path.join(name);
        self.refuse_other_than_file(name.as_ref())?;
        let replaced = (|| {
            let mut file = self.dir.create()?;
            file.write_all(bytes)?;
            file.sync()?;
            if !good(&Zeroizing::new(file.read_back()?)) {
                return Ok(false);
            }
            file.replace(name.as_ref())?;
            Ok(true)
        })();
        let replaced = replaced.map_err(DiskError::io("write", &path))?;
        self.dir.sync().map_err(DiskError::io("confirm", &path))?;
        Ok(replaced)
    }

    /// Makes sure that files can be made in it.
    pub fn check_writable(&self) -> Result<()> {
        self.dir.check_writable().map_err(DiskError::io("write in", &self.path))
    }

    /// The bytes of a file of settings or keys, through links that its owner made.
    pub fn read_own(&self, name: &str) -> io::Result<Vec<u8>> {
        let not_ours = |what: &str| io::Error::new(ErrorKind::InvalidData, what);
        let read = self.dir.read(name.as_ref(), LARGEST_OWN, Links::Follow);
        read.map(|(bytes, _)| bytes).map_err(|error| match error {
            ReadError::Gone => ErrorKind::NotFound.into(),
            ReadError::NotAFile => not_ours("it is no ordinary file"),
            ReadError::TooLarge => not_ours("it is larger than any such file"),
            ReadError::Unreadable(e) => e,
        })
    }

    /// Holds the folder against others of ours; `None` where one has it. What a
    /// replacing that was killed left there goes first: it may be a key.
    pub fn lock(self) -> Result<Option<FolderLock>> {
        if !self.dir.lock().map_err(DiskError::io("lock", &self.path))? {
            return Ok(None);
        }
        for item in self.dir.list().unwrap_or_default() {
            let name = item.name.to_string_lossy();
            if name.starts_with(REPLACING) {
                self.remove(&name)?;
            }
        }
        Ok(Some(FolderLock(self)))
    }

    /// Holds a file in it; see [`Dir::hold`].
    pub fn hold(&self, name: &str, hold: Hold) -> Option<HeldFile> {
        self.dir.hold(name.as_ref(), hold)
    }

    /// Neither a link nor a pipe is replaced by a file, or written through.
    fn refuse_other_than_file(&self, name: &OsStr) -> Result<()> {
        match self.dir.about_item(name) {
            Ok(there) if there.kind != FileKind::File => {
                Err(DiskError::NotAPlainFile { path: self.path.join(name) }.into())
            }
            _ => Ok(()),
        }
    }

    /// Removes a file for good. One that went meanwhile is gone, too.
    pub fn remove(&self, name: &str) -> Result<()> {
        self.remove_item(name.as_ref())
    }

    /// The same, whatever its name.
    pub fn remove_item(&self, name: &OsStr) -> Result<()> {
        match self.dir.remove(name) {
            Err(e) if e.kind() != ErrorKind::NotFound => {
                Err(DiskError::io("remove", &self.path.join(name))(e))
            }
            _ => self.dir.sync().map_err(DiskError::io("confirm", &self.path.join(name))),
        }
    }

    /// Removes a file that nobody misses, without waiting for the disk.
    pub fn discard(&self, name: &OsStr) {
        // One that cannot be removed is found to be untrue, or swept, later.
        let _ = self.dir.remove(name);
    }
}
