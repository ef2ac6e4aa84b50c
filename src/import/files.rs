//! What the user named, as bytes: a file, a folder, or an archive, which is
//! read in memory and never unpacked. No link is followed into a folder, no
//! pipe waited for, and nothing grows beyond a limit.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Cursor, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::ZipArchive;

use crate::disk::DiskError;
use crate::disk::{self, ReadError};
use crate::error::{Result, plain};
use crate::import::ImportError;
use crate::import::ImportIssue;

use super::{ImportInput, ImportProblem, ImportSource, NearbyFiles, SourceSpot, vault};

/// Of all the files together: they are in memory at once.
const LARGEST_MIB: u64 = 512;
const LARGEST: u64 = LARGEST_MIB << 20;
const DEEPEST: usize = 32;

pub struct SourceFiles {
    pub inputs: Vec<ImportInput>,
    pub problems: Vec<ImportProblem>,
    /// How many files were none of the source's.
    pub others: usize,
    /// How many bytes may still come.
    room: u64,
    /// Below which folder; what is in it besides, by its name; and what of it is a
    /// template by its own settings.
    root: PathBuf,
    by_name: HashMap<String, Vec<PathBuf>>,
    templates: Vec<PathBuf>,
}

/// What is named by a path, or comes through a pipe.
pub fn gather(path: &Path, source: &ImportSource) -> Result<SourceFiles> {
    if path == Path::new("-") {
        return read_stdin(std::io::stdin().lock(), source);
    }
    let about = match path.metadata() {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(ImportError::NoSuchSource { path: path.to_owned() }.into());
        }
        about => about.map_err(DiskError::io("read", path))?,
    };
    let mut gathered = SourceFiles::new();
    if about.is_dir() {
        gathered.root = path.to_owned();
        if source.name == "markdown" {
            gathered.templates = vault::templates(path);
        }
        gathered.folder(path, source, DEEPEST);
        gathered.set_nearby();
    } else if about.is_file() && begins_as_archive(path) {
        let opened = File::open(path).map_err(|e| ImportIssue::Unreadable { why: plain(&e) });
        gathered.archive(opened, &path.display().to_string(), source);
    } else {
        // A link that the user named is the user's word for it.
        let real = path.canonicalize().map_err(DiskError::io("read", path))?;
        gathered.file(&real, path.display().to_string());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        let beside = |input: &mut ImportInput| {
            input.nearby = NearbyFiles::Beside { folder: folder.clone() };
        };
        gathered.inputs.iter_mut().for_each(beside);
    }
    Ok(gathered)
}

const ARCHIVE: &[u8] = b"PK";

fn begins_as_archive(path: &Path) -> bool {
    let mut begins = [0; ARCHIVE.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut begins)).is_ok() && begins == ARCHIVE
}

fn read_stdin(input: impl std::io::Read, source: &ImportSource) -> Result<SourceFiles> {
    let shown = "standard input".to_owned();
    let (mut gathered, mut bytes) = (SourceFiles::new(), Vec::new());
    let read = input.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(DiskError::io("read", Path::new(&shown)))?;
    if bytes.len() as u64 > LARGEST {
        gathered.left_out(shown, ImportIssue::TooLarge { limit_mib: LARGEST_MIB });
    } else if bytes.starts_with(ARCHIVE) {
        gathered.archive(Ok(Cursor::new(bytes)), &shown, source);
    } else {
        let nearby = NearbyFiles::None;
        gathered.inputs.push(ImportInput { path: shown, bytes, nearby });
    }
    Ok(gathered)
}

impl SourceFiles {
    fn new() -> SourceFiles {
        SourceFiles {
            inputs: Vec::new(),
            problems: Vec::new(),
            others: 0,
            room: LARGEST,
            root: PathBuf::new(),
            by_name: HashMap::new(),
            templates: Vec::new(),
        }
    }

