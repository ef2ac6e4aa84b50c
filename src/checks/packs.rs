//! Checks the caches: whose they are, whether they open, and what doesn't belong there.

use std::fs::read_dir;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::journal::pack_cache::{OWNER, month_of};
use crate::journal::{Journal, Month};
use crate::seal::Identity;

use super::{Diagnosis, Finding, others_may_read};

/// Finds whatever is wrong in the caches of all journals, by names and permissions.
pub fn look_at_caches(caches: &Path) -> Vec<Diagnosis> {
    let mut findings = check_folder(caches, is_journal_cache);
    for folder in sorted_paths(caches).into_iter().filter(|path| is_journal_cache(path)) {
        findings.extend(check_folder(&folder, is_cache_file));
    }
    findings
}

/// Finds the packs of a journal that don't open with its key.
pub fn look_at_packs(journal: &Journal, identity: &Identity) -> Vec<Diagnosis> {
    let Some(cache) = journal.packs() else { return Vec::new() };
    let Some(packs) = cache.unlock(identity) else { return Vec::new() };
    let files = sorted_paths(cache.folder()).into_iter();
    let broken = files.filter(|path| month(path).is_some_and(|month| !packs.opens(month)));
    broken.map(|path| Diagnosis { path, what: Finding::CacheBroken }).collect()
}

fn check_folder(folder: &Path, is_ours: fn(&Path) -> bool) -> Vec<Diagnosis> {
    let diagnosis = |path: &Path, what| Diagnosis { path: path.to_owned(), what };
    let mut findings: Vec<Diagnosis> =
        others_may_read(folder).map(|what| diagnosis(folder, what)).into_iter().collect();
    for path in sorted_paths(folder) {
        let unfinished =
            path.file_name().is_some_and(|name| disk::is_unfinished(&name.to_string_lossy()));
        if unfinished {
            findings.push(diagnosis(&path, Finding::LeftByUs));
        } else if !is_ours(&path) {
            findings.push(diagnosis(&path, Finding::CacheForeign));
        }
        if !path.is_dir() {
            findings.extend(others_may_read(&path).map(|what| diagnosis(&path, what)));
        }
    }
    findings
}

fn sorted_paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn is_journal_cache(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let is_folder = path.symlink_metadata().is_ok_and(|about| about.is_dir());
    is_folder && name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_cache_file(path: &Path) -> bool {
    let is_file = path.symlink_metadata().is_ok_and(|about| about.is_file());
    is_file && (path.ends_with(OWNER) || month(path).is_some())
}

fn month(path: &Path) -> Option<Month> {
    month_of(path.file_name()?.to_str()?)
}
