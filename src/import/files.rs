//! Reads what the user named: a file, a folder, or an archive, which is read in memory
//! and never unpacked. Links to folders aren't followed, pipes aren't waited for, and
//! sizes are limited.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::ZipArchive;

use crate::disk::{self, DiskError, ReadError};
use crate::error::{Result, plain};
use crate::import::{ImportError, ImportIssue};

use super::nearby::Archive;
use super::zip_words::{unpacking_words, zip_words};
use super::{ImportInput, ImportProblem, ImportSource, NearbyFiles, SourceSpot, vault};

/// The limit for all files together, as they are in memory at once.
const LARGEST_MIB: u64 = 512;
const LARGEST: u64 = LARGEST_MIB << 20;
const DEEPEST: usize = 32;

pub struct SourceFiles {
    pub inputs: Vec<ImportInput>,
    pub problems: Vec<ImportProblem>,
    /// How many files the source doesn't read.
    pub others: usize,
    /// How many more bytes may be read.
    bytes_left: u64,
    /// The folder named, the other files in it by name, and the templates in it according
    /// to its own settings.
    root: PathBuf,
    by_name: HashMap<String, Vec<PathBuf>>,
    templates: Vec<PathBuf>,
}

/// Reads the files at a path, or standard input for `-`.
pub fn gather(path: &Path, source: &ImportSource) -> Result<SourceFiles> {
    if path == Path::new("-") {
        return read_stdin(std::io::stdin().lock(), source);
    }
    let metadata = match path.metadata() {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(ImportError::NoSuchSource { path: path.to_owned() }.into());
        }
        metadata => metadata.map_err(DiskError::io("read", path))?,
    };
    let mut files = SourceFiles::new();
    if metadata.is_dir() {
        files.root = path.to_owned();
        files.templates = (source.templates)(path);
        files.add_folder(path, source, DEEPEST);
        files.set_nearby();
    } else if metadata.is_file() && is_archive(path) {
        files.add_archive(Archive { path: path.to_owned(), piped: None }, source);
    } else {
        // If the user named a link, follow it.
        let real = path.canonicalize().map_err(DiskError::io("read", path))?;
        files.add_file(&real, path.display().to_string());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        let beside = |input: &mut ImportInput| {
            input.nearby = NearbyFiles::Beside { folder: folder.clone() };
        };
        files.inputs.iter_mut().for_each(beside);
    }
    Ok(files)
}

const ARCHIVE: &[u8] = b"PK";

fn is_archive(path: &Path) -> bool {
    let mut start = [0; ARCHIVE.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == ARCHIVE
}

fn read_stdin(input: impl std::io::Read, source: &ImportSource) -> Result<SourceFiles> {
    let path_text = "standard input".to_owned();
    let mut files = SourceFiles::new();
    let mut bytes = Vec::new();
    let read = input.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(DiskError::io("read", Path::new(&path_text)))?;
    if bytes.len() as u64 > LARGEST {
        files.leave_out(path_text, ImportIssue::TooLarge { limit_mib: LARGEST_MIB });
    } else if bytes.starts_with(ARCHIVE) {
        files.add_archive(Archive { path: path_text.into(), piped: Some(bytes) }, source);
    } else {
        files.inputs.push(ImportInput::new(path_text, bytes, NearbyFiles::None));
    }
    Ok(files)
}

impl SourceFiles {
    fn new() -> SourceFiles {
        SourceFiles {
            inputs: Vec::new(),
            problems: Vec::new(),
            others: 0,
            bytes_left: LARGEST,
            root: PathBuf::new(),
            by_name: HashMap::new(),
            templates: Vec::new(),
        }
    }

    /// Tells each file which other files are beside it.
    fn set_nearby(&mut self) {
        let by_name = Arc::new(std::mem::take(&mut self.by_name));
        for input in &mut self.inputs {
            input.nearby =
                NearbyFiles::Folder { root: self.root.clone(), by_name: by_name.clone() };
        }
    }

    fn leave_out(&mut self, path: String, why: ImportIssue) {
        self.problems.push(ImportProblem { path, spot: SourceSpot::default(), why });
    }

    fn add_file(&mut self, path: &Path, path_text: String) {
        match disk::read(path, self.bytes_left) {
            Ok(bytes) => {
                self.bytes_left -= bytes.len() as u64;
                self.inputs.push(ImportInput::new(path_text, bytes, NearbyFiles::None));
            }
            Err(ReadError::TooLarge) if self.bytes_left < LARGEST => {
                self.leave_out(path_text, ImportIssue::NoRoom { limit_mib: LARGEST_MIB });
            }
            Err(error) => self.leave_out(path_text, read_issue(error)),
        }
    }

    /// Adds a folder's files in the order of names, without hidden ones.
    fn add_folder(&mut self, folder: &Path, source: &ImportSource, deepest: usize) {
        let path_text = folder.display().to_string();
        let read = std::fs::read_dir(folder).and_then(|entries| entries.collect());
        let mut entries: Vec<std::fs::DirEntry> = match read {
            Ok(entries) => entries,
            Err(e) => return self.leave_out(path_text, ImportIssue::Unreadable { why: plain(&e) }),
        };
        if deepest == 0 {
            let why = "the folders in it go too deep".to_owned();
            return self.leave_out(path_text, ImportIssue::Unreadable { why });
        }
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let kind = entry.file_type();
            let path_text = path.display().to_string();
            if let Some(what) = self.set_aside_reason(&path, source) {
                self.leave_out(path_text, ImportIssue::SetAside { what });
                continue;
            }
            match kind {
                _ if name.starts_with('.') => {}
                Ok(kind) if kind.is_dir() => self.add_folder(&path, source, deepest - 1),
                Ok(kind) if kind.is_file() && !source.takes(&name) => {
                    self.others += 1;
                    self.by_name.entry(name.into_owned()).or_default().push(path);
                }
                Ok(kind) if kind.is_file() => self.add_file(&path, path_text),
                Ok(_) => self.leave_out(path_text, ImportIssue::NotAFile),
                Err(e) => self.leave_out(path_text, ImportIssue::Unreadable { why: plain(&e) }),
            }
        }
    }

    /// Why a file or folder isn't the source's.
    fn set_aside_reason(&self, path: &Path, source: &ImportSource) -> Option<&'static str> {
        if self.templates.iter().any(|template| template == path) {
            return Some(vault::TEMPLATE);
        }
        // Relative to the folder named, whose own name doesn't matter.
        (source.sets_aside)(&path.strip_prefix(&self.root).ok()?.to_string_lossy())
    }

    fn add_archive(&mut self, archive: Archive, source: &ImportSource) {
        let archive = Arc::new(archive);
        let file = archive.open().map_err(|e| ImportIssue::Unreadable { why: plain(&e) });
        match file.and_then(open_archive) {
            Ok(zip) => self.add_members(&archive, zip, source),
            Err(why) => self.leave_out(archive.path.display().to_string(), why),
        }
    }

    fn add_members<R: std::io::Read + Seek>(
        &mut self,
        archive: &Arc<Archive>,
        mut zip: ZipArchive<R>,
        source: &ImportSource,
    ) {
        let path_text = archive.path.display();
        let index_of = |index| Some((zip.name_for_index(index)?.ok()?.into_owned(), index));
        let members: HashMap<String, usize> = (0..zip.len()).filter_map(index_of).collect();
        let members = Arc::new(members);
        for index in 0..zip.len() {
            let name = zip.name_for_index(index).and_then(|name| name.ok());
            let name = name.map(|name| name.into_owned()).unwrap_or_default();
            if let Some(what) = (source.sets_aside)(&name).filter(|_| !name.ends_with('/')) {
                self.leave_out(format!("{path_text}/{name}"), ImportIssue::SetAside { what });
                continue;
            }
            match member(&mut zip, index, source, self.bytes_left) {
                Ok(Some((path, bytes))) => {
                    self.bytes_left -= bytes.len() as u64;
                    let (archive, members) = (archive.clone(), members.clone());
                    let nearby = NearbyFiles::Archive { archive, members };
                    let path = format!("{path_text}/{path}");
                    self.inputs.push(ImportInput::new(path, bytes, nearby));
                }
                Ok(None) => self.others += 1,
                Err((name, why)) => self.leave_out(format!("{path_text}/{name}"), why),
            }
        }
    }
}

