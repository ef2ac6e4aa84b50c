//! Files beside what is imported: photographs in an archive, and what a note links to. They
//! are found by their names when the note is read, and read when its entry is kept.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use zip::ZipArchive;

use crate::disk::{self, DiskError, ReadError};
use crate::entry::{Attachment, media_type};
use crate::error::{Error, Result};
use crate::journal::AttachmentSource;
use crate::seal::StreamSummary;

use super::ImportInput;

/// What lies beside the files of a source.
#[derive(Clone, Debug, Default)]
pub enum NearbyFiles {
    /// Nothing is known of any: it came through a pipe.
    #[default]
    None,
    /// What lies in this folder or below it, and what of it is no note, by its name.
    Folder {
        /// The folder that the user named.
        root: PathBuf,
        /// Paths below it.
        by_name: Arc<HashMap<String, Vec<PathBuf>>>,
    },
    /// What lies beside a file that was named alone: in its folder, which may be anybody's
    /// whole home, or in a folder there that such an export makes.
    Beside {
        /// The folder of the file.
        folder: PathBuf,
    },
    /// The members of an archive.
    Archive {
        /// The archive's own path.
        archive: PathBuf,
        /// By their places in it, each with its number.
        members: Arc<HashMap<String, usize>>,
    },
}

/// No photograph and no film is packed as tightly, and few texts are; what an archive says
/// of sizes is not believed.
const MOST_INFLATED: u64 = 100;

/// A file out of an archive, up to a length.
struct Inflated<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(room)?;
        let left = self.left.checked_sub(count as u64);
        self.left =
            left.ok_or_else(|| io::Error::other("it is packed more tightly than a file"))?;
        Ok(count)
    }
}

/// A file that comes with an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedFile {
    /// What it is to be called.
    pub name: String,
    place: FilePlace,
    /// What our own export said of it.
    exported: Option<Attachment>,
}

#[derive(Clone, Debug, PartialEq)]
enum FilePlace {
    Path(PathBuf),
    Member { archive: PathBuf, number: usize },
}

impl ImportInput {
    /// The file that a link of this one leads to, under the name that it has there. None
    /// outside of what the user named is ever found, and none that hides behind a dot.
    pub(super) fn nearby_file(&self, link: &str) -> Option<ImportedFile> {
        let link = Path::new(link);
        let name = link.file_name()?.to_str()?.to_owned();
        let place = match &self.nearby {
            NearbyFiles::None => return None,
            NearbyFiles::Folder { root, by_name } => self.in_folder(root, by_name, link)?,
            NearbyFiles::Beside { folder } => {
                FilePlace::Path(inside(folder, &folder.join(link)).filter(|path| {
                    let below = path.strip_prefix(folder.canonicalize().unwrap_or_default());
                    below.is_ok_and(is_of_export)
                })?)
            }
            NearbyFiles::Archive { archive, members } => {
                let beside = self.within_archive(archive)?.parent()?.join(link);
                let number = *members.get(&plain_path(&beside)?)?;
                FilePlace::Member { archive: archive.clone(), number }
            }
        };
        Some(ImportedFile { name, place, exported: None })
    }

    /// Is there such a file below the folder of this one, and not among what comes with a
    /// file that was named alone?
    pub(super) fn stays_behind(&self, link: &str) -> bool {
        let NearbyFiles::Beside { folder } = &self.nearby else { return false };
        self.nearby_file(link).is_none() && inside(folder, &folder.join(link)).is_some()
    }

    /// Relative to the note, to the folder that was named, or by its name alone, as
    /// Obsidian looks for it.
    fn in_folder(
        &self,
        root: &Path,
        by_name: &HashMap<String, Vec<PathBuf>>,
        link: &Path,
    ) -> Option<FilePlace> {
        let beside = Path::new(&self.path).parent().map(|folder| folder.join(link));
        let named = link.file_name()?.to_str().and_then(|name| by_name.get(name));
        let elsewhere = named.into_iter().flatten().filter(|path| path.ends_with(link)).cloned();
        let candidates = beside.into_iter().chain([root.join(link)]).chain(elsewhere);
        candidates.filter_map(|path| inside(root, &path)).next().map(FilePlace::Path)
    }

