//! Files of the user's own choosing, and settings: whole or not at all.

use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

use super::folder::{Confirm, Folder, Place};
use super::real::RealDisk;

/// Writes a file of the user's own choosing; an existing one is replaced whole
/// or, without `force`, left alone.
///
/// # Errors
/// `FileExists`, `NotAPlainFile`, `NotAFolder`, `Disk`.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_with(path, force, |file| file.write_all(bytes).map_err(Error::disk("write", path)))
}

/// The same, of what is written while it is made. Where making it fails, there
/// is no file, or the old one.
///
/// # Errors
/// As `write`, and those of `fill`.
pub fn write_with<T>(
    path: &Path,
    force: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name() else {
        return Err(Error::NotAPlainFile { path: path.to_owned() });
    };
    let folder = Folder::open(&RealDisk, parent).map_err(|error| match error {
        Error::Disk { source, .. } => Error::disk("write", path)(source),
        other => other,
    })?;
    let place = if force { Place::Over } else { Place::New };
    folder.place(name, place, Confirm::Yes, fill).map_err(|error| match error {
        Error::NameTaken { .. } => Error::FileExists { path: path.to_owned() },
        Error::Unconfirmed { source, .. } => Error::disk("confirm", path)(source),
        other => other,
    })
}

/// Makes a folder of the user's own choosing, and its parents.
///
/// # Errors
/// `NotAFolder`, `Disk`.
pub fn make_folder(path: &Path) -> Result<()> {
    Folder::make(&RealDisk, path).map(drop)
}
