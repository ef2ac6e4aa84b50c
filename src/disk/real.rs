//! The real disk, through descriptors: no step follows a link that appeared since the one
//! before.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{self, AtFlags, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::hold::{HeldFile, Hold, HoldAttempt, hold_file, try_hold_file, try_hold_folder};
use super::missing_calls::SyncGap;
use super::new_file::{NamedFile, UnnamedFile};
use super::{Dir, DirItem, Disk, FileInfo, FileKind, FileStamp, Links, NewFile, ReadError};

const FOLDER_MODE: Mode = Mode::RWXU;
const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// Notes whether a folder couldn't be synced.
#[derive(Default)]
pub struct RealDisk(pub(super) SyncGap);

pub(super) struct RealDir {
    pub(super) fd: OwnedFd,
    pub(super) path: PathBuf,
    gap: SyncGap,
}

impl RealDisk {
    pub(super) fn open_dir(&self, folder: &Path) -> io::Result<RealDir> {
        let fd = fs::open(folder, FOLDER, Mode::empty())?;
        Ok(RealDir { fd, path: folder.to_owned(), gap: self.0.clone() })
    }
}

impl Disk for RealDisk {
    fn open(&self, folder: &Path) -> io::Result<Box<dyn Dir>> {
        Ok(Box::new(self.open_dir(folder)?))
    }

    fn lacks_folder_sync(&self) -> bool {
        self.0.is_noted()
    }
}

impl Dir for RealDir {
    fn open(&self, name: &OsStr) -> io::Result<Box<dyn Dir>> {
        let fd = fs::openat(&self.fd, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())?;
        Ok(Box::new(RealDir { fd, path: self.path.join(name), gap: self.gap.clone() }))
    }

    fn make(&self, name: &OsStr) -> io::Result<()> {
        Ok(fs::mkdirat(&self.fd, name, FOLDER_MODE)?)
    }

    fn list(&self) -> io::Result<Vec<DirItem>> {
        let mut items = Vec::new();
        for entry in fs::Dir::read_from(&self.fd)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems do not say.
                FileType::Unknown => self.about_item(name).map_or(FileKind::Other, |it| it.kind),
                file_type => kind(file_type),
            };
            items.push(DirItem { name: name.to_owned(), kind });
        }
        Ok(items)
    }

    fn about(&self) -> io::Result<FileInfo> {
        Ok(about(&fs::fstat(&self.fd)?))
    }

    fn about_item(&self, name: &OsStr) -> io::Result<FileInfo> {
        Ok(about(&fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    fn read(
        &self,
        name: &OsStr,
        largest: u64,
        links: Links,
    ) -> Result<(Vec<u8>, FileInfo), ReadError> {
        read_at(&self.fd, Path::new(name), largest, links)
    }

    fn open_file(
        &self,
        name: &OsStr,
        links: Links,
    ) -> Result<(Box<dyn Read + Send>, FileInfo), ReadError> {
        let (file, about) = open_at(&self.fd, Path::new(name), links)?;
        Ok((Box::new(file), about))
    }

    fn create(&self) -> io::Result<Box<dyn NewFile + '_>> {
        match UnnamedFile::create(self)? {
            Some(unnamed) => Ok(Box::new(unnamed)),
            None => Ok(Box::new(NamedFile::create(&self.path)?)),
        }
    }

    fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(fs::unlinkat(&self.fd, name, AtFlags::empty())?)
    }

    fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        Ok(fs::unlinkat(&self.fd, name, AtFlags::REMOVEDIR)?)
    }

    fn sync(&self) -> io::Result<()> {
        self.gap.sync_folder(self.fd.as_fd())
    }

    fn check_writable(&self) -> io::Result<()> {
        Ok(fs::accessat(&self.fd, ".", fs::Access::WRITE_OK, AtFlags::empty())?)
    }

    fn lock(&self) -> io::Result<HoldAttempt> {
        try_hold_folder(self.fd.as_fd())
    }

    fn hold(&self, name: &OsStr, hold: Hold) -> Option<HeldFile> {
        hold_file(self.fd.as_fd(), name, hold)
    }

    fn try_hold(&self, name: &OsStr) -> HoldAttempt {
        try_hold_file(self.fd.as_fd(), name)
    }

    #[cfg(target_os = "linux")]
    fn has_reliable_stamps(&self) -> bool {
        const EXT: i128 = 0xEF53;
        const XFS: i128 = 0x5846_5342;
        const BTRFS: i128 = 0x9123_683E;
        const F2FS: i128 = 0xF2F5_2010;
        const ZFS: i128 = 0x2FC1_2FC1;
        const TMPFS: i128 = 0x0102_1994;
        let kind = fs::fstatfs(&self.fd).map(|it| i128::from(it.f_type));
        kind.is_ok_and(|kind| [EXT, XFS, BTRFS, F2FS, ZFS, TMPFS].contains(&kind))
    }

    #[cfg(target_vendor = "apple")]
    fn has_reliable_stamps(&self) -> bool {
        let name = |it: fs::StatFs| it.f_fstypename.map(|c| c as u8);
        fs::fstatfs(&self.fd).is_ok_and(|it| name(it).starts_with(b"apfs\0"))
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn has_reliable_stamps(&self) -> bool {
        false
    }
}

