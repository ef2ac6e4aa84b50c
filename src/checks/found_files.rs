//! Files that were found in another folder than the one that remembers them.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;

/// The places of what was found, by file name.
pub struct FoundFiles<'a>(HashMap<&'a OsStr, Vec<&'a Path>>);

impl<'a> FoundFiles<'a> {
    /// Those at these paths.
    pub fn at(paths: impl Iterator<Item = &'a Path>) -> FoundFiles<'a> {
        let mut places: HashMap<&OsStr, Vec<&Path>> = HashMap::new();
        for path in paths {
            places.entry(path.file_name().unwrap_or_default()).or_default().push(path);
        }
        FoundFiles(places)
    }

    /// Is the file of this path in another folder? Then it isn't missing.
    pub fn has_elsewhere(&self, path: &Path) -> bool {
        let places = path.file_name().and_then(|name| self.0.get(name));
        places.is_some_and(|places| places.iter().any(|place| *place != path))
    }
}
