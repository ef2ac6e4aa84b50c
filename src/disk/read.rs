//! Reading bytes: what is no ordinary file is not waited for, and one of a size
//! that nobody writes is not taken into memory.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::{self, Mode, OFlags};
use rustix::io::Errno;

/// Why a file was not read.
pub enum Odd {
    /// A link, a folder, a pipe, a device.
    NotAFile,
    Gone,
    TooLarge,
    Unreadable(io::Error),
}

/// An ordinary file that is no larger than so many bytes, open, and how it is:
/// neither through a link nor waiting for the writer of a named pipe.
pub fn open(path: &Path, largest: u64) -> std::result::Result<(File, fs::Stat), Odd> {
    open_at(fs::CWD, path, largest).map_err(|odd| match odd {
        Odd::Unreadable(_) if path.is_symlink() => Odd::NotAFile,
        odd => odd,
    })
}

pub(super) fn open_at(
    folder: impl AsFd,
    name: &Path,
    largest: u64,
) -> std::result::Result<(File, fs::Stat), Odd> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let open = || fs::openat(&folder, name, flags, Mode::empty());
    let opened = rustix::io::retry_on_intr(open).map_err(|e| match e {
        Errno::NOENT => Odd::Gone,
        e => Odd::Unreadable(e.into()),
    })?;
    let about = fs::fstat(&opened).map_err(|e| Odd::Unreadable(e.into()))?;
    if !is_file(&about) {
        return Err(Odd::NotAFile);
    }
    let small = u64::try_from(about.st_size).is_ok_and(|size| size <= largest);
    if small { Ok((File::from(opened), about)) } else { Err(Odd::TooLarge) }
}

pub(super) fn is_file(about: &fs::Stat) -> bool {
    fs::FileType::from_raw_mode(about.st_mode).is_file()
}

/// The bytes of such a file.
pub fn read(path: &Path, largest: u64) -> std::result::Result<Vec<u8>, Odd> {
    let (file, about) = open(path, largest)?;
    bytes_of(file, &about, largest).map_err(Odd::Unreadable)
}

/// A read that ends before the room is full has met the end: one call is enough
/// for a file that is as long as it was said to be.
pub(super) fn bytes_of(file: File, about: &fs::Stat, largest: u64) -> io::Result<Vec<u8>> {
    let length = about.st_size as usize;
    let mut bytes = Vec::with_capacity(length + 1);
    let read = rustix::io::retry_on_intr(|| {
        rustix::io::read(&file, rustix::buffer::spare_capacity(&mut bytes))
    })?;
    if read != length {
        file.take(largest.saturating_sub(read as u64)).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The bytes of a file of settings or of what is remembered, through links that
/// its owner made. What is no ordinary file is not waited for, and one of a size
/// that nobody writes is not taken into memory.
pub fn read_own(path: &Path) -> io::Result<Vec<u8>> {
    const LARGEST: u64 = 16 << 20;
    let not_ours = |what: &str| io::Error::new(ErrorKind::InvalidData, what);
    let flags = OFlags::NONBLOCK.bits() as i32;
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        return Err(not_ours("it is no ordinary file"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(not_ours("it is larger than any such file"));
    }
    Ok(bytes)
}

/// The same, where it must be text.
pub fn read_own_text(path: &Path) -> io::Result<String> {
    let text = String::from_utf8(read_own(path)?);
    text.map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not UTF-8 text"))
}