    /// Each file knows what lies beside it.
    fn set_nearby(&mut self) {
        let by_name = Arc::new(std::mem::take(&mut self.by_name));
        for input in &mut self.inputs {
            input.nearby =
                NearbyFiles::Folder { root: self.root.clone(), by_name: by_name.clone() };
        }
    }

    fn left_out(&mut self, path: String, why: ImportIssue) {
        self.problems.push(ImportProblem { path, spot: SourceSpot::default(), why });
    }

    fn file(&mut self, path: &Path, shown: String) {
        match disk::read(path, self.room) {
            Ok(bytes) => {
                self.room -= bytes.len() as u64;
                self.inputs.push(ImportInput { path: shown, bytes, nearby: NearbyFiles::None });
            }
            Err(ReadError::TooLarge) if self.room < LARGEST => {
                self.left_out(shown, ImportIssue::NoRoom { limit_mib: LARGEST_MIB });
            }
            Err(error) => self.left_out(shown, read_issue(error)),
        }
    }

    /// In the order of names, without what hides behind a dot.
    fn folder(&mut self, folder: &Path, source: &ImportSource, deepest: usize) {
        let shown = folder.display().to_string();
        let listed = std::fs::read_dir(folder).and_then(|entries| entries.collect());
        let mut entries: Vec<std::fs::DirEntry> = match listed {
            Ok(entries) => entries,
            Err(e) => return self.left_out(shown, ImportIssue::Unreadable { why: plain(&e) }),
        };
        if deepest == 0 {
            let why = "the folders in it go too deep".to_owned();
            return self.left_out(shown, ImportIssue::Unreadable { why });
        }
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let kind = entry.file_type();
            let shown = path.display().to_string();
            if let Some(what) = self.aside(&path, source) {
                self.left_out(shown, ImportIssue::SetAside { what });
                continue;
            }
            match kind {
                _ if name.starts_with('.') => {}
                Ok(kind) if kind.is_dir() => self.folder(&path, source, deepest - 1),
                Ok(kind) if kind.is_file() && !source.takes(&name) => {
                    self.others += 1;
                    self.by_name.entry(name.into_owned()).or_default().push(path);
                }
                Ok(kind) if kind.is_file() => self.file(&path, shown),
                Ok(_) => self.left_out(shown, ImportIssue::NotAFile),
                Err(e) => self.left_out(shown, ImportIssue::Unreadable { why: plain(&e) }),
            }
        }
    }

    /// Why a file or folder in a folder is none of the source's.
    fn aside(&self, path: &Path, source: &ImportSource) -> Option<&'static str> {
        if self.templates.iter().any(|template| template == path) {
            return Some(vault::TEMPLATE);
        }
        // Only what lies below what was named: its own name is the user's word.
        (source.sets_aside)(&path.strip_prefix(&self.root).ok()?.to_string_lossy())
    }

    fn archive<R: std::io::Read + Seek>(
        &mut self,
        opened: std::result::Result<R, ImportIssue>,
        shown: &str,
        source: &ImportSource,
    ) {
        match opened.and_then(open_archive) {
            Ok(archive) => self.members(archive, shown, source),
            Err(why) => self.left_out(shown.to_owned(), why),
        }
    }

    fn members<R: std::io::Read + Seek>(
        &mut self,
        mut archive: ZipArchive<R>,
        shown: &str,
        source: &ImportSource,
    ) {
        let named = |index| Some((archive.name_for_index(index)?.ok()?.into_owned(), index));
        let members: HashMap<String, usize> = (0..archive.len()).filter_map(named).collect();
        let members = Arc::new(members);
        for index in 0..archive.len() {
            let name = archive.name_for_index(index).and_then(|name| name.ok());
            let name = name.map(|name| name.into_owned()).unwrap_or_default();
            if let Some(what) = (source.sets_aside)(&name).filter(|_| !name.ends_with('/')) {
                self.left_out(format!("{shown}/{name}"), ImportIssue::SetAside { what });
                continue;
            }
            match member(&mut archive, index, source, self.room) {
                Ok(Some((path, bytes))) => {
                    self.room -= bytes.len() as u64;
                    // What came through a pipe cannot be read again.
                    let nearby = match Path::new(shown).is_file() {
                        true => {
                            NearbyFiles::Archive { archive: shown.into(), members: members.clone() }
                        }
                        false => NearbyFiles::None,
                    };
                    self.inputs.push(ImportInput {
                        path: format!("{shown}/{path}"),
                        bytes,
                        nearby,
                    });
                }
                Ok(None) => self.others += 1,
                Err((name, why)) => self.left_out(format!("{shown}/{name}"), why),
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

/// A name in an archive, and the bytes under it.
type ArchivedFile = (String, Vec<u8>);

/// A file of the archive, in memory; its name leads nowhere, whatever it says.
fn member<R: std::io::Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    source: &ImportSource,
    room: u64,
) -> std::result::Result<Option<ArchivedFile>, (String, ImportIssue)> {
    let unnamed = |e| (format!("file {}", index + 1), bad(e));
    let file = archive.by_index(index).map_err(unnamed)?;
    let name = file.name().map_err(unnamed)?.into_owned();
    // Finder's own shadows of each file.
    let shadow = name.starts_with("__MACOSX/");
    if file.is_dir() || shadow || !source.takes(&name) {
        return Ok(None);
    }
    if file.is_symlink() {
        return Err((name, ImportIssue::NotAFile));
    }
    let mut bytes = Vec::new();
    // What the archive says of sizes is not believed.
    match file.take(room + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > room => {
            Err((name, ImportIssue::TooLarge { limit_mib: LARGEST_MIB }))
        }
        Ok(_) => Ok(Some((name, bytes))),
        Err(e) => Err((name, ImportIssue::BadArchive { why: plain(&e) })),
    }
}

/// An archive whose files are no longer together than it is. One that says otherwise of its
/// sizes, or packs the same bytes into many files, would inflate without any bound.
fn open_archive<R: std::io::Read + Seek>(
    mut file: R,
) -> std::result::Result<ZipArchive<R>, ImportIssue> {
    let bad_file = |e: std::io::Error| ImportIssue::BadArchive { why: plain(&e) };
    let length = file.seek(SeekFrom::End(0)).map_err(bad_file)?;
    let mut archive = ZipArchive::new(file).map_err(bad)?;
    let mut packed = 0_u64;
    for index in 0..archive.len() {
        let size = archive.by_index_raw(index).map_or(0, |file| file.compressed_size());
        packed = packed.saturating_add(size);
    }
    match packed <= length {
        true => Ok(archive),
        false => Err(ImportIssue::BadArchive { why: "the files in it overlap".into() }),
    }
}

fn bad(error: zip::result::ZipError) -> ImportIssue {
    let why = error.to_string();
    ImportIssue::BadArchive { why: why.trim_end_matches('.').to_lowercase() }
}

fn read_issue(error: ReadError) -> ImportIssue {
    match error {
        ReadError::NotAFile => ImportIssue::NotAFile,
        ReadError::TooLarge => ImportIssue::TooLarge { limit_mib: LARGEST_MIB },
        ReadError::Gone => ImportIssue::Unreadable { why: "it went meanwhile".into() },
        ReadError::Unreadable(e) => ImportIssue::Unreadable { why: plain(&e) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_files_hold_together_is_bounded_and_what_has_no_room_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        ["a.txt", "b.txt", "c.txt"]
            .iter()
            .for_each(|name| std::fs::write(file(name), "six by").unwrap());
        let mut gathered = SourceFiles { room: 15, ..SourceFiles::new() };
        gathered.folder(folder.path(), &super::super::SOURCES[0], DEEPEST);
        assert_eq!(gathered.inputs.len(), 2);
        let [problem] = &gathered.problems[..] else { panic!("{:?}", gathered.problems) };
        assert!(problem.path.ends_with("c.txt"));
        assert_eq!(problem.why, ImportIssue::NoRoom { limit_mib: LARGEST_MIB });
    }
}
