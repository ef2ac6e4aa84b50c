//! A new file on the real disk: without a name until it's whole, or where that isn't
//! supported, with a temporary one.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::AsRawFd;
use std::path::Path;

use rustix::fs::{self, AtFlags, Mode, OFlags};
use rustix::io::Errno;
use tempfile::NamedTempFile;

use super::NewFile;
use super::hold::{HeldFile, hold_new};
use super::missing_calls::{cannot_link, publish_named};
use super::real::RealDir;
use super::unfinished::{REPLACING, UNFINISHED};

const FILE_MODE: Mode = Mode::RUSR.union(Mode::WUSR);

/// A file without a name until it's whole: a killed process leaves nothing behind.
pub(super) struct UnnamedFile<'d> {
    file: File,
    dir: &'d RealDir,
}

impl<'d> UnnamedFile<'d> {
    /// `None` if the file system doesn't support such files.
    #[cfg(target_os = "linux")]
    pub(super) fn create(dir: &'d RealDir) -> io::Result<Option<UnnamedFile<'d>>> {
        // Readable too: if it can't be linked, it is copied.
        let flags = OFlags::RDWR | OFlags::TMPFILE | OFlags::CLOEXEC;
        match fs::openat(&dir.fd, ".", flags, FILE_MODE) {
            Ok(fd) => Ok(Some(UnnamedFile { file: File::from(fd), dir })),
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL | Errno::NOSYS) => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn create(_: &'d RealDir) -> io::Result<Option<UnnamedFile<'d>>> {
        Ok(None)
    }

    fn link(&self, name: &Path) -> io::Result<()> {
        let unnamed = format!("/proc/self/fd/{}", self.file.as_raw_fd());
        Ok(fs::linkat(fs::CWD, &unnamed, &self.dir.fd, name, AtFlags::SYMLINK_FOLLOW)?)
    }

    /// Gives it a temporary name first: only a rename can replace a file.
    fn rename(&self, name: &OsStr) -> io::Result<()> {
        let link = |path: &Path| self.link(path.file_name().map(Path::new).unwrap_or(path));
        let linked = tempfile::Builder::new().prefix(REPLACING).make_in(&self.dir.path, link)?;
        linked.persist(self.dir.path.join(name)).map(drop).map_err(|e| e.error)
    }

    /// Copies the bytes to a file with a temporary name, which needs neither /proc nor
    /// links.
    fn into_named(mut self) -> io::Result<NamedFile<'d>> {
        let mut named = NamedFile::create(&self.dir.path)?;
        self.file.rewind()?;
        io::copy(&mut self.file, &mut named.file)?;
        named.sync()?;
        Ok(named)
    }
}

impl Write for UnnamedFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl NewFile for UnnamedFile<'_> {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_all()
    }

    fn read_back(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.rewind()?;
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn publish(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        match self.link(Path::new(name)) {
            Err(e) if cannot_link(&e) => Box::new(self.into_named()?).publish(name),
            linked => linked,
        }
    }

    fn replace(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        match self.rename(name) {
            Err(e) if cannot_link(&e) => Box::new(self.into_named()?).replace(name),
            renamed => renamed,
        }
    }

    fn replace_held(self: Box<Self>, name: &OsStr) -> io::Result<Option<HeldFile>> {
        let held = hold_new(&self.file);
        match self.rename(name) {
            // The lock isn't on the copy.
            Err(e) if cannot_link(&e) => Box::new(self.into_named()?).replace_held(name),
            renamed => renamed.map(|()| held),
        }
    }
}

/// A file with a temporary name that marks it as unfinished.
pub(super) struct NamedFile<'d> {
    file: NamedTempFile,
    folder: &'d Path,
}

impl<'d> NamedFile<'d> {
    pub(super) fn create(folder: &'d Path) -> io::Result<NamedFile<'d>> {
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        Ok(NamedFile { file, folder })
    }
}

impl Write for NamedFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl NewFile for NamedFile<'_> {
    fn sync(&mut self) -> io::Result<()> {
        self.file.as_file().sync_all()
    }

    fn read_back(&mut self) -> io::Result<Vec<u8>> {
        std::fs::read(self.file.path())
    }

    fn publish(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        publish_named(self.file, &self.folder.join(name))
    }

    fn replace(self: Box<Self>, name: &OsStr) -> io::Result<()> {
        self.file.persist(self.folder.join(name)).map(drop).map_err(|e| e.error)
    }

    fn replace_held(self: Box<Self>, name: &OsStr) -> io::Result<Option<HeldFile>> {
        let held = hold_new(self.file.as_file());
        self.replace(name).map(|()| held)
    }
}

#[cfg(test)]
mod tests {
    use super::super::real::RealDisk;
    use super::super::{Dir, Disk};
    use super::*;
    use std::io::ErrorKind;

    #[test]
    fn a_name_that_is_taken_is_left_as_it_is_by_either_way_of_writing() {
        let home = tempfile::tempdir().unwrap();
        let dir = RealDisk::default().open(home.path()).unwrap();
        let mut first = dir.create().unwrap();
        first.write_all(b"first").unwrap();
        first.publish("x".as_ref()).unwrap();
        let files: [Box<dyn NewFile + '_>; 2] =
            [dir.create().unwrap(), Box::new(NamedFile::create(home.path()).unwrap())];
        for mut file in files {
            file.write_all(b"second").unwrap();
            assert_eq!(file.publish("x".as_ref()).unwrap_err().kind(), ErrorKind::AlreadyExists);
        }
        assert_eq!(std::fs::read(home.path().join("x")).unwrap(), b"first");
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn bytes_that_cannot_be_linked_are_copied_into_a_file_with_a_name() {
        let home = tempfile::tempdir().unwrap();
        let dir = RealDisk::default().open_dir(home.path()).unwrap();
        let mut unnamed = UnnamedFile::create(&dir).unwrap().unwrap();
        unnamed.write_all(b"the bytes").unwrap();
        Box::new(unnamed.into_named().unwrap()).publish("x".as_ref()).unwrap();
        assert_eq!(std::fs::read(home.path().join("x")).unwrap(), b"the bytes");
        assert_eq!(dir.about_item("x".as_ref()).unwrap().mode, 0o600);
    }
}