/// The bytes of a regular file. The path's folders may be links, the file may not.
pub fn read(path: &Path, largest: u64) -> Result<Vec<u8>, ReadError> {
    read_at(fs::CWD, path, largest, Links::Refuse).map(|(bytes, _)| bytes)
}

/// The same through any links.
pub(super) fn read_through_links(path: &Path, largest: u64) -> Result<Vec<u8>, ReadError> {
    read_at(fs::CWD, path, largest, Links::Follow).map(|(bytes, _)| bytes)
}

/// Opens a regular file, following links, and returns its length in bytes too.
pub fn open_file(path: &Path) -> Result<(File, u64), ReadError> {
    open_at(fs::CWD, path, Links::Follow).map(|(file, about)| (file, about.stamp.size))
}

fn read_at(
    folder: impl AsFd,
    name: &Path,
    largest: u64,
    links: Links,
) -> Result<(Vec<u8>, FileInfo), ReadError> {
    let (file, about) = open_at(folder, name, links)?;
    if about.stamp.size > largest {
        return Err(ReadError::TooLarge);
    }
    let bytes = read_bytes(file, about.stamp.size, largest);
    Ok((bytes.map_err(ReadError::Unreadable)?, about))
}

/// Opens a regular file, without waiting for the writer of a pipe.
fn open_at(folder: impl AsFd, name: &Path, links: Links) -> Result<(File, FileInfo), ReadError> {
    let follow = match links {
        Links::Refuse => OFlags::NOFOLLOW,
        Links::Follow => OFlags::empty(),
    };
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | follow;
    let fd = rustix::io::retry_on_intr(|| fs::openat(&folder, name, flags, Mode::empty()));
    let fd = fd.map_err(|e| match e {
        Errno::NOENT => ReadError::Gone,
        // A link, or a socket.
        Errno::LOOP | Errno::NXIO => ReadError::NotAFile,
        e => ReadError::Unreadable(e.into()),
    })?;
    let about = about(&fs::fstat(&fd).map_err(|e| ReadError::Unreadable(e.into()))?);
    match about.kind {
        FileKind::File => Ok((File::from(fd), about)),
        FileKind::Folder | FileKind::Link | FileKind::Other => Err(ReadError::NotAFile),
    }
}

/// Reads a file of an expected size. A read that doesn't fill the buffer has met the end,
/// so one call is enough if the size is right.
fn read_bytes(file: File, size: u64, largest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size as usize + 1);
    let read = rustix::io::retry_on_intr(|| {
        rustix::io::read(&file, rustix::buffer::spare_capacity(&mut bytes))
    })?;
    if read as u64 != size {
        file.take(largest.saturating_sub(read as u64)).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn kind(file_type: FileType) -> FileKind {
    match file_type {
        FileType::RegularFile => FileKind::File,
        FileType::Directory => FileKind::Folder,
        FileType::Symlink => FileKind::Link,
        _ => FileKind::Other,
    }
}

#[allow(clippy::unnecessary_cast, reason = "the types of these fields differ by system")]
fn about(stat: &fs::Stat) -> FileInfo {
    // Impossible times are clamped.
    let nanos =
        |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
    FileInfo {
        kind: kind(FileType::from_raw_mode(stat.st_mode)),
        device: stat.st_dev as u64,
        mode: stat.st_mode as u32 & 0o777,
        stamp: FileStamp {
            inode: stat.st_ino as u64,
            size: stat.st_size as u64,
            modified: nanos(stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: nanos(stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        },
    }
}
