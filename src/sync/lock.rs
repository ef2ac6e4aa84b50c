//! One sync at a time, and the locks that a killed git leaves behind.
//!
//! git locks with files that end in `.lock` and removes them when it ends; a killed one
//! leaves them, and every later git refuses. Our own lock is the kernel's and every git
//! that we start inherits it, so it says whether one is still running.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use crate::disk::DiskError;
use crate::error::Result;
use crate::sync::SyncError;

/// How long to wait for a sync that may be about to end.
const PATIENCE: Duration = Duration::from_secs(1);

/// Held by a sync and by every git that it starts, until the last of them has ended.
#[derive(Clone)]
pub struct SyncLock {
    file: Arc<File>,
    /// False on a file system without locks.
    is_exclusive: bool,
}

impl SyncLock {
    /// # Errors
    /// `Busy`, where another sync or a git of its own still lives.
    pub fn take(path: &Path) -> Result<SyncLock> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        let file = options.open(path).map_err(DiskError::io("write", path))?;
        let start = Instant::now();
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Err(Errno::WOULDBLOCK) if start.elapsed() < PATIENCE => sleep(PATIENCE / 10),
                Err(Errno::WOULDBLOCK) => return Err(SyncError::Busy.into()),
                // No locks here. Two syncs at once may fail, and lose nothing.
                result => return Ok(SyncLock { file: file.into(), is_exclusive: result.is_ok() }),
            }
        }
    }

    /// The lock as a child's empty standard input. Background processes such as an agent
    /// or a daemon close that.
    pub fn stdin(&self) -> io::Result<Stdio> {
        Ok(self.file.try_clone()?.into())
    }

    /// The lock for children whose standard input is in use: whatever is started while
    /// this descriptor exists inherits it.
    pub fn inheritable(&self) -> io::Result<OwnedFd> {
        // Unlike `try_clone`, without close-on-exec.
        Ok(rustix::io::dup(&self.file)?)
    }

    /// Removes the locks that a killed git left in a repository of our own.
    pub fn recover(&self, repository: &Path) -> Result<()> {
        if !self.is_exclusive {
            return Ok(());
        }
        for path in git_locks(repository) {
            match std::fs::remove_file(&path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    return Err(DiskError::io("remove", &path)(e));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The lock files in a repository. No branch can have such a name.
pub fn git_locks(repository: &Path) -> Vec<PathBuf> {
    let objects = repository.join("objects");
    let mut locks = Vec::new();
    let mut folders = vec![repository.to_owned()];
    while let Some(folder) = folders.pop() {
        let is_of_objects = folder == objects;
        for item in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(kind) = item.file_type() else { continue };
            let name = item.file_name();
            if kind.is_file() && name.as_encoded_bytes().ends_with(b".lock") {
                locks.push(item.path());
            } else if kind.is_dir() && !(is_of_objects && holds_objects(&name)) {
                folders.push(item.path());
            }
        }
    }
    locks.sort();
    locks
}

/// Is it a folder of objects, named by two hexadecimal digits? There may be thousands of
/// files in those. Outside `objects`, such a name is part of a branch's.
fn holds_objects(name: &std::ffi::OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.len() == 2 && name.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn the_lock_lives_as_long_as_a_child_that_was_given_it() {
        let folder = tempfile::tempdir().unwrap();
        let (path, repository) = (folder.path().join("lock"), folder.path().join("x.git"));
        let stale = [
            "HEAD.lock",
            "refs/heads/a/main.lock",
            "refs/inward/be/main.lock",
            "refs/inward/objects/be/main.lock",
            "objects/maintenance.lock",
        ];
        for name in stale.iter().chain(&["refs/heads/main", "objects/ab/cd"]) {
            let file = repository.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        let sleep = |lock: &SyncLock, by_stdin: bool| {
            let mut command = Command::new("sleep");
            command.arg("60").stdin(if by_stdin { lock.stdin().unwrap() } else { Stdio::piped() });
            let _held = (!by_stdin).then(|| lock.inheritable().unwrap());
            command.spawn().unwrap()
        };
        for by_stdin in [true, false] {
            let lock = SyncLock::take(&path).unwrap();
            let mut child = sleep(&lock, by_stdin);
            drop(lock);
            let busy = SyncLock::take(&path).err().unwrap();
            assert!(matches!(busy.of(), Some(SyncError::Busy)), "{by_stdin}");
            child.kill().unwrap();
            child.wait().unwrap();
            let lock = SyncLock::take(&path).unwrap();
            if !by_stdin {
                assert_eq!(git_locks(&repository).len(), stale.len());
                lock.recover(&repository).unwrap();
                assert!(git_locks(&repository).is_empty());
                assert!(repository.join("refs/heads/main").exists());
            }
        }
    }
}
