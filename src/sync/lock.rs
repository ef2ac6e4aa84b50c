//! One sync at a time, and what a git that was killed alone leaves behind.
//!
//! git keeps others out with files that end in `.lock`, and takes them away as it
//! ends; killed, it leaves them, and every later git refuses. Whether a git still
//! lives is known by our own lock, which is the kernel's: each git holds it too.

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

/// How long a sync that is at its end is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Held by one sync and by every git that it started, until the last of them has
/// ended, however that was.
#[derive(Clone)]
pub struct SyncLock {
    file: Arc<File>,
    /// A file system without locks keeps nobody out.
    is_exclusive: bool,
}

impl SyncLock {
    /// # Errors
    /// `Busy`, where another sync or a git of its own still lives.
    pub fn take(path: &Path) -> Result<SyncLock> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        let file = options.open(path).map_err(DiskError::io("write", path))?;
        let begun = Instant::now();
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Err(Errno::WOULDBLOCK) if begun.elapsed() < PATIENCE => sleep(PATIENCE / 10),
                Err(Errno::WOULDBLOCK) => return Err(SyncError::Busy.into()),
                // Two at once disturb each other, and lose nothing.
                taken => return Ok(SyncLock { file: file.into(), is_exclusive: taken.is_ok() }),
            }
        }
    }

    /// The lock as a child's standard input, which is empty. What stays in the
    /// background closes that, as an agent or a daemon does.
    pub fn stdin(&self) -> io::Result<Stdio> {
        Ok(self.file.try_clone()?.into())
    }

    /// The lock for a child whose standard input is needed: whatever is started
    /// while this lives inherits it.
    pub fn inheritable(&self) -> io::Result<OwnedFd> {
        // Unlike `try_clone`, without close-on-exec.
        Ok(rustix::io::dup(&self.file)?)
    }

    /// Removes what a killed git left in a repository that is ours alone.
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

/// git's locks in a repository. No branch can have such a name.
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

/// Folders of two hexadecimal digits hold objects, of which there may be thousands;
/// elsewhere they are parts of branches' names.
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