    /// Its own place in its archive.
    fn within_archive(&self, archive: &Path) -> Option<PathBuf> {
        Some(Path::new(&self.path).strip_prefix(archive).ok()?.to_owned())
    }
}

/// The real path of an ordinary file below a folder, through whatever links lead there.
fn inside(root: &Path, path: &Path) -> Option<PathBuf> {
    let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
    let hides = |part: Component| part.as_os_str().as_encoded_bytes().starts_with(b".");
    let below = path.strip_prefix(&root).ok()?;
    (path.is_file() && !below.components().any(hides)).then_some(path)
}

/// Where exports put what comes with their one file.
const EXPORT_FOLDERS: &[&str] = &["attachments", "photos", "videos", "audios", "pdfs"];

/// Is a path below a file's folder one that comes with it?
fn is_of_export(below: &Path) -> bool {
    let folder = below.parent().and_then(|folder| folder.iter().next());
    folder.is_none_or(|folder| EXPORT_FOLDERS.iter().any(|known| folder == *known))
}

/// A member's path without `.` and `..`, which lead nowhere in an archive.
fn plain_path(path: &Path) -> Option<String> {
    let parts = path.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

impl ImportedFile {
    /// The same, under the name that an entry gives it.
    pub fn named(self, name: String) -> ImportedFile {
        ImportedFile { name, ..self }
    }

    /// The same, of which our own export said this.
    pub fn exported_as(self, attachment: Attachment) -> ImportedFile {
        ImportedFile { name: attachment.name.clone(), exported: Some(attachment), ..self }
    }

    /// Is it what our own export said, if it did? It is read to its end, so that one which
    /// cannot be read keeps no entry out.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn is_as_exported(&self) -> Result<bool> {
        let read =
            self.read(&mut |input| StreamSummary::of(input).map_err(|e| self.read_error(e)))?;
        let is_same = |said: &Attachment| (said.bytes, said.sha256) == (read.bytes, read.sha256);
        Ok(self.exported.as_ref().is_none_or(is_same))
    }

    /// The file itself, or the archive that it is in.
    pub fn path(&self) -> &Path {
        match &self.place {
            FilePlace::Path(path) | FilePlace::Member { archive: path, .. } => path,
        }
    }
}

impl AttachmentSource for ImportedFile {
    fn name_and_type(&self) -> (String, String) {
        let known = self.exported.as_ref().map(|exported| exported.media_type.clone());
        (self.name.clone(), known.unwrap_or_else(|| media_type(&self.name).to_owned()))
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
                let opened = disk::open_file(path).map_err(|error| match error {
                    ReadError::Unreadable(e) => e,
                    ReadError::Gone => io::ErrorKind::NotFound.into(),
                    ReadError::NotAFile | ReadError::TooLarge => io::ErrorKind::InvalidInput.into(),
                });
                take(&mut opened.map_err(|e| self.read_error(e))?.0)
            }
            FilePlace::Member { archive, number } => {
                let failed = |e: zip::result::ZipError| self.read_error(io::Error::other(e));
                let file = File::open(archive).map_err(|e| self.read_error(e))?;
                let mut archive = ZipArchive::new(file).map_err(failed)?;
                let member = archive.by_index(*number).map_err(failed)?;
                let left = member.compressed_size().saturating_mul(MOST_INFLATED);
                take(&mut Inflated { inner: member, left })
            }
        }
    }

    fn read_error(&self, error: io::Error) -> Error {
        DiskError::io("read", self.path())(error)
    }
}

