//! Looks for journals in a folder that someone copied: `cp` puts a folder into another one
//! that is already there, so entries may be deeper than they were.

use std::path::{Path, PathBuf};

use crate::journal::{Month, name};

/// Of a folder with more folders than this, the rest isn't searched.
const MOST: usize = 2000;

/// Is it a journal with entries: a year's folder with a month's in it, and a file there that
/// has an entry's name?
pub fn has_entries(folder: &Path) -> bool {
    let is_entry = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name::parse(name).is_some())
    };
    let is_month = |year: &str, month: &str| Month::parse(&format!("{year}-{month}")).is_some();
    let is_year = |name: &str| name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit());
    let years = folders_in(folder).into_iter().filter(|(name, _)| is_year(name));
    let months = years.flat_map(|(year, path)| {
        let months = folders_in(&path).into_iter();
        months.filter_map(move |(month, path)| is_month(&year, &month).then_some(path))
    });
    months.into_iter().any(|month| items(&month).iter().any(is_entry))
}

/// The journals in a folder: itself, or else those one folder deeper, or else those two
/// folders deeper.
pub fn journals_in(folder: &Path) -> Vec<PathBuf> {
    let deeper = |level: &[PathBuf]| -> Vec<PathBuf> {
        let below = level.iter().flat_map(|folder| folders_in(folder));
        below.map(|(_, path)| path).take(MOST).collect()
    };
    let with_entries = |level: &[PathBuf]| -> Vec<PathBuf> {
        level.iter().filter(|folder| has_entries(folder)).cloned().collect()
    };
    let mut level = vec![folder.to_owned()];
    for _ in 0..2 {
        let found = with_entries(&level);
        if !found.is_empty() {
            return found;
        }
        level = deeper(&level);
    }
    with_entries(&level)
}

/// The folders in one, by name. Links aren't followed, and hidden ones are other programs'.
fn folders_in(folder: &Path) -> Vec<(String, PathBuf)> {
    let named = items(folder).into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        let is_folder = path.symlink_metadata().is_ok_and(|it| it.is_dir());
        (is_folder && !name.starts_with('.')).then_some((name, path))
    });
    named.collect()
}

fn items(folder: &Path) -> Vec<PathBuf> {
    let items = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = items.map(|item| item.path()).collect();
    paths.sort();
    paths
}
