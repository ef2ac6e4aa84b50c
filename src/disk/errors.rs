//! Failures of the disk, and files where others belong.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Exit, Failure, plain};

#[derive(Debug)]
pub enum DiskError {
    Io {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    NoSuchFile {
        path: PathBuf,
    },
    NotAFolder {
        path: PathBuf,
        symlink: bool,
    },
    /// The user gave a path for a folder, and it's a file or below one.
    FolderExpected {
        path: PathBuf,
    },
    /// The user gave a folder for a file.
    FileExpected {
        path: PathBuf,
    },
    /// The user gave a name for a file that only a folder can have, such as `new/`.
    FolderName {
        path: PathBuf,
    },
    NotAPlainFile {
        path: PathBuf,
    },
    FileExists {
        path: PathBuf,
    },
    NameTaken {
        path: PathBuf,
    },
    Unconfirmed {
        path: PathBuf,
        source: io::Error,
    },
    NotUtf8 {
        source: String,
        byte: usize,
    },
    TooLong {
        source: String,
        limit_mib: u64,
    },
}

impl Failure for DiskError {
    fn fact(&self) -> String {
        match self {
            DiskError::Io { doing, path, source } => {
                format!("inward couldn't {doing} {}: {}.", path.display(), plain(source))
            }
            DiskError::NoSuchFile { path } => format!("There's no file {}.", path.display()),
            DiskError::NotAFolder { path, symlink: true } => {
                format!("{} is a symbolic link where inward expects a folder.", path.display())
            }
            DiskError::NotAFolder { path, symlink: false } | DiskError::FolderExpected { path } => {
                format!("{} isn't a folder.", path.display())
            }
            DiskError::FileExpected { path } => format!("{} is a folder.", path.display()),
            DiskError::FolderName { path } => {
                format!("{} is the name of a folder.", path.display())
            }
            DiskError::NotAPlainFile { path } => {
                format!("{} is a link or a special file, so inward left it alone.", path.display())
            }
            DiskError::FileExists { path } => format!("{} already exists.", path.display()),
            DiskError::NameTaken { path } => {
                format!("{} already exists; inward left it as it is.", path.display())
            }
            DiskError::Unconfirmed { path, source } => format!(
                "The entry is in {}, but the disk hasn't confirmed it ({}).",
                path.display(),
                plain(source)
            ),
            DiskError::NotUtf8 { source, byte } => {
                format!("The text from {source} isn't valid UTF-8 at byte {byte}.")
            }
            DiskError::TooLong { source, limit_mib } => {
                format!("The text from {source} is longer than {limit_mib} MiB.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            DiskError::Io { doing, source, .. } => hint_for(doing, source),
            DiskError::NoSuchFile { .. } => "Check the path.".into(),
            DiskError::NotAFolder { symlink: true, .. } => {
                "inward didn't follow it. Remove the link if you didn't make it.".into()
            }
            DiskError::NotAFolder { symlink: false, .. } => {
                "Move it away, or set INWARD_HOME to another folder, and run the command again."
                    .into()
            }
            DiskError::FolderExpected { .. } => "Give a folder.".into(),
            DiskError::FileExpected { .. } | DiskError::FolderName { .. } => "Give a file.".into(),
            DiskError::NotAPlainFile { .. } => "Use an ordinary file instead.".into(),
            DiskError::FileExists { .. } => {
                "Choose another name, delete that file, or add --force to replace it.".into()
            }
            DiskError::NameTaken { .. } => "Try again: inward picks a new name each time.".into(),
            DiskError::Unconfirmed { .. } => {
                "Don't write it again. Run `inward list` to check that it's there.".into()
            }
            DiskError::NotUtf8 { .. } => {
                "Convert it first, for example with iconv -t UTF-8. Nothing was kept.".into()
            }
            DiskError::TooLong { .. } => "Split it into several entries. Nothing was kept.".into(),
        }
    }

    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let DiskError::Io { source, .. } | DiskError::Unconfirmed { source, .. } = self {
            Some(source)
        } else {
            None
        }
    }

    fn exit(&self) -> Exit {
        if let DiskError::Io { .. }
        | DiskError::NotAFolder { .. }
        | DiskError::NameTaken { .. }
        | DiskError::Unconfirmed { .. } = self
        {
            Exit::CouldNot
        } else {
            Exit::WrongInput
        }
    }
}

impl Error {
    /// Does it say that there's no such file or folder?
    pub fn is_not_found(&self) -> bool {
        matches!(self.of(), Some(DiskError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound)
    }

    /// Does it say that the name is taken?
    pub fn is_taken(&self) -> bool {
        matches!(self.of(), Some(DiskError::NameTaken { .. }))
    }

    /// Does it say that the file is there, but unconfirmed?
    pub fn is_unconfirmed(&self) -> bool {
        matches!(self.of(), Some(DiskError::Unconfirmed { .. }))
    }
}

impl DiskError {
    /// For `map_err`: an error while doing something with a path.
    pub fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |source| DiskError::Io { doing, path, source }.into()
    }