/// Where the links of a markdown text lead, in their order: `![](a.jpg)`, `[b](<b c.pdf>)`,
/// `![[d.png|300]]`. Addresses elsewhere are none.
pub fn links_in(text: &str) -> Vec<String> {
    let (mut links, mut known) = (Vec::new(), HashSet::new());
    let mut begins = link_begins(text).peekable();
    while let Some((at, is_wiki)) = begins.next() {
        // Nothing is looked at twice, however many links begin and never end.
        let end = begins.peek().map_or(text.len(), |(next, _)| *next);
        let rest = text.get(at + 2..end).unwrap_or_default();
        let target = if is_wiki { wiki_target(rest) } else { target(rest) };
        let Some(target) = target.map(decoded) else { continue };
        let elsewhere = target.contains("://") || target.starts_with(['#', '/', '\\']);
        if !elsewhere && !target.is_empty() && known.insert(target.clone()) {
            links.push(target);
        }
    }
    links
}

/// Where links may begin, and whether as `[[` does and not as `](`.
fn link_begins(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let pairs = text.as_bytes().windows(2).enumerate();
    pairs.filter_map(|(at, pair)| match pair {
        b"](" => Some((at, false)),
        b"[[" => Some((at, true)),
        _ => None,
    })
}

fn wiki_target(rest: &str) -> Option<&str> {
    let inside = rest.split_once("]]")?.0;
    let target = inside.split(['|', '#', '\n']).next()?;
    (!inside.contains('\n')).then(|| target.trim())
}

fn target(rest: &str) -> Option<&str> {
    let line = rest.lines().next()?;
    match line.strip_prefix('<') {
        Some(inside) => inside.split_once('>').map(|(target, _)| target),
        None => line.split([')', ' ', '\t']).next(),
    }
}

/// With its percent-encoded bytes, where these are text.
fn decoded(target: &str) -> String {
    let bytes = target.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let pair = (bytes[at] == b'%').then(|| target.get(at + 1..at + 3)).flatten();
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_beside_and_to_nothing_elsewhere() {
        let text = "![](a.jpg) [b](<b c.pdf>) ![[d.png|300]] [[Note#head]] [x](https://x.org/y.jpg)\n\
                    ![e](f%20g.jpg \"t\") ![](/etc/passwd) [z](#here) ![](a.jpg) [[open\nend]] ](";
        assert_eq!(links_in(text), ["a.jpg", "b c.pdf", "d.png", "Note", "f g.jpg"]);
    }

    #[test]
    fn links_that_never_end_take_no_longer_than_their_length() {
        let begun = std::time::Instant::now();
        for link in ["[[", "](", "](<", "[[a", "](a"] {
            assert!(links_in(&link.repeat(500_000)).len() <= 1, "{link}");
        }
        let many: String = (0..50_000).map(|n| format!("[[{n}]]")).collect();
        assert_eq!(links_in(&many).len(), 50_000);
        assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    }

    #[test]
    fn nothing_outside_of_the_folder_that_was_named_is_found() {
        let home = tempfile::tempdir().unwrap();
        let file = |place: &str| {
            let path = home.path().join(place);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "x").unwrap();
            path
        };
        let deep = file("vault/deep/photo.jpg");
        for place in ["vault/a.jpg", "vault/.hidden/b.jpg", "secret.jpg"] {
            file(place);
        }
        std::os::unix::fs::symlink(
            home.path().join("secret.jpg"),
            home.path().join("vault/link.jpg"),
        )
        .unwrap();
        let by_name = HashMap::from([("photo.jpg".to_owned(), vec![deep])]);
        let nearby =
            NearbyFiles::Folder { root: home.path().join("vault"), by_name: Arc::new(by_name) };
        let path = home.path().join("vault/notes/day.md").display().to_string();
        std::fs::create_dir_all(home.path().join("vault/notes")).unwrap();
        let input = ImportInput { path, bytes: Vec::new(), nearby };
        for link in ["a.jpg", "../a.jpg", "photo.jpg", "deep/photo.jpg"] {
            assert!(input.nearby_file(link).is_some(), "{link}");
        }
        for link in
            ["../../secret.jpg", "link.jpg", ".hidden/b.jpg", "b.jpg", "other/photo.jpg", ".."]
        {
            assert!(input.nearby_file(link).is_none(), "{link}");
        }
    }
}
