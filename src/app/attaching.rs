//! Files of the user's own that are to be kept with an entry.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::disk::{self, DiskError, ReadError};
use crate::entry::{Entry, media_type};
use crate::error::{Error, Result};
use crate::journal::AttachmentSource;
use crate::render::{clean_line, file_size};
use crate::seal::StreamSummary;

use super::{App, CommandError};

/// From this many bytes on, something is said of the length of a file.
const LARGE: u64 = 32 << 20;

/// A file that is sealed when its entry is kept, and not before.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalFile {
    path: PathBuf,
}

impl LocalFile {
    pub fn at(path: PathBuf) -> LocalFile {
        LocalFile { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its length in bytes, where it can be read now.
    ///
    /// # Errors
    /// `CannotAttach` or `Io`.
    pub fn length(&self) -> Result<u64> {
        self.open_file().map(|(_, length)| length)
    }

    fn open_file(&self) -> Result<(std::fs::File, u64)> {
        let refused = |why| CommandError::CannotAttach { path: self.path.clone(), why }.into();
        disk::open_file(&self.path).map_err(|error| match error {
            ReadError::Gone => refused("there's no such file"),
            ReadError::Unreadable(e) if e.kind() == io::ErrorKind::NotADirectory => {
                refused("there's no such file")
            }
            ReadError::NotAFile if self.path.is_dir() => refused("it's a folder"),
            ReadError::NotAFile | ReadError::TooLarge => refused("it isn't an ordinary file"),
            ReadError::Unreadable(e) => DiskError::io("read", &self.path)(e),
        })
    }
}

impl AttachmentSource for LocalFile {
    fn name_and_type(&self) -> (String, String) {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let media_type = media_type(&name).to_owned();
        (name, media_type)
    }

    fn read(
        &self,
        take: &mut dyn FnMut(&mut dyn Read) -> Result<StreamSummary>,
    ) -> Result<StreamSummary> {
        take(&mut self.open_file()?.0)
    }

    fn read_error(&self, error: io::Error) -> Error {
        DiskError::io("read", &self.path)(error)
    }
}

/// The files without those that are attached to the entry already, by name and contents.
///
/// # Errors
/// What reading one of the same name failed with.
pub fn not_attached_yet<'f>(
    app: &App,
    files: &'f [LocalFile],
    entry: &Entry,
) -> Result<Vec<&'f dyn AttachmentSource>> {
    let mut new = sources(files);
    let mut failed = None;
    new.retain(|file| {
        let (name, _) = file.name_and_type();
        let mut same_name = entry.attachments.iter().filter(|it| it.name == name).peekable();
        if same_name.peek().is_none() {
            return true;
        }
        let summary =
            file.read(&mut |input| StreamSummary::of(input).map_err(|e| file.read_error(e)));
        match summary {
            Ok(StreamSummary { sha256, .. }) if same_name.any(|it| it.sha256 == sha256) => {
                app.terminal.say(&format!("{} is attached already.", clean_line(&name)));
                false
            }
            Ok(_) => true,
            Err(error) => {
                failed.get_or_insert(error);
                false
            }
        }
    });
    failed.map_or(Ok(new), Err)
}

/// As what is kept with an entry is handed on.
pub fn sources(files: &[LocalFile]) -> Vec<&dyn AttachmentSource> {
    files.iter().map(|file| file as &dyn AttachmentSource).collect()
}

impl App {
    /// The files that `--attach` names, each once; looked at before anything is asked.
    ///
    /// # Errors
    /// `CannotAttach` or `Io`, of the first that cannot be read.
    pub fn files_to_attach(&self, given: &[PathBuf]) -> Result<Vec<LocalFile>> {
        let mut files: Vec<LocalFile> = Vec::new();
        for path in given {
            // A draft may be continued from another folder.
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            let file = LocalFile { path };
            let length = file.length()?;
            if files.contains(&file) {
                continue;
            }
            if length > LARGE {
                let name = clean_line(&file.name_and_type().0);
                let size = file_size(length);
                self.terminal.say(&format!(
                    "{name} is {size}. Every device that syncs this journal gets a copy."
                ));
            }
            files.push(file);
        }
        Ok(files)
    }
}
