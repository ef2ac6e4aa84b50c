//! Putting bytes on disk so that they are there whole or not at all: an
//! unnamed or temporary file, fsync, a name that must be free, fsync of the
//! folder. And so that only their owner reads them: 0600 and 0700.

mod errors;
mod read;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::fs::{self, Mode, OFlags};
use rustix::io::Errno;

use crate::error::{Error, Result};

use read::{bytes_of, is_file, open_at};

pub use errors::DiskError;
pub use read::{Odd, open, read, read_own, read_own_text};

const FILE_MODE: Mode = Mode::RUSR.union(Mode::WUSR);
const FOLDER_MODE: Mode = Mode::RWXU;

/// How a file is called until it has its name.
const UNFINISHED: &str = ".inward-";
/// And one that is to take the place of another.
const REPLACING: &str = ".replacing-";

/// An open folder: what happens in it cannot be led elsewhere by a link that
/// appears meanwhile.
pub struct Folder {
    fd: OwnedFd,
    path: PathBuf,
}

/// A folder held for one change at a time, until this is dropped.
pub struct Lock(#[expect(dead_code, reason = "its descriptor holds the lock")] Folder);

impl Folder {
    /// Opens a folder, making it and its parents where they are missing. The
    /// folder itself may be a link: its place is its owner's choice.
    pub fn make(path: &Path) -> Result<Folder> {
        match Folder::open(path) {
            Err(e) if e.is_not_found() => {}
            opened => return opened,
        }
        let symlink = match std::fs::symlink_metadata(path) {
            // Another process of ours was faster.
            Ok(there) if !there.is_symlink() => return Folder::open(path),
            there => there.is_ok(),
        };
        let Some(name) = path.file_name().filter(|_| !symlink) else {
            return Err(DiskError::NotAFolder { path: path.to_owned(), symlink }.into());
        };
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
        Folder::make(parent.unwrap_or(Path::new(".")))?.make_here(name.as_ref())?;
        Folder::open(path)
    }

    pub fn open(path: &Path) -> Result<Folder> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        match fs::open(path, flags, Mode::empty()) {
            Ok(fd) => Ok(Folder { fd, path: path.to_owned() }),
            Err(Errno::NOTDIR) => {
                Err(DiskError::NotAFolder { path: path.to_owned(), symlink: false }.into())
            }
            Err(e) => Err(DiskError::io("open", path)(e.into())),
        }
    }

    /// Opens a folder inside this one, making it where it is missing, and
    /// never following a link: whoever syncs the journal could have put it there.
    pub fn enter(&self, name: &str) -> Result<Folder> {
        match self.enter_existing(name) {
            Err(Errno::NOENT) => {
                self.make_here(Path::new(name))?;
                self.enter_existing(name).map_err(|e| self.explain(name, e))
            }
            entered => entered.map_err(|e| self.explain(name, e)),
        }
    }

    fn enter_existing(&self, name: &str) -> std::result::Result<Folder, Errno> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = fs::openat(&self.fd, name, flags, Mode::empty())?;
        Ok(Folder { fd, path: self.path.join(name) })
    }

    fn explain(&self, name: &str, errno: Errno) -> Error {
        let path = self.path.join(name);
        match errno {
            Errno::NOTDIR | Errno::LOOP => {
                let symlink = path.symlink_metadata().is_ok_and(|m| m.is_symlink());
                DiskError::NotAFolder { path, symlink }.into()
            }
            other => DiskError::io("open", &path)(other.into()),
        }
    }

    fn make_here(&self, name: &Path) -> Result<()> {
        match fs::mkdirat(&self.fd, name, FOLDER_MODE) {
            // Another process of ours was faster.
            Err(Errno::EXIST) => Ok(()),
            Err(e) => Err(DiskError::io("make the folder", &self.path.join(name))(e.into())),
            Ok(()) => fs::fsync(&self.fd)
                .map_err(|e| DiskError::io("confirm the folder", &self.path.join(name))(e.into())),
        }
    }

    /// How something in it is, without a way through all its parents.
    pub fn about(&self, name: &OsStr) -> Option<fs::Stat> {
        fs::statat(&self.fd, name, fs::AtFlags::SYMLINK_NOFOLLOW).ok()
    }

    /// The same, of an ordinary file.
    pub fn about_file(&self, name: &str) -> Option<fs::Stat> {
        self.about(name.as_ref()).filter(is_file)
    }

    /// The bytes of a file in it, as `read` reads one, and how it was before.
    pub fn read(&self, name: &str, largest: u64) -> std::result::Result<(Vec<u8>, fs::Stat), Odd> {
        let (file, about) = open_at(&self.fd, name.as_ref(), largest)?;
        Ok((bytes_of(file, &about, largest).map_err(Odd::Unreadable)?, about))
    }

    pub fn check_writable(&self) -> Result<()> {
        fs::accessat(&self.fd, ".", fs::Access::WRITE_OK, fs::AtFlags::empty())
            .map_err(|e| DiskError::io("write in", &self.path)(e.into()))
    }

    /// Writes a new file. When this returns, its bytes and its name are on the
    /// disk; where the name was taken, what had it is untouched.
    pub fn publish(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path.join(name);
        let published = match self.publish_unnamed(name, bytes) {
            Err(e) if not_supported(&e) => self.publish_named(&path, bytes),
            published => published,
        };
        published.map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => DiskError::NameTaken { path: path.clone() }.into(),
            _ => DiskError::io("write", &path)(e),
        })?;
        fs::fsync(&self.fd).map_err(|e| DiskError::Unconfirmed { path, source: e.into() }.into())
    }

    /// A file without a name until it is whole: killed at any moment, it
    /// leaves nothing behind.
    #[cfg(target_os = "linux")]
    fn publish_unnamed(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        use std::os::fd::AsRawFd;
        let flags = OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC;
        let mut file = File::from(fs::openat(&self.fd, ".", flags, FILE_MODE)?);
        file.write_all(bytes)?;
        file.sync_all()?;
        let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
        let follow = fs::AtFlags::SYMLINK_FOLLOW;
        match fs::linkat(fs::CWD, &unnamed, &self.fd, name, follow) {
            // No /proc here: the other way needs none.
            Err(Errno::NOENT) => Err(Errno::OPNOTSUPP.into()),
            linked => Ok(linked?),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn publish_unnamed(&self, _name: &str, _bytes: &[u8]) -> io::Result<()> {
        Err(Errno::OPNOTSUPP.into())
    }

    /// Puts a file in the place of another, once `good` has found what lies on
    /// the disk to be as it should; says whether it did. Until then the old
    /// file stands, and a link is neither followed nor replaced.
    pub fn replace(
        &self,
        name: &str,
        bytes: &[u8],
        good: impl FnOnce(&[u8]) -> bool,
    ) -> Result<bool> {
        let path = self.path.join(name);
        if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
            return Err(DiskError::NotAPlainFile { path }.into());
        }
        let replaced = (|| {
            let mut file = tempfile::Builder::new().prefix(REPLACING).tempfile_in(&self.path)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            let there = zeroize::Zeroizing::new(std::fs::read(file.path())?);
            if !good(&there) {
                return Ok(false);
            }
            file.persist(&path).map_err(|e| e.error)?;
            Ok(true)
        })();
        let replaced = replaced.map_err(DiskError::io("write", &path))?;
        fs::fsync(&self.fd).map_err(|e| DiskError::io("confirm", &path)(e.into()))?;
        Ok(replaced)
    }

    /// Holds the folder against others of ours; `None` where one has it. What
    /// a replacing that was killed left there goes first: it may be a key.
    pub fn lock(self) -> Result<Option<Lock>> {
        let locked = fs::flock(&self.fd, fs::FlockOperation::NonBlockingLockExclusive);
        // Some network disks cannot lock; one person alone is there then.
        if locked == Err(Errno::WOULDBLOCK) {
            return Ok(None);
        }
        for left in std::fs::read_dir(&self.path).into_iter().flatten().flatten() {
            if left.file_name().to_string_lossy().starts_with(REPLACING) {
                remove(&left.path())?;
            }
        }
        Ok(Some(Lock(self)))
    }

    fn publish_named(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.path)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map_err(|e| e.error)?;
        Ok(())
    }
}

