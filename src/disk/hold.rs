//! Locks a file that is replaced by renaming. The lock is on the file itself, so readers
//! need no permission to write in its folder, and no lock file is left behind.

use std::ffi::OsStr;
use std::os::fd::{BorrowedFd, OwnedFd};

use rustix::fs::{self, AtFlags, FlockOperation, Mode, OFlags};
use rustix::io::Errno;

/// How a file is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Shared with any number of other processes.
    Shared,
    /// Exclusive.
    Exclusive,
}

/// A file that is locked until this is dropped.
pub struct HeldFile(#[expect(dead_code, reason = "its descriptor holds the lock")] OwnedFd);

/// Waits until the file of this name can be locked. `None` if there is none, or its file
/// system has no locks.
pub(super) fn hold_file(folder: BorrowedFd, name: &OsStr, hold: Hold) -> Option<HeldFile> {
    loop {
        let file = open(folder, name, hold)?;
        lock(&file, hold)?;
        let (locked, current) = (fs::fstat(&file), fs::statat(folder, name, AtFlags::empty()));
        let (locked, current) = locked.ok().zip(current.ok())?;
        // Whoever had it before may have replaced it.
        if (locked.st_dev, locked.st_ino) == (current.st_dev, current.st_ino) {
            return Some(HeldFile(file));
        }
    }
}

/// Network file systems lock exclusively only what is open for writing.
fn open(folder: BorrowedFd, name: &OsStr, hold: Hold) -> Option<OwnedFd> {
    let open = |access| {
        fs::openat(folder, name, access | OFlags::CLOEXEC | OFlags::NONBLOCK, Mode::empty()).ok()
    };
    let writing = (hold == Hold::Exclusive).then(|| open(OFlags::RDWR)).flatten();
    writing.or_else(|| open(OFlags::RDONLY))
}

fn lock(file: &OwnedFd, hold: Hold) -> Option<()> {
    let operation = match hold {
        Hold::Shared => FlockOperation::LockShared,
        Hold::Exclusive => FlockOperation::LockExclusive,
    };
    loop {
        match fs::flock(file, operation) {
            Err(Errno::INTR) => {}
            result => return result.ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsFd;
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn who_waits_for_a_file_gets_the_one_that_took_its_place() {
        let home = tempfile::tempdir().unwrap();
        let folder = std::fs::File::open(home.path()).unwrap();
        let (list, new) = (home.path().join("list"), home.path().join("new"));
        std::fs::write(&list, "old").unwrap();
        std::fs::write(&new, "new").unwrap();
        let shared = hold_file(folder.as_fd(), "list".as_ref(), Hold::Shared).unwrap();
        assert!(hold_file(folder.as_fd(), "list".as_ref(), Hold::Shared).is_some());
        let (sender, receiver) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let alone = hold_file(folder.as_fd(), "list".as_ref(), Hold::Exclusive);
                std::fs::rename(&new, &list).unwrap();
                sender.send(alone.is_some()).unwrap();
            });
            let early = receiver.recv_timeout(Duration::from_millis(200));
            assert!(early.is_err(), "it was not waited for");
            drop(shared);
            assert!(receiver.recv().unwrap());
        });
        // The lock is on the new file.
        let _again = hold_file(folder.as_fd(), "list".as_ref(), Hold::Shared).unwrap();
        assert!(hold_file(folder.as_fd(), "none".as_ref(), Hold::Shared).is_none());
    }
}
