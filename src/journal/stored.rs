//! An entry as the journal shows it: of all that is there of it, the revisions that
//! nothing replaces. Damage to one file is reported beside the others and hides
//! none of them.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::disk::{FileInfo, Folder, ReadError};
use crate::entry::{AttachmentId, Entry, EntryId, RevisionId, read_id};
use crate::error::{Error, Result, plain};
use crate::journal::JournalError;
use crate::seal::Damage;
use crate::seal::SealError;
use crate::seal::{Identity, Sealed};

use super::heads::{heads, replaced_revisions};
use super::named_memory::NamedMemory;
use super::reading::SearchResult;
use super::scan::{EntryFiles, Scan, ScannedFile};
use super::{Damaged, Journal, LARGEST, name};

/// How often something is read again that is replaced meanwhile.
pub(super) const TRIES: usize = 10;

/// An entry as its heads show it.
#[derive(Clone, Debug)]
pub struct StoredEntry {
    /// The newest head.
    pub entry: Entry,
    /// Other heads, the newest first: edits made apart, which `edit` settles.
    pub beside: Vec<Entry>,
    /// Was it also deleted, on a device that knew nothing of these edits?
    pub deleted_elsewhere: bool,
    /// Every revision of it that is known, for the next one to replace.
    pub revisions: Vec<RevisionId>,
    /// The files of those that could be read.
    pub files: Vec<PathBuf>,
    /// Everything that any of those has attached.
    pub attached: BTreeSet<AttachmentId>,
}

impl StoredEntry {
    /// An entry that is in no journal yet.
    pub fn alone(entry: Entry) -> StoredEntry {
        let (beside, revisions, files) = (Vec::new(), Vec::new(), Vec::new());
        let attached = attachment_ids([&entry]);
        StoredEntry { entry, beside, deleted_elsewhere: false, revisions, files, attached }
    }

    /// The entry with its other heads.
    pub fn heads(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.entry).chain(&self.beside)
    }
}

/// The entry as its heads show it. `None` where it is deleted, or nothing of it
/// could be read.
pub(super) fn entry_of(revisions: Vec<Entry>, files: Vec<PathBuf>) -> Option<StoredEntry> {
    let replaced = replaced_revisions(&revisions);
    if let [only] = &*revisions {
        let deleted = only.deleted;
        let entry = revisions.into_iter().next().filter(|_| !deleted)?;
        return Some(StoredEntry { revisions: replaced, files, ..StoredEntry::alone(entry) });
    }
    let (deleted, standing): (Vec<&Entry>, Vec<&Entry>) =
        heads(&revisions).into_iter().partition(|entry| entry.deleted);
    let mut standing: Vec<Entry> = standing.into_iter().cloned().collect();
    let entry = standing.pop()?;
    standing.reverse();
    let attached = attachment_ids(&revisions);
    // A mark that says where the entry is kept now is of a move.
    let deleted_elsewhere = deleted.iter().any(|mark| mark.now.is_none());
    let (beside, revisions) = (standing, replaced);
    Some(StoredEntry { entry, beside, deleted_elsewhere, revisions, files, attached })
}

/// The ids of everything that is attached to these.
pub(super) fn attachment_ids<'e>(
    revisions: impl IntoIterator<Item = &'e Entry>,
) -> BTreeSet<AttachmentId> {
    let all = revisions.into_iter().flat_map(|entry| &entry.attachments);
    all.map(|attachment| attachment.id.clone()).collect()
}

impl Journal {
    /// The entries whose ids begin so, in the order given. One that was moved to
    /// another month is found there.
    ///
    /// # Errors
    /// `NoSuchEntry`, `AmbiguousId`, or a plugin that opens nothing.
    pub fn resolve(&self, prefixes: &[String], identity: &Identity) -> Result<SearchResult> {
        let mut found = self.resolve_once(prefixes, identity)?;
        for _ in 0..TRIES {
            if found.damaged.iter().all(|damaged| damaged.why != Damage::Gone) {
                break;
            }
            found = self.resolve_once(prefixes, identity)?;
        }
        Ok(found)
    }

