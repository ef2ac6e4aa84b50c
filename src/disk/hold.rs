//! Locks a file that is replaced by renaming. The lock is on the file itself, so readers
//! need no permission to write in its folder, and no lock file is left behind.

use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

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

/// A file or a folder that is locked until this is dropped.
pub struct HeldFile {
    file: OwnedFd,
    hold: Hold,
}

impl Drop for HeldFile {
    /// Closing it is not enough: a process that another thread is just starting has a copy of
    /// the descriptor until it becomes another program, and with it the lock. It is enough
    /// where the lock is shared: whoever wants it alone waits for that.
    fn drop(&mut self) {
        if self.hold == Hold::Exclusive {
            let _ = fs::flock(&self.file, FlockOperation::Unlock);
        }
    }
}

/// What came of trying to lock a file without waiting.
pub enum HoldAttempt {
    /// It's locked until this is dropped.
    Held(HeldFile),
    /// Another process has it.
    Busy,
    /// There is no such file, or its file system has no locks.
    NoLock,
}

/// Locks a file that is about to get its name. `None` where there are no locks.
pub(super) fn hold_new(file: impl AsFd) -> Option<HeldFile> {
    let file = file.as_fd().try_clone_to_owned().ok()?;
    fs::flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(HeldFile { file, hold: Hold::Exclusive })
}

/// Locks the file of this name exclusively, if nobody else has it.
pub(super) fn try_hold_file(folder: BorrowedFd, name: &OsStr) -> HoldAttempt {
    loop {
        let Some(file) = open(folder, name, Hold::Exclusive) else { return HoldAttempt::NoLock };
        match fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::INTR) => continue,
            Err(Errno::WOULDBLOCK) => return HoldAttempt::Busy,
            Err(_) => return HoldAttempt::NoLock,
            Ok(()) => {}
        }
        match is_current(&file, folder, name) {
            Some(true) => return HoldAttempt::Held(HeldFile { file, hold: Hold::Exclusive }),
            // Whoever had it before has just replaced it.
            Some(false) => {}
            None => return HoldAttempt::NoLock,
        }
    }
}

/// Locks a folder, if nobody else has it.
pub(super) fn try_hold_folder(folder: BorrowedFd) -> io::Result<HoldAttempt> {
    Ok(match fs::flock(folder, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => {
            let file = folder.try_clone_to_owned()?;
            HoldAttempt::Held(HeldFile { file, hold: Hold::Exclusive })
        }
        Err(Errno::WOULDBLOCK) => HoldAttempt::Busy,
        Err(_) => HoldAttempt::NoLock,
    })
}

/// Is the file of this name still the one that was opened? `None` if there is none.
fn is_current(file: &OwnedFd, folder: BorrowedFd, name: &OsStr) -> Option<bool> {
    let (opened, named) = (fs::fstat(file), fs::statat(folder, name, AtFlags::empty()));
    let (opened, named) = opened.ok().zip(named.ok())?;
    Some((opened.st_dev, opened.st_ino) == (named.st_dev, named.st_ino))
}

/// Waits until the file of this name can be locked. `None` if there is none, or its file
/// system has no locks.
pub(super) fn hold_file(folder: BorrowedFd, name: &OsStr, hold: Hold) -> Option<HeldFile> {
    loop {
        let file = open(folder, name, hold)?;
        lock(&file, hold)?;
        // Whoever had it before may have replaced it.
        if is_current(&file, folder, name)? {
            return Some(HeldFile { file, hold });
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
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn what_was_let_go_is_free_while_a_process_that_starts_still_has_a_copy() {
        let home = tempfile::tempdir().unwrap();
        let open = || std::fs::File::open(home.path()).unwrap();
        let folder = open();
        let HoldAttempt::Held(held) = try_hold_folder(folder.as_fd()).unwrap() else {
            panic!("it is free")
        };
        let other = open();
        assert!(matches!(try_hold_folder(other.as_fd()).unwrap(), HoldAttempt::Busy));
        let _copy = held.file.try_clone().unwrap();
        drop(held);
        assert!(matches!(try_hold_folder(other.as_fd()).unwrap(), HoldAttempt::Held(_)));
    }

    #[test]
    fn a_file_is_held_from_before_it_has_its_name_until_its_process_lets_go() {
        let home = tempfile::tempdir().unwrap();
        let folder = std::fs::File::open(home.path()).unwrap();
        let (draft, new) = (home.path().join("draft"), home.path().join("new"));
        let attempt = || try_hold_file(folder.as_fd(), "draft".as_ref());
        assert!(matches!(attempt(), HoldAttempt::NoLock), "there is none");
        let file = std::fs::File::create(&new).unwrap();
        let held = hold_new(&file);
        drop(file);
        std::fs::rename(&new, &draft).unwrap();
        assert!(held.is_some() && matches!(attempt(), HoldAttempt::Busy));
        drop(held);
        let HoldAttempt::Held(_held) = attempt() else { panic!("it is free") };
        assert!(matches!(attempt(), HoldAttempt::Busy));
    }

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
