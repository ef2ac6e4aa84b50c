//! A folder on a disk. Every change is whole or not at all, and every failure is one of
//! our errors.

#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::disk::DiskError;
use crate::error::Result;

use super::unfinished::REPLACING;
use super::user_file::{LARGEST_USER_FILE, user_file_error};
use super::{
    Dir, DirItem, Disk, FileInfo, FileKind, HeldFile, Hold, HoldAttempt, Links, ReadError,
};

/// The bytes and info of a file, or why it can't be read.
pub type ReadResult = std::result::Result<(Vec<u8>, FileInfo), ReadError>;

/// An open folder and its path.
pub struct Folder {
    pub(super) dir: Box<dyn Dir>,
    pub(super) path: PathBuf,
}

/// A folder locked for one change, until this is dropped.
pub struct FolderLock(#[expect(dead_code, reason = "it unlocks when dropped")] HoldAttempt);

/// May a new file replace one with the same name?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameClash {
    Fail,
    Replace,
}

/// Must a written file survive a power failure?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirm {
    Yes,
    /// Only the bytes: after a power cut the earlier file may be found, never half of one.
    Bytes,
    /// No: if it's lost, it is made again.
    No,
}

impl Folder {
    /// Opens a folder, making it and its parents if they are missing. The folder itself
    /// may be a link: where it is, is its owner's choice.
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
        if parent.dir.about_item(name).is_ok_and(|info| info.kind == FileKind::Link) {
            // A dangling link, or it would have been opened.
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
                Err(DiskError::not_a_folder(path).into())
            }
            Err(e) => Err(DiskError::io("open", path)(e)),
        }
    }

    /// Opens a folder; `None` if there is none.
    pub fn find(disk: &dyn Disk, path: &Path) -> Result<Option<Folder>> {
        match Folder::open(disk, path) {
            Err(e) if e.is_not_found() => Ok(None),
            result => result.map(Some),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder in this one, making it if it's missing. Links are never followed,
    /// as whoever syncs the journal could have put them there.
    pub fn enter(&self, name: &str) -> Result<Folder> {
        let folder = match self.open_inner(name.as_ref()) {
            Err(e) if e.kind() == ErrorKind::NotFound => {
                self.make_here(name.as_ref())?;
                self.open_inner(name.as_ref())
            }
            folder => folder,
        };
        folder.map_err(|e| {
            let path = self.path.join(name);
            match self.dir.about_item(name.as_ref()).map(|it| it.kind) {
                Ok(FileKind::Folder) | Err(_) => DiskError::io("open", &path)(e),
                Ok(kind) => DiskError::NotAFolder { path, symlink: kind == FileKind::Link }.into(),
            }
        })
    }

    /// Opens a folder in this one; a link is an error.
    pub fn open_inner(&self, name: &OsStr) -> io::Result<Folder> {
        Ok(Folder { dir: self.dir.open(name)?, path: self.path.join(name) })
    }

    fn make_here(&self, name: &OsStr) -> Result<()> {
        let path = || self.path.join(name);
        match self.dir.make(name) {
            // Another process was faster.
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

    pub fn has_reliable_stamps(&self) -> bool {
        self.dir.has_reliable_stamps()
    }

    /// The bytes of one of the journal's files; a link is an error.
    pub fn read(&self, name: &OsStr, largest: u64) -> ReadResult {
        self.dir.read(name, largest, Links::Refuse)
    }

    /// Opens one of the journal's files for reading; a link is an error.
    pub fn open_file(
        &self,
        name: &OsStr,
    ) -> std::result::Result<(Box<dyn Read + Send>, FileInfo), ReadError> {
        self.dir.open_file(name, Links::Refuse)
    }

    /// Writes a new file. When this returns, its bytes and its name are on the disk. If
    /// the name is taken, the file with that name is untouched.
    ///
    /// # Errors
    /// `NameTaken`; `Unconfirmed` if it's there without the disk's confirmation; `Io` for
    /// everything else, and then there's no such file.
    pub fn publish(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.write_file(name.as_ref(), NameClash::Fail, Confirm::Yes, self.write_new(name, bytes))
    }

    /// The same with a function that writes the file.
    ///
    /// # Errors
    /// As [`Folder::publish`], and those of `fill`.
    pub fn publish_with<T>(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        self.write_file(name.as_ref(), NameClash::Fail, Confirm::Yes, fill)
    }

    /// Writes a file, replacing any with the same name.
    ///
    /// # Errors
    /// `NotAPlainFile` if something else has the name, or `Io`.
    pub fn put(&self, name: &str, bytes: &[u8], confirm: Confirm) -> Result<()> {
        self.write_file(name.as_ref(), NameClash::Replace, confirm, self.write_new(name, bytes))
    }

    /// The same, confirmed, and locked from before it has the name; see
    /// [`NewFile::replace_held`](super::NewFile::replace_held).
    /// A failure names the folder: the name of a draft's file tells nobody anything.
    pub fn put_held(&self, name: &str, bytes: &[u8]) -> Result<Option<HeldFile>> {
        self.check_plain_file(name.as_ref())?;
        let put = (|| {
            let mut file = self.dir.create()?;
            file.write_all(bytes)?;
            file.sync()?;
            file.replace_held(name.as_ref())
        })();
        let held = put.map_err(DiskError::io("write in", &self.path))?;
        self.dir.sync().map_err(DiskError::io("confirm", &self.path))?;
        Ok(held)
    }

    fn write_new<'a>(
        &'a self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> impl FnOnce(&mut dyn Write) -> Result<()> + 'a {
        move |file| file.write_all(bytes).map_err(DiskError::io("write", &self.path.join(name)))
    }

    /// Writes a file with `fill`, then gives it its name.
    pub(super) fn write_file<T>(
        &self,
        name: &OsStr,
        if_taken: NameClash,
        confirm: Confirm,
        fill: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        let path = self.path.join(name);
        let write_error = |e: io::Error| match e.kind() {
            ErrorKind::AlreadyExists => DiskError::NameTaken { path: path.clone() }.into(),
            _ => DiskError::io("write", &path)(e),
        };
        if if_taken == NameClash::Replace {
            self.check_plain_file(name)?;
        }
        let mut file = self.dir.create().map_err(write_error)?;
        let result = fill(&mut file)?;
        match confirm {
            Confirm::Yes | Confirm::Bytes => file.sync().map_err(write_error)?,
            Confirm::No => {}
        }
        match if_taken {
            NameClash::Fail => file.publish(name),
            NameClash::Replace => file.replace(name),
        }
        .map_err(write_error)?;
        match (confirm, if_taken) {
            (Confirm::Bytes | Confirm::No, _) => Ok(()),
            (Confirm::Yes, NameClash::Fail) => {
                self.dir.sync().map_err(|source| DiskError::Unconfirmed { path, source }.into())
            }
            (Confirm::Yes, NameClash::Replace) => {
                self.dir.sync().map_err(DiskError::io("confirm", &path))
            }
        }?;
        Ok(result)
    }

    /// Replaces a file once `good` has accepted the new bytes as read back from the disk;
    /// returns whether it did. Until then, the old file stays.
    pub fn replace(
        &self,
        name: &str,
        bytes: &[u8],
        is_good: impl FnOnce(&[u8]) -> bool,
    ) -> Result<bool> {
        let path = self.path.join(name);
        self.check_plain_file(name.as_ref())?;
        let replaced = (|| {
            let mut file = self.dir.create()?;
            file.write_all(bytes)?;
            file.sync()?;
            if !is_good(&Zeroizing::new(file.read_back()?)) {
                return Ok(false);
            }
            file.replace(name.as_ref())?;
            Ok(true)
        })();
        let replaced = replaced.map_err(DiskError::io("write", &path))?;
        self.dir.sync().map_err(DiskError::io("confirm", &path))?;
        Ok(replaced)
    }

    /// Checks that files can be made in it.
    pub fn check_writable(&self) -> Result<()> {
        self.dir.check_writable().map_err(DiskError::io("write in", &self.path))
    }

    /// The bytes of a file of settings or keys, following links, which are its owner's.
    pub fn read_user_file(&self, name: &str) -> io::Result<Vec<u8>> {
        let read = self.dir.read(name.as_ref(), LARGEST_USER_FILE, Links::Follow);
        read.map(|(bytes, _)| bytes).map_err(user_file_error)
    }

    /// Locks the folder against other processes of inward; `None` if one has it. First
    /// removes what a killed replacement left: it may be a key.
    pub fn lock(self) -> Result<Option<FolderLock>> {
        let held = self.dir.lock().map_err(DiskError::io("lock", &self.path))?;
        if matches!(held, HoldAttempt::Busy) {
            return Ok(None);
        }
        for item in self.dir.list().unwrap_or_default() {
            let name = item.name.to_string_lossy();
            if name.starts_with(REPLACING) {
                self.remove(&name)?;
            }
        }
        Ok(Some(FolderLock(held)))
    }

    /// Locks a file in it; see [`Dir::hold`].
    pub fn hold(&self, name: &str, hold: Hold) -> Option<HeldFile> {
        self.dir.hold(name.as_ref(), hold)
    }

    /// Locks a file in it, without waiting; see [`Dir::try_hold`].
    pub fn try_hold(&self, name: &str) -> HoldAttempt {
        self.dir.try_hold(name.as_ref())
    }

    /// Refuses to replace or write through anything but a regular file.
    ///
    /// # Errors
    /// `NotAPlainFile`; nothing where there's no such file.
    pub fn check_plain_file(&self, name: &OsStr) -> Result<()> {
        match self.dir.about_item(name) {
            Ok(info) if info.kind != FileKind::File => {
                Err(DiskError::NotAPlainFile { path: self.path.join(name) }.into())
            }
            _ => Ok(()),
        }
    }

    /// Removes a file for good. A file that doesn't exist counts as removed.
    pub fn remove(&self, name: &str) -> Result<()> {
        self.remove_item(name.as_ref())
    }

    /// The same with a name that may not be UTF-8.
    pub fn remove_item(&self, name: &OsStr) -> Result<()> {
        match self.dir.remove(name) {
            Err(e) if e.kind() != ErrorKind::NotFound => {
                Err(DiskError::io("remove", &self.path.join(name))(e))
            }
            _ => self.dir.sync().map_err(DiskError::io("confirm", &self.path.join(name))),
        }
    }
}
