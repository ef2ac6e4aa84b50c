//! Bytes on disk, whole or not at all, for their owner alone (0600 and 0700).
//!
//! What the journal, the keys and the state do to files goes through one small
//! seam, [`Disk`]: open, list, read, stamp, create, publish, remove, sync. The real
//! disk stands behind it in use, a simulated one in tests. `Folder` is what
//! the rest of the program holds: it turns each step's failure into our errors.
//! Files of the user's own choosing (exports, backups) are written by
//! `write_with` and its like, which need no seam.

mod errors;
mod folder;
mod hold;
mod missing_calls;
mod new_file;
mod outputs;
mod own;
mod real;
mod unfinished;

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

pub use errors::DiskError;
pub(crate) use folder::{Confirm, Folder, FolderLock};
pub use hold::{HeldFile, Hold};
use missing_calls::MachineDisk;
pub(crate) use outputs::{is_within, make_folder, write, write_with};
pub(crate) use own::read_own_text;
#[cfg(test)]
pub(crate) use real::RealDisk;
pub(crate) use real::{open_file, read};
pub(crate) use unfinished::is_unfinished;

/// A disk, shared by whoever works on it.
pub type DiskRef = Arc<dyn Disk>;

/// The disk of this machine.
pub fn real() -> DiskRef {
    Arc::new(MachineDisk::default())
}

/// Where folders are opened.
pub trait Disk: Send + Sync {
    /// An open folder. Its last part may be a link: its place is its owner's
    /// choice.
    ///
    /// # Errors
    /// The system's; `NotFound` where there is no such folder.
    fn open(&self, folder: &Path) -> io::Result<Box<dyn Dir>>;
    /// Was a folder synced that its file system cannot sync by itself?
    fn lacks_folder_sync(&self) -> bool {
        false
    }
}

/// An open folder: what is opened, listed or read in it cannot be led elsewhere by
/// a link that appears meanwhile.
pub trait Dir: Send + Sync {
    /// A folder in this one; a link is refused.
    ///
    /// # Errors
    /// The system's; `NotADirectory` for a link.
    fn open(&self, name: &OsStr) -> io::Result<Box<dyn Dir>>;
    /// Makes a folder in this one, for its owner alone.
    ///
    /// # Errors
    /// The system's; `AlreadyExists` where the name is taken.
    fn make(&self, name: &OsStr) -> io::Result<()>;
    /// What is in it, in no order.
    ///
    /// # Errors
    /// The system's.
    fn list(&self) -> io::Result<Vec<DirItem>>;
    /// The folder itself.
    ///
    /// # Errors
    /// The system's.
    fn about(&self) -> io::Result<FileInfo>;
    /// Something in it, without following a link.
    ///
    /// # Errors
    /// The system's; `NotFound` where there is none.
    fn about_item(&self, name: &OsStr) -> io::Result<FileInfo>;
    /// The bytes of an ordinary file of at most `largest` bytes, and how it was
    /// when it was opened: neither through a link, unless links are followed, nor
    /// waiting for the writer of a pipe.
    ///
    /// # Errors
    /// What keeps the file from being read.
    fn read(
        &self,
        name: &OsStr,
        largest: u64,
        links: Links,
    ) -> Result<(Vec<u8>, FileInfo), ReadError>;
    /// The same file to be read as it is wanted, however large it is.
    ///
    /// # Errors
    /// What keeps the file from being opened.
    fn open_file(
        &self,
        name: &OsStr,
        links: Links,
    ) -> Result<(Box<dyn Read + Send>, FileInfo), ReadError>;
    /// A new file that is found under no name until it has one.
    ///
    /// # Errors
    /// The system's.
    fn create(&self) -> io::Result<Box<dyn NewFile + '_>>;
    /// Removes a file.
    ///
    /// # Errors
    /// The system's.
    fn remove(&self, name: &OsStr) -> io::Result<()>;
    /// Removes a folder that is empty.
    ///
    /// # Errors
    /// The system's; it must be empty.
    fn remove_folder(&self, name: &OsStr) -> io::Result<()>;
    /// Waits until the names in it are on the disk.
    ///
    /// # Errors
    /// The system's.
    fn sync(&self) -> io::Result<()>;
    /// May files be made in it? Nothing is written to find out.
    ///
    /// # Errors
    /// The system's.
    fn check_writable(&self) -> io::Result<()>;
    /// Locks it against others of ours, until it is closed; says whether it did.
    ///
    /// # Errors
    /// The system's.
    fn lock(&self) -> io::Result<bool>;
    /// Holds a file in it until that is dropped, and waits until it may. `None` where
    /// there is no such file, or no lock to be had.
    fn hold(&self, name: &OsStr, hold: Hold) -> Option<HeldFile>;
    /// Does this kind of file system change a folder's stamp with every change of
    /// its names, as local ones of Linux do? Nothing is known of others.
    fn stamps_tell(&self) -> bool;
}

/// A file that is being written.
pub trait NewFile: Write + Send {
    /// Waits until its bytes are on the disk.
    ///
    /// # Errors
    /// The system's.
    fn sync(&mut self) -> io::Result<()>;
    /// What lies on the disk of it, read back.
    ///
    /// # Errors
    /// The system's.
    fn read_back(&mut self) -> io::Result<Vec<u8>>;
    /// Gives it a name that must be free.
    ///
    /// # Errors
    /// The system's; `AlreadyExists` where the name is taken.
    fn publish(self: Box<Self>, name: &OsStr) -> io::Result<()>;
    /// Gives it a name, in place of the file that has it.
    ///
    /// # Errors
    /// The system's.
    fn replace(self: Box<Self>, name: &OsStr) -> io::Result<()>;
}

/// May a file be reached through a link?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// A link is an error.
    Refuse,
    /// A link is followed.
    Follow,
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DirItem {
    /// Its name in the folder.
    pub name: OsString,
    /// What it is.
    pub kind: FileKind,
}

/// What a name in a folder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What the system tells of a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// What it is.
    pub kind: FileKind,
    /// Which file system it is on.
    pub device: u64,
    /// Permissions, as in 0o600.
    pub mode: u32,
    /// What tells that it changed.
    pub stamp: FileStamp,
}

/// How a file or a folder was at a moment: where any of these differs, it may
/// have changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileStamp {
    /// Its number on its file system.
    pub inode: u64,
    /// In bytes.
    pub size: u64,
    /// `mtime`, in nanoseconds since 1970.
    pub modified: i64,
    /// `ctime`, in nanoseconds since 1970: no program can set it back.
    pub changed: i64,
}

impl FileStamp {
    /// Was it as it is for at least so long before `moment`? Both in nanoseconds.
    /// What lies ahead of it was not: that clock was set back.
    pub fn is_older_than(&self, nanos: i64, moment: i64) -> bool {
        let latest = self.modified.max(self.changed);
        latest.checked_add(nanos).is_some_and(|ripe| ripe <= moment)
    }

    /// Does this file system count parts of a second? One that has none in either
    /// time may well count seconds alone.
    pub fn is_fine(&self) -> bool {
        self.changed % 1_000_000_000 != 0
    }
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// A link, a folder, a pipe, a device.
    NotAFile,
    /// There is no such file any more.
    Gone,
    /// It is larger than the caller takes.
    TooLarge,
    /// The system refused.
    Unreadable(io::Error),
}
