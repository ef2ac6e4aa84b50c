//! The next best way where a file system or kernel lacks a call. Durability is never
//! given up where the call exists.

use std::io;
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs;
use rustix::io::Errno;
use tempfile::NamedTempFile;

/// Was there a folder that its file system can't sync?
#[derive(Clone, Default)]
pub(super) struct SyncGap(Arc<AtomicBool>);

impl SyncGap {
    pub(super) fn is_noted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits until the names in a folder are on the disk. Where folders can't be synced,
    /// as on CIFS, the whole file system is, which guarantees less.
    pub(super) fn sync_folder(&self, folder: BorrowedFd) -> io::Result<()> {
        match fs::fsync(folder) {
            Err(e) if is_missing(e) => self.0.store(true, Ordering::Relaxed),
            result => return Ok(result?),
        }
        match sync_file_system(folder) {
            Err(e) if !is_missing(e) => Err(e.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

#[cfg(target_os = "linux")]
fn sync_file_system(folder: BorrowedFd) -> Result<(), Errno> {
    fs::syncfs(folder)
}

#[cfg(not(target_os = "linux"))]
fn sync_file_system(_: BorrowedFd) -> Result<(), Errno> {
    Err(Errno::NOSYS)
}

/// Does the error say that the call isn't supported here, rather than that it failed?
fn is_missing(e: Errno) -> bool {
    matches!(e, Errno::INVAL | Errno::OPNOTSUPP | Errno::NOSYS)
}

/// May another way of naming a file work after linking failed with this error?
pub(super) fn cannot_link(e: &io::Error) -> bool {
    let Some(errno) = e.raw_os_error().map(Errno::from_raw_os_error) else { return false };
    // No /proc; no hard links; not across mounts; not permitted.
    is_missing(errno)
        || matches!(errno, Errno::NOENT | Errno::PERM | Errno::XDEV | Errno::ACCESS | Errno::MLINK)
}

/// Gives a file with a temporary name its own, which must be free.
pub(super) fn publish_named(file: NamedTempFile, path: &Path) -> io::Result<()> {
    match file.persist_noclobber(path) {
        // Neither no-clobber renames nor hard links are supported.
        Err(e) if cannot_link(&e.error) => publish_over_claim(e.file, path),
        result => result.map(drop).map_err(|e| e.error),
    }
}

/// Claims the name with an empty file, which fails if it's taken, then replaces that.
fn publish_over_claim(file: NamedTempFile, path: &Path) -> io::Result<()> {
    std::fs::File::create_new(path)?;
    file.persist(path).map(drop).map_err(|e| {
        // It's empty.
        let _ = std::fs::remove_file(path);
        e.error
    })
}

#[cfg(test)]
mod tests {
    use super::super::Disk;
    use super::super::real::RealDisk;
    use super::*;
    use std::io::{ErrorKind, Write};
    use std::os::fd::AsFd;

    #[test]
    fn a_folder_that_cannot_be_synced_is_no_failure_and_is_remembered() {
        let home = tempfile::tempdir().unwrap();
        let gap = SyncGap::default();
        let folder = std::fs::File::open(home.path()).unwrap();
        gap.sync_folder(folder.as_fd()).unwrap();
        assert!(!gap.is_noted());
        // A socket can't be synced, as a folder on some network disks.
        let (socket, _other) = std::os::unix::net::UnixStream::pair().unwrap();
        gap.sync_folder(socket.as_fd()).unwrap();
        assert!(RealDisk(gap).lacks_folder_sync() && !RealDisk::default().lacks_folder_sync());
    }

    #[test]
    fn a_folder_whose_sync_failed_is_a_failure_and_no_gap() {
        let home = tempfile::tempdir().unwrap();
        // What was opened for its path alone can't be synced, though the call is there.
        let folder = fs::open(home.path(), fs::OFlags::PATH, fs::Mode::empty()).unwrap();
        let gap = SyncGap::default();
        let failed = gap.sync_folder(folder.as_fd()).unwrap_err();
        assert_eq!(failed.raw_os_error(), Some(Errno::BADF.raw_os_error()));
        assert!(!gap.is_noted());
    }

    #[test]
    fn another_way_is_tried_where_a_call_is_missing_and_not_where_it_failed() {
        let error = |errno: Errno| io::Error::from_raw_os_error(errno.raw_os_error());
        for errno in [Errno::INVAL, Errno::OPNOTSUPP, Errno::NOSYS] {
            assert!(is_missing(errno) && cannot_link(&error(errno)), "{errno}");
        }
        for errno in [Errno::NOENT, Errno::PERM, Errno::XDEV, Errno::ACCESS, Errno::MLINK] {
            assert!(!is_missing(errno) && cannot_link(&error(errno)), "{errno}");
        }
        for errno in [Errno::EXIST, Errno::IO, Errno::NOSPC] {
            assert!(!is_missing(errno) && !cannot_link(&error(errno)), "{errno}");
        }
        assert!(!cannot_link(&ErrorKind::PermissionDenied.into()), "not the system's");
    }

    #[test]
    fn a_name_is_claimed_where_nothing_else_spares_what_has_it() {
        let home = tempfile::tempdir().unwrap();
        let file = |text: &str| {
            let mut file = NamedTempFile::new_in(home.path()).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file
        };
        let path = home.path().join("x");
        publish_over_claim(file("first"), &path).unwrap();
        let second = publish_over_claim(file("second"), &path);
        assert_eq!(second.unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left behind");
    }
}
