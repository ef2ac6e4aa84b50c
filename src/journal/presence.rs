//! Is the journal there, and was anything ever kept in it? By its folders alone.

use chrono::NaiveDate;

use crate::disk::{DirItem, DiskError, FileKind, Folder};
use crate::error::Result;

use super::{Journal, name};

/// A year's folder, and a month's in it.
const LEVELS: usize = 2;

impl Journal {
    /// Does its folder exist?
    ///
    /// # Errors
    /// A `DiskError`, if that can't be found out.
    pub fn exists(&self) -> Result<bool> {
        Ok(Folder::find(&*self.disk, &self.root)?.is_some())
    }

    /// Has it a folder of this day's year?
    pub fn has_year(&self, day: NaiveDate) -> bool {
        let root = Folder::find(&*self.disk, &self.root).ok().flatten();
        root.is_some_and(|root| root.about_item(day.format("%Y").to_string().as_ref()).is_ok())
    }

    /// Has it no year's folder? One that was begun has, even if nothing was kept in it yet.
    ///
    /// # Errors
    /// A `DiskError`, where the folder cannot be listed.
    pub fn is_bare(&self) -> Result<bool> {
        Ok(self.years()?.is_empty())
    }

    /// Is there no file in its years' folders? Where something was ever kept there is one, even
    /// if everything was deleted since; a session that was stopped leaves an empty folder.
    /// Mostly, the first month that is listed has one.
    ///
    /// # Errors
    /// A `DiskError`, where the folder cannot be listed.
    pub fn has_no_files(&self) -> Result<bool> {
        let Some(root) = Folder::find(&*self.disk, &self.root)? else { return Ok(true) };
        Ok(self.years()?.iter().all(|year| is_without_files(&root, year, LEVELS)))
    }

    fn years(&self) -> Result<Vec<DirItem>> {
        let Some(root) = Folder::find(&*self.disk, &self.root)? else { return Ok(Vec::new()) };
        let mut items = root.list().map_err(DiskError::io("open", &self.root))?;
        let is_year = |name: &[u8]| name.len() == 4 && name.iter().all(u8::is_ascii_digit);
        items.retain(|item| is_year(item.name.as_encoded_bytes()));
        Ok(items)
    }

    /// Is there anything in its folder that isn't hidden? A journal without a year's folder
    /// has nothing else.
    ///
    /// # Errors
    /// A `DiskError`, where the folder cannot be listed.
    pub fn has_other_files(&self) -> Result<bool> {
        let Some(root) = Folder::find(&*self.disk, &self.root)? else { return Ok(false) };
        let items = root.list().map_err(DiskError::io("open", &self.root))?;
        Ok(items.iter().any(|item| !item.name.as_encoded_bytes().starts_with(b".")))
    }
}

/// Is it a folder, so many levels deep, in which there's nothing but other programs' hidden
/// files? One that can't be listed may have anything.
fn is_without_files(parent: &Folder, item: &DirItem, levels: usize) -> bool {
    let name = &item.name;
    if item.kind != FileKind::Folder {
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        return is_hidden && name::parse(&name.to_string_lossy()).is_none();
    }
    let Some(levels) = levels.checked_sub(1) else { return false };
    let inner = parent.open_inner(name).and_then(|folder| Ok((folder.list()?, folder)));
    inner.is_ok_and(|(items, folder)| {
        items.iter().all(|item| is_without_files(&folder, item, levels))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_folders_and_what_other_programs_hide_in_them_are_no_files() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(crate::disk::real(), folder.path());
        let has_no_files = || journal.has_no_files().unwrap();
        let put = |place: &str| std::fs::write(folder.path().join(place), "").unwrap();
        assert!(has_no_files());
        for empty in ["2026/11", "2025", "notes"] {
            std::fs::create_dir_all(folder.path().join(empty)).unwrap();
        }
        put("2026/11/.DS_Store");
        put("notes/words.txt");
        assert!(has_no_files() && !journal.is_bare().unwrap());
        for file in [
            "2026/11/2026-11-23-k3v9q2m8ab.x7f2qd.age",
            "2026/11/.syncthing.2026-11-23-k3v9q2m8ab.x7f2qd.age.tmp",
            "2026/oct",
            "2024",
        ] {
            put(file);
            assert!(!has_no_files(), "{file}");
            std::fs::remove_file(folder.path().join(file)).unwrap();
        }
        assert!(has_no_files());
    }
}