impl ImportSource {
    fn takes(&self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        ending.is_some_and(|ending| self.extensions.contains(&&*ending))
    }
}

/// The name and the bytes of a file in an archive.
type ArchivedFile = (String, Vec<u8>);

/// Reads a file of an archive. Its name is never used as a path.
fn member<R: std::io::Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    source: &ImportSource,
    bytes_left: u64,
) -> std::result::Result<Option<ArchivedFile>, (String, ImportIssue)> {
    let error_at = |e| (format!("file {}", index + 1), archive_error(e));
    let file = archive.by_index(index).map_err(error_at)?;
    let name = file.name().map_err(error_at)?.into_owned();
    // macOS adds such a file for every other.
    let is_macos_copy = name.starts_with("__MACOSX/");
    if file.is_dir() || is_macos_copy || !source.takes(&name) {
        return Ok(None);
    }
    if file.is_symlink() {
        return Err((name, ImportIssue::NotAFile));
    }
    let mut bytes = Vec::new();
    // The sizes that the archive states aren't trusted.
    match file.take(bytes_left + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > bytes_left => {
            Err((name, ImportIssue::TooLarge { limit_mib: LARGEST_MIB }))
        }
        Ok(_) => Ok(Some((name, bytes))),
        Err(e) => Err((name, ImportIssue::BadArchive { why: unpacking_words(&e) })),
    }
}

/// Opens an archive whose files take no more bytes together than it has. One with wrong
/// sizes, or that uses the same bytes for many files, would inflate without bound.
fn open_archive<R: std::io::Read + Seek>(
    mut file: R,
) -> std::result::Result<ZipArchive<R>, ImportIssue> {
    let bad_file = |e: std::io::Error| ImportIssue::BadArchive { why: plain(&e) };
    let length = file.seek(SeekFrom::End(0)).map_err(bad_file)?;
    let mut archive = ZipArchive::new(file).map_err(archive_error)?;
    let mut packed = 0_u64;
    for index in 0..archive.len() {
        let size = archive.by_index_raw(index).map_or(0, |file| file.compressed_size());
        packed = packed.saturating_add(size);
    }
    if packed <= length {
        Ok(archive)
    } else {
        Err(ImportIssue::BadArchive { why: "the files in it overlap".into() })
    }
}

fn archive_error(error: zip::result::ZipError) -> ImportIssue {
    ImportIssue::BadArchive { why: zip_words(&error) }
}

fn read_issue(error: ReadError) -> ImportIssue {
    match error {
        ReadError::NotAFile => ImportIssue::NotAFile,
        ReadError::TooLarge => ImportIssue::TooLarge { limit_mib: LARGEST_MIB },
        ReadError::Gone => {
            ImportIssue::Unreadable { why: "it disappeared while inward was reading".into() }
        }
        ReadError::Unreadable(e) => ImportIssue::Unreadable { why: plain(&e) },
    }
}
