//! Sealing everything anew, after the keys changed. Each revision that stands
//! is published once more under the new keys, read back and compared, and only
//! then do the old files go: no entry is ever without one that opens.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk::DiskError;
use crate::disk::{Disk, Folder};
use crate::entry::{Entry, RevisionId};
use crate::error::{Error, Result};
use crate::home_place::HomePlace;
use crate::journal::JournalError;
use crate::seal::Damage;
use crate::seal::{EntryFileName, Identity};

use super::heads::{heads, replaced_revisions};
use super::scan::{EntryFiles, Scan, ScannedFile};
use super::stored::refuse_plugin;
use super::{Damaged, Journal, name};

const NOTE: &str = "resealing.json";

/// A change of keys that has begun: to whom everything is to be sealed, and
/// the files that are not yet. It names days and public keys, and no secret,
/// and lies beside the list of recipients, which it may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingReseal {
    /// What was asked for: "rotate", "add".
    pub of: String,
    /// What the journal's place is remembered by.
    pub journal: String,
    /// The whole list of recipients, as it stood and as it shall stand.
    pub before: String,
    pub recipients: String,
    files: BTreeSet<String>,
}

impl PendingReseal {
    /// Everything that lies in the journal now.
    pub fn all(
        of: &str,
        journal: &Journal,
        before: String,
        after: String,
    ) -> Result<PendingReseal> {
        let of = of.to_owned();
        let files = journal.file_names()?;
        Ok(PendingReseal {
            of,
            journal: journal.home_place().text(),
            before,
            recipients: after,
            files,
        })
    }

    /// What an earlier run has left to do.
    pub fn read(disk: &dyn Disk, config: &Path) -> Result<Option<PendingReseal>> {
        let path = config.join(NOTE);
        let Some(folder) = Folder::find(disk, config)? else { return Ok(None) };
        match folder.read_own(NOTE) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(DiskError::io("read", &path)(e)),
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|_| JournalError::BadNote { path }.into()),
        }
    }

    /// Notes it, on the disk before anything else is changed.
    pub fn write(&self, disk: &dyn Disk, config: &Path) -> Result<()> {
        let failed = |e: io::Error| DiskError::io("write", &config.join(NOTE))(e);
        let text = serde_json::to_vec(self).map_err(|e| failed(e.into()))?;
        if Folder::open(disk, config)?.replace(NOTE, &text, |there| there == text)? {
            return Ok(());
        }
        Err(failed(io::Error::other("what was written does not read back")))
    }

    pub fn forget(disk: &dyn Disk, config: &Path) -> Result<()> {
        Folder::open(disk, config)?.remove(NOTE)
    }

    /// Is it about this journal, and is that there?
    pub fn check(&self, journal: &Journal) -> Result<()> {
        let root = journal.root().to_owned();
        if self.journal != journal.home_place().text() {
            let other = HomePlace::from_bytes(self.journal.as_bytes());
            let journal = other.path(journal.home.as_deref());
            return Err(JournalError::OtherJournal { journal }.into());
        }
        if !self.files.is_empty() && Folder::find(&*journal.disk, &root)?.is_none() {
            return Err(JournalError::Away { journal: root }.into());
        }
        Ok(())
    }

    fn has(&self, file: &ScannedFile) -> bool {
        names_of(file).any(|name| self.files.contains(&*name))
    }

    /// The entries that it is still about.
    pub fn count_left(&self, journal: &Journal) -> Result<usize> {
        let groups = journal.scan()?.groups;
        Ok(groups.iter().filter(|group| group.files.iter().any(|file| self.has(file))).count())
    }

    /// The revisions that it was about.
    fn revisions(&self) -> HashSet<RevisionId> {
        let labels = self.files.iter().filter_map(|file| name::read(file));
        labels.map(|(label, _)| label.revision).collect()
    }
}

/// A syncer's part of a name may be no text.
fn names_of(file: &ScannedFile) -> impl Iterator<Item = Cow<'_, str>> {
    file.paths.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy()))
}

