//! Opens an entry's files. Damage to one of them is reported beside the others and hides none
//! of them.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::disk::{FileInfo, Folder, ReadError};
use crate::entry::{Entry, EntryId, RevisionId, normalize_id};
use crate::error::{Error, Result, plain};
use crate::journal::JournalError;
use crate::seal::{Damage, Identity, SealError, Sealed};

use super::heads::{heads, replaced_revisions};
use super::named_memory::NamedMemory;
use super::reading::SearchResult;
use super::scan::{EntryFiles, Scan, ScannedFile};
use super::stored_entry::{StoredEntry, entry_of};
use super::{Damaged, Journal, LARGEST_ENTRY, name};

/// How often to read again what was replaced meanwhile.
pub(super) const TRIES: usize = 10;

impl Journal {
    /// The entries whose ids begin with these prefixes, in their order. One that was
    /// moved to another month is returned from there.
    ///
    /// # Errors
    /// `NoSuchEntry`, `AmbiguousId`, or a plugin that opens nothing.
    pub fn resolve(&self, prefixes: &[String], identity: &Identity) -> Result<SearchResult> {
        let mut result = self.resolve_once(prefixes, identity)?;
        for _ in 0..TRIES {
            if result.damaged.iter().all(|damaged| damaged.why != Damage::Gone) {
                break;
            }
            result = self.resolve_once(prefixes, identity)?;
        }
        Ok(result)
    }

    /// The entry of this id, whole; `None` where it was deleted, or moved, or can't be read.
    ///
    /// # Errors
    /// As [`Journal::resolve`].
    pub fn entry_of_id(&self, id: &EntryId, identity: &Identity) -> Result<Option<StoredEntry>> {
        let is_gone = |e: &Error| matches!(e.of(), Some(JournalError::NoSuchEntry { .. }));
        let entries = match self.resolve(&[id.to_string()], identity) {
            Ok(results) => results.entries,
            Err(error) if is_gone(&error) => Vec::new(),
            Err(error) => return Err(error),
        };
        // One that was moved away is there under another id.
        Ok(entries.into_iter().find(|stored| stored.entry.id == *id))
    }

    fn resolve_once(&self, prefixes: &[String], identity: &Identity) -> Result<SearchResult> {
        let mut result = SearchResult { entries: Vec::new(), damaged: Vec::new() };
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(identity));
        for prefix in prefixes {
            let id_prefix = normalize_id(prefix);
            // Loaded before the listing, as `UnlockedSeen::load` asks for.
            let memory = NamedMemory::load(seen.as_ref(), &id_prefix);
            let Scan { groups, refused, .. } = self.scan_prefix(&id_prefix)?;
            result.damaged.extend(refused);
            let refused_count = result.damaged.len();
            result.damaged.extend(memory.compare(self, &groups, identity));
            match check_one_id(prefix, &groups) {
                // It may be in what couldn't be read, which is reported.
                Err(e) if is_absent(&e) && !result.damaged.is_empty() => continue,
                checked => checked?,
            }
            let entries = self.open_where_moved(groups, identity, &mut result.damaged)?;
            let is_damaged = result.damaged.len() > refused_count;
            match (entries.is_empty(), is_damaged) {
                (true, true) => refuse_plugin(&result.damaged)?,
                (true, false) => {
                    return Err(JournalError::NoSuchEntry { id: prefix.clone() }.into());
                }
                (false, _) => result.entries.extend(entries),
            }
        }
        Ok(result)
    }

    /// Opens entries; of those that were moved to other months, the ones there.
    fn open_where_moved(
        &self,
        mut groups: Vec<EntryFiles>,
        identity: &Identity,
        damaged: &mut Vec<Damaged>,
    ) -> Result<Vec<StoredEntry>> {
        let mut entries = Vec::new();
        let fates = self.fates_in_turn(identity);
        for _ in 0..TRIES {
            let mut new_ids = Vec::new();
            for group in &groups {
                let contents = self.open_group(group, identity);
                damaged.extend(contents.damaged.iter().cloned());
                new_ids
                    .extend(heads(&contents.revisions).into_iter().filter_map(|it| it.now.clone()));
                let of_moved = |now: &EntryId| fates.elsewhere(now);
                entries.extend(entry_of(contents.revisions, contents.files, of_moved));
            }
            if new_ids.is_empty() || !entries.is_empty() {
                break;
            }
            groups.clear();
            for id in new_ids {
                groups.extend(self.scan_prefix(id.as_str())?.groups);
            }
        }
        Ok(entries)
    }

    /// Opens all revisions of an entry.
    pub(super) fn open_group(&self, group: &EntryFiles, identity: &Identity) -> OpenedRevisions {
        let mut contents = OpenedRevisions::default();
        let mut failures = Vec::new();
        for file in &group.files {
            match self.open_file(file, identity) {
                Ok(entry) => {
                    contents.revisions.push(entry);
                    contents.files.extend(file.paths.iter().cloned());
                }
                // A sync tool hasn't finished downloading it.
                Err(_) if file.in_transit => {}
                Err(damaged) => failures.push((&file.name.revision, damaged)),
            }
        }
        contents.damaged = drop_replaced(failures, &contents.revisions);
        contents
    }

    /// Opens a revision from the first of its copies that is intact.
    pub(super) fn open_file(
        &self,
        file: &ScannedFile,
        identity: &Identity,
    ) -> std::result::Result<Entry, Damaged> {
        let folder = self.folder_of(file)?;
        open_first_copy(&folder, file, |sealed, _, _| identity.open(&sealed))
    }

    /// The sealed bytes of a revision's first intact copy, as far as that can be judged.
    ///
    /// # Errors
    /// The damage of the first copy, if none is intact.
    pub fn first_intact(
        &self,
        file: &ScannedFile,
        identity: Option<&Identity>,
    ) -> std::result::Result<Sealed, Damaged> {
        let folder = self.folder_of(file)?;
        open_first_copy(&folder, file, |sealed, _, _| {
            if looks_intact(&sealed, identity) { Ok(sealed) } else { Err(Damage::Broken) }
        })
    }

    /// The folder that a revision's copies are in.
    fn folder_of(&self, file: &ScannedFile) -> std::result::Result<Folder, Damaged> {
        // All of an entry's files are in one folder.
        let path = file.paths.first().and_then(|path| path.parent());
        let path = path.unwrap_or(Path::new(""));
        let damaged = |why| Damaged { path: path.to_owned(), why };
        let folder = Folder::find(&*self.disk, path).map_err(|_| damaged(Damage::NotAFile))?;
        folder.ok_or_else(|| {
            let path = file.paths.first().cloned().unwrap_or_default();
            Damaged { path, why: Damage::Gone }
        })
    }
}