    fn resolve_once(&self, prefixes: &[String], identity: &Identity) -> Result<SearchResult> {
        let mut found = SearchResult { entries: Vec::new(), damaged: Vec::new() };
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(identity));
        for given in prefixes {
            let prefix = read_id(given);
            let remembered = NamedMemory::load(seen.as_ref(), &prefix);
            let Scan { mut groups, refused, .. } = self.scan_prefix(&prefix)?;
            found.damaged.extend(refused);
            let losses = remembered.compare(self, &groups, identity);
            let mut broken = !losses.is_empty();
            found.damaged.extend(losses);
            match one_id(given, &groups) {
                // It may be what could not be looked at, which is named.
                Err(e) if is_absent(&e) && !found.damaged.is_empty() => continue,
                checked => checked?,
            }
            let mut entries = Vec::new();
            for _ in 0..TRIES {
                let mut moved = Vec::new();
                for group in &groups {
                    let opened = self.open_group(group, identity);
                    broken |= !opened.damaged.is_empty();
                    found.damaged.extend(opened.damaged.iter().cloned());
                    moved.extend(opened.moved_to());
                    entries.extend(opened.entry());
                }
                if moved.is_empty() || !entries.is_empty() {
                    break;
                }
                groups.clear();
                for id in moved {
                    groups.extend(self.scan_prefix(id.as_str())?.groups);
                }
            }
            match (entries.is_empty(), broken) {
                (true, true) => refuse_plugin(&found.damaged)?,
                (true, false) => return Err(JournalError::NoSuchEntry { id: given.clone() }.into()),
                (false, _) => found.entries.extend(entries),
            }
        }
        Ok(found)
    }

    /// What there is of an entry, opened.
    pub(super) fn open_group(&self, group: &EntryFiles, identity: &Identity) -> OpenedRevisions {
        let mut opened = OpenedRevisions::default();
        let mut closed = Vec::new();
        for file in &group.files {
            match self.open_file(file, identity) {
                Ok(entry) => {
                    opened.revisions.push(entry);
                    opened.files.extend(file.paths.iter().cloned());
                }
                // On its way here, and not yet whole.
                Err(_) if file.passing => {}
                Err(damaged) => closed.push((&file.label.revision, damaged)),
            }
        }
        // An old file that a syncer brought back need not open any more.
        let replaced = replaced_revisions(&opened.revisions);
        closed.retain(|(revision, _)| !replaced.contains(revision));
        opened.damaged.extend(closed.into_iter().map(|(_, damaged)| damaged));
        opened
    }

    /// The revision from the first of its copies that is whole.
    pub(super) fn open_file(
        &self,
        file: &ScannedFile,
        identity: &Identity,
    ) -> std::result::Result<Entry, Damaged> {
        self.first_whole(file, |sealed| identity.open(&sealed))
    }

    /// The sealed bytes of the first copy that is whole, as far as can be told.
    ///
    /// # Errors
    /// What is wrong with the first copy, where none is whole.
    pub fn first_intact(
        &self,
        file: &ScannedFile,
        identity: Option<&Identity>,
    ) -> std::result::Result<Sealed, Damaged> {
        self.first_whole(file, |sealed| match looks_intact(&sealed, identity) {
            true => Ok(sealed),
            false => Err(Damage::Broken),
        })
    }

    fn first_whole<T>(
        &self,
        file: &ScannedFile,
        open: impl Fn(Sealed) -> std::result::Result<T, Damage>,
    ) -> std::result::Result<T, Damaged> {
        // All of an entry's files are in one folder.
        let path = file.paths.first().and_then(|path| path.parent());
        let path = path.unwrap_or(Path::new(""));
        let damaged = |why| Damaged { path: path.to_owned(), why };
        let folder = Folder::find(&*self.disk, path).map_err(|_| damaged(Damage::NotAFile))?;
        let folder = folder.ok_or_else(|| {
            let path = file.paths.first().cloned().unwrap_or_default();
            Damaged { path, why: Damage::Gone }
        })?;
        first_whole(&folder, file, |sealed, _, _| open(sealed))
    }
}