#[derive(Default)]
pub struct ResealReport {
    /// How many entries were sealed anew; marks of deletion are none.
    pub entries: usize,
    /// What could not be, and lies there as before.
    pub damaged: Vec<Damaged>,
    published: HashSet<String>,
}

/// Who can open an entry, and how it is sealed and kept at that moment.
pub struct Keyring<'a> {
    pub identity: &'a Identity,
    pub append: &'a dyn Fn(&Entry) -> Result<()>,
}

impl Journal {
    fn file_names(&self) -> Result<BTreeSet<String>> {
        let groups = self.scan()?.groups;
        let files = groups.iter().flat_map(|group| &group.files);
        Ok(files.flat_map(names_of).map(Cow::into_owned).collect())
    }

    /// Everything that cannot be opened, of all that lies there.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder; a plugin that opens nothing.
    pub fn damaged(&self, identity: &Identity) -> Result<Vec<Damaged>> {
        use rayon::prelude::*;
        let scan = self.scan()?;
        let broken = |group: &EntryFiles| self.open_group(group, identity).damaged;
        let mut damaged = scan.refused;
        if identity.may_ask() {
            for group in &scan.groups {
                damaged.extend(broken(group));
                refuse_plugin(&damaged)?;
            }
        } else {
            damaged.extend(scan.groups.par_iter().flat_map_iter(broken).collect::<Vec<_>>());
        }
        // What an edit replaced meanwhile is no damage.
        damaged.retain(|damaged| damaged.why != Damage::Gone);
        Ok(damaged)
    }

    /// Might this be the journal's identity? Not where entries are sealed to
    /// another, and it opens none.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder; a plugin that opens nothing.
    pub fn may_open(&self, identity: &Identity) -> Result<bool> {
        let mut groups = self.scan()?.groups;
        groups.sort_by_key(|group| std::cmp::Reverse(group.day()));
        let mut to_another = false;
        for file in groups.iter().flat_map(|group| &group.files) {
            match self.open_file(file, identity) {
                Ok(_) => return Ok(true),
                Err(damaged) => to_another |= damaged.why == Damage::SealedToAnother,
            }
        }
        Ok(!to_another)
    }

    /// Seals anew what is pending, and what came meanwhile. `done` is told
    /// after each entry how many are, and of how many.
    ///
    /// # Errors
    /// What kept a revision from being published or read back; then its old file stays.
    pub fn reseal(
        &self,
        pending: &PendingReseal,
        keys: &Keyring,
        done: &dyn Fn(usize, usize),
    ) -> Result<ResealReport> {
        let mut resealed = ResealReport::default();
        self.reseal_matching(&|file| pending.has(file), keys, &mut resealed, done)?;
        // A sitting that was open, or an edit, may have sealed to the old keys.
        let revisions = pending.revisions();
        let mut seen_names = pending.files.clone();
        loop {
            seen_names.extend(resealed.published.iter().cloned());
            let late = |file: &ScannedFile| {
                names_of(file).all(|name| !seen_names.contains(&*name))
                    && !self.is_copy_of(file, &revisions, keys.identity)
            };
            let groups = self.scan()?.groups;
            let new = groups.iter().flat_map(|g| &g.files).filter(|file| late(file));
            let new: HashSet<String> = new.flat_map(names_of).map(Cow::into_owned).collect();
            if new.is_empty() {
                return Ok(resealed);
            }
            let is_new = |file: &ScannedFile| names_of(file).any(|name| new.contains(&*name));
            self.reseal_matching(&is_new, keys, &mut resealed, &|_, _| {})?;
            seen_names.extend(new);
        }
    }

    fn reseal_matching(
        &self,
        is_old: &dyn Fn(&ScannedFile) -> bool,
        keys: &Keyring,
        resealed: &mut ResealReport,
        done: &dyn Fn(usize, usize),
    ) -> Result<()> {
        let Scan { mut groups, refused } = self.scan()?;
        // A folder that cannot be read may hold any number of them.
        let new = refused.into_iter().filter(|folder| !resealed.damaged.contains(folder));
        let new: Vec<Damaged> = new.collect();
        resealed.damaged.extend(new);
        groups.retain(|group| group.files.iter().any(is_old));
        for (i, group) in groups.iter().enumerate() {
            match self.reseal_one(group, is_old, keys, resealed) {
                Ok(()) => {}
                Err(ResealStop::Damaged(damaged)) => {
                    resealed.damaged.push(damaged);
                    refuse_plugin(&resealed.damaged)?;
                }
                Err(ResealStop::Failed(error)) => return Err(error),
            }
            done(i + 1, groups.len());
        }
        Ok(())
    }

