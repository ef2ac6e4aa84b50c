//! Reads settings and practices, which their owner may keep behind links.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::ReadError;
use super::real::read_through_links;

/// A limit far above the size of any file of settings or keys, in bytes.
pub const LARGEST_USER_FILE: u64 = 16 << 20;

/// The bytes of a file of settings or state, following links. Anything but a regular file
/// is an error, without waiting for it, and so is one beyond any plausible size.
fn read_user_file(path: &Path) -> io::Result<Vec<u8>> {
    read_through_links(path, LARGEST_USER_FILE).map_err(|error| match error {
        ReadError::NotAFile if path.is_dir() => ErrorKind::IsADirectory.into(),
        error => user_file_error(error),
    })
}

/// The same as text.
pub fn read_user_text(path: &Path) -> io::Result<String> {
    let text = String::from_utf8(read_user_file(path)?);
    text.map_err(|_| io::Error::new(ErrorKind::InvalidData, "it isn't UTF-8 text"))
}

/// Why a file of settings, keys or state couldn't be read, as the system would say it.
pub(super) fn user_file_error(error: ReadError) -> io::Error {
    let unusable = |why: &str| io::Error::new(ErrorKind::InvalidData, why);
    match error {
        ReadError::Gone => ErrorKind::NotFound.into(),
        ReadError::NotAFile => unusable("it isn't an ordinary file"),
        ReadError::TooLarge => unusable("it's larger than any such file"),
        ReadError::Unreadable(e) => e,
    }
}