    /// For `map_err`: an error while writing to a reader, who may have closed the pipe.
    pub fn writing_to(what: &'static str) -> impl FnOnce(io::Error) -> Error {
        move |source| match source.kind() {
            io::ErrorKind::BrokenPipe => Error::PipeClosed,
            _ => DiskError::io("write to", what.as_ref())(source),
        }
    }

    /// For `map_err`: an error while reading a file that the user gave. That it isn't there,
    /// or is a folder, is a mistake in the command, which trying again won't help.
    pub fn of_given_file(path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                DiskError::NoSuchFile { path }.into()
            }
            io::ErrorKind::IsADirectory => DiskError::FileExpected { path }.into(),
            _ => DiskError::Io { doing: "read", path, source }.into(),
        }
    }

    /// Rewords a failure for a file of the user's choosing, which isn't an entry.
    pub(super) fn reword_for_output(&mut self, file: &Path) {
        let file = file.to_owned();
        if let DiskError::NameTaken { .. } = self {
            *self = DiskError::FileExists { path: file };
        } else if let DiskError::Unconfirmed { source, .. } = self {
            let source = std::mem::replace(source, io::ErrorKind::Other.into());
            *self = DiskError::Io { doing: "confirm", path: file, source };
        } else if let DiskError::Io { doing: "open", source, .. } = self {
            let source = std::mem::replace(source, io::ErrorKind::Other.into());
            *self = DiskError::Io { doing: "write", path: file, source };
        } else if let DiskError::NotAFolder { path, symlink: false } = self {
            *self = DiskError::FolderExpected { path: path.clone() };
        }
    }

    /// Something else is where a folder belongs: at this path, or above it.
    pub(super) fn not_a_folder(path: &Path) -> DiskError {
        let found = path.ancestors().find(|it| it.exists() && !it.is_dir());
        DiskError::NotAFolder { path: found.unwrap_or(path).to_owned(), symlink: false }
    }

    /// Rewords a failure for an attachment: without it, its entry isn't kept.
    pub(crate) fn reword_for_attachment(&mut self, file: &Path) {
        if let DiskError::Unconfirmed { source, .. } = self {
            let source = std::mem::replace(source, io::ErrorKind::Other.into());
            *self = DiskError::Io { doing: "confirm", path: file.to_owned(), source };
        }
    }

    /// Text that isn't UTF-8, with the place of the first wrong byte, counted from 1.
    pub fn not_utf8(source: &str, error: &std::str::Utf8Error) -> DiskError {
        DiskError::NotUtf8 { source: source.to_owned(), byte: error.valid_up_to() + 1 }
    }
}

