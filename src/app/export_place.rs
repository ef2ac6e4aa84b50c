//! Where an export goes, and who can read it there.

use std::path::{Path, PathBuf};

use crate::disk::{self, DiskError};
use crate::error::Result;
use crate::seal::Recipients;
use crate::secret::SecretBytes;

use super::{App, CommandError};

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

    /// The folder, if it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            ExportPlace::Output | ExportPlace::File(_) => None,
            ExportPlace::Folder(folder) => Some(folder),
        }
    }

    /// The file or the folder.
    pub fn path(&self) -> Option<&Path> {
        match self {
            ExportPlace::Output => None,
            ExportPlace::File(path) | ExportPlace::Folder(path) => Some(path),
        }
    }

    /// Can it be written there? Looked at before anything is asked.
    ///
    /// # Errors
    /// `SealedToTerminal`, `FileExpected`, `FolderName`, `FileExists`, or as [`App::refuse_own_places`].
    pub fn check(&self, app: &App, is_sealed: bool, force: bool) -> Result<()> {
        self.path().map_or(Ok(()), |path| app.refuse_own_places(path))?;
        match self {
            ExportPlace::Output if is_sealed && app.terminal.output_is_terminal() => {
                Err(CommandError::SealedToTerminal.into())
            }
            ExportPlace::File(path) => {
                disk::file_name(path)?;
                refuse_existing(path, force)
            }
            ExportPlace::Output | ExportPlace::Folder(_) => Ok(()),
        }
    }
}

pub(super) fn refuse_existing(path: &Path, force: bool) -> Result<()> {
    if path.symlink_metadata().is_ok() && !path.is_dir() && !force {
        return Err(DiskError::FileExists { path: path.to_owned() }.into());
    }
    Ok(())
}

/// The text, encrypted where there are recipients.
///
/// # Errors
/// As [`Recipients::seal_bytes`].
pub fn sealed_for(recipients: Option<&Recipients>, text: SecretBytes) -> Result<SecretBytes> {
    match recipients {
        Some(recipients) => recipients.seal_bytes(&text).map(SecretBytes::from),
        None => Ok(text),
    }
}

/// Says who can read what these files show.
pub fn readers(is_sealed: bool, files: &str, shown: &str) -> String {
    if is_sealed {
        return "It's encrypted: only the keys you gave with --recipient open it.".to_owned();
    }
    format!("It's plain text: anyone who can read {files} can read {shown}.")
}
