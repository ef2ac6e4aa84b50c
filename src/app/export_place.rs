//! Where an export goes.

use std::path::{Path, PathBuf};

/// Where an export goes.
pub enum ExportPlace {
    Output,
    File(PathBuf),
    Folder(PathBuf),
}

impl ExportPlace {
    /// From `--output`: a folder is one that there is, or a name that ends in `/`.
    pub fn parse(output: Option<&str>) -> ExportPlace {
        match output {
            None | Some("-") => ExportPlace::Output,
            Some(name) if name.ends_with('/') || Path::new(name).is_dir() => {
                ExportPlace::Folder(name.into())
            }
            Some(name) => ExportPlace::File(name.into()),
        }
    }

    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            ExportPlace::Output | ExportPlace::File(_) => None,
            ExportPlace::Folder(folder) => Some(folder),
        }
    }

    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            ExportPlace::Output => None,
            ExportPlace::File(path) | ExportPlace::Folder(path) => Some(path),
        }
    }
}
