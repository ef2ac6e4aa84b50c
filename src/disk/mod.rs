//! Files on disk: written whole or not at all, for their owner alone (0600 and 0700).
//!
//! The journal, the keys and the state use files through one small trait, [`Disk`]: open,
//! list, read, stamp, create, publish, remove, sync. In use it is the real disk, in tests
//! a simulated one. `Folder` is what the rest of the program uses; it turns failures into
//! our errors. Files of the user's choosing (exports, backups) are written by
//! `write_with` and the like, without the trait.

mod discard;
mod errors;
mod folder;
mod hold;
mod missing_calls;
mod new_file;
mod outputs;
mod real;
mod unfinished;
mod user_file;

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

pub use errors::DiskError;
pub(crate) use folder::{Confirm, Folder, FolderLock};
pub use hold::{HeldFile, Hold, HoldAttempt};
pub(crate) use outputs::{file_name, is_within, make_folder, with_file_path, write, write_with};
pub(crate) use real::{RealDisk, open_file, read};
pub(crate) use unfinished::is_unfinished;
pub(crate) use user_file::read_user_text;

/// A shared disk.
pub type DiskRef = Arc<dyn Disk>;

/// The disk of this machine.
pub fn real() -> DiskRef {
    Arc::new(RealDisk::default())
}

/// A disk.
pub trait Disk: Send + Sync {
    /// Opens a folder. The last part of its path may be a link: where it is, is its
    /// owner's choice.
    ///
    /// # Errors
    /// The system's; `NotFound` if there is no such folder.
    fn open(&self, folder: &Path) -> io::Result<Box<dyn Dir>>;
    /// Was there a folder that its file system can't sync?
    fn lacks_folder_sync(&self) -> bool {
        false
    }
    /// Random bytes for the name of a new file.
    ///
    /// # Errors
    /// The system's, if it gives none.
    fn random_bytes(&self) -> io::Result<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(bytes)
    }
}

/// An open folder. No link that appears meanwhile can redirect what is done in it.
pub trait Dir: Send + Sync {
    /// Opens a folder in this one; a link is an error.
    ///
    /// # Errors
    /// The system's; `NotADirectory` for a link.
    fn open(&self, name: &OsStr) -> io::Result<Box<dyn Dir>>;
    /// Makes a folder in this one, for its owner alone.
    ///
    /// # Errors
    /// The system's; `AlreadyExists` if the name is taken.
    fn make(&self, name: &OsStr) -> io::Result<()>;
    /// Lists it, in no particular order.
    ///
    /// # Errors
    /// The system's.
    fn list(&self) -> io::Result<Vec<DirItem>>;
    /// Info about the folder itself.
    ///
    /// # Errors
    /// The system's.
    fn about(&self) -> io::Result<FileInfo>;
    /// Info about something in it, without following links.
    ///
    /// # Errors
    /// The system's; `NotFound` if there is none.
    fn about_item(&self, name: &OsStr) -> io::Result<FileInfo>;
    /// The bytes of a regular file of at most `largest` bytes, and its info when it was
    /// opened. Doesn't wait for the writer of a pipe.
    ///
    /// # Errors
    /// Why the file can't be read.
    fn read(
        &self,
        name: &OsStr,
        largest: u64,
        links: Links,
    ) -> Result<(Vec<u8>, FileInfo), ReadError>;
    /// Opens a regular file of any size for reading.
    ///
    /// # Errors
    /// Why the file can't be opened.
    fn open_file(
        &self,
        name: &OsStr,
        links: Links,
    ) -> Result<(Box<dyn Read + Send>, FileInfo), ReadError>;
    /// Makes a file that has no name yet.
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
    /// Checks that files can be made in it, without writing anything.
    ///
    /// # Errors
    /// The system's.
    fn check_writable(&self) -> io::Result<()>;
    /// Locks it against other processes of inward, if nobody else has it.
    ///
    /// # Errors
    /// The system's.
    fn lock(&self) -> io::Result<HoldAttempt>;
    /// Waits for a lock on a file in it. `None` if there's no such file, or it can't be
    /// locked.
    fn hold(&self, name: &OsStr, hold: Hold) -> Option<HeldFile>;
    /// Locks a file in it exclusively, without waiting for whoever has it.
    fn try_hold(&self, _: &OsStr) -> HoldAttempt {
        HoldAttempt::NoLock
    }
    /// Does this kind of file system change a folder's stamp with every change of its
    /// names, as local ones on Linux do? False for unknown ones.
    fn has_reliable_stamps(&self) -> bool;
}

/// A file that is being written.
pub trait NewFile: Write + Send {
    /// Waits until its bytes are on the disk.
    ///
    /// # Errors
    /// The system's.
    fn sync(&mut self) -> io::Result<()>;
    /// The bytes, read back from the disk.
    ///
    /// # Errors
    /// The system's.
    fn read_back(&mut self) -> io::Result<Vec<u8>>;
    /// Gives it a name that must be free.
    ///
    /// # Errors
    /// The system's; `AlreadyExists` if the name is taken.
    fn publish(self: Box<Self>, name: &OsStr) -> io::Result<()>;
    /// Gives it a name, replacing any file with that name.
    ///
    /// # Errors
    /// The system's.
    fn replace(self: Box<Self>, name: &OsStr) -> io::Result<()>;
    /// The same, and locks it before it has the name, so that nobody else can be faster.
    /// Without a lock where there are none.
    ///
    /// # Errors
    /// The system's.
    fn replace_held(self: Box<Self>, name: &OsStr) -> io::Result<Option<HeldFile>> {
        self.replace(name).map(|()| None)
    }
}

/// May a file be reached through a link?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// A link is an error.
    Refuse,
    /// A link is followed.
    Follow,
}

/// An item in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DirItem {
    /// Its name in the folder.
    pub name: OsString,
    /// What it is.
    pub kind: FileKind,
}

/// The kind of an item in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link to anything.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// The system's information about a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// What it is.
    pub kind: FileKind,
    /// The number of its file system.
    pub device: u64,
    /// Permissions, as in 0o600.
    pub mode: u32,
    /// Its stamp, which shows changes.
    pub stamp: FileStamp,
}

/// A file's or folder's state at a moment: if any part of it differs later, there may
/// have been a change.
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
    /// Had it been unchanged for at least `nanos` at `moment`, in nanoseconds since 1970?
    /// False if it's newer than that, as after the clock was set back.
    pub fn is_older_than(&self, nanos: i64, moment: i64) -> bool {
        let latest = self.modified.max(self.changed);
        latest.checked_add(nanos).is_some_and(|end| end <= moment)
    }

    /// Does this file system count fractions of a second? A whole second may be a
    /// coincidence, but is taken for a no.
    pub fn is_fine(&self) -> bool {
        self.changed % 1_000_000_000 != 0
    }
}

/// Why a file couldn't be read.
#[derive(Debug)]
pub enum ReadError {
    /// A link, a folder, a pipe, a device.
    NotAFile,
    /// There is no such file any more.
    Gone,
    /// It's larger than the caller's limit.
    TooLarge,
    /// The system refused.
    Unreadable(io::Error),
}

#[cfg(test)]
mod tests {
    use super::FileStamp;

    #[test]
    fn a_stamp_is_fine_where_the_disk_counts_parts_of_a_second() {
        let at = |changed| FileStamp { inode: 7, size: 2, modified: 1_500_000_000, changed };
        assert!(at(1_500_000_000).is_fine() && at(1_000_000_001).is_fine());
        assert!(!at(2_000_000_000).is_fine() && !at(0).is_fine());
    }
}