/// These must be of one entry. A beginning that is empty names none, not even the
/// only one.
fn one_id(given: &str, groups: &[EntryFiles]) -> Result<()> {
    let ids: HashSet<&EntryId> = groups.iter().map(|group| &group.id).collect();
    if ids.len() > 1 {
        let mut candidates: Vec<String> = ids.into_iter().map(EntryId::to_string).collect();
        candidates.sort();
        return Err(JournalError::AmbiguousId { given: given.to_owned(), candidates }.into());
    }
    match ids.is_empty() || read_id(given).is_empty() {
        true => Err(JournalError::NoSuchEntry { id: given.to_owned() }.into()),
        false => Ok(()),
    }
}

/// A plugin that does not open one entry opens no other.
pub(super) fn refuse_plugin(damaged: &[Damaged]) -> Result<()> {
    let failed = damaged.iter().find_map(|damaged| match &damaged.why {
        Damage::Plugin { why } => Some(why.clone()),
        _ => None,
    });
    failed.map_or(Ok(()), |why| Err(SealError::PluginFailed { why }.into()))
}

/// Is it all there, as far as can be told?
pub fn looks_intact(sealed: &Sealed, identity: Option<&Identity>) -> bool {
    match identity.map(|identity| identity.open(sealed)) {
        Some(Ok(_)) => true,
        Some(Err(Damage::Broken | Damage::NotSealed)) => false,
        // Sealed to somebody else, or by a later version.
        _ => sealed.has_a_whole_length(),
    }
}

/// What there is of an entry, opened.
#[derive(Default)]
pub(super) struct OpenedRevisions {
    pub revisions: Vec<Entry>,
    /// The files of those.
    files: Vec<PathBuf>,
    /// What does not open, and is not known to be replaced.
    pub damaged: Vec<Damaged>,
}

impl OpenedRevisions {
    pub fn entry(self) -> Option<StoredEntry> {
        entry_of(self.revisions, self.files)
    }

    /// The ids under which the entry is kept in other months since.
    fn moved_to(&self) -> Vec<EntryId> {
        heads(&self.revisions).into_iter().filter_map(|head| head.now.clone()).collect()
    }
}

/// What comes of the first of a file's copies of which anything does.
pub(super) fn first_whole<T>(
    folder: &Folder,
    file: &ScannedFile,
    open: impl Fn(Sealed, &OsStr, &FileInfo) -> std::result::Result<T, Damage>,
) -> std::result::Result<T, Damaged> {
    let mut first_damage = None;
    for path in &file.paths {
        let name = path.file_name().unwrap_or_default();
        let opened = read(folder, name).and_then(|(bytes, about)| {
            open(Sealed::from_bytes(file.label.clone(), bytes)?, name, &about)
        });
        match opened {
            Ok(opened) => return Ok(opened),
            Err(Damage::NotSealed) if is_placeholder(name) => {
                first_damage.get_or_insert(Damaged { path: path.clone(), why: Damage::InTheCloud });
            }
            Err(why) => {
                first_damage.get_or_insert(Damaged { path: path.clone(), why });
            }
        }
    }
    // A file without a path does not come out of a scan.
    Err(first_damage.unwrap_or(Damaged { path: PathBuf::new(), why: Damage::NotAFile }))
}

fn is_placeholder(name: &OsStr) -> bool {
    name.as_encoded_bytes().ends_with(name::PLACEHOLDER.as_bytes())
}

pub(super) fn read(
    folder: &Folder,
    name: &OsStr,
) -> std::result::Result<(Vec<u8>, FileInfo), Damage> {
    folder.read(name, LARGEST).map_err(read_damage)
}

/// What it says of a file that it could not be read.
pub fn read_damage(error: ReadError) -> Damage {
    match error {
        ReadError::NotAFile => Damage::NotAFile,
        ReadError::Gone => Damage::Gone,
        ReadError::TooLarge => Damage::TooLarge,
        ReadError::Unreadable(e) => Damage::Unreadable { why: plain(&e) },
    }
}

/// Is it that no entry is called so?
fn is_absent(error: &Error) -> bool {
    matches!(error.of(), Some(JournalError::NoSuchEntry { .. }))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
