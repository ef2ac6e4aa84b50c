//! Files beside what is imported: photos in an archive, and files that a note links to.
//! They are found by name when the note is parsed, and read when its entry is kept.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::{self, Cursor, Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use zip::ZipArchive;

use crate::disk::{self, DiskError, ReadError};
use crate::entry::{Attachment, media_type};
use crate::error::{Error, Result};
use crate::journal::AttachmentSource;
use crate::seal::StreamSummary;

use super::zip_words::{unpacking_words, zip_words};
use super::{ImportInput, ImportProblem};

/// The files beside those of a source.
#[derive(Clone, Debug, Default)]
pub enum NearbyFiles {
    /// None, as text came through a pipe.
    #[default]
    None,
    /// The files in a folder and below, those that aren't notes by name.
    Folder {
        /// The folder that the user named.
        root: PathBuf,
        /// Paths below it.
        by_name: Arc<HashMap<String, Vec<PathBuf>>>,
    },
    /// The files beside a single file. Its folder may be someone's whole home, so these
    /// are only the files in it, and in the folders that such an export makes.
    Beside {
        /// The folder of the file.
        folder: PathBuf,
    },
    /// The members of an archive.
    Archive {
        /// The archive itself.
        archive: Arc<Archive>,
        /// The index of each member, by path.
        members: Arc<HashMap<String, usize>>,
    },
}

/// An archive whose members are read when their entries are kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Archive {
    /// Its path, or what stands for it in reports.
    pub path: PathBuf,
    /// Its bytes if it came through a pipe, which can't be read again.
    pub piped: Option<Vec<u8>>,
}

/// One archive is read at a time, so its path tells it from others.
impl Hash for Archive {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path.hash(state);
    }
}

/// The bytes of an archive.
pub trait ArchiveBytes: Read + Seek {}
impl<T: Read + Seek> ArchiveBytes for T {}

impl Archive {
    /// Its bytes, from the start.
    ///
    /// # Errors
    /// Why its file can't be opened.
    pub fn open(&self) -> io::Result<Box<dyn ArchiveBytes + '_>> {
        match &self.piped {
            Some(bytes) => Ok(Box::new(Cursor::new(bytes))),
            None => Ok(Box::new(File::open(&self.path)?)),
        }
    }
}

/// The highest compression ratio that is accepted. No photo or video reaches it, and few
/// texts do. The sizes that an archive states aren't trusted.
const MAX_RATIO: u64 = 100;

/// A reader of an archive's file that fails beyond a length.
struct BoundedReader<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for BoundedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer).map_err(|error| match error.raw_os_error() {
            Some(_) => error,
            None => io::Error::other(unpacking_words(&error)),
        })?;
        let left = self.left.checked_sub(count as u64);
        self.left =
            left.ok_or_else(|| io::Error::other("it unpacks to far more than it should"))?;
        Ok(count)
    }
}

/// A file to be attached to an imported entry.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedFile {
    /// Its name as an attachment.
    pub name: String,
    place: FilePlace,
    /// The attachment as our own export describes it.
    exported: Option<Attachment>,
}

/// The files that an entry refers to.
#[derive(Clone, Debug, Default)]
pub struct LinkedFiles {
    /// Its attachments.
    pub found: Vec<ImportedFile>,
    /// What isn't beside it. Nobody needs to hear that of an entry that is here already.
    pub missing: Vec<ImportProblem>,
}

