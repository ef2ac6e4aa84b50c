//! What is among the caches: whose it is, whether it opens, and what is no part of it.

use std::fs::read_dir;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::journal::pack_cache::{OWNER, month_of};
use crate::journal::{Journal, Month};
use crate::seal::Identity;

use super::{Diagnosis, Finding, others_may_read};

/// Whatever is odd among the caches of all journals, by names and permissions.
pub fn look_at_caches(caches: &Path) -> Vec<Diagnosis> {
    let mut found = look_at(caches, is_of_a_journal);
    for folder in listed(caches).into_iter().filter(|path| is_of_a_journal(path)) {
        found.extend(look_at(&folder, is_of_a_cache));
    }
    found
}

/// What of a journal's packs does not open with the key that made them.
pub fn look_at_packs(journal: &Journal, identity: &Identity) -> Vec<Diagnosis> {
    let Some(cache) = journal.packs() else { return Vec::new() };
    let Some(packs) = cache.unlock(identity) else { return Vec::new() };
    let files = listed(cache.folder()).into_iter();
    let broken = files.filter(|path| month(path).is_some_and(|month| !packs.opens(month)));
    broken.map(|path| Diagnosis { path, what: Finding::CacheBroken }).collect()
}

fn look_at(folder: &Path, is_ours: fn(&Path) -> bool) -> Vec<Diagnosis> {
    let seen = |path: &Path, what| Diagnosis { path: path.to_owned(), what };
    let mut found: Vec<Diagnosis> =
        others_may_read(folder).map(|what| seen(folder, what)).into_iter().collect();
    for path in listed(folder) {
        let unfinished =
            path.file_name().is_some_and(|name| disk::is_unfinished(&name.to_string_lossy()));
        if unfinished {
            found.push(seen(&path, Finding::LeftByUs));
        } else if !is_ours(&path) {
            found.push(seen(&path, Finding::CacheForeign));
        }
        if !path.is_dir() {
            found.extend(others_may_read(&path).map(|what| seen(&path, what)));
        }
    }
    found
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn is_of_a_journal(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let plain = path.symlink_metadata().is_ok_and(|about| about.is_dir());
    plain && name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_of_a_cache(path: &Path) -> bool {
    let plain = path.symlink_metadata().is_ok_and(|about| about.is_file());
    plain && (path.ends_with(OWNER) || month(path).is_some())
}

fn month(path: &Path) -> Option<Month> {
    month_of(path.file_name()?.to_str()?)
}
