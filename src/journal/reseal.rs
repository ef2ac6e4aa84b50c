//! Sealing everything anew, after the keys changed. Each revision that stands
//! is published once more under the new keys, read back and compared, and only
//! then do the old files go: no entry is ever without one that opens.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use crate::disk::Folder;
use crate::entry::{Entry, RevisionId};
use crate::error::{Error, Result};
use crate::journal::JournalError;
use crate::seal::Damage;
use crate::seal::{EntryFileName, Identity};

use super::heads::{heads, replaced_revisions};
use super::month::Month;
use super::pending_reseal::{PendingReseal, names_of};
use super::scan::{EntryFiles, Scan, ScannedFile};
use super::stored::{attachment_ids, refuse_plugin};
use super::{AttachmentSource, Damaged, Journal, name};

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
    pub append: &'a AppendFn<'a>,
}

/// Keeps an entry with files, sealed to the keys of that moment.
pub type AppendFn<'a> = dyn Fn(Entry, &[&dyn AttachmentSource]) -> Result<Entry> + 'a;

impl Journal {
    /// Everything that cannot be opened, of all that lies there.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder; a plugin that opens nothing.
    pub fn damaged(&self, identity: &Identity) -> Result<Vec<Damaged>> {
        use rayon::prelude::*;
        let scan = self.scan()?;
        let broken = |group: &EntryFiles| {
            let opened = self.open_group(group, identity);
            let heads = heads(&opened.revisions);
            let attached = heads.iter().flat_map(|head| self.damaged_attachments(head, identity));
            let attached: Vec<Damaged> = attached.collect();
            opened.damaged.into_iter().chain(attached).collect::<Vec<Damaged>>()
        };
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
        let Scan { mut groups, refused, .. } = self.scan()?;
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
        let mut copies = Vec::new();
        for head in heads(&revisions).into_iter().filter(|e| was_old(e)) {
            let copy = self.publish_copy_of(head, &revisions, keys)?;
            resealed.published.insert(name::write(&EntryFileName::of(&copy)));
            self.verify(&copy, keys.identity)?;
            resealed.entries += usize::from(!copy.deleted);
            copies.push(copy);
        }
        // What did not open, because a syncer is still at work on it, stays.
        let copied = replaced_revisions(&revisions);
        let (old, stay): (Vec<&ScannedFile>, Vec<_>) = group
            .files
            .iter()
            .partition(|file| is_old(file) && copied.contains(&file.label.revision));
        // What is attached goes first: without its revision, nobody would know of it.
        let stays = |entry: &&Entry| stay.iter().any(|it| it.label.revision == entry.revision);
        let (stay, go): (Vec<&Entry>, Vec<_>) = revisions.iter().partition(stays);
        let named = attachment_ids(stay.into_iter().chain(&copies));
        let gone = attachment_ids(go).difference(&named).cloned().collect();
        self.remove_attachments(Month::of(group.day()), &group.id, &gone)?;
        for path in old.into_iter().flat_map(|file| &file.paths) {
            let names = path.parent().zip(path.file_name());
            let Some((folder, name)) = names else { continue };
            // One that stays is known to be replaced, but whoever holds the old
            // key could read it.
            Folder::open(&*self.disk, folder)?.remove_item(name)?;
        }
        Ok(())
    }

    /// Seals a revision anew, and what is attached to it before.
    fn publish_copy_of(
        &self,
        head: &Entry,
        revisions: &[Entry],
        keys: &Keyring,
    ) -> std::result::Result<Entry, ResealStop> {
        let attached = self.kept_attachments(head, keys.identity)?;
        let attached: Vec<_> = attached.iter().map(|it| &**it).collect();
        let copy = head.clone().into_copy(ancestors(head, revisions))?;
        Ok((keys.append)(Entry { attachments: Vec::new(), ..copy }, &attached)?)
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
            Ok(there) if there == *entry => {
                let damaged = self.damaged_attachments(entry, identity).into_iter().next();
                return damaged.map_or(Ok(()), |damaged| Err(ResealStop::Damaged(damaged)));
            }
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
        match error.of() {
            Some(JournalError::AttachmentUnreadable { path, why, .. }) => {
                ResealStop::Damaged(Damaged { path: path.clone(), why: why.clone() })
            }
            _ => ResealStop::Failed(error),
        }
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
