//! The name under which this device remembers a journal or another place: for drafts,
//! packs, the memory of revisions, a change of keys under way, the synced repository, the
//! unlock cache.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

/// The number of links that Linux follows.
const MOST_LINKS: usize = 40;

/// A canonical path, relative to the home if it's inside. A link to it, another spelling,
/// or moving the whole home doesn't change it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HomePlace(PathBuf);

impl HomePlace {
    /// The place of a path, which need not exist.
    pub fn of(path: &Path, home: Option<&Path>) -> HomePlace {
        let path = canonical(path, MOST_LINKS);
        let home = home.map(|home| canonical(home, MOST_LINKS));
        let within = home.and_then(|home| path.strip_prefix(home).ok());
        HomePlace(within.unwrap_or(&path).to_owned())
    }

    /// Parses the bytes of `as_bytes`.
    pub fn from_bytes(bytes: &[u8]) -> HomePlace {
        HomePlace(Path::new(std::ffi::OsStr::from_bytes(bytes)).to_owned())
    }

    /// Its bytes, for files and for deriving keys.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_os_str().as_bytes()
    }

    /// Its text, for text files; unique even if it isn't UTF-8.
    pub fn text(&self) -> String {
        match self.0.to_str() {
            Some(text) => text.to_owned(),
            None => format!("{} ({})", self.0.display(), self.digest()),
        }
    }

    /// 16 hexadecimal digits, for the name of a folder.
    pub fn digest(&self) -> String {
        let digest = Sha256::digest(self.as_bytes());
        digest.iter().take(8).fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        })
    }

    /// Its path now.
    pub fn path(&self, home: Option<&Path>) -> PathBuf {
        home.map_or_else(|| self.0.clone(), |home| home.join(&self.0))
    }
}

/// A unique name of a folder that survives moving it on its file system. `None` if there
/// is no such folder.
pub fn folder_identity(folder: &Path) -> Option<String> {
    let about = folder.metadata().ok()?;
    // An inode may be reused, so the creation time is part of it, if it's known.
    let created =
        about.created().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
    let created = created.map_or(0, |created| created.as_nanos());
    Some(format!("{:x}-{:x}-{created:x}", about.dev(), about.ino()))
}

/// The canonical path of what need not exist: a disk that isn't mounted, a link to one.
fn canonical(path: &Path, links: usize) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(canonical) = path.canonicalize() {
        return canonical;
    }
    let Some((parent, name)) = path.parent().zip(path.file_name()) else { return path };
    match path.read_link() {
        Ok(target) if links > 0 => canonical(&parent.join(target), links - 1),
        _ => canonical(parent, links).join(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_journal_has_one_place_whether_it_is_there_or_not() {
        let home = tempfile::tempdir().unwrap();
        let real = home.path().join("real");
        std::fs::create_dir_all(real.join("disk/journal")).unwrap();
        symlink(&real, home.path().join("link")).unwrap();
        symlink("disk/journal", real.join("journal")).unwrap();
        let places = || {
            let of = |path: &str| HomePlace::of(&home.path().join(path), Some(&real)).text();
            ["real/disk/journal", "link/disk/journal/", "link/journal", "real/disk/../journal"]
                .map(of)
        };
        let mounted = places();
        assert_eq!(mounted, ["disk/journal"; 4]);
        std::fs::remove_dir(real.join("disk/journal")).unwrap();
        assert_eq!(places(), mounted);
        std::fs::remove_dir(real.join("disk")).unwrap();
        assert_eq!(places()[..3], mounted[..3]);
    }

    #[test]
    fn a_path_that_is_no_text_is_told_apart_and_found_again() {
        let [one, two] = [b"/j\xff", b"/j\xfe"].map(|bytes| HomePlace::from_bytes(bytes));
        assert_ne!(one.text(), two.text());
        assert_eq!(HomePlace::from_bytes(one.as_bytes()), one);
        assert_eq!(HomePlace::of(&one.path(None), None), one);
    }

    #[test]
    fn a_folder_is_known_again_after_it_was_moved_and_another_in_its_place_is_not() {
        let home = tempfile::tempdir().unwrap();
        let (here, there) = (home.path().join("here"), home.path().join("there"));
        std::fs::create_dir(&here).unwrap();
        let identity = folder_identity(&here).unwrap();
        std::fs::rename(&here, &there).unwrap();
        assert_eq!(folder_identity(&here), None);
        std::fs::create_dir(&here).unwrap();
        assert_eq!(folder_identity(&there), Some(identity.clone()));
        assert_ne!(folder_identity(&here), Some(identity));
    }
}
