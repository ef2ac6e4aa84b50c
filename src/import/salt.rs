//! The salt for ids of imported entries: random bytes of this device, made by the first
//! import and kept beside the keys, never in the journal.

use std::io::ErrorKind;
use std::path::Path;

use crate::disk::{Disk, DiskError, Folder};
use crate::entry::EntryError;
use crate::error::Result;
use crate::import::ImportError;

use super::identify::Salt;

/// Its file name in the configuration folder.
pub const FILE: &str = "import-salt";

/// Reads the salt, if there is one.
pub fn read(disk: &dyn Disk, folder: &Path) -> Result<Option<Salt>> {
    let path = folder.join(FILE);
    let Some(folder) = Folder::find(disk, folder)? else { return Ok(None) };
    match folder.read_user_file(FILE) {
        Ok(bytes) => bytes.try_into().map(Some).map_err(|_| ImportError::BadSalt { path }.into()),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(DiskError::io("read", &path)(e)),
    }
}

/// Makes a new salt, without writing it to the disk.
pub fn random() -> Result<Salt> {
    let mut salt = [0; 64];
    getrandom::fill(&mut salt).map_err(|e| EntryError::Random { why: e.to_string() })?;
    Ok(salt)
}

/// Reads the salt, or makes one. If two processes try at once, one of them makes it.
pub fn read_or_make(disk: &dyn Disk, folder: &Path) -> Result<Salt> {
    if let Some(salt) = read(disk, folder)? {
        return Ok(salt);
    }
    let salt = random()?;
    match Folder::make(disk, folder)?.publish(FILE, &salt) {
        Err(e) if e.is_taken() => {
            let bad = || ImportError::BadSalt { path: folder.join(FILE) };
            Ok(read(disk, folder)?.ok_or_else(bad)?)
        }
        published => published.map(|()| salt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::RealDisk;

    #[test]
    fn it_is_made_once_and_one_that_is_broken_is_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&RealDisk::default(), folder.path()).unwrap().is_none());
        let salt = read_or_make(&RealDisk::default(), folder.path()).unwrap();
        assert_eq!(read_or_make(&RealDisk::default(), folder.path()).unwrap(), salt);
        std::fs::write(folder.path().join(FILE), "short").unwrap();
        assert!(
            matches!(read_or_make(&RealDisk::default(), folder.path()), Err(e) if matches!(e.of(), Some(ImportError::BadSalt { .. })))
        );
    }
}