fn hint_for(doing: &str, source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::PermissionDenied if doing == "read" => {
            "Check who owns it, and whether you may read it."
        }
        // To read in it or to write in it.
        io::ErrorKind::PermissionDenied if matches!(doing, "open" | "list") => {
            "Check who owns that folder, and whether you may read it and write to it."
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "That disk is read-only. Make it writable, or choose a folder on another disk. INWARD_HOME says where inward's own folders are."
        }
        io::ErrorKind::PermissionDenied => {
            "Check who owns that folder and whether you may write to it, or choose another folder. INWARD_HOME says where inward's own are."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Free some space and try again. Your earlier entries aren't affected."
        }
        io::ErrorKind::FileTooLarge => {
            "Raise the limit on the size of files (`ulimit -f`). Your earlier entries aren't affected."
        }
        io::ErrorKind::NotFound => "Check the path.",
        io::ErrorKind::InvalidData => "Replace it with a text file, or remove it.",
        _ => "Try again. Your earlier entries are safe.",
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_what_happened_and_what_to_do() {
        let full = io::Error::from_raw_os_error(28);
        let error = DiskError::io("write", Path::new("/j/2026"))(full);
        assert_eq!(error.to_string(), "inward couldn't write /j/2026: the disk is full.");
        assert!(error.hint().starts_with("Free some space"));
        assert_eq!(error.exit(), Exit::CouldNot);
        assert!(std::error::Error::source(&error).is_some());
    }

    #[test]
    fn each_failure_of_the_system_says_what_to_do_and_that_earlier_entries_are_safe() {
        use io::ErrorKind::{
            FileTooLarge, InvalidData, NotFound, Other, PermissionDenied, QuotaExceeded,
            ReadOnlyFilesystem, StorageFull,
        };
        for (kind, hint) in [
            (ReadOnlyFilesystem, "That disk is read-only."),
            (PermissionDenied, "Check who owns that folder"),
            (StorageFull, "Free some space and try again. Your earlier entries aren't"),
            (QuotaExceeded, "Free some space and try again. Your earlier entries aren't"),
            (FileTooLarge, "Raise the limit on the size of files (`ulimit -f`). Your earlier"),
            (NotFound, "Check the path."),
            (InvalidData, "Replace it with a text file"),
            (Other, "Try again. Your earlier entries are safe."),
        ] {
            let error = DiskError::io("write", Path::new("/j/2026"))(kind.into());
            assert!(error.hint().starts_with(hint), "{kind:?}: {}", error.hint());
            // A copy of a key or a page has no such flag.
            assert!(!error.hint().contains("-o "), "{kind:?}: {}", error.hint());
        }
    }

    #[test]
    fn what_may_not_be_read_needs_no_other_folder_to_write_to() {
        for (doing, hint) in [
            ("read", "Check who owns it, and whether you may read it."),
            ("open", "Check who owns that folder, and whether you may read it and write to it."),
            ("list", "Check who owns that folder, and whether you may read it and write to it."),
        ] {
            let denied = io::ErrorKind::PermissionDenied.into();
            assert_eq!(DiskError::io(doing, Path::new("/j/x"))(denied).hint(), hint, "{doing}");
        }
    }

    #[test]
    fn an_error_says_whether_its_name_is_taken_unknown_or_unconfirmed() {
        let path = || PathBuf::from("/j/x");
        let io = |kind: io::ErrorKind| DiskError::io("write", &path())(kind.into());
        let of = |error: Error| (error.is_taken(), error.is_not_found(), error.is_unconfirmed());
        assert_eq!(of(DiskError::NameTaken { path: path() }.into()), (true, false, false));
        assert_eq!(of(io(io::ErrorKind::NotFound)), (false, true, false));
        let source = io::ErrorKind::NotFound.into();
        let unconfirmed = DiskError::Unconfirmed { path: path(), source };
        assert_eq!(of(unconfirmed.into()), (false, false, true));
        // Nobody asks about a file of the user's own, and other failures are none of these.
        assert_eq!(of(DiskError::FileExists { path: path() }.into()), (false, false, false));
        assert_eq!(of(io(io::ErrorKind::AlreadyExists)), (false, false, false));
    }
}