/// Removes a file for good. One that went meanwhile is gone, too.
pub fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(DiskError::io("remove", path)(e)),
        _ => {
            let folder = Folder::open(folder_of(path))?;
            fs::fsync(&folder.fd).map_err(|e| DiskError::io("confirm", path)(e.into()))
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn not_supported(e: &io::Error) -> bool {
    let errno = e.raw_os_error().map(Errno::from_raw_os_error);
    matches!(errno, Some(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL | Errno::NOSYS))
}

/// What lies in a folder of writings that did not come to their end, or not yet.
pub fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let left = entries.filter(|entry| is_unfinished(&entry.file_name().to_string_lossy()));
    let mut left: Vec<PathBuf> = left.map(|entry| entry.path()).collect();
    left.sort();
    left
}

pub fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED)
}

/// A moment by the clock that stamps the files of a folder.
pub fn moment(folder: &Path) -> Option<SystemTime> {
    let made = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).ok()?;
    made.as_file().metadata().ok()?.modified().ok()
}

/// Removes what writings left in a folder that were killed a day ago, or
/// earlier. Of a younger one it is not known whether it goes on.
pub fn sweep(folder: &Path) {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let left = unfinished(folder);
    let Some(now) = (!left.is_empty()).then(|| moment(folder)).flatten() else { return };
    for path in left {
        let about = path.symlink_metadata().ok().filter(|about| about.is_file());
        let modified = about.and_then(|about| about.modified().ok());
        if modified.and_then(|then| now.duration_since(then).ok()).is_some_and(|age| age > DAY) {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Writes a file of the user's own choosing; an existing one is replaced whole
/// or, without `force`, left alone.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_file(path, force, true, |file| filled(path, file, bytes))
}

/// The same, of what is written while it is made. Where making it fails, there
/// is no file, or the old one.
pub fn write_with<T>(
    path: &Path,
    force: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    write_file(path, force, true, fill)
}

/// Notes what may be lost: whole or not at all, and without waiting for the
/// disk.
pub fn note(path: &Path, bytes: &[u8]) -> Result<()> {
    write_file(path, true, false, |file| filled(path, file, bytes))
}

fn filled(path: &Path, file: &mut dyn Write, bytes: &[u8]) -> Result<()> {
    file.write_all(bytes).map_err(DiskError::io("write", path))
}

fn write_file<T>(
    path: &Path,
    force: bool,
    confirmed: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    // Neither a link nor a pipe is replaced by a file, or written through.
    if path.symlink_metadata().is_ok_and(|there| force && !there.is_file()) {
        return Err(DiskError::NotAPlainFile { path: path.to_owned() }.into());
    }
    let explain = |e: io::Error| match e.kind() {
        ErrorKind::AlreadyExists => DiskError::FileExists { path: path.to_owned() }.into(),
        _ => DiskError::io("write", path)(e),
    };
    let folder = folder_of(path);
    let mut file = Unnamed::make(folder).map_err(explain)?;
    let told = fill(file.as_file())?;
    let named = (|| {
        if confirmed {
            file.as_file().sync_all()?;
        }
        file.name(path, force)?;
        // Its name must outlive a loss of power as well.
        if confirmed { File::open(folder)?.sync_all() } else { Ok(()) }
    })();
    named.map_err(explain)?;
    Ok(told)
}

/// A file that has no name until it is whole. Killed at any moment, it leaves
/// nothing that could be read; but where the disk knows no such files it has one
/// of its own.
enum Unnamed {
    Nameless(File),
    Named(tempfile::NamedTempFile),
}

impl Unnamed {
    fn make(folder: &Path) -> io::Result<Unnamed> {
        #[cfg(target_os = "linux")]
        {
            let flags = OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC;
            match fs::open(folder, flags, FILE_MODE).map_err(io::Error::from) {
                Ok(fd) => return Ok(Unnamed::Nameless(File::from(fd))),
                Err(e) if not_supported(&e) => {}
                Err(e) => return Err(e),
            }
        }
        let named = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        Ok(Unnamed::Named(named))
    }

    fn as_file(&mut self) -> &mut File {
        match self {
            Unnamed::Nameless(file) => file,
            Unnamed::Named(file) => file.as_file_mut(),
        }
    }

    fn name(self, path: &Path, force: bool) -> io::Result<()> {
        match self {
            Unnamed::Named(file) if force => file.persist(path).map(drop).map_err(|e| e.error),
            Unnamed::Named(file) => file.persist_noclobber(path).map(drop).map_err(|e| e.error),
            Unnamed::Nameless(file) if !force => link(&file, path),
            Unnamed::Nameless(file) => {
                // A name of its own for a moment: only so can it take another's.
                let make = |own: &Path| link(&file, own);
                let mut own = tempfile::Builder::new();
                let own = own.prefix(UNFINISHED).make_in(folder_of(path), make)?;
                own.persist(path).map(drop).map_err(|e| e.error)
            }
        }
    }
}

/// Gives a name to a file that has none.
fn link(file: &File, path: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(fs::linkat(fs::CWD, &unnamed, fs::CWD, path, fs::AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folders_and_files_are_their_owners_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::make(&home.path().join("a/b")).unwrap();
        folder.enter("2026").unwrap().publish("x.age", b"bytes").unwrap();
        assert_eq!(mode(&home.path().join("a")), 0o700);
        assert_eq!(mode(&home.path().join("a/b/2026")), 0o700);
        assert_eq!(mode(&home.path().join("a/b/2026/x.age")), 0o600);
    }

    #[test]
    fn a_name_that_is_taken_is_left_as_it_is_by_either_way_of_writing() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::make(home.path()).unwrap();
        folder.publish("x", b"first").unwrap();
        assert!(
            matches!(folder.publish("x", b"second"), Err(e) if matches!(e.of(), Some(DiskError::NameTaken { .. })))
        );
        let path = home.path().join("x");
        let named = folder.publish_named(&path, b"second").unwrap_err();
        assert_eq!(named.kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn many_who_make_a_folder_at_once_all_get_it() {
        for _ in 0..50 {
            let home = tempfile::tempdir().unwrap();
            let path = home.path().join("a/b/c");
            let make = || Folder::make(&path).map(drop).unwrap();
            std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(make))));
        }
    }

    #[test]
    fn a_link_inside_is_not_followed_and_one_to_the_whole_is() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = home.path().join("elsewhere");
        std::fs::create_dir(&elsewhere).unwrap();
        symlink(&elsewhere, home.path().join("journal")).unwrap();
        let journal = Folder::make(&home.path().join("journal")).unwrap();
        symlink(home.path(), elsewhere.join("2026")).unwrap();
        let entered = journal.enter("2026").map(drop);
        assert!(
            matches!(&entered, Err(e) if matches!(e.of(), Some(DiskError::NotAFolder { symlink: true, .. }))),
            "{entered:?}"
        );
    }

    #[test]
    fn a_link_to_nowhere_is_named_and_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        let link = home.path().join("journal");
        symlink("/nowhere/at/all", &link).unwrap();
        let made = Folder::make(&link).map(drop);
        assert!(
            matches!(&made, Err(e) if matches!(e.of(), Some(DiskError::NotAFolder { symlink: true, .. }))),
            "{made:?}"
        );
        assert!(link.is_symlink());
    }
}
