//! Files of the user's own choosing, and settings: whole or not at all.

use std::io::Write;
use std::path::Path;

use crate::disk::DiskError;
use crate::error::{Error, Result};

use super::folder::{Confirm, Folder, FolderPlace};
use super::real::RealDisk;

/// Writes a file of the user's own choosing; an existing one is replaced whole
/// or, without `force`, left alone.
///
/// # Errors
/// `FileExists`, `NotAPlainFile`, `NotAFolder`, `Io`.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_with(path, force, |file| file.write_all(bytes).map_err(DiskError::io("write", path)))
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
        return Err(DiskError::NotAPlainFile { path: path.to_owned() }.into());
    };
    let folder = Folder::open(&RealDisk, parent).map_err(|e| with_file_path(e, path))?;
    let place = if force { FolderPlace::Over } else { FolderPlace::New };
    folder.place(name, place, Confirm::Yes, fill).map_err(|e| with_file_path(e, path))
}

/// What went wrong, as whoever chose that file knows it.
fn with_file_path(mut error: Error, path: &Path) -> Error {
    if let Some(failure) = error.of_mut::<DiskError>() {
        failure.tell_of(path);
    }
    error
}

/// Does a path lie in a folder, through whatever links lead there? It need not be there
/// yet: then the first of its parents that is says where it would lie.
pub fn is_within(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = path.ancestors().find_map(|there| there.canonicalize().ok());
    real.is_some_and(|there| there.starts_with(&folder))
}

/// Makes a folder of the user's own choosing, and its parents.
///
/// # Errors
/// `NotAFolder`, `Io`.
pub fn make_folder(path: &Path) -> Result<()> {
    Folder::make(&RealDisk, path).map(drop)
}
