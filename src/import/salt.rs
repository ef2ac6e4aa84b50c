//! The salt of imported ids: bytes of this device's own, made by the first
//! import, which lie beside the keys and never in the journal.

use std::io::ErrorKind;
use std::path::Path;

use crate::disk::{self, Folder, RealDisk};
use crate::error::{Error, Result};

use super::identify::Salt;

/// What it is called among the settings.
pub const FILE: &str = "import-salt";

/// The salt, where there is one.
pub fn read(folder: &Path) -> Result<Option<Salt>> {
    let path = folder.join(FILE);
    match disk::read_own(&path) {
        Ok(bytes) => bytes.try_into().map(Some).map_err(|_| Error::BadSalt { path }),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::disk("read", &path)(e)),
    }
}

/// A new one, not on disk yet.
pub fn draw() -> Result<Salt> {
    let mut salt = [0; 64];
    getrandom::fill(&mut salt).map_err(|e| Error::Random { why: e.to_string() })?;
    Ok(salt)
}

/// The salt; where there is none, one is made. Of two runs at once, one makes it.
pub fn ready(folder: &Path) -> Result<Salt> {
    if let Some(salt) = read(folder)? {
        return Ok(salt);
    }
    let salt = draw()?;
    match Folder::make(&RealDisk, folder)?.publish(FILE, &salt) {
        Err(Error::NameTaken { path }) => read(folder)?.ok_or(Error::BadSalt { path }),
        published => published.map(|()| salt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_one_that_is_broken_is_not_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_none());
        let salt = ready(folder.path()).unwrap();
        assert_eq!(ready(folder.path()).unwrap(), salt);
        std::fs::write(folder.path().join(FILE), "short").unwrap();
        assert!(matches!(ready(folder.path()), Err(Error::BadSalt { .. })));
    }
}