    fn reseal_one(
        &self,
        group: &EntryFiles,
        is_old: &dyn Fn(&ScannedFile) -> bool,
        keys: &Keyring,
        resealed: &mut ResealReport,
    ) -> std::result::Result<(), ResealStop> {
        let opened = self.open_group(group, keys.identity);
        // Where an edit was faster, what it left is found later.
        if let Some(damaged) = opened.damaged.into_iter().find(|d| d.why != Damage::Gone) {
            return Err(ResealStop::Damaged(damaged));
        }
        let revisions = opened.revisions;
        let old: Vec<&ScannedFile> = group.files.iter().filter(|file| is_old(file)).collect();
        let was_old = |e: &Entry| old.iter().any(|file| file.label.revision == e.revision);
        for head in heads(&revisions).into_iter().filter(|e| was_old(e)) {
            let copy = head.clone().into_copy(ancestors(head, &revisions))?;
            (keys.append)(&copy)?;
            resealed.published.insert(name::write(&EntryFileName::of(&copy)));
            self.verify(&copy, keys.identity)?;
            resealed.entries += usize::from(!copy.deleted);
        }
        // What did not open, because a syncer is still at work on it, stays.
        let copied = replaced_revisions(&revisions);
        let old = old.into_iter().filter(|file| copied.contains(&file.label.revision));
        for path in old.flat_map(|file| &file.paths) {
            let names = path.parent().zip(path.file_name());
            let Some((folder, name)) = names else { continue };
            // One that stays is known to be replaced, but whoever holds the old
            // key could read it.
            Folder::open(&*self.disk, folder)?.remove_item(name)?;
        }
        Ok(())
    }

    /// Did sealing anew make this file, from one of these revisions?
    fn is_copy_of(
        &self,
        file: &ScannedFile,
        revisions: &HashSet<RevisionId>,
        identity: &Identity,
    ) -> bool {
        let copied =
            |e: Entry| e.copy_of.is_some() && e.replaces.iter().any(|r| revisions.contains(r));
        self.open_file(file, identity).is_ok_and(copied)
    }

    /// Reads back what was published.
    fn verify(&self, entry: &Entry, identity: &Identity) -> std::result::Result<(), ResealStop> {
        let label = EntryFileName::of(entry);
        let path = self.root().join(Journal::place(&label));
        let file = ScannedFile { label, paths: vec![path.clone()], passing: false };
        let why = match self.open_file(&file, identity) {
            Ok(there) if there == *entry => return Ok(()),
            Ok(_) => Damage::Swapped,
            // An edit has replaced it already.
            Err(Damaged { why: Damage::Gone, .. }) => return Ok(()),
            Err(damaged) => damaged.why,
        };
        Err(ResealStop::Damaged(Damaged { path, why }))
    }
}

/// Why an entry was not sealed anew.
enum ResealStop {
    Damaged(Damaged),
    Failed(Error),
}

impl From<Error> for ResealStop {
    fn from(error: Error) -> ResealStop {
        ResealStop::Failed(error)
    }
}

/// Every revision that a copy of this one stands for: itself, what it replaces,
/// what those replace, and other copies of the same.
fn ancestors(head: &Entry, revisions: &[Entry]) -> Vec<RevisionId> {
    let mut all = BTreeSet::from([head.revision.clone()]);
    loop {
        let before = all.len();
        for e in revisions {
            if e.is_copy_of(head) || all.contains(&e.revision) {
                all.extend(e.replaces.iter().chain([&e.revision]).chain(&e.copy_of).cloned());
            }
        }
        if all.len() == before {
            return all.into_iter().collect();
        }
    }
}
