//! Writes files of the user's choosing, and settings: whole or not at all.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;

use crate::disk::DiskError;
use crate::error::{Error, Result};

use super::folder::{Confirm, Folder, NameClash};
use super::real::RealDisk;

/// Writes a file of the user's choosing. An existing one is replaced whole with `force`,
/// and is an error without.
///
/// # Errors
/// `FileExists`, `NotAPlainFile`, `FolderExpected`, `Io`, and those of [`file_name`].
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_with(path, force, |file| file.write_all(bytes).map_err(DiskError::io("write", path)))
}

/// The same with a function that writes the file. If it fails, there's no file, or the
/// old one.
///
/// # Errors
/// As `write`, and those of `fill`.
pub fn write_with<T>(
    path: &Path,
    force: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file_name(path)?;
    let folder = Folder::open(&RealDisk::default(), parent).map_err(|e| with_file_path(e, path))?;
    let if_taken = if force { NameClash::Replace } else { NameClash::Fail };
    folder.write_file(name, if_taken, Confirm::Yes, fill).map_err(|e| with_file_path(e, path))
}

/// The name of a file of the user's choosing.
///
/// # Errors
/// `FileExpected` for a folder, and `FolderName` for a path that ends like one.
pub fn file_name(path: &Path) -> Result<&OsStr> {
    if path.is_dir() {
        return Err(DiskError::FileExpected { path: path.to_owned() }.into());
    }
    // `Path::file_name` takes `new/` and `new/.` for `new`.
    let given = path.as_os_str().as_encoded_bytes();
    let name = path.file_name().filter(|name| given.ends_with(name.as_encoded_bytes()));
    name.ok_or_else(|| DiskError::FolderName { path: path.to_owned() }.into())
}

/// Rewords an error for the file or folder that the user chose.
pub fn with_file_path(mut error: Error, path: &Path) -> Error {
    if let Some(failure) = error.of_mut::<DiskError>() {
        failure.reword_for_output(path);
    }
    error
}

/// Is a path inside a folder, after following links? If it doesn't exist yet, its closest
/// existing parent decides.
pub fn is_within(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = path.ancestors().find_map(|path| path.canonicalize().ok());
    real.is_some_and(|path| path.starts_with(&folder))
}

/// Makes a folder of the user's choosing, and its parents.
///
/// # Errors
/// `FolderExpected`, `Io`.
pub fn make_folder(path: &Path) -> Result<()> {
    Folder::make(&RealDisk::default(), path).map(drop).map_err(|e| with_file_path(e, path))
}
