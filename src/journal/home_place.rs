//! What a journal is called in what this device keeps about it.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// As many links as Linux follows.
const MOST_LINKS: usize = 40;

/// A journal's place, and the folder of what is kept about it.
pub struct HomePlace {
    /// Its canonical path, relative to the home where it is in there: a link to it, or
    /// a home that moves as a whole, changes nothing.
    pub place: Vec<u8>,
    pub folder: PathBuf,
}

impl HomePlace {
    /// Of a journal, among what is kept about all of them in `all`.
    pub fn of(journal: &Path, home: Option<&Path>, all: &Path) -> HomePlace {
        let journal = canonical(journal, MOST_LINKS);
        let home = home.map(|home| canonical(home, MOST_LINKS));
        let within = home.and_then(|home| journal.strip_prefix(home).ok());
        let place = within.unwrap_or(&journal).as_os_str().as_encoded_bytes().to_vec();
        let name = Sha256::digest(&place).iter().take(8).fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        });
        HomePlace { place, folder: all.join(name) }
    }
}

/// The canonical path of what need not be there: a disk that is not mounted, a link
/// that leads to one.
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
        let all = real.join("state/seen");
        let places = || {
            let of = |path: &str| HomePlace::of(&home.path().join(path), Some(&real), &all).place;
            ["real/disk/journal", "link/disk/journal/", "link/journal", "real/disk/../journal"]
                .map(of)
        };
        let mounted = places();
        assert_eq!(mounted, ["disk/journal"; 4].map(|place| place.as_bytes().to_vec()));
        std::fs::remove_dir(real.join("disk/journal")).unwrap();
        assert_eq!(places(), mounted);
        std::fs::remove_dir(real.join("disk")).unwrap();
        assert_eq!(places()[..3], mounted[..3]);
    }
}
