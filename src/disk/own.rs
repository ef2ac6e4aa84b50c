//! Reading settings and practices, which their owner may keep behind links.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

use super::folder::LARGEST_OWN;

/// The bytes of a file of settings or of what is remembered, through links that
/// its owner made. What is no ordinary file is not waited for, and one of a size
/// that nobody writes is not taken into memory.
fn read_own(path: &Path) -> io::Result<Vec<u8>> {
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
    file.take(LARGEST_OWN + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_OWN {
        return Err(not_ours("it is larger than any such file"));
    }
    Ok(bytes)
}

/// The same, where it must be text.
pub fn read_own_text(path: &Path) -> io::Result<String> {
    let text = String::from_utf8(read_own(path)?);
    text.map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not UTF-8 text"))
}