/// Checks that a prefix names exactly one entry. An empty one names none, not even the
/// only one.
fn check_one_id(prefix: &str, groups: &[EntryFiles]) -> Result<()> {
    let ids: HashSet<&EntryId> = groups.iter().map(|group| &group.id).collect();
    if ids.len() > 1 {
        let mut candidates: Vec<String> = ids.into_iter().map(EntryId::to_string).collect();
        candidates.sort();
        return Err(JournalError::AmbiguousId { prefix: prefix.to_owned(), candidates }.into());
    }
    if ids.is_empty() || normalize_id(prefix).is_empty() {
        return Err(JournalError::NoSuchEntry { id: prefix.to_owned() }.into());
    }
    Ok(())
}

/// Fails if a plugin failed: what doesn't open one entry opens no other.
pub(super) fn refuse_plugin(damaged: &[Damaged]) -> Result<()> {
    let failed = damaged.iter().find_map(|damaged| {
        let Damage::Plugin { why } = &damaged.why else { return None };
        Some(why.clone())
    });
    failed.map_or(Ok(()), |why| Err(SealError::PluginFailed { why }.into()))
}

/// Is it intact, as far as that can be judged?
pub fn looks_intact(sealed: &Sealed, identity: Option<&Identity>) -> bool {
    match identity.map(|identity| identity.open(sealed)) {
        Some(Ok(_)) => true,
        Some(Err(Damage::Broken | Damage::NotSealed)) => false,
        // Sealed to someone else, or by a newer version.
        _ => sealed.has_padded_length(),
    }
}

/// The revisions of an entry that opened, and the damage of the others.
#[derive(Default)]
pub(super) struct OpenedRevisions {
    pub revisions: Vec<Entry>,
    /// Their files.
    files: Vec<PathBuf>,
    /// Files that didn't open and aren't known to be replaced.
    pub damaged: Vec<Damaged>,
}

/// The damage of the revisions that none of these replaces: a replaced file that a sync tool
/// brought back need not open.
pub(super) fn drop_replaced(
    failures: Vec<(&RevisionId, Damaged)>,
    revisions: &[Entry],
) -> Vec<Damaged> {
    let replaced = replaced_revisions(revisions);
    let current = failures.into_iter().filter(|(revision, _)| !replaced.contains(revision));
    current.map(|(_, damaged)| damaged).collect()
}

/// Tries a file's copies in order, and returns the first that `open` accepts, or the damage
/// of the first of all.
pub(super) fn open_first_copy<T>(
    folder: &Folder,
    file: &ScannedFile,
    open: impl Fn(Sealed, &OsStr, &FileInfo) -> std::result::Result<T, Damage>,
) -> std::result::Result<T, Damaged> {
    let mut first_damage = None;
    for path in &file.paths {
        let name = path.file_name().unwrap_or_default();
        let outcome = read(folder, name).and_then(|(bytes, about)| {
            open(Sealed::from_bytes(file.name.clone(), bytes)?, name, &about)
        });
        match outcome {
            Ok(output) => return Ok(output),
            Err(Damage::NotSealed) if is_placeholder(name) => {
                first_damage.get_or_insert(Damaged { path: path.clone(), why: Damage::InTheCloud });
            }
            Err(why) => {
                first_damage.get_or_insert(Damaged { path: path.clone(), why });
            }
        }
    }
    // Every scanned file has a path, so this can't happen.
    Err(first_damage.unwrap_or(Damaged { path: PathBuf::new(), why: Damage::NotAFile }))
}

fn is_placeholder(name: &OsStr) -> bool {
    name.as_encoded_bytes().ends_with(name::PLACEHOLDER.as_bytes())
}

pub(super) fn read(
    folder: &Folder,
    name: &OsStr,
) -> std::result::Result<(Vec<u8>, FileInfo), Damage> {
    folder.read(name, LARGEST_ENTRY).map_err(read_damage)
}

/// The damage of a file that couldn't be read.
pub fn read_damage(error: ReadError) -> Damage {
    match error {
        ReadError::NotAFile => Damage::NotAFile,
        ReadError::Gone => Damage::Gone,
        ReadError::TooLarge => Damage::TooLarge,
        ReadError::Unreadable(e) => Damage::Unreadable { why: plain(&e) },
    }
}

/// Does the error say that no entry has such an id?
fn is_absent(error: &Error) -> bool {
    matches!(error.of(), Some(JournalError::NoSuchEntry { .. }))
}

#[cfg(test)]
pub(super) mod tests;
