//! The next best way where a file system or a kernel lacks a call: durability is given
//! up nowhere that the call exists.

use std::io;
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs;
use rustix::io::Errno;
use tempfile::NamedTempFile;

use super::real::RealDir;
use super::{Dir, Disk};

/// The disk of this machine, and whether it could confirm all that it was asked to.
#[derive(Default)]
pub struct MachineDisk(SyncGap);

impl Disk for MachineDisk {
    fn open(&self, folder: &Path) -> io::Result<Box<dyn Dir>> {
        Ok(Box::new(RealDir::open_at(folder, self.0.clone())?))
    }

    fn lacks_folder_sync(&self) -> bool {
        self.0.0.load(Ordering::Relaxed)
    }
}

/// Was a folder met that its file system cannot sync?
#[derive(Clone, Default)]
pub(super) struct SyncGap(Arc<AtomicBool>);

impl SyncGap {
    /// Waits until the names in a folder are on the disk. Where folders cannot be
    /// synced, as on CIFS, the whole file system is, which says less.
    pub(super) fn sync_folder(&self, folder: BorrowedFd) -> io::Result<()> {
        match fs::fsync(folder) {
            Err(e) if is_missing(e) => self.0.store(true, Ordering::Relaxed),
            synced => return Ok(synced?),
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

/// Does this say that there is no such call here, rather than that it failed?
fn is_missing(e: Errno) -> bool {
    matches!(e, Errno::INVAL | Errno::OPNOTSUPP | Errno::NOSYS)
}

/// May another way of giving a file its name work, where linking it failed so?
pub(super) fn cannot_link(e: &io::Error) -> bool {
    let Some(errno) = e.raw_os_error().map(Errno::from_raw_os_error) else { return false };
    // No /proc; no hard links; not across what is mounted here; forbidden to this program.
    is_missing(errno)
        || matches!(errno, Errno::NOENT | Errno::PERM | Errno::XDEV | Errno::ACCESS | Errno::MLINK)
}

/// Gives a file with a passing name its own, which must be free.
pub(super) fn publish_named(file: NamedTempFile, path: &Path) -> io::Result<()> {
    match file.persist_noclobber(path) {
        // Neither a rename that spares what is there nor hard links.
        Err(e) if cannot_link(&e.error) => publish_over_claim(e.file, path),
        published => published.map(drop).map_err(|e| e.error),
    }
}

/// Claims the name with an empty file, which fails where it is taken, and puts the file
/// in its place.
fn publish_over_claim(file: NamedTempFile, path: &Path) -> io::Result<()> {
    std::fs::File::create_new(path)?;
    file.persist(path).map(drop).map_err(|e| {
        // It holds nothing.
        let _ = std::fs::remove_file(path);
        e.error
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{ErrorKind, Write};

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
