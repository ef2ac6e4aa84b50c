//! Checks the files in the journal's folder by their names.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::error::{Result, plain};
use crate::journal::name::{self, NameKind, PLACEHOLDER};
use crate::journal::{Journal, LARGEST_ENTRY, Month};
use crate::keys::IDENTITIES;
use crate::seal::{Damage, EntryFileName};

use super::{Diagnosis, Finding, others_may_read};

const DEEPEST: usize = 8;

/// Finds whatever is wrong with names, places and permissions.
pub fn look_at_journal(journal: &Journal) -> Result<Vec<Diagnosis>> {
    let root = journal.root();
    let mut files = Vec::new();
    let mut findings = Vec::new();
    walk(root, DEEPEST, &mut files, &mut findings);
    let ours: HashMap<EntryFileName, PathBuf> = files
        .iter()
        .filter(|path| is_in_month_folder(path, root))
        .filter_map(|path| Some((name::parse(path.file_name()?.to_str()?)?, path)))
        .filter_map(|((name, kind), path)| (kind == NameKind::Ours).then_some((name, path.clone())))
        .collect();
    for path in files {
        let finding = finding_for(&path, root, &ours);
        findings.extend(finding.map(|what| Diagnosis { path: path.clone(), what }));
        findings.extend(others_may_read(&path).map(|what| Diagnosis { path, what }));
    }
    Ok(findings)
}

/// Collects every file below a folder. Hidden folders, which are other programs', are
/// skipped.
fn walk(folder: &Path, deepest: usize, files: &mut Vec<PathBuf>, findings: &mut Vec<Diagnosis>) {
    findings
        .extend(others_may_read(folder).map(|what| Diagnosis { path: folder.to_owned(), what }));
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return,
        Err(e) => {
            let what = Finding::Damaged(Damage::Unreadable { why: plain(&e) });
            return findings.push(Diagnosis { path: folder.to_owned(), what });
        }
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_folder {
            files.push(entry.path());
        } else if !is_hidden && deepest > 0 {
            walk(&entry.path(), deepest - 1, files, findings);
        }
    }
}

/// Is it in a month's folder, where entries are searched?
fn is_in_month_folder(path: &Path, root: &Path) -> bool {
    let place = path.strip_prefix(root).ok().and_then(Path::to_str);
    let parts: Vec<&str> = place.map(|place| place.split('/').collect()).unwrap_or_default();
    matches!(parts[..], [year, month, _] if Month::parse(&format!("{year}-{month}")).is_some())
}

/// Does its name say that a sync tool is still transferring it?
pub fn is_in_transit(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let kind = name.and_then(|name| name::parse(&name)).map(|(_, kind)| kind);
    kind == Some(NameKind::InTransit)
}

fn same_bytes(path: &Path, other: &Path) -> bool {
    let read = |path: &Path| disk::read(path, LARGEST_ENTRY).ok();
    matches!((read(path), read(other)), (Some(path), Some(other)) if path == other)
}

fn finding_for(
    path: &Path,
    root: &Path,
    ours: &HashMap<EntryFileName, PathBuf>,
) -> Option<Finding> {
    let file_name = path.file_name()?.to_string_lossy();
    if let Some((name, kind)) = name::parse(&file_name) {
        let month = root.join(name.day.format("%Y/%m").to_string());
        return match kind {
            _ if file_name.ends_with(PLACEHOLDER) => Some(Finding::NotDownloaded),
            NameKind::InTransit => Some(Finding::HalfSynced),
            _ if !is_in_month_folder(path, root) => Some(match ours.get(&name) {
                Some(own) => Finding::UnreadDouble { same: same_bytes(own, path) },
                None => Finding::Unread { place: Journal::place(&name) },
            }),
            // Reading the journal reports it as damage.
            _ if path.parent() != Some(&month) => None,
            NameKind::Ours => None,
            NameKind::Copy => Some(match ours.get(&name) {
                Some(own) => Finding::Copy { same: same_bytes(own, path) },
                None if file_name == name::intact_copy_name(&name) => Finding::OnlyCopy,
                None => Finding::Renamed,
            }),
        };
    }
    if let Some((name, kind)) = name::parse_attachment(&file_name) {
        return match kind {
            _ if file_name.ends_with(PLACEHOLDER) => Some(Finding::NotDownloaded),
            NameKind::InTransit => Some(Finding::HalfSynced),
            // In another month's folder or under a sync tool's name, reading reports it or
            // reads it all the same.
            NameKind::Ours | NameKind::Copy if is_in_month_folder(path, root) => None,
            NameKind::Ours | NameKind::Copy => {
                Some(Finding::Unread { place: Journal::attachment_place(&name) })
            }
        };
    }
    let settings = [".stignore", ".gitignore", ".gitattributes", ".DS_Store", ".dropbox"];
    match &*file_name {
        name if settings.contains(&name) => None,
        _ if file_name.ends_with(PLACEHOLDER) => Some(Finding::NotDownloaded),
        name if disk::is_unfinished(name) => Some(Finding::LeftByUs),
        name if name::is_in_transit(name) => Some(Finding::HalfSynced),
        name if IDENTITIES.contains(&name) => Some(Finding::KeyInTheJournal),
        _ if contains_key(path) => Some(Finding::KeyInTheJournal),
        _ => Some(Finding::Foreign),
    }
}

/// Does a file contain a secret key, or one sealed with a passphrase? Entries are never
/// armoured.
fn contains_key(path: &Path) -> bool {
    const MOST: u64 = 64 << 10;
    const SIGNS: [&[u8]; 4] = [
        b"AGE-SECRET-KEY-",
        b"AGE-PLUGIN-",
        b"PRIVATE KEY-----",
        b"-----BEGIN AGE ENCRYPTED FILE-----",
    ];
    let mut bytes = Vec::new();
    let is_file = path.symlink_metadata().is_ok_and(|info| info.is_file());
    let file = is_file.then(|| std::fs::File::open(path).ok()).flatten();
    let read = file.map(|file| file.take(MOST).read_to_end(&mut bytes));
    let has = |sign: &[u8]| bytes.windows(sign.len()).any(|part| part == sign);
    let sealed = bytes.starts_with(b"age-encryption.org/v1\n-> scrypt ");
    read.is_some() && (sealed || SIGNS.iter().any(|sign| has(sign)))
}