impl LinkedFiles {
    /// How many files these are; several entries may refer to one.
    pub fn count<'a>(all: impl IntoIterator<Item = &'a LinkedFiles>) -> usize {
        let found = all.into_iter().flat_map(|files| &files.found);
        found.map(|file| &file.place).collect::<HashSet<_>>().len()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum FilePlace {
    Path(PathBuf),
    Member { archive: Arc<Archive>, name: String, number: usize },
}

impl ImportInput {
    /// The file that a link in this one leads to. Only files within what the user named
    /// are found, and no hidden ones. A leading `/` stands for the folder named.
    pub(super) fn nearby_file(&self, link: &str) -> Option<ImportedFile> {
        let (link, is_from_root) = below_root(link);
        let link = Path::new(link);
        let name = link.file_name()?.to_str()?.to_owned();
        let place = match &self.nearby {
            NearbyFiles::None => return None,
            NearbyFiles::Folder { root, by_name } => {
                let near_note = Path::new(&self.path).parent().filter(|_| !is_from_root);
                in_folder(root, by_name, near_note, link)?
            }
            NearbyFiles::Beside { folder } => {
                FilePlace::Path(inside(folder, &folder.join(link)).filter(|path| {
                    let relative = path.strip_prefix(folder.canonicalize().unwrap_or_default());
                    relative.is_ok_and(is_of_export)
                })?)
            }
            NearbyFiles::Archive { archive, members } => {
                let path = Path::new(&self.path).strip_prefix(&archive.path).ok()?;
                // The root of a vault in an archive may be any of the folders above the note.
                let count = if is_from_root { usize::MAX } else { 1 };
                let mut folders = path.parent()?.ancestors().take(count);
                let (name, number) = folders
                    .find_map(|folder| members.get_key_value(&plain_path(&folder.join(link))?))?;
                let (archive, name) = (archive.clone(), name.clone());
                FilePlace::Member { archive, name, number: *number }
            }
        };
        Some(ImportedFile { name, place, exported: None })
    }

    /// Is there a file for this link below this file's folder that isn't imported with a
    /// single file?
    pub(super) fn is_left_behind(&self, link: &str) -> bool {
        let NearbyFiles::Beside { folder } = &self.nearby else { return false };
        let path = folder.join(below_root(link).0);
        self.nearby_file(link).is_none() && inside(folder, &path).is_some()
    }
}

/// A link without its leading `/`, and whether it had one.
fn below_root(link: &str) -> (&str, bool) {
    let path = link.trim_start_matches('/');
    (path, path.len() < link.len())
}

/// Finds a link relative to the note's folder, relative to the folder named, or by its name
/// alone as Obsidian does.
fn in_folder(
    root: &Path,
    by_name: &HashMap<String, Vec<PathBuf>>,
    near_note: Option<&Path>,
    link: &Path,
) -> Option<FilePlace> {
    let near_note = near_note.map(|folder| folder.join(link));
    let by_this_name = link.file_name()?.to_str().and_then(|name| by_name.get(name));
    let same_name = by_this_name.into_iter().flatten().filter(|path| path.ends_with(link)).cloned();
    let candidates = near_note.into_iter().chain([root.join(link)]).chain(same_name);
    candidates.filter_map(|path| inside(root, &path)).next().map(FilePlace::Path)
}

/// The canonical path of a regular file, if it's below the folder after following links,
/// and not hidden.
fn inside(root: &Path, path: &Path) -> Option<PathBuf> {
    let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
    let is_hidden = |part: Component| part.as_os_str().as_encoded_bytes().starts_with(b".");
    let relative = path.strip_prefix(&root).ok()?;
    (path.is_file() && !relative.components().any(is_hidden)).then_some(path)
}

/// Folders in which exports put attachments.
const EXPORT_FOLDERS: &[&str] = &["attachments", "photos", "videos", "audios", "pdfs"];

/// Is this relative path in one of those, or directly in the folder?
fn is_of_export(below: &Path) -> bool {
    let folder = below.parent().and_then(|folder| folder.iter().next());
    folder.is_none_or(|folder| EXPORT_FOLDERS.iter().any(|name| folder == *name))
}

/// The path of an archive's member. `None` for `.` and `..`, which aren't followed in
/// archives.
fn plain_path(path: &Path) -> Option<String> {
    let parts = path.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

impl ImportedFile {
    /// The same file, under another name.
    pub fn named(self, name: String) -> ImportedFile {
        ImportedFile { name, ..self }
    }

    /// The same file, as described by our own export.
    pub fn exported_as(self, attachment: Attachment) -> ImportedFile {
        ImportedFile { name: attachment.name.clone(), exported: Some(attachment), ..self }
    }

    /// Is it the file that our own export describes, if that's where it's from? It is
    /// read to its end, so that an unreadable one doesn't keep its entry out.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn is_as_exported(&self) -> Result<bool> {
        let summary =
            self.read(&mut |input| StreamSummary::of(input).map_err(|e| self.read_error(e)))?;
        let is_same = |attachment: &Attachment| {
            (attachment.bytes, attachment.sha256) == (summary.bytes, summary.sha256)
        };
        Ok(self.exported.as_ref().is_none_or(is_same))
    }

    /// Its path; in an archive, below that of the archive.
    pub fn path(&self) -> Cow<'_, Path> {
        match &self.place {
            FilePlace::Path(path) => path.into(),
            FilePlace::Member { archive, name, .. } => archive.path.join(name).into(),
        }
    }
}

impl AttachmentSource for ImportedFile {
    fn name_and_type(&self) -> (String, String) {
        let exported_type = self.exported.as_ref().map(|exported| exported.media_type.clone());
        (self.name.clone(), exported_type.unwrap_or_else(|| media_type(&self.name).to_owned()))
    }

    fn unknown(&self) -> Map<String, Json> {
        self.exported.as_ref().map(|exported| exported.unknown.clone()).unwrap_or_default()
    }

    fn read(
        &self,
        take: &mut dyn FnMut(&mut dyn Read) -> Result<StreamSummary>,
    ) -> Result<StreamSummary> {
        match &self.place {
            FilePlace::Path(path) => {
                let file = disk::open_file(path).map_err(|error| match error {
                    ReadError::Unreadable(e) => e,
                    ReadError::Gone => io::ErrorKind::NotFound.into(),
                    ReadError::NotAFile | ReadError::TooLarge => io::ErrorKind::InvalidInput.into(),
                });
                take(&mut file.map_err(|e| self.read_error(e))?.0)
            }
            FilePlace::Member { archive, number, .. } => {
                let zip_error =
                    |e: zip::result::ZipError| self.read_error(io::Error::other(zip_words(&e)));
                let file = archive.open().map_err(|e| self.read_error(e))?;
                let mut archive = ZipArchive::new(file).map_err(zip_error)?;
                let member = archive.by_index(*number).map_err(zip_error)?;
                let left = member.compressed_size().saturating_mul(MAX_RATIO);
                take(&mut BoundedReader { inner: member, left })
            }
        }
    }

    fn read_error(&self, error: io::Error) -> Error {
        DiskError::io("read", &self.path())(error)
    }
}

#[cfg(test)]
mod tests;
