//! A file in a folder of exports that an earlier export may have written, and the entries
//! that it names.

use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::entry::EntryId;
use crate::practice::Practices;
use crate::render::{ATTACHMENTS, ExportGrouping, PageMark, names_entries, page_marks};

/// A page names its first entry within so many bytes; no other file is read further.
const HEAD: u64 = 256 << 10;

/// The ending of pages that say of themselves that an export wrote them.
const MARKDOWN: &str = "md";

/// A file that an earlier export may have written.
pub(super) struct FolderPage {
    pub path: PathBuf,
    /// All of its name behind the first dot.
    pub ending: String,
    /// What makes a page of such a name; no export gives others.
    pub by: Option<ExportGrouping>,
    /// The entries that it names, also in its own name.
    pub marks: Vec<PageMark>,
    /// The ids of attachments that it links to.
    pub linked: BTreeSet<String>,
}

impl FolderPage {
    /// Markdown by whatever name, if it names an entry; anything else if it has a page's name.
    pub fn read(path: PathBuf, practices: &Practices) -> Option<FolderPage> {
        let name = path.file_name()?.to_str()?;
        let (stem, ending) = name.split_once('.')?;
        let ending = if name.ends_with(".md") { MARKDOWN } else { ending };
        let (by, id) = grouping_of(stem, practices).unzip();
        if by.is_none() && ending != MARKDOWN {
            return None;
        }
        let text = read_page(&path, ending).unwrap_or_default();
        let mut marks = page_marks(ending, &text);
        if let Some(id) = id.flatten().filter(|id| marks.iter().all(|mark| mark.id != *id)) {
            marks.push(PageMark { id, revision: None });
        }
        if by.is_none() && marks.is_empty() {
            return None;
        }
        let linked = text.split(ATTACHMENTS).skip(1).filter_map(|rest| rest.strip_prefix('/'));
        let linked = linked.filter_map(|rest| Some(rest.split_once('-')?.0.to_owned())).collect();
        let ending = ending.to_owned();
        Some(FolderPage { path, ending, by, marks, linked })
    }

    pub fn is_markdown(&self) -> bool {
        self.ending == MARKDOWN
    }
}

/// All pages in a folder, by name.
pub(super) fn pages_in(folder: &Path, practices: &Practices) -> Vec<FolderPage> {
    let items = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = items.filter(|item| item.file_type().is_ok_and(|kind| kind.is_file()));
    let mut pages: Vec<FolderPage> =
        files.filter_map(|item| FolderPage::read(item.path(), practices)).collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

/// Which file it is, however its name is spelt: some systems recompose accents.
pub(super) fn file_identity(path: &Path) -> Option<(u64, u64)> {
    let identity = |about: Metadata| (about.dev(), about.ino());
    path.symlink_metadata().ok().map(identity)
}

/// The whole text, if its beginning names an entry.
fn read_page(path: &Path, extension: &str) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut bytes = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut bytes).ok()?;
    if !names_entries(extension, &bytes) {
        return None;
    }
    file.read_to_end(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

/// What makes a page of this name, and the entry that is in the name.
fn grouping_of(stem: &str, practices: &Practices) -> Option<(ExportGrouping, Option<EntryId>)> {
    let is_day = |text: &str| text.parse::<NaiveDate>().is_ok_and(|day| day.to_string() == text);
    if is_day(stem) {
        return Some((ExportGrouping::Day, None));
    }
    if is_day(&format!("{stem}-01")) {
        return Some((ExportGrouping::Month, None));
    }
    let of_entry = || {
        let (day, id) = stem.rsplit_once('-')?;
        Some((ExportGrouping::Entry, Some(id.parse().ok().filter(|_| is_day(day))?)))
    };
    let of_practice = || practices.get(stem).map(|_| (ExportGrouping::Practice, None));
    of_entry().or_else(of_practice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::Practices;

    #[test]
    fn the_names_of_pages_are_told_from_others() {
        let practices = Practices::built_in();
        let by = |stem: &str| grouping_of(stem, &practices).map(|(by, id)| (by, id.is_some()));
        for (stem, expected) in [
            ("2026-11-03", Some((ExportGrouping::Day, false))),
            ("2026-11", Some((ExportGrouping::Month, false))),
            ("2026-11-03-k3v9q2m8ab", Some((ExportGrouping::Entry, true))),
            ("2026-1-3", None),
            ("2026-11-31", None),
            ("2026", None),
            ("2026-11-03-notes", None),
            ("notes", None),
            ("", None),
        ] {
            assert_eq!(by(stem), expected, "{stem}");
        }
    }

    #[test]
    fn a_file_is_read_whole_only_if_it_begins_as_a_page_does() {
        let folder = tempfile::tempdir().unwrap();
        let practices = Practices::built_in();
        let entry = "## 21:14 write\n<!-- inward write k3v9q2m8ab 2026-11-23T21:14:03+01:00 -->\n";
        let long = "x".repeat(usize::try_from(HEAD).unwrap());
        let read = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            FolderPage::read(path, &practices).map(|page| page.marks.len())
        };
        assert_eq!(read("my page. 2.md", &format!("{entry}\n{long}\n{entry}")), Some(2));
        assert_eq!(read("notes.md", &format!("{long}\n{entry}")), None);
        assert_eq!(read("notes.txt", entry), None);
    }
}
