//! Holding a file that is replaced by renaming: the lock is on the file itself, so
//! reading needs no permission to write beside it, and none is left behind.

use std::ffi::OsStr;
use std::os::fd::{BorrowedFd, OwnedFd};

use rustix::fs::{self, AtFlags, FlockOperation, Mode, OFlags};
use rustix::io::Errno;

/// With whom a file may be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// With any number of others who share it.
    Shared,
    /// With nobody.
    Alone,
}

/// A file that is held until this is dropped.
pub struct HeldFile(#[expect(dead_code, reason = "its descriptor holds the lock")] OwnedFd);

/// Holds the file that has this name once it may; `None` where there is none, or
/// where its file system has no locks.
pub(super) fn hold_file(folder: BorrowedFd, name: &OsStr, hold: Hold) -> Option<HeldFile> {
    loop {
        let file = open(folder, name, hold)?;
        lock(&file, hold)?;
        let (held, named) = (fs::fstat(&file), fs::statat(folder, name, AtFlags::empty()));
        let (held, named) = held.ok().zip(named.ok())?;
        // Whoever held it before may have put another in its place.
        if (held.st_dev, held.st_ino) == (named.st_dev, named.st_ino) {
            return Some(HeldFile(file));
        }
    }
}

/// Network file systems lock for one alone only what is open for writing.
fn open(folder: BorrowedFd, name: &OsStr, hold: Hold) -> Option<OwnedFd> {
    let open = |access| {
        fs::openat(folder, name, access | OFlags::CLOEXEC | OFlags::NONBLOCK, Mode::empty()).ok()
    };
    let writing = (hold == Hold::Alone).then(|| open(OFlags::RDWR)).flatten();
    writing.or_else(|| open(OFlags::RDONLY))
}

fn lock(file: &OwnedFd, hold: Hold) -> Option<()> {
    let how = match hold {
        Hold::Shared => FlockOperation::LockShared,
        Hold::Alone => FlockOperation::LockExclusive,
    };
    loop {
        match fs::flock(file, how) {
            Err(Errno::INTR) => {}
            locked => return locked.ok(),
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
        let (says, hears) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let alone = hold_file(folder.as_fd(), "list".as_ref(), Hold::Alone);
                std::fs::rename(&new, &list).unwrap();
                says.send(alone.is_some()).unwrap();
            });
            let early = hears.recv_timeout(Duration::from_millis(200));
            assert!(early.is_err(), "it was not waited for");
            drop(shared);
            assert!(hears.recv().unwrap());
        });
        // Not on the file that is gone.
        let _again = hold_file(folder.as_fd(), "list".as_ref(), Hold::Shared).unwrap();
        assert!(hold_file(folder.as_fd(), "none".as_ref(), Hold::Shared).is_none());
    }
}
